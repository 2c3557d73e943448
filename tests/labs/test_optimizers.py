"""The race of optimisers against torch itself, hand values, and the theory of a quadratic."""

import math
from typing import Any

import pytest
import torch

from playground.catalogues.optimizers import OPTIMIZERS
from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.surfaces import SURFACES, himmelblau, network_surface

from ..additions import registered
from ..additions.entries import Averaged

ALONE: dict[str, Any] = {"rivals": []}


def said(answer: dict[str, Any]) -> list[str]:
    return [part["key"] for part in answer["parts"] if part["part"] == "say"]


def test_two_steps_of_sgd_on_the_ravine_are_those_worked_out_by_hand() -> None:
    state = {"optimizer": "sgd", "lr": 0.04, "start": [0.0, 2.0], "steps": 2}
    path = run("optimizers", **ALONE, **state)["values"]["path"]
    # x + 0.04 · (2 − x), and y to its goal in one step: 0.04 is 1 / 25.
    assert path[0] == [0.0, 2.0]
    assert path[1] == pytest.approx([0.08, 1.0])
    assert path[2] == pytest.approx([0.1568, 1.0])


@pytest.mark.parametrize("optimizer", [entry.id for entry in OPTIMIZERS])
def test_every_optimiser_of_the_catalogue_takes_torchs_own_steps(optimizer: str) -> None:
    answer = run("optimizers", **ALONE, optimizer=optimizer, lr=0.1, surface="himmelblau", steps=5)
    entry = OPTIMIZERS[optimizer](lr=0.1)
    point = torch.tensor([[0.5, -0.5]], dtype=torch.float64, requires_grad=True)
    theirs = entry.target([point], **entry.options())
    for place in answer["values"]["path"]:
        assert place == pytest.approx(point[0].tolist())
        theirs.zero_grad()
        himmelblau(*point[0]).backward()
        theirs.step()


def test_racers_do_not_touch_each_other() -> None:
    rival = {"optimizer": "sgd", "lr": 0.05, "momentum": 0.5}
    together = run("optimizers", rivals=[rival, "rmsprop"])["values"]
    alone = run("optimizers", **ALONE)["values"]
    for beside, by_itself in zip(together["path"], alone["path"], strict=True):
        assert beside == pytest.approx(by_itself)
    assert list(together["paths"]) == ["Adam 0.3", "SGD 0.05, momentum 0.5", "RMSprop 0.001"]


@pytest.mark.parametrize(
    ("surface", "place", "height"),
    [
        ("rosenbrock", (1.0, 1.0), 0.0),
        ("rosenbrock", (-1.0, 2.0), 104.0),
        ("beale", (3.0, 0.5), 0.0),
        ("beale", (0.0, 0.0), 1.5**2 + 2.25**2 + 2.625**2),
        ("saddle", (1.0, 2.0), -3.0),
        ("ravine", (2.0, 1.0), 0.0),
        ("plateau", (0.0, 0.0), 0.0),
        ("himmelblau", (3.0, 2.0), 0.0),
        ("himmelblau", (0.0, 0.0), 170.0),
    ],
)
def test_surfaces_have_the_heights_that_they_are_known_for(
    surface: str, place: tuple[float, float], height: float
) -> None:
    x, y = torch.tensor(place, dtype=torch.float64)
    assert SURFACES[surface].height(x, y).item() == pytest.approx(height)


def test_sgd_settles_on_the_ravine_up_to_two_over_its_curvature() -> None:
    state = {**ALONE, "optimizer": "sgd", "steps": 300}
    below = run("optimizers", lr=0.079, **state)["values"]
    above = run("optimizers", lr=0.081, **state)["values"]
    assert below["height"] < 1e-4 and above["height"] > 1e4


def test_a_lost_race_ends_where_it_was_lost_and_says_so() -> None:
    answer = run("optimizers", **ALONE, optimizer="sgd", lr=1.0, surface="rosenbrock")
    assert 0 < answer["values"]["steps_taken"] < 20
    assert said(answer) == ["lost"]


def test_exactly_on_the_ridge_the_saddle_holds_everybody() -> None:
    answer = run("optimizers", surface="saddle", start=[1.5, 0.0], steps=200)
    assert all(path[-1][1] == 0 for path in answer["values"]["paths"].values())
    beside = run("optimizers", **ALONE, surface="saddle", start=[1.5, 1e-3], steps=200)
    assert beside["values"]["height"] < -10


def test_decay_in_the_gradient_spares_the_steep_direction_and_decoupled_decay_does_not() -> None:
    state = {"lr": 0.05, "options": {"weight_decay": 0.5}, "steps": 300, **ALONE}
    coupled = run("optimizers", optimizer="adam", **state)["values"]["path"][-1]
    decoupled = run("optimizers", optimizer="adamw", **state)["values"]["path"][-1]
    # The lowest point of the ravine with ¼ (x² + y²) on top.
    assert coupled == pytest.approx([2 / 1.5, 25 / 25.5], abs=0.02)
    assert decoupled[1] < 0.9


def test_a_clipped_step_is_never_longer_than_the_limit_allows() -> None:
    state = {"optimizer": "sgd", "lr": 0.1, "clip_norm": 2.0, "surface": "rosenbrock"}
    path = torch.tensor(run("optimizers", **ALONE, **state)["values"]["path"])
    lengths = path.diff(dim=0).norm(dim=1)
    assert lengths.max() == pytest.approx(0.2, rel=1e-4)


def test_the_table_shows_the_running_mean_that_adam_keeps() -> None:
    answer = run("optimizers", **ALONE, start=[0.0, 2.0], look=0)
    table = next(part for part in answer["parts"] if part["part"] == "table")
    rows = {name: numbers for name, *numbers in table["rows"]}
    assert rows["∇f"] == pytest.approx([-2.0, 25.0, math.hypot(2, 25)])
    assert rows["exp_avg"][:2] == pytest.approx([-0.2, 2.5])
    assert rows["exp_avg_sq"][:2] == pytest.approx([0.004, 0.625])
    assert rows["Δ(x, y)"][:2] == pytest.approx([0.3, -0.3])


def test_the_running_mean_of_a_late_step_is_the_one_that_torch_keeps() -> None:
    state = {"lr": 0.1, "surface": "beale", "clip_norm": 1.0, "steps": 40, "look": 25}
    answer = run("optimizers", **ALONE, optimizer="adam", **state)
    table = next(part for part in answer["parts"] if part["part"] == "table")
    rows = {name: numbers for name, *numbers in table["rows"]}
    point = torch.tensor([[-2.0, 2.0]], dtype=torch.float64, requires_grad=True)
    theirs = torch.optim.Adam([point], lr=0.1)
    for _ in range(26):
        theirs.zero_grad()
        SURFACES["beale"].height(*point[0]).backward()
        torch.nn.utils.clip_grad_norm_([point], 1.0)
        theirs.step()
    assert rows["exp_avg"][:2] == pytest.approx(theirs.state[point]["exp_avg"][0].tolist())


def test_a_typed_surface_is_what_torch_calculates() -> None:
    state = {"surface": "typed", "formula": "x**2 + 3*y**2", "start": [1.0, 1.0]}
    path = run("optimizers", **ALONE, optimizer="sgd", lr=0.1, steps=1, **state)["values"]["path"]
    assert path[1] == pytest.approx([0.8, 0.4])


@pytest.mark.parametrize(
    ("formula", "keys"),
    [
        ("7", ["constant", "still"]),
        ("log(-1 - x**2)", ["holes", "nowhere"]),
        ("1 / (x - x)", ["holes", "nowhere"]),
        ("exp(exp(x**2 + 9))", ["holes", "nowhere"]),
        ("sqrt(x) + y**2", ["holes", "nowhere"]),
    ],
)
def test_odd_surfaces_are_told_in_a_sentence(formula: str, keys: list[str]) -> None:
    assert said(run("optimizers", **ALONE, surface="typed", formula=formula)) == keys


def test_the_real_network_has_learned_and_its_loss_rises_around_it() -> None:
    height = network_surface()
    x = torch.tensor([0.0, 1.0, -1.0, 0.0, 0.0], dtype=torch.float64)
    y = torch.tensor([0.0, 0.0, 0.0, 1.0, -1.0], dtype=torch.float64)
    losses = height(x, y)
    assert losses[0] < 0.2 and losses[0] == losses.min()


def test_an_optimiser_that_is_added_can_race_at_once() -> None:
    with registered(OPTIMIZERS, Averaged):
        answer = run("optimizers", optimizer="test_averaged", lr=0.01, rivals=["test_averaged"])
    assert list(answer["values"]["paths"]) == ["Averaged 0.01", "Averaged 0.001"]


def test_a_long_race_runs_alone_and_says_so() -> None:
    answer = run("optimizers", optimizer="sgd", lr=0.01, steps=301)
    assert len(answer["values"]["paths"]) == 1 and "alone" in said(answer)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"optimizer": "lion"}, "optimizer: there is no optimizer called “lion”; known: sgd, "),
        ({"options": {"momentum": 0.5}}, "options.momentum: “momentum” is not a field here"),
        ({"options": {"lr": -1.0}}, "options.lr: must be greater than 0"),
        ({"rivals": [{"optimizer": "sgd", "lr": 0}]}, r"rivals\[0\].lr: must be greater than 0"),
        ({"rivals": ["lion"]}, r"rivals\[0\]: there is no optimizer called “lion”"),
        ({"rivals": ["sgd"] * 4}, "rivals: is too long: at most 3"),
        ({"start": [1.0]}, "start: "),
        ({"start": [1.0, math.nan]}, r"start\[1\]: needs a finite number"),
        ({"start": [1.0, 1e9]}, r"start\[1\]: must be at most 100"),
        ({"steps": 10**9}, "steps: must be at most 1000"),
        ({"surface": "moon"}, "surface: must be one of "),
        ({"surface": "typed", "formula": "x + z"}, "formula: uses z; a surface is a formula of"),
        ({"surface": "typed", "formula": "sum(x)"}, "formula: sum joins several numbers"),
        ({"surface": "typed", "formula": "x +"}, "formula: ends too early"),
        ({"surface": "typed", "formula": "x" * 10_000}, "formula: is 10000 characters long"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(state: dict[str, Any], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        run("optimizers", **state)
