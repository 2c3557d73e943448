"""Losses for numbers: what is predicted, or the input given back."""

from typing import Any

from pydantic import Field
from torch import nn

from ..calls import Call
from ..datasets.base import Dataset
from .base import LOSSES, Loss

NUMBERS = frozenset({"regression", "reconstruction"})


@LOSSES.register
class MSE(Loss):
    """The mean of the squared differences: large errors weigh most.

    In: outputs and targets of one shape. Out: scalar ≥ 0. Source: torch.nn.MSELoss.
    """

    id = "mse"
    label = "Mean squared error"
    tasks = NUMBERS

    def call(self, data: Dataset) -> Call:
        return Call.of(nn.MSELoss)


@LOSSES.register
class L1(Loss):
    """The mean of the absolute differences: an outlier pulls no harder than any other value.

    In: outputs and targets of one shape. Out: scalar ≥ 0. Source: torch.nn.L1Loss.
    """

    id = "l1"
    label = "Mean absolute error (L1)"
    tasks = NUMBERS

    def call(self, data: Dataset) -> Call:
        return Call.of(nn.L1Loss)


@LOSSES.register
class Huber(Loss):
    """Squared for small differences, linear beyond delta: smooth near the target, and robust against outliers.

    In: outputs and targets of one shape, in units of the targets' spread. Out: scalar ≥ 0; ½d² up to delta, then
    delta · (d − ½delta). Source: torch.nn.HuberLoss.
    """

    id = "huber"
    label = "Huber"
    tasks = NUMBERS
    delta: float = Field(
        1.0,
        gt=0,
        le=100,
        description="Where the linear part begins, in standard deviations of the targets",
    )

    def call(self, data: Dataset) -> Call:
        return Call.of(nn.HuberLoss, **_unless(1.0, delta=self.delta))


@LOSSES.register
class SmoothL1(Loss):
    """Huber divided by its threshold, so that the linear part always has slope 1.

    In: outputs and targets of one shape, in units of the targets' spread. Out: scalar ≥ 0; ½d²/beta up to beta, then
    d − ½beta. Source: torch.nn.SmoothL1Loss.
    """

    id = "smooth_l1"
    label = "Smooth L1"
    tasks = NUMBERS
    beta: float = Field(
        1.0,
        gt=0,
        le=100,
        description="Where the linear part begins, in standard deviations of the targets",
    )

    def call(self, data: Dataset) -> Call:
        return Call.of(nn.SmoothL1Loss, **_unless(1.0, beta=self.beta))


def _unless(usual: float, **options: float) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value != usual}
