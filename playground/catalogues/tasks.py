"""What a network has to give back: how many outputs, in which shape, and how it is judged."""

from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from ..faults import shape_text
from .calls import Call
from .layers import Complaint, Mend, Shape, flat_complaint, sequence_complaint
from .layers.dense import Linear
from .metrics import Accuracy, ClassAndValue, NearestNeighbour, RegressionError


@dataclass(frozen=True)
class Head:
    """The layer that ends the network: its label, what is wrong with its input if anything, and the call."""

    label: str
    call: Call | None
    complaint: Complaint | None = None


class Task:
    """One kind of answer. `metric` is a class of `metrics`; `scaled` where it wants the spread of the targets."""

    id: ClassVar[str]
    metric: ClassVar[type[Any]]
    scaled: ClassVar[bool] = False
    reads_scores: ClassVar[bool] = True  # the outputs are scores of classes

    def head(self, shape: Shape, outputs: int, target: Shape) -> Head:
        """In: the shape that the person's layers end with, how many outputs, the shape of one sample's input."""
        layer = Linear(units=outputs)
        found = flat_complaint(layer, shape)
        return Head(layer.label, None if found else layer.call(shape), found)

    def metric_code(self) -> str:
        """The metric in the exported script."""
        return f"{self.metric.__name__}({'target_std' if self.scaled else ''})"

    def build_metric(self, scale: Any) -> Any:
        """A fresh one. In: the spread of the targets, in their own unit."""
        return self.metric(scale) if self.scaled else self.metric()


class Classification(Task):
    """One class a sample. Outputs: (N, C) scores."""

    id = "classification"
    metric = Accuracy


class Regression(Task):
    """Numbers. Outputs: (N, K), in units of the targets' spread."""

    id = "regression"
    metric = RegressionError
    scaled = True
    reads_scores = False


class Labelling(Task):
    """One class a step of a sequence. Outputs: (N, T, C) scores."""

    id = "labelling"
    metric = Accuracy

    def head(self, shape: Shape, outputs: int, target: Shape) -> Head:
        layer = Linear(units=outputs)
        found = sequence_complaint(layer, shape)
        return Head(layer.label, None if found else layer.call(shape), found)


class Reconstruction(Task):
    """The input itself. Outputs: (N, *input_shape)."""

    id = "reconstruction"
    metric = RegressionError
    scaled = True
    reads_scores = False

    def head(self, shape: Shape, outputs: int, target: Shape) -> Head:
        if len(shape) == 3 and len(target) == 3 and shape[1:] == target[1:]:
            return Head("Conv2d", Call.of(nn.Conv2d, shape[0], target[0], 1))
        if len(shape) == 1:
            linear = Call.of(nn.Linear, shape[0], prod(target))
            back = Call.of(nn.Unflatten, 1, tuple(target))
            return Head(
                "Linear", linear if len(target) == 1 else Call(nn.Sequential, (linear, back))
            )
        values = {"given": shape_text(shape), "wanted": shape_text(target)}
        return Head(
            "Linear", None, Complaint("not_the_input", values, mends=(Mend("insert_flatten", ()),))
        )


class Embedding(Task):
    """A place for every sample, like ones near each other. Outputs: (N, D)."""

    id = "embedding"
    metric = NearestNeighbour
    reads_scores = False


class TwoTasks(Task):
    """A class and a value at once. Outputs: (N, C + 1)."""

    id = "two_tasks"
    metric = ClassAndValue
    scaled = True
    reads_scores = False


TASKS: dict[str, Task] = {
    each.id: each()
    for each in (Classification, Regression, Labelling, Reconstruction, Embedding, TwoTasks)
}


def readout(task: Task, link: str, output: Tensor) -> Tensor:
    """What the outputs say: probabilities of the classes (N, …, C) from scores; else the outputs as they are.

    One score is that of the second of two classes. Two tasks give the probabilities, then the value.
    """
    output = output.float()
    if task.id == "two_tasks":
        return torch.cat([output[:, :-1].softmax(1), output[:, -1:]], 1)
    if not task.reads_scores:
        return output
    if output.shape[-1] == 1:
        second = output.sigmoid()
        return torch.cat([1 - second, second], -1)
    return output.sigmoid() if link == "sigmoid" else output.softmax(-1)
