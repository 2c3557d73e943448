"""Which column is forecast, of which group, and when a file is a series at all."""

from datetime import date, timedelta

import pytest

from playground.faults import ExperimentError

from .cases import WAVE, codes, column, months, people, read, table, told


def grouped(n: int = 40) -> str:
    rows = []
    for factor, town in ((1, "north"), (2, "south"), (3, "west")):
        for day, value in zip(months(n), WAVE, strict=False):
            rows.append([town, day, value * factor])
    return table([["town", "month", "price"], *rows])


def test_of_several_series_one_is_chosen_and_asked_about() -> None:
    understood = read(grouped())
    assert understood.kind == "series" and understood.groups == ["north", "south", "west"]
    assert understood.values is not None and understood.values.steps == 40
    assert codes(understood) == ["group"]
    south = read(grouped(), "group=south")
    assert south.values is not None and south.values.first == 2 * WAVE[0] and codes(south) == []
    assert codes(read(grouped(), "group=*")) == []
    with pytest.raises(ExperimentError, match="no series called “east”"):
        read(grouped(), "group=east")


def test_groups_that_two_columns_name() -> None:
    rows = []
    for shop in ("a", "b"):
        for item in ("x", "y"):
            rows += [[shop, item, day, value] for day, value in zip(months(30), WAVE, strict=False)]
    understood = read(table([["shop", "item", "month", "sold"], *rows]))
    assert understood.groups == ["a / x", "a / y", "b / x", "b / y"]
    assert understood.values is not None and understood.values.steps == 30


def test_of_several_columns_of_numbers_one_is_forecast_and_asked_about() -> None:
    rows = [[day, v, v + 1, v - 1] for day, v in zip(months(60), WAVE, strict=False)]
    text = table([["date", "open", "high", "low"], *rows])
    understood = read(text)
    assert codes(understood) == ["value"] and understood.values is not None
    assert understood.values.column == "low" and understood.target is None
    high = read(text, "value=high")
    assert high.values is not None and high.values.first == WAVE[0] + 1
    assert codes(high) == [] and high.target == "high"


def test_one_column_of_numbers_is_a_series() -> None:
    understood = read("value\n" + "\n".join(str(value) for value in WAVE))
    assert understood.kind == "series" and understood.time is None and codes(understood) == []
    assert understood.values is not None and understood.values.steps == 96


def test_a_running_number_and_a_value_are_a_series() -> None:
    understood = read(
        table([["", "x"], *[[96 - i, value] for i, value in enumerate(reversed(WAVE))]])
    )
    assert understood.kind == "series" and understood.values is not None
    assert understood.values.first == WAVE[0] and told(understood) == ["newest_first"]


def test_cells_that_are_no_numbers_count_as_missing() -> None:
    rows = [
        [day, f"?{v}" if i in (4, 9) else v]
        for i, (day, v) in enumerate(zip(months(60), WAVE, strict=False))
    ]
    text = table([["Date", "Value"], *rows])
    understood = read(text)
    assert understood.values is not None and understood.values.missing == 2
    assert codes(understood) == ["odd_cells"] and codes(read(text, "odd.Value=missing")) == []


def test_an_index_before_the_dates_is_left_out_without_a_question() -> None:
    rows = [[i, day, v] for i, (day, v) in enumerate(zip(months(60), WAVE, strict=False))]
    understood = read(table([["", "date", "value"], *rows]))
    assert understood.columns[0].type == "left out" and codes(understood) == []


def test_rows_with_things_that_are_no_series_are_a_table() -> None:
    joined = [(date(2019, 1, 1) + timedelta(i * 37 % 1500)).isoformat() for i in range(60)]
    assert read(people(joined=joined)).kind == "table"
    assert read(people()).kind == "table"


def test_a_file_that_may_be_a_table_as_well_is_asked_about() -> None:
    rows = []
    for i, (day, v) in enumerate(zip(months(60), WAVE, strict=False)):
        rows.append([day, ("sun", "rain")[i % 2], ("n", "s", "w")[i % 3], v])
    text = table([["date", "sky", "wind", "degrees"], *rows])
    understood = read(text)
    assert understood.kind == "series" and codes(understood) == ["kind"]
    assert read(text, "kind=table").kind == "table" and codes(read(text, "kind=series")) == []
    assert column(read(text, "kind=table"), "date").type == "date"


def test_what_holds_no_numbers_is_no_series() -> None:
    with pytest.raises(ExperimentError, match="contains no numbers"):
        read("word\none\ntwo\nthree\nfour\nfive\n", kind="series")
