"""Dates in the formats that people write. The exported script carries `time_order`."""

from collections.abc import Sequence
from typing import Any

import numpy as np

DAY_S = 86_400
TRIED = 50  # cells that a format must fit before it is tried on all
YEARS = (1700, 2300)  # outside of these, digits were taken for a date
DATES = (
    "ISO8601", "%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%d-%m-%Y", "%m-%d-%Y",
    "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %Y", "%B %Y", "%b-%y", "%b-%Y",
    "%m/%Y", "%Y年%m月%d日", "%Y年%m月",
)  # fmt: skip
TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
DIGITS = {8: "%Y%m%d", 6: "%Y%m"}  # dates without any sign between, by their length


def _all_forms() -> list[str]:
    """Every date with every time of day; ISO 8601 has its times in itself."""
    forms = [DATES[0]]
    for time in TIMES:
        forms += [date + time for date in DATES[1:]]
    return forms


FORMS = _all_forms()


def time_order(cells, form):
    """Positions of the rows from the earliest to the latest; those of one time as they were, those of none left out.

    In: texts, and the format of pandas.to_datetime in which they are written. Out: int64, at most as many.
    """
    import pandas as pd

    dates = pd.to_datetime(pd.Series(cells), format=form, errors="coerce", utc=True)
    times = pd.Series(dates).dropna()
    return times.sort_values(kind="stable").index.to_numpy()


def forms_of(texts: Sequence[str], numbers: np.ndarray) -> Sequence[str]:
    """In which formats these may be dates. In: the texts, and what they are as numbers (NaN: none)."""
    if np.isnan(numbers).all():
        return FORMS
    width = len(texts[0])
    if width not in DIGITS:
        return []
    for text in texts:
        if len(text) != width or not text.isdecimal():
            return []
    return [DIGITS[width]]


def parsed(texts: Sequence[str], form: str) -> Any:
    """Dates in this format, as pandas has them; None where one of them is not."""
    import pandas as pd

    try:
        # Most formats fail at once, and need not read a hundred thousand cells for that.
        pd.to_datetime(pd.Series(texts[:TRIED]), format=form, utc=True)
        dates = pd.to_datetime(pd.Series(texts), format=form, utc=True)
        times = pd.DatetimeIndex(dates)
    except (ValueError, OverflowError):
        return None
    first, last = YEARS
    is_too_early = times.year.min() < first
    is_too_late = times.year.max() > last
    return None if is_too_early or is_too_late else times


def seconds_of(times: Any) -> np.ndarray:
    """pandas's dates -> seconds since 1970, float64."""
    moments = times.tz_localize(None).to_numpy()
    # Whatever unit pandas chose: microseconds hold every date of ours.
    microseconds = moments.astype("datetime64[us]").astype(np.int64)
    return np.asarray(microseconds / 1e6)


def even_scale(times: Any) -> np.ndarray:
    """Dates in order, on a scale where equal steps are equal: months as long as each other, no weekends where none has
    a row; else seconds."""
    seconds = seconds_of(times)
    distances = np.diff(seconds)
    step = np.median(distances[distances > 0])
    same_time_of_day = len(set(seconds % DAY_S)) == 1
    if not same_time_of_day:
        return seconds
    if step >= 28 * DAY_S and _same_day_of_month(times):
        months = 12 * times.year + times.month
        return np.asarray(months, dtype=np.float64)
    only_weekdays = (times.day_of_week < 5).all()
    if step == DAY_S and only_weekdays:
        days = times.tz_localize(None).to_numpy().astype("datetime64[D]")
        weekdays = np.busday_count(days[0], days)
        return np.asarray(weekdays, dtype=np.float64)
    return seconds


def _same_day_of_month(times: Any) -> bool:
    """The 31st of March and the 30th of April are the same day: the last."""
    return len(set(times.day)) == 1 or bool(times.is_month_end.all())
