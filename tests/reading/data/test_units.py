"""What stands behind numbers: letters that multiply or do not, units, percent, credit and debit, no cents."""

import json

import numpy as np
import pytest

from playground.reading.data.choices import choices_of
from playground.reading.data.loading import numbers_of
from playground.reading.data.recipes import number_recipe
from playground.reading.data.result import Doubt, Understood
from playground.reading.data.sheet import sheet_of

from .cases import LEFT, N, codes, column, people, read, table, told

LABS = [
    f"{4 + i % 9}.{i % 10}" + (" L" if i % 10 == 1 else " H" if i % 10 == 5 else "")
    for i in range(N)
]
BUSES = ["12", "7B", "2", "5M", "10", "4K"]


def of(cells: list[str], *sets: str, name: str = "x") -> Understood:
    """A table that has these cells again and again."""
    repeated = [cells[i % len(cells)] for i in range(N)]
    rows = [[name, "left"], *zip(repeated, LEFT, strict=True)]
    return read(table(rows, "\t"), "target=left", "columns.left=category", *sets, kind="table")


def first(understood: Understood, n: int = 3, name: str = "x") -> object:
    """The first values as numbers, or else the type of the column."""
    facts = column(understood, name)
    return facts.first[:n] if facts.type == "number" else facts.type


def asked(understood: Understood) -> list[str]:
    """What is asked about column x."""
    return [
        doubt.code
        for doubt in understood.doubts
        if doubt.place == "x" and doubt.code != "gives_away"
    ]


def the_doubt(understood: Understood, code: str) -> Doubt:
    """The only doubt of a code."""
    (doubt,) = [doubt for doubt in understood.doubts if doubt.code == code]
    return doubt


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.2K", "3.4B", "19M"], [1200, 3.4e9, 19e6]),
        (["$1.5M", "$3M", "$2M"], [1.5e6, 3e6, 2e6]),
        (["1.2M", "950,000", "3M", "1,500,000"], [1.2e6, 950_000, 3e6]),
        (["85 L", "1.2 Cr", "90 L"], [8.5e6, 1.2e7, 9e6]),
        (["50k+", "20k", "30k"], [50_000, 20_000, 30_000]),
        (["1M+", "500K+", "5M+"], [1e6, 5e5, 5e6]),
        (["1.5 Mio. €", "3.2 Mrd. €", "100 Tsd. €"], [1.5e6, 3.2e9, 1e5]),
        (["19M", "2.3M", "14M"], [19e6, 2.3e6, 14e6]),
        (["18K", "14K", "24K"], [18_000, 14_000, 24_000]),
        (["3.4 M USD", "120 K USD", "2 M USD"], [3.4e6, 1.2e5, 2e6]),
    ],
)  # fmt: skip
def test_letters_that_multiply(cells: list[str], values: list[float]) -> None:
    understood = of(cells)
    assert first(understood) == pytest.approx(values) and asked(understood) == []


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (["1.5L", "2.0L", "3.0L"], "L"), (["293 K", "301 K", "280 K"], "K"), (["0.9 T", "1.2 T", "2 T"], "T"),
        (["844 B", "12 B", "97 B"], "B"), (["0.5 M", "1.37 M", "2 M"], "M"),
    ],
)  # fmt: skip
def test_the_same_letter_behind_every_number_is_their_unit(cells: list[str], unit: str) -> None:
    understood = of(cells)
    assert first(understood, 1) == [float(cells[0].rstrip("KLTBM "))]
    assert column(understood, "x").unit == unit and asked(understood) == []


@pytest.mark.parametrize(
    ("cells", "values", "unit"),
    [
        (["500 ml", "1 L", "330 ml", "500 ml"], [500, 1000, 330], "ml"),
        (["500 ml", "0.5 l", "500 ml", "1 L"], [500, 500, 500], "ml"),
        (["12 KB", "900 B", "3.4 MB", "12 KB", "512 bytes"], [12, 0.9, 3400], "KB"),
        (["5 mg", "300 µg", "5 mg", "0.5 g", "250 mcg"], [5, 0.3, 5], "mg"),
        (["2 t", "300 kg", "1.5 T", "2 t"], [2, 0.3, 1.5], "t"),
        (["7,405 sqft", "0.25 acres", "6,000 sqft"], [7405, 10_890, 6000], "sqft"),
        (["2 beds", "1 bed", "3 beds", "2 beds"], [2, 1, 3], "beds"),
    ],
)  # fmt: skip
def test_units_of_one_quantity_are_converted_once(
    cells: list[str], values: list[float], unit: str
) -> None:
    understood = of(cells)
    assert first(understood) == pytest.approx(values)
    assert (column(understood, "x").unit, column(understood, "x").missing) == (unit, 0)
    assert asked(understood) == []


def test_weeks_months_and_years_are_counted_in_one_of_them_and_told() -> None:
    understood = of(["2 years", "1 year", "6 months", "3 weeks", "2 years"])
    assert first(understood) == pytest.approx([2, 1, 0.5]) and told(understood) == ["long_times"]
    assert column(understood, "x").unit == "years" and asked(understood) == []
    assert told(of(["2 years", "1 year", "3 years"])) == []


def test_letters_behind_a_few_plain_numbers_are_remarks_and_asked_about() -> None:
    understood = of(LABS)
    doubt = the_doubt(understood, "letters")
    assert first(understood) == [4.0, 5.1, 6.2] and "(L, H)" in doubt.message
    assert "12 numbers in “x”" in doubt.message and "“5.1 L” in line 3" in doubt.message
    as_written, as_kinds = doubt.remedies
    settled = of(LABS, as_written.set)
    assert asked(settled) == [] and first(settled) == [4.0, 5.1, 6.2]
    assert first(of(LABS, as_kinds.set)) == "category"


def test_a_single_letter_may_still_multiply() -> None:
    cells = ["12.5", "3.1 L", "11.2", "4.5", "9.9"]
    doubt = the_doubt(of(cells), "letters")
    powers = doubt.remedies[1]
    assert powers.label == "L multiplies by 100,000"
    settled = of(cells, powers.set)
    assert first(settled) == pytest.approx([12.5, 310_000, 11.2]) and asked(settled) == []


@pytest.mark.parametrize(
    "cells",
    [
        ["01", "02", "13", "2A", "2B", "971"], ["2M", "1F", "1M", "3F"], ["34C", "32B", "36D"], ["1K", "3K", "1R"],
        ["10 M", "9 W", "7 B"], ["72", "84a", "40", "5c"], ["12E4", "7E2", "12A4", "7B2"], ["12E4", "7E2", "3E1"],
        ["2-", "3+", "1", "4"], ["10001", "02134", "94105-1234", "94105"], ["00501", "10001", "94105", "2134"],
    ],
)  # fmt: skip
def test_codes_and_grades_are_kinds(cells: list[str]) -> None:
    understood = of(cells)
    assert first(understood) == "category" and asked(understood) == []


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["01", "02", "12"], [1, 2, 12]), (["1E5", "2E5", "3E6"], [1e5, 2e5, 3e6]),
        (["1.5E3", "2.5E4", "7E3"], [1500, 25_000, 7000]),
        (["12.5-", "3", "7-"], [-12.5, 3, -7]), (["10+", "5+", "7"], [10, 5, 7]), (["5g", "3g", "7"], [5, 3, 7]),
        (["3人", "2人", "5"], [3, 2, 5]), (["0.95**", "-0.93*", "0.71***"], [0.95, -0.93, 0.71]),
    ],
)  # fmt: skip
def test_what_only_looks_like_codes_is_numbers(cells: list[str], values: list[float]) -> None:
    understood = of(cells)
    assert first(understood) == values and asked(understood) == []


def test_codes_that_end_in_magnitudes_are_asked_about() -> None:
    understood = of(BUSES)
    doubt = the_doubt(understood, "letter_codes")
    assert first(understood) == "category" and "“7B”" in doubt.message
    as_kinds, powers = doubt.remedies
    assert asked(of(BUSES, as_kinds.set)) == []
    assert first(of(BUSES, powers.set)) == [12, 7e9, 2] and asked(of(BUSES, powers.set)) == []
    assert asked(of(BUSES, "columns.x=number")) == ["letters"]


def test_credit_is_above_0_and_debit_below() -> None:
    understood = of(["86,874.39 Cr", "11,369.21 Dr", "4,372.00 Cr"])
    assert first(understood) == [86874.39, -11369.21, 4372.0]
    assert told(understood) == ["signs"] and asked(understood) == []
    assert column(of(["60 dB", "55 dB", "71 dB"]), "x").unit == "dB"


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1'200.-", "950.--", "2'955.-"], [1200, 950, 2955]), (["5,- €", "1,95 €", "73,- €"], [5, 1.95, 73]),
        (["4 439,- Kč", "3 530,- Kč", "512,- Kč"], [4439, 3530, 512]),
        (["7 525:-", "8 404:-", "90:-"], [7525, 8404, 90]),
        (["6.788,-", "2.806,-", "512,-"], [6788, 2806, 512]), (["CHF 48.—", "CHF 31.50", "CHF 7.–"], [48, 31.5, 7]),
        (["12.5-", "3.0", "7-"], [-12.5, 3, -7]), (["-5,- €", "3,50 €", "1,- €"], [-5, 3.5, 1]),
        (["$(1,234.50)", "$2,345.00", "(7.00)"], [-1234.5, 2345, -7]),
    ],
)  # fmt: skip
def test_prices_without_cents_are_above_0(cells: list[str], values: list[float]) -> None:
    understood = of(cells)
    assert first(understood) == values and asked(understood) == []


def test_a_dash_with_a_currency_is_0_and_told() -> None:
    understood = of(["$2,345.00", "$(1,234.50)", "$ -"])
    assert first(understood) == [2345, -1234.5, 0] and told(understood) == ["dash_is_0"]
    (note,) = understood.notes
    assert first(of(["$2,345.00", "$(1,234.50)", "$ -"], note.remedies[0].set)) == [
        2345,
        -1234.5,
        None,
    ]


def test_a_lone_dash_among_amounts_is_asked_about() -> None:
    cells = ["(1,234.5)", "-", "2,345", "987"]
    understood = of(cells)
    doubt = the_doubt(understood, "dash")
    assert first(understood) == [-1234.5, None, 2345] and "“-” appears 15 times" in doubt.message
    missing, zero = doubt.remedies
    assert asked(of(cells, missing.set)) == [] and first(of(cells, missing.set)) == [
        -1234.5,
        None,
        2345,
    ]
    assert asked(of(cells, zero.set)) == [] and first(of(cells, zero.set)) == [-1234.5, 0, 2345]
    assert asked(of(["1,234.5", "-", "2,345", "987"])) == []


def test_percent_beside_shares_is_asked_about() -> None:
    cells = ["12%", "0.12", "15.5%", "0.3"]
    understood = of(cells)
    doubt = the_doubt(understood, "shares")
    assert first(understood) == pytest.approx([0.12, 0.12, 0.155])
    shares, as_written, as_kinds = doubt.remedies
    assert first(of(cells, shares.set)) == pytest.approx([0.12, 0.12, 0.155])
    assert first(of(cells, as_written.set)) == [12, 0.12, 15.5]
    assert all(asked(of(cells, remedy.set)) == [] for remedy in (shares, as_written, as_kinds))
    assert asked(of(["12%", "7", "15.5%", "30"])) == []


def test_few_cells_of_another_unit_are_asked_about() -> None:
    cells = ["34.46Sq. Meter", *[str(1000 + 37 * i) for i in range(39)]]
    understood = of(cells)
    doubt = the_doubt(understood, "other_units")
    assert first(understood) == [None, 1000, 1037] and column(understood, "x").unit == ""
    assert "numbers followed by another unit" in doubt.message
    assert asked(of(cells, doubt.remedies[0].set)) == []


@pytest.mark.parametrize(
    "cells", [["EUR 9.00", "USD 3.10", "USD 12.50"], ["$5", "€7", "$3"], ["20 C", "70 F", "21 C"]]
)
def test_several_currencies_are_asked_about_as_units(cells: list[str]) -> None:
    understood = of(cells)
    assert first(understood) == "category" and asked(understood) == ["mixed_units"]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1:09.66", "2:50.37", "1:27.40"], [69.66, 170.37, 87.4]),
        (["1:01.19", "56.50", "58.44"], [61.19, 56.5, 58.44]),
    ],
)
def test_minutes_and_hundredths_are_durations(cells: list[str], values: list[float]) -> None:
    understood = of(cells)
    assert first(understood) == pytest.approx(values) and column(understood, "x").unit == "s"


def test_times_that_are_wanted_as_numbers_are_durations() -> None:
    cells = ["03:14:37", "DNF", "02:43:48", "04:15:12"]
    assert first(of(cells)) == "category"
    settled = of(cells, "columns.x=number")
    assert first(settled) == [11677, None, 9828] and asked(settled) == ["odd_cells"]


def test_a_time_of_the_day_is_no_fraction() -> None:
    cells = [f"{i % 24}.30 Uhr" for i in range(N)]
    rows = [
        ["Datum", "Uhrzeit", "Temp"],
        *[[f"{1 + i // 24:02d}.03.2023", cell, i * 7 % 9] for i, cell in enumerate(cells)],
    ]
    understood = read(table(rows, "\t"), kind="series")
    assert understood.time is not None and understood.time.columns == ["Datum", "Uhrzeit"]
    assert understood.time.start == "2023-03-01T00:30:00"


@pytest.mark.parametrize(
    "values", [[0, 12.5, -9999], [0, -9999], [3, 7, -99.9], [0.0, 1.5, -999.0]]
)
def test_a_number_for_missing_among_few_values_is_asked_about(values: list[float]) -> None:
    cells = [str(values[i % len(values)]) for i in range(N)]
    assert "suspected_missing" in codes(read(people(rain=cells), "target=left"))


@pytest.mark.parametrize("values", [[0, 1], [-1, 1], [1, 2, 3], [0, -200], [-1000, 5, 2000]])
def test_few_values_that_are_measured_raise_no_doubt(values: list[float]) -> None:
    cells = [str(values[i % len(values)]) for i in range(N)]
    assert "suspected_missing" not in codes(read(people(rain=cells), "target=left"))


def test_a_point_behind_a_kind_is_no_other_kind() -> None:
    kinds = [(">50K", "<=50K.", ">50K.", "<=50K")[i % 4] for i in range(N)]
    understood = read(people(left=kinds), "target=left")
    assert sorted(entry.count for entry in understood.classes) == [N // 2, N // 2]


RECIPES = [
    ["1.2K", "3.4B", "19M"], ["500 ml", "1 L", "330 ml"], ["86.39 Cr", "11.21 Dr"], ["12%", "0.12"],
    ["1'200.-", "95.--"],
    ["6.788,-", "512,50"], ["$2,345.00", "$(1,234.50)", "$ -"], ["1:01.19", "56.50"], ["12.5 Mio. €", "3.2 Mrd. €"],
    ["2 years", "6 months", "3 weeks"], LABS,
]  # fmt: skip


@pytest.mark.parametrize("cells", RECIPES, ids=lambda cells: cells[0])
def test_the_script_reads_the_same_numbers(cells: list[str]) -> None:
    text = "row\tx\n" + "\n".join(f"{i}\t{cell}" for i, cell in enumerate(cells * 9))
    read_column = sheet_of(text.encode(), choices_of([])).columns[1]
    recipe = json.loads(json.dumps(number_recipe(read_column, choices_of([]))))
    np.testing.assert_array_equal(numbers_of(read_column.cells, recipe), read_column.values())
    assert np.isfinite(read_column.values()).all()
