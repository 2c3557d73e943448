"""Checkpoints that version 0.2.0 wrote go on. The files were written by it; `fixtures/0.2.0` holds them.

They were written on one processor, and the last bits of a step depend on it: the numbers are compared closely, not
to the bit. That a run resumed on the machine that wrote it is equal to the bit is tested in test_checkpoints.py.
"""

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load

from playground.faults import ExperimentError
from playground.files import safetensors_bytes
from playground.training.checkpoints import _checksum, from_bytes
from playground.training.trainer import Trainer

FIXTURES = Path(__file__).with_name("fixtures") / "0.2.0"
FILES = sorted(FIXTURES.glob("*.safetensors"))
# (step, epoch) at which each was written.
MOMENTS = {
    "adam": (12, 1),
    "dropout-mid-epoch": (6, 1),
    "ema-one-channel": (8, 0),
    "plateau-best-kept": (6, 3),
}


def finish(trainer: Trainer) -> Trainer:
    with trainer.turn():
        while not trainer.finished:
            trainer.advance()
    return trainer


def assert_same_weights(one: Trainer, other: Trainer) -> None:
    theirs = other.model.state_dict()
    for name, value in one.model.state_dict().items():
        torch.testing.assert_close(value, theirs[name], rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_run_of_0_2_goes_on_as_if_it_had_never_stopped(path: Path) -> None:
    checkpoint = from_bytes(path.read_bytes())
    assert (checkpoint.step, checkpoint.epoch) == MOMENTS[path.stem]
    resumed = Trainer(checkpoint.experiment)
    checkpoint(resumed)
    whole = finish(Trainer(checkpoint.experiment))
    finish(resumed)
    assert_same_weights(resumed, whole)
    for column in ("step", "train_loss", "lr"):
        ours, theirs = (t.history.column("steps", column) for t in (resumed, whole))
        assert ours.tolist() == pytest.approx(theirs.tolist(), rel=1e-3)
    assert resumed.end_reason == whole.end_reason
    # The epochs after the one that was under way have the numbers of today.
    epoch = checkpoint.epoch + 1
    for column in ("train_loss", "val_loss"):
        ours, theirs = (t.history.column("epochs", column) for t in (resumed, whole))
        assert ours[epoch:].tolist() == pytest.approx(theirs[epoch:].tolist(), rel=1e-3)


def test_a_warm_up_of_0_2_is_still_multiplied() -> None:
    checkpoint = from_bytes((FIXTURES / "dropout-mid-epoch.safetensors").read_bytes())
    assert checkpoint.experiment.training.schedule.warmup_multiplies is True


def test_what_0_2_measured_after_clipping_is_called_clipped() -> None:
    checkpoint = from_bytes((FIXTURES / "dropout-mid-epoch.safetensors").read_bytes())
    layers = {
        name.removeprefix("history/layers/"): value
        for name, value in checkpoint.tensors.items()
        if name.startswith("history/layers/")
    }
    factor = layers["total_norm"] / layers["clipped_norm"]
    assert bool((factor > 1).any())  # else nothing was clipped
    expected = layers["clipped_grad_norm"] * factor[:, None]
    torch.testing.assert_close(layers["grad_norm"], expected)


def signed(text: str, tensors: dict[str, Any]) -> bytes:
    return safetensors_bytes(tensors, {"checkpoint": text, "sha256": _checksum(text, tensors)})


def changed(path: Path, name: str, value: Any) -> bytes:
    """The file with another value of one attribute, signed again as anybody can."""
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    about = json.loads(json.loads(data[8 : 8 + length])["__metadata__"]["checkpoint"])
    pairs = dict(about["state"]["dict"])["attributes"]["dict"]
    next(pair for pair in pairs if pair[0] == name)[1] = value
    return signed(json.dumps(about), load(data))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("_speed", 0.0),
        ("_speed", math.nan),
        ("busy_s", -1e12),
        ("busy_s", math.inf),
        ("step", -(10**15)),
        ("step", 1.5),
        ("step", {"tensor": "0"}),
        ("step", 10**6),
        ("epoch", 1e30),
        ("epoch", 2),
        ("base_lr", math.inf),
        ("base_lr", 0.0),
        ("_clip", -1.0),
        ("_epoch_loss", math.nan),
        ("_order", {"tensor": "0"}),
        ("model", 5),
        ("history", None),
    ],
)
def test_a_changed_file_of_0_2_is_refused_with_a_sentence(name: str, value: Any) -> None:
    path = FIXTURES / "adam.safetensors"
    with pytest.raises(ExperimentError, match="not a usable checkpoint"):
        checkpoint = from_bytes(changed(path, name, value))
        checkpoint(Trainer(checkpoint.experiment))
