"""Many dates taken apart together: year, month, day and time of every different cell as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .moments import FIELDS, Parts, is_possible_year, parts_of, pattern_of
from .shaped import letters_of, places_by_shape, whole_numbers

FEW = 20  # cells of one shape that are taken apart one by one
PRECISIONS = ("year", "quarter", "month", "week", "day", "time")


@dataclass
class DateParts:
    """What different cells say, one entry a cell; see `Parts`. is_date: false where a cell is none."""

    is_date: np.ndarray
    year: np.ndarray
    is_short: np.ndarray
    month: np.ndarray
    day: np.ndarray
    has_order: (
        np.ndarray
    )  # whether `first`, `second` and `year` stand for day, month and year in some order
    first: np.ndarray
    second: np.ndarray
    precision: np.ndarray  # places in PRECISIONS
    second_s: np.ndarray
    offset_s: np.ndarray
    sign: str = ""

    @classmethod
    def empty(cls, n: int) -> "DateParts":
        """No dates yet."""
        whole = [np.zeros(n, dtype=np.int64) for _ in range(6)]
        return cls(
            is_date=np.zeros(n, dtype=bool),
            year=whole[0],
            is_short=np.zeros(n, dtype=bool),
            month=whole[1],
            day=whole[2],
            has_order=np.zeros(n, dtype=bool),
            first=whole[3],
            second=whole[4],
            precision=whole[5],
            second_s=np.zeros(n),
            offset_s=np.zeros(n),
        )

    def put(self, place: int, parts: Parts) -> None:
        """What one cell says."""
        self.is_date[place] = True
        self.year[place] = parts.year
        self.is_short[place] = parts.is_short_year
        self.month[place] = parts.month
        self.day[place] = parts.day
        self.has_order[place] = parts.has_order
        self.first[place] = parts.first
        self.second[place] = parts.second
        self.precision[place] = PRECISIONS.index(parts.precision)
        self.second_s[place] = parts.second_s
        self.offset_s[place] = parts.offset_s or 0
        self.sign = self.sign or parts.sign


def date_parts(cells: Sequence[str]) -> DateParts:
    """In: different cells. Out: what each says."""
    dates = DateParts.empty(len(cells))
    for shape, places in places_by_shape(cells).items():
        is_plain = not any(letter.isalpha() and letter not in "TZ" for letter in shape)
        if len(places) > FEW and is_plain and _put_together(dates, cells, places):
            continue
        for place in places:
            parts = parts_of(cells[place])
            if parts is not None:
                dates.put(place, parts)
    return dates


def _put_together(dates: DateParts, cells: Sequence[str], places: Sequence[int]) -> bool:
    """All cells of one shape at once; false where that shape says more than digits."""
    example = cells[places[0]]
    pattern = pattern_of(example)
    if pattern is None:
        return False
    spans = {
        name: pattern.span(name) for name in pattern.re.groupindex if pattern[name] is not None
    }
    has_offset = spans.get("zone") is not None and example[slice(*spans["zone"])] not in (
        "Z",
        "UTC",
    )
    if not set(spans) <= FIELDS or has_offset or "quarter" in spans or "week" in spans:
        return False
    letters = letters_of([cells[place] for place in places], len(example))

    def field_of(name: str) -> np.ndarray:
        start, end = spans.get(name, (0, 0))
        return whole_numbers(letters, range(start, end)).astype(np.int64)

    rows = np.array(places)
    sizes = np.array([field_of("hour"), field_of("minute"), field_of("second")])
    dates.year[rows] = field_of("year")
    dates.is_short[rows] = spans["year"][1] - spans["year"][0] == 2
    dates.month[rows] = field_of("month")
    usual_day = 0 if "first" in spans else 1
    dates.day[rows] = field_of("day") if "day" in spans else usual_day
    dates.first[rows] = field_of("first")
    dates.second[rows] = field_of("second_")
    dates.second_s[rows] = np.array([3600, 60, 1]) @ sizes + _fraction(letters, spans)
    precision = "time" if "hour" in spans else "month"
    if precision == "month" and ("day" in spans or "first" in spans):
        precision = "day"
    dates.precision[rows] = PRECISIONS.index(precision)
    dates.has_order[rows] = "first" in spans
    dates.is_date[rows] = _are_dates(dates, rows, sizes)
    dates.sign = dates.sign or (pattern["sign"] if "sign" in spans else "")
    return True


def _fraction(letters: np.ndarray, spans: dict[str, tuple[int, int]]) -> np.ndarray:
    """The part of a second behind its point."""
    start, end = spans.get("fraction", (0, 0))
    if end <= start:
        return np.zeros(len(letters))
    return whole_numbers(letters, range(start + 1, end)) / 10.0 ** (end - start - 1)


def _are_possible_years(years: np.ndarray) -> np.ndarray:
    """Whether dates of our time have them. Cells of one shape have few different years. Out: bool (n,)."""
    possible = [year for year in np.unique(years).tolist() if is_possible_year(year)]
    return np.isin(years, possible)


def _are_dates(dates: DateParts, rows: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Whether the fields lie within a year and a day, as `parts_of` judges them."""
    year, month, day = dates.year[rows], dates.month[rows], dates.day[rows]
    first, second = dates.first[rows], dates.second[rows]
    hour, minute, seconds = sizes
    is_year = dates.is_short[rows] | _are_possible_years(year)
    both = np.stack([first, second])
    in_order = (both.min(0) >= 1) & (both.min(0) <= 12) & (both.max(0) <= 31)
    is_day = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    year_leads = dates.is_short[rows] & (second >= 1) & (second <= 12) & (year >= 1) & (year <= 31)
    in_order |= year_leads
    is_open = bool(dates.has_order[rows].any())
    is_midnight = (hour == 24) & (minute == 0) & (seconds == 0)
    is_time = (minute <= 59) & (seconds <= 60) & ((hour <= 23) | is_midnight)
    return np.asarray(is_year & (in_order if is_open else is_day) & is_time)
