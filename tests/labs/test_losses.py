"""The lab of losses: torch's own numbers for every loss, and sentences for what does not fit."""

import math
from typing import Any

import pytest
import torch
from torch import nn

from playground.catalogues.losses import LOSSES
from playground.faults import ExperimentError
from playground.labs import run

from ..additions import registered
from ..additions.entries import SquaredHinge


def values(**state: Any) -> dict[str, Any]:
    answer: dict[str, Any] = run("losses", **state)["values"]
    return answer


@pytest.mark.parametrize(
    ("loss", "value", "grad"),
    [
        ("mse", 2.25, 3.0),  # 1.5², 2 · 1.5
        ("l1", 1.5, 1.0),
        ("huber", 1.0, 1.0),  # 1.5 − ½
        ("smooth_l1", 1.0, 1.0),
    ],
)
def test_losses_of_numbers_are_those_worked_out_by_hand(
    loss: str, value: float, grad: float
) -> None:
    assert values(loss=loss, prediction=2.0, target=0.5) == {"value": value, "grad": grad}


def test_the_mean_of_several_squares_pulls_at_each_by_two_nths() -> None:
    found = values(loss="mse", prediction=[1.0, 3.0], target=[0.0, 1.0])
    assert found == {"value": 2.5, "grad": [1.0, 2.0]}


@pytest.mark.parametrize("options", [{}, {"label_smoothing": 0.2}])
def test_cross_entropy_is_torchs(options: dict[str, float]) -> None:
    found = values(loss="cross_entropy", options=options, prediction=[2.0, 0.5, -1.0], target=1)
    scores = torch.tensor([[2.0, 0.5, -1.0]], requires_grad=True)
    loss = nn.CrossEntropyLoss(**options)(scores, torch.tensor([1]))
    loss.backward()
    assert found["value"] == pytest.approx(loss.item())
    assert scores.grad is not None
    assert found["grad"] == pytest.approx(scores.grad[0].tolist())


def test_one_score_answers_yes_or_no() -> None:
    found = values(loss="bce_with_logits", prediction=2.0, target=1)
    assert found["value"] == pytest.approx(math.log(1 + math.exp(-2)), rel=1e-6)
    assert found["grad"] == pytest.approx(1 / (1 + math.exp(-2)) - 1, rel=1e-6)


def test_probabilities_lose_the_gradient_that_logits_keep() -> None:
    lost = run("losses", loss="bce", prediction=20.0, target=0)
    assert lost["values"] == {"value": 100.0, "grad": 0.0}
    assert "stuck" in [part.get("key") for part in lost["parts"]]
    assert values(loss="bce_with_logits", prediction=20.0, target=0)["grad"] == 1.0


def test_the_weight_of_a_class_cancels_for_a_single_sample_but_not_for_two() -> None:
    scores, balanced = [0.5, 2.0, -1.0], {"class_weights": "balanced"}
    alone = values(prediction=scores, target=2)
    assert values(prediction=scores, target=2, options=balanced) == alone
    two = {"prediction": [scores, scores], "target": [0, 2]}
    # 64, 32 and 16 samples: the rare class weighs four times as much.
    first, last = values(prediction=scores, target=0)["value"], alone["value"]
    assert values(**two, options=balanced)["value"] == pytest.approx((first + 4 * last) / 5)


def test_focal_without_gamma_is_cross_entropy() -> None:
    plain = values(loss="focal", options={"gamma": 0.0, "alpha": 1.0})
    entropy = values(loss="cross_entropy")
    assert plain["value"] == pytest.approx(entropy["value"])
    assert plain["grad"] == pytest.approx(entropy["grad"])


def test_a_triplet_pulls_and_pushes_until_the_margin_holds() -> None:
    state = {"loss": "triplet_margin", "prediction": [[0.0, 0.0], [1.0, 0.0], [0.0, 3.0]]}
    assert values(**state, target=[0, 0, 1]) == {"value": 0.0, "grad": [[0.0, 0.0]] * 3}


@pytest.mark.parametrize("loss", [loss.id for loss in LOSSES])
@pytest.mark.parametrize("shows", ["curve", "map"])
def test_every_loss_of_the_catalogue_has_its_picture(loss: str, shows: str) -> None:
    answer = run("losses", loss=loss, shows=shows)
    figure = answer["parts"][0]
    assert figure["part"] == "figure" and figure["traces"]
    assert math.isfinite(answer["values"]["value"])
    assert answer["experiment"]["training"]["loss"]["loss"] == loss


def test_the_slope_of_the_curve_is_the_gradient() -> None:
    answer = run("losses", loss="huber", prediction=2.0, target=0.5)
    curve, gradient, _ = answer["parts"][0]["traces"]
    steps = torch.tensor(curve["y"]).diff() / torch.tensor(curve["x"]).diff()
    middles = (torch.tensor(gradient["y"])[1:] + torch.tensor(gradient["y"])[:-1]) / 2
    torch.testing.assert_close(steps, middles, atol=0.05, rtol=0)


def test_a_loss_that_is_added_can_be_chosen_at_once() -> None:
    with registered(LOSSES, SquaredHinge):
        answer = run("losses", loss="test_margin", prediction=[1.0, 0.8], target=0)
    # (0.5 − 0.2)² over two classes
    assert answer["values"]["value"] == pytest.approx(0.09 / 2)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"loss": "none"}, "loss: there is no loss called “none”; known: cross_entropy, "),
        ({"loss": 3}, "loss: needs a text"),
        ({"options": {"gamma": 1.0}}, "options.gamma: “gamma” is not a field here"),
        ({"options": {"label_smoothing": 2.0}}, "options.label_smoothing: must be at most 0.9"),
        ({"prediction": []}, "prediction: needs a number, a list"),
        ({"prediction": [[1.0], [1.0, 2.0]]}, "prediction: needs a number, a list"),
        ({"prediction": [math.nan]}, "prediction: needs a number, a list"),
        ({"prediction": 1e300}, "prediction: needs a number, a list"),
        ({"prediction": True}, "prediction: needs a number, a list"),
        ({"prediction": [[[1.0]]]}, "prediction: needs a number, a list"),
        ({"prediction": [0.0] * 65}, "prediction: needs a number, a list"),
        ({"target": 3}, "target: must be a class number from 0 to 2, but is 3"),
        ({"target": -100}, "target: must be a class number from 0 to 2"),
        ({"target": [0, 0.5]}, r"target: has the shape \(2,\), but \(1,\) is needed here"),
        ({"loss": "mse", "prediction": 1.0, "target": [1.0]}, "target: has the shape"),
        ({"loss": "two_tasks", "target": [7, 0.0]}, "target: must be a class number"),
        ({"loss": "two_tasks", "prediction": 1.0}, "prediction: has the shape"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(state: dict[str, Any], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        run("losses", **state)
