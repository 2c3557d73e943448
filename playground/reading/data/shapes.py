"""Numbers as people write them, told by their shape: every digit as a 0, so that a column has only a few."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .listed import words_of
from .loading import are_thousands, number_pattern, plain_digits
from .loading import plain_text as plain
from .opposites import is_arrow
from .units import MULTIPLIERS

CURRENCIES = "$€£¥₹₽₩₺₫₴₦฿₱₪元円원"
CODES = tuple(
    words_of(
        """
        usd eur gbp jpy chf cny rmb rub inr aud cad us$ r$ hk$ nt$ a$ c$ kr sek nok dkk pln zł czk kč huf ft
        rs rs. krw руб руб. ₹
        """
    )
)
UNIT_LENGTH = 12
LONGEST_SHAPE = 60
LONGEST_NUMBER = 400  # with the blanks that stand in and around it
DIGITS = str.maketrans("123456789", "0" * 9)
NUMBER = re.compile(number_pattern())
WORD_UNIT = re.compile(r"[^\W\d_]+\.?|[%‰°µ/²³€£¥$¢₹₽₩+*·^'\"″′]+|\s")


@dataclass(frozen=True)
class Shape:
    """What a shape says. decimals: signs that may be the decimal one; is_certain: whether only that one can be.

    unit: what stands behind it. money: a currency, before or behind it. is_tight: whether the unit touches the digits.
    """

    decimals: str
    is_certain: bool
    is_negative: bool
    unit: str
    money: str = ""
    is_tight: bool = False


def shape_text(cell: str) -> str:
    """ "1,234.5 kg" -> "0,000.0 kg"."""
    return cell.translate(DIGITS)


@lru_cache(maxsize=20_000)
def shape_of(shape: str) -> Shape | None:
    """What a shape says of a number; None where it is none. In: `shape_text` of a `plain` cell."""
    if len(shape) > LONGEST_SHAPE:
        return None
    match = NUMBER.fullmatch(shape)
    if match is None or is_half_open(match):
        return None
    before = match["before"] or ""
    is_known = is_currency(before) or is_arrow(before) or before in ("", "~", "≈", "ca.")
    if not is_known:
        return None
    unit = (match["unit"] or "").strip()
    if len(unit) > UNIT_LENGTH or not _is_unit(unit):
        return None
    is_open = bool(match["open"] or match["within"])
    if is_open and any(letter.isalpha() for letter in unit):
        return None  # (30 rows) is a remark
    # “,-” stands for no cents, so that its sign is the decimal one.
    sign = (match["round"] or "")[:1]
    cents = f"{sign}0" if sign in (".", ",") else ""
    decimals, is_certain = _decimals_of(match["digits"] + cents)
    if not decimals:
        return None
    signs = (match["sign"], match["inner"], match["behind"])
    is_negative = is_open or "-" in signs
    bare, money = without_currency(unit)
    is_tight = match["digits"] + unit in shape
    if is_currency(before):
        money = before
    if is_arrow(before):
        bare = before + bare
    return Shape(decimals, is_certain, is_negative, bare, money, is_tight)


def is_half_open(match: re.Match[str]) -> bool:
    """Whether one of two brackets is missing: in (5) or $(5)."""
    n_open = bool(match["open"]) + bool(match["within"])
    return n_open != bool(match["close"])


def without_currency(unit: str) -> tuple[str, str]:
    """ "M €" -> "M", "€"; "Kč" -> "", "Kč"; "kg" -> "kg", ""."""
    if unit in MULTIPLIERS:
        return unit, ""
    if is_currency(unit):
        return "", unit
    power, _, money = unit.rpartition(" ")
    if unit[-1:] in CURRENCIES and not power:
        power, money = unit[:-1], unit[-1:]
    return (power, money) if power in MULTIPLIERS and is_currency(money) else (unit, "")


def is_currency(word: str) -> bool:
    """$, EUR, Kč; Ft of Hungary, but not ft."""
    is_code = word.casefold() in CODES and word != "ft"
    return is_code or (bool(word) and word in CURRENCIES)


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
    # The point of 50 коп. is none of the number.
    digits = shape.removesuffix(facts.unit) if facts.unit else shape
    if "." in digits:
        return "."
    return "," if "," in digits else ""


def looks_like_number(cell: str) -> bool:
    """Whether a cell may be a number, whichever sign is its decimal one."""
    if not cell or len(cell) > LONGEST_NUMBER:
        return False
    if cell[-1] not in "0123456789" and not any(letter.isdigit() for letter in cell):
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
    number = float(digits + (match["exponent"] or ""))
    return -number if shape.is_negative else number
