"""What every data set gives: a stratified, seeded split, normalised by its training part."""

import inspect
import json
import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
import torch
from pydantic import Field

from ...faults import ExperimentError, Fault
from ..base import Catalogue, Entry
from ..baselines import Baseline
from ..layers import Shape
from ..samples import (
    SPLIT_SEED,
    USUAL_BATCH,
    Division,
    GivenDivision,
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
# By the kind of a sample: one mean for each channel, for each feature of all steps, for each column.
STATISTIC_AXES: dict[str, tuple[int, ...] | None] = {
    "image": (0, 2, 3),
    "series": (0, 1),
    "points": (0,),
    "table": (0,),
    "text": None,
}
KEPT_BYTES = 2**28  # larger sets are read again for every run


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
        takes_tokens = self.train_x.dtype == torch.int64
        if takes_tokens and x.dtype.kind in "iu":
            return torch.from_numpy(x.astype(np.int64))
        return torch.from_numpy(normalised(x, self.mean, self.std))

    def natural(self, outputs: np.ndarray) -> np.ndarray:
        """Outputs of a regression (…, K) -> the target's own unit."""
        if self.target_std is None:
            return outputs
        return outputs * self.target_std + self.target_mean

    @cached_property
    def input_shape(self) -> tuple[int, ...]:
        return tuple(self.train_x.shape[1:])

    def to_be_asked(self) -> "Split":
        """What questions need after training: the validation part, and all points of a plane, which are drawn."""
        if self.input_shape == (2,):
            return self
        # New tensors: slices would keep all of the old memory.
        no_x = self.train_x.new_empty((0, *self.input_shape))
        no_y = self.train_y.new_empty((0, *self.train_y.shape[1:]))
        return replace(self, train_x=no_x, train_y=no_y)


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
    # The samples say themselves which are held out: `validation` has no effect.
    has_given_parts: ClassVar[bool] = False
    pad: ClassVar[bool] = False  # a drawing on the pad is a sample
    # What is looked for in a photo: ink, or the photo itself.
    photo: ClassVar[Literal["", "digit", "picture"]] = ""
    # What the page proposes where a person chooses these data.
    usual_batch: ClassVar[int] = USUAL_BATCH
    takes_file: ClassVar[str] = ""  # the kind of file that people hand in: a key of `uploads.KINDS`
    downloads: ClassVar[bool] = False  # its files must be downloaded once
    facts_for_page: ClassVar[tuple[str, ...]] = (
        "shape_kind",
        "takes_file",
        "downloads",
        "pad",
        "photo",
        "usual_batch",
    )
    needs: ClassVar[tuple[str, ...]] = ()  # packages that the script needs beside torch and numpy
    files: ClassVar[tuple[str, ...]] = ()  # bundled ones that the script reads from its own folder
    file_note: ClassVar[str] = ""  # what the script says of its files beyond their names
    # What is predicted, with its unit, where it is not a class.
    targets: ClassVar[tuple[str, ...]] = ()
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
        text = inspect.getdoc(type(self)) or ""
        one_line = " ".join(text.split())
        match = re.search(r"Source: (.*?)(?: Licence: (.*))?$", one_line)
        if match is None:
            return "", ""
        source = match[1]
        licence = match[2] or ""
        return source.rstrip("."), licence.rstrip(".")

    def has_baselines(self) -> bool:
        """Whether its scores can be compared with answers that need no network."""
        return True

    def own_baselines(self) -> tuple[Baseline, ...]:
        """What only these data can be compared with, beside what their task brings."""
        return ()

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
            return self._encode_images(samples)
        are_numbers = samples.dtype.kind in "fiu"
        if not are_numbers or samples.ndim < 2 or samples.shape[1:] != self.input_shape:
            raise _wrong_samples("numbers", self.input_shape, samples)
        return samples.astype(np.float32)

    def _encode_images(self, samples: np.ndarray) -> np.ndarray:
        channels, height, width = self.input_shape
        in_colour = channels > 1
        wanted = (height, width, channels) if in_colour else (height, width)
        if samples.dtype != np.uint8 or samples.shape[1:] != wanted:
            raise _wrong_samples("images uint8", wanted, samples)
        # Files and screens have the channels last, networks first.
        images = samples.transpose(0, 3, 1, 2) if in_colour else samples[:, None]
        return images.astype(np.float32) / np.float32(255)

    def offsets_of(self, samples: Any) -> np.ndarray | float:
        """What is added to the answers to samples from outside, so that they are in the targets' own unit: (N, 1)."""
        return 0.0

    def offsets_at(self, positions: np.ndarray) -> np.ndarray | float:
        """The same for samples at these positions of `raw`."""
        return 0.0

    def divide(self, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Positions of the training and of the validation part. Raises: ExperimentError for too few samples."""
        return self.divided_by().build(y)

    def divided_by(self) -> Division | GivenDivision:
        """How the samples are dealt out; the script writes the same line."""
        return self.goal.division(self.validation)

    def statistic_axes(self) -> tuple[int, ...] | None:
        """Over which axes of x its mean and spread are taken; None for token numbers, which have none."""
        return STATISTIC_AXES[self.shape_kind]

    def own_file(self) -> str:
        """The name of the file that a person handed in; "" where the script needs none of theirs."""
        return ""

    def source(self) -> tuple[str, tuple[Any, ...]]:
        """For the exported script: a line that sets x and y, and the functions that it needs."""
        raise NotImplementedError

    def split(self) -> Split:
        """Raises: ExperimentError where there is too little of a class to split."""
        # Neither of these changes the split, so that what is kept serves all of their values.
        usual: dict[str, Any] = {"batch_size": 64}
        if "augment" in type(self).model_fields:
            usual["augment"] = None
        text = self.model_copy(update=usual).model_dump_json()
        is_small = self.held_bytes() < KEPT_BYTES
        make = _split if is_small else _split.__wrapped__
        return make(text)

    def steps_per_epoch(self) -> int:
        """Optimisation steps in one pass, the last batch perhaps smaller."""
        n_train, _ = self.counts()
        return -(-n_train // self.batch_size)  # rounded up


def _wrong_samples(what: str, shape: tuple[int, ...], samples: np.ndarray) -> ValueError:
    """The error for samples of another shape or type than is needed."""
    wanted = ", ".join(map(str, ("N", *shape)))
    return ValueError(f"predict needs {what} ({wanted}), but got {samples.dtype} {samples.shape}")


DATASETS: Catalogue[Dataset] = Catalogue("dataset", Dataset)


def bundled_files() -> dict[str, Path]:
    """Every file that comes with the playground and that the script of some data set reads, by its name."""
    paths: dict[str, Path] = {}
    for entry in DATASETS:
        # Of data sets that a person hands in it is a property, which only an instance can tell.
        names = entry.files if isinstance(entry.files, tuple) else ()
        for name in names:
            path = FOLDER / name
            if path.is_file():
                paths[name] = path
    return paths


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
