"""Judging a network by samples that it does not learn from."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ..catalogues.datasets.base import Split
from ..network.cost import VALIDATION_CHUNK
from ..network.models import Network
from .features import FrozenFeatures, KeepsFeatures
from .layouts import in_layout, without_samples
from .objective import Objective
from .precision import Precision


class Validation:
    """The loss and the metric of the whole validation part, a chunk at a time. Uses no random numbers."""

    def __init__(
        self,
        split: Split,
        device: torch.device,
        layout: torch.memory_format,
        objective: Objective,
        new_metric: Callable[[], Any],
        precision: Precision,
        keeps_features: KeepsFeatures | None = None,
    ):
        self._x = in_layout(split.val_x, layout).to(device)
        self._y = split.val_y.to(device)
        self._features: FrozenFeatures | None = None
        if keeps_features is not None:
            self._features = keeps_features.of(self._x, "validation")
        self._objective = objective
        self._new_metric = new_metric
        self._precision = precision
        self._judged = 0
        self._loss = 0.0  # sum of the chunks' mean losses, each times its weight
        self._weight = 0.0
        self._metric: Any = None

    @property
    def is_under_way(self) -> bool:
        """Whether it has begun and is not over."""
        return self._metric is not None

    def begin(self) -> None:
        """From the first sample on."""
        self._judged = 0
        self._loss, self._weight = 0.0, 0.0
        self._metric = self._new_metric()

    def end(self) -> None:
        """Forgets what was judged."""
        self._metric = None

    @torch.inference_mode()
    def judge_chunk(self, model: Network) -> bool:
        """In: the network in evaluation mode. Out: whether all samples are judged."""
        end = self._judged + VALIDATION_CHUNK
        x, y = self._inputs(self._judged, end), self._y[self._judged : end]
        weight = float(self._objective.weight_of(y))
        with self._precision.autocast():
            output = model(x)
            self._loss += self._objective(output, y).item() * weight
            self._metric.add(output, y)
        self._weight += weight
        self._judged = end
        return self._judged >= len(self._y)

    def _inputs(self, begin: int, end: int) -> Tensor:
        if self._features is None:
            return self._x[begin:end]
        positions = torch.arange(begin, min(end, len(self._x)), device=self._x.device)
        return self._features(positions)

    def result(self) -> tuple[float, dict[str, float]]:
        """(mean loss, what the task is judged by)."""
        loss = self._loss / self._weight if self._weight else math.nan
        return loss, self._metric.result()

    def release(self) -> None:
        """Gives the memory of the data back."""
        self._x, self._y = without_samples(self._x), without_samples(self._y)
        if self._features is not None:
            self._features.release()
