"""Checkpoints through the page's addresses: taken while it rests or trains, gone on from exactly, told where no use."""

from collections.abc import Iterator

import pytest
import torch

from playground.engine.engine import Engine
from playground.experiment import Experiment
from playground.results import train

from ..conftest import points
from ..training.test_checkpoint_schema import parts_of, signed
from .test_routes import LONG, PATIENCE_S, Page

DROPS = [{"layer": "linear", "units": 6}, {"layer": "tanh"}, {"layer": "dropout"}]


@pytest.fixture
def page(engine: Engine) -> Iterator[Page]:
    with (made := Page(engine)).client:
        yield made


def checkpoint(page: Page, run: str) -> bytes:
    headers = {"x-control": page.engine.get(run).control}
    response = page.client.get(f"/playground/runs/{run}/checkpoint", headers=headers)
    assert response.status_code == 200
    return bytes(response.content)


@pytest.mark.parametrize("ema", [None, 0.9])
def test_a_run_goes_on_from_its_file_as_if_it_had_never_stopped(
    page: Page, ema: float | None
) -> None:
    experiment = points(layers=DROPS, epochs=6, ema=ema)
    run = page.start(experiment.model_dump(mode="json"), paused=True)
    for _ in range(11):  # into the second epoch
        page.post(f"runs/{run['run']}/step", {"control": run["control"]})
    assert page.engine.get(run["run"]).wait_until(lambda each: each.view().step == 11, PATIENCE_S)
    data = checkpoint(page, run["run"])
    status, answer = page.post("checkpoint", data, **{"x-control": run["control"]})
    assert status == 200 and (answer["step"], answer["state"]) == (11, "paused")
    assert Experiment.from_dict(answer["experiment"]) == experiment
    assert (
        page.engine.get(run["run"]).wait(PATIENCE_S) == "stopped"
    )  # a page trains one network at a time
    again = page.engine.get(answer["run"])
    again.resume()
    assert again.wait(PATIENCE_S) == "done"
    assert again.history.equals(train(experiment).history)


def test_it_is_taken_in_the_middle_of_a_slice_too(page: Page) -> None:
    """The random numbers of that moment, not of the beginning of the worker's turn."""
    experiment = points(layers=DROPS, epochs=500)
    run = page.start(experiment.model_dump(mode="json"))
    assert page.engine.get(run["run"]).wait_until(lambda each: each.view().step > 20, PATIENCE_S)
    data = checkpoint(page, run["run"])
    again = page.engine.get(page.post("checkpoint", data)[1]["run"])
    again.resume()
    assert again.wait(PATIENCE_S) == "done" == page.engine.get(run["run"]).wait(PATIENCE_S)
    assert again.history.equals(page.engine.get(run["run"]).history)


def test_a_run_that_has_ended_gives_none_and_says_what_can_be_had(page: Page) -> None:
    run = page.start(LONG)
    assert page.engine.get(run["run"]).wait_until(lambda each: each.view().step > 0, PATIENCE_S)
    page.post(f"runs/{run['run']}/stop", {"control": run["control"]})
    assert page.engine.get(run["run"]).wait(PATIENCE_S) == "stopped"
    headers = {"x-control": run["control"]}
    response = page.client.get(f"/playground/runs/{run['run']}/checkpoint", headers=headers)
    assert response.status_code == 422 and "weights" in response.json()["error"]["message"]["en"]


def test_what_is_no_checkpoint_is_refused_and_the_run_stays(page: Page) -> None:
    run = page.start(LONG, paused=True)
    whole = checkpoint(page, run["run"])
    bad = [b"", b"hello", whole[:-1], whole[:100], whole[:-4] + b"\x00\x01\x02\x03", b"\xff" * 64]
    for data in bad:
        assert page.refused("checkpoint", data, **{"x-control": run["control"]}) == (
            422,
            "bad_checkpoint",
        )
    assert page.engine.get(run["run"]).is_live


def test_a_state_that_does_not_fit_begins_no_run_and_ends_none(page: Page) -> None:
    run = page.start(LONG, paused=True)
    header, tensors = parts_of(checkpoint(page, run["run"]))
    tensors["model/head.bias"] = tensors["model/head.bias"][:1].clone()
    runs = page.engine.runs()
    refused = page.refused("checkpoint", signed(header, tensors), **{"x-control": run["control"]})
    assert refused == (422, "bad_checkpoint")
    assert page.engine.runs() == runs and runs[0].is_live


def test_a_file_of_another_kind_of_device_says_so(page: Page) -> None:
    run = page.start(points(layers=DROPS).model_dump(mode="json"), paused=True)
    own = checkpoint(page, run["run"])
    assert page.post("checkpoint", own)[1]["from_device"] is None
    header, tensors = parts_of(own)
    header["device"] = "cuda:0"
    tensors["random/cuda:0"] = torch.zeros(16, dtype=torch.uint8)
    status, answer = page.post("checkpoint", signed(header, tensors))
    assert (status, answer["from_device"]) == (200, "cuda:0")
