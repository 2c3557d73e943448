"""What the first column of a series says of time: whether its rows run in order, and which of them are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

import numpy as np

from .cells import as_number, is_missing

MOST_UNTIMED = 0.1  # share of the rows that may have no time
EVEN, EVENLY = 0.02, 0.5  # so near to the usual distance counts as it; at least this share must be
DAY_S = 86_400
TRIED = 50  # cells that a format must fit before it is tried on all
DATES = (
    "ISO8601", "%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%d-%m-%Y", "%m-%d-%Y",
    "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %Y", "%B %Y", "%b-%y", "%b-%Y",
    "%m/%Y", "%Y年%m月%d日", "%Y年%m月",
)  # fmt: skip
FORMS = [f"{date}{time}" for time, date in product(("", " %H:%M", " %H:%M:%S", " %I:%M %p"), DATES)]
FORMS = [form for form in FORMS if form == "ISO8601" or not form.startswith("ISO")]
DIGITS = {8: "%Y%m%d", 6: "%Y%m"}  # dates without any sign between


def time_order(cells, form):
    """Positions of the rows from the earliest to the latest; those of one time as they were, those of none left out.

    In: texts, and the format of pandas.to_datetime in which they are written. Out: int64, at most as many.
    """
    import pandas as pd

    times = pd.Series(pd.to_datetime(pd.Series(cells), format=form, errors="coerce", utc=True))
    return times.dropna().sort_values(kind="stable").index.to_numpy()


@dataclass(frozen=True)
class Clock:
    """How the rows lie in time.

    form: the format of pandas.to_datetime, or "" for an index of numbers. order: what was done to the rows. untimed:
    rows left out since they have no time. missing rows lie in so many gaps, at most `largest` of them in the one after
    the row at `after` (in order). repeated: rows with the time of the row before. uneven: no distance is usual.
    """

    form: str
    order: Literal["kept", "reversed", "sorted"]
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
        return np.arange(len(cells))[:: -1 if self.order == "reversed" else 1]


def clock_of(cells: Sequence[str], decimal: str = ".") -> Clock | None:
    """What a column says of time; None where it holds neither dates nor an index. In: its cells, in order of the rows.

    Dates may stand in any order. Numbers are an index where they only rise or only fall, mostly by equal steps.
    """
    known = np.array([not is_missing(cell) for cell in cells], dtype=bool)
    if known.sum() < 3 or known.mean() < 1 - MOST_UNTIMED:
        return None
    texts = [cell for cell, is_known in zip(cells, known, strict=True) if is_known]
    numbers = np.array([as_number(text, decimal) for text in texts])
    rows, n = np.flatnonzero(known), len(cells)
    best: tuple[tuple[bool, bool, int], Clock] | None = None
    for form in _forms(texts, numbers):
        times = _parsed(texts, form)
        found = None if times is None else _looked_at(form, times, rows, n)
        if (
            found is not None
        ):  # 01/02 is in January or in February, whichever gives the rows more of an order
            score = (found.order != "sorted", not found.uneven, -found.gaps)
            if best is None or score > best[0]:
                best = score, found
    if best is not None:
        return best[1]
    index = None if np.isnan(numbers).any() else _looked_at("", numbers, rows, n)
    return None if index is None or index.order == "sorted" or index.uneven else index


def _forms(texts: Sequence[str], numbers: np.ndarray) -> Sequence[str]:
    """In which formats these may be dates."""
    if np.isnan(numbers).all():
        return FORMS
    width = len(texts[0])
    same = width in DIGITS and all(text.isdecimal() and len(text) == width for text in texts)
    return [DIGITS[width]] if same else []


def _parsed(texts: Sequence[str], form: str) -> Any:
    """Dates in this format, as pandas has them; None where one of them is not."""
    import pandas as pd

    try:
        pd.to_datetime(pd.Series(texts[:TRIED]), format=form, utc=True)
        times = pd.DatetimeIndex(pd.to_datetime(pd.Series(texts), format=form, utc=True))
    except (ValueError, OverflowError):
        return None
    return times if times.year.min() >= 1700 and times.year.max() <= 2300 else None


def _looked_at(form: str, times: Any, rows: np.ndarray, n: int) -> Clock | None:
    """Order and gaps. In: numbers or pandas's dates, the rows where they stand, how many rows there are."""
    numbers = _seconds(times) if form else times
    change = np.diff(numbers)
    if not change.any():
        return None
    order: Literal["kept", "reversed", "sorted"]
    order = "kept" if (change >= 0).all() else "reversed" if (change <= 0).all() else "sorted"
    if order == "sorted":
        places = np.argsort(numbers, kind="stable")
        rows, n_untimed = np.arange(len(rows)), n - len(rows)
    else:
        places = np.arange(len(rows))[:: -1 if order == "reversed" else 1]
        rows, n_untimed = (n - 1 - rows[::-1] if order == "reversed" else rows), 0
    at = _regular(times[places]) if form else numbers[places]
    distance, rows_between = np.diff(at), np.diff(rows)
    one_row = distance / rows_between
    moved = one_row[one_row > 0]
    if not len(moved):
        return Clock(form, order, n_untimed, int((distance == 0).sum()))
    step = float(np.median(moved))
    if (np.abs(moved / step - 1) < EVEN).mean() < EVENLY:
        return Clock(form, order, n_untimed, int((distance == 0).sum()), uneven=True)
    lacking = np.maximum(0, np.round(distance / step) - rows_between).astype(np.int64)
    return Clock(
        form, order, n_untimed, int((distance == 0).sum()), int(lacking.sum()), int((lacking > 0).sum()),
        int(lacking.max()), int(rows[lacking.argmax()]),
    )  # fmt: skip


def _seconds(times: Any) -> np.ndarray:
    return np.asarray(
        times.tz_localize(None).to_numpy().astype("datetime64[us]").astype(np.int64) / 1e6
    )


def _regular(times: Any) -> np.ndarray:
    """Dates in order, on a scale where equal steps are equal: months as long as each other, no weekends where none has
    a row; else seconds."""
    seconds = _seconds(times)
    step = np.median(np.diff(seconds)[np.diff(seconds) > 0])
    if (
        step >= 28 * DAY_S
        and len(set(seconds % DAY_S)) == 1
        and (len(set(times.day)) == 1 or times.is_month_end.all())
    ):
        return np.asarray(12 * times.year + times.month, dtype=np.float64)
    if step == DAY_S and (times.day_of_week < 5).all() and len(set(seconds % DAY_S)) == 1:
        days = times.tz_localize(None).to_numpy().astype("datetime64[D]")
        return np.asarray(np.busday_count(days[0], days), dtype=np.float64)
    return seconds
