"""Stopped at any step and resumed equals never stopped, bit for bit; a crash leaves no unreadable checkpoint."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from playground.catalogues.optimizers import OPTIMIZERS
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.results import train
from playground.training.checkpoints import from_bytes, to_bytes
from playground.training.keeper import checkpoints_in, latest_checkpoint, save_checkpoint
from playground.training.trainer import Trainer

from ..conftest import points
from .test_checkpoint_schema import parts_of, signed

ROOT = Path(__file__).parents[2]

NET = [
    {"layer": "linear", "units": 8},
    {"layer": "batchnorm1d"},
    {"layer": "relu"},
    {"layer": "dropout", "p": 0.3},
    {"layer": "linear", "units": 4},
]
MOMENTUM = {"optimizer": "sgd", "lr": 0.1, "momentum": 0.9}
SMALL = points(
    layers=NET,
    size=100,
    optimizer=MOMENTUM,
    epochs=2,
    schedule={"schedule": "cosine", "warmup_steps": 3},
)
EVERYTHING = points(
    layers=NET,
    size=100,
    epochs=4,
    accumulate=2,
    ema=0.9,
    patience=2,
    min_delta=0.5,
    keep_best=True,
    clip_norm=0.5,
)
IMAGES = Experiment.from_dict(
    {
        "data": {"dataset": "digits", "batch_size": 64, "validation": 0.9},
        "layers": [
            {"layer": "conv2d", "channels": 4},
            {"layer": "batchnorm2d"},
            {"layer": "relu"},
            {"layer": "flatten"},
        ],
        "training": {"epochs": 2},
    }
)

CONV = [{"layer": "conv2d", "channels": 2, "stride": 4}, {"layer": "relu"}, {"layer": "flatten"}]
RESTLESS = {"optimizer": "adam", "lr": 0.3}  # its validation loss goes up and down


def digits(dataset: str = "digits", augment: Any = None, **training: Any) -> Experiment:
    data = {"dataset": dataset, "batch_size": 64, "validation": 0.9, "augment": augment}
    return Experiment.from_dict(
        {"data": data, "layers": CONV, "training": {"epochs": 2, **training}}
    )


def texts() -> Experiment:
    """Two recurrent layers with dropout between them, and dropout after."""
    lstm = {"layer": "lstm", "units": 6, "layers": 2, "dropout": 0.4, "returns": "last"}
    layers = [{"layer": "embedding", "size": 4}, lstm, {"layer": "dropout", "p": 0.3}]
    data = {"dataset": "reviews", "validation": 0.9, "batch_size": 64, "max_words": 60}
    return Experiment.from_dict({"data": data, "layers": layers, "training": {"epochs": 2}})


PLATEAU = {"schedule": "plateau", "patience": 0, "gamma": 0.5, "cooldown": 1, "warmup_steps": 5}
AUGMENT = {"shift": 2, "rotate": 20.0, "scale": 0.1, "erase": 0.5, "noise": 0.1}
# What each needs to go on: units of work are optimisation steps and parts of validations.
KINDS: dict[str, Experiment] = {
    "plateau schedule": points(size=100, epochs=6, schedule=PLATEAU, optimizer=RESTLESS),
    "augmentation": digits(augment=AUGMENT),
    "two tasks, learned weights": digits(
        "digits_two_tasks", loss={"loss": "two_tasks"}, optimizer=MOMENTUM
    ),
    "recurrent, dropout, texts": texts(),
    "muon": points("moons", NET, 100, optimizer={"optimizer": "muon", "lr": 0.02}),
    "averaged, stopped early": points(
        "moons", NET, 100, epochs=30, optimizer=RESTLESS, ema=0.5, patience=2
    ),
    "averaged, the best kept": points(
        "moons", NET, 100, epochs=8, optimizer=RESTLESS, ema=0.5, patience=3, keep_best=True
    ),
    "one batch by heart": points("moons", NET, 100, overfit_batch=True),
    "accumulated": points("moons", NET, 190, accumulate=3, epochs=2),
    "averaged, one channel": digits(ema=0.9),
    "clipped values": points("moons", NET, 100, clip_value=0.01, clip_norm=0.05),
}


def advance(trainer: Trainer, units: int | None = None) -> int:
    """Works for so many units, or to the end. Out: the units worked."""
    done = 0
    with trainer.turn():
        while not trainer.finished and done != units:
            trainer.advance()
            done += 1
    return done


def assert_equal(a: Trainer, b: Trainer) -> None:
    assert a.history.equals(b.history)
    assert a.history.events == b.history.events
    assert (a.step, a.epoch, a.finished) == (b.step, b.epoch, b.finished)
    theirs = b.model.state_dict()
    for name, value in a.model.state_dict().items():
        assert torch.equal(value, theirs[name]), name


def resumed(data: bytes, device: str = "cpu") -> Trainer:
    checkpoint = from_bytes(data)
    trainer = Trainer(checkpoint.experiment, device)
    checkpoint(trainer)
    return trainer


@pytest.mark.parametrize(
    "experiment", [SMALL, EVERYTHING], ids=["dropout, batchnorm, momentum", "every option"]
)
def test_stopped_at_any_step_and_resumed_equals_never_stopped(experiment: Experiment) -> None:
    whole = Trainer(experiment)
    units = advance(whole)
    for stop in range(units + 1):
        first = Trainer(experiment)
        advance(first, stop)
        second = resumed(to_bytes(first))
        advance(second)
        assert_equal(second, whole)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_training_goes_on_exactly_from_several_moments(kind: str) -> None:
    """From the first step, the middle of the first epoch, its end, somewhere later, and just before the end."""
    whole, first = Trainer(KINDS[kind]), Trainer(KINDS[kind])
    units, n = advance(whole), whole.steps_per_epoch
    taken: dict[int, bytes] = {}
    done = 0
    for stop in (1, max(n // 2, 2), n, units // 2 + n // 2, units - 1):
        done += advance(first, stop - done)
        assert done == stop
        taken[stop] = to_bytes(first)
    assert from_bytes(taken[max(n // 2, 2)]).step % n > 0
    advance(first)
    assert_equal(first, whole)  # taking a checkpoint changes nothing
    for data in taken.values():
        second = resumed(data)
        advance(second)
        assert_equal(second, whole)
        assert second.end_reason == whole.end_reason
        loss = second.loss.state_dict()
        assert all(
            torch.equal(value, loss[name]) for name, value in whole.loss.state_dict().items()
        )


def test_the_kinds_come_to_what_they_are_there_for() -> None:
    """Else they would compare nothing: the plateau drops in mid-run, and early stopping stops."""
    plateau = Trainer(KINDS["plateau schedule"])
    advance(plateau)
    rates = plateau.history.column("epochs", "lr").tolist()
    assert 0.3 in rates and 0.15 in rates
    for kind in ("averaged, stopped early", "averaged, the best kept"):
        trainer = Trainer(KINDS[kind])
        advance(trainer)
        assert trainer.end_reason is not None and trainer.step < trainer.total_steps


def test_resuming_twice_and_with_changes_on_the_way_is_exact_too() -> None:
    def work(stops: tuple[int, ...]) -> Trainer:
        trainer = Trainer(SMALL)
        for units in (3, 2, 3):
            advance(trainer, units)
            trainer.set("lr", 0.01 * units)
            trainer.set("weight_decay", 0.005 * units)
            trainer.set("clip_norm", 0.1 * units)
            if units in stops:
                trainer = resumed(to_bytes(trainer))
        advance(trainer)
        return trainer

    assert_equal(work((3, 2)), work(()))
    assert [event.kind for event in work((3,)).history.events] == [
        "lr",
        "weight_decay",
        "clip_norm",
    ] * 3


@pytest.mark.parametrize("stop", [1, 5, 8, 9, 12, 27])
def test_images_resume_in_mid_epoch_and_in_mid_validation(stop: int) -> None:
    """channels_last, 8 steps an epoch, then 18 parts of a validation."""
    whole, first = Trainer(IMAGES), Trainer(IMAGES)
    advance(whole)
    advance(first, stop)
    assert first.validating == (8 <= stop < 26)
    second = resumed(to_bytes(first))
    advance(second)
    assert_equal(second, whole)


@pytest.mark.parametrize("optimizer", [entry.id for entry in OPTIMIZERS])
def test_every_optimiser_goes_on_exactly(optimizer: str) -> None:
    """Each has states of its own: Adafactor's are rows and columns."""
    layers = [{"layer": "linear", "units": 7}, {"layer": "tanh"}, {"layer": "linear", "units": 5}]
    experiment = points("moons", layers, 100, epochs=2, optimizer={"optimizer": optimizer})
    whole, first = Trainer(experiment), Trainer(experiment)
    advance(whole)
    advance(first, 3)
    second = resumed(to_bytes(first))
    advance(second)
    assert_equal(second, whole)


def test_a_network_keeps_its_order_in_memory() -> None:
    """Of one channel both orders look contiguous, but convolutions choose their kernel by the strides."""
    first = Trainer(KINDS["averaged, one channel"])
    advance(first, 3)
    second = resumed(to_bytes(first))
    for trainer in (first, second):
        with trainer.judged():
            strides = [parameter.stride() for parameter in trainer.model.parameters()]
        assert strides == [parameter.stride() for parameter in first.model.parameters()]
    averages = [weight.stride() for weight in first.practice.average.weights]  # type: ignore[union-attr]
    assert averages == [weight.stride() for weight in second.practice.average.weights]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["augmentation", "recurrent, dropout, texts"])
def test_a_run_of_a_gpu_goes_on_on_the_cpu(kind: str) -> None:
    """Its dropout and augmentation begin again from the seed; all else is as it was."""
    first = Trainer(KINDS[kind])
    advance(first, 5)
    header, tensors = parts_of(to_bytes(first))
    header["device"] = "cuda:0"
    of_gpu = torch.zeros(16, dtype=torch.uint8)  # as long as the state of a GPU's generator
    tensors["random/cuda:0"] = of_gpu
    if "batches/augmenter" in tensors:
        tensors["batches/augmenter"] = of_gpu.clone()
    second = resumed(signed(header, tensors))
    assert second.step == 5
    assert second.history.equals(first.history)
    for name, value in first.model.state_dict().items():
        assert torch.equal(value, second.model.state_dict()[name]), name
    for name, value in first.batches.state_dict().items():
        is_same = torch.equal(second.batches.state_dict()[name], value)
        assert is_same == (name != "augmenter"), name
    advance(second)
    assert second.finished


def test_a_foreign_generator_is_refused_where_the_device_is_the_same() -> None:
    first = Trainer(KINDS["augmentation"])
    advance(first, 2)
    header, tensors = parts_of(to_bytes(first))
    tensors["random/cuda:0"] = torch.zeros(16, dtype=torch.uint8)
    with pytest.raises(ExperimentError, match="nothing of this experiment is called random/cuda:0"):
        resumed(signed(header, tensors))


def test_training_resumes_from_a_folder(tmp_path: Path) -> None:
    class Interrupted(Exception):
        pass

    def interrupt(trainer: Trainer) -> None:
        if trainer.step == 7:
            raise Interrupted

    with pytest.raises(Interrupted):
        train(SMALL, on_step=interrupt, checkpoint=tmp_path, every_s=0)
    (tmp_path / ".checkpoint-1.safetensors.99999.tmp").write_bytes(b"left by a crash")
    with pytest.raises(ExperimentError, match="earlier run"):
        train(SMALL, checkpoint=tmp_path)
    with pytest.raises(ExperimentError, match="another experiment"):
        train(EVERYTHING, checkpoint=tmp_path, resume=True)
    steps: list[int] = []
    again = train(
        SMALL, on_step=lambda trainer: steps.append(trainer.step), checkpoint=tmp_path, resume=True
    )
    whole = train(SMALL)
    assert steps == list(range(7, whole_steps() + 1))
    assert (
        again.history is not None
        and whole.history is not None
        and again.history.equals(whole.history)
    )
    assert not list(tmp_path.glob(".*"))
    finished = train(SMALL, checkpoint=tmp_path, resume=True)
    assert finished.history is not None and finished.history.equals(whole.history)


def whole_steps() -> int:
    return Trainer(SMALL).total_steps


def test_the_newest_whole_checkpoint_is_taken_and_few_are_kept(tmp_path: Path) -> None:
    trainer = Trainer(SMALL)
    for _ in range(4):
        advance(trainer, 1)
        save_checkpoint(trainer, tmp_path)
    newest, before = checkpoints_in(tmp_path)
    data = bytearray(newest.read_bytes())
    data[-3] ^= 1
    newest.write_bytes(bytes(data))
    found = latest_checkpoint(tmp_path)
    assert found is not None and found.step == from_bytes(before.read_bytes()).step == 3
    before.write_bytes(before.read_bytes()[:-1])
    with pytest.raises(ExperimentError, match="checksum"):
        latest_checkpoint(tmp_path)


@pytest.mark.parametrize("change", ["empty", "short", "flipped", "text", "pickle", "weights"])
def test_what_is_no_checkpoint_is_refused_with_a_sentence(change: str) -> None:
    trainer = Trainer(SMALL)
    advance(trainer, 2)
    data = to_bytes(trainer)
    from safetensors.torch import save

    bad = {
        "empty": b"",
        "short": data[: len(data) // 2],
        "flipped": data[:-20] + bytes([data[-20] ^ 255]) + data[-19:],
        "text": b"hello " * 50,
        "pickle": b"\x80\x04cos\nsystem\n(S'true'\ntR.",
        "weights": save(trainer.model.state_dict()),
    }[change]
    with pytest.raises(ExperimentError, match="not a usable checkpoint"):
        from_bytes(bad)


def test_state_of_another_network_is_refused() -> None:
    one, other = Trainer(SMALL), Trainer(points(layers=NET[:1], size=100))
    advance(one, 2)
    with pytest.raises(ExperimentError):
        from_bytes(to_bytes(one))(other)


def test_an_optimiser_state_of_another_shape_is_refused() -> None:
    trainer = Trainer(SMALL)
    advance(trainer, 2)
    first = next(iter(trainer.optimizer.state.values()))
    first["momentum_buffer"] = torch.zeros(3)
    data = to_bytes(trainer)
    with pytest.raises(ExperimentError, match="momentum_buffer"):
        resumed(data)


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_kill_9_while_checkpoints_are_written_leaves_none_unreadable() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kill_checkpoints", "15"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["kills"] == 15 and figures["unreadable"] == 0 and figures["resumed_equal"]
    assert figures["files_read"] > 15 and figures["steps"] > 10
