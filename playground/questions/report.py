"""The metrics report: one question about the whole validation part, answered with torchmetrics' figures."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..network.builder import answers_of
from ..training.trainer import VALIDATION_CHUNK, Trainer
from .inspection import neighbour_shares

MOST_SAMPLES = 4_096  # asked between two steps, so it must not take long
MOST_NEIGHBOURS = 2_048  # the same where every sample is compared with every other
MOST_CLASSES = 60  # with a confusion matrix
MOST_CURVES = 100  # classes with a curve each for the AUC


@dataclass(frozen=True)
class ClassFigures:
    """How classes are told apart. `confusion` counts: row the true class, column the answer; None for too many.

    auc: the mean area under the ROC curve, one class against the rest; top3: whether the right class is among the
    first three, where there are more than three. recall, precision: a number a class, NaN for those without samples.
    """

    accuracy: float
    top3: float
    macro_f1: float
    balanced_accuracy: float
    auc: float
    recall: np.ndarray
    precision: np.ndarray
    support: np.ndarray
    confusion: np.ndarray | None


@dataclass(frozen=True)
class ValueFigures:
    """How far values are off, in their own unit; r2 is 1 for perfect and 0 for always answering the mean."""

    name: str
    mae: float
    rmse: float
    r2: float


@dataclass(frozen=True)
class Figures:
    """The report. `n` of `of` validation samples were asked, in `steps` labelled steps where steps are labelled.

    guesses, labels: int64 (n,), to find the samples behind a cell; None where steps are labelled, or no classes.
    """

    step: int
    epoch: int
    n: int
    of: int
    classes: ClassFigures | None = None
    values: tuple[ValueFigures, ...] = ()
    by_neighbours: bool = False
    guesses: np.ndarray | None = field(default=None, repr=False)
    labels: np.ndarray | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Outcome:
    """What the network answered, on the CPU: the figures are made of it in whatever thread asks for them.

    scores: (n, C) probabilities or shares of classes, with labels (n,); values: (name, answers, targets), in their
    own unit.
    """

    about: dict[str, Any]
    scores: Tensor | None = None
    labels: Tensor | None = None
    values: tuple[tuple[str, Tensor, Tensor], ...] = ()

    def figures(self) -> Figures:
        """Takes a moment the first time, when torchmetrics is loaded."""
        about = dict(self.about)
        values = tuple(value_figures(*each) for each in self.values)
        if self.scores is None or self.labels is None:
            return Figures(**about, values=values)
        if not about.pop("by_steps", False):
            about |= {"guesses": self.scores.argmax(1).numpy(), "labels": self.labels.numpy()}
        return Figures(**about, classes=class_figures(self.scores, self.labels), values=values)


@dataclass(frozen=True)
class Report:
    """What `Outcome.figures` needs, from the validation part (its first 4,096 samples)."""

    limit: int = MOST_SAMPLES

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Outcome:
        split, task = trainer.split, trainer.task
        most = min(self.limit, MOST_NEIGHBOURS) if task.id == "embedding" else self.limit
        x, y = split.val_x[:most], split.val_y[:most]
        parts = [_answered(trainer, part) for part in x.split(VALIDATION_CHUNK)]
        about: dict[str, Any] = {
            "step": trainer.step,
            "epoch": trainer.epoch,
            "n": len(x),
            "of": len(split.val_x),
        }
        if task.id == "labelling":
            return Outcome(about | {"by_steps": True}, *_steps(parts, y))
        output = torch.cat(parts)
        if task.id in ("regression", "reconstruction"):
            return Outcome(about, values=_values(trainer, output, y))
        if task.id == "two_tasks":
            values = _values(trainer, output[:, -1:], y[:, 1:])
            return Outcome(about, output[:, :-1], y[:, 0].long(), values)
        if task.id == "embedding":
            about["by_neighbours"] = True
            output = neighbour_shares(output, output, y, len(split.classes), themselves=True)
        return Outcome(about, output, y)


def _values(trainer: Trainer, output: Tensor, y: Tensor) -> tuple[tuple[str, Tensor, Tensor], ...]:
    """One entry a named target; pictures are one nameless target."""
    names, split = trainer.experiment.data.target_names(), trainer.split
    guess, right = (torch.from_numpy(split.natural(each.numpy())) for each in (output, y))
    if len(names) == y.shape[-1] and y.ndim == 2:
        return tuple((name, guess[:, k], right[:, k]) for k, name in enumerate(names))
    return (("", guess.reshape(len(y), -1), right.reshape(len(y), -1)),)


def class_figures(scores: Tensor, labels: Tensor) -> ClassFigures:
    """In: probabilities or shares (N, C), class numbers (N,). Out: the figures. Source: torchmetrics."""
    from torchmetrics.functional import classification as lib

    n = scores.shape[1]
    support = torch.bincount(labels, minlength=n)
    present = support > 0
    guess = scores.argmax(1)
    matrix = lib.multiclass_confusion_matrix(guess, labels, n)
    recall = lib.multiclass_recall(guess, labels, n, average=None)
    precision = lib.multiclass_precision(guess, labels, n, average=None)
    f1 = lib.multiclass_f1_score(guess, labels, n, average=None)
    curves = [k for k in range(n) if 0 < support[k] < len(labels)] if n <= MOST_CURVES else []
    areas = [float(lib.binary_auroc(scores[:, k], (labels == k).long())) for k in curves]
    accuracy = lib.multiclass_accuracy(guess, labels, n, average="micro")
    top3 = (
        lib.multiclass_accuracy(scores, labels, n, average="micro", top_k=3)
        if n > 3
        else torch.tensor(math.nan)
    )
    return ClassFigures(
        accuracy=float(accuracy),
        top3=float(top3),
        macro_f1=float(f1[present].mean()),
        balanced_accuracy=float(recall[present].mean()),
        auc=sum(areas) / len(areas) if areas else math.nan,
        recall=recall.masked_fill(~present, math.nan).numpy(),
        precision=precision.masked_fill(matrix.sum(0) == 0, math.nan).numpy(),
        support=support.numpy(),
        confusion=matrix.numpy() if n <= MOST_CLASSES else None,
    )


def value_figures(name: str, guess: Tensor, right: Tensor) -> ValueFigures:
    """In: values of one shape, (N,) or (N, K), in their own unit. Out: the figures. Source: torchmetrics; R² as in the
    history, over all columns together, those that never vary among them."""
    from torchmetrics.functional import mean_absolute_error, mean_squared_error

    guess, right = guess.double().contiguous(), right.double().contiguous()
    mae = mean_absolute_error(guess, right)
    rmse = mean_squared_error(guess, right, squared=False)
    missed, spread = (
        float(((guess - right) ** 2).sum()),
        float(((right - right.mean(0)) ** 2).sum()),
    )
    return ValueFigures(
        name, float(mae), float(rmse), 1 - missed / spread if spread > 0 else math.nan
    )


def _answered(trainer: Trainer, x: Tensor) -> Tensor:
    return answers_of(trainer.experiment, trainer.model(x.to(trainer.device))).float().cpu()


def _steps(parts: list[Tensor], y: Tensor) -> tuple[Tensor, Tensor]:
    """The labelled steps alone. In: chunks (n, t, C) of texts, labels (N, T). Out: (M, C), (M,)."""
    found = []
    for part, labels in zip(parts, y.split(VALIDATION_CHUNK), strict=True):
        labels = labels[:, : part.shape[1]]
        found.append((part[labels >= 0], labels[labels >= 0]))
    return torch.cat([scores for scores, _ in found]), torch.cat([labels for _, labels in found])
