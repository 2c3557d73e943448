"""One more layer, loss, optimiser, schedule, data set, initialiser and task: what somebody writes who adds them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from pydantic import Field
from torch import nn

from playground.catalogues.calls import Call
from playground.catalogues.datasets import Dataset
from playground.catalogues.initializers import Initializer
from playground.catalogues.layers import Layer
from playground.catalogues.losses import Loss as LossEntry
from playground.catalogues.optimizers import Optimizer
from playground.catalogues.samples import normalised, statistics
from playground.catalogues.schedules import Curve
from playground.catalogues.tasks import Inputs, Lines, Targets, Values


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
    """Alternates between plus and minus. Source: this test."""

    id, label = "test_alternating", "Alternating"
    fill = staticmethod(fill_alternating)
    value: float = Field(0.25, gt=0, le=1, description="Size of every weight")


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


# Their Chinese words, by the English of labels, helps and field names: the second place.
CHINESE = {
    "Scale": "缩放",
    "Divides every feature by its size.": "将每个特征除以其大小。",
    "Keeps the division finite": "使除法保持有限",
    "Squared hinge": "平方合页损失",
    "margin": "间隔",
    "The lead that costs nothing": "无需付出代价的领先量",
    "Averaged": "平均下降",
    "Averaged descent.": "平均下降。",
    "Halves": "减半",
    "Drops once, in the middle.": "在中途下降一次。",
    "late": "后期",
    "Factor in the second half": "后半程的系数",
    "Stripes": "条纹",
    "Striped points.": "条纹状的点。",
    "Number of points": "点的数量",
    "Alternating": "交替",
    "Alternates between plus and minus.": "正负交替。",
    "Size of every weight": "每个权重的大小",
    "Powers": "幂",
    "Points with a value that spans orders of magnitude.": "值跨越多个数量级的点。",
    "predicts how large {targets} is": "预测 {targets} 有多大",
}
