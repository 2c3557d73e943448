"""What the first column of a series says of time: whether its rows run in order, and which of them are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .dates import even_scale, forms_of, parsed, seconds_of, time_order
from .numbers import as_number, is_missing

MOST_UNTIMED = 0.1  # share of the rows that may have no time
LEAST_TIMED = 3  # rows that tell an order
EVEN = 0.02  # so near to the usual distance counts as it
EVENLY = 0.5  # share of the distances that must be so near
Order = Literal["kept", "reversed", "sorted"]


@dataclass(frozen=True)
class Clock:
    """How the rows lie in time.

    form: the format of pandas.to_datetime, or "" for an index of numbers. order: what was done to the rows. untimed:
    rows left out since they have no time. missing rows lie in so many gaps, at most `largest` of them in the one after
    the row at `after` (in order). repeated: rows with the time of the row before. uneven: no distance is usual.
    """

    form: str
    order: Order
    untimed: int = 0
    repeated: int = 0
    missing: int = 0
    gaps: int = 0
    largest: int = 0
    after: int = 0
    uneven: bool = False

    def positions(self, cells: Sequence[str]) -> np.ndarray:
        """The rows in order of time."""
        if self.order == "sorted":
            return np.asarray(time_order(cells, self.form))
        positions = np.arange(len(cells))
        return positions[::-1] if self.order == "reversed" else positions


def clock_of(cells: Sequence[str], decimal: str = ".") -> Clock | None:
    """What a column says of time; None where it holds neither dates nor an index. In: its cells, in order of the rows.

    Dates may stand in any order. Numbers are an index where they only rise or only fall, mostly by equal steps.
    """
    has_time = np.array([not is_missing(cell) for cell in cells], dtype=bool)
    has_enough = has_time.sum() >= LEAST_TIMED
    if not has_enough or has_time.mean() < 1 - MOST_UNTIMED:
        return None
    rows = np.flatnonzero(has_time)
    texts = [cells[row] for row in rows.tolist()]
    numbers = np.array([as_number(text, decimal) for text in texts])
    clock = _clock_of_dates(texts, numbers, rows, len(cells))
    if clock is not None:
        return clock
    if np.isnan(numbers).any():
        return None
    index = _looked_at("", numbers, rows, len(cells))
    if index is None:
        return None
    # Numbers that go up and down, or jump, are values and not an index.
    is_value = index.order == "sorted" or index.uneven
    return None if is_value else index


def _clock_of_dates(
    texts: Sequence[str], numbers: np.ndarray, rows: np.ndarray, n: int
) -> Clock | None:
    """The format that gives the rows the most of an order: 01/02 is in January or in February."""
    best: Clock | None = None
    for form in forms_of(texts, numbers):
        times = parsed(texts, form)
        if times is None:
            continue
        clock = _looked_at(form, times, rows, n)
        if clock is None:
            continue
        is_better = best is None or _orderliness(clock) > _orderliness(best)
        if is_better:
            best = clock
    return best


def _orderliness(clock: Clock) -> tuple[bool, bool, int]:
    """The greater, the likelier is the format: in order, evenly, without gaps."""
    return clock.order != "sorted", not clock.uneven, -clock.gaps


def _looked_at(form: str, times: Any, rows: np.ndarray, n: int) -> Clock | None:
    """Order and gaps. In: numbers or pandas's dates, the rows where they stand, how many rows there are."""
    numbers = seconds_of(times) if form else times
    order = _order_of(np.diff(numbers))
    if order is None:
        return None
    places = _places_in_order(numbers, order)
    untimed = n - len(rows) if order == "sorted" else 0
    rows_in_order = _rows_in_order(rows, order, n)

    scale = even_scale(times[places]) if form else numbers[places]
    distances = np.diff(scale)
    row_distances = np.diff(rows_in_order)
    facts: dict[str, Any] = {
        "form": form,
        "order": order,
        "untimed": untimed,
        "repeated": int((distances == 0).sum()),
    }
    distance_of_one = distances / row_distances
    moved = distance_of_one[distance_of_one > 0]
    if not len(moved):
        return Clock(**facts)
    step = float(np.median(moved))
    is_usual = np.abs(moved / step - 1) < EVEN
    if is_usual.mean() < EVENLY:
        return Clock(**facts, uneven=True)

    lacking = np.round(distances / step) - row_distances
    lacking = np.maximum(0, lacking).astype(np.int64)
    return Clock(
        **facts,
        missing=int(lacking.sum()),
        gaps=int((lacking > 0).sum()),
        largest=int(lacking.max()),
        after=int(rows_in_order[lacking.argmax()]),
    )


def _order_of(changes: np.ndarray) -> Order | None:
    """What has to be done to the rows; None where all have the same time."""
    if not changes.any():
        return None
    if (changes >= 0).all():
        return "kept"
    if (changes <= 0).all():
        return "reversed"
    return "sorted"


def _places_in_order(numbers: np.ndarray, order: Order) -> np.ndarray:
    """Places among the timed rows, from the earliest to the latest."""
    if order == "sorted":
        return np.argsort(numbers, kind="stable")
    places = np.arange(len(numbers))
    return places[::-1] if order == "reversed" else places


def _rows_in_order(rows: np.ndarray, order: Order, n: int) -> np.ndarray:
    """Where the timed rows stand after that: sorting leaves the others out, so that the numbers close up."""
    if order == "sorted":
        return np.arange(len(rows))
    return n - 1 - rows[::-1] if order == "reversed" else rows
