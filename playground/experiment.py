"""The recipe of a run: data, layers, training. Presets, links, scripts and the screen are views of it."""

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from .catalogues.base import Strict
from .catalogues.datasets import DATASETS
from .catalogues.initializers import INITIALIZERS, TorchDefault
from .catalogues.layers import LayerList
from .catalogues.learning import OwnLearning
from .catalogues.losses import LOSSES, CrossEntropy
from .catalogues.optimizers import OPTIMIZERS, Adam
from .catalogues.schedules import SCHEDULES, Constant
from .faults import ExperimentError, faults_of

# 2: a warm-up comes before the schedule; in version 1 it multiplied the schedule's first steps.
VERSION = 2
MAX_JSON_BYTES = 64 * 1024
MAX_DEPTH = 24  # lists and objects inside each other: ten nested blocks
RAW_DEFLATE = -15  # zlib's window bits; negative: without a header, which keeps links short


class TrainingSpec(Strict):
    """How the network learns."""

    loss: LOSSES.field = Field(  # type: ignore[name-defined]
        default_factory=CrossEntropy, description="What training minimises"
    )
    optimizer: OPTIMIZERS.field = Field(  # type: ignore[name-defined]
        default_factory=Adam, description="How the weights follow the gradients"
    )
    schedule: SCHEDULES.field = Field(  # type: ignore[name-defined]
        default_factory=Constant, description="How the learning rate changes"
    )
    init: INITIALIZERS.field = Field(  # type: ignore[name-defined]
        default_factory=TorchDefault, description="How the weights are initialised"
    )
    output: OwnLearning = Field(
        None, description="Settings of the output layer that differ from the rest"
    )
    epochs: int = Field(5, ge=1, le=10_000, description="Passes through the training data")
    seed: int = Field(
        0, ge=0, le=2**31 - 1, description="Fixes all random numbers: same seed, same run"
    )
    clip_norm: float | None = Field(
        None,
        gt=0,
        le=1e6,
        description="Gradients with a larger norm are scaled down to this; blank: no limit",
    )
    clip_value: float | None = Field(
        None,
        gt=0,
        le=1e6,
        description="Each value of the gradient is cut to ± this, before the norm limit; blank: no limit",
    )
    precision: Literal["float32", "bf16", "fp16"] = Field(
        "float32",
        description="bf16 is faster where the device supports it, but rounds more; fp16 is for CUDA GPUs",
    )
    accumulate: int = Field(
        1,
        ge=1,
        le=256,
        description="Number of batches whose gradients are combined into one step: a larger batch in less "
        "memory",
    )
    ema: float | None = Field(
        None,
        gt=0,
        lt=1,
        description="Decay of a moving average of the weights, which is used for validation and kept at the "
        "end; blank: no averaging",
    )
    patience: int | None = Field(
        None,
        ge=1,
        le=10_000,
        description="Epochs without a better validation loss before training stops; blank: never stop early",
    )
    min_delta: float = Field(
        0.0,
        ge=0,
        le=1e6,
        description="How much lower the validation loss must be to count as better",
    )
    keep_best: bool = Field(
        False,
        description="At the end, go back to the weights of the epoch with the lowest validation loss",
    )
    overfit_batch: bool = Field(
        False,
        description="Train on a single batch only: if the network cannot learn even that by heart, something "
        "is wrong",
    )


class Experiment(Strict):
    """A whole experiment. Equal experiments on the same machine give equal runs, bit for bit."""

    version: Literal[2] = Field(2, description="Version of this format")
    name: str = Field("Untitled", max_length=80, description="What the experiment is called")
    data: DATASETS.field = Field(description="What the network learns from")  # type: ignore[name-defined]
    layers: LayerList = Field(
        default_factory=list, description="From the input to just before the output"
    )
    training: TrainingSpec = Field(
        default_factory=TrainingSpec, description="How the network learns"
    )

    @model_validator(mode="before")
    @classmethod
    def _upgrade(cls, value: Any) -> Any:
        return upgraded(value)

    @classmethod
    def from_json(cls, text: str | bytes, max_bytes: int = MAX_JSON_BYTES) -> Self:
        """Raises: ExperimentError naming every place that is wrong."""
        data = text.encode() if isinstance(text, str) else text
        if len(data) > max_bytes:
            raise ExperimentError.at("", "too_many_bytes", given=len(data), limit=max_bytes)
        return cls.from_dict(parse_json(data))

    @classmethod
    def from_dict(cls, value: Any) -> Self:
        """The same from Python's own dicts and lists."""
        if is_deeper(value, MAX_DEPTH):
            raise ExperimentError.at("layers", "too_deep", limit=MAX_DEPTH)
        if isinstance(value, dict):
            _check_version(value.get("version", VERSION))
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            raise ExperimentError(faults_of(error)) from None

    def with_value(self, place: Sequence[str], value: Any) -> Self:
        """The same experiment with another value at one place.

        Raises: ExperimentError if that value is not allowed there.
        """
        changed = self.model_dump(mode="json")
        *parents, name = place
        inner = changed
        for part in parents:
            inner = inner[part]
        inner[name] = value
        return self.from_dict(changed)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Reads a JSON file. Raises: OSError, ExperimentError."""
        path = Path(path)
        size = path.stat().st_size
        if size > MAX_JSON_BYTES:
            raise ExperimentError.at("", "too_many_bytes", given=size, limit=MAX_JSON_BYTES)
        return cls.from_json(path.read_bytes())

    def to_dict(self) -> dict[str, Any]:
        """As JSON values, without what has its default. The version is always there."""
        changed = self.model_dump(mode="json", exclude_defaults=True)
        return {"version": self.version, **changed}

    def to_json(self, indent: int | None = 2) -> str:
        """As JSON text."""
        return json.dumps(self.to_dict(), indent=indent, ensure_ascii=False)

    def to_link(self) -> str:
        """The experiment as URL-safe text, a couple of hundred characters."""
        return packed(self.to_json(indent=None).encode())

    @classmethod
    def from_link(cls, text: str, max_bytes: int = MAX_JSON_BYTES) -> Self:
        """Reads what `to_link` wrote.

        Raises: ExperimentError for a link that is damaged, not ours, or unpacks to more than `max_bytes`.
        """
        return cls.from_json(unpacked(text, max_bytes), max_bytes)


def _check_version(version: Any) -> None:
    """Raises: ExperimentError for a version that this program cannot know. Pydantic looks at the rest."""
    if isinstance(version, bool):  # Python would take true for version 1
        expected = "a whole number"
        raise ExperimentError.at("version", "wrong_type", expected=expected, given=repr(version))
    if isinstance(version, int) and version > VERSION:
        raise ExperimentError.at("version", "newer_version", given=version, known=VERSION)


def packed(data: bytes) -> str:
    """JSON as URL-safe text, short where it holds the usual words of an experiment."""
    packer = zlib.compressobj(9, zlib.DEFLATED, RAW_DEFLATE, zdict=VOCABULARY)
    short = packer.compress(data)
    short += packer.flush()
    text = base64.urlsafe_b64encode(short)
    return text.rstrip(b"=").decode()


def unpacked(link: str, max_bytes: int = MAX_JSON_BYTES) -> bytes:
    """The JSON inside a link. Raises: ExperimentError for what `packed` did not write, or unpacks to more."""
    try:
        return _unpacked(link, max_bytes)
    except (ValueError, binascii.Error, zlib.error, UnicodeError):
        raise ExperimentError.at("", "broken_link") from None


def _unpacked(link: str, max_bytes: int) -> bytes:
    """Raises: several kinds of errors for a link that is not one of ours."""
    padding = b"=" * (-len(link) % 4)  # to_link leaves out the padding of base 64
    short = base64.b64decode(link.encode("ascii") + padding, b"-_", validate=True)
    unpacker = zlib.decompressobj(RAW_DEFLATE, zdict=VOCABULARY)
    data = unpacker.decompress(short, max_bytes + 1)
    if len(data) > max_bytes or not unpacker.eof:
        raise ValueError("too long, or cut off")
    return data


def upgraded(value: Any) -> Any:
    """An experiment of version 1 as one of version 2 that gives the same numbers; anything else as it is."""
    if not isinstance(value, dict):
        return value
    version = value.get("version")
    if version != 1 or isinstance(version, bool):
        return value
    newer = {**value, "version": VERSION}
    training = value.get("training")
    if not isinstance(training, dict):
        return newer
    schedule = training.get("schedule")
    if isinstance(schedule, dict) and _has_warmed_curve(schedule):
        newer["training"] = {**training, "schedule": {**schedule, "warmup_multiplies": True}}
    return newer


def _has_warmed_curve(schedule: dict[str, Any]) -> bool:
    """Whether the two versions differ about it: without a warm-up, or without a curve, they don't."""
    name = schedule.get("schedule")
    if not isinstance(name, str) or name not in SCHEDULES or not schedule.get("warmup_steps"):
        return False
    return "warmup_multiplies" in SCHEDULES[name].model_fields


def parse_json(data: bytes) -> Any:
    """JSON without NaN and Infinity. Raises: ExperimentError."""
    try:
        return json.loads(data, parse_constant=_refuse_constant)
    except RecursionError:
        raise ExperimentError.at("", "not_json", detail="nested too deeply") from None
    except ValueError as error:
        if isinstance(error, ExperimentError):
            raise
        raise ExperimentError.at("", "not_json", detail=str(error)[:200]) from None


def is_deeper(value: Any, limit: int) -> bool:
    """Whether lists and objects are nested more than `limit` deep; looks no deeper itself.

    Level by level, without recursion: a hostile file may be nested thousands of levels deep.
    """
    level = [value]
    for _ in range(limit + 1):
        inner: list[Any] = []
        for container in level:
            inner += _children(container)
        if not inner:
            return False
        level = inner
    return True


def _children(value: Any) -> list[Any]:
    """The lists and objects directly inside a list or an object."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return []
    return [child for child in value if isinstance(child, dict | list)]


def _refuse_constant(name: str) -> Any:
    raise ExperimentError.at("", "not_finite", given=name)


# What links are likely to contain, the likeliest last: permanent, since it is part of every link.
VOCABULARY = (
    b'"precision":"bf16""clip_norm":"label_smoothing":0.1"nesterov":true"momentum":0.9"weight_decay":0.01"adamw"'
    b'"noise":"size":"seed":"validation":0.3"shortcut":"projection""stride":2"bias": false"rmsprop""step""gamma"'
    b'{"layer": "layernorm"}, {"layer": "gelu"}, {"layer": "sigmoid"}, {"layer": "avgpool2d"}, "one_cycle"'
    b'{"layer": "adaptiveavgpool2d"}, {"layer": "residual", "body": [{"layer": "tanh"}, {"layer": "batchnorm1d"}, '
    b'{"layer": "dropout", "p": 0.3}, {"layer": "conv2d", "channels": 32}, {"layer": "batchnorm2d"}, '
    b'{"layer": "relu"}, '
    b'{"layer": "maxpool2d"}, {"layer": "flatten"}, {"layer": "linear", "units": 128}, {"layer": "relu"}], '
    b'"training": {"loss": {"loss": "cross_entropy"}, "optimizer": {"optimizer": "sgd", "lr": 0.05}, '
    b'"schedule": {"schedule": "cosine", "warmup_steps": 20}, "epochs": 10, "seed": 1}}'
    b'{"version": 1, "name": "Untitled", "data": {"dataset": "digits", "batch_size": 64}, "layers": ['
)
