"""A column of dates: which of day and month comes first, which century, in what order the rows lie."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from .calendars import YEARS_AHEAD, calendar_of
from .date_parts import PRECISIONS, DateParts, date_parts
from .moments import DAY_S, YEARS, parts_of

MOSTLY = 0.9  # share of the cells that must be dates
TRIED = 40  # cells that are looked at before all are
LEAST = 3
ROUNDING = 0.02  # of a step that is the same from row to row
NAMELESS_FIRST = "column 1"
EPOCH_NAMES = (
    "time", "date", "epoch", "unix", "ts", "zeit", "datum", "fecha", "hora", "дата", "время",
    "时间", "日期", "日時", "날짜",
)  # fmt: skip
EPOCH_S = (4e8, 2.5e9)  # 1982 to 2049
DATE_NAMES = ("date", "datum", "fecha", "data ", "日期", "дата", "날짜")
SPREADSHEET_DAYS = (20_000, 60_000)  # 1954 to 2064
MOST_ZONES = 4  # of one column: 00:00-01:00, 01:00-02:00 … are hours and no zones
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day first", "month first", "year first"
YEAR_AND_NAME = re.compile(r"\d{2}[-\s'][^\W\d_]+\.?")
IN_ORDER = 0.15  # of `_disorder`: rows that only rise, or only fall, by mostly equal steps


@dataclass(frozen=True)
class DateColumn:
    """Seconds since 1970 by row, in the file's own time; NaN where no date stands.

    utc: the same in UTC where the file names zones, else equal. precision: of the finest cell. is_open: the file does
    not say whether the day or the month comes first. odd: rows whose cell is there, but no date.
    """

    seconds: np.ndarray
    utc: np.ndarray
    precision: str
    is_open: bool = False
    day_first: bool | None = None
    is_short_year: bool = False
    odd: tuple[int, ...] = ()
    # How the cells were read: which part comes first, the last short year of this century, units of an epoch a second.
    order: str = ""
    pivot: int = 0
    epoch: float = 0.0
    calendar: str = "western"  # in which the cells count their years

    @property
    def has_zones(self) -> bool:
        """Whether the rows name more than one offset from UTC."""
        differences = self.utc - self.seconds
        known = differences[~np.isnan(differences)]
        return bool(len(known) and np.ptp(known) > 0)


def date_column(
    cells: Sequence[str],
    present: Collection[str],
    day_first: bool | None = None,
    today: int = 0,
    calendar: str = "",
) -> DateColumn | None:
    """A column as dates; None where it holds something else.

    In: its cells; the different ones that say something; what the owner said about day and month; this year (0: of
    the clock); the calendar that the owner named ("": found from the years).
    """
    different = list(present)
    sample = different[:: max(1, len(different) // TRIED)]
    n_dates = sum(parts_of(cell) is not None for cell in sample)
    if not different or n_dates < MOSTLY * len(sample):
        return None
    parts = date_parts(different)
    if len(np.unique(parts.offset_s)) > MOST_ZONES:
        parts.offset_s[:] = 0
    calendar = calendar or calendar_of(parts.year[parts.is_date & ~parts.is_short])
    _count_as_ours(parts, calendar)
    rows = _places_of(cells, different)
    is_present = rows >= 0
    is_odd = is_present & ~parts.is_date[rows]
    if is_present.sum() < LEAST or is_odd.sum() > (1 - MOSTLY) * is_present.sum():
        return None
    column = _settled(parts, rows, day_first, today or datetime.now(UTC).year)
    column = replace(column, calendar=calendar)
    is_short_month = YEAR_AND_NAME.fullmatch(different[0]) is not None
    # 01-Jan, 02-Jan may be days of January as well: only months in a row settle it.
    return None if is_short_month and not _are_months_in_a_row(column.seconds) else column


def _count_as_ours(parts: DateParts, calendar: str) -> None:
    """Turns the years of another calendar into those of ours. Changes `parts`: what is no year then is no date."""
    is_long = parts.is_date & ~parts.is_short
    parts.year[is_long] -= YEARS_AHEAD[calendar]
    is_year = (parts.year >= YEARS[0]) & (parts.year <= YEARS[1])
    parts.is_date &= parts.is_short | is_year


def _places_of(cells: Sequence[str], different: Sequence[str]) -> np.ndarray:
    """Which of the different cells each row holds; -1 for one that says nothing."""
    if len(different) == len(cells):
        return np.arange(len(cells))
    place_of = {cell: place for place, cell in enumerate(different)}
    return np.fromiter((place_of.get(cell, -1) for cell in cells), np.int64, len(cells))


def _are_months_in_a_row(seconds: np.ndarray) -> bool:
    known = seconds[~np.isnan(seconds)]
    months = known.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    steps = np.abs(np.diff(months))
    return len(steps) > 0 and bool((steps == 1).mean() > MOSTLY)


def epoch_column(values: np.ndarray, name: str) -> DateColumn | None:
    """Seconds or milliseconds since 1970, in a column that is called a time; None for other numbers.

    A first column without a name may hold them too, where they rise or fall evenly.
    """
    known = values[~np.isnan(values)]
    is_nameless = name == NAMELESS_FIRST and _even_step(values) != 0
    is_time = is_nameless or any(word in name.casefold() for word in EPOCH_NAMES)
    if not is_time or len(known) < LEAST:
        return None
    return _seconds_since_1970(values, known) or _spreadsheet_days(values, known, name)


def _spreadsheet_days(values: np.ndarray, known: np.ndarray, name: str) -> DateColumn | None:
    """Days since 1899, as spreadsheets count them and some programs export them, in a column called a date.

    In one called a time as well, if it rises by whole minutes.
    """
    minutes = abs(_even_step(values)) * DAY_S / 60
    are_minutes = 0.9 < minutes <= DAY_S / 60 and abs(minutes - round(minutes)) < 0.02
    is_date = are_minutes or any(word in name.casefold() for word in DATE_NAMES)
    are_days = SPREADSHEET_DAYS[0] <= known.min() and known.max() <= SPREADSHEET_DAYS[1]
    if not is_date or not are_days:
        return None
    seconds = np.round((values - 25_569) * DAY_S)
    is_whole = bool((known == np.floor(known)).all())
    return DateColumn(seconds, seconds, "day" if is_whole else "time", epoch=1 / DAY_S)


def _even_step(values: np.ndarray) -> float:
    """By how much numbers rise or fall from row to row, nearly everywhere the same; 0.0 where they do not."""
    steps = np.diff(values)
    if len(steps) < LEAST or np.isnan(steps).any():
        return 0.0
    step = float(np.median(steps))
    are_even = np.abs(steps - step) <= ROUNDING * abs(step)
    is_one_way = bool((steps > 0).all() or (steps < 0).all())
    return step if is_one_way and are_even.mean() >= MOSTLY else 0.0


def _seconds_since_1970(values: np.ndarray, known: np.ndarray) -> DateColumn | None:
    for scale in (1.0, 1e3, 1e6):
        low, high = EPOCH_S[0] * scale, EPOCH_S[1] * scale
        if low <= known.min() and known.max() <= high:
            seconds = values / scale
            return DateColumn(seconds, seconds, "time", epoch=scale)
    return None


@dataclass(frozen=True)
class _Reading:
    """A column read in one way. rank: 0 for the likeliest order and century, more for others."""

    order: str
    rank: int
    column: DateColumn
    disorder: float

    @property
    def n_odd(self) -> int:
        """Cells that are no dates in this reading."""
        return len(self.column.odd)

    @property
    def is_in_order(self) -> bool:
        """Whether the rows lie in order, so that this is no accident."""
        return self.disorder < IN_ORDER


def _settled(parts: DateParts, rows: np.ndarray, day_first: bool | None, today: int) -> DateColumn:
    """The reading of the column that its cells allow, and that puts its rows in order if any does."""
    readings = []
    for rank, order in enumerate(_possible_orders(parts, day_first)):
        for more, pivot in enumerate(_possible_pivots(parts, order, today)):
            column = _read(parts, rows, order, pivot)
            disorder = _disorder(column.seconds)
            readings.append(_Reading(order, rank + more, column, disorder))
    best = _best(readings)
    has_orders = bool(parts.has_order.any())
    is_asked = has_orders and day_first is None and parts.sign != "."  # with points the day leads
    return replace(
        best.column,
        is_open=is_asked and _is_open(readings, best),
        day_first=best.column.day_first if has_orders else None,
        is_short_year=bool(parts.is_short[parts.is_date].any()),
    )


def _best(readings: Sequence[_Reading]) -> _Reading:
    """The reading with the fewest odd cells, and of those one that puts the rows in order, or else the likeliest."""
    fewest = min(reading.n_odd for reading in readings)
    possible = [reading for reading in readings if reading.n_odd == fewest]
    in_order = [reading for reading in possible if reading.is_in_order]
    if in_order:
        return min(in_order, key=lambda reading: (reading.disorder, reading.rank))
    # In rows without an order the differences are chance.
    return min(possible, key=lambda reading: reading.rank)


def _is_open(readings: Sequence[_Reading], best: _Reading) -> bool:
    """Whether the day and the month remain possible as the first."""
    orders = set()
    for reading in readings:
        is_as_good = reading.disorder <= best.disorder or not best.is_in_order
        if reading.n_odd <= best.n_odd and is_as_good:
            orders.add(reading.order)
    return {DAY_FIRST, MONTH_FIRST} <= orders


def _possible_orders(parts: DateParts, day_first: bool | None) -> list[str]:
    """Orders in which day, month and year may stand, the likelier first."""
    with_order = parts.is_date & parts.has_order
    if not with_order.any():
        return [MONTH_FIRST]
    if day_first is not None:
        return [DAY_FIRST if day_first else MONTH_FIRST]
    first, second = parts.first[with_order], parts.second[with_order]
    if (first > 31).any() or (first == 0).any():
        return [YEAR_FIRST]
    day_leads = int((first > 12).sum())
    month_leads = int((second > 12).sum())
    orders = [DAY_FIRST, MONTH_FIRST] if parts.sign in (".", "-", " ") else [MONTH_FIRST, DAY_FIRST]
    if day_leads or month_leads:
        orders = [DAY_FIRST if day_leads > month_leads else MONTH_FIRST]
    may_begin_with_year = parts.is_short[with_order].all() and not month_leads
    return [*orders, YEAR_FIRST] if may_begin_with_year else orders


def _possible_pivots(parts: DateParts, order: str, today: int) -> list[int]:
    """Up to which year of two digits this century is meant: never one that is still to come."""
    is_short = parts.is_date & parts.is_short
    years = np.where(parts.has_order & (order == YEAR_FIRST), parts.first, parts.year)[is_short]
    now = today - 2000
    if not len(years):
        return [now]  # a later file may have years of two digits
    return [now, -1, min(now, max(0, int(years.min()) - 1))]


def _read(parts: DateParts, rows: np.ndarray, order: str, pivot: int) -> DateColumn:
    """All cells in one way."""
    has_order = parts.has_order
    day_in_order, month_in_order, year_in_order = {
        DAY_FIRST: (parts.first, parts.second, parts.year),
        MONTH_FIRST: (parts.second, parts.first, parts.year),
        YEAR_FIRST: (parts.year, parts.second, parts.first),
    }[order]
    month = np.where(has_order, month_in_order, parts.month)
    day = np.where(has_order, day_in_order, parts.day)
    year = np.where(has_order, year_in_order, parts.year)
    century = np.where(year <= pivot, 2000, 1900)
    year = np.where(parts.is_short, year + century, year)

    months = (12 * (year - 1970) + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    # The 31st of April is the first of May, and no date.
    is_day = (month >= 1) & (month <= 12) & (days.astype("datetime64[M]") == months)
    local = days.astype(np.int64) * DAY_S + parts.second_s
    local[~(parts.is_date & is_day)] = np.nan
    local = np.append(local, np.nan)  # what rows without a cell point to
    utc = local - np.append(parts.offset_s, 0)
    odd = np.flatnonzero((rows >= 0) & np.isnan(local[rows]))
    finest = int(parts.precision[parts.is_date].max())
    return DateColumn(
        local[rows],
        utc[rows],
        PRECISIONS[finest],
        day_first=order == DAY_FIRST,
        odd=tuple(odd.tolist()),
        order=order,
        pivot=pivot,
    )


def _disorder(seconds: np.ndarray) -> float:
    """How much the rows go back and forth (0: they only rise or only fall), and how unevenly."""
    known = seconds[~np.isnan(seconds)]
    changes = np.diff(known)
    if not len(changes):
        return 0.0
    n_against = min(int((changes < 0).sum()), int((changes > 0).sum()))
    sizes = np.abs(changes[changes != 0])
    unevenness = float((np.abs(sizes / np.median(sizes) - 1) > 0.2).mean()) if len(sizes) else 0.0
    return n_against / len(changes) + unevenness / 10


def iso_text(seconds: float, precision: str) -> str:
    """A moment in ISO 8601: a date, with the time of day where the file has one."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    if precision != "time":
        return moment.date().isoformat()
    return moment.replace(tzinfo=None, microsecond=0).isoformat()
