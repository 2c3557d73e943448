"""Parts of a time that are written as words: “HE 1” and “0100” are hours, “Q3” and “III” quarters, “M07” a month."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from .moments import month_of

Words = Mapping[str, float]  # a cell -> the number that it stands for
MOST_WORDS = 200  # different cells; a part of a time has only a few

_HOUR_ENDING = re.compile(r"(?:HE|hour ending)[\s._-]*(?P<hour>\d{1,2})", re.IGNORECASE)
_HOUR_LETTER = re.compile(r"(?:H|hr|hour|std)[\s._-]*(?P<hour>\d{1,2})", re.IGNORECASE)
_HOUR_UNIT = re.compile(r"(?P<hour>\d{1,2})\s*(?:h|Uhr|時|时|시|o'clock)", re.IGNORECASE)
_HALF_DAY = re.compile(r"(?P<hour>\d{1,2})\s*(?P<half>[ap])\.?m\.?", re.IGNORECASE)
_DIGITS = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})")
_ROMAN = ("I", "II", "III", "IV")
_CHINESE = "一二三四"
_QUARTER_NAME = r"(?:quarter|quartal|trimestre|trim\.?|кв(?:артал|\.)|季度?|四半期|분기)"
_QUARTER = re.compile(
    rf"[QT]\s?(?P<before>[1-4])|(?P<behind>[1-4])\s?[QT]|{_QUARTER_NAME}\s*(?P<named>[1-4])|"
    rf"第?(?P<counted>[1-4])(?:st|nd|rd|th|\.|er|º|°|ª)?\s*{_QUARTER_NAME}",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?P<number>[1-4])(?:st|nd|rd|th|\.|er|º|°|ª)", re.IGNORECASE)
_CHINESE_QUARTER = re.compile(rf"第?(?P<number>[{_CHINESE}])季度?")
_MONTH = re.compile(r"M(?P<month>0[1-9]|1[0-2])")
_WEEK = re.compile(r"(?:[KC]?W|week|wk|woche|S|sem)[\s.]*(?P<week>[0-4]?\d|5[0-3])", re.IGNORECASE)
# The mean of a year stands among its months, as offices of statistics write it; it is no month.
YEARLY = ("M13",)


def hours_in_words(cells: Collection[str], is_named: bool) -> Words | None:
    """Hours of the day. In: different cells; whether the column is called so. Out: None where they are none."""
    ways = [_hour_ending, _half_day, _hour_unit]
    if is_named:
        ways += [_hour_letter, _hour_digits]
    for way in ways:
        words = _all_by(cells, way)
        if words is not None and len(words) > 1 and min(words.values()) >= 0:
            return words if max(words.values()) <= 24 else None
    return None


def quarters_in_words(cells: Collection[str], is_named: bool) -> Words | None:
    """Quarters of a year, 1 to 4. In: different cells; whether the column is called so."""
    words = _all_by(cells, _named_quarter if is_named else _quarter)
    return words if words is not None and len(words) > 1 else None


def months_in_words(cells: Collection[str], is_named: bool) -> Words | None:
    """Months, 1 to 12, as M01 or by their names. In: different cells; whether the column is called so."""
    months = [cell for cell in cells if cell not in YEARLY]
    words = _all_by(months, _numbered_month)
    if words is None and is_named:
        words = _all_by(months, _month_by_name)
    return words if words is not None and len(words) > 1 else None


def weeks_in_words(cells: Collection[str]) -> Words | None:
    """Weeks of a year, 1 to 53, such as W05 and KW 5. In: different cells."""
    words = _all_by(cells, _week)
    return words if words is not None and len(words) > 1 else None


def _all_by(cells: Collection[str], number_of: Callable[[str], float | None]) -> Words | None:
    """What all cells stand for, where they are few; None where one of them does not fit."""
    return all_by(cells, number_of) if 1 < len(cells) <= MOST_WORDS else None


def all_by(cells: Iterable[str], number_of: Callable[[str], float | None]) -> Words | None:
    """Each cell with its number; None where one of them has none."""
    words = {}
    for cell in cells:
        number = number_of(cell)
        if number is None:
            return None
        words[cell] = number
    return words


def _hour_ending(cell: str) -> float | None:
    return _hour_of(_HOUR_ENDING, cell)


def _hour_letter(cell: str) -> float | None:
    return _hour_of(_HOUR_LETTER, cell)


def _hour_unit(cell: str) -> float | None:
    return _hour_of(_HOUR_UNIT, cell)


def _hour_of(pattern: re.Pattern[str], cell: str) -> float | None:
    match = pattern.fullmatch(cell)
    return float(match["hour"]) if match else None


def _half_day(cell: str) -> float | None:
    match = _HALF_DAY.fullmatch(cell)
    if match is None or not 1 <= int(match["hour"]) <= 12:
        return None
    is_afternoon = match["half"] in "pP"
    return int(match["hour"]) % 12 + (12.0 if is_afternoon else 0.0)


def _hour_digits(cell: str) -> float | None:
    """ "0130" or "130" -> 1.5."""
    match = _DIGITS.fullmatch(cell.zfill(4)) if cell.isdecimal() else None
    if match is None or int(match["minute"]) > 59:
        return None
    return int(match["hour"]) + int(match["minute"]) / 60


def _quarter(cell: str) -> float | None:
    match = _QUARTER.fullmatch(cell)
    if match is not None:
        digits = [digit for digit in match.groups() if digit]
        return float(digits[0])
    match = _CHINESE_QUARTER.fullmatch(cell)
    return _CHINESE.index(match["number"]) + 1.0 if match else None


def _named_quarter(cell: str) -> float | None:
    if cell in _ROMAN:
        return _ROMAN.index(cell) + 1.0
    match = _ORDINAL.fullmatch(cell)
    return float(match["number"]) if match else _quarter(cell)


def _numbered_month(cell: str) -> float | None:
    match = _MONTH.fullmatch(cell)
    return float(match["month"]) if match else None


def _week(cell: str) -> float | None:
    match = _WEEK.fullmatch(cell)
    return float(match["week"]) if match else None


def _month_by_name(cell: str) -> float | None:
    return float(month_of(cell)) or None
