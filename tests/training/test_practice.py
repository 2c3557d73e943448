"""Averaged weights, early stopping, accumulated gradients, one batch by heart: against plain loops and by hand."""

from collections.abc import Iterator
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from playground.experiment import Experiment
from playground.faults import ExperimentError, Fault
from playground.results import train
from playground.training.practice import Average, Patience
from playground.training.trainer import Trainer

from ..conftest import points
from .loops import plain_loop, state

DROPOUT = [{"layer": "linear", "units": 8}, {"layer": "relu"}, {"layer": "dropout", "p": 0.3}]
NORMED = [{"layer": "linear", "units": 8}, {"layer": "batchnorm1d"}, {"layer": "relu"}]
SGD = {"optimizer": "sgd", "lr": 0.1, "momentum": 0.9}
RESTLESS = {"optimizer": "adam", "lr": 0.3}  # its validation loss goes up and down


def units_of(trainer: Trainer) -> Iterator[None]:
    """Trains to the end; gives way after every unit of work."""
    while not trainer.finished:
        with trainer.turn():
            trainer.advance()
        yield


def run(experiment: Experiment) -> Trainer:
    trainer = Trainer(experiment)
    for _ in units_of(trainer):
        pass
    return trainer


def assert_same(a: dict[str, Tensor], b: dict[str, Tensor]) -> None:
    assert a.keys() == b.keys()
    for name, value in a.items():
        assert torch.equal(value, b[name]), name


def losses_of(trainer: Trainer) -> list[float]:
    return [float(value) for value in trainer.history.column("steps", "train_loss")]


def val_loss(model: nn.Module, experiment: Experiment) -> float:
    split = experiment.data.split()
    model.eval()
    with torch.no_grad():
        loss = nn.functional.cross_entropy(model(split.val_x), split.val_y).item()
    return loss * len(split.val_y) / len(split.val_y)


# ---- one batch by heart ----


def test_every_step_uses_the_batch_that_a_run_begins_with() -> None:
    experiment = points(layers=DROPOUT, size=60, overfit_batch=True)
    trainer, (model, losses, _) = run(experiment), plain_loop(experiment)
    assert len(losses) == 9  # three epochs of 48 points in batches of 20
    assert losses_of(trainer) == losses
    assert_same(state(trainer.model), state(model))
    assert losses_of(run(points(layers=DROPOUT, size=60)))[0] == losses[0]


def test_accumulated_steps_of_one_batch_are_of_that_batch_alone() -> None:
    experiment = points(layers=DROPOUT, size=60, overfit_batch=True, accumulate=2)
    trainer, (model, losses, _) = run(experiment), plain_loop(experiment)
    assert losses_of(trainer) == losses and len(losses) == 6
    assert_same(state(trainer.model), state(model))


def test_one_batch_is_learned_by_heart_while_new_points_are_not() -> None:
    layers = [
        {"layer": "linear", "units": 32},
        {"layer": "tanh"},
        {"layer": "linear", "units": 32},
        {"layer": "tanh"},
    ]
    optimizer = {"optimizer": "adam", "lr": 0.01}
    trainer = run(
        points("spirals", layers, 100, epochs=60, overfit_batch=True, optimizer=optimizer)
    )
    assert losses_of(trainer)[0] > 0.5 and losses_of(trainer)[-1] < 0.002
    assert trainer.history.column("epochs", "val_loss")[-1] > 0.5


def test_one_batch_is_never_augmented() -> None:
    data = {"dataset": "digits", "validation": 0.9, "batch_size": 48, "augment": {"noise": 0.5}}
    value: dict[str, Any] = {"data": data, "layers": [{"layer": "flatten"}]}
    value["training"] = {"epochs": 1, "overfit_batch": True}
    augmented = run(Experiment.from_dict(value))
    del data["augment"]
    assert losses_of(augmented) == losses_of(run(Experiment.from_dict(value)))


# ---- accumulated gradients ----


@pytest.mark.parametrize("accumulate", [1, 2, 3, 8, 100])
def test_accumulated_steps_are_those_of_a_plain_loop(accumulate: int) -> None:
    experiment = points(layers=DROPOUT, size=190, optimizer=SGD, accumulate=accumulate)
    trainer, (model, losses, _) = run(experiment), plain_loop(experiment)
    assert len(losses) == 3 * -(
        -8 // accumulate
    )  # 152 points: seven batches of 20 and one of 12 an epoch
    assert losses_of(trainer) == losses
    assert_same(state(trainer.model), state(model))


@pytest.mark.parametrize("accumulate", [2, 3, 8])
def test_so_many_small_batches_take_the_step_of_one_large_batch(accumulate: int) -> None:
    """The last group of an epoch is short of batches (three of eight) and ends with a short batch."""
    small = points("moons", size=190, optimizer=SGD, accumulate=accumulate)
    data = small.data.model_copy(update={"batch_size": 20 * accumulate})
    training = small.training.model_copy(update={"accumulate": 1})
    large = run(small.model_copy(update={"data": data, "training": training}))
    trainer = run(small)
    assert trainer.step == large.step == 3 * -(-152 // (20 * accumulate))
    assert losses_of(trainer) == pytest.approx(losses_of(large), rel=1e-5)
    for ours, theirs in zip(trainer.model.parameters(), large.model.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-5, atol=1e-6)


def test_the_schedule_counts_accumulated_steps() -> None:
    trainer = run(
        points(size=190, accumulate=3, schedule={"schedule": "step", "every": 1, "gamma": 0.5})
    )
    assert (
        trainer.history.column("steps", "lr").tolist() == [0.001] * 3 + [0.0005] * 3 + [0.00025] * 3
    )


def test_an_epochs_loss_is_the_mean_of_its_accumulated_steps_by_samples() -> None:
    trainer = run(points(size=190, accumulate=3))  # 152 points: steps of 60, 60 and 32 samples
    losses = losses_of(trainer)
    means = []
    for first in (0, 3, 6):
        one, two, three = losses[first : first + 3]
        means.append((one * 60 + two * 60 + three * 32) / 152)
    assert trainer.history.column("epochs", "train_loss").tolist() == means


# ---- averaged weights ----


def test_an_average_moves_by_its_share_of_the_way() -> None:
    model, average = nn.Linear(1, 1), Average(0.75)
    found = []
    for weight in (8.0, 4.0, 0.0):
        with torch.no_grad():
            model.weight.fill_(weight)
            model.bias.fill_(-weight)
        average.update(model)
        found.append([each.item() for each in average.weights])
    assert found == [[8, -8], [7, -7], [5.25, -5.25]]


def test_swapping_twice_gives_the_model_its_own_weights_again() -> None:
    model, average = nn.Linear(1, 1, bias=False), Average(0.5)
    for weight in (2.0, 6.0):
        with torch.no_grad():
            model.weight.fill_(weight)
        average.update(model)
    average.swap(model)
    assert (model.weight.item(), average.weights[0].item()) == (4, 6)
    average.swap(model)
    assert (model.weight.item(), average.weights[0].item()) == (6, 4)


def test_before_the_first_step_there_is_nothing_to_swap() -> None:
    trainer = Trainer(points(ema=0.9))
    before = state(trainer.model)
    with trainer.judged():
        assert_same(state(trainer.model), before)


def test_the_averaged_weights_are_judged_and_kept_and_never_trained() -> None:
    experiment = points(layers=NORMED, ema=0.75, optimizer=SGD)
    trainer = run(experiment)
    plain = points(layers=NORMED, optimizer=SGD)
    model, losses, weights = plain_loop(plain)
    assert losses_of(trainer) == losses == losses_of(run(plain))
    names = [name for name, _ in model.named_parameters()]
    averages = {name: weights[0][name] for name in names}
    val_losses = []
    for step, after in enumerate(weights, 1):
        if step > 1:
            averages = {name: torch.lerp(averages[name], after[name], 0.25) for name in names}
        if step % 8 == 0:
            model.load_state_dict({**after, **averages})  # running means are those of the training
            val_losses.append(val_loss(model, experiment))
    assert trainer.history.column("epochs", "val_loss").tolist() == val_losses
    assert_same(state(trainer.model), {**weights[-1], **averages})


def test_between_two_steps_the_model_has_its_own_weights_and_is_asked_with_the_averaged() -> None:
    experiment = points(ema=0.5)
    _, _, weights = plain_loop(experiment)
    trainer = Trainer(experiment)
    with trainer.turn():
        trainer.advance()
        trainer.advance()
    assert_same(state(trainer.model), weights[1])
    averaged = {
        name: torch.lerp(first, weights[1][name], 0.5) for name, first in weights[0].items()
    }
    with trainer.judged():
        assert_same(state(trainer.model), averaged)
    assert_same(state(trainer.model), weights[1])


# ---- early stopping ----


@pytest.mark.parametrize(
    ("epochs", "min_delta", "losses", "stops", "best"),
    [
        (1, 0.0, [0.5, 0.4, 0.4], 3, 2),  # as good as before is not better
        (2, 0.0, [0.5, 0.6, 0.4, 0.5, 0.45], 5, 3),
        (3, 0.0, [0.1, 0.2, 0.3, 0.05, 0.1, 0.1, 0.1], 7, 4),  # saved at the last moment
        (2, 0.25, [1.0, 0.875, 0.75, 0.5], 3, 1),  # lower by just min_delta is not enough
        (2, 0.25, [1.0, 0.875, 0.625, 0.5, 0.4375], 5, 3),  # two small gains together count
        (2, 0.0, [float("nan"), float("nan"), 0.1], 2, 0),
        (None, 0.0, [0.1] * 50, None, 1),
        (5, 0.0, [0.5, 0.4, 0.3, 0.2, 0.1], None, 5),
    ],
)
def test_it_stops_after_so_many_epochs_that_were_not_better(
    epochs: int | None, min_delta: float, losses: list[float], stops: int | None, best: int
) -> None:
    patience, model = Patience(epochs, min_delta, False), nn.Linear(1, 1)
    over = (epoch for epoch, loss in enumerate(losses, 1) if patience.is_over(epoch, loss, model))
    assert next(over, None) == stops
    assert patience.best_epoch == best and patience.weights == {}


def test_the_best_weights_come_back_as_copies() -> None:
    patience, model = Patience(None, 0.0, True), nn.Linear(1, 1)
    for epoch, loss in enumerate([0.5, 0.3, 0.4], 1):
        nn.init.constant_(model.weight, epoch)
        assert not patience.is_over(epoch, loss, model)
    patience.restore(model)
    assert (model.weight.item(), patience.best, patience.best_epoch) == (2, 0.3, 2)


def test_without_keep_best_the_last_weights_stay() -> None:
    patience, model = Patience(1, 0.0, False), nn.Linear(1, 1)
    for epoch, loss in enumerate([0.5, 0.6], 1):
        nn.init.constant_(model.weight, epoch)
        patience.is_over(epoch, loss, model)
    patience.restore(model)
    assert model.weight.item() == 2


def first_stop(losses: list[float], patience: int, min_delta: float) -> tuple[int, int]:
    """(the epoch after which it stops, the best one), from the losses of a run that went on."""
    best, at = losses[0], 1
    for epoch, loss in enumerate(losses, 1):
        if loss < best - min_delta:
            best, at = loss, epoch
        if epoch - at == patience:
            return epoch, at
    raise AssertionError("it would never have stopped")


@pytest.mark.parametrize(("patience", "min_delta"), [(1, 0.0), (3, 0.0), (2, 0.02)])
def test_a_run_stops_where_its_losses_say_and_is_until_then_the_run_that_went_on(
    patience: int, min_delta: float
) -> None:
    whole = run(points("moons", DROPOUT, optimizer=RESTLESS, epochs=40))
    assert whole.end_reason is None
    losses = whole.history.column("epochs", "val_loss").tolist()
    epoch, best = first_stop(losses, patience, min_delta)
    assert 1 < epoch < 40
    trainer = run(
        points(
            "moons", DROPOUT, optimizer=RESTLESS, epochs=40, patience=patience, min_delta=min_delta
        )
    )
    assert trainer.history.column("epochs", "val_loss").tolist() == losses[:epoch]
    assert (trainer.epoch, trainer.step) == (epoch, epoch * 8)
    assert trainer.finished and trainer.settled
    assert trainer.end_reason == Fault(
        "", "stopped_early", {"epoch": epoch, "best": best, "patience": patience}
    )


def test_what_can_never_be_better_stops_after_its_patience() -> None:
    trainer = run(points(epochs=10, patience=2, min_delta=1e6))
    assert trainer.end_reason == Fault("", "stopped_early", {"epoch": 3, "best": 1, "patience": 2})
    assert trainer.end_reason.message == (
        "stopped after epoch 3: the validation loss has not been lower than in epoch 1 for 2 epochs"
    )


# ---- the best weights ----


@pytest.mark.parametrize(
    "options", [{}, {"ema": 0.9}, {"patience": 4}, {"ema": 0.5, "accumulate": 3, "patience": 8}]
)
def test_a_run_ends_with_the_weights_of_its_best_epoch(options: dict[str, Any]) -> None:
    experiment = points("moons", NORMED, optimizer=RESTLESS, epochs=15, keep_best=True, **options)
    after: list[dict[str, Tensor]] = []

    def look(trainer: Trainer) -> None:
        if not trainer.settled:
            with trainer.judged():
                after.append(state(trainer.model))

    finished = train(experiment, on_epoch=look)
    assert finished.history is not None
    losses = finished.history.column("epochs", "val_loss").tolist()
    best = losses.index(min(losses))
    assert best < len(losses) - 1  # else the last weights would do
    assert_same(state(finished.model), after[best])
    assert val_loss(finished.model, experiment) == losses[best]


# ---- half precision ----


def test_fp16_is_refused_where_there_is_no_cuda_and_says_where() -> None:
    with pytest.raises(ExperimentError) as error:
        train(points(precision="fp16"), "cpu")
    fault = Fault("training.precision", "no_fp16", {"device": "cpu"})
    assert error.value.faults == (fault,)
    assert (
        fault.message == "cpu cannot train in fp16, which needs a CUDA GPU; choose bf16 or float32"
    )


def test_the_lowest_loss_is_kept_even_where_it_is_too_little_better_for_patience() -> None:
    patience, model = Patience(None, 0.5, True), nn.Linear(1, 1)
    for epoch, loss in enumerate([1.0, 0.8, 0.9], 1):
        nn.init.constant_(model.weight, epoch)
        assert not patience.is_over(epoch, loss, model)
    patience.restore(model)
    assert model.weight.item() == 2.0 and patience.best_epoch == 1


def test_patience_that_ends_with_the_last_epoch_stopped_nothing() -> None:
    trainer = run(points(epochs=3, patience=2, min_delta=1e6))
    assert trainer.epoch == 3 and trainer.finished and trainer.end_reason is None
