"""Images of one's own: a ZIP with a folder for every class."""

from functools import lru_cache
from typing import Any, Literal

import numpy as np
from pydantic import Field

from ...faults import ExperimentError, Fault, Repair
from ...reading.archives import Contents
from ...reading.calls import read
from ...reading.pictures import image_folders, load_images, small_picture
from ..samples import stratified_counts
from . import uploads
from .base import DATASETS
from .image_base import ImageDataset, bytes_held

FILE = "images.zip"
PLACEHOLDERS = ("1", "2")  # classes of a set that is not chosen yet
PLACEHOLDER_SIZES = (50, 50)


@uploads.kind("images", FILE)
def look(data: bytes) -> dict[str, Any]:
    """What the page says of a ZIP that arrived."""
    inside = _contents(data)
    return {"classes": inside.classes, "sizes": inside.sizes, "images": sum(inside.sizes)}


@lru_cache(maxsize=32)
def _contents_of(file: str) -> Contents:
    return _contents(uploads.get(file))


def _contents(data: bytes) -> Contents:
    inside = read("zip_contents", {}, data).value
    return Contents(tuple(inside["classes"]), tuple(inside["sizes"]))


@DATASETS.register
class OwnImages(ImageDataset):
    """Your own pictures: a ZIP with one folder per class, or classes that you draw or photograph here.

    Out: x (N, 1 or 3, size, size), y the classes in alphabetical order. Source: the file that was uploaded.
    Licence: your own.
    """

    id = "own_images"
    label = "Your own images"
    group = "own"
    takes_file = "images"
    photo = "picture"
    needs = ("pillow",)
    file: str = Field(
        "", pattern=uploads.PATTERN, description="The uploaded ZIP, identified by its content"
    )
    size: Literal[28, 32, 64] = Field(28, description="Side of the images that the network sees")
    colour: bool = Field(False, description="Three channels (red, green, blue) instead of one")

    @property
    def input_shape(self) -> tuple[int, ...]:  # type: ignore[override]
        channels = 3 if self.colour else 1
        return channels, self.size, self.size

    @property
    def pad(self) -> bool:  # type: ignore[override]
        """A drawing has 28 × 28 pixels."""
        return self.size == 28

    def fault(self) -> Fault | None:
        """No file yet, one that is gone, or one that is of no use."""
        if not self.file:
            use_digits = Repair("use_digits", data={"dataset": "digits"})
            return Fault("data.file", "images_none", {}, (use_digits,))
        try:
            if self.file not in uploads.STORE:
                uploads.get(self.file)
            _contents_of(self.file)
        except ExperimentError as error:
            return error.faults[0]
        return super().fault()

    @property
    def _contents(self) -> Contents:
        try:
            return _contents_of(self.file)
        except ExperimentError:
            return Contents(PLACEHOLDERS, PLACEHOLDER_SIZES)

    def class_names(self) -> tuple[str, ...]:
        return self._contents.classes

    def n_samples(self) -> int:
        return sum(self._contents.sizes)

    def counts(self) -> tuple[int, int]:
        return stratified_counts(self._contents.sizes, self.validation)

    def held_bytes(self) -> int:
        return bytes_held(self.n_samples(), self.input_shape)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        """Raises: ExperimentError where the file is not here, or of no use."""
        missing = self.fault()
        if missing is not None:
            raise ExperimentError(missing)
        options = {"size": self.size, "colour": self.colour}
        answer = read("zip_images", options, uploads.get(self.file))
        return answer.arrays["x"], answer.arrays["y"]

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.own_file() or FILE,)

    def own_file(self) -> str:
        if not self.file:
            return ""
        return uploads.name_of(self.file) or FILE

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f"x, y = load_images(DATA_FILE, {self.size!r}, {self.colour!r})"
        return line, (image_folders, small_picture, load_images)
