"""How likely a text is in each encoding: by its letters for Western ones, by the zones of its bytes for Chinese,
Japanese and Korean ones, whose commonest characters stand together.

Likelihoods are natural logarithms for each byte above 127, so that encodings can be compared.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

# How often letters beyond a–z are met, in texts that have them: rough shares, only their order matters.
WESTERN = {
    "éü": 12, "’": 8, "“”": 6, "–": 3,
    "äöóí": 8, "èàñáå": 6, "ßçãú": 4, "êøæ": 3, "âîôõ": 1.5, "°": 1, "ÉÄÖÜ": 1, "€£§«»´": 0.5,
    "ùòìïëûœÅØÆÁÓÍÚÇÑÀÈÊ": 0.5, "\xa0²³½·—…‘": 0.3,
}  # fmt: skip
CENTRAL = {
    "áéíó": 7, "łęążś": 5, "ěščřž": 4, "ćńůýö": 2, "őüäú": 2.5, "ŕľĺňťďźűăâîşţđô": 0.7, "ŁŚŻČŠŽŘÁÉÍÓÖÜ": 0.8,
    "„”–\xa0°’": 0.5,
}  # fmt: skip
TURKISH = {"ı": 15, "şüğç": 9, "ö": 6, "İŞÜÖÇĞ": 2, "â’": 0.5}
RUSSIAN = {
    "оеаинтсрвл": 6, "кмдпуяыьгзбчйхжш": 2, "юцщэфъёієїґ": 0.5, "АБВГДЕЗИКЛМНОПРСТУФХЧШ": 0.4,
    "ЖЙЦЩЪЫЬЭЮЯЁ№«»—–": 0.1,
}  # fmt: skip
GREEK = {
    "αοιετσνηυρπκμλς": 5, "ίάόέήύώθδγχωφβξζψ": 2, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ": 0.4, "ΆΈΉΊΌΎΏϊϋΐΰ": 0.1,
}  # fmt: skip
HEBREW = {"אבגדהוזחטיכלמנסעפצקרשתםןףךץ": 3}
ARABIC = {"اليمنروتبة": 6, "عدفسكقحهجشطصخذزضغظثأإآىءئؤ": 2, "پچژگک،؟": 0.2}
THAI = {"านรกอเงมยลวดทสตะปบคห่้ีิัแ์ไ": 4, "ขชพผฟซณจถธภศษญฉฝโใุูืๆ": 0.7}

# Of two that are equally likely the first is taken: the more common ones come first.
SINGLE_BYTE: Mapping[str, tuple[Mapping[str, float], bool]] = {
    "cp1252": (WESTERN, False),
    "cp1251": (RUSSIAN, True),
    "cp1250": (CENTRAL, False),
    "cp1254": (TURKISH, False),
    "cp1253": (GREEK, True),
    "cp1255": (HEBREW, True),
    "cp1256": (ARABIC, True),
    "koi8_r": (RUSSIAN, True),
    "cp866": (RUSSIAN, True),
    "cp850": (WESTERN, False),
    "cp852": (CENTRAL, False),
    "mac_roman": (WESTERN, False),
    "iso8859_2": (CENTRAL, False),
    "iso8859_5": (RUSSIAN, True),
    "cp874": (THAI, True),
}
# What an encoding costs that is seldom met today.
RARITY = {
    "cp850": 0.5,
    "cp852": 0.5,
    "mac_roman": 0.5,
    "iso8859_2": 0.3,
    "iso8859_5": 0.5,
    "cp874": 0.3,
    "koi8_r": 0.3,
    "cp866": 0.3,
}
UNLISTED_LETTER = 0.03  # beside the weights above
SIGN = 0.005  # ©, ¬, ╠ …
NEIGHBOURS = (
    2.0  # what it costs that a letter stands where such letters do not: é beside é, ж beside z
)


@dataclass(frozen=True)
class Zone:
    """Characters of two bytes that are met equally often. lead, trail: first and last byte; share: of all."""

    lead: tuple[int, int]
    trail: tuple[int, int]
    share: float


HIGH = (0xA1, 0xFE)
LOW_TRAIL = (0x40, 0x7E)
TWO_BYTES: Mapping[str, tuple[Zone, ...]] = {
    "gb18030": (
        Zone((0xB0, 0xD7), HIGH, 0.93),  # the 3,755 commonest
        Zone((0xD8, 0xF7), HIGH, 0.03),
        Zone((0xA1, 0xA3), HIGH, 0.035),
        Zone((0x81, 0xFE), (0x40, 0xFE), 0.005),
    ),
    "big5": (
        Zone((0xA4, 0xC6), LOW_TRAIL, 0.40),
        Zone((0xA4, 0xC6), HIGH, 0.55),
        Zone((0xA1, 0xA3), (0x40, 0xFE), 0.035),
        Zone((0xC9, 0xF9), (0x40, 0xFE), 0.015),
    ),
    "cp932": (
        Zone((0x82, 0x82), (0x9F, 0xF1), 0.42),  # hiragana
        Zone((0x83, 0x83), (0x40, 0x96), 0.14),  # katakana
        Zone((0x88, 0x97), (0x40, 0xFC), 0.38),
        Zone((0x81, 0x81), (0x40, 0xFC), 0.04),
        Zone((0x98, 0xFC), (0x40, 0xFC), 0.02),
    ),
    "euc_jp": (
        Zone((0xA4, 0xA4), HIGH, 0.42),
        Zone((0xA5, 0xA5), HIGH, 0.14),
        Zone((0xB0, 0xCF), HIGH, 0.38),
        Zone((0xA1, 0xA3), HIGH, 0.04),
        Zone((0xD0, 0xF4), HIGH, 0.02),
    ),
    "cp949": (
        Zone((0xB0, 0xC8), HIGH, 0.96),
        Zone((0xA1, 0xAC), HIGH, 0.02),
        Zone((0xCA, 0xFD), HIGH, 0.01),
        Zone((0x81, 0xFE), (0x41, 0xFE), 0.01),
    ),
}
NO_CHARACTER = -14.0  # for two bytes that are none
CODECS = {"big5": "big5hkscs"}  # Python's name for what Windows writes


@lru_cache(maxsize=32)
def letter_scores(encoding: str) -> np.ndarray:
    """The likelihood of every byte in an encoding of one byte a letter; NaN where there is none. Out: (256,)."""
    weights, _ = SINGLE_BYTE[encoding]
    by_letter: dict[str, float] = {}
    for letters, weight in weights.items():
        for letter in letters:
            by_letter[letter] = weight
    shares = np.full(256, np.nan)
    for byte in range(128, 256):
        letter = bytes([byte]).decode(encoding, "replace")
        if letter == "\ufffd" or ("\x80" <= letter < "\xa0"):
            continue
        usual = UNLISTED_LETTER if letter.isalpha() else SIGN
        shares[byte] = by_letter.get(letter, usual)
    return np.asarray(np.log(shares / np.nansum(shares)))


@lru_cache(maxsize=32)
def letter_bytes(encoding: str) -> np.ndarray:
    """Which bytes above 127 are letters. Out: bool (256,)."""
    are_letters = [bytes([byte]).decode(encoding, "replace").isalpha() for byte in range(256)]
    return np.array(are_letters) & (np.arange(256) > 127)


@lru_cache(maxsize=8)
def pair_scores(encoding: str) -> np.ndarray:
    """The likelihood of every two bytes in an encoding of two bytes a character. Out: (256, 256)."""
    scores = np.full((256, 256), NO_CHARACTER)
    for zone in reversed(
        TWO_BYTES[encoding]
    ):  # the most particular zone comes last, over the others
        first, last = zone.lead
        low, high = zone.trail
        n_characters = (last - first + 1) * (high - low + 1)
        scores[first : last + 1, low : high + 1] = math.log(zone.share / n_characters)
    return scores
