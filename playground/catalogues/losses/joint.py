"""The loss of two tasks learned at once."""

from typing import Literal

from pydantic import Field

from ..calls import Call
from ..datasets.base import Dataset
from .base import LOSSES, Loss
from .modules import FixedTwoTasks, LearnedTwoTasks


@LOSSES.register
class TwoTasksLoss(Loss):
    """Predicts a class and a value at once: cross-entropy and squared error, each with a learned or fixed weight.

    Learned: exp(−s₁) · cross-entropy + ½ exp(−s₂) · squared error + ½ (s₁ + s₂), where s are log-variances, numbers
    that training moves like weights. In: outputs (N, C + 1), targets float (N, 2): class number, value.
    Out: scalar; with learned weights it may fall below 0.
    Source: Kendall, Gal and Cipolla 2018, Multi-Task Learning Using Uncertainty.
    """

    id = "two_tasks"
    label = "Two tasks"
    tasks = frozenset({"two_tasks"})
    weighting: Literal["learned", "fixed"] = Field(
        "learned", description="learned: training finds the weights; fixed: the weights given here"
    )
    class_weight: float = Field(
        1.0,
        ge=0,
        le=1_000,
        description="Weight of the class loss if the weights are fixed",
        json_schema_extra={"shown_when": {"weighting": ["fixed"]}},
    )
    value_weight: float = Field(
        1.0,
        ge=0,
        le=1_000,
        description="Weight of the value loss if the weights are fixed",
        json_schema_extra={"shown_when": {"weighting": ["fixed"]}},
    )

    def call(self, data: Dataset) -> Call:
        if self.weighting == "learned":
            return Call.of(LearnedTwoTasks)
        return Call.of(
            FixedTwoTasks, class_weight=self.class_weight, value_weight=self.value_weight
        )
