"""A column of dates: which of day and month comes first, which century, in what order the rows lie."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from .moments import DAY_S, Parts, days_since_1970, parts_of, short_year

MOSTLY = 0.9  # share of the cells that must be dates
TRIED = 40  # cells that are looked at before all are
LEAST = 3
IN_ORDER = 0.15  # of `_disorder`: rows that only rise, or only fall, by mostly equal steps
NO_TIME = np.nan
ORDER = ("year", "quarter", "month", "week", "day", "time")


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
    present = [cell for cell in cells if not is_missing(cell)]
    if len(present) < LEAST:
        return None
    sample = present[:: max(1, len(present) // TRIED)]
    n_dates = sum(parts_of(cell) is not None for cell in sample)
    if n_dates < MOSTLY * len(sample):
        return None
    parts = {cell: parts_of(cell) for cell in dict.fromkeys(present)}
    odd = [row for row, cell in enumerate(cells) if parts.get(cell, 0) is None]
    if len(odd) > (1 - MOSTLY) * len(present):
        return None
    return _settled(cells, parts, tuple(odd), day_first, today or datetime.now(UTC).year)


def _settled(
    cells: Sequence[str],
    parts: dict[str, Parts | None],
    odd: tuple[int, ...],
    day_first: bool | None,
    today: int,
) -> DateColumn:
    """The reading of the column that its cells allow, and that puts its rows the most in order."""
    known = [part for part in parts.values() if part is not None]
    orders = _possible_orders(known, day_first)
    pivots = _possible_pivots(known, today)
    best: tuple[tuple[int, float, int], DateColumn] | None = None
    readings = []
    for order in orders:
        for rank, pivot in enumerate(pivots):
            column = _read(cells, parts, order, pivot, odd)
            disorder, n_bad = _disorder(column.seconds)
            score = (len(column.odd) + n_bad, disorder, rank)
            readings.append((order, score[:2]))
            if best is None or score < best[0]:
                best = (score, column)
    assert best is not None
    has_orders = any(part.first for part in known)
    winner = best[1]
    is_open = has_orders and day_first is None and _are_open(readings, best[0][:2])
    return DateColumn(
        winner.seconds,
        winner.utc,
        winner.precision,
        is_open=is_open,
        day_first=winner.day_first if has_orders else None,
        is_short_year=any(part.is_short_year for part in known),
        odd=winner.odd,
    )


def _are_open(readings: Sequence[tuple[bool, tuple[int, float]]], best: tuple[int, float]) -> bool:
    """Whether both orders remain possible: rows that run back and forth either way settle nothing."""
    settles = best[1] < IN_ORDER
    orders = {order for order, score in readings if score[0] <= best[0]}
    ties = {order for order, score in readings if score <= best}
    return len(orders) > 1 and not (settles and len(ties) == 1)


def _possible_orders(known: Sequence[Parts], day_first: bool | None) -> list[bool]:
    """Whether the day may come first, the likelier answer first."""
    if day_first is not None:
        return [day_first]
    with_order = [part for part in known if part.first]
    if not with_order:
        return [False]
    day_leads = sum(part.first > 12 for part in with_order)
    month_leads = sum(part.second > 12 for part in with_order)
    if day_leads or month_leads:
        return [day_leads > month_leads]
    uses_points = with_order[0].sign in (".", "-", " ")
    return [True, False] if uses_points else [False, True]


def _possible_pivots(known: Sequence[Parts], today: int) -> list[int]:
    """Up to which year of two digits this century is meant: never one that is still to come."""
    short = {part.year for part in known if part.is_short_year}
    if not short:
        return [0]
    now = today - 2000
    return [now, -1, min(now, max(0, min(short) - 1))]


def _read(
    cells: Sequence[str],
    parts: dict[str, Parts | None],
    day_first: bool,
    pivot: int,
    odd: tuple[int, ...],
) -> DateColumn:
    """All cells in one way."""
    seconds_of: dict[str, tuple[float, float]] = {}
    finest = 0
    impossible = set()
    for cell, part in parts.items():
        if part is None:
            continue
        moment = _moment(part, day_first, pivot)
        if moment is None:
            impossible.add(cell)
            continue
        seconds_of[cell] = moment
        finest = max(finest, ORDER.index(part.precision))
    nothing = (NO_TIME, NO_TIME)
    pairs = np.array([seconds_of.get(cell, nothing) for cell in cells], dtype=np.float64)
    more_odd = [row for row, cell in enumerate(cells) if cell in impossible] if impossible else []
    return DateColumn(
        pairs[:, 0], pairs[:, 1], ORDER[finest], day_first=day_first, odd=(*odd, *more_odd)
    )


def _moment(part: Parts, day_first: bool, pivot: int) -> tuple[float, float] | None:
    """Seconds since 1970 as written, and in UTC; None for a day that no calendar has."""
    month, day = part.month, part.day
    if part.first:
        day, month = (part.first, part.second) if day_first else (part.second, part.first)
    year = short_year(part.year, pivot) if part.is_short_year else part.year
    days = days_since_1970(year, month, day) if 1 <= month <= 12 else None
    if days is None:
        return None
    local = days * DAY_S + part.second_s
    return local, local - (part.offset_s or 0)


def _disorder(seconds: np.ndarray) -> tuple[float, int]:
    """How much the rows go back and forth (0: they only rise or only fall), and how unevenly."""
    known = seconds[~np.isnan(seconds)]
    changes = np.diff(known)
    if not len(changes):
        return 0.0, 0
    n_against = min(int((changes < 0).sum()), int((changes > 0).sum()))
    sizes = np.abs(changes[changes != 0])
    unevenness = float((np.abs(sizes / np.median(sizes) - 1) > 0.2).mean()) if len(sizes) else 0.0
    return n_against / len(changes) + unevenness / 10, 0


def iso_text(seconds: float, precision: str) -> str:
    """A moment in ISO 8601: a date, with the time of day where the file has one."""
    moment = datetime.fromtimestamp(0, UTC) + _timedelta(seconds)
    if precision != "time":
        return moment.date().isoformat()
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def _timedelta(seconds: float):  # type: ignore[no-untyped-def]
    from datetime import timedelta

    return timedelta(seconds=seconds)
