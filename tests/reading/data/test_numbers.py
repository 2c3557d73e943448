"""Numbers as people write them, the decimal sign from the whole column."""

import numpy as np
import pytest

from playground.faults import ExperimentError
from playground.reading.data.choices import Choices
from playground.reading.data.sheet import sheet_of

from .cases import WAGES, N, codes, column, people, read, table


def first(values: list[str], sep: str = ",", **others: list[str]) -> object:
    """The first value of a column as it is understood, and its type."""
    rows = [["x", *others, "y"]]
    for i, value in enumerate(values):
        more = [cells[i % len(cells)] for cells in others.values()]
        rows.append([value, *more, f"k{i % 2}"])
    facts = column(read(table(rows, sep), kind="table"), "x")
    return facts.first[0] if facts.type == "number" else facts.type


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["19M", "8.7M", "201k", "3.5M"], 19e6),
        (["10,000+", "5,000+", "100+", "1,000,000+"], 10_000),
        (["142 min", "90 min", "101 min", "99 min"], 142),
        (["(26.5)", "12.5", "3.25", "(1)"], -26.5),
        (["12 %", "3.5%", "40 %", "7 %"], 12),
        (["$1,234.50", "$12", "$3.99", "-$5"], 1234.5),
        (["1.234,50 €", "12,00 €", "3,99 €", "5 €"], 1234.5),
        (["CHF 1'234.50", "CHF 12", "CHF 3.90", "CHF 7"], 1234.5),
        (["1 234,5", "12,5", "3 000 000", "7"], 1234.5),
        (["1,23,456", "12,345", "3,00,000", "999"], 123_456),
        (["\u22125.5", "3.2", "4.1", "\u22120.5"], -5.5),
        (["12.5-", "3.0", "4.25", "7-"], -12.5),
        (["１２", "３", "４５", "６"], 12),
        (["3.5万", "12万", "8000", "1.2亿"], 35_000),
        (["36 months", "60 months", "36 months", "48 months"], 36),
        (["2 kg", "500 g", "1.5 kg", "3 kg"], 2),
        (["1e-3", "2.5E+2", "7", "0.1"], 0.001),
        (["23°C", "19.5°C", "21°C", "18°C"], 23),
        (["1h 42m", "2h", "59m", "1h 5m"], 102),
        (["PT1H42M", "PT2H", "PT59M", "PT1H5M"], 102),
        (["1 hr. and 5 mins.", "2 hrs", "59 mins", "45 mins"], 65),
        (["3 Std. 20 Min.", "1 Std.", "40 Min.", "1 Std. 5 Min."], 200),
        (["1小时20分钟", "2小时", "45分钟", "50分钟"], 80),
        (["26:42:40", "3:00:00", "0:10:05", "7:15:00"], 96_160),
        (["2 days 01:36:00", "1 day 00:00:00", "0 days 12:30:00", "3 days 01:00:00"], 2976),
        (["5'11\"", "6'2\"", "5'9\"", "6'0\""], 71),
        (["5 ft 11 in", "6 ft 2 in", "5 ft 9 in", "6 ft 1 in"], 71),
        (["6 lb 4.5 oz", "7 lbs 1 oz", "5 lbs", "8 lb 2 oz"], 100.5),
        (["2 yrs 3 mos", "1 yr", "5 mos", "10 yrs"], 27),
        (["7 1/8", "9 1/2", "3/4", "6"], 7.125),
        (["7⅛", "9½ in", "12", "3¾"], 7.125),
        (['5-3/4"', '6-1/2"', '7"', '8-1/4"'], 5.75),
        (["1/2", "3/4", "1/4", "1/2"], "category"),  # odds, a score, a date
        (["31:45", "18:02", "29:10", "20:20"], "category"),  # a score
        (["4.7/5", "3/5", "2.5/5", "4.1/5"], 4.7),
        (
            [
                "4.5 out of 5 stars",
                "3.0 out of 5 stars",
                "5.0 out of 5 stars",
                "1.5 out of 5 stars",
            ],
            4.5,
        ),
        (["120/80", "110/70", "125/85", "130/80"], "category"),
        (["120㎡", "89.5㎡", "70㎡", "64㎡"], 120),
        (["10:12:40", "12:00:00", "0:10:05", "7:15:00"], "category"),
        (["A12", "B7", "C9", "D1"], "category"),
        (["10-20", "20-30", "30-40", "10-20"], "category"),
        (["1.2.3", "1.2.4", "2.0.1", "1.2.3"], "category"),
        (["12:30", "13:45", "09:00", "12:30"], "category"),
        (["1st", "2nd", "3rd", "4th"], "category"),
    ],
)
def test_a_column_is_read_as_it_is_meant(cells: list[str], value: object) -> None:
    assert first(cells * 5) == value


def test_the_second_unit_of_a_column_is_converted() -> None:
    rows = [["x", "y"]] + [["2 kg", "a"], ["500 g", "b"], ["1.5 kg", "a"]] * 5
    assert column(read(table(rows), kind="table"), "x").first == [2, 0.5, 1.5]


def test_a_clock_in_a_column_of_durations_is_how_long_something_took() -> None:
    rows = [["finish time", "sex"]] + [["1:12:40", "f"], ["0:59:08", "m"], ["2:00:01", "f"]] * 5
    facts = column(read(table(rows), kind="table"), "finish time")
    assert (facts.type, facts.unit, facts.first[0]) == ("number", "s", 4360)


def test_a_few_cells_among_durations_that_are_none_are_asked_about() -> None:
    cells = [f"{1 + i % 2}h {i % 7}m" for i in range(N - 1)]
    understood = read(people(runtime=[*cells, "?5"]), "target=left")
    assert codes(understood) == ["odd_cells"]
    assert column(understood, "runtime").missing == 1


def test_a_word_behind_one_number_is_a_remark_and_asked_about() -> None:
    cells = [f"{90 + i / 4:.2f}" for i in range(N - 1)]
    understood = read(people(close=[*cells, "0.24 Dividend"]), "target=left")
    facts = column(understood, "close")
    assert (facts.missing, facts.unit) == (1, "") and "other_units" in codes(understood)


def test_months_that_look_like_minutes_are_dates() -> None:
    cells = [f"{2019 + i // 12}M{i % 12 + 1:02d}" for i in range(N)]
    assert column(read(people(period=cells), "target=left", kind="table"), "period").type == "date"


def test_units_that_cannot_be_converted_are_asked_about() -> None:
    cells = [f"{70 + i % 9}°F" if i % 2 else f"{20 + i % 7}°C" for i in range(N)]
    understood = read(people(heat=cells), "target=left")
    (doubt,) = [doubt for doubt in understood.doubts if doubt.code == "mixed_units"]
    assert doubt.place == "heat" and column(understood, "heat").type == "category"
    (as_number,) = [remedy.set for remedy in doubt.remedies if remedy.code == "one_unit"]
    facts = column(read(people(heat=cells), "target=left", as_number), "heat")
    assert (facts.type, facts.missing) == ("number", N // 2)


def test_quoted_decimal_commas_in_a_file_of_commas() -> None:
    text = people(wage=[f"{wage:.2f}".replace(".", ",") for wage in WAGES])
    understood = read(text)
    assert column(understood, "wage").first[0] == WAGES[0] and understood.decimal == ","


@pytest.mark.parametrize(
    ("cells", "sep", "others", "value"),
    [
        (["237.500", "1.780.000", "12.300"], ";", {}, 237_500),
        (["237.500", "178.000", "12.300"], ";", {"z": ["1,5", "2,25"]}, 237_500),
        (["237.500", "178.000", "12.300"], ";", {"z": ["1.5", "2.25"]}, 237.5),
        (["237.500", "178.000", "0.300"], ";", {}, 237.5),
        (["237.500", "178.25", "12.300"], ";", {}, 237.5),
        (["237,500", "178,000", "12,300"], ",", {}, 237_500),
        (["237.500", "178.000", "12.300"], ",", {}, 237.5),
    ],
)
def test_the_decimal_sign_is_settled_by_the_column_or_by_the_file(
    cells: list[str], sep: str, others: dict[str, list[str]], value: float
) -> None:
    assert first(cells * 5, sep, **others) == value


def test_a_sign_that_nothing_settles_is_asked_about_and_settled_by_one_choice() -> None:
    text = table(
        [["town", "people"], *[[f"t{i % 3}", f"{100 + i}.{200 + i}"] for i in range(20)]], ";"
    )
    understood = read(text)
    (doubt,) = [doubt for doubt in understood.doubts if doubt.code == "decimal"]
    assert doubt.place == "people" and "100.200" in doubt.message
    values = []
    for remedy in doubt.remedies:
        settled = read(text, remedy.set)
        assert codes(settled) == []
        values.append(column(settled, "people").first[0])
    assert values == [100.2, 100_200]


def test_cells_that_are_no_numbers_are_counted_named_and_asked_about() -> None:
    wages = [str(wage) for wage in WAGES]
    wages[10] = "?12"
    understood = read(people(wage=wages))
    (doubt,) = [doubt for doubt in understood.doubts if doubt.code == "odd_cells"]
    assert doubt.place == "wage" and "1 of 60 cells" in doubt.message and "line 12" in doubt.message
    assert column(understood, "wage").missing == 1
    assert codes(read(people(wage=wages), "odd.wage=missing")) == []
    assert column(read(people(wage=wages), "columns.wage=category"), "wage").type != "number"
    with pytest.raises(ExperimentError, match=r"line 12 of “wage” contains “\?12”"):
        read(people(wage=wages), "odd.wage=stop")


def test_a_word_that_is_met_often_among_numbers_is_one_question() -> None:
    sizes = ["Varies with device" if i % 6 == 0 else f"{i + 1}M" for i in range(N)]
    understood = read(people(size=sizes), "target=left")
    assert column(understood, "size").type == "number" and codes(understood) == ["odd_cells"]


@pytest.mark.parametrize("decimal", [".", ","])
def test_cells_of_one_shape_are_what_each_is_alone(decimal: str) -> None:
    group = "," if decimal == "." else "."
    values = [round(7919 * i % 1_000_003 / 100, 2) for i in range(500)]
    cells = []
    for value in values:
        cells.append(f"{value:,.2f}".translate(str.maketrans({",": group, ".": decimal})))
    rows = [["x", "y"], *[[f"{cell} kg", f"k{i % 3}"] for i, cell in enumerate(cells)]]
    understood = read_column(table(rows), 0)
    assert understood.tolist() == values


def read_column(text: str, place: int) -> np.ndarray:
    """All values of a column."""
    return sheet_of(text.encode(), Choices()).columns[place].values()
