"""The one-place rule: a new layer, loss, optimiser, schedule or data set is one class, found on the screen, in the JSON
and in the code without any other edit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import Field
from torch import nn

from playground.catalogues.base import Catalogue, Entry
from playground.catalogues.calls import Call
from playground.catalogues.datasets import DATASETS, Dataset
from playground.catalogues.layers import LAYERS, Layer
from playground.catalogues.losses import LOSSES
from playground.catalogues.losses import Loss as LossEntry
from playground.catalogues.optimizers import OPTIMIZERS, Optimizer
from playground.catalogues.schedules import SCHEDULES, Curve
from playground.experiment import Experiment
from playground.export.script import script
from playground.results import train
from playground.ui.answers.boot import fixed_boot
from playground.ui.fields import describe_catalogue


class Scale(Layer):
    """Divides every feature by its size. In: (N, F). Out: (N, F). Source: torch.nn.RMSNorm."""

    id, label, family, group = "test_scale", "Scale", "norm", "normalisation"
    eps: float = Field(1e-6, gt=0, le=1, description="Keeps the division finite")

    def call(self, shape: tuple[int, ...]) -> Call:
        return Call.of(nn.RMSNorm, shape[0], eps=self.eps)


class SquaredHinge(LossEntry):
    """The hinge loss, squared. In: scores (N, C). Source: torch.nn.MultiMarginLoss."""

    id, label = "test_margin", "Squared hinge"
    tasks = frozenset({"classification"})
    margin: float = Field(0.5, gt=0, le=9, description="The lead that costs nothing")

    def call(self, data: Dataset) -> Call:
        return Call.of(nn.MultiMarginLoss, p=2, margin=self.margin)


class Averaged(Optimizer):
    """Averaged descent. Source: torch.optim.ASGD."""

    id, label = "test_averaged", "Averaged"
    target = torch.optim.ASGD
    fused = False


def halves(step, total_steps, steps_per_epoch, late):
    """1 in the first half of the run, `late` in the second."""
    return 1.0 if 2 * step < total_steps else late


class Halves(Curve):
    """Drops once, in the middle. Source: torch.optim.lr_scheduler.MultiStepLR."""

    id, label = "test_halves", "Halves"
    curve = staticmethod(halves)
    late: float = Field(0.25, gt=0, le=1, description="Factor in the second half")


def make_stripes(size):
    """Points in the plane; the class changes with every unit of x."""
    x = np.random.default_rng(0).uniform(-2, 2, (size, 2)).astype(np.float32)
    return x, (np.floor(x[:, 0]) % 2).astype(np.int64)


class Stripes(Dataset):
    """Striped points."""

    id, label, group = "test_stripes", "Stripes", "points"
    shape_kind, classes, input_shape = "points", ("even", "odd"), (2,)
    size: int = Field(400, ge=50, le=5_000, description="Number of points")

    def n_samples(self) -> int:
        return self.size

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return make_stripes(self.size)

    def counts(self) -> tuple[int, int]:
        split = self.split()
        return len(split.train_x), len(split.val_x)

    def source(self) -> tuple[str, tuple[Callable[..., Any], ...]]:
        return f"x, y = make_stripes({self.size})", (make_stripes,)


@contextmanager
def registered(catalogue: Catalogue[Any], entry: type[Entry]) -> Iterator[None]:
    catalogue.register(entry)
    fixed_boot.cache_clear()
    try:
        yield
    finally:
        catalogue.unregister(entry.id)
        fixed_boot.cache_clear()


LINEAR = {"layer": "linear", "units": 3}
CASES: list[tuple[Catalogue[Any], type[Entry], dict[str, Any], str]] = [
    (
        LAYERS,
        Scale,
        {"layers": [LINEAR, {"layer": "test_scale", "eps": 0.5}]},
        "nn.RMSNorm(3, eps=0.5)",
    ),
    (
        LOSSES,
        SquaredHinge,
        {"loss": {"loss": "test_margin", "margin": 2.0}},
        "nn.MultiMarginLoss(p=2, margin=2.0)",
    ),
    (
        OPTIMIZERS,
        Averaged,
        {"optimizer": {"optimizer": "test_averaged", "lr": 0.5}},
        "torch.optim.ASGD(",
    ),
    (SCHEDULES, Halves, {"schedule": {"schedule": "test_halves", "late": 0.5}}, "late=0.5"),
    (
        DATASETS,
        Stripes,
        {"data": {"dataset": "test_stripes", "size": 300}},
        "x, y = make_stripes(300)",
    ),
]


@pytest.mark.parametrize(
    ("catalogue", "entry", "change", "line"), CASES, ids=[case[1].id for case in CASES]
)
def test_one_class_is_enough(
    catalogue: Catalogue[Any], entry: type[Entry], change: dict[str, Any], line: str
) -> None:
    training = {name: value for name, value in change.items() if name not in ("data", "layers")}
    whole = {
        "data": change.get("data", {"dataset": "xor", "size": 100}),
        "layers": change.get("layers", [LINEAR]),
        "training": {"epochs": 1, **training},
    }
    with registered(catalogue, entry):
        experiment = Experiment.from_dict(whole)
        assert (
            entry.id in experiment.to_json()
            and Experiment.from_json(experiment.to_json()) == experiment
        )
        assert Experiment.from_link(experiment.to_link()) == experiment
        assert line in script(experiment)
        shown = next(
            each for each in fixed_boot()["catalogue"][catalogue.kind] if each["id"] == entry.id
        )
        assert shown == next(
            each for each in describe_catalogue(catalogue) if each["id"] == entry.id
        )
        assert {field["name"] for field in shown["fields"]} >= set(
            change.get(catalogue.kind, {})
        ) - {catalogue.kind}
        history = train(experiment).history
        assert history is not None and np.isfinite(history.column("epochs", "val_loss")).all()
    assert entry.id not in [each["id"] for each in fixed_boot()["catalogue"][catalogue.kind]]
