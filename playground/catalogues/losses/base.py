"""What every loss says of itself."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ..base import Catalogue, Entry
from ..calls import Call
from ..datasets.base import Dataset
from ..modules import PerStep
from ..tasks import TASKS
from .modules import LabelWeight, balanced_weights


class Loss(Entry):
    """What training makes small."""

    family = "loss"
    tasks: ClassVar[frozenset[str]]  # of the data sets that it suits
    task: ClassVar[str] = (
        ""  # what the network gives back where it is not what the data set asks for
    )
    link: ClassVar[Literal["softmax", "sigmoid"]] = "softmax"  # how scores become probabilities
    # False where samples are compared with each other: then several small batches are not one large one.
    is_mean_of_samples: ClassVar[bool] = True

    @classmethod
    def suits(cls, task: str) -> bool:
        """Whether it judges that task: it says so itself, or the task names it as its natural loss."""
        return task in cls.tasks or TASKS[task].natural == cls.id

    def call(self, data: Dataset) -> Call:
        """The module: (output, target) -> a scalar, the mean over the batch. It may have parameters of its own."""
        raise NotImplementedError

    def weighing(self, data: Dataset) -> Call | None:
        """A module: targets of a batch -> what its mean loss was divided by, so that means of batches can be
        averaged. None where that is the number of samples."""
        return None

    def n_outputs(self, data: Dataset) -> int:
        """How many numbers the network gives back for a sample."""
        return data.n_outputs()


LOSSES: Catalogue[Loss] = Catalogue("loss", Loss)


def fitting_losses(data: Dataset) -> list[type[Loss]]:
    """The losses that suit the data, the usual one first."""
    suited = [loss for loss in LOSSES if loss.suits(data.task)]
    return sorted(suited, key=lambda loss: loss.id != data.goal.natural)


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


def label_weight(data: Dataset, weights: str = "equal") -> Call | None:
    """`Loss.weighing` of losses for classes: by the classes' weights, and by the labels that count of sequences."""
    if weights == "equal" and not data.goal.by_steps:
        return None
    return Call.of(LabelWeight, **weighted(data, weights))


def over_steps(data: Dataset, loss: Call) -> Call:
    """The same loss over the true steps of sequences, where these are what is labelled."""
    return Call.of(PerStep, loss) if data.goal.by_steps else loss
