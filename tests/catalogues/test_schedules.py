"""Schedules whose curve the contract cannot follow: what is left for validation to decide, odd numbers of steps."""

import random
from typing import Any

import pytest
import torch
from torch import nn

from playground.catalogues.schedules import SCHEDULES, PlateauWatch
from playground.experiment import Experiment

from .test_catalogues import faults_of


def optimizer(lr: float = 0.1) -> torch.optim.Optimizer:
    return torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr)


@pytest.mark.parametrize(
    ("gamma", "patience", "cooldown", "least"),
    [(0.5, 2, 0, 0.0), (0.1, 0, 3, 0.0), (0.5, 1, 1, 0.2), (0.9, 5, 0, 0.0)],
)
def test_the_plateau_drops_where_torchs_own_does(
    gamma: float, patience: int, cooldown: int, least: float
) -> None:
    theirs = optimizer()
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
        theirs, factor=gamma, patience=patience, cooldown=cooldown, min_lr=0.1 * least, eps=0
    )
    ours = PlateauWatch(gamma, patience, cooldown, least)
    rng, loss, dropped = random.Random(7), 1.0, 0
    for _ in range(200):
        loss *= rng.choice((0.9, 0.99995, 1.0, 1.02, 1.05))
        before = ours.factor
        scheduler.step(loss)
        ours.add(loss)
        dropped += ours.factor < before
        assert 0.1 * ours.factor == pytest.approx(theirs.param_groups[0]["lr"], rel=1e-9)
    assert dropped > 2


def test_a_watch_goes_on_where_its_state_was_kept() -> None:
    whole, first, second = (PlateauWatch(0.5, 1, 2, 0.0) for _ in range(3))
    losses = [1.0, 0.9, 0.95, 0.97, 0.99, 0.98, 0.97, 0.5, 0.6, 0.7]
    for loss in losses:
        whole.add(loss)
    for loss in losses[:4]:
        first.add(loss)
    second.load_state_dict(first.state_dict())
    for loss in losses[4:]:
        second.add(loss)
    assert second.state_dict() == whole.state_dict()
    assert whole.factor < 1


@pytest.mark.parametrize("stretch", [1, 2, 3])
def test_warm_restarts_restart_where_torchs_own_do(stretch: int) -> None:
    theirs, per_epoch = optimizer(), 7
    scheduler = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(
        theirs, 2 * per_epoch, stretch, eta_min=0.01
    )
    ours = SCHEDULES["warm_restarts"](first=2, stretch=stretch, final=0.1)  # type: ignore[call-arg]
    for step in range(200):
        assert 0.1 * ours.factor(step, 200, per_epoch) == pytest.approx(
            theirs.param_groups[0]["lr"], rel=1e-9
        )
        scheduler.step()


def test_a_halving_cycle_is_triangular2() -> None:
    theirs = optimizer()
    lib: Any = torch.optim.lr_scheduler
    scheduler = lib.CyclicLR(theirs, 0.02, 0.1, 10, mode="triangular2", cycle_momentum=False)
    ours = SCHEDULES["cyclic"](rise=2, low=0.2, halving=True)  # type: ignore[call-arg]
    for step in range(90):
        assert 0.1 * ours.factor(step, 90, 5) == pytest.approx(
            theirs.param_groups[0]["lr"], rel=1e-9
        )
        theirs.step()
        scheduler.step()


def test_milestones_may_stand_in_any_order_and_repeat() -> None:
    theirs = optimizer()
    scheduler = torch.optim.lr_scheduler.MultiStepLR(theirs, [5, 2, 5], 0.5)
    ours = SCHEDULES["multi_step"](milestones=[5, 2, 5], gamma=0.5)  # type: ignore[call-arg]
    for epoch in range(8):
        assert 0.1 * ours.factor(epoch * 3 + 2, 24, 3) == pytest.approx(
            theirs.param_groups[0]["lr"]
        )
        theirs.step()
        scheduler.step()


@pytest.mark.parametrize("bad", [[], [0], [1.5], ["3"], "3", [True], list(range(1, 60)), [20_000]])
def test_milestones_that_are_none_are_refused_at_their_place(bad: Any) -> None:
    schedule = {"schedule": "multi_step", "milestones": bad}
    [(place, _)] = faults_of({"data": {"dataset": "xor"}, "training": {"schedule": schedule}})[:1]
    assert place.startswith("training.schedule.milestones")


def test_milestones_survive_the_link() -> None:
    schedule = {"schedule": "multi_step", "milestones": [4, 8]}
    experiment = Experiment.from_dict(
        {"data": {"dataset": "xor"}, "training": {"schedule": schedule}}
    )
    assert Experiment.from_link(experiment.to_link()) == experiment
    assert experiment.to_dict()["training"]["schedule"] == schedule


@pytest.mark.parametrize("total", [1, 2, 3, 4, 5, 6, 7, 11, 40])
@pytest.mark.parametrize("rise", [0.01, 0.3, 0.5, 0.9])
def test_one_cycle_is_torchs_in_runs_of_few_steps_too(total: int, rise: float) -> None:
    if rise * total == 1.0:
        pytest.skip("torch divides by zero here")
    theirs = optimizer()
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        theirs,
        0.1,
        total_steps=total,
        pct_start=rise,
        div_factor=25,
        final_div_factor=1e4,
        cycle_momentum=False,
    )
    ours = SCHEDULES["one_cycle"](rise=rise, start=1 / 25, end=1 / 25 / 1e4)  # type: ignore[call-arg]
    for step in range(total):
        factor = ours.factor(step, total, total)
        assert 0.1 * factor == pytest.approx(theirs.param_groups[0]["lr"], rel=1e-9)
        theirs.step()
        if step + 1 < total:
            scheduler.step()


def test_one_cycle_whose_rise_is_one_step_begins_at_its_start() -> None:
    ours = SCHEDULES["one_cycle"](rise=0.25, start=0.04)  # type: ignore[call-arg]
    assert ours.factor(0, 4, 4) == 0.04


def test_a_warm_up_before_a_cosine_is_torchs_sequence_of_both() -> None:
    theirs, lib = optimizer(), torch.optim.lr_scheduler
    rising = lib.LinearLR(theirs, start_factor=1 / 11, end_factor=1.0, total_iters=10)
    falling = lib.CosineAnnealingLR(theirs, 50)
    scheduler = lib.SequentialLR(theirs, [rising, falling], milestones=[10])
    ours = SCHEDULES["cosine"](warmup_steps=10)  # type: ignore[call-arg]
    for step in range(60):
        assert 0.1 * ours.factor(step, 60, 30) == pytest.approx(
            theirs.param_groups[0]["lr"], rel=1e-6, abs=1e-9
        )
        theirs.step()
        scheduler.step()
