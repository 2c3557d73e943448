"""In which encoding a text is written, judged by what each would give."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..refusals import refused
from .alphabets import (
    CODECS,
    FILE_PRIORS,
    NAME_PRIORS,
    NEIGHBOURS,
    NO_CHARACTER,
    RARITY,
    SINGLE_BYTE,
    TWO_BYTES,
    letter_bytes,
    letter_scores,
    pair_scores,
)

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
ESCAPES = (b"\x1b$B", b"\x1b$@")  # Japanese letters follow, as mail programs write them
# µg/m³, m², °C: in tables these are likelier than the letters that other encodings have there.
UNITS = re.compile(r"µ(?=[a-zA-Z])|(?<=m)[²³]|°(?=[CF])")
UNIT_WORTH = 3.0
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad\x01\x1e\x1f"  # marks in texts, signs of databases
JUDGED_BYTES = 40_000  # above 127, that tell the encoding
MOST_SAMPLE = 2 * 2**20  # bytes of a file that are judged, wherever the first of these stands
LONGEST_REST = 20_000  # of the line in which the last of these stands
LOOKED_AT = 4_000  # bytes that tell UTF-16
MOST_BAD = 0.05  # of the characters of a UTF-8 text that are not ASCII
LONELY = 2.0  # what it costs that a letter stands alone
ASCII_LETTER = 3.5  # natural logarithm of how many ASCII letters are about equally likely
NEAR = 2.0  # a natural logarithm a byte
SURE = 0.15  # the better encoding is so much likelier a byte, or its owner is asked
SURE_OF_PAIRS = 3.0  # … and so much likelier in all, where both have two bytes a character
SURE_OF_LETTERS = 1.0  # … and where not
# Two bytes of Chinese, Japanese or Korean may by chance be a letter of UTF-8, from blocks that hardly anybody uses.
RARE_IN_UTF8 = frozenset((*range(0x180, 0x370), *range(0x460, 0x530)))
FEW_LETTERS = 24
LOOKED_AT_LETTERS = 100_000  # that are searched for unprintable ones
MOST_ODD = 0.01  # share of the characters of a text that are neither letters, signs nor blanks
# A replaced character in a text that was read in spite of bad bytes.
REPLACEMENT = "\ufffd"


@dataclass(frozen=True)
class Letters:
    """A decoded text, its encoding, others that are nearly as likely, and how many bytes were bad."""

    text: str
    encoding: str
    others: tuple[str, ...] = ()
    bad: int = 0


def decoded(data: bytes, encoding: str = "", are_names: bool = False) -> Letters:
    """Bytes as text. In: an encoding that somebody chose, or ""; whether these are names in a ZIP.

    Raises: ExperimentError for an encoding that does not exist.
    """
    priors = NAME_PRIORS if are_names else FILE_PRIORS
    if encoding:
        return _as_chosen(data, encoding)
    for mark, name in MARKS:
        if data.startswith(mark):
            return _whole(data, name)
    wide = _wide_encoding(data)
    if wide:
        return _whole(data, wide)
    if any(escape in data for escape in ESCAPES) and data.isascii():
        return _whole(data, "iso2022_jp")
    try:
        return _by_chance_utf8(data, data.decode("utf-8"), priors)
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    n_bad = text.count(REPLACEMENT)
    n_beyond_ascii = len(text) - _n_ascii(data)
    # Another encoding hardly ever forms valid UTF-8 by chance.
    if n_bad <= MOST_BAD * n_beyond_ascii:
        return Letters(text, "utf-8", bad=n_bad)
    return _judged(data, priors)


def _by_chance_utf8(data: bytes, text: str, priors: Mapping[str, float]) -> Letters:
    """Valid UTF-8, unless its few letters are odd ones, and another encoding makes everyday characters of them."""
    as_utf8 = Letters(text, "utf-8")
    if text.isascii():
        return as_utf8
    beyond = [letter for letter in text[:LOOKED_AT_LETTERS] if not letter.isascii()]
    is_odd = len(beyond) <= FEW_LETTERS and any(ord(letter) in RARE_IN_UTF8 for letter in beyond)
    if not is_odd:
        return as_utf8
    other = _judged(data, priors)
    if other.bad or other.encoding not in TWO_BYTES:
        return as_utf8
    return replace(other, others=("utf-8", *other.others))


def _n_ascii(data: bytes) -> int:
    return int((np.frombuffer(data, np.uint8) < 128).sum())


def _as_chosen(data: bytes, encoding: str) -> Letters:
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        raise refused("data_encoding", "encoding", given=encoding) from None
    return Letters(text.removeprefix("\ufeff"), encoding, bad=text.count(REPLACEMENT))


def _whole(data: bytes, encoding: str) -> Letters:
    """A text whose encoding is beyond doubt, the last character cut off or not."""
    text = data.decode(encoding, "replace")
    return Letters(text, encoding, bad=text.count(REPLACEMENT))


def _wide_encoding(data: bytes) -> str:
    """utf-16-le or utf-16-be without a mark: every other byte of the ASCII in it is 0."""
    head = np.frombuffer(data[: LOOKED_AT // 2 * 2], np.uint8)
    head = head[: len(head) // 2 * 2]
    if len(head) < 4:
        return ""
    share_even = float((head[::2] == 0).mean())
    share_odd = float((head[1::2] == 0).mean())
    few, many = 0.02, 0.3
    if share_odd > many and share_even < few:
        return "utf-16-le"
    if share_even > many and share_odd < few:
        return "utf-16-be"
    return ""


def _judged(data: bytes, priors: Mapping[str, float]) -> Letters:
    """The likeliest encoding of a text that is not Unicode. In: how unlikely each is beforehand."""
    sample = _sample(data)
    n_high = max(1, int((sample > 127).sum()))
    scores: dict[str, float] = {}
    for encoding in SINGLE_BYTE:
        scores[encoding] = _score_of_letters(sample, encoding)
    scores["cp1252"] += _worth_of_units(sample)
    leads = _leads(sample)
    for encoding in TWO_BYTES:
        scores[encoding] = _score_of_pairs(sample, leads, encoding)
    for encoding in scores:
        scores[encoding] -= priors[encoding] / n_high
    ranked = sorted(scores, key=lambda name: -scores[name])
    text = _text_in(data, ranked[0])
    best = _most_usual(data, ranked, scores, text)
    others = []
    for name in ranked[1:4]:
        behind = scores[best] - scores[name]
        are_pairs = name in TWO_BYTES and best in TWO_BYTES
        in_all = SURE_OF_PAIRS if are_pairs else SURE_OF_LETTERS
        nearly = behind < SURE or behind * n_high < in_all
        if nearly and _text_in(data, name) != text:
            others.append(name)
    return Letters(text, best, tuple(others), text.count(REPLACEMENT))


def _most_usual(data: bytes, ranked: list[str], scores: dict[str, float], text: str) -> str:
    """Of the likeliest encodings that give this very text the one that is met most."""
    usual = [*SINGLE_BYTE, *TWO_BYTES]
    near = [name for name in ranked[:4] if scores[ranked[0]] - scores[name] < NEAR]
    same = [name for name in near if name == ranked[0] or _text_in(data, name) == text]
    return min(same, key=usual.index)


def _worth_of_units(sample: np.ndarray) -> float:
    """What signs of units add to the likelihood of a byte above 127."""
    text = sample.tobytes().decode("cp1252", "replace")
    n_units = sum(1 for _ in UNITS.finditer(text))
    return UNIT_WORTH * n_units / max(1, int((sample > 127).sum()))


def _text_in(data: bytes, encoding: str) -> str:
    return data.decode(CODECS.get(encoding, encoding), "replace")


def _sample(data: bytes) -> np.ndarray:
    """The bytes around those above 127, as many as tell the encoding."""
    whole = np.frombuffer(data, np.uint8)
    places = np.flatnonzero(whole > 127)
    start = max(0, int(places[0]) - LONGEST_REST) if len(whole) > MOST_SAMPLE and len(places) else 0
    if len(places) <= JUDGED_BYTES:
        return whole[start : start + MOST_SAMPLE]
    end = int(places[JUDGED_BYTES])
    line_end = data.find(b"\n", end, end + LONGEST_REST)
    return whole[start : line_end if line_end > 0 else end][:MOST_SAMPLE]


def _score_of_letters(sample: np.ndarray, encoding: str) -> float:
    """The mean likelihood of a byte above 127 where each is one letter."""
    scores = letter_scores(encoding)
    _, is_alphabet = SINGLE_BYTE[encoding]
    is_high = sample > 127
    values = scores[sample[is_high]]
    values = np.where(np.isnan(values), NO_CHARACTER, values)

    lower = sample | 0x20
    is_latin = (lower >= ord("a")) & (lower <= ord("z")) & ~is_high
    # An alphabet of its own does not mix with a–z; single accented letters seldom stand together.
    odd_neighbour = is_latin if is_alphabet else is_high
    beside = np.zeros(len(sample), dtype=np.int8)
    beside[1:] += odd_neighbour[:-1]
    beside[:-1] += odd_neighbour[1:]
    letters = letter_bytes(encoding)[sample]
    n_letters = np.zeros(len(sample), dtype=np.int8)
    n_letters[1:] += (letters | is_latin)[:-1]
    n_letters[:-1] += (letters | is_latin)[1:]
    # A letter has letters beside it, a sign such as £ has not.
    is_lonely = letters & (n_letters == 0)
    cost = (NEIGHBOURS if is_alphabet else NEIGHBOURS / 2) * beside[is_high]
    cost = cost + LONELY * is_lonely[is_high] + RARITY.get(encoding, 0.0)
    return float((values - cost).mean())


def _score_of_pairs(sample: np.ndarray, leads: np.ndarray, encoding: str) -> float:
    """The mean likelihood of a byte above 127 where two bytes are one character. In: where the first bytes are."""
    scores = pair_scores(encoding)
    n_high = int((sample > 127).sum())
    following = np.minimum(leads + 1, len(sample) - 1)
    values = scores[sample[leads], sample[following]]
    # A second byte that is ASCII would cost as much as any such letter in an encoding of one byte a letter.
    n_ascii = int((sample[following] < 128).sum())
    # Words of a–z do not go on with such a character: “chèvre”.
    before = sample[np.maximum(leads - 1, 0)] | 0x20
    is_inside_word = (leads > 0) & (before >= ord("a")) & (before <= ord("z"))
    cost = NEIGHBOURS * int(is_inside_word.sum())
    return (float(values.sum()) + ASCII_LETTER * n_ascii - cost) / max(1, n_high)


def _leads(sample: np.ndarray) -> np.ndarray:
    """Places of first bytes: a byte above 127 that is not the second of the one before."""
    places = np.flatnonzero(sample > 127)
    # Every other byte of a run above 127 is a first one; what follows the run is a second byte at most.
    begins_run = np.diff(places, prepend=-2) != 1
    run_start = np.maximum.accumulate(np.where(begins_run, places, 0))
    return places[(places - run_start) % 2 == 0]


def is_binary(text: str) -> bool:
    """Whether a text is none: too much of it is unprintable, or nothing but NUL characters. These may fill up lines."""
    head = text[:LOOKED_AT_LETTERS].replace("\x00", "")
    if not head.strip():
        return "\x00" in text
    if head.isascii() and head.isprintable():
        return False
    n_odd = 0
    for letter in set(head):
        is_usual = letter.isprintable() or letter.isspace() or letter in INVISIBLE
        n_odd += 0 if is_usual else head.count(letter)
    return n_odd > MOST_ODD * len(head)
