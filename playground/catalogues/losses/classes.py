"""Losses for one class out of several."""

from typing import Literal

from pydantic import Field
from torch import nn

from ..calls import Call
from ..datasets.base import Dataset
from .base import LOSSES, Loss, label_weight, over_steps, weighted
from .modules import Focal, LogSoftmaxFirst

WEIGHTS_HELP = "balanced: a class that is n times rarer counts n times as much"


@LOSSES.register
class CrossEntropy(Loss):
    """The negative logarithm of the probability that the network gives to the right class.

    In: logits (N, C), class indices (N,); or (N, T, C) and (N, T), −100 where none counts. Out: scalar ≥ 0.
    Source: torch.nn.CrossEntropyLoss.
    """

    id = "cross_entropy"
    label = "Cross-entropy"
    tasks = frozenset({"classification", "labelling"})
    label_smoothing: float = Field(
        0.0,
        ge=0,
        le=0.9,
        description="Share of the target that is spread over all classes",
        json_schema_extra={"step": 0.05},
    )
    class_weights: Literal["equal", "balanced"] = Field("equal", description=WEIGHTS_HELP)

    def call(self, data: Dataset) -> Call:
        options = {"label_smoothing": self.label_smoothing} if self.label_smoothing else {}
        return over_steps(
            data, Call.of(nn.CrossEntropyLoss, **weighted(data, self.class_weights), **options)
        )

    def weighing(self, data: Dataset) -> Call | None:
        return label_weight(data, self.class_weights)


@LOSSES.register
class MultiMargin(Loss):
    """The hinge loss: the score of the right class must exceed every other by a margin.

    In: scores (N, C), class indices (N,). Out: scalar ≥ 0. Source: torch.nn.MultiMarginLoss.
    """

    id = "multi_margin"
    label = "Hinge (multi-margin)"
    tasks = frozenset({"classification"})
    margin: float = Field(
        1.0, gt=0, le=100, description="How far ahead the right score must be for a loss of zero"
    )

    def call(self, data: Dataset) -> Call:
        return Call.of(nn.MultiMarginLoss, **({"margin": self.margin} if self.margin != 1 else {}))


@LOSSES.register
class NegativeLogLikelihood(Loss):
    """The same value as cross-entropy, in two steps: log-softmax, then the entry of the right class.

    In: logits (N, C), class indices (N,); or (N, T, C) and (N, T), −100 where none counts. Out: scalar ≥ 0.
    Source: torch.nn.NLLLoss after log_softmax.
    """

    id = "nll"
    label = "Negative log-likelihood"
    tasks = frozenset({"classification", "labelling"})
    class_weights: Literal["equal", "balanced"] = Field("equal", description=WEIGHTS_HELP)

    def call(self, data: Dataset) -> Call:
        return over_steps(
            data,
            Call.of(LogSoftmaxFirst, Call.of(nn.NLLLoss, **weighted(data, self.class_weights))),
        )

    def weighing(self, data: Dataset) -> Call | None:
        return label_weight(data, self.class_weights)


@LOSSES.register
class FocalLoss(Loss):
    """Cross-entropy in which samples that the network already knows well count little; meant for rare classes.

    In: logits (N, C), class indices (N,); or (N, T, C) and (N, T), −100 where none counts. Out: scalar ≥ 0,
    the mean of α (1 − p)^γ · (−log p). Source: Lin et al. 2017, Focal Loss for Dense Object Detection.
    """

    id = "focal"
    label = "Focal loss"
    tasks = frozenset({"classification", "labelling"})
    alpha: float = Field(
        0.25,
        gt=0,
        le=10,
        description="Factor for the whole loss; with gamma 0 and alpha 1 it is cross-entropy",
    )
    gamma: float = Field(
        2.0, ge=0, le=10, description="How strongly easy samples are played down; 0: not at all"
    )

    def call(self, data: Dataset) -> Call:
        return over_steps(data, Call.of(Focal, alpha=self.alpha, gamma=self.gamma))

    def weighing(self, data: Dataset) -> Call | None:
        return label_weight(data)
