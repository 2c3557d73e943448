"""Hours that clocks pass over in spring and show twice in autumn, in files that name no zone."""

import numpy as np

HOUR_S = 3600
DAY_S = 86_400
MONTHS = (3, 4, 9, 10, 11)  # in which clocks are changed, in the north and in the south
SATURDAY, SUNDAY = 5, 6
SEASON_DAYS = 100  # clocks are changed further apart than this


def is_spring_hour(moments: np.ndarray) -> bool:
    """Whether all that is missing is the hour that clocks pass over. In: seconds since 1970, the oldest first."""
    distances = np.diff(moments)
    usual = float(np.median(distances[distances > 0]))
    is_gap = distances > 1.5 * usual
    are_hours = np.abs(distances[is_gap] - usual - HOUR_S) < 1
    return usual <= HOUR_S and bool((are_hours & are_changes(moments[:-1][is_gap])).all())


def is_autumn_hour(moments: np.ndarray) -> bool:
    """Whether all that is met twice is the hour that clocks show twice, at most once in a season.

    In: seconds since 1970, in any order.
    """
    moments = np.sort(moments)
    distances = np.diff(moments)
    moved = distances[distances > 0]
    usual = float(np.median(moved)) if len(moved) else 0.0
    twice = moments[:-1][distances == 0]
    days = np.unique(np.floor(twice / DAY_S))
    are_apart = bool((np.diff(days) > SEASON_DAYS).all())
    is_one_hour = len(twice) * usual <= HOUR_S * max(1, len(days))
    is_fine = 0 < usual <= HOUR_S and is_one_hour and are_apart
    return is_fine and bool(are_changes(twice).all())


def goes_back_in_autumn(moments: np.ndarray) -> bool:
    """Whether rows only rise, except that clocks are set back: 02:00 02:30 02:00 02:30. In: seconds since 1970."""
    distances = np.diff(moments)
    is_back = distances < 0
    behind = moments[1:][is_back]
    days = np.floor(behind / DAY_S)
    are_apart = bool((np.diff(days) > SEASON_DAYS).all())
    is_within_an_hour = bool((distances[is_back] > -HOUR_S).all())
    return are_apart and is_within_an_hour and bool(are_changes(behind).all())


def are_changes(moments: np.ndarray) -> np.ndarray:
    """Which moments lie in a night in which clocks may be changed. In: seconds since 1970, local time."""
    weekday = (
        np.floor(moments / DAY_S).astype(np.int64) + 3
    ) % 7  # the first day of 1970 was a Thursday
    hour = (moments % DAY_S) / HOUR_S
    months = moments.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    is_month = np.isin(months % 12 + 1, MONTHS)
    is_night = (weekday == SUNDAY) & (hour < 4)
    is_eve = (weekday == SATURDAY) & (hour >= 23)
    return np.asarray(is_month & (is_night | is_eve))
