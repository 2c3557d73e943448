"""The one-place rule: a new layer, loss, optimiser, schedule, initialiser, data set or task is one class.

It is found in the description for the page, in the JSON and in the script without any other edit.
"""

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
from playground.catalogues.initializers import INITIALIZERS, Initializer
from playground.catalogues.layers import LAYERS, Layer
from playground.catalogues.losses import LOSSES
from playground.catalogues.losses import Loss as LossEntry
from playground.catalogues.optimizers import OPTIMIZERS, Optimizer
from playground.catalogues.samples import normalised, statistics
from playground.catalogues.schedules import SCHEDULES, Curve
from playground.catalogues.tasks import TASKS, Inputs, Lines, Targets, Values, register
from playground.experiment import Experiment
from playground.export.script import script
from playground.questions.base import QUESTIONS
from playground.results import train
from playground.settings import Settings
from playground.training.trainer import Trainer
from playground.ui.answers.boot import fixed_boot
from playground.ui.answers.check import check_answer
from playground.ui.fields import describe_catalogue


class Scale(Layer):
    """Divides every feature by its size. In: (N, F). Out: (N, F). Source: torch.nn.RMSNorm."""

    id, label, family, group = "test_scale", "Scale", "norm", "normalisation"
    takes_init = False
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


def fill_alternating(weight, value):
    """`value` and its negative in turns."""
    flat = weight.view(-1)
    flat[0::2], flat[1::2] = value, -value


class Alternating(Initializer):
    """Up and down in turns. Source: this test."""

    id, label = "test_alternating", "Alternating"
    fill = staticmethod(fill_alternating)
    value: float = Field(0.25, gt=0, le=1, description="Size of every weight")


@contextmanager
def registered(catalogue: Catalogue[Any], entry: type[Entry]) -> Iterator[None]:
    catalogue.register(entry)
    fixed_boot.cache_clear()
    try:
        yield
    finally:
        catalogue.unregister(entry.id)
        fixed_boot.cache_clear()


def boot_entry(kind: str, entry_id: str) -> dict[str, Any]:
    """An entry as the page gets it when it opens."""
    entries: list[dict[str, Any]] = fixed_boot()["catalogue"][kind]
    return next(entry for entry in entries if entry["id"] == entry_id)


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
    (
        INITIALIZERS,
        Alternating,
        {"init": {"init": "test_alternating", "value": 0.5}},
        '(fill_alternating, {"value": 0.5})',
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
        shown = boot_entry(catalogue.kind, entry.id)
        assert shown in describe_catalogue(catalogue)
        chosen = change.get(catalogue.kind, {})
        names = {field["name"] for field in shown["fields"]}
        assert chosen.keys() - {catalogue.kind} <= names
        history = train(experiment).history
        assert history is not None and np.isfinite(history.column("epochs", "val_loss")).all()
    assert entry.id not in [each["id"] for each in fixed_boot()["catalogue"][catalogue.kind]]


def test_what_a_card_must_know_of_a_new_layer_is_in_its_description() -> None:
    with registered(LAYERS, Scale):
        facts = boot_entry("layer", "test_scale")["facts"]
    assert facts["takes_init"] is False and facts["ends_features"] is False


def log_targets(y, train):
    """Logarithms in units of their spread in the training part, counted from their mean there."""
    logs = np.log(y)
    mean, std = statistics(logs[train], (0,))
    return normalised(logs, mean, std), mean, std


class Magnitude(Values):
    """A positive number, of which the logarithm is learned. Outputs: (N, 1)."""

    id = "test_magnitude"
    answer = "value"
    cards = ("fit",)
    data_note = "predicts how large {targets} is"

    def n_outputs(self, data: Dataset) -> int:
        return len(data.target_names())

    def prepare(self, y: np.ndarray, inputs: Inputs) -> Targets:
        return Targets(*log_targets(y, inputs.train))

    def prepare_code(self) -> Lines:
        lines = ("y, target_mean, target_std = log_targets(y, train)", "y = torch.from_numpy(y)")
        return Lines(lines, (statistics, normalised, log_targets))

    def in_own_unit(
        self, answers: np.ndarray, mean: np.ndarray | None, std: np.ndarray | None
    ) -> np.ndarray:
        return np.exp(super().in_own_unit(answers, mean, std))


def make_powers(size):
    """Points in the plane and 10 to the power of their first coordinate."""
    x = np.random.default_rng(0).uniform(-2, 2, (size, 2)).astype(np.float32)
    return x, 10 ** x[:, :1]


class Powers(Stripes):
    """Points with a value that spans orders of magnitude."""

    id, label = "test_powers", "Powers"
    task, classes, targets = "test_magnitude", (), ("power",)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return make_powers(self.size)

    def source(self) -> tuple[str, tuple[Callable[..., Any], ...]]:
        return f"x, y = make_powers({self.size})", (make_powers,)


@pytest.fixture
def magnitude() -> Iterator[None]:
    register(Magnitude)
    with registered(DATASETS, Powers):
        yield
    del TASKS[Magnitude.id]
    fixed_boot.cache_clear()


MAGNITUDE = {
    "data": {"dataset": "test_powers", "size": 300, "batch_size": 20},
    "layers": [{"layer": "linear", "units": 16}, {"layer": "tanh"}],
    "training": {"loss": {"loss": "mse"}, "epochs": 20},
}


@pytest.mark.usefixtures("magnitude")
def test_a_task_is_one_class_for_the_page() -> None:
    task = boot_entry("task", "test_magnitude")
    assert task["facts"]["answer"] == "value" and task["facts"]["charts"] == ["mae", "r2"]
    assert task["data_note"]["en"] == "predicts how large {targets} is"
    assert boot_entry("dataset", "test_powers")["task"] == "test_magnitude"
    # A loss need not know it: the task names the one that suits.
    assert "test_magnitude" in boot_entry("loss", "mse")["tasks"]
    assert "test_magnitude" not in boot_entry("loss", "l1")["tasks"]
    checked = check_answer(MAGNITUDE, Settings())
    assert (checked["faults"], checked["data"]["metrics"]) == ([], ("mae", "r2"))


@pytest.mark.usefixtures("magnitude")
def test_a_task_is_one_class_for_the_run_and_the_script(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = Experiment.from_dict(MAGNITUDE)
    finished = train(experiment)
    x, y = make_powers(300)
    off = np.abs(np.log10(finished.predict(x)) - np.log10(y))
    assert np.median(off) < 0.2
    monkeypatch.chdir(tmp_path)
    exec(compile(script(experiment), "script.py", "exec"), {})
    last = capsys.readouterr().out.splitlines()[-1]
    history = finished.history
    assert history is not None
    assert f"val_loss {history.column('epochs', 'val_loss')[-1]:.9g}" in last


@pytest.mark.usefixtures("magnitude")
def test_a_task_is_one_class_for_the_questions() -> None:
    experiment = Experiment.from_dict({**MAGNITUDE, "training": {"loss": {"loss": "mse"}}})
    trainer = Trainer(experiment)
    sample = {"kind": "validation", "index": 0}
    for name, key in (("predict", "values"), ("report", "values"), ("fit", "predicted")):
        question = QUESTIONS[name].read({"question": name, "sample": sample})
        answer = question.tell(question(trainer), experiment)
        assert len(answer[key]) > 0, name
