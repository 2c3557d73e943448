"""A ZIP of pictures, looked at before anything of it is used. Nothing of it is ever written under a name of its own."""

import io
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from . import zips
from .data.album import shown_labels
from .pictures import has_too_many_scans, image_folders, small_picture
from .refusals import refused
from .zips import short_name

MOST_ENTRIES = 12_000
MOST_IMAGES = 5_000
MOST_CLASSES = 100
MOST_UNPACKED = 300 * 2**20  # bytes
MOST_PIXELS = 8_000_000
MOST_PIXELS_SHRUNK = 80_000_000  # of a JPEG, which is made smaller while it is decoded
FORMATS = (
    "PNG",
    "JPEG",
    "WEBP",
    "GIF",
    "BMP",
)  # whatever the ending says, no other decoder is tried
NESTED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")
LEAST_EACH = 2  # pictures of a class: one to learn from, one to validate with


@dataclass(frozen=True)
class Contents:
    """What is in a ZIP: its classes in order, and how many pictures each has."""

    classes: tuple[str, ...]
    sizes: tuple[int, ...]


def contents(data: bytes) -> Contents:
    """Looks at a ZIP without unpacking it to anywhere. Raises: ExperimentError saying what is wrong, and in which file.

    Sizes, names and headers come first; what a header says is checked again while it is read.
    """
    with zips.opened(data) as archive:
        entries = archive.infolist()
        _check_entries(entries)
        pictures = image_folders([entry.filename for entry in entries])
        sizes = _class_sizes(pictures)
        for name, _ in pictures:
            _check_picture(archive, name)
    shown = shown_labels(entries, list(sizes))
    return Contents(tuple(shown), tuple(sizes.values()))


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    zips.check_entries(entries, MOST_ENTRIES, MOST_UNPACKED)
    for entry in entries:
        if entry.filename.lower().endswith(NESTED):
            raise refused("zip_nested", name=short_name(entry.filename))


def _class_sizes(pictures: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Pictures of each class, classes in order. Raises: ExperimentError for too few or too many of either."""
    if not pictures:
        raise refused("zip_no_images")
    if len(pictures) > MOST_IMAGES:
        raise refused("zip_too_many", given=len(pictures), limit=MOST_IMAGES)
    for name, label in pictures:
        if not label:
            raise refused("zip_no_folder", name=short_name(name))

    sizes: dict[str, int] = {}
    labels = [label for _, label in pictures]
    for label in sorted(labels):
        sizes[label] = sizes.get(label, 0) + 1
    if len(sizes) == 1:
        raise refused("zip_one_class", name=short_name(next(iter(sizes))))
    if len(sizes) > MOST_CLASSES:
        raise refused("zip_too_many_classes", given=len(sizes), limit=MOST_CLASSES)
    for label, size in sizes.items():
        if size < LEAST_EACH:
            raise refused("zip_small_class", name=short_name(label), limit=LEAST_EACH)
    return sizes


def _check_picture(archive: zipfile.ZipFile, name: str) -> None:
    """The header first, then the pixels: a picture that cannot be read later is named now."""
    from PIL import Image

    try:
        with archive.open(name) as file:
            data = file.read(MOST_UNPACKED + 1)
        if has_too_many_scans(data):
            raise ValueError("a JPEG of too many scans")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                pixels = picture.width * picture.height
                can_shrink = picture.format == "JPEG"
            limit = MOST_PIXELS_SHRUNK if can_shrink else MOST_PIXELS
            if pixels <= limit:
                small_picture(data, 8, False)  # only to see whether it can be decoded
    except Image.DecompressionBombError:
        pixels = MOST_PIXELS_SHRUNK + 1
        limit = MOST_PIXELS
    # A damaged file makes zlib and Pillow's decoders raise almost anything.
    except Exception as error:
        raise refused("zip_broken_picture", name=short_name(name)) from error
    if pixels > limit:
        raise refused("zip_picture_too_large", name=short_name(name), limit=f"{limit:,}")
