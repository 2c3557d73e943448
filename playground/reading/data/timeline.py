"""When the rows of a series were measured: which columns say it, in what order they lie, by what step."""

from dataclasses import dataclass

import numpy as np

from .columns import Column
from .dates import iso_text
from .moments import DAY_S
from .result import TimeFacts
from .series_loading import in_order
from .summer_time import goes_back_in_autumn

EVEN = 0.05  # a distance so near to the usual one counts as it
MOSTLY = 0.9  # share of the rows that have the usual time of day
EVENLY = 0.5  # share of the distances that must be so near
MONTH_DAYS = (28, 31)
STEP_NAMES = {1: "month", 3: "quarter", 12: "year"}
SECONDS_NAMES = ((7 * DAY_S, "week"), (DAY_S, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
SEASONS = {
    "month": 12, "quarter": 4, "week": 52, "day": 7, "weekday": 5, "hour": 24, "30 minutes": 48, "15 minutes": 96,
    "10 minutes": 144, "20 minutes": 72, "5 minutes": 288, "2 months": 6, "4 months": 3, "6 months": 2, "2 hours": 12,
    "3 hours": 8, "4 hours": 6, "6 hours": 4, "8 hours": 3, "12 hours": 2, "minute": 60, "second": 60,
}  # fmt: skip


@dataclass(frozen=True)
class Times:
    """The times of the rows. columns: which say it; seconds: as the file writes them; utc: to put them in order.

    says: what each of the columns says: "date", "clock", "hours", "minutes", "year", "quarter", "month", "week", "day",
    "day of year" or "label".
    """

    columns: tuple[Column, ...]
    seconds: np.ndarray
    utc: np.ndarray
    precision: str
    says: tuple[str, ...] = ("date",)
    filled: tuple[Column, ...] = ()  # whose cells stand only in the first row of their group


@dataclass(frozen=True)
class Timeline:
    """Rows of one series in order. positions: of its rows, the oldest first; step: None where no distance is usual."""

    positions: np.ndarray
    order: str  # "oldest first" | "newest first" | "none"
    step: str | None
    gaps: int
    doubled: int
    # Of the largest gap: the rows before and behind it, and how many steps lie between.
    largest: tuple[int, int, int]
    unit: str = ""  # in which a step is measured: "months", "weekdays" or "seconds"
    size: float = 0.0  # of a step in this unit
    n_gaps: int = 0  # places where steps have no row


def timeline_of(times: Times, rows: np.ndarray) -> Timeline:
    """Order, step, gaps and doubles of some rows. In: their numbers, in the order of the file."""
    moments = times.utc[rows]
    is_known = ~np.isnan(moments)
    rows, moments = rows[is_known], moments[is_known]
    order = _order_of(moments)
    sorting = in_order(moments, order)
    rows, moments = rows[sorting], moments[sorting]
    scale, unit = _even_scale(times.seconds[rows], moments)
    distances = np.diff(scale)
    doubled = len(scale) - len(np.unique(scale))
    moved = distances[distances > 0]
    nothing = (0, 0, 0)
    if not len(moved):
        return Timeline(rows, order, None, 0, doubled, nothing)
    usual = float(np.median(moved))
    is_usual = np.abs(moved / usual - 1) < EVEN
    if is_usual.mean() < EVENLY:
        return Timeline(rows, order, None, 0, doubled, nothing)
    lacking = np.maximum(0, np.round(distances / usual) - 1).astype(np.int64)
    worst = int(lacking.argmax())
    largest = (int(rows[worst]), int(rows[worst + 1]), int(lacking[worst]))
    return Timeline(
        positions=rows,
        order=order,
        step=step_name(usual, unit),
        gaps=int(lacking.sum()),
        doubled=doubled,
        largest=largest,
        unit=unit,
        size=usual,
        n_gaps=int((lacking > 0).sum()),
    )


def _order_of(moments: np.ndarray) -> str:
    """In which order rows lie. The hour that clocks show twice is no disorder."""
    if goes_back_in_autumn(moments):
        return "oldest first"
    return "newest first" if goes_back_in_autumn(moments[::-1]) else "none"


def _even_scale(local: np.ndarray, utc: np.ndarray) -> tuple[np.ndarray, str]:
    """A scale on which equal steps are equal. Out: the scale, and its unit: "months", "weekdays" or "seconds"."""
    if len(utc) < 2:
        return utc, "seconds"
    days = np.floor(local / DAY_S)
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64)
    day_of_month = (dates - dates.astype("datetime64[M]")).astype(np.int64)
    next_day = (dates + np.timedelta64(1, "D")).astype("datetime64[M]")
    is_month_end = bool((next_day.astype(np.int64) > months).all())
    same_time = len(np.unique(local - days * DAY_S)) == 1
    same_day = len(np.unique(day_of_month)) == 1 or is_month_end
    distances = np.diff(utc)
    step = float(np.median(distances[distances > 0])) if (distances > 0).any() else 0.0
    if same_time and same_day and step >= 27 * DAY_S:
        return months.astype(np.float64), "months"
    weekday = (days.astype(np.int64) + 3) % 7  # the first day of 1970 was a Thursday
    is_once_a_day = same_time or _is_mostly_once_a_day(local, days)
    if is_once_a_day and step == DAY_S and (weekday < 5).all() and len(days) > 5:
        first = dates[0]
        return np.busday_count(first, dates).astype(np.float64), "weekdays"
    # Days of local time are even where summer time makes one of 23 hours.
    return (utc if step < DAY_S else local), "seconds"


def _is_mostly_once_a_day(local: np.ndarray, days: np.ndarray) -> bool:
    """Whether each day has one time, nearly always the same: exchanges close early before holidays."""
    times_of_day = local - days * DAY_S
    _, n_rows = np.unique(times_of_day, return_counts=True)
    is_one = len(np.unique(days)) == len(np.unique(local))
    return is_one and int(n_rows.max()) > MOSTLY * len(days)


def step_name(size: float, unit: str) -> str:
    """(1, "months") -> "month"; (900, "seconds") -> "15 minutes"."""
    if unit == "months":
        months = round(size)
        if months in STEP_NAMES:
            return STEP_NAMES[months]
        return f"{months // 12} years" if months % 12 == 0 else f"{months} months"
    if unit == "weekdays":
        return "weekday" if size == 1 else f"{size:g} weekdays"
    for seconds, name in SECONDS_NAMES:
        if size >= seconds and abs(size / seconds - round(size / seconds)) < 0.02:
            n = round(size / seconds)
            return name if n == 1 else f"{n} {name}s"
    return f"{size:g} seconds"


def season_of(step: str | None, n_steps: int) -> int | None:
    """After how many steps things may come around; None where the series has not two such seasons."""
    season = SEASONS.get(step or "")
    if season is None or n_steps < 2 * season:
        return None
    return season


def time_facts(times: Times, line: Timeline, n_steps: int) -> TimeFacts:
    """What the result says of time."""
    first, last = line.positions[0], line.positions[-1]
    return TimeFacts(
        columns=[column.name for column in times.columns],
        step=line.step,
        start=iso_text(float(times.seconds[first]), times.precision),
        end=iso_text(float(times.seconds[last]), times.precision),
        season=season_of(line.step, n_steps),
        order=line.order,
        gaps=line.gaps,
        doubled=line.doubled,
    )
