"""What a network has to give back. All that depends on it, from the head to the report, is said by one class."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import torch
from torch import Tensor, nn

from ..faults import shape_text
from . import baselines
from .calls import Call
from .layers import Complaint, Fix, Shape, flat_complaint, sequence_complaint
from .layers.dense import Linear
from .metrics import Accuracy, ClassAndValue, NearestNeighbour, RegressionError
from .samples import (
    SPLIT_SEED,
    Division,
    normalised,
    random_split,
    scaled_targets,
    scaled_value,
    statistics,
    stratified_split,
)

if TYPE_CHECKING:
    from .datasets.base import Dataset

# How the page draws an answer.
AnswerKind = Literal["classes", "value", "labels", "image", "embedding", "two_tasks"]


@dataclass(frozen=True)
class Head:
    """The layer that ends the network: its label, the call, or what is wrong with its input."""

    label: str
    call: Call | None
    complaint: Complaint | None = None


@dataclass(frozen=True)
class Targets:
    """What the network learns to give back, and how that is scaled; no scale for classes.

    y: as in `Split`. mean, std: float32, shaped to go with one target.
    """

    y: np.ndarray
    mean: np.ndarray | None = None
    std: np.ndarray | None = None


@dataclass(frozen=True)
class Inputs:
    """The inputs as the network takes them, what they were scaled by, and which of them train."""

    x: np.ndarray
    mean: np.ndarray
    std: np.ndarray
    train: np.ndarray


@dataclass(frozen=True)
class Lines:
    """Lines of the exported script, and the functions that they call."""

    lines: tuple[str, ...] = ()
    functions: tuple[Callable[..., Any], ...] = ()


@dataclass(frozen=True)
class Compared:
    """What a report compares: scores of classes with labels, values with their targets, or both.

    scores: (n, C) with labels (n,). values, targets: of one shape, in units of the targets' spread. by_steps: a label
    is one of a step. by_neighbours: `scores` are places, and the nearest neighbours tell the class.
    """

    scores: Tensor | None = None
    labels: Tensor | None = None
    values: Tensor | None = None
    targets: Tensor | None = None
    by_steps: bool = False
    by_neighbours: bool = False


class Task:
    """One kind of answer. A new one is a subclass, registered; nothing else asks which task it has before it.

    The words in `data_note` and `output_note` are shown on the page; their Chinese stands in `ui/words/tasks.py`.
    """

    id: ClassVar[str]
    metric: ClassVar[type[Any]]  # a class of `metrics`
    natural: ClassVar[str]  # id of the loss that suits as a rule
    answer: ClassVar[AnswerKind] = "classes"
    cards: ClassVar[tuple[str, ...]] = ()  # of the page, that only make sense here
    guesses: ClassVar[tuple[baselines.GuessMaker, ...]] = ()  # what its scores are compared with
    has_linear: ClassVar[bool] = False  # a linear model can answer it too
    scaled: ClassVar[bool] = False  # the metric wants the spread of the targets
    reads_scores: ClassVar[bool] = True  # the outputs are scores of classes
    by_steps: ClassVar[bool] = False  # an answer for every step of a sequence
    gives_back_input: ClassVar[bool] = False  # what is done to the input is done to the target
    is_stratified: ClassVar[bool] = False  # every class gives the same share to both parts
    data_note: ClassVar[str] = "{n} classes"
    output_note: ClassVar[str] = "{label}, set by the data: one score per class"

    # ---- the network ----

    def n_outputs(self, data: "Dataset") -> int:
        """How many numbers the network gives back for a sample, or for a step of it."""
        return len(data.class_names())

    def head(self, shape: Shape, outputs: int, target: Shape) -> Head:
        """In: the shape that the layers end with, how many outputs, the shape of one sample's input."""
        layer = Linear(units=outputs)
        complaint = flat_complaint(layer, shape)
        return Head(layer.label, None if complaint else layer.call(shape), complaint)

    # ---- the samples ----

    def labels_of(self, y: np.ndarray) -> np.ndarray:
        """The class numbers (N,) among the targets."""
        return y

    def division(self, validation: float) -> Division:
        """How samples are dealt out where the data set has no order of its own."""
        if self.is_stratified:
            return Division(stratified_split, "y", validation, SPLIT_SEED)
        return Division(random_split, "len(x)", validation, SPLIT_SEED)

    def counts(self, n: int, n_classes: int, validation: float) -> tuple[int, int]:
        """Samples for training and for validation, as `division` gives them for classes of one size."""
        if not self.is_stratified or not n_classes:
            held_out = min(n - 1, max(1, round(n * validation)))
            return n - held_out, held_out
        held_out = 0
        for place in range(n_classes):
            size = n // n_classes + (place < n % n_classes)
            held_out += min(size - 1, max(1, round(size * validation)))
        return n - held_out, held_out

    def prepare(self, y: np.ndarray, inputs: Inputs) -> Targets:
        """The targets as the network learns them; `prepare_code` says the same to the script."""
        return Targets(y)

    def prepare_code(self) -> Lines:
        """In the script `x` holds the inputs as the network takes them, `mean` and `std` their scale."""
        return Lines(("y = torch.from_numpy(y)",))

    # ---- how it is judged ----

    def metric_code(self) -> str:
        """The metric in the exported script."""
        return f"{self.metric.__name__}({'target_std' if self.scaled else ''})"

    def build_metric(self, scale: Any) -> Any:
        """A fresh one. In: the spread of the targets, in their own unit."""
        return self.metric(scale) if self.scaled else self.metric()

    def figures(self, outputs: Sequence[Tensor], targets: Sequence[Tensor]) -> Compared:
        """What the report compares. In: what the network says of each chunk of samples, and their targets."""
        return Compared(scores=torch.cat([*outputs]), labels=torch.cat([*targets]))

    # ---- what it says ----

    def readout(self, link: str, output: Tensor) -> Tensor:
        """Outputs -> probabilities of the classes (N, …, C); one score is that of the second of two classes."""
        output = output.float()
        if not self.reads_scores:
            return output
        if output.shape[-1] == 1:
            second = output.sigmoid()
            return torch.cat([1 - second, second], -1)
        return output.sigmoid() if link == "sigmoid" else output.softmax(-1)

    def in_own_unit(
        self, answers: np.ndarray, mean: np.ndarray | None, std: np.ndarray | None
    ) -> np.ndarray:
        """Values (N, …, K) in the target's own unit; probabilities stay. In: answers, the targets' scale."""
        if mean is None or std is None:
            return answers
        return answers * std + mean

    def class_of(self, target: Tensor) -> int | None:
        """The class number of one target; None where it is none: values, a picture, labels of many steps."""
        return int(target) if target.ndim == 0 else None

    @classmethod
    def facts(cls) -> dict[str, Any]:
        """What the page must know: how an answer is drawn, what it is judged by, what only it has."""
        return {
            "answer": cls.answer,
            "metrics": list(cls.metric.names),
            "charts": list(cls.metric.names),
            "cards": list(cls.cards),
            "has_linear": cls.has_linear,
            "natural": cls.natural,
            "reads_scores": cls.reads_scores,
            "by_steps": cls.by_steps,
            "gives_back_input": cls.gives_back_input,
        }


TASKS: dict[str, Task] = {}


def register(task: type[Task]) -> type[Task]:
    """Class decorator. Raises: ValueError where the id is taken."""
    if task.id in TASKS:
        raise ValueError(f"task “{task.id}” is registered twice")
    TASKS[task.id] = task()
    return task


@register
class Classification(Task):
    """One class a sample. Outputs: (N, C) scores."""

    id = "classification"
    metric = Accuracy
    natural = "cross_entropy"
    is_stratified = True
    guesses = (baselines.majority,)
    has_linear = True


class Values(Task):
    """Numbers instead of classes, in units of the targets' spread."""

    metric = RegressionError
    natural = "mse"
    scaled = True
    reads_scores = False
    guesses = (baselines.mean_target,)

    def figures(self, outputs: Sequence[Tensor], targets: Sequence[Tensor]) -> Compared:
        return Compared(values=torch.cat([*outputs]), targets=torch.cat([*targets]))


@register
class Regression(Values):
    """Numbers. Outputs: (N, K), in units of the targets' spread."""

    id = "regression"
    answer = "value"
    cards = ("fit",)
    has_linear = True
    data_note = "predicts {targets}"
    output_note = "{label}, set by the data: one value per target"

    def n_outputs(self, data: "Dataset") -> int:
        return len(data.target_names())

    def prepare(self, y: np.ndarray, inputs: Inputs) -> Targets:
        return Targets(*scaled_targets(y, inputs.train))

    def prepare_code(self) -> Lines:
        lines = (
            "y, target_mean, target_std = scaled_targets(y, train)",
            "y = torch.from_numpy(y)",
        )
        return Lines(lines, (statistics, normalised, scaled_targets))


@register
class Labelling(Task):
    """One class a step of a sequence. Outputs: (N, T, C) scores."""

    id = "labelling"
    metric = Accuracy
    natural = "cross_entropy"
    answer = "labels"
    by_steps = True
    guesses = (baselines.majority, baselines.label_of_token)
    output_note = "{label}, set by the data: one score per class at every step"

    def head(self, shape: Shape, outputs: int, target: Shape) -> Head:
        layer = Linear(units=outputs)
        complaint = sequence_complaint(layer, shape)
        return Head(layer.label, None if complaint else layer.call(shape), complaint)

    def figures(self, outputs: Sequence[Tensor], targets: Sequence[Tensor]) -> Compared:
        """The labelled steps alone. In: chunks (n, t, C), cut to their longest text; labels (n, T)."""
        scores, counted = [], []
        for output, labels in zip(outputs, targets, strict=True):
            labels = labels[:, : output.shape[1]]
            is_labelled = labels >= 0
            scores.append(output[is_labelled])
            counted.append(labels[is_labelled])
        return Compared(scores=torch.cat(scores), labels=torch.cat(counted), by_steps=True)


@register
class Reconstruction(Values):
    """The input itself. Outputs: (N, *input_shape)."""

    id = "reconstruction"
    answer = "image"
    gives_back_input = True
    data_note = "reproduces its input"
    output_note = "{label}, set by the data: the input again"

    def n_outputs(self, data: "Dataset") -> int:
        return prod(data.input_shape)

    def head(self, shape: Shape, outputs: int, target: Shape) -> Head:
        if len(shape) == 3 and len(target) == 3 and shape[1:] == target[1:]:
            return Head("Conv2d", Call.of(nn.Conv2d, shape[0], target[0], 1))
        if len(shape) != 1:
            values = {"given": shape_text(shape), "wanted": shape_text(target)}
            flatten = Fix("insert_flatten", ())
            return Head("Linear", None, Complaint("not_the_input", values, fixes=(flatten,)))
        linear = Call.of(nn.Linear, shape[0], prod(target))
        if len(target) == 1:
            return Head("Linear", linear)
        in_shape = Call.of(nn.Unflatten, 1, tuple(target))
        return Head("Linear", Call(nn.Sequential, (linear, in_shape)))

    def prepare(self, y: np.ndarray, inputs: Inputs) -> Targets:
        return Targets(inputs.x, inputs.mean, inputs.std)

    def prepare_code(self) -> Lines:
        return Lines(("y, target_std = x, std",))


@register
class Embedding(Task):
    """A place for every sample, like ones near each other. Outputs: (N, D)."""

    id = "embedding"
    metric = NearestNeighbour
    natural = "triplet_margin"
    answer = "embedding"
    cards = ("places",)
    reads_scores = False
    guesses = (baselines.nearest_input,)
    output_note = "{label}, set by the loss: a position for every sample"

    def figures(self, outputs: Sequence[Tensor], targets: Sequence[Tensor]) -> Compared:
        places = torch.cat([*outputs])
        return Compared(scores=places, labels=torch.cat([*targets]), by_neighbours=True)


@register
class TwoTasks(Task):
    """A class and a value at once. Outputs: (N, C + 1)."""

    id = "two_tasks"
    metric = ClassAndValue
    natural = "two_tasks"
    answer = "two_tasks"
    scaled = True
    reads_scores = False
    guesses = (baselines.majority_and_mean,)
    has_linear = True
    is_stratified = True
    output_note = "{label}, set by the data: one score per class, and one value"

    def n_outputs(self, data: "Dataset") -> int:
        return len(data.class_names()) + 1

    def labels_of(self, y: np.ndarray) -> np.ndarray:
        return y[:, 0]

    def division(self, validation: float) -> Division:
        return Division(stratified_split, "y[:, 0]", validation, SPLIT_SEED)

    def prepare(self, y: np.ndarray, inputs: Inputs) -> Targets:
        return Targets(*scaled_value(y, inputs.train))

    def prepare_code(self) -> Lines:
        lines = ("y, target_mean, target_std = scaled_value(y, train)", "y = torch.from_numpy(y)")
        return Lines(lines, (statistics, normalised, scaled_value))

    def figures(self, outputs: Sequence[Tensor], targets: Sequence[Tensor]) -> Compared:
        output, target = torch.cat([*outputs]), torch.cat([*targets])
        classes, labels = output[:, :-1], target[:, 0].long()
        return Compared(classes, labels, values=output[:, -1:], targets=target[:, 1:])

    def readout(self, link: str, output: Tensor) -> Tensor:
        """Probabilities of the classes, then the value."""
        output = output.float()
        return torch.cat([output[:, :-1].softmax(1), output[:, -1:]], 1)

    def in_own_unit(
        self, answers: np.ndarray, mean: np.ndarray | None, std: np.ndarray | None
    ) -> np.ndarray:
        value = super().in_own_unit(answers[:, -1:], mean, std)
        return np.concatenate([answers[:, :-1], value], 1)

    def class_of(self, target: Tensor) -> int | None:
        return int(target[0])
