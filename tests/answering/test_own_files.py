"""New files for networks that learned from a person's own: the same recipe, however the new file is written."""

import csv
import io
import zipfile
from functools import cache
from typing import Any

import numpy as np
import pytest

import playground
from playground.answering import FileAnswers, answer_file
from playground.catalogues.datasets import uploads
from playground.experiment import Experiment
from playground.results import FinishedRun


def trained(data: dict[str, Any], *layers: str, loss: str = "cross_entropy") -> FinishedRun:
    named = [{"layer": layer} for layer in layers]
    training = {"epochs": 1, "loss": {"loss": loss}}
    return playground.train(
        Experiment.from_dict({"data": data, "layers": named, "training": training})
    )


def rows_of(answers: FileAnswers) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answers.csv())))


@cache
def sales() -> FinishedRun:
    """German numbers and dates, −999 for missing, as its owner said."""
    lines = ["Datum;Größe;Art;Preis"]
    for day in range(80):
        date = f"{1 + day % 28:02d}.{1 + day % 12:02d}.{2010 + day % 9}"
        size = f"{1.5 + day / 7:.2f}".replace(".", ",")
        price = f"{day * 3.25:.2f}".replace(".", ",")
        lines.append(f"{date};{size};{'abc'[day % 3]};{price}")
    file = uploads.put("\n".join(lines).encode("cp1252"), "csv", "sales.csv")
    data = {"dataset": "own_table", "file": file, "target": "Preis"}
    return trained({**data, "choices": ["missing.Größe=-999"]}, "linear", loss="mse")


def test_a_new_table_may_have_other_signs_dates_and_letters_than_the_trainings() -> None:
    new = "Größe,Art,Datum\n3.5,a,2015-03-04\n-999,zzz,2015-03-04\n1.25,b,\n7,c,2016-12-30\n"
    answers = answer_file(sales(), new.encode())
    wanted = sales().predict(
        [
            {"Größe": "3,5", "Art": "a", "Datum": "04.03.2015"},
            {"Größe": "", "Art": "zzz", "Datum": "04.03.2015"},
            {"Größe": "1,25", "Art": "b"},
            {"Größe": "7", "Art": "c", "Datum": "30.12.2016"},
        ]
    )
    found = [float(row["answer"]) for row in rows_of(answers)]
    np.testing.assert_allclose(found, wanted[:, 0], rtol=1e-6)


def test_a_date_that_both_could_mean_is_read_as_in_training() -> None:
    new = "Größe;Art;Datum\n3,5;a;04.03.2015\n3,5;a;05.03.2015\n3,5;a;03.04.2015\n"
    wanted = sales().predict(
        [{"Größe": "3,5", "Art": "a", "Datum": date} for date in ("04.03.2015", "03.04.2015")]
    )
    found = [float(row["answer"]) for row in rows_of(answer_file(sales(), new.encode()))]
    np.testing.assert_allclose([found[0], found[2]], wanted[:, 0], rtol=1e-6)


def test_units_and_letters_mean_in_a_new_table_what_they_meant_in_training() -> None:
    lines = ["weight,views,price"]
    for number in range(90):
        views = f"{1 + number % 9}K" if number % 2 else f"{1 + number % 7}.5M"
        lines.append(f"{number * 10 + 5} g,{views},{number * 3}")
    file = uploads.put("\n".join(lines).encode(), "csv", "parcels.csv")
    run = trained({"dataset": "own_table", "file": file, "target": "price"}, "linear", loss="mse")
    new = "weight,views\n0.5 kg,1.5M\n1 kg,2M\n0.25 kg,1M\n2 stones,3M\n"
    wanted = run.predict(
        [
            {"weight": "500 g", "views": "1500K"},
            {"weight": "1000 g", "views": "2000K"},
            {"weight": "250 g", "views": "1000K"},
            {"weight": "", "views": "3000K"},
        ]
    )
    answers = answer_file(run, new.encode())
    found = [float(row["answer"]) for row in rows_of(answers)]
    np.testing.assert_allclose(found, wanted[:, 0], rtol=1e-6)


@cache
def messages() -> FinishedRun:
    lines = ["label\tmessage"]
    for number in range(60):
        is_spam = number % 2 == 1
        text = "win a free prize now call" if is_spam else "see you at home this evening"
        lines.append(f"{'spam' if is_spam else 'ham'}\t{text} {number}")
    file = uploads.put("\n".join(lines).encode(), "texts", "messages.tsv")
    return trained(
        {"dataset": "own_texts", "file": file, "batch_size": 8}, "embedding", "time_pool"
    )


def test_texts_are_found_by_their_column_and_labels_whatever_their_capitals() -> None:
    answers = answer_file(messages(), b"message,label\nwin a prize,SPAM\nat home,ham\n")
    found = [[float(row["p(ham)"]), float(row["p(spam)"])] for row in rows_of(answers)]
    wanted = messages().predict(["win a prize", "at home"])
    np.testing.assert_allclose(found, wanted, atol=1e-6)
    assert answers.report is not None and answers.report.about["n"] == 2


def test_a_zip_of_texts_is_answered_file_by_file() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("spam/a.txt", "win a free prize now")
        archive.writestr("ham/b.txt", "see you at home")
    answers = answer_file(messages(), content.getvalue())
    assert {row["file"] for row in rows_of(answers)} == {"spam/a.txt", "ham/b.txt"}
    assert answers.report is not None and answers.report.about["n"] == 2


@pytest.mark.parametrize("inputs", [[], ["staff"]])
def test_every_group_of_a_new_series_gets_its_own_next_steps(inputs: list[str]) -> None:
    lines = ["month,shop,sales,staff"]
    for shop in ("A", "B"):
        for month in range(60):
            time = f"{2010 + month // 12}-{1 + month % 12:02d}"
            value = 100 + month + (5 if shop == "B" else 0) + month % 12
            lines.append(f"{time},{shop},{value},{month % 5}")
    content = "\n".join(lines).encode()
    file = uploads.put(content, "series", "shops.csv")
    data = {"dataset": "own_series", "file": file, "column": "sales", "inputs": inputs}
    finished = trained(
        {**data, "choices": ["group=*"], "window": 12}, "flatten", "linear", loss="mse"
    )
    rows = rows_of(answer_file(finished, content))
    of_b = [row for row in rows if row["series"] == "B"]
    assert [row["step"] for row in of_b[-5:]] == ["2014-12", "+1", "+2", "+3", "+4"]
    window = finished.experiment.data.series()[1][-12:]  # type: ignore[attr-defined]
    wanted = finished.predict([window])[0]
    np.testing.assert_allclose([float(row["forecast"]) for row in of_b[-4:]], wanted, rtol=1e-6)
    assert abs(wanted.mean() - 175) < 40  # in the unit of the file, not a change
