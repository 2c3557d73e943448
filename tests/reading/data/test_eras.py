"""Years of Japanese emperors."""

import numpy as np
import pytest

from playground.reading.data.loading import moment_of
from playground.reading.data.moments import _PATTERNS, parts_of

from .cases import column, read, table

FORM = {
    "patterns": [pattern.pattern for pattern in _PATTERNS],
    "order": "day first",
    "pivot": 40,
    "months": {},
    "zones": {},
    "in_utc": False,
}


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("令和5年4月1日", "2023-04-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成30年12月31日", "2018-12-31"),
        ("昭和64年1月7日", "1989-01-07"),
        ("大正15年12月25日", "1926-12-25"),
        ("明治45年7月", "1912-07-01"),
        ("平成11年", "1999-01-01"),
        ("H30.3.1", "2018-03-01"),
        ("R05/04/01", "2023-04-01"),
        ("令和5年4月1日 13:30", "2023-04-01T13:30"),
    ],
)
def test_a_year_of_an_era_is_one_of_ours(cell: str, date: str) -> None:
    parts = parts_of(cell)
    assert parts is not None
    assert f"{parts.year}-{parts.month:02d}-{parts.day:02d}" == date[:10]
    seconds = np.datetime64(date).astype("datetime64[s]").astype(np.int64)
    assert moment_of(cell, FORM) == seconds  # as the script reads it


@pytest.mark.parametrize("cell", ["S1.2.3", "R1.0.3", "令和5年13月1日", "令和五", "H30"])
def test_others_are_none(cell: str) -> None:
    assert parts_of(cell) is None


def test_days_across_two_eras_are_in_a_row() -> None:
    days = [f"平成31年4月{day}日" for day in range(20, 31)]
    days += [f"令和元年5月{day}日" for day in range(1, 20)]
    understood = read(
        table([["日付", "n"], *[[day, i] for i, day in enumerate(days)]]), kind="series"
    )
    assert column(understood, "日付").type == "date" and understood.time is not None
    assert (understood.time.step, understood.time.start) == ("day", "2019-04-20")
    assert (understood.time.end, understood.time.gaps) == ("2019-05-19", 0)
