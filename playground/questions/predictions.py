"""What the network says of a sample, what that sample is, and predicted values against the true ones."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor

from ..experiment import Experiment
from ..network.builder import task_of
from ..training.trainer import VALIDATION_CHUNK, Trainer
from .base import Answer, PageQuestion, Request, asked_as, integer_of, refused
from .encoding import as_bytes, is_finite, levels, picture, shares, short_numbers
from .places import shares_by_neighbours
from .probes import answers
from .sample import SampleQuestion

MOST_FITTED = 500


@asked_as("predict")
@dataclass(frozen=True)
class Predict(SampleQuestion[np.ndarray]):
    """What the network says of one sample. Out: probabilities float32 (C,), summing to 1; or values in their unit."""

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> np.ndarray:
        if trainer.task.id == "embedding":
            return shares_by_neighbours(trainer, self.sample)
        return answers(trainer, self.sample.inputs(trainer))[0]

    def tell(self, found: np.ndarray, experiment: Experiment) -> Answer:
        """By the task: probabilities, steps of them, values, a picture, or the votes of the nearest neighbours."""
        return {**self._by_task(found, experiment), "finite": is_finite(found)}

    @staticmethod
    def _by_task(found: np.ndarray, experiment: Experiment) -> Answer:
        task = task_of(experiment)
        if task.id == "two_tasks":
            return {"probabilities": shares(found[:-1]), "values": short_numbers(found[-1:])}
        if task.id == "labelling":
            return {"steps": [shares(step) for step in found]}
        if task.id == "reconstruction" and found.ndim == 3:
            return {"image": levels(found, 0.0, 1.0)}
        if task.reads_scores or task.id == "embedding":
            return {"probabilities": shares(found)}
        return {"values": short_numbers(found.ravel())}


@dataclass(frozen=True)
class Shown:
    """A sample as a person sees it. x: its raw values. label: its class number, None where it has none.

    n: how many validation samples there are. text: what a person reads of it. values: its true values.
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
        split, data, index = trainer.split, trainer.experiment.data, self.sample.index
        x = self.sample.inputs(trainer)[0].cpu().numpy() * split.std + split.mean
        n = len(split.val_y)
        if index is None:
            return Shown(x, None, n)
        target = split.val_y[index]
        label = _class_of(target, trainer.task.id)
        text = data.shown(int(split.val_index[index]))
        if data.task != "regression":
            return Shown(x, label, n, text)
        return Shown(x, label, n, text, split.natural(target.cpu().numpy()).ravel())

    def tell(self, found: Shown, experiment: Experiment) -> Answer:
        x, label = found.x, found.label
        return {
            "pixels": as_bytes(picture(x)) if x.ndim == 3 else None,
            "x": x.round(4).tolist() if x.ndim == 1 else None,
            "label": None if label is None else experiment.data.class_names()[label],
            "n": found.n,
            "shown": found.text,
            "values": None if found.values is None else short_numbers(found.values),
        }


def _class_of(target: Tensor, task: str) -> int | None:
    """The class number of a target; None where it is none: values, a picture, labels of many steps."""
    if task == "two_tasks":
        target = target[0]
    return int(target) if target.ndim == 0 else None


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
        if trainer.experiment.data.task != "regression":
            raise refused("only values can be compared with the true ones")
        n = min(max(2, self.limit), MOST_FITTED, len(split.val_x))
        chosen = torch.linspace(0, len(split.val_x) - 1, n).round().long()
        chunks = split.val_x[chosen].split(VALIDATION_CHUNK)
        predicted = np.concatenate([answers(trainer, chunk.to(trainer.device)) for chunk in chunks])
        true = split.natural(split.val_y[chosen].numpy())
        return Fitted(true.reshape(n, -1)[:, 0], predicted.reshape(n, -1)[:, 0], len(split.val_x))

    def tell(self, found: Fitted, experiment: Experiment) -> Answer:
        return {
            "true": short_numbers(found.true),
            "predicted": short_numbers(found.predicted),
            "of": found.of,
            "finite": is_finite(found.predicted),
        }
