"""What a file may say of a run: every number in its range, every tensor like a fresh trainer's, or nothing of it."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import torch
from safetensors.torch import load
from torch import Tensor

from playground.faults import ExperimentError
from playground.files import safetensors_bytes
from playground.training.checkpoints import _checksum, from_bytes, to_bytes
from playground.training.header import MAX_BYTES
from playground.training.trainer import Trainer

from ..conftest import points

ROOT = Path(__file__).parents[2]
NET = [{"layer": "linear", "units": 4}, {"layer": "batchnorm1d"}, {"layer": "relu"}]
RICH = points(
    layers=NET,
    size=100,
    epochs=4,
    ema=0.9,
    patience=3,
    keep_best=True,
    clip_norm=0.5,
    schedule={"schedule": "plateau", "patience": 0},
)  # 4 steps an epoch


@cache
def whole() -> bytes:
    """Stopped in the middle of the second epoch, with a changed learning rate."""
    trainer = Trainer(RICH)
    with trainer.turn():
        for _ in range(7):  # four steps, a validation, two steps
            trainer.advance()
    trainer.set("lr", 0.01)
    return to_bytes(trainer)


def parts_of(data: bytes) -> tuple[dict[str, Any], dict[str, Tensor]]:
    length = int.from_bytes(data[:8], "little")
    about = json.loads(data[8 : 8 + length])["__metadata__"]
    return json.loads(about["checkpoint"]), load(data)


def signed(header: dict[str, Any] | str, tensors: dict[str, Tensor]) -> bytes:
    """A file as anybody can write it: the checksum protects from damage alone."""
    text = header if isinstance(header, str) else json.dumps(header)
    return safetensors_bytes(tensors, {"checkpoint": text, "sha256": _checksum(text, tensors)})


def refused(data: bytes) -> str:
    """The sentence with which a file is refused. The trainer that it was meant for is left as it was."""
    trainer = Trainer(RICH)
    before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
    with pytest.raises(ExperimentError) as caught:
        from_bytes(data)(trainer)
    assert trainer.step == 0 and not trainer.optimizer.state and not len(trainer.history.events)
    for name, value in trainer.model.state_dict().items():
        assert torch.equal(value, before[name])
    return str(caught.value)


def test_the_file_that_the_others_are_made_from_is_sound() -> None:
    checkpoint = from_bytes(signed(*parts_of(whole())))
    trainer = Trainer(checkpoint.experiment)
    checkpoint(trainer)
    assert (trainer.step, trainer.epoch, trainer.live.base_lr) == (6, 1, 0.01)


BAD_NUMBERS: list[tuple[str, Any]] = [
    ("format", 3),
    ("step", -(10**15)),
    ("step", 17),  # of 16
    ("step", 5),  # but the history goes to 6
    ("step", [6, 6]),
    ("step", 6.5),
    ("step", True),
    ("epoch", 10**30),
    ("epoch", 1e30),
    ("epoch", 0),
    ("epoch", 2),
    ("validating", True),
    ("live.base_lr", 0),
    ("live.base_lr", -0.1),
    ("live.base_lr", 1001),
    ("live.base_lr", "0.1"),
    ("live.weight_decay", -1),
    ("live.clip_norm", 0),
    ("live.plateau", None),
    ("live.plateau.factor", -1),
    ("live.plateau.bad", -1),
    ("pace.steps_per_s", 0),
    ("pace.steps_per_s", None),
    ("pace.busy_s", -1e12),
    ("pace.busy_s", 1e300),
    ("pace.window_steps", -1),
    ("meter.weight", 0),
    ("meter.weight", -3),
    ("clipper.clipped", 10**6),
    ("practice.best_epoch", 3),
    ("practice.stopped_early", True),
    ("practice.lowest", None),  # but the best weights are there
    ("events", [{"step": 7, "kind": "lr", "value": 0.1}]),
    ("events", [{"step": 1, "kind": "momentum", "value": 0.1}]),
    ("events", [{"step": 1, "kind": "lr", "value": 0.1}] * 2001),
    ("experiment", {"data": {"dataset": "xor"}, "layers": [{"layer": "conv9d"}]}),
    ("more", 1),
    ("live.more", 1),
]


@pytest.mark.parametrize(("place", "value"), BAD_NUMBERS, ids=lambda each: str(each)[:30])
def test_a_number_that_no_run_has_is_refused(place: str, value: Any) -> None:
    header, tensors = parts_of(whole())
    inner = header
    *path, last = place.split(".")
    for name in path:
        inner = inner[name]
    inner[last] = value
    assert refused(signed(header, tensors))


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "Infinity", '"1"', "null", "{}"])
@pytest.mark.parametrize("place", ["base_lr", "busy_s", "loss"])
def test_what_is_no_finite_number_is_refused(place: str, number: str) -> None:
    header, tensors = parts_of(whole())
    text = json.dumps(header)
    start = text.index(f'"{place}": ') + len(f'"{place}": ')
    end = min(text.index(mark, start) for mark in ",}" if mark in text[start:])
    refused(signed(text[:start] + number + text[end:], tensors))


def zero_dimensions(name: str) -> Callable[[dict[str, Tensor]], None]:
    def change(tensors: dict[str, Tensor]) -> None:
        tensors[name] = torch.tensor(1.0)

    return change


def without(*names: str) -> Callable[[dict[str, Tensor]], None]:
    def change(tensors: dict[str, Tensor]) -> None:
        for name in names:
            del tensors[name]

    return change


def with_value(name: str, value: Any) -> Callable[[dict[str, Tensor]], None]:
    def change(tensors: dict[str, Tensor]) -> None:
        tensors[name] = torch.as_tensor(value)

    return change


BAD_TENSORS: dict[str, Callable[[dict[str, Tensor]], None]] = {
    "a step of two": with_value("optimizer/0/step", [6.0, 6.0]),
    "a step below zero": with_value("optimizer/0/step", -1.0),
    "a step of NaN": with_value("optimizer/0/step", float("nan")),
    "a later step": with_value("optimizer/0/step", 7.0),
    "half a state": without("optimizer/0/exp_avg"),
    "a parameter without any": without(
        "optimizer/0/exp_avg", "optimizer/0/exp_avg_sq", "optimizer/0/step"
    ),
    "double precision": with_value("optimizer/1/exp_avg", torch.zeros(4, dtype=torch.float64)),
    "moments of NaN": with_value("optimizer/1/exp_avg", torch.full((4,), torch.nan)),
    "second moments below zero": with_value("optimizer/1/exp_avg_sq", torch.full((4,), -1e-9)),
    "infinite weights": with_value("model/head.bias", torch.full((2,), torch.inf)),
    "averages of NaN": with_value("practice/average/1", torch.full((4,), torch.nan)),
    "a variance below zero": with_value("model/features.1.running_var", torch.full((4,), -1.0)),
    "fewer batches than none": with_value("model/features.1.num_batches_tracked", -1),
    "no weights": without("model/head.weight"),
    "no dimensions": zero_dimensions("model/head.weight"),
    "no average": without("practice/average/0"),
    "no random numbers": without("random/cpu"),
    "short random numbers": with_value("random/cpu", torch.zeros(8, dtype=torch.uint8)),
    "random numbers of nobody": with_value("random/cpu", torch.zeros(5056, dtype=torch.uint8)),
    "an order of nobody": with_value("batches/generator", torch.zeros(5056, dtype=torch.uint8)),
    "no order": without("batches/order"),
    "an order that is too short": with_value("batches/order", torch.zeros(3, dtype=torch.int64)),
    "samples that are not there": with_value("batches/order", torch.full((80,), 80)),
    "samples below zero": with_value("batches/order", torch.full((80,), -1)),
    "no history": without("history/steps/lr"),
    "a history in disorder": with_value("history/steps/step", torch.ones(6, dtype=torch.float64)),
    "a history of NaN": with_value(
        "history/steps/step", torch.full((6,), torch.nan, dtype=torch.float64)
    ),
    "a history too long": with_value(
        "history/steps/step", torch.arange(1, 10_000, dtype=torch.float64)
    ),
    "a history of one number": zero_dimensions("history/steps/step"),
    "another epoch": with_value("history/epochs/epoch", torch.tensor([2.0], dtype=torch.float64)),
    "something more": with_value("model/extra", torch.zeros(2)),
    "an attribute by its name": with_value("advance", torch.zeros(2)),
    "a state of a parameter that is not there": with_value("optimizer/99/step", 1.0),
}


@pytest.mark.parametrize("name", BAD_TENSORS)
def test_a_tensor_that_no_fresh_trainer_has_is_refused(name: str) -> None:
    header, tensors = parts_of(whole())
    BAD_TENSORS[name](tensors)
    assert refused(signed(header, tensors))


def test_states_without_dimensions_are_refused_and_crash_nothing() -> None:
    """Fused kernels look at no shape: until 0.2.0 such a file ended the process, so a child tries it."""
    program = """
import sys
import torch
from playground.faults import ExperimentError
from playground.training.checkpoints import from_bytes
from playground.training.trainer import Trainer
from tests.training.test_checkpoint_schema import RICH, parts_of, signed, whole

header, tensors = parts_of(whole())
for name in tensors:
    if name.startswith("optimizer/"):
        tensors[name] = torch.tensor(1.0)
trainer = Trainer(RICH)
try:
    from_bytes(signed(header, tensors))(trainer)
except ExperimentError as error:
    print(error)
with trainer.turn():
    for _ in range(20):
        trainer.advance()
print("alive")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "optimizer/0/exp_avg is ()" in done.stdout and done.stdout.endswith("alive\n")


@pytest.mark.parametrize("text", ["[" * MAX_BYTES, '{"a":' * 40_000, "{" * 12_000_000])
def test_deep_nesting_is_refused_at_once(text: str) -> None:
    data = signed(text, {"a": torch.zeros(1)})
    with patch.object(json, "loads", side_effect=AssertionError) as loads:
        if len(text) > MAX_BYTES:
            refused(data)  # 0.2.0 took ten seconds to read 12 million brackets
            assert not loads.called
    refused(data)


def test_a_header_that_claims_more_than_it_may_is_not_read() -> None:
    data = bytearray(whole())
    data[:8] = (2**40).to_bytes(8, "little")
    assert "too long" in refused(bytes(data))
