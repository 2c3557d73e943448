"""The metrics report: one question about the whole validation part, answered with torchmetrics' figures."""

import math
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..catalogues.tasks import Compared
from ..experiment import Experiment
from ..network.goal import answers_of
from ..training.trainer import VALIDATION_CHUNK, Trainer
from .base import Answer, PageQuestion, asked_as
from .encoding import number, overflowing
from .places import neighbour_shares

MOST_SAMPLES = 4_096  # asked between two steps, so it must not take long
MOST_NEIGHBOURS = 2_048  # the same where every sample is compared with every other
MOST_CLASSES = 60  # with a confusion matrix
MOST_CURVES = 100  # classes with a curve each for the AUC
# Of `ClassFigures`, in the order of the page.
SHOWN_SHARES = ("accuracy", "top3", "balanced_accuracy", "macro_f1", "auc")


_LOADING = Lock()

NamedValues = tuple[str, Tensor, Tensor]  # a target's name, the answers, the true values


@dataclass(frozen=True)
class ClassFigures:
    """How classes are told apart. confusion: int64 (C, C), row the true class, column the answer; None for too many.

    auc: the mean area under the ROC curve, one class against the rest; top3: whether the right class is among the
    first three, where there are more than three. recall, precision: float32 (C,), NaN for a class without samples or
    without answers. support: samples of each class, int64 (C,).
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

    about: the fields of `Figures` that need no calculation. scores: (n, C) probabilities or shares of classes, with
    labels (n,). values: in their own unit. by_steps: a label is one of a step, so that no sample stands behind it.
    """

    about: dict[str, Any]
    scores: Tensor | None = None
    labels: Tensor | None = None
    values: tuple[NamedValues, ...] = ()
    by_steps: bool = False

    @property
    def is_finite(self) -> bool:
        """Whether there is something to make figures of: no score and no value is NaN or infinite."""
        tensors = [guess for _, guess, _ in self.values]
        if self.scores is not None:
            tensors.append(self.scores)
        return all(bool(tensor.isfinite().all()) for tensor in tensors)

    def figures(self) -> Figures:
        """Takes a moment the first time, when torchmetrics is loaded. Of finite answers only."""
        load_figures()
        about = dict(self.about)
        values = tuple(value_figures(*named) for named in self.values)
        if self.scores is None or self.labels is None:
            return Figures(**about, values=values)
        if not self.by_steps:
            about["guesses"] = self.scores.argmax(1).numpy()
            about["labels"] = self.labels.numpy()
        classes = class_figures(self.scores, self.labels)
        return Figures(**about, classes=classes, values=values)


def load_figures() -> None:
    """Loads torchmetrics now; without this the first report does. Any number of threads may wait for it here.

    Two threads that load it at the same time, each from another end, wait for each other: Python ends one of them.
    """
    with _LOADING:
        import torchmetrics.functional.classification  # noqa: F401


@asked_as("report")
@dataclass(frozen=True)
class Report(PageQuestion[Outcome]):
    """What `Outcome.figures` needs, from the validation part (its first 4,096 samples)."""

    tells_long = True

    limit: int = MOST_SAMPLES

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Outcome:
        split, task = trainer.split, trainer.task
        most = self.limit
        if task.answer == "embedding":  # every sample is compared with every other
            most = min(most, MOST_NEIGHBOURS)
        x, y = split.val_x[:most], split.val_y[:most]
        outputs = [_answered(trainer, chunk) for chunk in x.split(VALIDATION_CHUNK)]
        compared = task.figures(outputs, y.split(VALIDATION_CHUNK))
        scores, labels = compared.scores, compared.labels
        if compared.by_neighbours and scores is not None and labels is not None:
            scores = _votes_for_each(scores, labels, len(split.classes))
        about: dict[str, Any] = {
            "step": trainer.step,
            "epoch": trainer.epoch,
            "n": len(x),
            "of": len(split.val_x),
            "by_neighbours": compared.by_neighbours,
        }
        values = _values_in_own_unit(trainer, compared)
        return Outcome(about, scores, labels, values, compared.by_steps)

    def tell(self, found: Outcome, experiment: Experiment) -> Answer:
        """The figures by name, what stands for each class, and the confusion matrix.

        Of outputs that are not finite no figure can be made: there are no shares, values or classes then.
        """
        about = found.about
        answer: Answer = {
            "epoch": about["epoch"],
            "n": about["n"],
            "of": about["of"],
            "shares": [],
            "values": [],
            "classes": None,
            "finite": found.is_finite,
        }
        if not found.is_finite:
            return answer
        figures = found.figures()
        answer["values"] = [_told_value(value) for value in figures.values]
        if figures.classes is not None:
            answer["shares"] = _told_shares(figures.classes)
            answer["classes"] = _told_classes(figures.classes)
        return answer


def _told_value(figures: ValueFigures) -> Answer:
    return {
        "name": figures.name,
        "mae": number(figures.mae),
        "rmse": number(figures.rmse),
        "r2": number(figures.r2),
    }


def _told_shares(figures: ClassFigures) -> list[Answer]:
    """The figures of all classes together; one that these classes do not have is left out."""
    told = []
    for name in SHOWN_SHARES:
        value = number(getattr(figures, name))
        if value is not None:
            told.append({"name": name, "value": value})
    return told


def _told_classes(figures: ClassFigures) -> Answer:
    confusion = None
    if figures.confusion is not None:
        confusion = figures.confusion.tolist()
    return {
        "recall": [number(value) for value in figures.recall.tolist()],
        "support": figures.support.tolist(),
        "confusion": confusion,
    }


def _votes_for_each(output: Tensor, labels: Tensor, n_classes: int) -> Tensor:
    """The votes of the other samples for each one's class, float32 (N, C); NaN where any output is not finite."""
    if not bool(output.isfinite().all()):
        return torch.full((len(output), n_classes), math.nan)
    return neighbour_shares(output, output, labels, n_classes, themselves=True)


@overflowing
def _values_in_own_unit(trainer: Trainer, compared: Compared) -> tuple[NamedValues, ...]:
    """One entry a named target, (N,) each; pictures are one nameless target, (N, pixels)."""
    if compared.values is None or compared.targets is None:
        return ()
    split = trainer.split
    names = trainer.experiment.data.target_names()
    guess = torch.from_numpy(split.natural(compared.values.numpy()))
    right = torch.from_numpy(split.natural(compared.targets.numpy()))
    if right.ndim == 2 and len(names) == right.shape[-1]:
        return tuple((name, guess[:, k], right[:, k]) for k, name in enumerate(names))
    n = len(right)
    nameless = ("", guess.reshape(n, -1), right.reshape(n, -1))
    return (nameless,)


def class_figures(scores: Tensor, labels: Tensor) -> ClassFigures:
    """In: probabilities or shares (N, C), class numbers (N,). Out: the figures. Source: torchmetrics."""
    from torchmetrics.functional import classification as lib

    n = scores.shape[1]
    support = torch.bincount(labels, minlength=n)
    # A class without samples has no recall, and must not pull the means down.
    present = support > 0
    guess = scores.argmax(1)
    matrix = lib.multiclass_confusion_matrix(guess, labels, n)
    recall = lib.multiclass_recall(guess, labels, n, average=None)
    precision = lib.multiclass_precision(guess, labels, n, average=None)
    f1 = lib.multiclass_f1_score(guess, labels, n, average=None)
    accuracy = lib.multiclass_accuracy(guess, labels, n, average="micro")
    top3 = math.nan  # of three classes one is always among the first three
    if n > 3:
        top3 = float(lib.multiclass_accuracy(scores, labels, n, average="micro", top_k=3))
    never_answered = matrix.sum(0) == 0
    return ClassFigures(
        accuracy=float(accuracy),
        top3=top3,
        macro_f1=float(f1[present].mean()),
        balanced_accuracy=float(recall[present].mean()),
        auc=_mean_auc(scores, labels, support),
        recall=recall.masked_fill(~present, math.nan).numpy(),
        precision=precision.masked_fill(never_answered, math.nan).numpy(),
        support=support.numpy(),
        confusion=matrix.numpy() if n <= MOST_CLASSES else None,
    )


def _mean_auc(scores: Tensor, labels: Tensor, support: Tensor) -> float:
    """Over the classes of which there are samples and others; NaN for very many classes."""
    from torchmetrics.functional.classification import binary_auroc

    n = scores.shape[1]
    if n > MOST_CURVES:
        return math.nan
    areas = []
    for k in range(n):
        if 0 < support[k] < len(labels):
            is_of_class = (labels == k).long()
            area = binary_auroc(scores[:, k], is_of_class)
            areas.append(float(area))
    if not areas:
        return math.nan
    return sum(areas) / len(areas)


def value_figures(name: str, guess: Tensor, right: Tensor) -> ValueFigures:
    """In: values of one shape, (N,) or (N, K), in their own unit. Out: the figures.

    R² is over all columns together, as in the history, those that never vary among them. Source: torchmetrics.
    """
    from torchmetrics.functional import mean_absolute_error, mean_squared_error

    guess = guess.double().contiguous()
    right = right.double().contiguous()
    mae = float(mean_absolute_error(guess, right))
    rmse = float(mean_squared_error(guess, right, squared=False))
    missed = float(((guess - right) ** 2).sum())
    spread = float(((right - right.mean(0)) ** 2).sum())
    r2 = math.nan  # of values that never vary nothing can be explained
    if spread > 0:
        r2 = 1 - missed / spread
    return ValueFigures(name, mae, rmse, r2)


def _answered(trainer: Trainer, x: Tensor) -> Tensor:
    """What the network says of a chunk of inputs, on the CPU; values are still scaled as in training."""
    output = trainer.model(x.to(trainer.device))
    return answers_of(trainer.experiment, output).float().cpu()
