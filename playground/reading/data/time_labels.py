"""Times that are written as labels: fiscal years, half-years, quarters and weeks as numbers, years among months."""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from .columns import Column
from .moments import DAY_S, YEARS, days_since_1970, parts_of
from .time_names import QUARTER_NAMES, WEEK_NAMES, is_called
from .time_words import all_by

MOST_LABELS = 5_000  # different cells
LEAST = 3  # of one kind
LEAST_IN_A_ROW = 8  # quarters that tell by their order alone what they are
LEAST_OF_FINEST = 8
MOSTLY = 0.8  # share of the cells that must be times, where several kinds of them are mixed
LOOKED_AT = 40  # cells, before all are
YEARS_AHEAD = 10  # FY30 may be a plan, FY99 lies in the past
COARSE_DATES = ("month", "quarter", "week", "year")  # as which labels may be misread

_FISCAL = re.compile(r"(?:FY|AY|GJ)?\s?(?P<year>\d{4})\s?[-/–_]\s?(?P<next>\d{4}|\d{2})")
_FISCAL_END = re.compile(r"(?:FY|AY)\s?['’]?(?P<year>\d{4}|\d{2})", re.IGNORECASE)
_YEARLY = r"(?:\s(?:annual|year|total|average|avg|mean|Jahr|ann\.?))?"
_YEAR = re.compile(rf"(?P<year>\d{{4}}){_YEARLY}", re.IGNORECASE)
_YEAR_AND_WORD = re.compile(r"(?P<year>\d{4})\s?(?:年度?|년도?|г\.?)")
_HALF_SIGN = r"(?:[SH]|HY|HJ|Semester|Halbjahr|half)"
_HALVES = (
    re.compile(rf"(?P<year>\d{{4}})[-\s/.:]?{_HALF_SIGN}\s?(?P<part>[12])", re.IGNORECASE),
    re.compile(rf"{_HALF_SIGN}\s?(?P<part>[12])[-\s/.,:]*(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"(?P<part>[12])\.?\s?{_HALF_SIGN}[-\s/.,:]*(?P<year>\d{{4}})", re.IGNORECASE),
)
_NUMBERED = (
    re.compile(r"(?P<year>\d{4})[-/.:](?P<part>\d{1,2})"),
    re.compile(r"(?P<part>\d{1,2})[-/.:](?P<year>\d{4})"),
)
_QUARTERS = (*_NUMBERED, re.compile(r"(?P<year>\d{4})(?P<part>[1-4])"))
_WEEKS = (*_NUMBERED, re.compile(r"(?P<year>\d{4})(?P<part>\d{2})"))

_SHORT_MONTHS = (
    re.compile(r"['’]?(?P<year>\d{2})[-/](?P<part>\d{1,2})"),
    re.compile(r"(?P<part>\d{1,2})[-/]['’]?(?P<year>\d{2})"),
)

Seconds = Mapping[str, float]
Way = Callable[[str], float | None]


@dataclass(frozen=True)
class Labels:
    """words: a cell -> seconds since 1970; others: cells of a coarser kind, such as years among months."""

    words: Seconds
    precision: str
    others: tuple[str, ...] = ()


def labels_of(column: Column) -> Labels | None:
    """What the cells of a column say, if they are labels of times; None for dates and for all else."""
    cells = column.counts
    is_date = column.dates is not None
    may_be = not is_date or column.dates.precision in COARSE_DATES  # type: ignore[union-attr]
    if not may_be or len(cells) > MOST_LABELS or len(cells) < LEAST:
        return None
    for precision, way in _ways(column):
        words = all_by(cells, way)
        if words is not None:
            return Labels(words, precision)
    return _finest_block(column)


def label_words(column: Column) -> Seconds | None:
    """A cell -> seconds since 1970; None where the cells are no labels of times."""
    labels = labels_of(column)
    return None if labels is None else labels.words


def _ways(column: Column) -> Iterable[tuple[str, Way]]:
    """How the cells may be read, each with what it would make of them."""
    yield "year", _fiscal_year
    yield "month", _half_year
    if column.numbers is None:
        yield "year", _year_and_word
        for pattern in _SHORT_MONTHS:
            if _are_short_months(column, pattern):
                yield "month", partial(_short_month, pattern)
    if is_called(column.name, QUARTER_NAMES) or _are_quarters_in_a_row(column):
        yield "quarter", _quarter
    if is_called(column.name, WEEK_NAMES):
        yield "week", _week


def _first_of(year: int, month: int) -> float | None:
    """Seconds since 1970 of the first of a month."""
    days = days_since_1970(year, month, 1) if YEARS[0] <= year <= YEARS[1] else None
    return None if days is None else float(days * DAY_S)


def _fiscal_year(cell: str) -> float | None:
    """ "2019/20", "2019-2020" and "FY20": the year in which it begins, or that it is called by."""
    match = _FISCAL.fullmatch(cell)
    if match is not None:
        year, following = int(match["year"]), match["next"]
        wanted = str(year + 1)
        return _first_of(year, 1) if wanted.endswith(following) else None
    match = _FISCAL_END.fullmatch(cell)
    if match is None:
        return None
    year = int(match["year"])
    return _first_of(_in_full(year) if year < 100 else year, 1)


def _in_full(short: int) -> int:
    """22 -> 2022, 99 -> 1999."""
    latest = datetime.now(UTC).year + YEARS_AHEAD
    return 2000 + short if 2000 + short <= latest else 1900 + short


def _plain_year(cell: str) -> float | None:
    match = _YEAR.fullmatch(cell)
    return _first_of(int(match["year"]), 1) if match else None


def _year_and_word(cell: str) -> float | None:
    match = _YEAR_AND_WORD.fullmatch(cell)
    return _first_of(int(match["year"]), 1) if match else None


def _half_year(cell: str) -> float | None:
    numbers = _year_and_part(cell, _HALVES, 2)
    return None if numbers is None else _first_of(numbers[0], 6 * numbers[1] - 5)


def _quarter(cell: str) -> float | None:
    numbers = _year_and_part(cell, _QUARTERS, 4)
    return None if numbers is None else _first_of(numbers[0], 3 * numbers[1] - 2)


def _week(cell: str) -> float | None:
    """The Monday of a week of ISO 8601; of a week that the year has not, the Monday after its last one."""
    numbers = _year_and_part(cell, _WEEKS, 53)
    if numbers is None or not YEARS[0] <= numbers[0] <= YEARS[1]:
        return None
    year, week = numbers
    first = date.fromisocalendar(year, 1, 1).toordinal() - 719_163
    return float((first + 7 * (week - 1)) * DAY_S)


def _year_and_part(
    cell: str, patterns: Iterable[re.Pattern[str]], most: int
) -> tuple[int, int] | None:
    for pattern in patterns:
        match = pattern.fullmatch(cell)
        if match is not None and 1 <= int(match["part"]) <= most:
            return int(match["year"]), int(match["part"])
    return None


def _short_month(pattern: re.Pattern[str], cell: str) -> float | None:
    """ "97-01" or "01/97": a month of a year of two digits."""
    numbers = _year_and_part(cell, (pattern,), 12)
    return None if numbers is None else _first_of(_in_full(numbers[0]), numbers[1])


def _are_short_months(column: Column, pattern: re.Pattern[str]) -> bool:
    """Whether each row is the next month, or that before: 97-12, 98-01.

    From 01-01 on years are only counted (`time_columns.py`); nobody writes the month before a count: 01/01 is of 2001.
    """
    counted = []
    for cell in column.cells:
        numbers = _year_and_part(cell, (pattern,), 12)
        if numbers is None:
            return False
        counted.append(12 * _in_full(numbers[0]) + numbers[1] - 1)
    steps = {after - before for before, after in itertools.pairwise(counted)}
    is_even = len(counted) >= LEAST_IN_A_ROW and steps in ({1}, {-1})
    may_be_counted = pattern is _SHORT_MONTHS[0]
    return is_even and not (may_be_counted and min(counted) // 12 == 2001)


def _are_quarters_in_a_row(column: Column) -> bool:
    """Whether the second part of 1990:1, 1990:2 … never leaves 1 to 4, and each row is the next quarter."""
    counted = []
    for cell in column.cells:
        numbers = _year_and_part(cell, _NUMBERED, 4)
        if numbers is None:
            return False
        counted.append(4 * numbers[0] + numbers[1])
    steps = {after - before for before, after in itertools.pairwise(counted)}
    return len(counted) >= LEAST_IN_A_ROW and steps in ({1}, {-1})


def _finest_block(column: Column) -> Labels | None:
    """Months, quarters and years one below the other, as offices of statistics publish them: the finest of them."""
    sample = list(column.counts)[:: max(1, len(column.counts) // LOOKED_AT)]
    n_times = sum(_kind_of_time(cell)[1] is not None for cell in sample)
    if n_times < LEAST or n_times < len(sample) / 2:
        return None
    blocks: dict[str, dict[str, float]] = {"month": {}, "quarter": {}, "half": {}, "year": {}}
    for cell in column.counts:
        kind, seconds = _kind_of_time(cell)
        if seconds is not None:
            blocks[kind][cell] = seconds
    filled = {kind: words for kind, words in blocks.items() if len(words) >= LEAST}
    n_known = sum(map(len, filled.values()))
    if len(filled) < 2 or n_known < MOSTLY * len(column.counts):
        return None
    finest = next(iter(filled))
    if len(filled[finest]) < LEAST_OF_FINEST:
        finest = max(filled, key=lambda kind: len(filled[kind]))
    others = [cell for kind, words in filled.items() if kind != finest for cell in words]
    precision = "month" if finest == "half" else finest
    return Labels(filled[finest], precision, tuple(others))


def _kind_of_time(cell: str) -> tuple[str, float | None]:
    year = _plain_year(cell)
    if year is not None:
        return "year", year
    half = _half_year(cell)
    if half is not None:
        return "half", half
    parts = parts_of(cell)
    if parts is None or parts.precision not in ("month", "quarter") or parts.is_short_year:
        return "", None
    return parts.precision, _first_of(parts.year, parts.month)
