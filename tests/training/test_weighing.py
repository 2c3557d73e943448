"""Means over batches are divided by what the loss itself divides by: one number whatever the batches."""

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from playground.catalogues.losses.modules import balanced_weights
from playground.experiment import Experiment
from playground.training.trainer import Trainer

from ..conftest import points

BALANCED = {"loss": "cross_entropy", "class_weights": "balanced"}
FROZEN = {"frozen": True}


def imbalanced(batch_size: int = 50, **training: Any) -> Experiment:
    data = {"dataset": "digits_imbalanced", "batch_size": batch_size, "validation": 0.5}
    layers = [{"layer": "flatten"}, {"layer": "linear", "units": 8}, {"layer": "tanh"}]
    return Experiment.from_dict(
        {"data": data, "layers": layers, "training": {"epochs": 1, "loss": BALANCED, **training}}
    )


def words(**training: Any) -> Experiment:
    data = {"dataset": "hyphenation", "validation": 0.5, "batch_size": 128}
    layers = [{"layer": "embedding", "size": 4}]
    return Experiment.from_dict(
        {"data": data, "layers": layers, "training": {"epochs": 1, **training}}
    )


def run(trainer: Trainer) -> Trainer:
    with trainer.turn():
        while not trainer.finished:
            trainer.advance()
    return trainer


def answers(trainer: Trainer, x: Tensor) -> Tensor:
    trainer.model.eval()
    with torch.no_grad():
        output: Tensor = trainer.model(x)
    return output


def last(trainer: Trainer, name: str) -> float:
    return float(trainer.history.column("epochs", name)[-1])


def test_the_validation_loss_of_balanced_classes_is_torchs_over_all_samples_at_once() -> None:
    trainer = run(Trainer(imbalanced()))
    split = trainer.split
    assert len(split.val_y) > 3 * 256  # several chunks
    weight = balanced_weights(split.train_y, 10)
    output = answers(trainer, split.val_x)
    at_once = nn.functional.cross_entropy(output, split.val_y, weight).item()
    assert last(trainer, "val_loss") == pytest.approx(at_once, rel=1e-5)
    chunks = zip(output.split(256), split.val_y.split(256), strict=True)
    by_samples = 0.0
    for scores, targets in chunks:
        loss = nn.functional.cross_entropy(scores, targets, weight).item()
        by_samples += loss * len(targets) / len(split.val_y)
    assert abs(by_samples - at_once) > 1e-3  # else the test would show nothing


def test_the_validation_loss_of_labelled_steps_is_torchs_over_all_steps_at_once() -> None:
    trainer = run(Trainer(words()))
    split = trainer.split
    output = answers(trainer, split.val_x)
    target = split.val_y[:, : output.shape[1]]
    at_once = nn.functional.cross_entropy(output.flatten(0, 1), target.flatten()).item()
    assert last(trainer, "val_loss") == pytest.approx(at_once, rel=1e-5)


def test_a_last_batch_of_one_sample_weighs_as_one_sample() -> None:
    """Nothing learns here, so the epoch's loss is that of the training part."""
    layers = [{"layer": "linear", "units": 6, "learning": FROZEN}, {"layer": "tanh"}]
    head = {"lr_scale": 1e-30}  # something has to learn; so slowly that no weight moves
    trainer = Trainer(points(layers=layers, size=101, output=head, optimizer={"optimizer": "sgd"}))
    before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
    run(trainer)
    for name, value in trainer.model.state_dict().items():
        assert torch.equal(value, before[name])
    split = trainer.split
    assert len(split.train_y) % 20 == 1
    whole = nn.functional.cross_entropy(answers(trainer, split.train_x), split.train_y).item()
    assert last(trainer, "train_loss") == pytest.approx(whole, rel=1e-5)
    steps = trainer.history.column("steps", "train_loss")[-trainer.steps_per_epoch :]
    assert abs(steps.mean() - whole) > 1e-3


@pytest.mark.parametrize("make", [imbalanced, words], ids=["balanced classes", "labelled steps"])
def test_accumulated_batches_take_the_first_step_of_one_large_batch(make: Any) -> None:
    small = make(accumulate=3)
    data = small.data.model_copy(update={"batch_size": 3 * small.data.batch_size})
    training = small.training.model_copy(update={"accumulate": 1})
    large = small.model_copy(update={"data": data, "training": training})
    trainers = [Trainer(experiment) for experiment in (small, large)]
    gradients: list[list[Tensor]] = []
    for trainer in trainers:
        with trainer.turn():
            trainer.advance()
        trainer.flush()
        gradients.append([p.grad for p in trainer.model.parameters() if p.grad is not None])
    first, second = (t.history.column("steps", "train_loss")[0] for t in trainers)
    assert first == pytest.approx(second, rel=1e-5)
    for ours, theirs in zip(*gradients, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("make", [imbalanced, words], ids=["balanced classes", "labelled steps"])
def test_a_device_that_is_read_late_weighs_the_same(make: Any) -> None:
    late = Trainer(make(), reads_late=True)
    assert run(Trainer(make())).history.equals(run(late).history)
