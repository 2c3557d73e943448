"""Questions, files and the page's addresses, for a run on a GPU."""

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load

from playground.engine.clients import OWNER
from playground.engine.engine import Engine
from playground.experiment import Experiment
from playground.questions import QUESTIONS
from playground.training.trainer import Trainer
from playground.ui.apart.calculators import QUICK, Calculators

from ..conftest import points
from ..questions.test_not_finite import NETWORKS, asked
from ..training.test_checkpoints import advance
from ..ui.test_routes import CNN, DRAWN, LONG, PATIENCE_S, Page

GPU = "cuda:0"
TOLERANCE = {"rel": 1e-3, "abs": 1e-3}
# A value on the edge of a bin may fall to either side of it.
COUNTED = {"histograms"}


@pytest.fixture
def page(engine: Engine) -> Iterator[Page]:
    with (made := Page(engine)).client:
        yield made


def differences(one: Any, other: Any, place: str = "") -> list[str]:
    """Where two answers are not the same, up to the rounding of float32."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return [f"{place}: {sorted(one)} and {sorted(other)}"]
        found = []
        for key in one:
            found += differences(one[key], other[key], f"{place}.{key}")
        return found
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        found = []
        for i, (left, right) in enumerate(zip(one, other, strict=True)):
            found += differences(left, right, f"{place}[{i}]")
        return found
    if isinstance(one, float) or isinstance(other, float):
        return [] if one == pytest.approx(other, **TOLERANCE) else [f"{place}: {one}, {other}"]
    if place.endswith(".b64") and one and other:
        return _image_differences(one, other, place)
    return [] if one == other else [f"{place}: {str(one)[:80]}, {str(other)[:80]}"]


def _image_differences(one: str, other: str, place: str) -> list[str]:
    """Bytes of grey levels: one step of 255 may round to the other side."""
    import base64

    left, right = (np.frombuffer(base64.b64decode(text), np.uint8) for text in (one, other))
    if left.shape != right.shape:
        return [f"{place}: {left.shape}, {right.shape}"]
    most = int(np.abs(left.astype(int) - right.astype(int)).max(initial=0))
    return [] if most <= 1 else [f"{place}: grey levels differ by {most}"]


def pair(name: str) -> tuple[Trainer, Trainer]:
    """A network after three steps on the GPU, and the same weights on the CPU."""
    dataset, layers, loss = NETWORKS[name]
    spec = {"data": {"dataset": dataset}, "layers": layers, "training": {"loss": loss}}
    experiment = Experiment.from_dict(spec)
    on_gpu, on_cpu = Trainer(experiment, GPU), Trainer(experiment)
    advance(on_gpu, 3)
    on_cpu.model.load_state_dict(on_gpu.model.state_dict())
    on_cpu.loss.load_state_dict(on_gpu.loss.state_dict())
    return on_gpu, on_cpu


@pytest.mark.parametrize("name", NETWORKS)
def test_every_question_is_answered_as_on_the_cpu(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", False)
    on_gpu, on_cpu = pair(name)
    found = []
    for question_id in sorted(QUESTIONS.keys() - COUNTED):
        one, other = asked(on_gpu, question_id), asked(on_cpu, question_id)
        found += differences(one, other, question_id)
    assert found == []
    histograms = asked(on_gpu, "histograms")
    assert histograms is not None
    for of_gpu, of_cpu in zip(
        histograms["layers"], asked(on_cpu, "histograms")["layers"], strict=True
    ):
        assert sum(of_gpu["weights"]["counts"]) == sum(of_cpu["weights"]["counts"])


@pytest.mark.parametrize("path", ["layers[0]", "layers[1]", "output"])
def test_maps_of_each_layer_are_those_of_the_cpu(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playground.questions import question_of

    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", False)
    on_gpu, on_cpu = pair("classes")
    sample = {"kind": "validation", "index": 5}
    answers = []
    for trainer in (on_gpu, on_cpu):
        question = question_of({"question": "feature_maps", "sample": sample, "path": path})
        trainer.model.eval()
        told = question.tell(question(trainer), trainer.experiment)
        answers.append(json.loads(json.dumps(told, allow_nan=False)))
    assert differences(*answers) == []


@pytest.mark.parametrize("experiment", [LONG, CNN], ids=["points", "pictures"])
def test_a_run_is_started_watched_asked_and_taken_away(page: Page, experiment: Any) -> None:
    begun = page.start(experiment, device=GPU)
    run = page.engine.get(begun["run"])
    assert run.wait_until(lambda each: each.view().step > 10, PATIENCE_S)
    sample = DRAWN if experiment is CNN else {"kind": "point", "x": [0.5, -0.5]}
    status, answer = page.post(
        f"runs/{begun['run']}/ask", {"question": "predict", "sample": sample}
    )
    assert status == 200 and sum(answer["probabilities"]) == pytest.approx(1, abs=1e-4)
    headers = {"x-control": begun["control"]}
    # torch's exporter changes how every module is called, in all threads; here it has no process of its own.
    page.post(f"runs/{begun['run']}/pause", {"control": begun["control"]})
    assert run.wait_until(lambda each: each.state == "paused", PATIENCE_S)
    for kind in ("checkpoint", "onnx", "weights"):
        response = page.client.get(f"/playground/runs/{begun['run']}/{kind}", headers=headers)
        assert response.status_code == 200, (kind, response.text[:500])
    assert all(tensor.isfinite().all() for tensor in load(response.content).values())
    assert page.get("poll", run=begun["run"])[1]["step"] > 10
    page.post(f"runs/{begun['run']}/stop", {"control": begun["control"]})
    assert run.wait(PATIENCE_S) in ("stopped", "done"), run.view().reason


def test_a_checkpoint_of_the_page_goes_on_on_the_gpu(page: Page) -> None:
    begun = page.start(points(epochs=500).model_dump(mode="json"), device=GPU)
    assert page.engine.get(begun["run"]).wait_until(lambda each: each.view().step > 20, PATIENCE_S)
    headers = {"x-control": begun["control"]}
    data = page.client.get(f"/playground/runs/{begun['run']}/checkpoint", headers=headers).content
    status, answer = page.post("checkpoint", data, **{"x-device": GPU})
    assert status == 200, answer
    assert page.engine.get(answer["run"]).device.type == "cuda"
    again = page.engine.get(answer["run"])
    again.resume()
    assert again.wait_until(lambda each: each.view().step > answer["step"] + 20, PATIENCE_S)


def test_boot_names_the_gpu(page: Page) -> None:
    devices = {device["id"]: device for device in page.get("boot")[1]["devices"]}
    assert devices[GPU]["name"] == torch.cuda.get_device_name(0)


def test_a_gpu_without_memory_ends_its_run_in_a_sentence_and_trains_the_next(
    engines: Callable[..., Engine],
) -> None:
    engine = engines(max_training_bytes=2**40, max_parameters=10**9, max_held_bytes=2**42)
    layers = [{"layer": "linear", "units": 4_000} for _ in range(6)]
    large = Experiment.from_dict({"data": {"dataset": "xor", "batch_size": 50}, "layers": layers})
    torch.cuda.empty_cache()
    allowed = (torch.cuda.memory_allocated() + 200 * 2**20) / torch.cuda.mem_get_info()[1]
    torch.cuda.set_per_process_memory_fraction(allowed)
    try:
        run = engine.start(large, GPU)
        run.wait(PATIENCE_S)
        fault = run.view().reason
        assert fault is not None and fault.code == "out_of_memory", fault
        small = engine.start(points(), GPU)
        assert small.wait(PATIENCE_S) == "done"
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)


def test_the_process_beside_the_server_judges_by_the_gpu_and_does_not_take_it() -> None:
    """A network that is too slow for the CPU alone."""
    calculators = Calculators()
    heavy = [{"layer": "conv2d", "channels": 64, "kernel": 11} for _ in range(3)]
    experiment = {
        "data": {"dataset": "digits", "batch_size": 256},
        "layers": [*heavy, {"layer": "flatten"}],
    }
    try:
        calculators._start(QUICK)
        body = json.dumps({"experiment": experiment}).encode()
        assert calculators.is_ready_for("check", body)
        calculated = calculators.call("check", {}, body, OWNER)
        pid = calculators._pools[QUICK]._idle[0].pid
        users = subprocess.run(
            ["nvidia-smi", "--query-compute-apps=pid", "--format=csv,noheader"],
            capture_output=True,
            text=True,
        ).stdout.split()
    finally:
        calculators.close()
    assert calculated.status == 200
    assert json.loads(calculated.body)["faults"] == []
    assert str(pid) not in users
