"""First weights: measured spreads against torch by hand, and against theory."""

import math
import statistics
from typing import Any

import pytest
import torch
from torch import nn

from playground.faults import ExperimentError
from playground.labs import run

KAIMING = {"initializer": "kaiming_normal", "activation": "relu", "depth": 30}


def values_of(**state: Any) -> dict[str, Any]:
    return run("first_weights", **state)["values"]


def test_the_spreads_are_those_of_a_network_built_by_hand() -> None:
    torch.manual_seed(3)
    model = nn.Sequential(*[nn.Sequential(nn.Linear(16, 16), nn.Tanh()) for _ in range(4)])
    for block in model:
        nn.init.xavier_normal_(block[0].weight)
        nn.init.zeros_(block[0].bias)
    values = values_of(initializer="xavier_normal", activation="tanh", depth=4, width=16, seed=3)
    x, upstream = torch.randn(32, 16), torch.randn(32, 16)
    outputs = []
    for block in model:
        x = block(x)
        x.retain_grad()
        outputs.append(x)
    x.backward(upstream)
    assert values["spread"] == pytest.approx([y.square().mean().sqrt().item() for y in outputs])
    grads = [y.grad.square().mean().sqrt().item() for y in outputs]
    assert values["grad_spread"] == pytest.approx(grads)


def test_by_theory_kaiming_keeps_the_second_moment_through_thirty_relu_layers() -> None:
    predicted = values_of(**KAIMING, width=128)["predicted"]
    assert predicted[-1] ** 2 == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("seed", range(3))
def test_kaiming_multiplies_the_second_moment_by_one_a_layer(seed: int) -> None:
    spread = values_of(**KAIMING, width=256, seed=seed)["spread"]
    factor = (spread[-1] / spread[0]) ** (2 / 29)
    assert factor == pytest.approx(1, abs=0.05)


@pytest.mark.long
def test_over_many_draws_kaiming_keeps_the_second_moment_within_a_fifth() -> None:
    # Of one draw the logarithm drifts by √(5 · depth / width); the mean of a log-normal number
    # is the exponential of the logarithms' mean plus half of their variance.
    logarithms = []
    for seed in range(200):
        spread = values_of(**KAIMING, width=128, seed=seed)["spread"]
        logarithms.append(2 * math.log(spread[-1]))
    mean = math.exp(statistics.mean(logarithms) + statistics.variance(logarithms) / 2)
    assert mean == pytest.approx(1, abs=0.2)
    assert statistics.stdev(logarithms) == pytest.approx(math.sqrt(5 * 30 / 128), rel=0.2)


def test_xavier_halves_the_second_moment_at_every_relu() -> None:
    spread = values_of(initializer="xavier_normal", depth=10, width=256)["spread"]
    assert spread[0] ** 2 == pytest.approx(1 / 2, rel=0.1)
    assert (spread[-1] / spread[0]) ** (2 / 9) == pytest.approx(1 / 2, rel=0.1)


def test_an_orthogonal_linear_network_keeps_everything_exactly() -> None:
    values = values_of(initializer="orthogonal", activation="none", depth=50, width=32)
    assert values["spread"][-1] == pytest.approx(values["spread"][0], rel=1e-4)
    assert values["grad_spread"][0] == pytest.approx(values["grad_spread"][-1], rel=1e-4)


@pytest.mark.parametrize("normalisation", ["none", "layernorm"])
@pytest.mark.parametrize("residual", [False, True])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu"])
@pytest.mark.parametrize("initializer", ["torch", "kaiming_normal"])
def test_theory_stands_close_to_what_is_measured(
    initializer: str, activation: str, residual: bool, normalisation: str
) -> None:
    values = values_of(
        initializer=initializer,
        activation=activation,
        residual=residual,
        normalisation=normalisation,
        depth=4,
        width=256,
    )
    assert values["spread"][-1] == pytest.approx(values["predicted"][-1], rel=0.15)
    measured = values["grad_spread"][0] / values["grad_spread"][-1]
    assert measured == pytest.approx(values["predicted_grad"][0], rel=0.25)


def test_residuals_bring_the_gradient_back_to_the_first_layer() -> None:
    plain = values_of(initializer="torch", depth=30, width=64)["grad_spread"]
    residual = values_of(initializer="torch", depth=30, width=64, residual=True)["grad_spread"]
    assert plain[0] < 1e-9 * plain[-1]
    assert residual[0] > residual[-1]


def test_a_batch_norm_makes_the_first_spread_not_matter() -> None:
    small = {"initializer": "normal", "options": {"std": 0.02}, "width": 64}
    assert values_of(**small)["spread"][-1] < 1e-20
    rescued = values_of(**small, normalisation="batchnorm1d")["spread"]
    assert rescued[-1] == pytest.approx(math.sqrt(0.5), rel=0.1)


def test_zeros_learn_nothing_and_too_much_overflows() -> None:
    zeros = values_of(initializer="equal", depth=5)
    assert zeros["spread"] == [0] * 5 and zeros["grad_spread"][0] == 0
    assert zeros["predicted"] is None
    huge = values_of(initializer="normal", options={"std": 100.0}, depth=50)["spread"]
    assert huge[-1] in ("Infinity", "NaN")


def test_the_global_random_numbers_are_left_as_they_were() -> None:
    torch.manual_seed(11)
    wanted = torch.rand(3)
    torch.manual_seed(11)
    values_of(depth=2, width=8)
    assert torch.equal(torch.rand(3), wanted)


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ({"depth": 50, "width": 512}, "width"),
        ({"depth": 51}, "depth"),
        ({"width": 1}, "width"),
        ({"initializer": "nothing"}, "initializer"),
        ({"activation": "linear"}, "activation"),
        ({"options": {"std": 1.0}}, "options"),
        ({"initializer": "normal", "options": {"std": -1.0}}, "options.std"),
    ],
)
def test_what_makes_no_sense_is_named(state: dict, place: str) -> None:
    with pytest.raises(ExperimentError, match=f"^{place}"):
        run("first_weights", **state)
