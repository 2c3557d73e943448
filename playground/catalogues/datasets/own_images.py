"""Images of one's own: a ZIP with a folder for every class. Nothing of it is ever written under a name of its own."""

import io
import warnings
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from pydantic import Field

from ...faults import ExperimentError, Fault, Repair, size_text
from . import uploads
from .base import DATASETS
from .image_base import ImageDataset

FILE = "images.zip"
MOST_ENTRIES, MOST_IMAGES, MOST_CLASSES = 12_000, 5_000, 100
MOST_UNPACKED, MOST_RATIO, RATIO_FROM = 300 * 2**20, 200, 2**20
MOST_PIXELS = 8_000_000
LEAST_EACH = 2
PLACEHOLDERS = ("1", "2")  # classes of a set that is not chosen yet


def image_folders(names):
    """Which entries of a ZIP are pictures, and of which class: the first folder that they do not all have in common.

    Folders called train, test and the like only hold the folders of the classes. In: names with “/”.
    Out: (name, class) in order of class and name; class "" for a picture that lies in no folder.
    """
    halves, kinds = (
        {"train", "test", "val", "valid", "validation"},
        (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"),
    )
    paths = [name.split("/") for name in names if name.lower().endswith(kinds)]
    paths = [path for path in paths if not any(part.startswith((".", "__MACOSX")) for part in path)]
    folders = [path[:-1] for path in paths]
    while folders and all(folder for folder in folders):
        first = {folder[0] for folder in folders}
        deeper = all(len(folder) > 1 for folder in folders)
        if not deeper or (len(first) > 1 and not {name.lower() for name in first} <= halves):
            break
        folders = [folder[1:] for folder in folders]
    return sorted(
        ("/".join(path), folder[0] if folder else "")
        for path, folder in zip(paths, folders, strict=True)
    )


def small_picture(data, size, colour):
    """A picture as uint8 (1 or 3, size, size): turned as its camera says, its middle square, transparent is black."""
    import io

    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as opened:
        picture = ImageOps.exif_transpose(opened)
        if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
            picture = Image.fromarray(
                (np.asarray(picture, np.float64) / 257).clip(0, 255).astype(np.uint8)
            )
        if "A" in picture.mode or "transparency" in picture.info:
            picture = picture.convert("RGBA")
            picture = Image.alpha_composite(
                Image.new("RGBA", picture.size, (0, 0, 0, 255)), picture
            )
        picture = picture.convert("RGB" if colour else "L")
        if picture.size != (size, size):
            picture = ImageOps.fit(picture, (size, size), Image.Resampling.BOX)
        pixels = np.asarray(picture)
    return pixels.transpose(2, 0, 1) if colour else pixels[None]


def load_images(file, size, colour):
    """The pictures of a ZIP with a folder for every class, in order of class and name.

    In: path or file; pixels; whether in colour. Out: x float32 (N, 1 or 3, size, size), 0…1; y int64 (N,).
    """
    import zipfile

    with zipfile.ZipFile(file) as archive:
        found = image_folders(archive.namelist())
        x = np.stack([small_picture(archive.read(name), size, colour) for name, _ in found])
    classes = sorted({label for _, label in found})
    y = np.array([classes.index(label) for _, label in found], dtype=np.int64)
    return x.astype(np.float32) / np.float32(255), y


@dataclass(frozen=True)
class Contents:
    """What is in a ZIP: its classes in order, and how many pictures each has."""

    classes: tuple[str, ...]
    sizes: tuple[int, ...]


def contents(data: bytes) -> Contents:
    """Looks at a ZIP without unpacking it to anywhere. Raises: ExperimentError saying what is wrong, and in which file.

    Sizes, names and headers come first; what a header says is checked again while it is read.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise _refused("zip_broken") from None
    with archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise _refused("zip_too_many", given=len(entries), limit=MOST_ENTRIES)
        for entry in entries:
            _check_entry(entry)
        total = sum(entry.file_size for entry in entries)
        if total > MOST_UNPACKED:
            raise _refused("zip_too_large", given=size_text(total), limit=size_text(MOST_UNPACKED))
        found = image_folders([entry.filename for entry in entries])
        by_class = _counted(found)
        for name, _ in found:
            _check_picture(archive, name)
    return Contents(tuple(by_class), tuple(by_class.values()))


def _refused(code: str, **values: Any) -> ExperimentError:
    return ExperimentError.at("data.file", code, **values)


def _short(name: str) -> str:
    clean = "".join(c if c.isprintable() else "?" for c in name)
    return clean if len(clean) <= 60 else "…" + clean[-59:]


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name[:3] or ".." in name.split("/"):
        raise _refused("zip_unsafe_name", name=_short(name))
    if entry.flag_bits & 1:
        raise _refused("zip_encrypted", name=_short(name))
    if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        raise _refused("zip_bomb", name=_short(name), given=size_text(entry.file_size))


def _counted(found: list[tuple[str, str]]) -> dict[str, int]:
    """Pictures of each class. Raises: ExperimentError for too few or too many of either."""
    if not found:
        raise _refused("zip_no_images")
    if len(found) > MOST_IMAGES:
        raise _refused("zip_too_many", given=len(found), limit=MOST_IMAGES)
    loose = next((name for name, label in found if not label), None)
    if loose is not None:
        raise _refused("zip_no_folder", name=_short(loose))
    by_class: dict[str, int] = {}
    for label in sorted(label for _, label in found):
        by_class[label] = by_class.get(label, 0) + 1
    if len(by_class) == 1:
        raise _refused("zip_one_class", name=_short(next(iter(by_class))))
    if len(by_class) > MOST_CLASSES:
        raise _refused("zip_too_many_classes", given=len(by_class), limit=MOST_CLASSES)
    small = next((label for label, n in by_class.items() if n < LEAST_EACH), None)
    if small is not None:
        raise _refused("zip_small_class", name=_short(small), limit=LEAST_EACH)
    return by_class


def _check_picture(archive: zipfile.ZipFile, name: str) -> None:
    """The header first, then the pixels: a picture that cannot be read later is named now."""
    from PIL import Image

    try:
        with archive.open(name) as file:
            data = file.read(MOST_UNPACKED + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                pixels = picture.width * picture.height
            if pixels <= MOST_PIXELS:
                small_picture(data, 8, False)
    except Image.DecompressionBombError:
        pixels = MOST_PIXELS + 1
    except (
        Exception
    ) as error:  # a damaged file makes zlib and Pillow's decoders raise almost anything
        raise _refused("zip_broken_picture", name=_short(name)) from error
    if pixels > MOST_PIXELS:
        raise _refused("zip_picture_too_large", name=_short(name), limit=f"{MOST_PIXELS:,}")


@uploads.kind("images", FILE)
def look(data: bytes) -> dict[str, Any]:
    """What the page says of a ZIP that arrived."""
    found = contents(data)
    return {"classes": found.classes, "sizes": found.sizes, "images": sum(found.sizes)}


@lru_cache(maxsize=32)
def _contents_of(file: str) -> Contents:
    return contents(uploads.get(file))


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
        return (3 if self.colour else 1, self.size, self.size)

    @property
    def pad(self) -> bool:  # type: ignore[override]
        """A drawing has 28 × 28 pixels."""
        return self.size == 28

    def fault(self) -> Fault | None:
        """No file yet, one that is gone, or one that is of no use."""
        if not self.file:
            return Fault(
                "data.file", "images_none", {}, (Repair("use_digits", data={"dataset": "digits"}),)
            )
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
            return Contents(PLACEHOLDERS, (50, 50))

    def class_names(self) -> tuple[str, ...]:
        return self._contents.classes

    def n_samples(self) -> int:
        return sum(self._contents.sizes)

    def counts(self) -> tuple[int, int]:
        held_out = sum(min(n - 1, max(1, round(n * self.validation))) for n in self._contents.sizes)
        return self.n_samples() - held_out, held_out

    def held_bytes(self) -> int:
        return 3 * 4 * self.n_samples() * int(np.prod(self.input_shape))

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        """Raises: ExperimentError where the file is not here, or of no use."""
        missing = self.fault()
        if missing is not None:
            raise ExperimentError(missing)
        return load_images(io.BytesIO(uploads.get(self.file)), self.size, self.colour)

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.own_file() or FILE,)

    def own_file(self) -> str:
        return (uploads.name_of(self.file) or FILE) if self.file else ""

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f"x, y = load_images(DATA_FILE, {self.size!r}, {self.colour!r})"
        return line, (image_folders, small_picture, load_images)
