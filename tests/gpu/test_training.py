"""Training on a GPU: the losses of the CPU, the same bits every time, resumed or not, and all precisions."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from playground.__main__ import main
from playground.experiment import Experiment
from playground.export.script import script
from playground.network.builder import build_model
from playground.preset_files import presets
from playground.results import train
from playground.training.checkpoints import to_bytes
from playground.training.range_test import lr_range_test
from playground.training.trainer import Diverged, Trainer

from ..conftest import points, short
from ..scripts import run_script_by_itself
from ..training.test_checkpoints import KINDS, advance, assert_equal, resumed

GPU = "cuda:0"
STEPS = 8
# Float32 sums in another order; in convolutions cuDNN rounds to 10 bits on its own (TF32), which is off here.
TOLERANCE = 1e-4
# After a step of Adam, which is as long for the smallest gradient as for the largest: where one is all but zero, its
# sign may be another one. 1.1e-4 was seen in a ResNet-18.
AFTER_A_STEP = 1e-3
CNN = [
    {"layer": "conv2d", "channels": 8, "stride": 2},
    {"layer": "batchnorm2d"},
    {"layer": "relu"},
    {"layer": "flatten"},
    {"layer": "dropout", "p": 0.2},
]


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", False)


def losses(trainer: Trainer) -> list[float]:
    trainer.flush()
    return [float(loss) for loss in trainer.history.column("steps", "train_loss")]


def draws_while_training(experiment: Experiment) -> bool:
    """Whether chance has a part in a step: a GPU draws other numbers than the CPU."""
    model = build_model(experiment)
    kinds = (nn.modules.dropout._DropoutNd,)
    drops = any(isinstance(module, kinds) and module.p > 0 for module in model.modules())
    drops |= any(getattr(module, "dropout", 0) for module in model.modules())
    return drops or experiment.data.augmentation() is not None


@pytest.mark.usefixtures("exact")
@pytest.mark.parametrize("preset_id", sorted(presets()))
def test_the_first_losses_of_every_preset_are_those_of_the_cpu(preset_id: str) -> None:
    experiment = short(preset_id)
    on_cpu, on_gpu = Trainer(experiment), Trainer(experiment, GPU)
    assert all(p.device.type == "cuda" for p in on_gpu.model.parameters())
    advance(on_cpu, 2)
    advance(on_gpu, 2)
    assert all(map(math.isfinite, losses(on_gpu)))
    if not draws_while_training(experiment):
        (first, second), (first_on_cpu, second_on_cpu) = losses(on_gpu), losses(on_cpu)
        assert first == pytest.approx(first_on_cpu, rel=TOLERANCE)
        assert second == pytest.approx(second_on_cpu, rel=AFTER_A_STEP)


@pytest.mark.parametrize("preset_id", sorted(presets()))
def test_two_runs_of_a_preset_have_the_same_bits(preset_id: str) -> None:
    first, second = Trainer(short(preset_id), GPU), Trainer(short(preset_id), GPU)
    advance(first, STEPS)
    advance(second, STEPS)
    assert losses(first) == losses(second)
    theirs = second.model.state_dict()
    for name, value in first.model.state_dict().items():
        assert torch.equal(value, theirs[name]), name


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_training_goes_on_exactly(kind: str) -> None:
    whole, first = Trainer(KINDS[kind], GPU), Trainer(KINDS[kind], GPU)
    units = advance(whole)
    advance(first, units // 2)
    second = resumed(to_bytes(first), GPU)
    advance(second)
    whole.flush()
    second.flush()
    assert_equal(second, whole)


def test_a_checkpoint_of_the_gpu_goes_on_on_the_cpu() -> None:
    first = Trainer(points("moons", epochs=3), GPU)
    advance(first, 12)
    second = resumed(to_bytes(first), "cpu")
    advance(second)
    assert second.finished and second.epoch == 3
    # No chance has a part in it, so it is what it would have been, up to rounding.
    whole = Trainer(points("moons", epochs=3))
    advance(whole)
    assert losses(second) == pytest.approx(losses(whole), rel=1e-3)


def test_dropout_and_augmentation_go_on_on_another_device() -> None:
    for kind in ("augmentation", "recurrent, dropout, texts"):
        for there, here in ((GPU, "cpu"), ("cpu", GPU)):
            first = Trainer(KINDS[kind], there)
            advance(first, 3)
            second = resumed(to_bytes(first), here)
            assert second.step == 3
            advance(second, 3)
            assert all(map(math.isfinite, losses(second)))


def test_dropout_between_recurrent_layers_repeats_whatever_the_turns() -> None:
    """cuDNN draws it from numbers of its own."""
    experiment = KINDS["recurrent, dropout, texts"]
    whole, pieces = Trainer(experiment, GPU), Trainer(experiment, GPU)
    advance(whole, 9)
    for _ in range(9):
        advance(pieces, 1)
    assert losses(pieces) == losses(whole)


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
@pytest.mark.parametrize("optimizer", ["adam", "adamw", "sgd", "adafactor", "muon", "rmsprop"])
def test_half_precision_learns_as_float32_does(precision: str, optimizer: str) -> None:
    layers = [{"layer": "linear", "units": 32}, {"layer": "relu"}]
    choice = {"optimizer": optimizer} | ({"lr": 0.1} if optimizer == "sgd" else {})
    more: dict[str, Any] = {"optimizer": choice, "epochs": 20, "clip_norm": 1.0, "ema": 0.5}
    whole = train(points("moons", layers, precision="float32", **more), GPU)
    halved = train(points("moons", layers, precision=precision, **more), GPU)
    assert whole.history is not None and halved.history is not None
    ends = [float(run.history.column("epochs", "val_loss")[-1]) for run in (whole, halved)]
    assert ends[1] == pytest.approx(ends[0], abs=0.05)
    for table in ("steps", "epochs"):
        for name, column in halved.history.table(table).items():
            assert all(map(math.isfinite, column)) or name == "seconds", name


def test_a_run_in_fp16_goes_on_exactly() -> None:
    experiment = points("moons", epochs=6, precision="fp16", optimizer={"optimizer": "adam"})
    whole, first = Trainer(experiment, GPU), Trainer(experiment, GPU)
    units = advance(whole)
    advance(first, units // 2)
    second = resumed(to_bytes(first), GPU)
    advance(second)
    assert_equal(second, whole)


SCRIPTS: dict[str, Experiment] = {
    "points": points("moons", epochs=2, precision="fp16"),
    "clipped, averaged, accumulated": points(
        "moons", epochs=3, precision="fp16", clip_norm=0.5, ema=0.5, accumulate=2
    ),
    "recurrent": Experiment.from_dict(
        {
            **KINDS["recurrent, dropout, texts"].model_dump(mode="json"),
            "training": {"epochs": 2, "precision": "fp16"},
        }
    ),
    "pictures": Experiment.from_dict(
        {
            "data": {"dataset": "digits", "validation": 0.8},
            "layers": CNN[:4],
            "training": {"epochs": 2, "precision": "fp16"},
        }
    ),
    "augmented": Experiment.from_dict(
        {
            "data": {"dataset": "digits", "validation": 0.8, "augment": {"shift": 2, "noise": 0.1}},
            "layers": CNN[:4],
            "training": {"epochs": 2, "precision": "fp16"},
        }
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_in_fp16_prints_the_runs_numbers(name: str, tmp_path: Path) -> None:
    from ..export.test_script import lines_of

    experiment = SCRIPTS[name]
    assert "GradScaler" in script(experiment)
    history = train(experiment, GPU).history
    assert history is not None
    table = history.table("epochs")
    printed = lines_of(experiment, tmp_path, run_script_by_itself)
    assert len(printed) == len(table["epoch"])
    for i, line in enumerate(printed):
        assert (
            f"train_loss {table['train_loss'][i]:.9g}  val_loss {table['val_loss'][i]:.9g}" in line
        )


def test_a_rate_that_is_too_high_ends_the_run_with_the_step_and_a_layer() -> None:
    training = {"epochs": 3, "optimizer": {"optimizer": "sgd", "lr": 1e3}, "loss": {"loss": "mse"}}
    layers = [{"layer": "linear", "units": 8}, {"layer": "relu"}]
    experiment = Experiment.from_dict(
        {"data": {"dataset": "diabetes"}, "layers": layers, "training": training}
    )
    faults = []
    for device in ("cpu", GPU):
        trainer = Trainer(experiment, device)
        with pytest.raises(Diverged) as raised:
            advance(trainer)
            trainer.flush()
        faults.append(raised.value.fault)
        assert len(losses(trainer)) == int(faults[-1].values["step"]) - 1
    # Read late, a GPU tells the step exactly and the cause from what the weights have become.
    assert faults[1].code == "nan_update"
    assert faults[1].values["step"] == faults[0].values["step"]


def test_the_range_test_suggests_a_rate() -> None:
    found = lr_range_test(points("moons", size=400), GPU)
    assert found.suggestion is not None and 1e-5 < found.suggestion < 10


def test_the_command_line_trains_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--device", "cuda", "--epochs", "2", "--out", str(tmp_path / "run")]
    assert main(["train", "points-xor", *out]) == 0
    assert (tmp_path / "run/model.safetensors").exists() or list((tmp_path / "run").iterdir())
    assert main(["train", "points-xor", "--device", "cuda:7", "--epochs", "1"]) == 2
