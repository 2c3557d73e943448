"""New files that are written in an odd way: what the training's file meant holds for them, too."""

import csv
import io
from typing import Any

import numpy as np
import pytest

from playground.answering import answer_file
from playground.catalogues.datasets import uploads
from playground.catalogues.datasets.asking import asked
from playground.catalogues.datasets.series.own import OwnSeries
from playground.catalogues.datasets.tables.own import OwnTable
from playground.results import FinishedRun

from .test_own_files import rows_of, trained

N = 48
SIZES = [1.5 + i * 0.25 for i in range(N)]
MONTHS = [f"{2015 + i // 12}-{1 + i % 12:02}" for i in range(N)]


def written(rows: list[list[Any]], sep: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=sep, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def table_of(content: bytes, *choices: str, target: str = "y") -> OwnTable:
    file = uploads.put(content, "csv", "odd.csv")
    return OwnTable(file=file, target=target, choices=list(choices), batch_size=16)


def series_of(content: bytes, *choices: str, column: str = "v") -> OwnSeries:
    file = uploads.put(content, "series", "odd.csv")
    return OwnSeries(file=file, column=column, choices=list(choices), window=6, horizon=2)


def answers_of(finished: FinishedRun, content: bytes) -> list[float]:
    return [float(row["answer"]) for row in rows_of(answer_file(finished, content))]


def column_of_asked(data: OwnTable, content: bytes) -> list[float]:
    """The first feature of a new file."""
    return [float(value) for value in asked(data, content, "new.csv").x[:, 0]]


THOUSANDS = [1_234 + 1_111 * i for i in range(N)]
DOTTED = written(
    [["v", "a", "y"], *[[f"{v:,}".replace(",", "."), i % 5, i] for i, v in enumerate(THOUSANDS)]]
)


def test_a_decimal_sign_that_its_owner_told_holds_for_new_rows() -> None:
    """1.234 alone may be a fraction."""
    data = table_of(DOTTED, "decimal.v=,")
    assert data.raw()[0][:3, 0].tolist() == [1234, 2345, 3456]
    assert column_of_asked(data, b"v;a\n1.234;0\n2.345;1\n") == [1234, 2345]
    control = table_of(DOTTED, "decimal.v=.")
    np.testing.assert_allclose(column_of_asked(control, b"v;a\n1.234;0\n2.345;1\n"), [1.234, 2.345])


def test_rows_of_thousands_are_read_as_the_other_rows_of_training_settle_it() -> None:
    """Of the training's file 7,5 tells what the comma is; the new file has no such cell."""
    values = [f"{v:,}".replace(",", ".") if i % 4 else f"{i},5" for i, v in enumerate(THOUSANDS)]
    data = table_of(written([["v", "a", "y"], *[[v, i % 5, i] for i, v in enumerate(values)]]))
    assert column_of_asked(data, b"v;a\n1.234;0\n2.345;1\n") == [1234, 2345]


def test_a_new_file_whose_other_columns_have_another_decimal_sign_is_read_by_them() -> None:
    data = table_of(DOTTED, "decimal.v=,")
    new = b"v;a\n" + b"".join(b"1.%d;%d.5\n" % (100 + i, i) for i in range(8))
    np.testing.assert_allclose(column_of_asked(data, new)[:2], [1.1, 1.101])


@pytest.mark.parametrize(
    ("cells", "new", "wanted"),
    [
        ([f"{size} kg" for size in SIZES], "2500 g", 2.5),
        ([f"{size} kg" for size in SIZES], "2.5 kg", 2.5),  # control
        ([f"{size}K" if i % 2 else f"{size}M" for i, size in enumerate(SIZES)], "2.5K", 2500.0),
        ([f"{size} MB" if i % 3 else f"{size} KB" for i, size in enumerate(SIZES)], "500 KB", 0.5),
    ],
)
def test_a_new_series_is_read_in_the_units_of_the_trainings(
    cells: list[str], new: str, wanted: float
) -> None:
    data = series_of(written([["m", "v"], *zip(MONTHS, cells, strict=True)]))
    number = new.rstrip("KMBg k")
    unit = new.removeprefix(number)
    rows = [[month, f"{float(number) + i}{unit}"] for i, month in enumerate(MONTHS[:12])]
    (series,) = data.new_series(written([["m", "v"], *rows]))
    factor = wanted / float(number)
    np.testing.assert_allclose(series.values[:, 0], [wanted + i * factor for i in range(12)])


def test_percent_that_stood_beside_shares_is_shares_in_a_new_series() -> None:
    cells = [f"{12 + i}%" if i % 3 else f"0.{12 + i}" for i in range(N)]
    content = written([["m", "v"], *zip(MONTHS, cells, strict=True)])
    new = written([["m", "v"], *[[month, f"{12 + i}%"] for i, month in enumerate(MONTHS)]])
    (series,) = series_of(content, "units.v=shares").new_series(new)
    np.testing.assert_allclose(series.values[:, 0], [(12 + i) / 100 for i in range(N)])


def test_a_series_of_thousands_is_one_of_thousands_in_a_new_file() -> None:
    cells = [f"{v:,}".replace(",", ".") for v in THOUSANDS]
    content = written([["m", "v"], *zip(MONTHS, cells, strict=True)])
    for choice, unit in (("decimal.v=,", 1), ("decimal.v=.", 1000)):
        data = series_of(content, choice)
        (series,) = data.new_series(content)
        np.testing.assert_allclose(series.values[:, 0], np.array(THOUSANDS) / unit)


def test_what_was_said_of_a_column_holds_where_its_name_has_other_capitals() -> None:
    rows = [
        [-999 if i % 6 == 0 else i, f"R{i // 4}" if i % 4 == 0 else "", i % 7] for i in range(N)
    ]
    content = written([["Size", "Region", "y"], *rows])
    data = table_of(content, "missing.Size=-999", "blanks.Region=from_above")
    x = data.raw()[0]
    assert np.isnan(x[0, 0]) and x[1, 0] == 1
    for names in (["Size", "Region", "y"], ["SIZE", "region ", "Y"]):
        np.testing.assert_array_equal(asked(data, written([names, *rows]), "new.csv").x, x)


def test_a_new_series_is_found_where_its_names_have_other_capitals() -> None:
    rows = [[month, -999 if i % 7 == 3 else i, i % 5] for i, month in enumerate(MONTHS)]
    file = uploads.put(written([["m", "v", "rain"], *rows]), "series", "odd.csv")
    said = {"choices": ["missing.v=-999"], "column": "v", "inputs": ["rain"]}
    data = OwnSeries(file=file, window=6, horizon=2, **said)
    (series,) = data.new_series(written([["M", "V", "Rain"], *rows]))
    np.testing.assert_array_equal(series.values, data.series()[0])
    assert np.isnan(series.values[3, 0])


def test_answers_to_the_trainings_own_rows_are_those_of_the_app() -> None:
    data = {"dataset": "own_table", "file": uploads.put(DOTTED, "csv", "odd.csv"), "target": "y"}
    finished = trained({**data, "choices": ["decimal.v=,"], "batch_size": 16}, "linear", loss="mse")
    x, _ = finished.experiment.data.raw()
    wanted = finished.predict(x)[:, 0]
    np.testing.assert_allclose(answers_of(finished, DOTTED), wanted, rtol=1e-5)


DAYS = [(2019 + i % 4, 1 + i % 12, 1 + i * 7 % 28) for i in range(N)]


def dated(form: str) -> bytes:
    """A table of the same days, written in another way."""
    rows = []
    for i, (year, month, day) in enumerate(DAYS):
        text = form.format(y=year, m=month, d=day, short=year % 100)
        rows.append([text, i % 5, i])
    return written([["when", "a", "y"], *rows])


@pytest.mark.parametrize(
    "form", ["{d}/{m}/{y}", "{m}/{d}/{y}", "{d}/{m}/{short}", "{y}-{m:02}-{d:02}"]
)
def test_dates_of_a_new_file_are_the_same_days_in_another_form(form: str) -> None:
    """The month first, settled by days above 12; years of two digits, of which training had none."""
    data = table_of(dated("{d}/{m}/{y}"))
    x = data.raw()[0]
    assert x[1, :2].tolist() == [2020, 2]
    np.testing.assert_array_equal(asked(data, dated(form), "new.csv").x, x)


def test_days_that_settle_nothing_are_read_as_in_training() -> None:
    data = table_of(dated("{d}/{m}/{y}"))
    new = b"when;a\n3/4/2020;0\n5/4/2020;1\n31/2/2020;1\n"
    found = asked(data, new, "new.csv").x
    assert found[:2, :2].tolist() == [[2020, 4], [2020, 4]] and np.isnan(found[2, 0])


def test_a_row_may_have_a_year_of_two_digits() -> None:
    data = table_of(dated("{d}/{m}/{y}"))
    assert data.encode([{"when": "3/4/20", "a": "0"}])[0, :2].tolist() == [2020, 4]
    assert data.encode([{"when": "3/4/99", "a": "0"}])[0, :2].tolist() == [1999, 4]


def test_a_series_without_names_may_have_its_newest_row_first() -> None:
    rows = [[2015 + i // 12, 1 + i % 12, f"{100 + i % 12 + i / 4}"] for i in range(N)]
    data = series_of(written(rows, ","), column="")
    values = data.series()[0]
    assert values[:2, 0].tolist() == [100, 101.25]
    newest_first = written(rows[::-1], ",")
    (series,) = data.new_series(newest_first)
    np.testing.assert_array_equal(series.values, values)
    again = series_of(newest_first, column="")
    np.testing.assert_array_equal(again.series()[0], values)
    assert again.times()[:2] == ["2015-01", "2015-02"]


def test_days_without_names_may_have_the_newest_first() -> None:
    rows = [[2020, 1 + i // 28, 1 + i % 28, f"{100 + i % 7 + i / 4}"] for i in range(28)]
    newest_first = series_of(written(rows[::-1], ","), column="")
    oldest_first = series_of(written(rows, ","), column="")
    np.testing.assert_array_equal(newest_first.series()[0], oldest_first.series()[0])
    assert newest_first.series()[0][0, 0] == 100


MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize("total", ["", "1500"])
def test_a_new_series_of_one_year_below_its_year_has_no_step_for_the_year(total: str) -> None:
    """What stands in the row of the year, its sum, is no month."""

    def blocks(years: range) -> bytes:
        rows: list[list[Any]] = [["month", "v"]]
        for year in years:
            rows.append([year, total])
            rows += [[name, 100 + (7 * year + 3 * i) % 41] for i, name in enumerate(MONTH_NAMES)]
        return written(rows)

    data = series_of(blocks(range(2018, 2022)))
    values = data.series()[0]
    assert len(values) == 48
    (series,) = data.new_series(blocks(range(2021, 2022)))
    np.testing.assert_array_equal(series.values, values[36:])
    assert list(series.times[:2]) == ["2021-01", "2021-02"]
