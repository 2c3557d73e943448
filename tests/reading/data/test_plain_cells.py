"""Columns of plain numbers are read at once, and say the same as if every cell had been counted."""

from collections import Counter

import numpy as np
import pytest

from playground.reading.data import columns
from playground.reading.data.choices import choices_of
from playground.reading.data.columns import Column, column_of
from playground.reading.data.plain_cells import plain_column
from playground.reading.data.recipes import number_recipe

PLAIN = {
    "whole": ["1", "2", "3", "2", "-5"],
    "fractions": ["1.5", "-2.25", ".5", "3.", "2e3"],
    "with gaps": ["1.5", "", "2.5", "", "7"],
    "three digits behind the point": ["1.234", "5.678", "123.456"],
    "one value": ["4", "4", "4"],
    "zero and one": ["0", "1", "1", "0"],
    "codes": ["01067", "01069", "80331"],
    "days as digits": ["20190101", "20190102", "20190103"],
    "a running number": [str(i) for i in range(9)],
}
NOT_PLAIN = (
    ["1", "x"], ["1,5", "2"], ["1", "1e999"], ["nan", "1"], ["１", "2"], ["5-", "3"], ["", ""], ["1_000", "2"], [],
)  # fmt: skip


def said_of(column: Column) -> dict[str, object]:
    numbers = column.numbers
    return {
        "type": column.type,
        "counts": dict(column.counts),
        "n_different": len(column.counts),
        "missing": (column.n_missing, column.missing_words),
        "first": column.first(),
        "dates": column.dates is not None,
        "several": column.has_several(),
        "numbers": numbers and (dict(numbers.values), numbers.decimal, numbers.open_sign),
        "recipe": numbers and number_recipe(column, choices_of([])),
    }


@pytest.mark.parametrize("cells", PLAIN.values(), ids=PLAIN)
def test_a_plain_column_says_what_it_says_cell_by_cell(
    cells: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plain_column(cells) is not None
    at_once = column_of(0, "date", cells, choices_of([]))
    monkeypatch.setattr(columns, "plain_column", lambda cells: None)
    one_by_one = column_of(0, "date", cells, choices_of([]))
    assert said_of(at_once) == said_of(one_by_one)
    if at_once.numbers is not None:
        np.testing.assert_array_equal(at_once.values(), one_by_one.values())


@pytest.mark.parametrize("cells", NOT_PLAIN, ids=str)
def test_any_other_column_is_looked_at_cell_by_cell(cells: list[str]) -> None:
    assert plain_column(cells) is None


def test_what_its_owner_said_of_a_column_counts() -> None:
    cells = ["1", "-999", "3", "4"]
    column = column_of(0, "x", cells, choices_of(["missing.x=-999"]))
    assert column.n_missing == 1 and np.isnan(column.values()[1])


def test_cells_are_counted_when_somebody_asks() -> None:
    cells = ["1.5", "", *(str(i) for i in range(50)), "2", "1.5"]
    values = plain_column(cells)
    assert values is not None
    first = iter(values.counts)
    assert (next(first), next(first)) == ("1.5", "0")
    wanted = Counter(cells)
    del wanted[""]
    assert "" not in values.counts and "49" in values.counts and "50" not in values.counts
    assert len(values.counts) == len(wanted) and dict(values.counts) == dict(wanted)
    assert values["49"] == 49.0 and values.get("50") is None and bool(values.counts)
