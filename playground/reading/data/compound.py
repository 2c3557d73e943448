"""Quantities in several units: “1h 42m” is 102 minutes, 5'11" is 71 inches, 26:42:40 is 96,160 seconds."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .listed import by_value, words_of
from .loading import sum_of_parts
from .moments import parts_of

MOSTLY = 0.95  # share of the cells that must be such quantities
AT_LEAST = 0.6  # … where the others are only a few different words
FEW_WORDS = 3
TRIED = 100  # different cells that are looked at before all are
LONGEST = 60  # characters
DURATION_WORDS = words_of(
    """
    duration | runtime | run time | running time | elapsed | length | laptime | lap time | finish time | net time |
    gun time | pace | split | dauer | laufzeit | durée | duración | durata | duração | время в пути | длительность |
    темп | 时长 | 時長 | 耗时 | 配速 | 所要時間
    """
)
FRACTION = {"a/b": 1.0}  # the unit by which `sum_of_parts` reads 7 1/8


@dataclass(frozen=True)
class _Family:
    """Units of one quantity in terms of the smallest; what a column is called whose smallest unit has this size."""

    sizes: Mapping[str, float]
    names: Mapping[float, str]


FAMILIES = (
    _Family(
        by_value({
            604_800: "w wk wks week weeks woche wochen semaine semaines",
            86_400: "d day days tag tage jour jours día días dia dias дн дней 天",
            3600: "h hr hrs hour hours std stunde stunden heure heures hora horas ч час часа часов 小时 小時 時間 시간",
            60: "m min mins minute minutes minuten minuto minutos мин минут 分 分钟 分鐘 分間 분",
            1: "s sec secs second seconds sek sekunden seconde secondes segundos сек 秒 초",
        }),
        {604_800: "weeks", 86_400: "days", 3600: "h", 60: "min", 1: "s"},
    ),
    _Family(by_value({12: "' ′ ’ ft feet foot", 1: "\" ″ ” '' ’’ in inch inches"}), {12: "ft", 1: "in"}),
    _Family(by_value({16: "lb lbs pound pounds", 1: "oz ounce ounces"}), {16: "lb", 1: "oz"}),
    _Family(
        by_value({12: "y yr yrs year years jahr jahre", 1: "mo mos mon month months monat monate"}),
        {12: "years", 1: "months"},
    ),
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\d\s.,;:+-]+")
# Behind a slash, or behind words: 10.0.0.1 and 10-12 are no numbers with an end.
_WITH_END = re.compile(
    r"-?\d+(?:[.,]\d+)?\s*(?P<end>(?:/|[^\W\d_]+\s[^\d]*)\s*\d+(?:[^\W\d_]|\s)*)"
)
# Whole and fraction: 7 1/8, 7-1/8, 7⅛; a lone 1/8 may be a date or a score.
_MIXED = re.compile(
    r"-?\d+(?:[\s-]+\d+\s*[/⁄]\s*(?:2|3|4|5|6|8|10|16|32|64)|\s*[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])\D*"
)
_SHORT_CLOCK = re.compile(r"\d+:[0-5]\d(?P<fraction>\.\d+)?")
_SECONDS = re.compile(r"\d{1,2}\.\d+")
SHORT_OF_A_MINUTE = {"": 1.0}  # 56.50 beside 1:01.19
_LONG_CLOCK = re.compile(r"[-+]?(?:.*\d\s*d\D*\s)?(?P<hour>\d+):\d\d:\d\d(?:\.\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Compound:
    """Different cells as numbers of one unit, the sizes of all units in terms of it, and cells that are none."""

    values: dict[str, float]
    unit: str
    parts: dict[str, float]
    odd: dict[str, int]


def compound_of(counts: Mapping[str, int], name: str, is_chosen: bool) -> Compound | None:
    """The cells of a column as quantities in several units; None where they are mostly something else.

    In: different cells, with how often each is met; what the column is called; whether its owner wants numbers.
    """
    sample = list(counts)[:: max(1, len(counts) // TRIED)]
    # 2020M01 is a month and no 2,020 minutes.
    if sum(parts_of(cell) is not None for cell in sample) > len(sample) / 2:
        return None
    end = _common_end(sample)
    if end:
        return _read(counts, _Family({end: 1}, {1: end}), is_chosen)
    if _are_fractions(sample):
        return _read(counts, _Family(FRACTION, {1: ""}), is_chosen)
    for family in FAMILIES:
        if _is_compound(sample, family):
            return _read(counts, family, is_chosen)
        if _are_durations(sample, family, name, is_chosen):
            return _read(counts, _with_seconds(sample, family), is_chosen)
    return None


def _common_end(sample: list[str]) -> str:
    """What stands behind nearly every number, if it has digits itself: “/5”, “out of 5 stars”; else ""."""
    ends = Counter(
        match["end"].casefold() for cell in sample if (match := _WITH_END.fullmatch(cell))
    )
    if not ends:
        return ""
    end, n = ends.most_common(1)[0]
    return end if n >= MOSTLY * len(sample) and len(sample) > 1 else ""


def _is_compound(sample: list[str], family: _Family) -> bool:
    """Whether some cells name two units of the family, and most cells are quantities in its units."""
    n_double = n_known = 0
    for cell in sample:
        if len(cell) > LONGEST or np.isnan(sum_of_parts(cell, family.sizes)):
            continue
        words = _WORD.findall(cell)
        n_known += bool(words)
        n_double += len(_NUMBER.findall(cell)) > 1 and bool(words)
    return n_double > 0 and n_known >= AT_LEAST * len(sample)


def _are_fractions(sample: list[str]) -> bool:
    """Whether most cells are numbers with or without a fraction, and some have both whole and fraction."""
    n_mixed = sum(_MIXED.fullmatch(cell) is not None for cell in sample)
    if n_mixed < 2 or n_mixed < 0.2 * len(sample):
        return False
    n_read = sum(not np.isnan(sum_of_parts(cell, FRACTION)) for cell in sample)
    return n_read >= MOSTLY * len(sample)


def _are_durations(sample: list[str], family: _Family, name: str, is_chosen: bool) -> bool:
    """Whether cells such as 20:42:40 last that long: some have more hours than a day, or the column is called so.

    6:53 only where the column is called so: it may be a time of day, 31:28 a score. 1:09.66 is always one. A column
    that its owner wants as numbers has durations, too.
    """
    if 3600 not in family.names:
        return False
    is_named = is_chosen or any(word in name.casefold() for word in DURATION_WORDS)
    clocks = [match for cell in sample if (match := _LONG_CLOCK.fullmatch(cell))]
    if len(clocks) >= AT_LEAST * len(sample):
        return is_named or any(int(match["hour"]) > 24 for match in clocks)
    short = [match for cell in sample if (match := _SHORT_CLOCK.fullmatch(cell))]
    n_exact = sum(match["fraction"] is not None for match in short)
    n_seconds = sum(_SECONDS.fullmatch(cell) is not None for cell in sample)
    if n_exact and n_exact + n_seconds >= AT_LEAST * len(sample):
        return True
    return is_named and len(short) >= AT_LEAST * len(sample)


def _with_seconds(sample: list[str], family: _Family) -> _Family:
    """The family, in which a lone number is seconds where some times are shorter than a minute."""
    if not any(_SECONDS.fullmatch(cell) for cell in sample):
        return family
    return _Family({**family.sizes, **SHORT_OF_A_MINUTE}, family.names)


def _read(counts: Mapping[str, int], family: _Family, is_chosen: bool) -> Compound | None:
    values: dict[str, float] = {}
    odd: dict[str, int] = {}
    for cell, n in counts.items():
        value = sum_of_parts(cell, family.sizes) if len(cell) <= LONGEST else float("nan")
        if np.isnan(value):
            odd[cell] = n
        else:
            values[cell] = value
    share = 1 - sum(odd.values()) / sum(counts.values())
    is_quantity = share >= MOSTLY or (share >= AT_LEAST and len(odd) <= FEW_WORDS)
    if not values or not (is_quantity or is_chosen):
        return None
    unit = _largest_unit(values, family)
    in_unit = {cell: value / unit for cell, value in values.items()}
    parts = {word: size / unit for word, size in family.sizes.items()}
    return Compound(in_unit, family.names[unit], parts, odd)


def _largest_unit(values: Mapping[str, float], family: _Family) -> float:
    """The largest unit in which all cells are whole: minutes for “1h 42m”."""
    sizes = sorted(family.names, reverse=True)
    # The largest of all would turn a column of hours and minutes that happens to be full hours into hours.
    for size in sizes[1:-1]:
        if all(value % size == 0 for value in values.values()):
            return size
    return sizes[-1]
