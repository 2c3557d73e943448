"""A column of dates: which of day and month comes first, which century, in what order the rows lie."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from .date_parts import PRECISIONS, DateParts, date_parts
from .moments import DAY_S, parts_of

MOSTLY = 0.9  # share of the cells that must be dates
TRIED = 40  # cells that are looked at before all are
LEAST = 3
EPOCH_NAMES = ("time", "date", "epoch", "unix", "ts", "时间", "日期")
EPOCH_S = (4e8, 2.5e9)  # 1982 to 2049
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

    @property
    def has_zones(self) -> bool:
        """Whether the rows name more than one offset from UTC."""
        differences = self.utc - self.seconds
        known = differences[~np.isnan(differences)]
        return bool(len(known) and np.ptp(known) > 0)


def date_column(
    cells: Sequence[str],
    is_missing: Callable[[str], bool],
    day_first: bool | None = None,
    today: int = 0,
) -> DateColumn | None:
    """A column as dates; None where it holds something else.

    In: its cells; whether one says “missing”; what the owner said about day and month; this year (0: of the clock).
    """
    place_of: dict[str, int] = {}
    for cell in cells:
        if cell not in place_of and not is_missing(cell):
            place_of[cell] = len(place_of)
    different = list(place_of)
    sample = different[:: max(1, len(different) // TRIED)]
    n_dates = sum(parts_of(cell) is not None for cell in sample)
    if not different or n_dates < MOSTLY * len(sample):
        return None
    parts = date_parts(different)
    # Rows without a cell of their own point behind the last one.
    rows = np.fromiter((place_of.get(cell, -1) for cell in cells), np.int64, len(cells))
    is_present = rows >= 0
    is_odd = is_present & ~parts.is_date[rows]
    if is_present.sum() < LEAST or is_odd.sum() > (1 - MOSTLY) * is_present.sum():
        return None
    return _settled(parts, rows, day_first, today or datetime.now(UTC).year)


def epoch_column(values: np.ndarray, name: str) -> DateColumn | None:
    """Seconds or milliseconds since 1970, in a column that is called a time; None for other numbers."""
    known = values[~np.isnan(values)]
    if not any(word in name.casefold() for word in EPOCH_NAMES) or len(known) < LEAST:
        return None
    for scale in (1.0, 1e3, 1e6):
        low, high = EPOCH_S[0] * scale, EPOCH_S[1] * scale
        if low <= known.min() and known.max() <= high:
            seconds = values / scale
            return DateColumn(seconds, seconds, "time")
    return None


def _settled(parts: DateParts, rows: np.ndarray, day_first: bool | None, today: int) -> DateColumn:
    """The reading of the column that its cells allow, and that puts its rows the most in order."""
    orders = _possible_orders(parts, day_first)
    pivots = _possible_pivots(parts, today)
    best: tuple[tuple[int, float, int], DateColumn] | None = None
    readings = []
    for order in orders:
        for rank, pivot in enumerate(pivots):
            column = _read(parts, rows, order, pivot)
            score = (len(column.odd), _disorder(column.seconds), rank)
            readings.append((order, score[:2]))
            if best is None or score < best[0]:
                best = (score, column)
    assert best is not None
    has_orders = bool((parts.first > 0).any())
    winner = best[1]
    is_asked = day_first is None and parts.sign != "."  # with points the day comes first
    is_open = has_orders and is_asked and _are_open(readings, best[0][:2])
    return replace(
        winner,
        is_open=is_open,
        day_first=winner.day_first if has_orders else None,
        is_short_year=bool(parts.is_short[parts.is_date].any()),
    )


def _are_open(readings: Sequence[tuple[bool, tuple[int, float]]], best: tuple[int, float]) -> bool:
    """Whether both orders remain possible: rows that run back and forth either way settle nothing."""
    settles = best[1] < IN_ORDER
    orders = {order for order, score in readings if score[0] <= best[0]}
    ties = {order for order, score in readings if score <= best}
    return len(orders) > 1 and not (settles and len(ties) == 1)


def _possible_orders(parts: DateParts, day_first: bool | None) -> list[bool]:
    """Whether the day may come first, the likelier answer first."""
    has_order = parts.is_date & (parts.first > 0)
    if day_first is not None:
        return [day_first]
    if not has_order.any():
        return [False]
    day_leads = int((parts.first[has_order] > 12).sum())
    month_leads = int((parts.second[has_order] > 12).sum())
    if day_leads or month_leads:
        return [day_leads > month_leads]
    uses_points = parts.sign in (".", "-", " ")
    return [True, False] if uses_points else [False, True]


def _possible_pivots(parts: DateParts, today: int) -> list[int]:
    """Up to which year of two digits this century is meant: never one that is still to come."""
    short = parts.year[parts.is_date & parts.is_short]
    if not len(short):
        return [0]
    now = today - 2000
    return [now, -1, min(now, max(0, int(short.min()) - 1))]


def _read(parts: DateParts, rows: np.ndarray, day_first: bool, pivot: int) -> DateColumn:
    """All cells in one way."""
    has_order = parts.first > 0
    day_in_order = parts.first if day_first else parts.second
    month_in_order = parts.second if day_first else parts.first
    month = np.where(has_order, month_in_order, parts.month)
    day = np.where(has_order, day_in_order, parts.day)
    century = np.where(parts.year <= pivot, 2000, 1900)
    year = np.where(parts.is_short, parts.year + century, parts.year)

    months = (12 * (year - 1970) + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    # The 31st of April is the first of May, and no date.
    is_right = parts.is_date & (month <= 12) & (days.astype("datetime64[M]") == months)
    local = days.astype(np.int64) * DAY_S + parts.second_s
    local[~is_right] = np.nan
    local = np.append(local, np.nan)  # what rows without a cell point to
    utc = local - np.append(parts.offset_s, 0)
    odd = np.flatnonzero((rows >= 0) & np.isnan(local[rows]))
    finest = int(parts.precision[parts.is_date].max())
    return DateColumn(
        local[rows],
        utc[rows],
        PRECISIONS[finest],
        day_first=day_first,
        odd=tuple(odd.tolist()),
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
