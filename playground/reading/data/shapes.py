"""Numbers as people write them, told by their shape: every digit as a 0, so that a column has only a few."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .listed import by_value, words_of
from .loading import are_thousands, number_pattern, plain_digits
from .loading import plain_text as plain

CURRENCIES = "$€£¥₹₽₩₺₫₴₦฿₱₪元円원"
CODES = tuple(
    words_of(
        """
        usd eur gbp jpy chf cny rmb rub inr aud cad us$ r$ hk$ nt$ a$ c$ kr sek nok dkk pln zł czk kč huf ft
        rs rs. krw руб руб. ₹
        """
    )
)
# What a letter behind a number multiplies it by. The small ones may be units as well and only count beside others.
MULTIPLIERS: Mapping[str, float] = by_value(
    {
        1e3: """
            k | K | thousand | тыс. | 千元 | 千円 | 천원 | tys. | тыс | тыс. руб. | Thousand | Tsd. |
            Tsd | 千
        """,
        1e4: "万元 | 万円 | 萬元 | 만원 | 万 | 萬 | 만",
        1e5: "Lakh | lakhs | Lakhs | L | lakh",
        1e6: """
            M | mn | Mio | Mio. | million | mln | 百万 | 百万円 | 백만원 | m. | mio | mio. | млн. |
            млн руб. | Million | milhões | millones | millions | Millionen | млн
        """,
        1e7: "千万 | Cr | Cr. | Crore | crores | Crores | crore | cr",
        1e8: "亿元 | 億円 | 億元 | 억원 | 亿 | 億 | 억",
        1e9: """
            B | bn | Bn | Mrd | Mrd. | billion | mld | mrd | mrd. | млрд. | млрд руб. | Billion |
            milliards | Milliarden | млрд
        """,
        1e12: "T | 조 | 兆 | trillion | Trillion",
    }
)
# Units of one quantity, in the smallest of them.
FAMILIES: tuple[Mapping[str, float], ...] = (
    by_value({1: "s sec secs", 60: "min mins minutes", 3600: "h hr hrs hours"}),
    {"mg": 1e-3, "g": 1, "kg": 1e3, "t": 1e6},
    {"mm": 1, "cm": 10, "m": 1e3, "km": 1e6},
    {"ml": 1, "cl": 10, "l": 1e3, "L": 1e3},
    by_value({1: "kB KB kb", 1e3: "MB", 1e6: "GB", 1e9: "TB"}),
)
UNIT_LENGTH = 12
DIGITS = str.maketrans("123456789", "0" * 9)
NUMBER = re.compile(number_pattern())
WORD_UNIT = re.compile(r"[^\W\d_]+\.?|[%‰°µ/²³€£¥$₹₽₩+*·^'\"″′]+|\s")


@dataclass(frozen=True)
class Shape:
    """What a shape says. decimals: signs that may be the decimal one; is_certain: whether only that one can be.

    group: signs that only part the thousands.
    """

    decimals: str
    is_certain: bool
    is_negative: bool
    multiplier: float
    unit: str


def shape_text(cell: str) -> str:
    """ "1,234.5 kg" -> "0,000.0 kg"."""
    return cell.translate(DIGITS)


@lru_cache(maxsize=20_000)
def shape_of(shape: str) -> Shape | None:
    """What a shape says of a number; None where it is none. In: `shape_text` of a `plain` cell."""
    if len(shape) > 60:
        return None
    match = NUMBER.fullmatch(shape)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    before = match["before"] or ""
    is_money = not before or before in CURRENCIES or before.casefold() in CODES
    if not is_money and before not in ("~", "≈", "ca."):
        return None
    unit = (match["unit"] or "").strip()
    if len(unit) > UNIT_LENGTH or not _is_unit(unit):
        return None
    if match["open"] and any(letter.isalpha() for letter in unit):
        return None  # (30 rows) is a remark
    decimals, is_certain = _decimals_of(match["digits"])
    if not decimals:
        return None
    signs = (match["sign"], match["inner"], match["behind"])
    is_negative = match["open"] is not None or "-" in signs
    multiplier = MULTIPLIERS.get(unit, 1.0)
    return Shape(decimals, is_certain, is_negative, multiplier, unit or before)


def _is_unit(unit: str) -> bool:
    """Whether what stands behind a number may be its unit: at most three words or signs, no list and no range."""
    if not unit:
        return True
    parts = [part for part in WORD_UNIT.findall(unit) if part.strip()]
    covered = "".join(WORD_UNIT.findall(unit))
    return covered == unit and len(parts) <= 4


def _decimals_of(digits: str) -> tuple[str, bool]:
    """Which signs may be the decimal one in "0.000,00", and whether that is certain; "" where it is no number."""
    tight = digits.replace("’", "'")
    for blank in (" ", "\u00a0", "\u202f", "\t", "'"):
        if blank in tight:
            whole = re.split(r"[.,]", tight)[0]
            groups = whole.split(blank)
            if not are_thousands(groups):
                return "", False
            tight = tight.replace(blank, "")
            # What parts thousands by blanks parts nothing else by them.
            break
    n_points, n_commas = tight.count("."), tight.count(",")
    if not n_points and not n_commas:
        return ".,", False
    if n_points and n_commas:
        return _of_both(tight)
    sign = "." if n_points else ","
    other = "," if n_points else "."
    groups = tight.split(sign)
    if len(groups) > 2:
        return (other, True) if are_thousands(groups) else ("", False)
    is_open = len(groups[1]) == 3 and 1 <= len(groups[0]) <= 3
    return (".,", False) if is_open else (sign, True)


def _of_both(tight: str) -> tuple[str, bool]:
    """Both signs: the last one is the decimal one."""
    last = max(tight.rfind("."), tight.rfind(","))
    sign = tight[last]
    group = "," if sign == "." else "."
    whole = tight[:last]
    if sign in whole:
        return "", False
    return (sign, True) if are_thousands(whole.split(group)) else ("", False)


def is_open_shape(shape: str) -> str:
    """The sign of a number such as 1.234, which is a fraction or one thousand; "" for any other."""
    facts = shape_of(shape)
    if facts is None or len(facts.decimals) < 2:
        return ""
    if "." in shape:
        return "."
    return "," if "," in shape else ""


def looks_like_number(cell: str) -> bool:
    """Whether a cell may be a number, whichever sign is its decimal one."""
    if not cell or (cell[-1] not in "0123456789" and not any(letter.isdigit() for letter in cell)):
        return False
    return shape_of(shape_text(plain(cell))) is not None


def digit_places(shape: str) -> list[int]:
    """Where the digits of a number's shape stand, those of an exponent left out."""
    match = NUMBER.fullmatch(shape)
    assert match is not None
    start, end = match.span("digits")
    return [place for place in range(start, end) if shape[place] == "0"]


def places_behind(shape: str, decimal: str) -> int:
    """How many digits stand behind the decimal sign."""
    match = NUMBER.fullmatch(shape)
    assert match is not None
    _, sign, fraction = match["digits"].partition(decimal)
    return len(fraction) if sign else 0


def value_of(cell: str, decimal: str, shape: Shape) -> float:
    """A cell of a known shape as a number, without its unit; NaN where the decimal sign does not fit."""
    if decimal not in shape.decimals:
        return float("nan")
    match = NUMBER.fullmatch(cell)
    assert match is not None  # its shape matched
    digits = plain_digits(match["digits"], decimal)
    if not digits:
        return float("nan")
    number = float(digits + (match["exponent"] or "")) * shape.multiplier
    return -number if shape.is_negative else number
