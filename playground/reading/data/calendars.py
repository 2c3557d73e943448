"""Years that are not counted from the year 1 of our calendar: 2567 in Thailand and 113 in Taiwan are 2024."""

from collections.abc import Mapping

import numpy as np

# How many years a calendar is ahead of ours.
YEARS_AHEAD: Mapping[str, int] = {"thai": 543, "taiwan": -1911, "western": 0}
# Years that are taken for those of a calendar, where all of a column are: 1900 to 2100 of Thailand, 2011 on of Taiwan.
THAI_YEARS = (2443, 2643)
TAIWAN_YEARS = (100, 189)


def is_foreign_year(year: int) -> bool:
    """Whether a year of three or four digits may be one of another calendar."""
    return any(low <= year <= high for low, high in (THAI_YEARS, TAIWAN_YEARS))


def calendar_of(years: np.ndarray) -> str:
    """The calendar that all of these years fit, "western" where they are of ours. In: int64 (n,)."""
    if not len(years):
        return "western"
    first, last = int(years.min()), int(years.max())
    for calendar, (low, high) in (("thai", THAI_YEARS), ("taiwan", TAIWAN_YEARS)):
        if low <= first and last <= high:
            return calendar
    return "western"
