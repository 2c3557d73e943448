"""The catalogue of losses."""

from typing import ClassVar, Literal

from pydantic import Field
from torch import nn

from .calls import Call
from .catalogue import Catalogue, Entry
from .datasets.base import Dataset
from .modules import PerStep


class Loss(Entry):
    """What training makes small."""

    family = "loss"
    tasks: ClassVar[frozenset[str]]  # of the data sets that it suits
    task: ClassVar[str] = ""  # what the network gives back where it is not what the data set asks for
    link: ClassVar[Literal["softmax", "sigmoid"]] = "softmax"  # how scores become probabilities

    def call(self, data: Dataset) -> Call:
        """The module: (output, target) -> a scalar, the mean over the batch. It may have parameters of its own."""
        raise NotImplementedError

    def n_outputs(self, data: Dataset) -> int:
        """How many numbers the network gives back for a sample."""
        return data.n_outputs()


LOSSES: Catalogue[Loss] = Catalogue("loss", Loss)


@LOSSES.register
class CrossEntropy(Loss):
    """The negative logarithm of the probability given to the right class.

    In: logits (N, C), class indices (N,); or (N, T, C) and (N, T), −100 where none counts. Out: scalar ≥ 0.
    Source: torch.nn.CrossEntropyLoss.
    """

    id = "cross_entropy"
    label = "Cross-entropy"
    tasks = frozenset({"classification", "labelling"})
    label_smoothing: float = Field(
        0.0, ge=0, le=0.9, description="Share of the target spread over all classes", json_schema_extra={"step": 0.05}
    )

    def call(self, data: Dataset) -> Call:
        options = {"label_smoothing": self.label_smoothing} if self.label_smoothing else {}
        loss = Call.of(nn.CrossEntropyLoss, **options)
        return Call.of(PerStep, loss) if data.task == "labelling" else loss


@LOSSES.register
class MultiMargin(Loss):
    """The hinge loss: the right class's score must lead every other by a margin.

    In: scores (N, C), class indices (N,). Out: scalar ≥ 0. Source: torch.nn.MultiMarginLoss.
    """

    id = "multi_margin"
    label = "Hinge (multi-margin)"
    tasks = frozenset({"classification"})
    margin: float = Field(1.0, gt=0, le=100, description="The lead that costs nothing")

    def call(self, data: Dataset) -> Call:
        return Call.of(nn.MultiMarginLoss, **({"margin": self.margin} if self.margin != 1 else {}))


@LOSSES.register
class MSE(Loss):
    """The mean of the squared differences: large mistakes weigh most.

    In: outputs and targets of one shape. Out: scalar ≥ 0. Source: torch.nn.MSELoss.
    """

    id = "mse"
    label = "Mean squared error"
    tasks = frozenset({"regression", "reconstruction"})

    def call(self, data: Dataset) -> Call:
        return Call.of(nn.MSELoss)
