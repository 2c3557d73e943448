"""A whole file answered: columns matched by name, written as they may be, each answer the one of `predict`."""

import csv
import io
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import playground
from playground.answering import FileAnswers, answer_file
from playground.answering.columns import distinct_names
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.results import FinishedRun
from tests.reading.data.cases import packed


@cache
def trained(dataset: str, *layers: str, loss: str = "cross_entropy") -> FinishedRun:
    """A small network after one pass."""
    named: list[dict[str, Any]] = [{"layer": layer} for layer in layers]
    experiment = {
        "data": {"dataset": dataset},
        "layers": named,
        "training": {"epochs": 1, "loss": {"loss": loss}},
    }
    return playground.train(Experiment.from_dict(experiment))


def house() -> FinishedRun:
    return trained("house_prices", "linear", "relu", loss="mse")


def iris() -> FinishedRun:
    return trained("iris", "linear", "relu")


def rows_of(answers: FileAnswers) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answers.csv())))


def house_sample(place: int) -> dict[str, str]:
    data = house().experiment.data
    return dict(data.shown(place))


def labelled_rows(finished: FinishedRun, n: int) -> list[dict[str, str]]:
    """The first rows of the data set with what is right."""
    data = finished.experiment.data
    _, y = data.raw()
    rows = []
    for place, target in enumerate(y[:n]):
        right = data.class_names()[target] if y.ndim == 1 else repr(float(target[0]))
        rows.append({**data.shown(place), data.aim_name(): right})  # type: ignore[attr-defined]
    return rows


def written(rows: list[dict[str, str]], names: list[str], separator: str = ",") -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, names, delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def test_rows_get_the_answers_of_predict_beside_all_their_own_cells() -> None:
    rows = [house_sample(place) for place in range(5)]
    names = [*reversed(rows[0]), "remark"]  # another order, and a column that nobody learned from
    for place, row in enumerate(rows):
        row["remark"] = f"=no. {place}"
    answers = answer_file(house(), written(rows, names))
    found = rows_of(answers)
    assert list(answers.names) == [*names, "answer"]
    assert [row["remark"] for row in found] == [f"=no. {place}" for place in range(5)]
    wanted = house().predict([house_sample(place) for place in range(5)])[:, 0]
    np.testing.assert_allclose([float(row["answer"]) for row in found], wanted, rtol=1e-6)
    assert answers.n == 5 and answers.report is None


def test_a_new_file_with_decimal_commas_and_units_gives_the_same_answers() -> None:
    flowers = [
        ["5.1", "3.5", "1.4", "0.2"],
        ["6.2", "2.9", "4.3", "1.3"],
        ["7.7", "3.8", "6.7", "2.2"],
    ]
    names = list(iris().experiment.data.shown(0))
    plain = written([dict(zip(names, cells, strict=True)) for cells in flowers], names)
    commas = [[cell.replace(".", ",") for cell in cells] for cells in flowers]
    german = written([dict(zip(names, cells, strict=True)) for cells in commas], names, ";")
    with_units = [[f"{cell} cm" for cell in cells] for cells in flowers]
    units = written([dict(zip(names, cells, strict=True)) for cells in with_units], names)
    wanted = [line.split(",")[4:] for line in answer_file(iris(), plain).lines]
    assert wanted[0][0] in ("setosa", "versicolor", "virginica")
    for content in (german, units, german.decode().encode("utf-16")):
        answers = answer_file(iris(), content)
        found = [[row[name] for name in answers.names[4:]] for row in rows_of(answers)]
        assert found == wanted


def test_probabilities_stand_beside_the_answer_and_add_up_to_one() -> None:
    names = list(iris().experiment.data.shown(0))
    content = written([dict.fromkeys(names, "3.5")] * 2, names)
    (first, _) = rows_of(answer_file(iris(), content))
    shares = [float(first[f"p({name})"]) for name in iris().classes]
    assert abs(sum(shares) - 1) < 1e-5
    assert first["answer"] == iris().classes[int(np.argmax(shares))]


def test_a_file_that_says_what_is_right_gets_a_report() -> None:
    rows = labelled_rows(iris(), 150)
    rows[0]["class"] = " Setosa "  # the same class, written in another way
    rows[1]["class"] = ""  # nobody knows
    answers = answer_file(iris(), written(rows, list(rows[0])))
    assert answers.report is not None
    figures = answers.report.figures()
    assert figures.n == 149 and figures.of == 150 and figures.classes is not None
    x, y = iris().experiment.data.raw()
    right = iris().predict(x).argmax(1) == y
    assert figures.classes.accuracy == pytest.approx(np.delete(right, 1).mean())
    assert figures.classes.confusion is not None and figures.classes.confusion.sum() == 149


def test_values_are_judged_in_their_own_unit() -> None:
    rows = labelled_rows(house(), 40)
    answers = answer_file(house(), written(rows, list(rows[0])))
    assert answers.report is not None
    (figures,) = answers.report.figures().values
    x, y = house().experiment.data.raw()
    wanted = np.abs(house().predict(x[:40]) - y[:40]).mean()
    assert figures.mae == pytest.approx(wanted, rel=1e-5)


def test_a_missing_column_is_named() -> None:
    row = house_sample(0)
    del row["bedrooms"]
    with pytest.raises(
        ExperimentError, match="no column “bedrooms”, which the network learned from"
    ):
        answer_file(house(), written([row], list(row)))


def test_rows_of_another_length_are_counted_and_named_by_their_line() -> None:
    names = list(iris().experiment.data.shown(0))
    lines = written([dict.fromkeys(names, "3.5")] * 30, names).decode().splitlines()
    lines[7] = "1,2"
    answers = answer_file(iris(), "\n".join(lines).encode())
    assert answers.n == 29
    assert [(entry.place, entry.why) for entry in answers.left_out] == [("8", "bad_row")]


def test_a_single_row_and_unknown_or_missing_cells_are_answered() -> None:
    row = house_sample(3)
    blank = {**row, "lot size": "", "driveway": "perhaps"}
    (answer,) = rows_of(answer_file(house(), written([blank], list(row))))
    wanted = house().predict([blank])[0, 0]
    assert float(answer["answer"]) == pytest.approx(float(wanted), rel=1e-6)


def test_cells_that_mean_nothing_to_the_network_are_counted_by_column_with_one_of_them() -> None:
    row = house_sample(3)
    rows = [
        {**row, "driveway": "perhaps"},
        {**row, "driveway": "n/a"},
        {**row, "driveway": "perhaps"},
    ]
    # Two of twenty cells are no numbers; most are, so that the column is one of numbers.
    rows += [dict(row) for _ in range(17)]
    rows[4]["lot size"] = rows[9]["lot size"] = "large"
    answers = answer_file(house(), written(rows, list(row)))
    told = [(strange.column, strange.count, strange.cell) for strange in answers.strange]
    assert sorted(told) == [("driveway", 2, "perhaps"), ("lot size", 2, "large")]
    assert answer_file(house(), written([row] * 3, list(row))).strange == ()


def test_texts_are_answered_from_a_table_or_one_a_line() -> None:
    finished = trained("reviews", "embedding", "time_pool")
    texts = ["a really good machine, and it works", "bad, awful, terrible: never again"]
    rows = [{"id": str(place), "what they said": text} for place, text in enumerate(texts)]
    wanted = finished.predict(texts)
    for content in (written(rows, ["id", "what they said"]), "\n".join(texts).encode()):
        answers = answer_file(finished, content)
        found = [[float(row["p(negative)"]), float(row["p(positive)"])] for row in rows_of(answers)]
        np.testing.assert_allclose(found, wanted, atol=1e-6)


def test_labelled_texts_get_a_report_and_empty_ones_are_left_out() -> None:
    finished = trained("reviews", "embedding", "time_pool")
    rows = [
        {"text": "it works very well and I like it", "verdict": "positive"},
        {"text": "", "verdict": "negative"},
        {"text": "it broke on the second day of use", "verdict": "negative"},
    ]
    answers = answer_file(finished, written(rows, ["text", "verdict"]))
    assert [(entry.place, entry.why) for entry in answers.left_out] == [("3", "no_text")]
    assert answers.report is not None and answers.report.about["n"] == 2


def picture(level: int, size: tuple[int, int] = (28, 28)) -> bytes:
    file = io.BytesIO()
    pixels = np.full(size, level, np.uint8)
    pixels[8:20, 12:16] = 255
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def digits() -> FinishedRun:
    return trained("digits", "flatten")


def test_a_zip_of_pictures_becomes_a_table_of_files_and_answers() -> None:
    content = packed({"b.png": picture(0), "a,1.png": picture(9), "broken.png": b"no picture"})
    answers = answer_file(digits(), content)
    assert [row["file"] for row in rows_of(answers)] == ["a,1.png", "b.png"]
    assert [entry.place for entry in answers.left_out] == ["broken.png"]
    with Image.open(io.BytesIO(picture(9))) as image:
        wanted = digits().predict(np.asarray(image)[None])[0]
    found = [float(rows_of(answers)[0][f"p({name})"]) for name in digits().classes]
    np.testing.assert_allclose(found, wanted, atol=1e-6)


def test_folders_that_are_called_like_classes_say_what_is_right() -> None:
    content = packed({"1/a.png": picture(0), "7/b.png": picture(3), "1/c.png": picture(2)})
    answers = answer_file(digits(), content)
    assert answers.report is not None and answers.report.about["n"] == 3
    assert answers.report.labels is not None and sorted(answers.report.labels.tolist()) == [1, 1, 7]


def test_one_picture_needs_no_zip() -> None:
    answers = answer_file(digits(), picture(0), "mine.png")
    assert [row["file"] for row in rows_of(answers)] == ["mine.png"]


def test_a_series_gets_its_next_steps_in_its_own_unit() -> None:
    finished = trained("sea_temperature", "flatten", "linear", loss="mse")
    data = finished.experiment.data
    values = 20 + 3 * np.sin(np.arange(60) / 2)
    lines = [f"{month},{value!r}" for month, value in enumerate(values.tolist())]
    answers = answer_file(finished, "\n".join(["month,temperature", *lines]).encode())
    rows = rows_of(answers)
    assert [row["step"] for row in rows[-6:]] == ["+1", "+2", "+3", "+4", "+5", "+6"]
    assert len(rows) == 66 and rows[59]["forecast"] == "" and rows[60]["value"] == ""
    wanted = finished.predict([values[-data.window :]])[0]  # type: ignore[attr-defined]
    np.testing.assert_allclose([float(row["forecast"]) for row in rows[-6:]], wanted, rtol=1e-6)
    assert answers.report is not None and answers.report.about["n"] == 60 - 24 - 6 + 1


def test_too_short_a_series_says_how_long_it_must_be() -> None:
    finished = trained("sea_temperature", "flatten", "linear", loss="mse")
    lines = [f"{month},{20 + month % 3}" for month in range(9)]
    with pytest.raises(ExperimentError, match="has 9 steps, but the network needs 24"):
        answer_file(finished, "\n".join(["month,t", *lines]).encode())


def test_more_samples_than_are_answered_at_once_are_refused() -> None:
    content = written([house_sample(0)] * 3, list(house_sample(0)))
    with pytest.raises(ExperimentError, match="has 3 rows or pictures; at most 2"):
        answer_file(house(), content, most=2)


def test_a_network_without_one_answer_a_sample_says_so() -> None:
    finished = trained("next_characters", "embedding")
    with pytest.raises(ExperimentError, match="does not give one answer for a sample"):
        answer_file(finished, b"text\nabc\n")


def test_progress_is_told_after_every_chunk() -> None:
    told: list[tuple[int, int]] = []
    content = written([house_sample(0)] * 600, list(house_sample(0)))
    answer_file(house(), content, on_chunk=lambda done, of: told.append((done, of)))
    assert told == [(512, 600), (600, 600)]


def test_a_column_that_is_called_answer_already_stays() -> None:
    assert distinct_names(["answer", "p(a)"], ["answer", "p(a)", "p(b)"]) == [
        "answer 2",
        "p(a) 2",
        "p(b)",
    ]


def test_a_finished_run_answers_a_file_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_bytes(written([house_sample(0)], list(house_sample(0))))
    house().answer_file(path).save(tmp_path / "answers.csv")
    head, line, _ = (tmp_path / "answers.csv").read_text("utf-8").split("\n")
    assert head.endswith(",answer") and line.startswith(path.read_text().splitlines()[1])
