"""Images of one's own: a ZIP with a folder for every class."""

from dataclasses import dataclass, field
from functools import lru_cache
from pprint import pformat
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from ...faults import ExperimentError, Fault, Repair
from ...reading import pictures
from ...reading.calls import read
from ...reading.data.choices import Choices, choices_of
from ...reading.data.pictures import AlbumReading
from ..samples import Division, GivenDivision, stratified_counts
from . import upload_names, uploads
from .albums import album_of, look_at
from .base import DATASETS
from .image_base import ImageDataset, bytes_held
from .own_file import OwnFile, with_line

FILE = "images.zip"
PLACEHOLDERS = ("1", "2")  # classes of a set that is not chosen yet
PLACEHOLDER_SIZES = (50, 50)
SCRIPT_WIDTH = 100
BRIGHTEST = np.float32(255)


@uploads.kind("images", FILE)
def look(data: bytes) -> dict[str, Any]:
    """What the page says of a ZIP that arrived."""
    inside = _contents(AlbumReading(look_at(data), Choices(kind="images")))
    return {"classes": inside.classes, "sizes": inside.sizes, "images": sum(inside.sizes)}


@dataclass(frozen=True, eq=False)
class Contents:
    """What is used of a ZIP: its classes in order, and how many pictures each has.

    held_out: for each picture, whether it is there to test with; None where the ZIP does not say.
    recipe: how the pictures are loaded. understood: `Understood.to_page()`.
    """

    classes: tuple[str, ...] = PLACEHOLDERS
    sizes: tuple[int, ...] = PLACEHOLDER_SIZES
    held_out: np.ndarray | None = None
    recipe: dict[str, Any] = field(default_factory=dict)
    understood: dict[str, Any] = field(default_factory=dict)


def _contents(reading: AlbumReading) -> Contents:
    classes = reading.classes()
    held_out = None
    if reading.has_parts:
        held_out = np.array([picture.part == "test" for picture in reading.used])
    return Contents(
        tuple(entry.name for entry in classes),
        tuple(entry.count for entry in classes),
        held_out,
        reading.recipe(),
        reading.understood().to_page(),
    )


@lru_cache(maxsize=32)
def _contents_of(file: str, lines: tuple[str, ...]) -> Contents:
    choices = choices_of(lines, kind="images")
    return _contents(AlbumReading(album_of(file, choices.encoding), choices))


@DATASETS.register
class OwnImages(OwnFile, ImageDataset):
    """Your own pictures: a ZIP with one folder per class, or classes that you draw or photograph here.

    Folders for training and for testing become the two parts, and `validation` has no effect.
    Out: x (N, 1 or 3, size, size), y the classes in alphabetical order. Source: the file that was uploaded.
    Licence: your own.
    """

    id = "own_images"
    label = "Your own images"
    group = "own"
    takes_file = "images"
    photo = "picture"
    needs = ("pillow",)
    read_as: ClassVar[str] = "images"
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

    @property
    def has_given_parts(self) -> bool:  # type: ignore[override]
        """Whether the archive has folders for training and for testing."""
        return self._contents.held_out is not None

    def fault(self) -> Fault | None:
        """No file yet, one that is gone, or one that is of no use."""
        if not self.file:
            use_digits = Repair("use_digits", data={"dataset": "digits"})
            return Fault("data.file", "images_none", {}, (use_digits,))
        wrong_choice = self.choices_fault()
        if wrong_choice is not None:
            return wrong_choice
        try:
            if self.file not in uploads.STORE:
                uploads.get(self.file)
            _contents_of(self.file, self.lines())
        except ExperimentError as error:
            return self._with_remedy(error.faults[0])
        return super().fault()

    def _with_remedy(self, fault: Fault) -> Fault:
        """An owner who said “stop” may still go on."""
        if self.reading_choices().pictures != "stop":
            return fault
        choices = with_line(self.choices, "pictures=go_on")
        going_on = self.model_copy(update={"choices": choices})
        try:
            _contents_of(self.file, going_on.lines())
        except ExperimentError:
            return fault
        go_on = Repair("without_pictures", data={"choices": choices})
        return Fault(fault.place, fault.code, fault.values, (go_on,))

    @property
    def _contents(self) -> Contents:
        try:
            return _contents_of(self.file, self.lines())
        except ExperimentError:
            return Contents()

    def understood(self) -> dict[str, Any]:
        return _contents_of(self.file, self.lines()).understood

    def class_names(self) -> tuple[str, ...]:
        return self._contents.classes

    def n_samples(self) -> int:
        return sum(self._contents.sizes)

    def counts(self) -> tuple[int, int]:
        inside = self._contents
        if inside.held_out is None:
            return stratified_counts(inside.sizes, self.validation)
        n_held_out = int(inside.held_out.sum())
        return sum(inside.sizes) - n_held_out, n_held_out

    def divided_by(self) -> Division | GivenDivision:
        """As the folders say, where the archive has some for training and for testing."""
        held_out = self._contents.held_out
        return super().divided_by() if held_out is None else GivenDivision(held_out)

    def held_bytes(self) -> int:
        return bytes_held(self.n_samples(), self.input_shape)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        """Raises: ExperimentError where the file is not here, or of no use."""
        missing = self.fault()
        if missing is not None:
            raise ExperimentError(missing)
        options = {"size": self.size, "colour": self.colour, "album": self._contents.recipe}
        arrays = read("pictures", options, uploads.get(self.file)).arrays
        return arrays["x"].astype(np.float32) / BRIGHTEST, arrays["y"]

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.own_file() or FILE,)

    def own_file(self) -> str:
        if not self.file:
            return ""
        return uploads.name_of(self.file) or upload_names.safe_name(self.called, FILE)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        album = pformat(self._contents.recipe, width=SCRIPT_WIDTH, sort_dicts=False)
        lines = (
            f"album = {album}",
            f"x, y, held_out = load_pictures(DATA_FILE, {self.size!r}, {self.colour!r}, album)",
            "x = x.astype(np.float32) / np.float32(255)",
        )
        functions = (
            pictures.picture_name,
            pictures.is_hidden,
            pictures.is_picture,
            pictures.name_stem,
            pictures.begins_as_picture,
            pictures.open_picture,
            pictures.white_of,
            pictures.eight_bits,
            pictures.on_black,
            pictures.small_picture,
            pictures.load_pictures,
        )
        return "\n".join(lines), functions
