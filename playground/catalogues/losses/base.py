"""What every loss says of itself."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ..base import Catalogue, Entry
from ..calls import Call
from ..datasets.base import Dataset
from ..modules import PerStep
from .modules import balanced_weights


class Loss(Entry):
    """What training makes small."""

    family = "loss"
    tasks: ClassVar[frozenset[str]]  # of the data sets that it suits
    task: ClassVar[str] = (
        ""  # what the network gives back where it is not what the data set asks for
    )
    link: ClassVar[Literal["softmax", "sigmoid"]] = "softmax"  # how scores become probabilities

    def call(self, data: Dataset) -> Call:
        """The module: (output, target) -> a scalar, the mean over the batch. It may have parameters of its own."""
        raise NotImplementedError

    def n_outputs(self, data: Dataset) -> int:
        """How many numbers the network gives back for a sample."""
        return data.n_outputs()


LOSSES: Catalogue[Loss] = Catalogue("loss", Loss)


def fitting_losses(data: Dataset) -> list[type[Loss]]:
    """The losses that suit the data, the usual one first."""
    return [loss for loss in LOSSES if data.task in loss.tasks]


@dataclass(frozen=True)
class TrainingLabels(Call):
    """The class numbers of the training part: `train_y` in the script."""

    data: Dataset | None = None

    @classmethod
    def of_data(cls, data: Dataset) -> "TrainingLabels":
        return cls(tuple, data=data)

    def build(self) -> Any:
        assert self.data is not None
        return self.data.split().train_y

    def _line(self) -> str:
        return "train_y"

    def targets(self) -> Any:
        return iter(())


def weighted(data: Dataset, weights: str) -> dict[str, Call]:
    """The option `weight` of torch's losses: none, or one weight a class from the counts of the training part."""
    if weights != "balanced":
        return {}
    return {
        "weight": Call.of(balanced_weights, TrainingLabels.of_data(data), len(data.class_names()))
    }


def over_steps(data: Dataset, loss: Call) -> Call:
    """The same loss over the true steps of sequences, where these are what is labelled."""
    return Call.of(PerStep, loss) if data.task == "labelling" else loss
