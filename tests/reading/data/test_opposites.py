"""Numbers whose sign is a word or an arrow: south, before Christ, ▼."""

import json

import numpy as np
import pytest

from playground.reading.data.choices import choices_of
from playground.reading.data.loading import numbers_of
from playground.reading.data.recipes import number_recipe
from playground.reading.data.sheet import sheet_of

from .cases import told
from .test_units import asked, first, of

OPPOSITES = [
    (["33.9 S", "12.5 N", "7.25 S"], [-33.9, 12.5, -7.25]),
    (["33.9°S", "12.5°N", "7.25°S"], [-33.9, 12.5, -7.25]),
    (["40.76° N", "26.86° S", "1.5° N"], [40.76, -26.86, 1.5]),
    (["94.8W", "12.1E", "3.3W"], [-94.8, 12.1, -3.3]),
    (["94,8 O", "12,1 E", "3,3 O"], [-94.8, 12.1, -3.3]),
    (["94,8 O", "12,1 W", "3,3 O"], [94.8, -12.1, 3.3]),
    (["44 BC", "100 AD", "500 BC"], [-44, 100, -500]),
    (["44 v. Chr.", "9 n. Chr.", "3 v. Chr."], [-44, 9, -3]),
    (["44 BC", "1066", "500 BC"], [-44, 1066, -500]),
    (["▲ 0.5", "▼ 0.8", "▲ 1.2"], [0.5, -0.8, 1.2]),
    (["↑7.4%", "↓8.2%", "↑0.1%"], [7.4, -8.2, 0.1]),
    (["▲7.4%", "8.2%", "▲0.1%"], [-7.4, 8.2, -0.1]),
    (["▲1,234,500円", "2,345円", "345円"], [-1_234_500, 2345, 345]),
]


@pytest.mark.parametrize(("cells", "values"), OPPOSITES)
def test_numbers_with_the_word_of_the_lower_side_are_negative(
    cells: list[str], values: list[float]
) -> None:
    understood = of(cells)
    assert first(understood) == values
    assert told(understood) == ["sides"] and asked(understood) == []
    as_written = understood.notes[0].remedies[0].set
    assert first(of(cells, as_written)) == [abs(value) for value in values]
    assert told(of(cells, as_written)) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["12N", "14S", "3N"], "category"),  # seats and routes
        (["5.5 S", "7.25 S", "9.5 S"], [5.5, 7.25, 9.5]),  # one side only: siemens
        (["2.5 E", "3.5 E", "7.5 E"], [2.5, 3.5, 7.5]),
        (["▲ 2.5", "-1.3", "0.4"], [2.5, -1.3, 0.4]),  # the minus is written: ▲ is up
        (["2.5", "-1.3", "0.4"], [2.5, -1.3, 0.4]),
    ],
)
def test_other_words_and_arrows_change_nothing(
    cells: list[str], expected: list[float] | str
) -> None:
    assert first(of(cells)) == expected and told(of(cells)) == []


@pytest.mark.parametrize("cells", [cells for cells, _ in OPPOSITES])
def test_the_script_signs_the_same_numbers(cells: list[str]) -> None:
    text = "row\tx\n" + "\n".join(f"{i}\t{cell}" for i, cell in enumerate(cells * 9))
    column = sheet_of(text.encode(), choices_of([])).columns[1]
    recipe = json.loads(json.dumps(number_recipe(column, choices_of([]))))
    np.testing.assert_array_equal(numbers_of(column.cells, recipe), column.values())
    assert np.nanmin(column.values()) < 0
