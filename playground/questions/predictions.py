"""What the network says of a sample, what that sample is, and predicted values against the true ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch

from ..catalogues.tasks import AnswerKind
from ..experiment import Experiment
from ..network.goal import task_of
from ..training.trainer import VALIDATION_CHUNK, Trainer
from .base import Answer, PageQuestion, Request, asked_as, integer_of, refused
from .encoding import as_bytes, is_finite, levels, picture, shares, short_numbers
from .places import votes_for_sample
from .probes import answers
from .sample import SampleQuestion

MOST_FITTED = 500


@asked_as("predict")
@dataclass(frozen=True)
class Predict(SampleQuestion[np.ndarray]):
    """What the network says of one sample. Out: probabilities float32 (C,), summing to 1; or values in their unit."""

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> np.ndarray:
        if trainer.task.answer == "embedding":
            return votes_for_sample(trainer, self.sample)
        found = answers(trainer, self.sample.inputs(trainer)) + self.sample.offset(trainer)
        return found[0].astype(np.float32)

    def tell(self, found: np.ndarray, experiment: Experiment) -> Answer:
        """By the task: probabilities, steps of them, values, a picture, or the votes of the nearest neighbours."""
        kind = task_of(experiment).answer
        tell_kind = TOLD[kind]
        told = tell_kind(found)
        return {**told, "finite": is_finite(found)}


def _classes(found: np.ndarray) -> Answer:
    return {"probabilities": shares(found)}


def _values(found: np.ndarray) -> Answer:
    return {"values": short_numbers(found.ravel())}


def _labels(found: np.ndarray) -> Answer:
    return {"steps": [shares(step) for step in found]}


def _image(found: np.ndarray) -> Answer:
    """What is given back need not be an image: it is whatever the input was."""
    if found.ndim != 3:
        return _values(found)
    return {"image": levels(found, 0.0, 1.0)}


def _class_and_value(found: np.ndarray) -> Answer:
    shares_of_classes, value = found[:-1], found[-1:]
    return {**_classes(shares_of_classes), **_values(value)}


TOLD: Mapping[AnswerKind, Callable[[np.ndarray], Answer]] = {
    "classes": _classes,
    "value": _values,
    "labels": _labels,
    "image": _image,
    "embedding": _classes,  # the votes of the nearest neighbours
    "two_tasks": _class_and_value,
}


@dataclass(frozen=True)
class Shown:
    """A sample as a person sees it.

    x: its input before it was normalised, float32 (C, H, W), (T, F) or (F,). label: its class number, None where it has
    none. n: how many validation samples there are. text: what a person reads of it. values: its true values (K,), in
    their own unit.
    """

    x: np.ndarray
    label: int | None
    n: int
    text: Any = None
    values: np.ndarray | None = None


@asked_as("sample")
@dataclass(frozen=True)
class ShowSample(SampleQuestion[Shown]):
    """The sample itself, with what is known of it."""

    def __call__(self, trainer: Trainer) -> Shown:
        split = trainer.split
        index = self.sample.index
        normalised = self.sample.inputs(trainer)[0].cpu().numpy()
        x = normalised * split.std + split.mean  # back to the data's own units
        n = len(split.val_y)
        if index is None:
            return Shown(x, None, n)
        target = split.val_y[index]
        label = trainer.task.class_of(target)
        position = int(split.val_index[index])  # in the data set as a whole
        text = trainer.experiment.data.shown(position)
        if trainer.task.answer != "value":
            return Shown(x, label, n, text)
        values = split.natural(target.cpu().numpy()) + self.sample.offset(trainer)
        return Shown(x, label, n, text, values.ravel())

    def tell(self, found: Shown, experiment: Experiment) -> Answer:
        x = found.x
        answer: Answer = {
            "pixels": None,
            "x": None,
            "label": None,
            "n": found.n,
            "shown": found.text,
            "values": None,
        }
        if x.ndim == 3:
            answer["pixels"] = as_bytes(picture(x))
        if x.ndim == 1:
            answer["x"] = x.round(4).tolist()
        if found.label is not None:
            answer["label"] = experiment.data.class_names()[found.label]
        if found.values is not None:
            answer["values"] = short_numbers(found.values)
        return answer


@dataclass(frozen=True)
class Fitted:
    """True and predicted values in their own unit, float32 (n,) each, and how many validation samples there are."""

    true: np.ndarray
    predicted: np.ndarray
    of: int


@asked_as("fit")
@dataclass(frozen=True)
class Fit(PageQuestion[Fitted]):
    """Predicted against true: up to 500 validation samples, evenly chosen; of several values the first."""

    limit: int = MOST_FITTED

    @classmethod
    def read(cls, request: Request) -> Self:
        return cls(integer_of(request, "limit", MOST_FITTED))

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Fitted:
        split = trainer.split
        if trainer.task.answer != "value":
            raise refused("only values can be compared with the true ones")
        of = len(split.val_x)
        n = min(max(2, self.limit), MOST_FITTED, of)
        chosen = torch.linspace(0, of - 1, n).round().long()
        predicted = []
        for chunk in split.val_x[chosen].split(VALIDATION_CHUNK):
            predicted.append(answers(trainer, chunk.to(trainer.device)))
        offsets = trainer.experiment.data.offsets_at(split.val_index[chosen.numpy()])
        true = split.natural(split.val_y[chosen].numpy()) + offsets
        # Of several values the first: (n, K) or (n, T, K) -> (n,).
        first_true = true.reshape(n, -1)[:, 0]
        first_predicted = (np.concatenate(predicted) + offsets).reshape(n, -1)[:, 0]
        return Fitted(first_true, first_predicted, of)

    def tell(self, found: Fitted, experiment: Experiment) -> Answer:
        return {
            "true": short_numbers(found.true),
            "predicted": short_numbers(found.predicted),
            "of": found.of,
            "finite": is_finite(found.predicted),
        }
