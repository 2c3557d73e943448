"""The contract that every entry of every catalogue keeps; a new entry is tested by being registered."""

import json
import math
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import Field
from torch import nn

from playground.catalogues.base import Catalogue, Entry
from playground.catalogues.calls import Call
from playground.catalogues.datasets import DATASETS, Dataset
from playground.catalogues.initializers import INITIALIZERS
from playground.catalogues.layers import LAYERS, Layer, Shape, Tokens
from playground.catalogues.losses import LOSSES
from playground.catalogues.optimizers import OPTIMIZERS
from playground.catalogues.schedules import SCHEDULES
from playground.experiment import Experiment
from playground.export.script import script
from playground.faults import ExperimentError
from playground.network.builder import build_model
from playground.network.tracing import Row, Tracer
from playground.ui.fields import describe_catalogue

ALL = [
    entry
    for catalogue in (LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, DATASETS)
    for entry in catalogue
]
STEPS, PER_EPOCH, LR = 60, 6, 0.1


SHAPES: list[Shape] = [(3, 8, 8), (12,), (6, 5), (6, 8), Tokens(6, 9), (8, 4, 4), (98,)]
# A small set of every task that the losses are tried on.
DATA_OF_TASKS = {
    "classification": "digits",
    "reconstruction": "digits_copy",
    "two_tasks": "digits_two_tasks",
}


def suits(layer: Layer, shape: Shape) -> bool:
    return not layer.complaint(shape) and isinstance(shape, Tokens) == layer.takes_tokens


def traced_alone(layer: Layer, shape: Shape) -> Row:
    """One layer, a block with its body, as the builder traces it at an input of this shape."""
    tracer = Tracer(Experiment.from_dict({"data": {"dataset": "digits"}}))
    tracer.one(layer, "layers[0]", shape, 0)
    assert not tracer.faults
    return tracer.rows[0]


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
def test_every_number_refuses_nan_booleans_texts_and_what_lies_out_of_range(
    entry: type[Entry],
) -> None:
    for name, info in entry.model_fields.items():
        if info.annotation not in (int, float):
            continue
        for bad in (math.nan, math.inf, True, "7", [1], {"a": 1}, -(10**12), 10**12):
            whole, place = place_in(entry, {entry.kind: entry.id, name: bad})
            assert faults_of(whole)[0][0] == f"{place}.{name}"


@named(ALL)
def test_an_unknown_key_is_named(entry: type[Entry]) -> None:
    whole, place = place_in(entry, {entry.kind: entry.id, "flavour": 1})
    assert faults_of(whole) == [(f"{place}.flavour", "unknown_key")]


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
    generator = torch.Generator().manual_seed(1)
    suited = [shape for shape in SHAPES if suits(entry(), shape)]
    assert suited
    for shape in suited:
        inputs: dict[str, torch.Tensor | None] = {
            "x": torch.randn(4, *shape, generator=generator, requires_grad=True)
        }
        if isinstance(shape, Tokens):
            inputs["x"] = torch.randint(1, shape.vocabulary, (4, *shape), generator=generator)
        row = traced_alone(entry(), shape)
        assert row.call is not None
        module = row.call.build()
        if getattr(module, "takes_lengths", False):
            inputs["lengths"] = None
        for mode in (True, False):
            module.train(mode)
            out = module(*inputs.values())
            assert tuple(out.shape[1:]) == row.shape
        out.sum().backward()
        assert all(bool(p.grad.isfinite().all()) for p in module.parameters() if p.grad is not None)


@named(LOSSES)
def test_a_loss_is_a_finite_scalar_with_a_finite_gradient(entry: Any) -> None:
    suited = [
        DATASETS[each]() for each in DATA_OF_TASKS.values() if DATASETS[each].task in entry.tasks
    ]
    assert suited
    for data in suited:
        split, n = data.split(), 8
        y = split.train_y[:n]
        shape = (n, *y.shape[1:]) if y.is_floating_point() else (*y.shape, data.n_outputs())
        outputs = (n, entry().n_outputs(data)) if y.ndim < 3 and data.task != "labelling" else shape
        scores = torch.randn(
            outputs, generator=torch.Generator().manual_seed(0), requires_grad=True
        )
        loss = entry().call(data).build()(scores, y)
        loss.backward()
        assert loss.ndim == 0 and bool(loss.isfinite())
        assert bool(scores.grad.isfinite().all())  # type: ignore[union-attr]


def test_cross_entropy_is_the_mean_negative_log_probability() -> None:
    scores = torch.tensor([[1.0, 2.0, 0.5], [0.0, 0.0, 0.0]])
    by_hand = (-math.log(math.exp(2) / (math.e + math.exp(2) + math.exp(0.5))) + math.log(3)) / 2
    assert LOSSES["cross_entropy"]().call(DATASETS["digits"]()).build()(
        scores, torch.tensor([1, 0])
    ).item() == pytest.approx(by_hand)


def test_the_hinge_counts_only_what_lies_within_the_margin() -> None:
    scores = torch.tensor([[3.0, 2.5, 0.0]])
    assert LOSSES["multi_margin"]().call(DATASETS["digits"]()).build()(
        scores, torch.tensor([0])
    ).item() == pytest.approx(0.5 / 3)


REFERENCE_OPTIONS: dict[str, dict[str, Any]] = {
    "sgd": {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
    "adam": {"weight_decay": 0.01},
    "adamw": {"weight_decay": 0.05},
    "muon": {"weight_decay": 0.05, "momentum": 0.9},
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
    made = eval(spec.code(), {"torch": torch, "model": model, entry.target.__name__: entry.target})
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
        "multi_step": lambda: (lib.MultiStepLR(optimizer, [3, 6], 0.1), True),
        "plateau": lambda: (lib.ConstantLR(optimizer, 1.0), False),  # see test_schedules.py
        "warm_restarts": lambda: (lib.CosineAnnealingWarmRestarts(optimizer, 2 * PER_EPOCH, 2), False),
        "linear": lambda: (lib.LinearLR(optimizer, 1.0, 0.1, STEPS), False),
        "cyclic": lambda: (lib.CyclicLR(optimizer, 0.1 * LR, LR, PER_EPOCH, cycle_momentum=False), False),
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
    first = plain.factor(0, STEPS - 9, PER_EPOCH)
    for step in range(9):
        assert warm.factor(step, STEPS, PER_EPOCH) == pytest.approx(first * (step + 1) / 10)
    for step in range(9, STEPS):
        expected = plain.factor(step - 9, STEPS - 9, PER_EPOCH)
        assert warm.factor(step, STEPS, PER_EPOCH) == expected
    assert warm.factor(0, STEPS, PER_EPOCH) > 0


@pytest.mark.parametrize("warmup", [1, 9, 59, 60, 500])
@named(SCHEDULES)
def test_a_warm_up_of_any_length_begins_above_zero(entry: Any, warmup: int) -> None:
    warm = entry(warmup_steps=warmup)
    factors = [warm.factor(step, 60, 10) for step in range(60)]
    assert factors[0] > 0 and all(0 <= factor <= 1 for factor in factors)


@named(SCHEDULES)
def test_a_warm_up_that_multiplies_scales_the_schedule_as_version_1_did(entry: Any) -> None:
    if "warmup_multiplies" not in entry.model_fields:
        pytest.skip("it has no curve")
    plain, warm = entry(), entry(warmup_steps=9, warmup_multiplies=True)
    for step in range(STEPS):
        expected = plain.factor(step, STEPS, PER_EPOCH) * min(1, (step + 1) / 10)
        assert warm.factor(step, STEPS, PER_EPOCH) == pytest.approx(expected)


@named(DATASETS)
def test_a_split_is_stratified_seeded_and_normalised_by_its_training_part(
    entry: type[Dataset],
) -> None:
    data = entry()
    if data.fault() is not None:
        pytest.skip("its files come from people, or by a download")
    split = data.split()
    assert (len(split.train_x), len(split.val_x)) == data.counts()
    assert set(split.train_index) | set(split.val_index) <= set(range(data.n_samples()))
    assert not set(split.train_index) & set(split.val_index)
    x, y = data.raw()
    if data.task == "classification":
        share = torch.bincount(split.val_y).float() / (
            torch.bincount(split.train_y) + torch.bincount(split.val_y)
        )
        assert torch.allclose(share, torch.tensor(data.validation), atol=0.05)
        np.testing.assert_array_equal(split.val_y.numpy(), y[split.val_index])
    axes = data.statistic_axes()
    if axes is not None:
        constant = np.nanstd(x[split.train_index].astype(np.float64), axes) < 1e-6
        spread = split.train_x.std(axes).numpy()
        assert torch.allclose(split.train_x.mean(axes), torch.zeros(1), atol=1e-3)
        assert np.isnan(x).any() or np.allclose(spread[~constant], 1, atol=2e-2)
    if split.target_std is not None and data.task == "regression":
        np.testing.assert_allclose(
            split.natural(split.val_y.numpy()), y[split.val_index], rtol=1e-3, atol=1e-3
        )
    np.testing.assert_allclose(
        split.normalise(x[split.val_index[:5]]).numpy(), split.val_x[:5].numpy(), atol=1e-6
    )


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
