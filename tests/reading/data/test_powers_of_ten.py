"""Numbers with a power of ten behind them, as laboratories write them."""

import json

import numpy as np
import pytest

from playground.reading.data.choices import choices_of
from playground.reading.data.loading import numbers_of, plain_text
from playground.reading.data.recipes import number_recipe
from playground.reading.data.sheet import sheet_of

from .test_units import asked, first, of

POWERS = [
    (["4.1·10⁻¹", "8.2·10⁻²", "7.4·10²"], [0.41, 0.082, 740]),
    (["7.1 x 10^0", "2.6 x 10^1", "1.5 x 10^-3"], [7.1, 26, 0.0015]),
    (["2,3*10^-5", "1,2*10^3", "0,5"], [2.3e-5, 1200, 0.5]),
    (["5 × 10⁶", "250", "3 × 10³"], [5e6, 250, 3000]),
    (["2.3×10^5 CFU/ml", "1.1×10^6 CFU/ml", "9×10^4 CFU/ml"], [2.3e5, 1.1e6, 9e4]),
]


@pytest.mark.parametrize(("cells", "values"), POWERS)
def test_a_power_of_ten_multiplies(cells: list[str], values: list[float]) -> None:
    understood = of(cells)
    assert first(understood) == pytest.approx(values, rel=1e-12) and asked(understood) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["10 m²", "20 m²", "110 m²"], [10, 20, 110]),
        (["4 x 100", "4 x 200", "4 x 400"], "category"),  # relays
    ],
)
def test_other_tens_are_no_powers(cells: list[str], expected: list[float] | str) -> None:
    assert first(of(cells)) == expected


def test_a_long_cell_is_left_as_it_is() -> None:
    cell = "1 x 10^" * 20_000
    assert plain_text(cell) == cell


@pytest.mark.parametrize("cells", [cells for cells, _ in POWERS])
def test_the_script_reads_the_same_powers(cells: list[str]) -> None:
    text = "row\tx\n" + "\n".join(f"{i}\t{cell}" for i, cell in enumerate(cells * 9))
    column = sheet_of(text.encode(), choices_of([])).columns[1]
    recipe = json.loads(json.dumps(number_recipe(column, choices_of([]))))
    np.testing.assert_array_equal(numbers_of(column.cells, recipe), column.values())
    assert np.isfinite(column.values()).all()
