"""Losses that ask yes or no: one output for two classes, one against the rest for more."""

from typing import Any

import torch
from pydantic import Field
from torch import nn

from ..calls import Call
from ..datasets.base import Dataset
from .base import LOSSES, Loss
from .modules import OneAgainstRest, SigmoidFirst


class Binary(Loss):
    """Two classes need one output, the score of the second; more have one each. Source: torch.nn.BCELoss."""

    tasks = frozenset({"classification"})
    link = "sigmoid"

    def n_outputs(self, data: Dataset) -> int:
        classes = len(data.class_names())
        return 1 if classes == 2 else classes


@LOSSES.register
class BCEWithLogits(Binary):
    """Yes or no for every class, directly from the scores: exact even when the network is very sure.

    In: logits (N, 1) for two classes, else (N, C); class indices (N,). Out: scalar ≥ 0.
    Source: torch.nn.BCEWithLogitsLoss.
    """

    id = "bce_with_logits"
    label = "Binary cross-entropy (logits)"
    pos_weight: float = Field(
        1.0,
        gt=0,
        le=1_000,
        description="How much a yes counts compared with a no",
        json_schema_extra={"log": True},
    )

    def call(self, data: Dataset) -> Call:
        options: dict[str, Any] = {}
        if self.pos_weight != 1:
            options["pos_weight"] = Call.of(torch.tensor, [self.pos_weight])
        return Call.of(OneAgainstRest, Call.of(nn.BCEWithLogitsLoss, **options))


@LOSSES.register
class BCE(Binary):
    """Yes or no for every class, from probabilities: the sigmoid, then the logarithm, which loses precision.

    Where the network is very sure and wrong the sigmoid is exactly 0 or 1, the logarithm is cut off at −100, and no
    gradient comes back; BCE with logits has one there.

    In: logits (N, 1) for two classes, else (N, C); class indices (N,). Out: scalar from 0 to 100.
    Source: torch.nn.BCELoss after a sigmoid.
    """

    id = "bce"
    label = "Binary cross-entropy (probabilities)"

    def call(self, data: Dataset) -> Call:
        return Call.of(OneAgainstRest, Call.of(SigmoidFirst, Call.of(nn.BCELoss)))
