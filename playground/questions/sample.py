"""What is shown to a network, and how it is read from a request."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from torch import Tensor

from ..training.trainer import Trainer
from .base import Found, PageQuestion, Request, integer_of, is_number, refused

SIDE = 28  # of a drawing, in pixels
MOST_DRAWING_TEXT = 2_000  # characters in base 64
MOST_PICTURE_TEXT = 100_000  # the same
FARTHEST = 1e6  # that a coordinate of a point may be from 0, in the data's own unit


@dataclass(frozen=True)
class Sample:
    """What is shown to the network. One of the fields is set, all others are None.

    index: of a validation sample, from 0. pixels: a drawing, uint8 (28, 28), light ink on dark. picture: bytes (H, W)
    or (H, W, 3) in the data's own size. point: (x, y) in the data's own units. raw: what the data set's `encode` takes
    as one sample, such as a text or a row of numbers.
    """

    index: int | None = None
    picture: bytes | None = None
    pixels: np.ndarray | None = None
    point: tuple[float, float] | None = None
    raw: Any = None

    @classmethod
    def read(cls, request: Request) -> Self:
        """The sample of a request. Raises: ExperimentError."""
        value = request.get("sample")
        if not isinstance(value, Mapping):
            raise refused("a sample is missing", "sample")
        kind = value.get("kind")
        if kind == "validation":
            return cls(index=integer_of(value, "index", 0))
        if kind == "drawn":
            return cls(pixels=_drawing(value.get("pixels")))
        if kind == "picture":
            return cls(picture=_bytes(value.get("pixels"), MOST_PICTURE_TEXT))
        if kind == "point":
            return cls(point=_point(value.get("x")))
        if kind == "raw":  # a text, or a row of values; the data set checks it
            return cls(raw=value.get("value"))
        raise refused("a sample is a validation sample, drawn, or a point", "sample.kind")

    def inputs(self, trainer: Trainer) -> Tensor:
        """(1, *input_shape) on the run's device. Raises: ExperimentError where it does not fit the data."""
        split = trainer.split
        if self.index is not None:
            if not 0 <= self.index < len(split.val_x):
                detail = f"there are {len(split.val_x)} validation samples, counted from 0"
                raise refused(detail, "sample.index")
            only_this = slice(self.index, self.index + 1)
            return split.val_x[only_this].to(trainer.device)
        values = self._values(split.input_shape) if self.raw is None else self._encoded(trainer)
        batch_of_one = values[None]
        return split.normalise(batch_of_one).to(trainer.device)

    def offset(self, trainer: Trainer) -> np.ndarray | float:
        """What is added to the answer to this sample, so that it is in the targets' own unit: (1, 1), or 0."""
        data = trainer.experiment.data
        if self.index is not None:
            position = trainer.split.val_index[self.index]
            return data.offsets_at(np.array([position]))
        return 0.0 if self.raw is None else data.offsets_of([self.raw])

    def _encoded(self, trainer: Trainer) -> np.ndarray:
        try:
            encoded: np.ndarray = trainer.experiment.data.encode([self.raw])[0]
        except ValueError as error:
            raise refused(str(error), "sample") from None
        return encoded

    def _values(self, shape: tuple[int, ...]) -> np.ndarray:
        """What was drawn, photographed or pointed at, as numbers of the shape of an input."""
        is_image = len(shape) == 3  # (C, H, W)
        brightest = np.float32(255)
        if self.picture is not None and is_image and len(self.picture) == int(np.prod(shape)):
            channels, height, width = shape
            values = np.frombuffer(self.picture, np.uint8)
            channels_last = values.reshape(height, width, channels)
            channels_first = channels_last.transpose(2, 0, 1)
            return channels_first.astype(np.float32) / brightest
        if self.pixels is not None and is_image and self.pixels.shape == shape[1:]:
            grey = self.pixels.astype(np.float32) / brightest
            return np.broadcast_to(grey, shape)  # the same in every channel
        if self.point is not None and shape == (2,):
            return np.asarray(self.point, dtype=np.float32)
        raise refused(
            f"this network takes samples of shape {shape}; this one has another", "sample"
        )


@dataclass(frozen=True)
class SampleQuestion(PageQuestion[Found]):
    """A question about one sample, and about nothing else that a request could choose."""

    sample: Sample

    @classmethod
    def read(cls, request: Request) -> Self:
        return cls(Sample.read(request))


def _bytes(text: Any, most: int) -> bytes:
    """What stands in base 64; nothing where it is no such text or too long: no sample has 0 bytes, so it is refused."""
    if not isinstance(text, str) or len(text) >= most:
        return b""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _drawing(text: Any) -> np.ndarray:
    ink = _bytes(text, MOST_DRAWING_TEXT)
    if len(ink) != SIDE * SIDE:
        raise refused("a picture must have 28 × 28 bytes", "sample.pixels")
    return np.frombuffer(ink, dtype=np.uint8).reshape(SIDE, SIDE)


def _point(value: Any) -> tuple[float, float]:
    if isinstance(value, Sequence) and len(value) == 2:
        x, y = value
        if is_number(x) and is_number(y) and abs(x) < FARTHEST and abs(y) < FARTHEST:
            return float(x), float(y)
    raise refused("a point must be two finite numbers", "sample.x")
