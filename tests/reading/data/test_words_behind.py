"""Words behind numbers that multiply or divide them: milliards, pence, milliwatts."""

import json

import numpy as np
import pytest

from playground.reading.data.choices import choices_of
from playground.reading.data.loading import numbers_of
from playground.reading.data.recipes import number_recipe
from playground.reading.data.sheet import sheet_of

from .test_units import asked, first, of

CENTS = [
    (["£1.20", "80p", "£3"], [1.2, 0.8, 3]),
    (["$1.50", "99¢", "$0.75"], [1.5, 0.99, 0.75]),
    (["1,25 €", "85 Cent", "2,00 €"], [1.25, 0.85, 2]),
    (["1,25 €", "85 ct", "2,5 Mio. €"], [1.25, 0.85, 2.5e6]),
    (["12 руб.", "50 коп.", "3 руб."], [12, 0.5, 3]),
]
MAGNITUDES = [
    (["7,9 Md€", "5,3 M€", "8,4 Md€"], [7.9e9, 5.3e6, 8.4e9]),
    (["7,9 Mds", "5,3 Mio", "8,4 Mds"], [7.9e9, 5.3e6, 8.4e9]),
    (["0,2 Md €", "8,7 M €", "0,5 Md €"], [2e8, 8.7e6, 5e8]),
    (["$1.5MM", "$750K", "$2MM"], [1.5e6, 750e3, 2e6]),
    (["$3.9tn", "$5.2bn", "$1.1tn"], [3.9e12, 5.2e9, 1.1e12]),
    (["6.2w", "1000", "1.5w", "2300"], [62_000, 1000, 15_000]),
]
QUANTITIES = [
    (["6,2 kWh", "0,5 kWh", "350 Wh"], [6.2, 0.5, 0.35]),
    (["120 ms", "80 ms", "1.5 s"], [120, 80, 1500]),
    (["900 µs", "1.5 ms", "2 ms"], [0.9, 1.5, 2]),
    (["2.4 GHz", "5 GHz", "800 MHz"], [2.4, 5, 0.8]),
    (["1.2 A", "20 mA", "2 A"], [1.2, 0.02, 2]),
    (["2.1 %", "5 ‰", "4 %"], [2.1, 0.5, 4]),
    (["4.5%", "25 bps", "3%"], [4.5, 0.25, 3]),
    (["1013 hPa", "101.2 kPa", "1009 hPa"], [1013, 1012, 1009]),
]


@pytest.mark.parametrize(("cells", "values"), [*CENTS, *MAGNITUDES, *QUANTITIES])
def test_a_word_behind_a_number_multiplies_it(cells: list[str], values: list[float]) -> None:
    understood = of(cells)
    assert first(understood) == pytest.approx(values[:3]) and asked(understood) == []


def test_an_unknown_word_beside_millions_is_asked_about() -> None:
    cells = ["2 millones", "3 millones", "900 mil", "4 millones"]
    assert first(of(cells)) == "category" and asked(of(cells)) == ["mixed_units"]
    few = [f"{i} millones" for i in range(2, 21)] + ["900 mil"]
    assert asked(of(few)) == ["other_units"]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["12 p", "40 p", "7 p"], [12, 40, 7]),  # pages: no money beside them
        (["12 gr", "40 gr", "7 gr"], [12, 40, 7]),
        (["60 w", "75 w", "40 w"], [60, 75, 40]),
        (["12 mm", "40 mm", "7 mm"], [12, 40, 7]),
        (["5 €", "7 €", "9 €"], [5, 7, 9]),
        (["230 V", "12 V", "5 V"], [230, 12, 5]),
    ],
)
def test_one_word_behind_every_number_is_its_unit(cells: list[str], values: list[float]) -> None:
    assert first(of(cells)) == values and asked(of(cells)) == []


@pytest.mark.parametrize("cells", [cells for cells, _ in [*CENTS, *MAGNITUDES, *QUANTITIES]])
def test_the_script_multiplies_the_same(cells: list[str]) -> None:
    text = "row\tx\n" + "\n".join(f"{i}\t{cell}" for i, cell in enumerate(cells * 9))
    column = sheet_of(text.encode(), choices_of([])).columns[1]
    recipe = json.loads(json.dumps(number_recipe(column, choices_of([]))))
    np.testing.assert_array_equal(numbers_of(column.cells, recipe), column.values())
    assert np.isfinite(column.values()).all()
