"""The catalogue of losses."""

from typing import ClassVar

from pydantic import Field
from torch import nn

from .calls import Call
from .catalogue import Catalogue, Entry


class Loss(Entry):
    """What training makes small."""

    family = "loss"
    tasks: ClassVar[frozenset[str]]

    def call(self) -> Call:
        """The module: (output, target) -> a scalar, the mean over the batch."""
        raise NotImplementedError


LOSSES: Catalogue[Loss] = Catalogue("loss", Loss)


@LOSSES.register
class CrossEntropy(Loss):
    """The negative logarithm of the probability given to the right class.

    In: logits (N, C), class indices (N,). Out: scalar ≥ 0. Source: torch.nn.CrossEntropyLoss.
    """

    id = "cross_entropy"
    label = "Cross-entropy"
    tasks = frozenset({"classification"})
    label_smoothing: float = Field(
        0.0, ge=0, le=0.9, description="Share of the target spread over all classes", json_schema_extra={"step": 0.05}
    )

    def call(self) -> Call:
        options = {"label_smoothing": self.label_smoothing} if self.label_smoothing else {}
        return Call.of(nn.CrossEntropyLoss, **options)


@LOSSES.register
class MultiMargin(Loss):
    """The hinge loss: the right class's score must lead every other by a margin.

    In: scores (N, C), class indices (N,). Out: scalar ≥ 0. Source: torch.nn.MultiMarginLoss.
    """

    id = "multi_margin"
    label = "Hinge (multi-margin)"
    tasks = frozenset({"classification"})
    margin: float = Field(1.0, gt=0, le=100, description="The lead that costs nothing")

    def call(self) -> Call:
        return Call.of(nn.MultiMarginLoss, **({"margin": self.margin} if self.margin != 1 else {}))
