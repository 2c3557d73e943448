"""Steps of a series side by side: months of a year, times of a day; tables that have to be turned."""

from datetime import date, timedelta

import numpy as np
import pytest

from playground.faults import ExperimentError

from .cases import WAVE, codes, read, table, told
from .test_order_of_time import ordered

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
IN_GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
LONG = IN_GERMAN.split()


def years(names: list[str], *more: str) -> list[list[object]]:
    """Eight years of twelve months, with further columns of numbers behind them."""
    rows: list[list[object]] = [["Year", *names, *more]]
    for i in range(8):
        rows.append([1990 + i, *WAVE[12 * i : 12 * i + 12], *[i] * len(more)])
    return rows


@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize("names", [MONTHS, LONG, [str(i + 1) for i in range(12)]])
@pytest.mark.parametrize("more", [(), ("J-D", "DJF")])
def test_months_of_a_year_are_one_series(
    names: list[str], more: tuple[str, ...], is_newest_first: bool
) -> None:
    head, *rows = years(names, *more)
    text = table([head, *(rows[::-1] if is_newest_first else rows)])
    understood = read(text)
    assert understood.kind == "series" and understood.time is not None
    assert (understood.time.step, understood.time.season) == ("month", 12)
    assert (understood.time.start, understood.time.gaps) == ("1990-01-01", 0)
    assert codes(understood) == [] and "across" in told(understood)
    assert ordered(text) == WAVE
    (note,) = [note for note in understood.notes if note.code == "across"]
    apart = read(text, note.remedies[0].set)
    assert apart.time is not None and apart.time.step == "year"
    assert "across" not in told(apart)


def test_a_month_that_is_still_to_come_is_missing() -> None:
    rows = years(MONTHS)
    rows[-1][-1] = ""
    values = ordered(table(rows))
    np.testing.assert_array_equal(values, [*WAVE[:-1], np.nan])


def test_times_of_a_day_are_one_series() -> None:
    head = ["Date", *[f"{i // 2:02d}:{30 * (i % 2):02d}" for i in range(48)]]
    rows = []
    for i in range(10):
        values = [100 * i + k for k in range(48)]
        rows.append([date(2022, 1, 1) + timedelta(days=i), *values])
    text = table([head, *rows])
    understood = read(text)
    assert understood.time is not None and codes(understood) == []
    assert (understood.time.step, understood.time.start) == ("30 minutes", "2022-01-01T00:00:00")
    assert ordered(text)[46:50] == [46, 47, 100, 101]


def test_months_of_several_places_are_groups() -> None:
    head, *rows = years(MONTHS)
    both = [[place, *row] for place in ("Bern", "Graz") for row in rows]
    understood = read(table([["place", *head], *both]))
    assert understood.groups == ["Bern", "Graz"] and codes(understood) == ["group"]
    assert understood.values is not None and understood.values.steps == 96


def test_a_year_and_a_few_columns_called_otherwise_stay_columns() -> None:
    text = table([row[:4] for row in years(MONTHS)])
    assert "across" not in told(read(text)) and codes(read(text)) == ["value"]


@pytest.mark.parametrize("kind", ["", "series"])
def test_a_table_that_lies_across_is_to_be_turned(kind: str) -> None:
    head = ["country", *range(1990, 2010)]
    with pytest.raises(ExperimentError, match="transpose it"):
        read(table([head, ["Austria", *range(20)]]), kind=kind)
