"""First weights: their spread is the formula's, the bad ones do what is said of them, gates have their own."""

import math
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from playground.catalogues.initializers import INITIALIZERS, initialise
from playground.experiment import Experiment
from playground.network.builder import build_model
from playground.training.trainer import Trainer

from ..conftest import points

LINEAR = (300, 200)  # outputs, inputs
CONV = (64, 32, 3, 3)  # fan_in 288, fan_out 576
SPREADS: list[tuple[str, dict[str, Any], tuple[int, ...], float]] = [
    ("kaiming_normal", {}, LINEAR, math.sqrt(2 / 200)),
    ("kaiming_normal", {"mode": "fan_out"}, LINEAR, math.sqrt(2 / 300)),
    ("kaiming_normal", {}, CONV, math.sqrt(2 / 576)),
    ("kaiming_normal", {"mode": "fan_in"}, CONV, math.sqrt(2 / 288)),
    ("kaiming_uniform", {}, LINEAR, math.sqrt(2 / 200)),
    ("kaiming_normal", {"nonlinearity": "linear"}, LINEAR, math.sqrt(1 / 200)),
    ("xavier_normal", {}, LINEAR, math.sqrt(2 / 500)),
    ("xavier_uniform", {"nonlinearity": "tanh"}, LINEAR, 5 / 3 * math.sqrt(2 / 500)),
    ("xavier_normal", {"nonlinearity": "sigmoid"}, CONV, math.sqrt(2 / 864)),
    ("lecun_normal", {}, CONV, math.sqrt(1 / 288)),
    ("normal", {"std": 0.7}, LINEAR, 0.7),
]


@pytest.mark.parametrize(("entry_id", "options", "shape", "expected"), SPREADS)
def test_the_spread_is_that_of_the_formula(
    entry_id: str, options: dict[str, Any], shape: tuple[int, ...], expected: float
) -> None:
    torch.manual_seed(0)
    weight = INITIALIZERS[entry_id](**options).apply(torch.empty(shape))
    sampling = 4 / math.sqrt(2 * weight.numel())  # four standard errors of a spread
    assert weight.std().item() == pytest.approx(expected, rel=sampling)
    assert abs(weight.mean().item()) < 4 * expected / math.sqrt(weight.numel())


def test_an_orthogonal_matrix_keeps_lengths() -> None:
    torch.manual_seed(0)
    weight = INITIALIZERS["orthogonal"]().apply(torch.empty(40, 40))
    torch.testing.assert_close(weight @ weight.T, torch.eye(40), atol=1e-5, rtol=0)


LAYERS_OF_ALL = [
    {"layer": "conv2d", "channels": 4},
    {"layer": "batchnorm2d"},
    {"layer": "residual", "body": [{"layer": "conv2d", "channels": 4}, {"layer": "batchnorm2d"}]},
    {"layer": "flatten"},
    {"layer": "linear", "units": 6},
]


def digits(**training: Any) -> Experiment:
    return Experiment.from_dict(
        {"data": {"dataset": "digits"}, "layers": LAYERS_OF_ALL, "training": training}
    )


@pytest.mark.parametrize(
    "entry", [each for each in INITIALIZERS if each.id != "torch"], ids=lambda each: each.id
)
def test_biases_are_zero_and_normalisation_starts_with_ones_and_zeros(entry: Any) -> None:
    torch.manual_seed(0)
    model = build_model(digits(init={"init": entry.id}))
    norms = [each for each in model.modules() if isinstance(each, nn.BatchNorm2d)]
    assert len(norms) == 2
    for norm in norms:
        assert bool((norm.weight == 1).all()) and bool((norm.bias == 0).all())
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            assert bool((module.bias == 0).all())
            assert entry.id == "equal" or module.weight.std() > 0


def test_torchs_own_weights_stay_as_they_were() -> None:
    torch.manual_seed(5)
    plain = build_model(digits())
    torch.manual_seed(5)
    parts = [
        nn.Conv2d(1, 4, 3, padding=1),
        nn.Conv2d(4, 4, 3, padding=1),
        nn.Linear(4 * 28 * 28, 6),
        nn.Linear(6, 10),
    ]
    found = [each for each in plain.modules() if isinstance(each, nn.Linear | nn.Conv2d)]
    for one, two in zip(found, parts, strict=True):
        assert torch.equal(one.weight, two.weight) and torch.equal(one.bias, two.bias)


def test_a_layer_may_have_first_weights_of_its_own() -> None:
    layers = [dict(each) for each in LAYERS_OF_ALL]
    layers[0]["learning"] = {"init": {"init": "torch"}}
    layers[2] = {**LAYERS_OF_ALL[2], "learning": {"init": {"init": "equal", "value": 0.25}}}
    training = {
        "init": {"init": "normal", "std": 1e-3},
        "output": {"init": {"init": "equal", "value": 0.5}},
    }
    whole = {"data": {"dataset": "digits"}, "layers": layers, "training": training}
    torch.manual_seed(0)
    model = build_model(Experiment.from_dict(whole))
    assert 0.1 < model.features[0].weight.std() < 0.3  # uniform within a third
    assert bool((model.features[2].body[0].weight == 0.25).all())
    assert model.features[4].weight.std().item() == pytest.approx(1e-3, rel=0.1)
    assert bool((model.head.weight == 0.5).all())


def test_every_gate_of_a_recurrent_layer_is_a_matrix_of_its_own() -> None:
    lstm, entry = nn.LSTM(20, 10), INITIALIZERS["orthogonal"]()
    torch.manual_seed(0)
    initialise(nn.Sequential(lstm), {"": entry.rule()})
    for gate in lstm.weight_hh_l0.chunk(4):
        torch.testing.assert_close(gate @ gate.T, torch.eye(10), atol=1e-5, rtol=0)
    assert bool((lstm.bias_ih_l0 == 0).all())


def test_an_embedding_keeps_its_numbers_and_its_padding() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Embedding(5, 3, padding_idx=0), nn.Linear(3, 2))
    before = model[0].weight.detach().clone()
    initialise(model, {"": INITIALIZERS["equal"](value=1.0).rule()})
    assert torch.equal(model[0].weight, before) and bool((model[1].weight == 1).all())


def losses(**training: Any) -> np.ndarray:
    trainer = Trainer(
        points(
            layers=[{"layer": "linear", "units": 16}, {"layer": "relu"}] * 3, epochs=30, **training
        )
    )
    with trainer.turn():
        while not trainer.finished:
            trainer.advance()
    return trainer.history.column("epochs", "train_loss")


def test_equal_weights_never_learn_and_kaiming_does() -> None:
    good = losses(init={"init": "kaiming_normal"}, optimizer={"optimizer": "adam", "lr": 0.01})
    zeros = losses(init={"init": "equal"}, optimizer={"optimizer": "adam", "lr": 0.01})
    equal = losses(
        init={"init": "equal", "value": 0.1}, optimizer={"optimizer": "adam", "lr": 0.01}
    )
    assert good[-1] < 0.2
    assert zeros[-1] == pytest.approx(
        math.log(2), abs=0.02
    )  # no better than a coin: only the last bias learns
    assert equal[-1] > 0.5


def test_weights_too_small_let_the_gradient_vanish_and_too_large_let_it_explode() -> None:
    def gradient(std: float) -> float:
        init = {"init": "normal", "std": std}
        trainer = Trainer(
            points(layers=[{"layer": "linear", "units": 32}, {"layer": "relu"}] * 6, init=init)
        )
        with trainer.turn():
            trainer.advance()
        trainer.flush()
        return float(trainer.history.column("layers", "grad_norm")[0, 0])

    usual = gradient(math.sqrt(2 / 32))
    assert gradient(0.01) < 1e-4 * usual
    assert gradient(1.0) > 1e3 * usual
