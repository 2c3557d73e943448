"""What every data set gives: a stratified, seeded split, normalised by its training part."""

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Literal

import numpy as np
import torch
from pydantic import Field

from ..catalogue import Catalogue, Entry
from ..faults import ExperimentError

SPLIT_SEED = 0


def stratified_split(y, validation, seed):
    """Positions of the training and of the validation part: every class gives the same share to each.

    In: labels (N,), share 0…1. Out: two int64 arrays, shuffled. Source: numpy's PCG64 generator.
    """
    generator = np.random.default_rng(seed)
    train, held_out = [], []
    for label in np.unique(y):
        positions = generator.permutation(np.flatnonzero(y == label))
        n = min(len(positions) - 1, max(1, round(len(positions) * validation)))
        held_out.append(positions[:n])
        train.append(positions[n:])
    return generator.permutation(np.concatenate(train)), generator.permutation(np.concatenate(held_out))


@dataclass(frozen=True)
class Split:
    """A data set ready for training. x: float32 (N, …), normalised; y: int64 (N,). All on the CPU."""

    train_x: torch.Tensor
    train_y: torch.Tensor
    val_x: torch.Tensor
    val_y: torch.Tensor
    classes: tuple[str, ...]
    mean: np.ndarray
    std: np.ndarray
    train_index: np.ndarray
    val_index: np.ndarray

    def normalise(self, x: np.ndarray) -> torch.Tensor:
        """Raw inputs, scaled as the data set's own are before normalisation -> what the network takes."""
        return torch.from_numpy(((x.astype(np.float32) - self.mean) / self.std).astype(np.float32))

    @cached_property
    def input_shape(self) -> tuple[int, ...]:
        return tuple(self.train_x.shape[1:])


class Dataset(Entry):
    """Where the samples come from, and how they are dealt out."""

    group: ClassVar[str] = ""
    shape_kind: ClassVar[Literal["image", "points"]]
    task: ClassVar[str] = "classification"
    classes: ClassVar[tuple[str, ...]] = ()
    input_shape: ClassVar[tuple[int, ...]] = ()
    validation: float = Field(
        0.2, ge=0.05, le=0.9, description="Share held out for validation", json_schema_extra={"step": 0.05}
    )
    batch_size: int = Field(64, ge=1, le=4_096, description="Samples in one step", json_schema_extra={"log": True})

    def n_samples(self) -> int:
        """Samples in all, known without making them."""
        raise NotImplementedError

    def class_names(self) -> tuple[str, ...]:
        """One name a class."""
        return self.classes

    def counts(self) -> tuple[int, int]:
        """Samples for training and for validation: what `split` will give, for balanced classes."""
        classes = len(self.class_names())
        sizes = [self.n_samples() // classes + (i < self.n_samples() % classes) for i in range(classes)]
        held_out = sum(min(size - 1, max(1, round(size * self.validation))) for size in sizes)
        return self.n_samples() - held_out, held_out

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        """x float32 (N, …) in natural units (images 0…1), y int64 (N,)."""
        raise NotImplementedError

    def source(self) -> tuple[str, tuple[Any, ...]]:
        """For the exported script: a line that sets x and y, and the functions that it needs."""
        raise NotImplementedError

    def split(self) -> Split:
        """Raises: ExperimentError where there is too little of a class to split."""
        return _split(self.model_copy(update={"batch_size": 64}).model_dump_json())

    def steps_per_epoch(self) -> int:
        """Optimisation steps in one pass, the last batch perhaps smaller."""
        return -(-self.counts()[0] // self.batch_size)


DATASETS: Catalogue[Dataset] = Catalogue("dataset", Dataset)


@lru_cache(maxsize=8)
def _split(text: str) -> Split:
    """Kept for the next run on the same data. In: the data set as JSON, so that equal ones share it."""
    dataset = DATASETS.parse(json.loads(text))
    x, y = dataset.raw()
    if np.unique(y, return_counts=True)[1].min() < 2:
        raise ExperimentError.at("data", "too_few_samples", given=len(y), classes=len(dataset.class_names()))
    train, held_out = stratified_split(y, dataset.validation, SPLIT_SEED)
    mean, std = statistics(x[train], dataset.shape_kind == "image")
    x = ((x - mean) / std).astype(np.float32)
    train_x, train_y, val_x, val_y = (torch.from_numpy(each) for each in (x[train], y[train], x[held_out], y[held_out]))
    return Split(train_x, train_y, val_x, val_y, dataset.class_names(), mean, std, train, held_out)


def statistics(x: np.ndarray, is_image: bool) -> tuple[np.ndarray, np.ndarray]:
    """Mean and spread of the training part: one a channel for images (N, C, H, W), one a feature else."""
    axes = (0, 2, 3) if is_image else (0,)
    mean = x.mean(axes, keepdims=True, dtype=np.float64).astype(np.float32)[0]
    std = x.std(axes, keepdims=True, dtype=np.float64).astype(np.float32)[0]
    return mean, np.maximum(std, np.float32(1e-6))
