"""A network together with what stands before and behind it: raw samples in, answers in their own unit out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from ..catalogues.datasets.series.base import Series
from ..catalogues.tasks import Task
from ..network.goal import task_of
from ..results import FinishedRun


class Scaled(nn.Module):
    """(x − mean) / std as in training; a missing value (NaN) becomes 0, the mean. In: (N, *input_shape)."""

    mean: Tensor
    std: Tensor

    def __init__(self, mean: np.ndarray, std: np.ndarray):
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean.astype(np.float32)))
        self.register_buffer("std", torch.from_numpy(std.astype(np.float32)))

    def forward(self, x: Tensor) -> Tensor:
        scaled = (x - self.mean) / self.std
        return torch.where(torch.isnan(scaled), torch.zeros_like(scaled), scaled)


class Filled(nn.Module):
    """A missing value (NaN) of a window becomes the last known one before it, else the first one behind it.

    In: float64 (N, T, F). Out: the same shape. As `windows.last_known`, which ONNX does not have.
    """

    def __init__(self, n_steps: int):
        super().__init__()
        steps = torch.arange(n_steps)
        self.register_buffer("steps", steps)
        # is_past[i, j]: step j is not behind step i.
        self.register_buffer("is_past", steps[None, :] <= steps[:, None])

    steps: Tensor
    is_past: Tensor

    def forward(self, x: Tensor) -> Tensor:
        n_steps = len(self.steps)
        is_known = ~torch.isnan(x)
        # Where each step is known, by feature: (N, F, T); a missing one has no place of its own.
        known_at = torch.where(is_known, self.steps[None, :, None], -1).transpose(1, 2)
        first_known = torch.where(known_at < 0, n_steps - 1, known_at).amin(2, keepdim=True)
        before = torch.where(self.is_past, known_at[:, :, None, :], -1).amax(3)  # (N, F, T)
        place = torch.where(before < 0, first_known, before).transpose(1, 2)
        return torch.where(is_known, x, torch.zeros_like(x)).gather(1, place)


class FromLast(nn.Module):
    """Measures the first feature of each step from its last. In: (N, T, F). Out: the same, and what was taken off."""

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        last = x[:, -1:, :1]
        values = x[:, :, :1] - last
        return torch.cat([values, x[:, :, 1:]], 2), last[:, :, 0]


@dataclass(frozen=True)
class Unit:
    """Answers in their own unit are `answers * std + mean`. std, mean: float64, as wide as an answer."""

    mean: np.ndarray
    std: np.ndarray

    @property
    def changes_nothing(self) -> bool:
        """Whether answers are in their own unit already, as probabilities are."""
        return bool((self.mean == 0).all() and (self.std == 1).all())


def unit_of(finished: FinishedRun, shape: Sequence[int]) -> Unit | None:
    """How a task scales answers, found by trying; None where that is no multiplying and adding.

    In: the shape of one answer.
    """
    goal = finished.experiment.data.goal

    def natural(level: float) -> np.ndarray:
        answers = np.full((1, *shape), level, np.float64)
        return goal.in_own_unit(answers, finished.target_mean, finished.target_std)

    mean = natural(0.0)
    std = natural(1.0) - mean
    is_straight = np.allclose(natural(2.0), mean + 2 * std, equal_nan=True)
    return Unit(mean, std) if is_straight else None


class Whole(nn.Module):
    """What `FinishedRun.predict` does with encoded samples, as one module.

    In: (N, *input_shape), as `Dataset.encode` gives it before anything is scaled; a series in its own unit, float64.
    Out: probabilities, or values in their own unit.
    """

    unit_mean: Tensor
    unit_std: Tensor

    def __init__(self, network: nn.Module, finished: FinishedRun, unit: Unit | None):
        super().__init__()
        data = finished.experiment.data
        self.network = network
        self.task: Task = task_of(finished.experiment)
        self.link = finished.experiment.training.loss.link
        is_series = isinstance(data, Series)
        self.filled = Filled(data.window) if isinstance(data, Series) else None
        self.from_last = FromLast() if is_series and data.from_last else None
        has_scale = data.statistic_axes() is not None
        self.scaled = Scaled(finished.mean, finished.std) if has_scale else None
        self.has_unit = unit is not None and not unit.changes_nothing
        if unit is not None and self.has_unit:
            self.register_buffer("unit_mean", torch.from_numpy(unit.mean).float())
            self.register_buffer("unit_std", torch.from_numpy(unit.std).float())

    def forward(self, x: Tensor) -> Tensor:
        last: Tensor | None = None
        if self.filled is not None:
            x = self.filled(x)
        if self.from_last is not None:
            x, last = self.from_last(x)
        if self.scaled is not None:
            x = self.scaled(x.float())
        answer = self.task.readout(self.link, self.network(x))
        if self.has_unit:
            answer = answer * self.unit_std + self.unit_mean
        if last is not None:
            answer = (answer.double() + last).float()
        return answer


def raw_samples(finished: FinishedRun, n: int) -> np.ndarray:
    """Some validation samples as the whole network takes them, one number of the first of them missing."""
    data = finished.experiment.data
    split = data.split()
    if isinstance(data, Series):
        return _raw_windows(data, split.val_index[:n])
    x = split.val_x[:n].numpy()
    if x.dtype == np.int64:
        return np.ascontiguousarray(x)
    raw = np.ascontiguousarray(x * finished.std + finished.mean, np.float32)
    if data.shape_kind in ("table", "points"):
        raw[0, 0] = np.nan
    return raw


def _raw_windows(data: Series, places: np.ndarray) -> np.ndarray:
    together = np.concatenate(data.series())
    rows = [together[start : start + data.window] for start in data.starts()[places]]
    return np.stack(rows).astype(np.float64)


def whole_answers(finished: FinishedRun, raw: np.ndarray) -> np.ndarray:
    """What the network itself says of such samples, without any graph."""
    if isinstance(finished.experiment.data, Series):
        return finished.predict(list(raw))
    return np.concatenate([*finished.answers_by_chunk(raw)])
