"""What passes through the layers for one sample: feature maps, and all layers small."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ..experiment import Experiment
from ..network.builder import named_layers
from ..training.trainer import Trainer
from .base import Answer, PageQuestion, Request, asked_as, integer_of, refused, text_of
from .encoding import is_finite, levels, overflowing
from .probes import outputs, step_names, top_layers
from .sample import Sample, SampleQuestion

MINIATURES = 3  # maps of a layer that are shown small
MINIATURE_SIDE = 28  # pixels at most
MINIATURE_VALUES = 64  # of a vector, at most
MAPS = 16  # where a request does not say how many
MOST_MAPS = 64
MOST_FEATURES = 128  # rows in the picture of a sequence


@dataclass(frozen=True)
class Maps:
    """Feature maps of one layer for one sample. maps: float32 (n, H, W); channels: which of the `of` they are.

    Of a sequence: one map (1, features, T), channels the features; steps: what each step is called, where T columns are
    steps.
    """

    maps: np.ndarray
    channels: np.ndarray
    of: int
    steps: tuple[str, ...] | None = None


@asked_as("feature_maps")
@dataclass(frozen=True)
class FeatureMaps(PageQuestion[Maps]):
    """The strongest channels of a layer's output, by their mean absolute value; a vector counts as one row.

    A sequence is one picture: a row a feature (the strongest, if they are very many), a column a step. Out: Maps.
    Raises: ExperimentError for a layer that the network does not have.
    """

    path: str
    sample: Sample
    limit: int = MAPS

    @classmethod
    def read(cls, request: Request) -> Self:
        path = text_of(request, "path")
        sample = Sample.read(request)
        return cls(path, sample, integer_of(request, "limit", MAPS))

    def __call__(self, trainer: Trainer) -> Maps:
        if self.path != "input" and self.path not in named_layers(trainer.model):
            raise refused(f"there is no layer “{self.path[:40]}” in this run", "path")
        output = outputs(trainer, self.sample, [self.path])[self.path]
        if output.ndim == 2:
            by_feature = output.T  # (F, T)
            features = strongest(by_feature, MOST_FEATURES)
            steps = step_names(trainer, self.sample, len(output))
            return Maps(by_feature[None, features], features, len(by_feature), steps)
        if output.ndim != 3:
            row = output.reshape(1, 1, -1)  # as one map of one row
            return Maps(row, np.zeros(1, dtype=np.int64), of=1)
        n = min(max(1, self.limit), MOST_MAPS)
        channels = strongest(output, n)
        return Maps(output[channels], channels, of=len(output))

    def tell(self, found: Maps, experiment: Experiment) -> Answer:
        answer: Answer = {
            "maps": levels(found.maps),
            "channels": found.channels.tolist(),
            "of": found.of,
            "finite": is_finite(found.maps),
        }
        if found.steps is not None:
            answer["steps"] = found.steps
        return answer


@asked_as("flow")
@dataclass(frozen=True)
class Flow(SampleQuestion[dict[str, np.ndarray]]):
    """What passes through every layer for one sample, small: up to 3 maps or 64 values of each."""

    def __call__(self, trainer: Trainer) -> dict[str, np.ndarray]:
        paths = ["input", *top_layers(trainer.model)]
        whole = outputs(trainer, self.sample, paths)
        return {path: miniature(output) for path, output in whole.items()}

    def tell(self, found: dict[str, np.ndarray], experiment: Experiment) -> Answer:
        blocks = []
        for path, values in found.items():
            kind = "maps" if values.ndim == 3 else "vector"
            blocks.append({"path": path, kind: levels(values)})
        return {"blocks": blocks, "finite": is_finite(*found.values())}


@overflowing
def strongest(channels: np.ndarray, n: int) -> np.ndarray:
    """Which n channels (C, …) have the largest mean absolute value, in their own order; the first of equal ones."""
    all_but_first = tuple(range(1, channels.ndim))
    strength = np.abs(channels).mean(all_but_first)
    strongest_first = np.argsort(-strength, kind="stable")
    return np.sort(strongest_first[:n])


def miniature(output: np.ndarray) -> np.ndarray:
    """A layer's output, small: maps or the picture of a sequence (n, h, w), or values (n,)."""
    if output.ndim == 3:
        every_pixel = _stride(max(output.shape[1:]))
        maps = strongest(output, MINIATURES)
        return output[maps, ::every_pixel, ::every_pixel]
    if output.ndim == 2 and len(output):  # an empty text has no steps to draw
        n_steps, n_features = output.shape
        every_step = _stride(n_steps)
        every_feature = _stride(n_features)
        return output.T[None, ::every_feature, ::every_step]
    values = output.ravel()
    if len(values) <= MINIATURE_VALUES:
        return values
    evenly = np.linspace(0, len(values) - 1, MINIATURE_VALUES).round()
    return values[evenly.astype(int)]


def _stride(size: int) -> int:
    """Every how many values are taken, so that no more than the side of a miniature are left."""
    return -(-size // MINIATURE_SIDE)  # rounded up
