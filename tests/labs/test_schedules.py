"""The lab of schedules against torch's own schedulers."""

import math
from typing import Any

import pytest
import torch

from playground.catalogues.schedules import SCHEDULES
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.labs import run
from playground.preset_files import preset

from ..additions import registered
from ..additions.entries import Halves


def rates(**state: Any) -> list[float]:
    answer: list[float] = run("schedules", **state)["values"]["lr"]
    return answer


def said(answer: dict[str, Any]) -> list[str]:
    return [part["key"] for part in answer["parts"] if part["part"] == "say"]


def an_optimizer(lr: float) -> torch.optim.Optimizer:
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr)


def test_cosine_is_torchs_step_by_step() -> None:
    optimizer = an_optimizer(0.1)
    theirs = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=20)
    for ours in rates(schedule="cosine", steps=20, lr=0.1):
        assert ours == pytest.approx(optimizer.param_groups[0]["lr"])
        optimizer.step()
        theirs.step()


def test_a_drop_comes_at_the_end_of_an_epoch() -> None:
    state = {"schedule": "step", "options": {"every": 1, "gamma": 0.1}}
    assert rates(**state, steps=6, steps_per_epoch=2, lr=1.0) == pytest.approx(
        [1, 1, 0.1, 0.1, 0.01, 0.01]
    )


def test_the_plateau_drops_after_the_same_epochs_as_torchs() -> None:
    losses = [2.0, 1.0, 0.9, 0.9, 0.95, 0.9, 0.5, 0.6, 0.6, 0.6]
    state = {"schedule": "plateau", "options": {"patience": 1, "gamma": 0.5}, "losses": losses}
    ours = rates(**state, steps=10, steps_per_epoch=1, lr=0.2)
    optimizer = an_optimizer(0.2)
    theirs = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=1)
    for epoch, loss in enumerate(losses):
        assert ours[epoch] == pytest.approx(optimizer.param_groups[0]["lr"])
        theirs.step(loss)


def test_the_drops_are_marked_on_the_losses_that_were_drawn() -> None:
    answer = run("schedules", schedule="plateau", steps=120, options={"patience": 1})
    _, drawn = [part for part in answer["parts"] if part["part"] == "figure"]
    line, drops = drawn["traces"]
    # The fifth epoch was the best, the sixth and seventh were no better; the eighth was.
    assert drops["x"] == [7]
    assert len(drawn["handles"]) == len(line["y"]) == 12
    handle = drawn["handles"][3]
    assert (handle["x"], handle["y"]) == (4, 0.8)
    assert (handle["x_field"], handle["y_field"], handle["index"]) == ("", "losses", 3)
    assert handle["whole"] == line["y"]
    colours = [handle["color"] for handle in drawn["handles"]]
    assert colours.index("fault") == 6 and colours.count("fault") == 1


def test_a_warm_up_begins_above_zero_and_ends_where_the_schedule_begins() -> None:
    found = rates(schedule="constant", warmup_steps=4, steps=7, lr=1.0)
    assert found == pytest.approx([0.2, 0.4, 0.6, 0.8, 1, 1, 1])


def test_the_knot_at_the_end_of_the_warm_up_sets_its_length_and_the_rate() -> None:
    handle = run("schedules", warmup_steps=20)["parts"][0]["handles"][0]
    assert (handle["x"], handle["y"]) == (20, 0.1)
    assert (handle["x_field"], handle["y_field"]) == ("warmup_steps", "lr")


def test_a_warm_up_on_top_of_the_schedule_never_reaches_the_full_rate_and_says_so() -> None:
    answer = run("schedules", warmup_steps=50, options={"warmup_multiplies": True})
    assert answer["values"]["largest"] < 0.06
    assert said(answer) == ["warmup", "never_full"]


def test_a_run_of_one_epoch_never_drops_and_says_so() -> None:
    assert said(run("schedules", schedule="step", steps_per_epoch=100)) == ["flat"]


@pytest.mark.parametrize("schedule", [entry.id for entry in SCHEDULES])
def test_every_schedule_of_the_catalogue_is_drawn_and_can_be_used(schedule: str) -> None:
    answer = run("schedules", schedule=schedule, warmup_steps=3)
    assert len(answer["values"]["lr"]) == 100
    assert all(0 <= rate <= 0.1 * (1 + 1e-9) for rate in answer["values"]["lr"])
    training = answer["experiment"]["training"]
    assert training["schedule"]["schedule"] == schedule
    assert training["schedule"]["warmup_steps"] == 3 and training["optimizer"]["lr"] == 0.1


def test_what_the_lab_shows_makes_an_experiment() -> None:
    training = run("schedules", schedule="step", warmup_steps=5, lr=0.02)["experiment"]["training"]
    recipe = preset("digits-warmup-adamw").experiment.model_dump(mode="json")
    recipe["training"]["schedule"] = training["schedule"]
    recipe["training"]["optimizer"] |= training["optimizer"]
    experiment = Experiment.from_dict(recipe)
    assert experiment.training.schedule.id == "step"
    assert (
        experiment.training.schedule.warmup_steps == 5 and experiment.training.optimizer.lr == 0.02
    )


def test_a_schedule_that_is_added_can_be_chosen_at_once() -> None:
    with registered(SCHEDULES, Halves):
        state = {"schedule": "test_halves", "beside": ["test_halves", "cosine"]}
        assert rates(**state, steps=4, lr=1.0) == [1, 1, 0.25, 0.25]


def test_the_shortest_restarts_of_the_longest_run_are_still_counted() -> None:
    options = {"first": 1, "stretch": 1}
    found = rates(schedule="warm_restarts", options=options, steps=2_000, steps_per_epoch=1)
    assert found == [0.1] * 2_000


@pytest.mark.parametrize("steps", [1, 2_000])
def test_the_shortest_and_the_longest_run_have_a_rate_for_every_step(steps: int) -> None:
    for entry in SCHEDULES:
        found = rates(schedule=entry.id, steps=steps, steps_per_epoch=steps, beside=[])
        assert len(found) == steps and all(map(math.isfinite, found))


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"schedule": "slow"}, "schedule: there is no schedule called “slow”; known: constant, "),
        ({"options": {"gamma": 0.5}}, "options.gamma: “gamma” is not a field here"),
        ({"beside": ["slow"]}, r"beside\[0\]: there is no schedule called “slow”"),
        ({"steps": 0}, "steps: must be at least 1"),
        ({"steps": 10**9}, "steps: must be at most 2000"),
        ({"warmup_steps": 2.5}, "warmup_steps: needs a whole number"),
        ({"lr": 0}, "lr: must be greater than 0"),
        ({"losses": [math.inf]}, r"losses\[0\]: needs a finite number"),
        ({"losses": []}, "losses: "),
        ({"losses": [1.0] * 61}, "losses: is too long: at most 60"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(state: dict[str, Any], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        run("schedules", **state)
