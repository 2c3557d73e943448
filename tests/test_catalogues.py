"""The contract that every entry of every catalogue keeps; a new entry is tested by being registered."""

import json
import math
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import Field
from torch import nn

from playground.builder import build_model, trace
from playground.calls import Call
from playground.catalogue import Catalogue, Entry
from playground.datasets import DATASETS, Dataset
from playground.experiment import Experiment
from playground.export import script
from playground.faults import ExperimentError
from playground.layers import LAYERS, Layer
from playground.losses import LOSSES
from playground.optimizers import OPTIMIZERS
from playground.schedules import SCHEDULES
from playground.ui.fields import describe_catalogue

ALL = [entry for catalogue in (LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, DATASETS) for entry in catalogue]
IMAGE_ONLY = {"conv2d", "batchnorm2d", "maxpool2d", "avgpool2d", "adaptiveavgpool2d"}
STEPS, PER_EPOCH, LR = 60, 6, 0.1


def named(entries: Any) -> Any:
    return pytest.mark.parametrize("entry", list(entries), ids=lambda entry: entry.id)


def place_in(entry: type[Entry], value: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """An experiment that holds this entry, and the place where it stands."""
    whole: dict[str, Any] = {"data": {"dataset": "digits"}, "layers": [], "training": {}}
    if entry.kind == "layer":
        whole["layers"] = [value]
        return whole, "layers[0]"
    if entry.kind == "dataset":
        return whole | {"data": value}, "data"
    whole["training"] = {entry.kind: value}
    return whole, f"training.{entry.kind}"


def faults_of(whole: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_dict(whole)
    return [(fault.place, fault.code) for fault in caught.value.faults]


@named(ALL)
def test_an_entry_with_defaults_survives_the_journey_through_json(entry: type[Entry]) -> None:
    whole, _ = place_in(entry, {entry.kind: entry.id})
    experiment = Experiment.from_dict(whole)
    assert Experiment.from_json(experiment.to_json()) == experiment
    assert Experiment.from_dict(experiment.model_dump(mode="json")) == experiment


@named(ALL)
def test_every_number_refuses_nan_booleans_texts_and_what_lies_out_of_range(entry: type[Entry]) -> None:
    for name, info in entry.model_fields.items():
        if info.annotation not in (int, float):
            continue
        for bad in (math.nan, math.inf, True, "7", [1], {"a": 1}, -(10**12), 10**12):
            whole, place = place_in(entry, {entry.kind: entry.id, name: bad})
            assert faults_of(whole)[0][0] == f"{place}.{name}"


@named(ALL)
def test_an_unknown_key_is_named(entry: type[Entry]) -> None:
    whole, place = place_in(entry, {entry.kind: entry.id, "colour": 1})
    assert faults_of(whole) == [(f"{place}.colour", "unknown_key")]


@named(ALL)
def test_the_docstring_says_what_it_is_and_where_it_comes_from(entry: type[Entry]) -> None:
    text = entry.__doc__ or ""
    assert entry.help().endswith(".") or entry.help().endswith(":")
    if entry.kind == "layer":
        assert "In: (N" in text and "Out: " in text
    if entry.kind != "dataset":
        assert "Source: " in text
    for info in entry.model_fields.values():
        assert info.description


@named(LAYERS)
def test_the_traced_shape_is_the_real_one_and_gradients_are_finite(entry: type[Layer]) -> None:
    for shape in [(3, 8, 8), (12,)]:
        if entry().complaint(shape):
            assert len(shape) == 1 if entry.id in IMAGE_ONLY else len(shape) == 3
            continue
        start = {"layer": "linear", "units": 12} if len(shape) == 1 else {"layer": "conv2d", "channels": 3}
        layers = [start, {"layer": entry.id}, {"layer": "flatten"}]
        experiment = Experiment.from_dict({"data": {"dataset": "digits"}, "layers": layers})
        traced = trace(experiment)
        assert not traced.faults
        model = build_model(experiment)
        x = torch.randn(4, 1, 28, 28, generator=torch.Generator().manual_seed(1))
        for mode in (True, False):
            model.train(mode)
            h = model.flatten(x) if traced.dense else x
            for module, row in zip(model.features, (r for r in traced.rows if not r.depth), strict=True):
                h = module(h)
                assert tuple(h.shape[1:]) == row.shape
        model.train()
        model(x).sum().backward()
        assert all(bool(p.grad.isfinite().all()) for p in model.parameters() if p.grad is not None)


@named(LOSSES)
def test_a_loss_is_a_finite_scalar_with_a_finite_gradient(entry: Any) -> None:
    scores = torch.randn(5, 3, generator=torch.Generator().manual_seed(0), requires_grad=True)
    loss = entry().call().build()(scores, torch.tensor([0, 1, 2, 0, 1]))
    loss.backward()
    assert loss.ndim == 0 and loss.item() >= 0
    assert bool(scores.grad.isfinite().all())  # type: ignore[union-attr]


def test_cross_entropy_is_the_mean_negative_log_probability() -> None:
    scores = torch.tensor([[1.0, 2.0, 0.5], [0.0, 0.0, 0.0]])
    by_hand = (-math.log(math.exp(2) / (math.e + math.exp(2) + math.exp(0.5))) + math.log(3)) / 2
    assert LOSSES["cross_entropy"]().call().build()(scores, torch.tensor([1, 0])).item() == pytest.approx(by_hand)


def test_the_hinge_counts_only_what_lies_within_the_margin() -> None:
    scores = torch.tensor([[3.0, 2.5, 0.0]])
    assert LOSSES["multi_margin"]().call().build()(scores, torch.tensor([0])).item() == pytest.approx(0.5 / 3)


REFERENCE_OPTIONS: dict[str, dict[str, Any]] = {
    "sgd": {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
    "adam": {"weight_decay": 0.01},
    "adamw": {"weight_decay": 0.05},
}


@named(OPTIMIZERS)
def test_an_optimiser_moves_weights_as_torchs_own_does(entry: Any) -> None:
    options = REFERENCE_OPTIONS.get(entry.id, {})
    torch.manual_seed(3)
    ours, theirs = nn.Linear(4, 3), nn.Linear(4, 3)
    theirs.load_state_dict(ours.state_dict())
    a = entry(lr=0.01, **options).build(ours)
    b = entry.target(theirs.parameters(), lr=0.01, **options)
    x = torch.randn(8, 4)
    for _ in range(5):
        for model, optimizer in ((ours, a), (theirs, b)):
            optimizer.zero_grad()
            model(x).square().mean().backward()
            optimizer.step()
    torch.testing.assert_close(ours.weight, theirs.weight, rtol=1e-5, atol=1e-7)


@named(OPTIMIZERS)
def test_the_line_of_code_makes_the_same_optimiser(entry: Any) -> None:
    model = nn.Linear(2, 2)
    spec = entry(**REFERENCE_OPTIONS.get(entry.id, {}))
    made = eval(spec.code(), {"torch": torch, "model": model})
    assert type(made) is entry.target
    assert made.defaults == spec.build(model).defaults


def torch_schedule(entry_id: str, optimizer: torch.optim.Optimizer) -> Any:
    """torch's own of the same name, and whether it moves once an epoch."""
    lib = torch.optim.lr_scheduler
    return {
        "constant": lambda: (lib.ConstantLR(optimizer, 1.0), False),
        "cosine": lambda: (lib.CosineAnnealingLR(optimizer, STEPS), False),
        "step": lambda: (lib.StepLR(optimizer, 2, 0.5), True),
        "exponential": lambda: (lib.ExponentialLR(optimizer, 0.9), True),
        "polynomial": lambda: (lib.PolynomialLR(optimizer, STEPS, 1.0), False),
        "one_cycle": lambda: (
            lib.OneCycleLR(optimizer, LR, STEPS, cycle_momentum=False, div_factor=25, final_div_factor=1e4), False
        ),
    }[entry_id]()  # fmt: skip


@named(SCHEDULES)
def test_a_schedule_is_the_curve_of_torchs_own(entry: Any) -> None:
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], LR)
    theirs, by_epoch = torch_schedule(entry.id, optimizer)
    for step in range(STEPS):
        ours = LR * entry().factor(step, STEPS, PER_EPOCH)
        assert ours == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-6, abs=1e-9)
        optimizer.step()
        if not by_epoch or (step + 1) % PER_EPOCH == 0:
            theirs.step()


@named(SCHEDULES)
def test_warm_up_rises_in_equal_parts_and_never_starts_at_zero(entry: Any) -> None:
    plain, warm = entry(), entry(warmup_steps=9)
    for step in range(STEPS):
        expected = plain.factor(step, STEPS, PER_EPOCH) * min(1, (step + 1) / 10)
        assert warm.factor(step, STEPS, PER_EPOCH) == pytest.approx(expected)
    assert warm.factor(0, STEPS, PER_EPOCH) > 0


@named(DATASETS)
def test_a_split_is_stratified_seeded_and_normalised_by_its_training_part(entry: type[Dataset]) -> None:
    data = entry()
    split = data.split()
    assert (len(split.train_x), len(split.val_x)) == data.counts()
    assert set(split.train_index) | set(split.val_index) == set(range(data.n_samples()))
    share = torch.bincount(split.val_y).float() / (torch.bincount(split.train_y) + torch.bincount(split.val_y))
    assert torch.allclose(share, torch.tensor(data.validation), atol=0.02)
    axes = (0, 2, 3) if data.shape_kind == "image" else (0,)
    assert torch.allclose(split.train_x.mean(axes), torch.zeros(1), atol=1e-4)
    assert torch.allclose(split.train_x.std(axes), torch.ones(1), atol=5e-3)
    x, y = data.raw()
    np.testing.assert_array_equal(split.val_y.numpy(), y[split.val_index])
    np.testing.assert_allclose(split.normalise(x[split.val_index[:5]]).numpy(), split.val_x[:5].numpy(), atol=1e-6)


def test_an_id_can_be_taken_only_once() -> None:
    catalogue: Catalogue[Layer] = Catalogue("layer", Layer)

    class First(Layer):
        """A layer."""

        id, label = "twice", "Twice"

    catalogue.register(First)
    with pytest.raises(ValueError, match="twice"):
        catalogue.register(First)


def test_a_new_layer_is_one_class_and_is_found_everywhere() -> None:
    class Scale(Layer):
        """Divides every feature by its size. In: (N, F). Out: (N, F). Source: torch.nn.RMSNorm."""

        id, label, family, group = "test_scale", "Scale", "norm", "normalisation"
        eps: float = Field(1e-6, gt=0, le=1, description="Keeps the division finite")

        def call(self, shape: tuple[int, ...]) -> Call:
            return Call.of(nn.RMSNorm, shape[0], eps=self.eps)

    LAYERS.register(Scale)
    try:
        layers = [{"layer": "linear", "units": 3}, {"layer": "test_scale", "eps": 0.5}]
        whole = {"data": {"dataset": "xor"}, "layers": layers}
        experiment = Experiment.from_dict(whole)
        assert json.loads(experiment.to_json())["layers"][1] == {"layer": "test_scale", "eps": 0.5}
        assert "nn.RMSNorm(3, eps=0.5)" in script(experiment)
        shown = next(each for each in describe_catalogue(LAYERS) if each["id"] == "test_scale")
        assert shown["fields"][0]["name"] == "eps" and shown["fields"][0]["max"] == 1
        assert isinstance(build_model(experiment).features[1], nn.RMSNorm)
    finally:
        LAYERS.unregister("test_scale")
    assert faults_of(whole) == [("layers[1]", "unknown_entry")]
