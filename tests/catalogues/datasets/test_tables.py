"""Tables: what is read from a CSV file of any make, what becomes of its columns, and what is said of bad ones."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.__main__ import main
from playground.catalogues.datasets import DATASETS, uploads
from playground.catalogues.datasets.tables import OwnTable
from playground.catalogues.datasets.tables import reading as table_reading
from playground.catalogues.datasets.tables.own import csv_facts
from playground.catalogues.samples import normalised, statistics
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.results import load, train
from playground.settings import Settings
from playground.ui.answers.check import check_answer
from playground.ui.answers.preview import preview_answer

TABLE = """name,age,city,height,price
Ann,31,Paris,1.70,100.5
Bob,,Rome,1.82,200
Cem,45,Paris,,300.25
Dee,28,Oslo,1.65,n/a
Eve,52,Rome,1.71,150
Fay,39,Paris,1.77,175
Gus,61,,1.80,125
"""


@pytest.fixture(autouse=True)
def _store() -> Iterator[None]:
    yield
    uploads.STORE.clear()


def own(text: str | bytes, **fields: Any) -> OwnTable:
    data = text.encode() if isinstance(text, str) else text
    return OwnTable(file=uploads.put(data, "csv"), **fields)


def fault_of(text: str | bytes, **fields: Any) -> tuple[str, str]:
    with pytest.raises(ExperimentError) as caught:
        own(text, **fields).split()
    fault = caught.value.faults[0]
    assert len(fault.message) > 30 and "{" not in fault.message
    return fault.place, fault.code


def rows(n: int, **columns: Any) -> str:
    """A CSV text: a column is a function of the row's number."""
    lines = [",".join(columns)]
    return "\n".join(
        [*lines, *(",".join(str(make(i)) for make in columns.values()) for i in range(n))]
    )


# ---- reading ----


def names_of(text: str, **fields: Any) -> list[str]:
    return list(own(text, **fields).table().facts["names"])


def test_names_or_no_names_in_the_first_row() -> None:
    assert names_of(TABLE) == ["name", "age", "city", "height", "price"]
    bare = own("1,a\n2,b\n3,c\n4,d\n").table().facts
    assert bare["names"] == ["column 1", "column 2"] and bare["n_rows"] == 4
    assert not bare["has_names"]
    twice = "x,x,,<b>x</b>\n1,2,3,4\n1,2,3,5\n1,2,3,4\n1,2,3,5\n"
    assert names_of(twice) == ["x", "x (2)", "column 3", "<b>x</b>"]
    assert own(TABLE, first_row="data").table().facts["n_rows"] == 8
    assert own(TABLE, choices=["names=none"]).table().facts["n_rows"] == 8
    # What was said last, on the page, goes before the field of an old link.
    assert own(TABLE, first_row="data", choices=["names=first_row"]).table().facts["n_rows"] == 7


def test_a_table_of_semicolons_and_decimal_commas() -> None:
    data = own("a;b;c\n" + "\n".join(f"{i},5;{'xy'[i % 2]};{i * i},25" for i in range(40)))
    x, y = data.raw()
    assert data.task == "regression" and data.target_names() == ("c",)
    np.testing.assert_allclose(x[:, 0], np.arange(40) + 0.5)
    np.testing.assert_allclose(y[:, 0], np.arange(40.0) ** 2 + 0.25)


# ---- columns ----


def shown_columns(data: OwnTable) -> dict[str, dict[str, Any]]:
    return {column["name"]: column for column in data.preview()["columns"]}


def test_kinds_are_inferred_and_can_be_put_right() -> None:
    text = rows(60, row=lambda i: i + 1, id=lambda i: f"u{i}", age=lambda i: i % 9, one=lambda i: "x",
                town=lambda i: "abc"[i % 3], none=lambda i: "NA")  # fmt: skip
    data = own(text, target="town")
    columns = shown_columns(data)
    assert {name: column["kind"] for name, column in columns.items()} == {
        "row": "leave_out",
        "id": "leave_out",
        "age": "number",
        "one": "leave_out",
        "town": "category",
        "none": "leave_out",
    }
    assert [column["why"] for column in columns.values()] == [
        "row_number",
        "all_different",
        "",
        "one_value",
        "",
        "all_missing",
    ]
    plan = own(text, target="town", columns={"age": "category", "row": "number"}).plan()
    assert plan.features[:2] == ("row", "age = 0") and plan.classes == ("a", "b", "c")
    by_choice = ["columns.age=category", "columns.row=number"]
    assert own(text, target="town", choices=by_choice).plan() == plan


def test_missing_numbers_become_nan_and_say_so_in_a_feature() -> None:
    data = own(TABLE)
    assert data.plan().features == (
        "age", "age: missing", "city = Paris", "city = Rome", "city = –", "city = Oslo", "height", "height: missing"
    )  # fmt: skip
    x, y = own(TABLE, predict="number").raw()
    assert x.dtype == np.float32 and x.shape == (6, 8)  # the row without a price is left out
    np.testing.assert_array_equal(y[:, 0], np.float32([100.5, 200, 300.25, 150, 175, 125]))
    assert np.isnan(x[1, 0]) and x[1, 1] == 1 and np.isnan(x[2, 6]) and x[2, 7] == 1
    np.testing.assert_array_equal(x[5, 2:6], [0, 0, 1, 0])  # no city
    split = own(TABLE, predict="number").split()
    assert bool(split.train_x.isfinite().all()) and bool(split.val_x.isfinite().all())


def test_rare_categories_become_one() -> None:
    text = rows(100, town=lambda i: f"t{i % 40 if i % 2 else 0}", y=lambda i: i % 2)
    data = own(text, most_categories=5)
    assert data.plan().features == (
        "town = t0",
        "town = t1",
        "town = t11",
        "town = t13",
        "town = …",
    )
    np.testing.assert_array_equal(data.raw()[0].sum(1), np.ones(100))


def test_what_is_predicted_follows_the_target() -> None:
    text = rows(60, a=lambda i: i * 1.5, few=lambda i: i % 3, many=lambda i: (i * 7) % 31)
    assert (own(text).task, own(text).target_names()) == ("regression", ("many",))
    assert (own(text, target="few").task, own(text, target="few").class_names()) == (
        "classification",
        ("0", "1", "2"),
    )
    assert own(text, target="few", predict="number").task == "regression"
    assert own(text, target="few").counts() == (48, 12)
    assert own(text, target="few").n_outputs() == 3 and own(text).n_outputs() == 1


def test_a_class_that_occurs_once_is_left_out() -> None:
    data = own(rows(41, a=lambda i: i / 2, y=lambda i: "rare" if i == 40 else "ab"[i % 2]))
    assert data.class_names() == ("a", "b") and data.n_samples() == 40 == len(data.raw()[1])


def test_the_validation_part_does_not_touch_the_scale() -> None:
    data = own(rows(50, a=lambda i: i * i, y=lambda i: i % 2))
    split, (x, _) = data.split(), data.raw()
    np.testing.assert_allclose(split.mean[0], x[split.train_index, 0].mean(), rtol=1e-6)
    np.testing.assert_allclose(split.std[0], x[split.train_index, 0].std(), rtol=1e-6)


def test_a_column_of_which_the_training_part_knows_no_value_counts_as_0() -> None:
    x = np.float32([[1, np.nan], [3, np.nan]])
    mean, std = statistics(x, (0,))
    assert mean.tolist() == [2, 0] and std.tolist() == [1, 1]
    assert mean.dtype == std.dtype == np.float32
    assert normalised(x, mean, std).tolist() == [[-1, 0], [1, 0]]


# ---- bad input ----


def test_every_bad_table_gets_its_sentence() -> None:
    assert fault_of("a\n1\n2\n3\n4\n5\n") == ("data.file", "table_one_column")
    uneven = "a,b\n1,2\n3,4,5\n6,7\n8,9\n1,1\n"
    assert fault_of(uneven, choices=["bad_rows=stop"]) == ("data.file", "data_ragged")
    assert fault_of("a,b\n1,2\n") == ("data.file", "table_too_short")
    assert fault_of(b"\x00\x01\x02" * 100) == ("data.file", "table_binary")
    assert fault_of(bytes(range(256)) * 8) == ("data.file", "table_binary")
    assert fault_of(b"PK\x03\x04rest") == ("data.file", "zip_broken")
    assert fault_of(" \n\n  \n") == ("data.file", "upload_empty")
    assert fault_of('a,b\n"' + "x," * 200_000)[0] == "data.file"
    assert fault_of(rows(20, a=lambda i: i * 2, y=lambda i: ""), target="y") == (
        "data.target",
        "table_target_missing",
    )
    assert fault_of(rows(20, a=lambda i: i * 2, y=lambda i: "x"), target="y") == (
        "data.target",
        "table_one_class",
    )
    assert fault_of(rows(20, a=lambda i: "x", y=lambda i: i % 2)) == (
        "data.columns",
        "table_no_features",
    )
    assert fault_of(rows(300, a=lambda i: i * 2, y=lambda i: f"n{i}"), target="y") == (
        "data.target",
        "table_many_classes",
    )
    assert fault_of(TABLE, target="nothing") == ("data.target", "table_no_column")
    assert fault_of(TABLE, columns={"nothing": "number"}) == ("data.columns", "table_no_column")
    assert fault_of(TABLE, target="city", predict="number") == ("data.predict", "table_target_text")
    odd = rows(40, a=lambda i: "?1" if i == 7 else i * i, y=lambda i: i % 2)
    assert fault_of(odd, choices=["odd.a=stop"]) == ("data.choices", "data_odd_cell")
    assert fault_of(odd, choices=["encoding=klingon"]) == ("data.choices", "data_encoding")
    assert fault_of(odd, choices=["nonsense"]) == ("data.choices", "data_choice")
    wide = ",".join(f"c{i}" for i in range(10_500))
    assert fault_of("\n".join([wide] * 6)) == ("data.file", "table_too_large")
    assert fault_of(rows(90, **{f"c{i}": lambda i: f"v{i % 40}" for i in range(60)}, y=lambda i: i % 2),
                    most_categories=200) == ("data.columns", "table_too_wide")  # fmt: skip


@pytest.mark.long
def test_a_hundred_thousand_categories_are_left_out_and_cannot_be_the_target() -> None:
    text = rows(120_000, who=lambda i: f"p{i}", y=lambda i: i % 2)
    assert fault_of(text) == ("data.columns", "table_no_features")
    assert fault_of(text, target="who") == ("data.target", "table_many_classes")
    assert own(text, columns={"who": "category"}).input_shape == (20,)


def test_formulas_and_html_stay_text() -> None:
    data = own(
        rows(
            20,
            **{"<script>alert(1)</script>": lambda i: ["=1+1", "@SUM(A1)"][i % 2]},
            y=lambda i: i % 2,
        )
    )
    assert data.plan().features == (
        "<script>alert(1)</script> = =1+1",
        "<script>alert(1)</script> = @SUM(A1)",
    )
    code = data.source()[0]
    assert compile(code, "script.py", "exec")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(
    st.binary(max_size=400),
    st.text(alphabet="a1,;\t\n\"'.- |=é中\x00", max_size=300).map(lambda text: text.encode()),
    st.lists(st.lists(st.sampled_from(["1", "2.5", "", "x", "y", "NaN", "=A1", "1,5", "inf"]), min_size=2, max_size=4),
             min_size=4, max_size=30).map(lambda found: "\n".join(";".join(row) for row in found).encode()),
))  # fmt: skip
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    try:
        csv_facts(data)
        dataset = OwnTable(file=uploads.put(data, "csv"))
        split = dataset.split()
        assert (len(split.train_x), len(split.val_x)) == dataset.counts()
        assert bool(split.train_x.isfinite().all())
        dataset.preview()
    except ExperimentError as error:
        assert error.faults[0].place.startswith("data") and error.faults[0].message


# ---- a row to try ----


@pytest.mark.parametrize(
    "name", ["house_prices", "orange_juice", "iris", "breast_cancer", "own_table"]
)
def test_a_sample_as_shown_is_the_sample(name: str) -> None:
    data = DATASETS[name]()
    x, _ = data.raw()
    for index in (0, 7, len(x) - 1):
        np.testing.assert_array_equal(data.encode([data.shown(index)])[0], x[index])


def test_a_row_of_ones_own() -> None:
    data = own(TABLE, predict="number")
    found = data.encode([{"age": 40, "city": "Nowhere", "height": None}, {}])
    np.testing.assert_array_equal(found[0, :6], [40, 0, 0, 0, 0, 0])
    assert np.isnan(found[0, 6]) and found[0, 7] == 1 and found[1, 4] == 1
    for bad in ({"age": "old"}, {"price": 3}, {"nothing": 1}, 7):
        with pytest.raises(ValueError, match=r"column|number"):
            data.encode([bad])
    np.testing.assert_array_equal(data.encode(np.zeros((2, 8))), np.zeros((2, 8), np.float32))


# ---- everywhere ----


def test_a_table_trains_answers_and_is_saved(tmp_path: Path) -> None:
    text = rows(90, a=lambda i: i % 10, b=lambda i: "xyz"[i % 3], y=lambda i: (i % 10) * 2 + i % 3)
    data = own(text)
    experiment = Experiment.from_dict({
        "data": data.model_dump(mode="json"),
        "layers": [{"layer": "linear", "units": 16}, {"layer": "relu"}],
        "training": {"epochs": 30, "loss": {"loss": "mse"}, "optimizer": {"optimizer": "adam", "lr": 0.05}},
    })  # fmt: skip
    assert Experiment.from_link(experiment.to_link()) == experiment
    done = train(experiment)
    assert done.history is not None and done.history.table("epochs")["val_r2"][-1] > 0.95
    assert done.predict([{"a": 4, "b": "y"}])[0, 0] == pytest.approx(9, abs=2)


def test_a_saved_run_brings_its_file_along_and_wants_it_again_where_it_is_gone(
    tmp_path: Path,
) -> None:
    text = rows(60, a=lambda i: i % 10, y=lambda i: "no" if i % 10 < 5 else "yes")
    experiment = Experiment.from_dict(
        {"data": own(text).model_dump(mode="json") | {"batch_size": 20}}
    )
    done = train(experiment)
    done.save(tmp_path)
    uploads.STORE.clear()
    table_reading.uploaded_table.cache_clear()
    np.testing.assert_array_equal(load(tmp_path).predict([{"a": 3}]), done.predict([{"a": 3}]))
    shutil.rmtree(tmp_path / "data")
    uploads.STORE.clear()
    table_reading.uploaded_table.cache_clear()
    with pytest.raises(ExperimentError, match="upload it again"):
        load(tmp_path)
    uploads.put(text.encode(), "csv")
    np.testing.assert_array_equal(load(tmp_path).predict([{"a": 3}]), done.predict([{"a": 3}]))


def test_where_the_file_is_gone_the_page_keeps_the_experiment() -> None:
    value = {"data": {"dataset": "own_table", "file": "0" * 64}, "layers": [{"layer": "linear"}]}
    answer = check_answer(value, Settings())
    assert [(fault["place"], fault["code"]) for fault in answer["faults"]] == [
        ("data.file", "upload_missing")
    ]
    assert answer["experiment"]["data"]["file"] == "0" * 64 and answer["data"] is None
    assert "重新上传" in answer["faults"][0]["message"]["zh"]


@pytest.mark.parametrize("name", ["house_prices", "orange_juice", "wine", "diabetes", "own_table"])
def test_the_preview_shows_real_rows_and_kinds(name: str) -> None:
    experiment = Experiment.from_dict({"data": {"dataset": name}})
    shown = preview_answer(experiment)
    x, _ = experiment.data.raw()
    assert (
        shown["kind"] == "table" and shown["n_used"] == len(x) and shown["n_features"] == x.shape[1]
    )
    assert [column["target"] for column in shown["columns"]].count(True) == 1
    assert all(sum(column["bars"]["counts"]) <= shown["n_rows"] for column in shown["columns"])


def recipe(text: str, **options: Any) -> Experiment:
    file = uploads.put(text.encode(), "csv")
    return Experiment.from_dict({"data": {"dataset": "own_table", "file": file, **options}})


def test_a_table_that_cannot_be_used_shows_its_columns_so_that_it_can_be_put_right() -> None:
    text = "id,name,x\n" + "".join(f"{i + 1},n{i},{i * i % 17}\n" for i in range(40))
    checked = check_answer(recipe(text).to_dict(), Settings())
    assert [fault["code"] for fault in checked["faults"]] == ["table_no_features"]
    shown = preview_answer(recipe(text))
    assert [column["name"] for column in shown["columns"]] == ["id", "name", "x"]
    assert [column["kind"] for column in shown["columns"]] == ["leave_out", "leave_out", "number"]
    assert [column["target"] for column in shown["columns"]] == [False, False, True] and not shown[
        "passed_over"
    ]
    assert (shown["n_rows"], shown["n_used"], shown["n_features"]) == (40, 0, 0)
    alone = "id,name\n" + "".join(f"{i + 1},n{i}\n" for i in range(40))
    assert not any(column["target"] for column in preview_answer(recipe(alone))["columns"])
    repaired = preview_answer(recipe(text, columns={"id": "number"}))
    assert [column["target"] for column in repaired["columns"]] == [
        False,
        False,
        True,
    ] and repaired["n_features"] == 1


def test_a_column_of_words_that_is_used_as_numbers_is_warned_of() -> None:
    text = "town,x,y\n" + "".join(f"{'ab'[i % 2]},{i % 7},{i % 5 + 0.5}\n" for i in range(30))
    assert [column["why"] for column in preview_answer(recipe(text))["columns"]] == ["", "", ""]
    columns = preview_answer(recipe(text, columns={"town": "number"}))["columns"]
    assert [column["why"] for column in columns] == ["no_numbers", "", ""]


def test_the_last_columns_that_cannot_be_predicted_are_named() -> None:
    text = "a,b,c\n" + "".join(f"{i % 7},{i % 5},\n" for i in range(30))
    shown = preview_answer(recipe(text))
    assert shown["passed_over"] == ["c"] and [column["target"] for column in shown["columns"]] == [
        False,
        True,
        False,
    ]
    assert preview_answer(recipe(text, target="a"))["passed_over"] == []
    assert (
        preview_answer(Experiment.from_dict({"data": {"dataset": "house_prices"}}))["passed_over"]
        == []
    )


def test_the_command_line_takes_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [["a", "b", "kind"], *([i, i % 7, "odd" if i % 2 else "even"] for i in range(60))]
    )
    (tmp_path / "t.csv").write_text(out.getvalue())
    (tmp_path / "net.json").write_text('{"version": 1, "data": {"dataset": "iris"}, "layers": []}')
    status = main(
        [
            "train",
            str(tmp_path / "net.json"),
            "--csv",
            str(tmp_path / "t.csv"),
            "--epochs",
            "1",
            "--json",
        ]
    )
    assert status == 0 and "val_accuracy" in capsys.readouterr().out
    path = str(tmp_path / "t.csv")
    assert main(["train", str(tmp_path / "net.json"), "--csv", path, "--target", "nothing"]) == 2
    assert "no column called “nothing”" in capsys.readouterr().err
