"""Weights through the page's addresses: out bit for bit, in with a table of what differs, never a pickle."""

import io
import pickle
from collections.abc import Iterator

import pytest
import torch
from safetensors.torch import load, save

from playground.engine.engine import Engine
from playground.experiment import Experiment

from ..conftest import points
from .test_routes import Page

WIDER = points(layers=[{"layer": "linear", "units": 9}, {"layer": "tanh"}])


@pytest.fixture
def page(engine: Engine) -> Iterator[Page]:
    with (made := Page(engine)).client:
        yield made


def taken(page: Page, run: str, kind: str = "safetensors") -> bytes:
    headers = {"x-control": page.engine.get(run).control}
    address = f"/playground/runs/{run}/weights"
    response = page.client.get(address, params={"format": kind}, headers=headers)
    assert response.status_code == 200
    return bytes(response.content)


def put(page: Page, experiment: Experiment, data: bytes, **query: str) -> tuple[int, dict]:
    response = page.client.post(
        "/playground/weights", params={"x": experiment.to_link(), **query}, content=data
    )
    return response.status_code, response.json()


def test_weights_go_out_and_come_back_bit_for_bit(page: Page) -> None:
    run = page.start(points().model_dump(mode="json"))
    page.engine.get(run["run"]).wait(60)
    own = load(taken(page, run["run"]))
    same = torch.load(io.BytesIO(taken(page, run["run"], "pt")), weights_only=True)
    assert own.keys() == same.keys() and all(torch.equal(own[name], same[name]) for name in own)
    for data in (save(own), taken(page, run["run"], "pt")):
        status, answer = put(page, points(), data)
        assert status == 200 and answer["fits"] and answer["state"] == "paused"
        again = load(taken(page, answer["run"]))
        assert all(torch.equal(own[name], again[name]) for name in own)


def test_another_networks_weights_are_told_key_by_key_and_what_fits_can_be_taken(
    page: Page,
) -> None:
    run = page.start(points().model_dump(mode="json"), paused=True)
    data = taken(page, run["run"])
    status, answer = put(page, WIDER, data)
    assert status == 200 and not answer["fits"] and "run" not in answer
    assert ["features.0.weight", [6, 2], [9, 2]] in answer["different"]
    status, answer = put(page, WIDER, data, fits="1")
    assert answer["loaded"] == 1 and answer["state"] == "paused"  # the output layer's bias
    assert torch.equal(load(taken(page, answer["run"]))["head.bias"], load(data)["head.bias"])


def test_loaded_weights_go_along_to_the_next_run_of_the_same_network_alone(page: Page) -> None:
    first = page.start(points().model_dump(mode="json"))
    page.engine.get(first["run"]).wait(60)
    data = taken(page, first["run"])
    slower, wider = points(epochs=7), WIDER
    loaded = put(page, points(), data)[1]
    again = page.start(slower.model_dump(mode="json"), paused=True, replaces=loaded["control"])
    assert again["carried"] and page.engine.get(loaded["run"]).wait(60) == "stopped"
    assert taken(page, again["run"]) == data
    other = page.start(wider.model_dump(mode="json"), paused=True, replaces=again["control"])
    assert not other["carried"]
    # whoever presses Train once more after a run wants a fresh network
    assert not page.start(points().model_dump(mode="json"), replaces=first["control"])["carried"]


@pytest.mark.parametrize("data", [pickle.dumps(print), b"", b"hello", b"PK\x03\x04 torn"])
def test_what_is_no_weights_is_refused_with_a_sentence(page: Page, data: bytes) -> None:
    status, answer = put(page, points(), data)
    assert status == 422 and answer["error"]["code"] == "bad_weights"


def test_spoiled_numbers_are_refused_at_once(page: Page) -> None:
    run = page.start(points().model_dump(mode="json"), paused=True)
    given = load(taken(page, run["run"]))
    given["head.bias"][0] = float("nan")
    status, answer = put(page, points(), save(given))
    assert status == 422 and "NaN" in answer["error"]["message"]["en"]


def test_the_range_test_answers_with_a_curve_and_a_rate(page: Page) -> None:
    status, answer = page.post("range", {"experiment": points().model_dump(mode="json")})
    assert status == 200 and len(answer["lr"]) == len(answer["loss"]) > 10
    assert min(answer["lr"]) * 0.9 <= answer["suggestion"] <= max(answer["lr"]) * 1.1
    assert page.refused("range", {"experiment": {"data": {"dataset": "nothing"}}}) == (
        422,
        "unknown_entry",
    )
