"""Texts of a person's own: the script repeats the run, and a raw text is answered alike wherever it is asked."""

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch

from playground.catalogues.datasets import uploads
from playground.experiment import Experiment
from playground.export.onnx import export_onnx
from playground.export.script import script
from playground.questions.predictions import Predict
from playground.questions.sample import Sample
from playground.results import load, train
from playground.training.trainer import Trainer

from ..catalogues.datasets.own_texts_files import PROSE, as_csv, as_zip, folders, messages, own
from ..scripts import run_script
from .test_script import expected

FILES = {
    "a table": as_csv(messages()),
    "folders": as_zip(folders()),
    "one long text": PROSE.encode(),
}
each_file = pytest.mark.parametrize("name", FILES)
ASKED = {"a table": "Call now: a prize!", "folders": "a boring film", "one long text": "It was the"}


def experiment_of(name: str) -> Experiment:
    """A small network on the file."""
    data = own(FILES[name], batch_size=8)
    layers: list[dict[str, Any]] = [{"layer": "embedding", "size": 8}]
    if not data.generates:
        layers.append({"layer": "time_pool"})
    value = {"data": data.model_dump(), "layers": layers, "training": {"epochs": 2}}
    return Experiment.from_dict(value)


@each_file
def test_the_script_reads_the_file_and_repeats_the_run(name: str, tmp_path: Path) -> None:
    experiment = experiment_of(name)
    (tmp_path / "script.py").write_text(script(experiment))
    (tmp_path / experiment.data.own_file()).write_bytes(uploads.get(experiment.data.file))  # type: ignore[attr-defined]
    printed = run_script(tmp_path).splitlines()
    assert [line for line in printed if line.startswith("epoch")] == expected(experiment)


@each_file
def test_a_raw_text_is_answered_alike_on_the_page_and_by_a_saved_run(
    name: str, tmp_path: Path
) -> None:
    experiment = experiment_of(name)
    trainers: list[Trainer] = []
    finished = train(experiment, begin=trainers.append)
    answer = finished.predict([ASKED[name]])
    finished.save(tmp_path)
    np.testing.assert_array_equal(load(tmp_path).predict([ASKED[name]]), answer)
    trainer = trainers[0]
    trainer.model.eval()
    told = Predict(Sample(raw=ASKED[name]))(trainer)
    np.testing.assert_allclose(answer[0], told, atol=1e-6)


@each_file
def test_the_onnx_file_gives_the_answer_of_a_raw_text(name: str, tmp_path: Path) -> None:
    experiment = experiment_of(name)
    finished = train(experiment)
    path = tmp_path / "net.onnx"
    export_onnx(finished, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (answers,) = session.run(["output"], {"input": experiment.data.encode([ASKED[name]])})
    answer = finished.predict([ASKED[name]])
    np.testing.assert_allclose(answers[:, : answer.shape[1]], answer, atol=1e-5)


def test_a_whole_file_of_texts_without_labels_is_answered(tmp_path: Path) -> None:
    finished = train(experiment_of("a table"))
    file = tmp_path / "new.csv"
    file.write_text("id,message\n1,win a prize now\n2,see you at noon\n")
    rows = list(csv.DictReader(io.StringIO(finished.answer_file(file).csv())))
    wanted = finished.predict([row["message"] for row in rows])
    assert [row["id"] for row in rows] == ["1", "2"]
    for row, shares in zip(rows, wanted, strict=True):
        assert row["answer"] == ("ham", "spam")[shares.argmax()]
        assert float(row["p(spam)"]) == pytest.approx(shares[1], abs=1e-5)


def test_the_scripts_weights_give_the_same_answer(tmp_path: Path) -> None:
    experiment = experiment_of("a table")
    (tmp_path / "script.py").write_text(script(experiment))
    (tmp_path / experiment.data.own_file()).write_bytes(uploads.get(experiment.data.file))  # type: ignore[attr-defined]
    run_script(tmp_path)
    finished = train(experiment)
    finished.model.load_state_dict(torch.load(tmp_path / "model.pt"))
    assert np.array_equal(
        finished.predict([ASKED["a table"]]), train(experiment).predict([ASKED["a table"]])
    )
