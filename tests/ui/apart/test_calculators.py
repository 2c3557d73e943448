"""Answers of another process are those that this one gives, and where there is none, this one answers."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch

from playground.catalogues.datasets import uploads
from playground.engine.clients import Client
from playground.experiment import Experiment
from playground.export.onnx import NetworkCopy, draft_of
from playground.export.whole import raw_samples, whole_answers
from playground.faults import ExperimentError
from playground.preset_files import preset
from playground.results import train
from playground.settings import Settings
from playground.training.trainer import Trainer
from playground.ui.answers.asked import ASKED
from playground.ui.apart.calculators import QUICK, SLOW, Calculators, _trouble
from playground.ui.apart.carried import carried_draft, draft_again
from tests.conftest import points, short

ANN = Client("ann", "10.0.0.1")
XOR = {"experiment": points().model_dump(mode="json")}
BROKEN = {"experiment": {**XOR["experiment"], "layers": [{"layer": "conv2d"}]}}


@pytest.fixture(scope="module")
def calculators() -> Iterator[Calculators]:
    made = Calculators()
    for speed in (QUICK, SLOW):
        made._start(speed)
    yield made
    made.close()


@pytest.mark.long
@pytest.mark.parametrize("task", ["check", "preview", "notebook"])
@pytest.mark.parametrize("value", [XOR, {"experiment": {}}, BROKEN], ids=["xor", "empty", "broken"])
def test_it_answers_as_this_process_does(
    calculators: Calculators, task: str, value: dict[str, Any]
) -> None:
    value = {**value, "data": {"dataset": "xor"}}
    body = json.dumps(value).encode()
    assert calculators.is_ready_for(task, body)
    calculated = calculators.call(task, {}, body, ANN)
    try:
        wanted = json.loads(json.dumps(ASKED[task](value, Settings.from_environment())))
    except ExperimentError as error:
        assert calculated.status == 422
        assert json.loads(calculated.body)["error"]["code"] == error.faults[0].code
    else:
        assert (calculated.status, json.loads(calculated.body)) == (200, wanted)
    assert calculated.cpu_s > 0


@pytest.mark.long
def test_its_onnx_file_gives_the_networks_answers(calculators: Calculators) -> None:
    import onnxruntime

    finished = train(short("digits-basic-cnn", epochs=1))
    calculated = calculators.call("onnx", {}, carried_draft(draft_of(finished)), ANN)
    assert calculated.status == 200 and calculated.told["difference"] < 1e-4
    session = onnxruntime.InferenceSession(calculated.body)
    samples = raw_samples(finished, 3)
    (answers,) = session.run(None, {session.get_inputs()[0].name: samples})
    np.testing.assert_allclose(answers, whole_answers(finished, samples), atol=1e-5)


@pytest.mark.long
def test_what_is_no_json_is_refused_there_as_here(calculators: Calculators) -> None:
    calculated = calculators.call("check", {}, b"[1, 2]", ANN)
    assert calculated.status == 422
    assert json.loads(calculated.body)["error"]["code"] == "wrong_type"


@pytest.mark.long
def test_a_network_on_a_persons_own_file_is_written_there_without_the_file(
    calculators: Calculators,
) -> None:
    """In the server torch's exporter would change how the modules of all runs are called."""
    import onnxruntime

    lines = ["size,town,price", *(f"{i % 17},{'xy'[i % 2]},{i * 2 % 31}" for i in range(120))]
    data = {
        "dataset": "own_table",
        "file": uploads.put("\n".join(lines).encode(), "csv", "a.csv"),
        "batch_size": 20,
    }
    layers = [{"layer": "linear", "units": 4}, {"layer": "relu"}]
    training = {"epochs": 2, "loss": {"loss": "mse"}}
    finished = train(Experiment.from_dict({"data": data, "layers": layers, "training": training}))
    calculated = calculators.call("onnx", {}, carried_draft(draft_of(finished)), ANN)
    assert calculated.status == 200
    session = onnxruntime.InferenceSession(calculated.body)
    samples = raw_samples(finished, 8)
    (answers,) = session.run(None, {session.get_inputs()[0].name: samples})
    np.testing.assert_allclose(answers, whole_answers(finished, samples), rtol=1e-4)


@pytest.mark.parametrize("preset_id", ["digits-basic-cnn", "names-transformer", "series-co2"])
def test_a_draft_comes_back_with_its_answers(preset_id: str) -> None:
    draft = draft_of(NetworkCopy()(Trainer(preset(preset_id).experiment)))
    again = draft_again(carried_draft(draft))
    assert again.about == draft.about and np.array_equal(again.scale, draft.scale)
    with torch.no_grad():
        answers = again.network(torch.from_numpy(again.example)).numpy()
    np.testing.assert_allclose(answers, draft.expected, rtol=1e-5, atol=1e-6)


def test_a_file_of_a_persons_own_is_no_work_for_another_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calculators = Calculators()
    started: list[str] = []
    monkeypatch.setattr(calculators, "start", started.append)
    own = {"experiment": {"data": {"dataset": "own_table", "file": "0" * 64}}}
    assert not calculators.is_ready_for("check", json.dumps(own).encode())
    assert started == []
    nothing_yet = {"experiment": {"data": {"dataset": "own_table", "file": ""}}}
    assert not calculators.is_ready_for("check", json.dumps(nothing_yet).encode())
    points_xor = preset("points-xor").experiment.model_dump_json().encode()
    assert not calculators.is_ready_for("notebook", points_xor)
    assert calculators.is_ready_for("range_test", json.dumps(nothing_yet).encode())
    assert started == [QUICK]


@pytest.mark.parametrize(
    ("of_pool", "told"),
    [
        ("readers_busy", "too_busy"),
        ("reader_slow", "calculation_slow"),
        ("reader_failed", "calculation_failed"),
        ("reader_memory", "calculation_failed"),
    ],
)
def test_its_troubles_are_not_told_as_those_of_a_file(of_pool: str, told: str) -> None:
    assert _trouble(of_pool).faults[0].code == told
    assert "file" not in str(_trouble(of_pool))


def test_the_slow_process_starts_when_it_was_wanted_often_not_with_a_first_preview(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []
    monkeypatch.setattr(Calculators, "start", lambda _self, speed: started.append(speed))
    cold = Calculators()
    body = json.dumps({"data": {"dataset": "digits"}}).encode()
    assert [cold.is_ready_for("preview", body) for _ in range(4)] == [False] * 4
    assert started == []
    assert not cold.is_ready_for("preview", body)
    assert started == [SLOW]
    assert not cold.is_ready_for("check", body)  # the quick one comes at once
    assert started == [SLOW, QUICK]
