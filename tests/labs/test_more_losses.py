"""The labs around the losses: outliers, triplets, rare classes, two tasks."""

import math
import statistics
from typing import Any

import pytest
import torch
from torch import nn

from playground.catalogues.losses.modules import Triplet
from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.imbalance import digits_some_rare, small_digits


def said(answer: dict[str, Any]) -> list[str]:
    return [part["key"] for part in answer["parts"] if part["part"] == "say"]


# ---- outliers ----


@pytest.mark.parametrize("points", [[1.0, 2.0, 9.0], [5.0], [3.0, 3.0, 3.0], [-7.0, 0.0, 1e3]])
def test_squares_want_the_mean_and_distances_the_median(points: list[float]) -> None:
    best = run("outliers", points=points)["values"]["best"]
    assert best["mse"] == pytest.approx(statistics.mean(points), abs=1e-5)
    assert best["l1"] == pytest.approx(statistics.median(points), abs=1e-5)


def test_huber_lies_between_and_becomes_either() -> None:
    points = [1.0, 2.0, 9.0]
    # Below delta from 1 and 2, above it from 9: (1 − m) + (2 − m) + 1 = 0.
    assert run("outliers", points=points, delta=1.0)["values"]["best_huber"] == pytest.approx(2.0)
    wide = run("outliers", points=points, delta=100.0)["values"]
    assert wide["best_huber"] == pytest.approx(4.0, abs=1e-5)


def test_an_outlier_pulls_at_squares_with_its_distance_and_at_distances_like_any_other() -> None:
    values = run("outliers", points=[0.0, 1.0, 11.0])["values"]
    assert values["pull_mse"] == pytest.approx([-8 / 3, -2.0, 14 / 3], abs=1e-5)
    assert values["pull_l1"][0] == pytest.approx(-1 / 3)
    assert values["pull_l1"][2] == pytest.approx(1 / 3)


def test_with_an_even_number_of_points_many_numbers_are_best() -> None:
    assert said(run("outliers", points=[1.0, 2.0, 5.0, 6.0])) == ["even"]


# ---- triplets ----


def test_the_loss_of_a_triplet_is_torchs_and_that_of_the_training() -> None:
    state = {"anchor": [0.0, 0.0], "positive": [3.0, 4.0], "negative": [0.0, 2.0], "margin": 1.5}
    values = run("triplets", **state)["values"]
    places = torch.tensor([state["anchor"], state["positive"], state["negative"]])
    anchor, positive, negative = places[:, None]
    assert values["loss"] == pytest.approx(5 - 2 + 1.5)
    assert values["loss"] == pytest.approx(
        nn.TripletMarginLoss(1.5)(anchor, positive, negative).item()
    )
    # In training both of one class are anchors once: the other distance is that of (3, 4) to (0, 2).
    of_batch = Triplet(margin=1.5)(places, torch.tensor([0, 0, 1])).item()
    assert of_batch == pytest.approx((4.5 + 5 - math.sqrt(13) + 1.5) / 2)


@pytest.mark.parametrize(
    ("positive", "negative", "kind"),
    [
        ([1.0, 0.0], [0.0, 2.5], "easy"),
        ([1.0, 0.0], [0.0, 2.0], "easy"),
        ([1.0, 0.0], [0.0, 1.5], "semi_hard"),
        ([1.0, 0.0], [0.0, 0.5], "hard"),
    ],
)
def test_a_triplet_is_easy_beyond_the_margin_and_hard_within_the_distance(
    positive: list[float], negative: list[float], kind: str
) -> None:
    answer = run("triplets", anchor=[0.0, 0.0], positive=positive, negative=negative)
    assert answer["values"]["kind"] == kind and said(answer) == [kind]
    assert (answer["values"]["loss"] < 1e-5) == (kind == "easy")


def test_steps_of_descent_end_where_nothing_pulls_any_more() -> None:
    values = run("triplets", steps=60)["values"]
    assert len(values["path"]) == 61
    anchor, positive, negative = torch.tensor(values["path"][-1])
    assert (anchor - negative).norm() >= (anchor - positive).norm() + 1 - 1e-4


# ---- rare classes ----


def test_half_of_the_digits_are_rare_and_nobody_trains_on_what_is_held_out() -> None:
    train_x, train_y, held_x = digits_some_rare(3, 60, 60)
    assert train_y.bincount().tolist() == [60] * 5 + [3] * 5
    assert train_x.shape == (315, 196) and held_x.shape == (10, 60, 196)
    assert torch.equal(held_x, small_digits()[:, -60:])


def test_a_gamma_of_zero_is_cross_entropy() -> None:
    values = run("imbalance", gamma=0.0, steps=10)["values"]
    assert values["recall_focal"] == values["recall_cross_entropy"]
    assert values["confidence_focal"] == pytest.approx(values["confidence_cross_entropy"])


def test_gamma_lowers_confidence_and_weights_bring_rare_digits_back() -> None:
    values = run("imbalance")["values"]
    assert values["confidence_focal"] < values["confidence_cross_entropy"]
    assert values["rare_recall"]["balanced"] > values["rare_recall"]["focal"]
    assert values["rare_recall"]["focal"] > values["rare_recall"]["cross_entropy"]


# ---- two tasks ----


def test_each_weight_settles_at_half_of_one_over_its_loss() -> None:
    values = run("two_tasks", steps=150)["values"]
    assert values["value_weight"] == pytest.approx(0.5 / values["value_loss"], rel=0.1)
    assert values["class_weight"] == pytest.approx(0.5 / values["class_loss"], rel=0.25)


def test_learned_weights_begin_at_one_and_one_half() -> None:
    values = run("two_tasks", steps=1)["values"]
    assert values["class_weights"] == [1.0] and values["value_weights"] == [0.5]
    assert values["class_losses"][0] == pytest.approx(math.log(2))


def test_a_weight_of_zero_leaves_its_task_unlearned() -> None:
    values = run("two_tasks", weighting="fixed", value_weight=0.0)["values"]
    assert values["value_losses"][-1] == values["value_losses"][0]
    assert values["class_losses"][-1] < values["class_losses"][0]


@pytest.mark.parametrize(
    ("lab", "state", "message"),
    [
        ("outliers", {"points": []}, "points: "),
        ("outliers", {"points": [math.nan]}, r"points\[0\]: needs a finite number"),
        ("outliers", {"points": [1e9]}, r"points\[0\]: must be at most 1000"),
        ("outliers", {"points": [0.0] * 21}, "points: is too long: at most 20"),
        ("outliers", {"delta": 0.0}, "delta: must be greater than 0"),
        ("triplets", {"anchor": [1.0]}, "anchor: "),
        ("triplets", {"negative": [0.0, 11.0]}, r"negative\[1\]: must be at most 10"),
        ("triplets", {"steps": 61}, "steps: must be at most 60"),
        ("imbalance", {"rare": 0}, "rare: must be at least 1"),
        ("imbalance", {"gamma": -1.0}, "gamma: must be at least 0"),
        ("two_tasks", {"weighting": "none"}, "weighting: must be one of"),
        ("two_tasks", {"steps": 10**9}, "steps: must be at most 150"),
        ("two_tasks", {"unit": 0.0}, "unit: must be at least 0.01"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(
    lab: str, state: dict[str, Any], message: str
) -> None:
    with pytest.raises(ExperimentError, match=message):
        run(lab, **state)
