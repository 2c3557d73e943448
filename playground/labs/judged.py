"""What a loss is given in its lab: numbers that somebody typed, as the batch that the loss wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import torch
from pydantic import Field

from ..catalogues.datasets.base import Dataset, Split
from ..catalogues.losses import Loss
from ..faults import ExperimentError
from .program import Program, Ref

MOST_NUMBERS = 64
LARGEST = 1e6
Kind = Literal["values", "scores", "places", "two_tasks"]

# What stands there until somebody types something else: a prediction and its target.
USUAL: Mapping[str, tuple[Any, Any]] = {
    "values": (2.0, 0.5),
    "scores": ([0.5, 2.0, -1.0], 0),
    "yes_no": (1.5, 0),
    "places": ([[0.0, 0.0], [1.5, 0.5], [1.0, 1.5], [3.0, 1.0]], [0, 0, 1, 1]),
    "two_tasks": ([0.5, 2.0, -1.0, 0.3], [0, 1.0]),
}


def kind_of(loss: type[Loss]) -> Kind:
    """What a loss judges: numbers, scores of classes, places of an embedding, or scores and a number."""
    if loss.task == "embedding":
        return "places"
    if "two_tasks" in loss.tasks:
        return "two_tasks"
    if loss.suits("classification") or loss.suits("labelling"):
        return "scores"
    return "values"


def class_counts(n_classes: int) -> list[int]:
    """Samples of each class of the imagined training part: every class has half as many as the one before."""
    return [max(1, 64 // 2**place) for place in range(n_classes)]


class Imagined(Dataset):
    """Stands in for a data set: what a loss asks of one, its classes and how common they are. Source: none."""

    id, label, kind = "imagined", "Imagined", "dataset"
    shape_kind = "points"
    n_classes: int = Field(3, ge=1, le=MOST_NUMBERS)

    def class_names(self) -> tuple[str, ...]:
        return tuple(map(str, range(self.n_classes)))

    def split(self) -> Split:
        nothing = torch.empty(0)
        labels = training_labels(class_counts(self.n_classes))
        scale = np.ones(1, np.float32)
        index = np.arange(0)
        return Split(
            nothing, labels, nothing, nothing, self.class_names(), scale, scale, index, index
        )


class ImaginedValues(Imagined):
    """The same for numbers. Source: none."""

    task: ClassVar[str] = "regression"


class ImaginedTwoTasks(Imagined):
    """The same for a class and a number at once. Source: none."""

    task: ClassVar[str] = "two_tasks"


def training_labels(counts):
    """The class numbers of a training part with so many samples of each class."""
    return torch.arange(len(counts)).repeat_interleave(torch.tensor(counts))


def as_outputs(numbers, shape):
    """What a network might have given back: a batch whose gradient is wanted."""
    return torch.tensor(numbers, dtype=torch.float32).reshape(shape).requires_grad_()


def as_targets(numbers, shape, dtype):
    """What is right, as the loss wants it."""
    return torch.tensor(numbers, dtype=dtype).reshape(shape)


def loss_and_gradient(loss_function, outputs, targets, shape):
    """The loss of the batch, and its gradient with respect to the outputs, in the shape in which they were typed."""
    loss = loss_function(outputs, targets)
    loss.backward()
    return loss.item(), outputs.grad.reshape(shape).tolist()


@dataclass(frozen=True)
class Judged:
    """A prediction and a target as a loss takes them.

    shape: of the batch of outputs. typed_shape: as they were typed. target_shape, dtype: of the targets.
    """

    kind: Kind
    prediction: Any
    target: Any
    shape: tuple[int, ...]
    typed_shape: tuple[int, ...]
    target_shape: tuple[int, ...]
    dtype: torch.dtype
    n_classes: int

    @property
    def data(self) -> Dataset:
        """What the loss may ask of the data."""
        if self.kind == "values":
            return ImaginedValues(n_classes=1)
        if self.kind == "two_tasks":
            return ImaginedTwoTasks(n_classes=max(1, self.n_classes))
        return Imagined(n_classes=self.n_classes)

    @property
    def outputs(self) -> torch.Tensor:
        """The batch that is judged, without a gradient."""
        return as_outputs(self.prediction, self.shape).detach()

    @property
    def targets(self) -> torch.Tensor:
        """What the batch is compared with."""
        return as_targets(self.target, self.target_shape, self.dtype)

    def judge(self, program: Program, loss: Loss) -> tuple[float, Any]:
        """The loss and its gradient, carried out and written down."""
        call = loss.call(self.data)
        if "train_y" in call.code():
            counts = program.let("counts", class_counts(self.n_classes))
            program.call("train_y", training_labels, counts)
        program.build("loss_function", call)
        prediction = program.let("prediction", self.prediction)
        target = program.let("target", self.target)
        program.call("outputs", as_outputs, prediction, self.shape)
        program.call("targets", as_targets, target, self.target_shape, self.dtype)
        refs = [Ref("loss_function"), Ref("outputs"), Ref("targets"), self.typed_shape]
        value, grad = program.call("value, grad", loss_and_gradient, *refs)
        return value, grad


def judged(loss: type[Loss], prediction: Any, target: Any) -> Judged:
    """Brings both into the shapes that the loss takes. None: the usual ones. Raises: ExperimentError at either."""
    kind = kind_of(loss)
    is_yes_no = loss.link == "sigmoid"
    usual = USUAL["yes_no" if is_yes_no else kind]
    prediction = usual[0] if prediction is None else prediction
    if target is None:
        target = _usual_target(kind, usual[1], prediction)
    typed_shape = _shape_of(prediction, "prediction")
    if kind == "values":
        return _of_values(prediction, target, typed_shape)
    if kind == "two_tasks":
        return _of_two_tasks(prediction, target, typed_shape)
    shape = _of_scores(typed_shape, target, is_yes_no)
    n_samples, n_outputs = shape
    n_classes = n_outputs if kind == "scores" else MOST_NUMBERS
    if is_yes_no and n_outputs == 1:
        n_classes = 2
    _check_classes(target, n_samples, n_classes)
    return Judged(
        kind, prediction, target, shape, typed_shape, (n_samples,), torch.int64, n_classes
    )


def _usual_target(kind: Kind, usual: Any, prediction: Any) -> Any:
    """The usual target; of several predictions of the same length or number."""
    n = len(prediction) if isinstance(prediction, list) else 0
    is_batch = n > 0 and isinstance(prediction[0], list)
    if kind == "values" and n:
        row = [usual] * (len(prediction[0]) if is_batch else n)
        return [row] * n if is_batch else row
    if kind == "places" and is_batch:
        return [2 * place // n for place in range(n)]
    return [usual] * n if is_batch else usual


def _of_values(prediction: Any, target: Any, shape: tuple[int, ...]) -> Judged:
    target_shape = _shape_of(target, "target")
    if target_shape != shape:
        raise _misfit("target", target_shape, shape)
    # A loss sees a batch of samples: a number alone is a batch of one.
    batch = shape if len(shape) == 2 else (*(shape or (1,)), 1)
    return Judged(
        "values",
        prediction,
        target,
        batch,
        shape,
        batch,
        torch.float32,
        1,
    )


def _of_two_tasks(prediction: Any, target: Any, shape: tuple[int, ...]) -> Judged:
    if not shape or shape[-1] < 2:
        raise _misfit("prediction", shape, "(N, C + 1)")
    batch = (1, *shape) if len(shape) == 1 else shape
    target_shape = _shape_of(target, "target")
    wanted = (*shape[:-1], 2)
    if target_shape != wanted:
        raise _misfit("target", target_shape, wanted)
    rows = [target] if len(shape) == 1 else target
    n_classes = shape[-1] - 1
    for row in rows:
        _check_class(row[0], "target", n_classes)
    return Judged(
        "two_tasks", prediction, target, batch, shape, (batch[0], 2), torch.float32, n_classes
    )


def _of_scores(shape: tuple[int, ...], target: Any, is_yes_no: bool) -> tuple[int, int]:
    """(N, C) of what was typed: a number is one score, a list one sample, or one score each of several samples."""
    if len(shape) == 2:
        return shape[0], shape[1]
    n = shape[0] if shape else 1
    is_one_score_each = is_yes_no and isinstance(target, list)
    return (n, 1) if is_one_score_each or not shape else (1, n)


def _check_classes(target: Any, n_samples: int, n_classes: int) -> None:
    """Raises: ExperimentError unless there is a class number for every sample."""
    shape = _shape_of(target, "target")
    is_one = shape == () and n_samples == 1
    if shape != (n_samples,) and not is_one:
        raise _misfit("target", shape, (n_samples,))
    labels = target if isinstance(target, list) else [target]
    for place, label in enumerate(labels):
        where = f"target[{place}]" if isinstance(target, list) else "target"
        _check_class(label, where, n_classes)


def _check_class(label: float, place: str, n_classes: int) -> None:
    if label != int(label) or not 0 <= label < n_classes:
        raise ExperimentError.at(place, "lab_class", given=f"{label:g}", limit=n_classes - 1)


def _shape_of(numbers: Any, place: str) -> tuple[int, ...]:
    """Of a number, a list, or a list of lists of one length. Raises: ExperimentError for anything else."""
    rows = numbers if isinstance(numbers, list) else [numbers]
    if not rows or len(rows) > MOST_NUMBERS:
        raise ExperimentError.at(place, "lab_numbers")
    if all(isinstance(row, list) for row in rows):
        lengths = {len(row) for row in rows}
        flat: Sequence[Any] = [number for row in rows for number in row]
        shape: tuple[int, ...] = (len(rows), len(rows[0]))
        is_even = len(lengths) == 1
    else:
        flat = rows
        shape = (len(rows),) if isinstance(numbers, list) else ()
        is_even = True
    is_small = 0 < len(flat) <= MOST_NUMBERS
    if not is_even or not is_small or not all(map(_is_number, flat)):
        raise ExperimentError.at(place, "lab_numbers")
    return shape


def _is_number(value: Any) -> bool:
    is_numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return is_numeric and abs(value) <= LARGEST


def _misfit(place: str, given: Any, wanted: Any) -> ExperimentError:
    return ExperimentError.at(place, "lab_shape", given=str(given), wanted=str(wanted))
