"""Features of a frozen backbone are computed once, and are bit for bit those of every batch."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from playground.catalogues.backbones import Backbone
from playground.experiment import Experiment
from playground.export.onnx import export_onnx
from playground.network import frozen_start as frozen_starts
from playground.network.cost import cost_of
from playground.results import train
from playground.training import checkpoints, features
from playground.training.trainer import Trainer

from ..backbones import NET, network, over_digits, put_weights
from ..export.test_script import expected, fewer_digits, lines_of
from ..lanes import long_except
from ..scripts import run_script_by_itself

__all__ = ["fewer_digits"]
pytestmark = pytest.mark.usefixtures("fewer_digits")
LINEAR = [{"layer": "linear", "units": 8}, {"layer": "relu"}]


@pytest.fixture(autouse=True)
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretrained weights made here, and a shelf of its own."""
    monkeypatch.setattr(features, "SHELF", features.Shelf())
    return put_weights(monkeypatch, tmp_path / "data", NET, network().state_dict())


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pictures backbones look at, each time."""
    counts: list[int] = []
    look: Callable[..., Any] = Backbone.look

    def counted(backbone: Backbone, x: torch.Tensor) -> torch.Tensor:
        if not x.is_meta:
            counts.append(len(x))
        return look(backbone, x)

    monkeypatch.setattr(Backbone, "look", counted)
    return counts


def run(experiment: Experiment) -> tuple[dict[str, torch.Tensor], np.ndarray]:
    """The weights at the end, and every loss."""
    finished = train(experiment)
    assert finished.history is not None
    losses = finished.history.table("steps")["train_loss"]
    judged = finished.history.table("epochs")["val_loss"]
    return finished.model.state_dict(), np.concatenate([losses, judged])


BACKBONES_WRITTEN = ["shufflenet_v2_x0_5", "mobilenet_v3_small", "resnet18"]
VARIANTS = {
    "features": over_digits(LINEAR),
    "maps": over_digits([{"layer": "global_pool"}], returns="maps", stage=3),
    "averaged, added up": over_digits(LINEAR, {"ema": 0.9, "accumulate": 3, "keep_best": True}),
    "one batch by heart": over_digits(LINEAR, {"overfit_batch": True}),
}


@pytest.mark.parametrize("name", long_except(["features"], VARIANTS))
def test_kept_features_change_no_bit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = run(VARIANTS[name])
    monkeypatch.setattr(frozen_starts, "MOST_BYTES", 0)
    computed = run(VARIANTS[name])
    assert np.array_equal(kept[1], computed[1])
    assert all(torch.equal(computed[0][key], value) for key, value in kept[0].items())


def test_every_picture_is_looked_at_once_however_many_epochs_and_runs(looked_at: list[int]) -> None:
    experiment = over_digits(LINEAR, {"epochs": 3})
    train(experiment)
    n_pictures = sum(looked_at)
    # 250 for training in batches of 60, 250 for validation: each filled up to pieces of 16.
    assert n_pictures == 4 * 64 + 16 + 256
    train(over_digits([], {"epochs": 1, "seed": 5}))
    assert sum(looked_at) == n_pictures


def test_pictures_that_change_by_chance_are_looked_at_every_time() -> None:
    moving = over_digits(LINEAR).to_dict()
    moving["data"]["augment"] = {"shift": 2}
    behind = over_digits().to_dict()
    behind["layers"].insert(0, {"layer": "conv2d", "channels": 3})
    for value in (moving, behind):
        trainer = Trainer(Experiment.from_dict(value))
        assert trainer.batches._features is None
    assert Trainer(over_digits()).batches._features is not None


def test_other_weights_are_looked_through_again(looked_at: list[int]) -> None:
    trainer = Trainer(over_digits())
    trainer.batches._features(torch.arange(16))
    before = len(looked_at)
    trainer.model.features[0].take(network(seed=8).state_dict())
    of_other = trainer.batches._features(torch.arange(16))
    assert len(looked_at) == before + 1
    assert torch.equal(of_other, trainer.model.features[0](trainer.split.train_x[:16]))


def test_the_shelf_forgets_what_was_not_used_for_longest() -> None:
    shelf = features.Shelf(max_bytes=100)

    def blank() -> features.Kept:
        return features.Kept(torch.zeros(10), torch.zeros(10, dtype=torch.bool))

    first, second = shelf.take("a", blank()), shelf.take("b", blank())
    assert shelf.take("a", blank()) is first
    shelf.take("c", blank())
    assert shelf.take("a", blank()) is first
    assert shelf.take("b", blank()) is not second


def test_neither_gradients_nor_an_optimisers_state_are_kept_of_it() -> None:
    trainer = Trainer(over_digits(LINEAR))
    with trainer.turn():
        trainer.advance()
    of_backbone = list(trainer.model.features[0].parameters())
    assert all(parameter.grad is None for parameter in of_backbone)
    assert not any(parameter in trainer.optimizer.state for parameter in of_backbone)
    assert len(trainer.optimizer.state) == 4  # two layers with weights and biases


def test_a_frozen_backbone_costs_one_pass_and_later_epochs_next_to_nothing() -> None:
    frozen = cost_of(over_digits(training={"epochs": 10}))
    learning = cost_of(over_digits(training={"epochs": 10}, frozen=False))
    assert frozen.step_flops < learning.step_flops / 2
    assert frozen.total_s < learning.total_s / 5
    assert frozen.memory_bytes < learning.memory_bytes


@pytest.mark.long
def test_a_checkpoint_goes_on_as_if_it_had_never_stopped() -> None:
    experiment = over_digits(LINEAR)
    straight = Trainer(experiment)
    stopped = Trainer(experiment)
    for _ in range(3):
        with stopped.turn():
            stopped.advance()
    resumed = Trainer(experiment)
    checkpoints.from_bytes(checkpoints.to_bytes(stopped))(resumed)
    for trainer in (straight, resumed):
        while not trainer.finished:
            with trainer.turn():
                trainer.advance()
    expected_weights = straight.model.state_dict()
    for key, value in resumed.model.state_dict().items():
        assert torch.equal(value, expected_weights[key])


@pytest.mark.long
@pytest.mark.parametrize("frozen", [True, False])
def test_the_script_prints_the_runs_numbers(
    frozen: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # torchvision keeps what it has downloaded there, under this name.
    place = tmp_path / "torch" / "hub" / "checkpoints" / "shufflenetv2_x0.5-f707e7126e.pth"
    place.parent.mkdir(parents=True)
    torch.save(network().state_dict(), place)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    experiment = over_digits(LINEAR, {"epochs": 2 if frozen else 1}, frozen=frozen)
    assert lines_of(experiment, tmp_path, run_script_by_itself) == expected(experiment)


@pytest.mark.parametrize("net", long_except(["shufflenet_v2_x0_5"], BACKBONES_WRITTEN))
def test_onnx_gives_the_networks_outputs(net: str, tmp_path: Path) -> None:
    # Something has to be learned, and little: what is compared are the outputs.
    experiment = over_digits(training={"epochs": 1}, net=net, weights="random", stage=2)
    assert export_onnx(train(experiment), tmp_path / "net.onnx") < 1e-4
