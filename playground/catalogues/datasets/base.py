"""What every data set gives: a stratified, seeded split, normalised by its training part."""

import inspect
import json
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
import torch
from pydantic import Field

from ...faults import ExperimentError, Fault
from ..base import Catalogue, Entry
from ..layers import Shape
from ..samples import (
    SPLIT_SEED,
    Division,
    normalised,
    statistics,
    stratified_split,
    time_split,
)
from ..tasks import TASKS, Inputs, Task
from .augment import Augment

__all__ = [
    "DATASETS",
    "SPLIT_SEED",
    "Dataset",
    "Division",
    "Split",
    "bundled_files",
    "normalised",
    "statistics",
    "stratified_split",
    "time_split",
]
FOLDER = Path(__file__).with_name("files")
KEPT_BYTES = 2**28  # larger sets are read anew for every run


@dataclass(frozen=True)
class Split:
    """A data set ready for training, on the CPU.

    x: float32 (N, …), normalised by the training part (missing values are its mean, 0), or int64 (N, T) token numbers.
    y: int64 class numbers (N,) or (N, T); or float32 (N, K) in units of `target_std` from `target_mean`.
    """

    train_x: torch.Tensor
    train_y: torch.Tensor
    val_x: torch.Tensor
    val_y: torch.Tensor
    classes: tuple[str, ...]
    mean: np.ndarray
    std: np.ndarray
    train_index: np.ndarray
    val_index: np.ndarray

    target_mean: np.ndarray | None = None
    target_std: np.ndarray | None = None

    def normalise(self, x: np.ndarray) -> torch.Tensor:
        """Raw inputs, scaled as the data set's own are before normalisation -> what the network takes."""
        if x.dtype.kind in "iu" and self.train_x.dtype == torch.int64:
            return torch.from_numpy(x.astype(np.int64))
        return torch.from_numpy(normalised(x, self.mean, self.std))

    def natural(self, outputs: np.ndarray) -> np.ndarray:
        """Outputs of a regression (…, K) -> the target's own unit."""
        return outputs if self.target_std is None else outputs * self.target_std + self.target_mean

    @cached_property
    def input_shape(self) -> tuple[int, ...]:
        return tuple(self.train_x.shape[1:])


class Dataset(Entry):
    """Where the samples come from, and how they are dealt out.

    `shape_kind` says what a sample is: an image (C, H, W), a point of the plane, a row of a table (F,), a text as
    token numbers (T,), a window of a series (T, F). `task` names one of `tasks.TASKS`.
    """

    group: ClassVar[str] = ""
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]]
    task: ClassVar[str] = "classification"
    classes: ClassVar[tuple[str, ...]] = ()
    input_shape: ClassVar[tuple[int, ...]] = ()
    variable_length: ClassVar[bool] = False  # sequences end in padding
    pad: ClassVar[bool] = False  # a drawing on the pad is a sample
    photo: ClassVar[Literal["", "digit", "picture"]] = (
        ""  # what is looked for in a photo: ink, or the photo itself
    )
    takes_file: ClassVar[str] = ""  # the kind of file that people hand in: a key of `uploads.KINDS`
    downloads: ClassVar[bool] = False  # its files must be downloaded once
    facts_for_page = ("shape_kind", "takes_file", "downloads", "pad", "photo")
    needs: ClassVar[tuple[str, ...]] = ()  # packages that the script needs beside torch and numpy
    files: ClassVar[tuple[str, ...]] = ()  # bundled ones that the script reads from its own folder
    file_note: ClassVar[str] = ""  # what the script says of its files beyond their names
    targets: ClassVar[
        tuple[str, ...]
    ] = ()  # what is predicted, with its unit, where it is not a class
    validation: float = Field(
        0.2,
        ge=0.05,
        le=0.9,
        description="Share of the samples held out for validation",
        json_schema_extra={"step": 0.05},
    )
    batch_size: int = Field(
        64, ge=1, le=4_096, description="Samples per step", json_schema_extra={"log": True}
    )

    def fault(self) -> Fault | None:
        """What keeps the samples from being read: files that are not here (yet), say. Asked at every edit, so fast."""
        return None

    def origin(self) -> tuple[str, str]:
        """Where the samples come from, and under which licence: the docstring's words; blank where it says nothing."""
        text = " ".join((inspect.getdoc(type(self)) or "").split())
        found = re.search(r"Source: (.*?)(?: Licence: (.*))?$", text)
        return (found[1].rstrip("."), (found[2] or "").rstrip(".")) if found else ("", "")

    def augmentation(self) -> Augment | None:
        """What is done to training images by chance, if anything."""
        return None

    def held_bytes(self) -> int:
        """Memory that a run's copies of the samples take, where that is worth a thought."""
        return 0

    def n_samples(self) -> int:
        """Samples in all, known without making them."""
        raise NotImplementedError

    def class_names(self) -> tuple[str, ...]:
        """One name a class; none where no classes are told apart."""
        return self.classes

    def target_names(self) -> tuple[str, ...]:
        """One name for every number that is predicted."""
        return self.targets

    def sample_shape(self) -> Shape:
        """The shape of one input; `Tokens` for texts."""
        return self.input_shape

    @property
    def goal(self) -> Task:
        """The task as an object: all that depends on what the network has to give back."""
        return TASKS[self.task]

    def n_outputs(self) -> int:
        """How many numbers the network gives back for a sample (for a step of it where steps are labelled)."""
        return self.goal.n_outputs(self)

    def counts(self) -> tuple[int, int]:
        """Samples for training and for validation: what `split` will give, for balanced classes."""
        return self.goal.counts(self.n_samples(), len(self.class_names()), self.validation)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        """x and y in natural units (images 0…1).

        x: float32 (N, …), NaN where a value is missing, or int64 (N, T) token numbers. y: int64 (N,) or (N, T),
        float32 (N, K), or float32 (N, 2) for two tasks: class number, value. Ignored where x itself is the target.
        """
        raise NotImplementedError

    def preview(self) -> dict[str, Any] | None:
        """JSON-able facts for the page's preview of this `shape_kind`; None for the usual one of images and points."""
        return None

    def shown(self, index: int) -> Any:
        """The sample at this position of `raw` as `encode` takes it and a person reads it; None where x says it all."""
        return None

    def step_names(self, x: np.ndarray) -> tuple[str, ...]:
        """What the steps of one sequence are called, in order; nothing where they are only counted."""
        return ()

    def encode(self, samples: Any) -> np.ndarray:
        """Samples from outside -> x as in `raw`.

        In: images uint8 (N, H, W), or (N, H, W, 3) for colour; else numbers (N, *input_shape).
        Raises: ValueError for another shape or type.
        """
        samples = np.asarray(samples)
        if self.shape_kind == "image":
            channels, *size = self.input_shape
            wanted = (*size, channels) if channels > 1 else tuple(size)
            if samples.dtype != np.uint8 or samples.shape[1:] != wanted:
                shape = ", ".join(map(str, ("N", *wanted)))
                raise ValueError(
                    f"predict needs images uint8 ({shape}), but got {samples.dtype} {samples.shape}"
                )
            images = samples.transpose(0, 3, 1, 2) if channels > 1 else samples[:, None]
            return images.astype(np.float32) / np.float32(255)
        if (
            samples.shape[1:] != self.input_shape
            or samples.ndim < 2
            or samples.dtype.kind not in "fiu"
        ):
            shape = ", ".join(map(str, ("N", *self.input_shape)))
            raise ValueError(
                f"predict needs numbers ({shape}), but got {samples.dtype} {samples.shape}"
            )
        return samples.astype(np.float32)

    def divide(self, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Positions of the training and of the validation part. Raises: ExperimentError for too few samples."""
        return self.divided_by().build(y)

    def divided_by(self) -> Division:
        """How the samples are dealt out; the script writes the same line."""
        return self.goal.division(self.validation)

    def statistic_axes(self) -> tuple[int, ...] | None:
        """Over which axes of x its mean and spread are taken; None for token numbers, which have none."""
        return {"image": (0, 2, 3), "series": (0, 1), "text": None}.get(self.shape_kind, (0,))

    def own_file(self) -> str:
        """The name of the file that a person handed in; "" where the script needs none of theirs."""
        return ""

    def source(self) -> tuple[str, tuple[Any, ...]]:
        """For the exported script: a line that sets x and y, and the functions that it needs."""
        raise NotImplementedError

    def split(self) -> Split:
        """Raises: ExperimentError where there is too little of a class to split."""
        usual: dict[str, Any] = {"batch_size": 64}
        if "augment" in type(self).model_fields:
            usual["augment"] = None
        make = _split if self.held_bytes() < KEPT_BYTES else _split.__wrapped__
        return make(self.model_copy(update=usual).model_dump_json())

    def steps_per_epoch(self) -> int:
        """Optimisation steps in one pass, the last batch perhaps smaller."""
        return -(-self.counts()[0] // self.batch_size)


DATASETS: Catalogue[Dataset] = Catalogue("dataset", Dataset)


def bundled_files() -> dict[str, Path]:
    """Every file that comes with the playground and that the script of some data set reads, by its name."""
    listed = [entry.files for entry in DATASETS if isinstance(entry.files, tuple)]
    paths = {name: FOLDER / name for names in listed for name in names}
    return {name: path for name, path in paths.items() if path.is_file()}


@lru_cache(maxsize=8)
def _split(text: str) -> Split:
    """Kept for the next run on the same data. In: the data set as JSON, so that equal ones share it."""
    data = DATASETS.parse(json.loads(text))
    x, y = data.raw()
    _check_classes(data, y)
    train, held_out = data.divide(y)
    inputs = _scaled_inputs(data, x, train)
    targets = data.goal.prepare(y, inputs)
    return Split(
        train_x=torch.from_numpy(inputs.x[train]),
        train_y=torch.from_numpy(targets.y[train]),
        val_x=torch.from_numpy(inputs.x[held_out]),
        val_y=torch.from_numpy(targets.y[held_out]),
        classes=data.class_names(),
        mean=inputs.mean,
        std=inputs.std,
        train_index=train,
        val_index=held_out,
        target_mean=targets.mean,
        target_std=targets.std,
    )


def _check_classes(data: Dataset, y: np.ndarray) -> None:
    """Raises: ExperimentError where a class has too few samples for both parts."""
    if not data.goal.is_stratified:
        return
    _, sizes = np.unique(data.goal.labels_of(y), return_counts=True)
    if sizes.min() < 2:
        n_classes = len(data.class_names())
        raise ExperimentError.at("data", "too_few_samples", given=len(y), classes=n_classes)


def _scaled_inputs(data: Dataset, x: np.ndarray, train: np.ndarray) -> Inputs:
    """The inputs as the network takes them: numbers are scaled by the training part, tokens are not."""
    axes = data.statistic_axes()
    if axes is None:
        return Inputs(x, np.zeros(1, np.float32), np.ones(1, np.float32), train)
    mean, std = statistics(x[train], axes)
    return Inputs(normalised(x, mean, std), mean, std, train)
