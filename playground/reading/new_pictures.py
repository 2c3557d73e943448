"""New pictures for a network that has learned from others: one, or a ZIP of any number with or without folders."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..faults import ExperimentError
from . import zips
from .data.album import folders_of, name_letters, sorted_out
from .data.album_look import pictures_in
from .data.spellings import spelling_key
from .drawing import as_picture, from_photo, read_image
from .messages import Message
from .pictures import name_stem
from .refusals import refused

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MOST_ENTRIES = 20_000
MOST_UNPACKED = 600 * 2**20  # bytes
BRIGHTEST = np.float32(255)


@dataclass(frozen=True)
class Wanted:
    """What the network takes: pixels a side, colours; digit: a digit is looked for, unless it has this size already."""

    side: int
    colour: bool
    digit: bool


@dataclass
class NewPictures:
    """Pictures that could be read: names, labels ("" for none), uint8 (C, H, W) each; and those that could not."""

    names: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    pixels: list[np.ndarray] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str, label: str, data: bytes, wanted: Wanted) -> None:
        """One more picture, or one more that cannot be read."""
        try:
            pixels = pixels_of(data, wanted)
        except ExperimentError as error:
            self.left_out.append((name, error.faults[0].code))
            return
        except Exception:  # damaged data make Pillow's decoders raise almost anything
            self.left_out.append((name, "not_an_image"))
            return
        self.names.append(name)
        self.labels.append(label)
        self.pixels.append(pixels)

    def to_message(self) -> Message:
        """For the journey between two processes."""
        about = {"names": self.names, "labels": self.labels, "left_out": self.left_out}
        if not self.pixels:
            return Message(about)
        x = np.stack(self.pixels).astype(np.float32) / BRIGHTEST
        return Message(about, arrays={"x": x})


def new_pictures(data: bytes, wanted: Wanted) -> NewPictures:
    """All pictures of a ZIP, or the one that the bytes are. Raises: ExperimentError for neither."""
    pictures = NewPictures()
    if not data.startswith(ZIP):
        pictures.names = [""]
        pictures.labels = [""]
        pictures.pixels = [pixels_of(data, wanted)]
        return pictures
    with zips.opened(data) as archive:
        entries = archive.infolist()
        zips.check_entries(entries, MOST_ENTRIES, MOST_UNPACKED)
        encoding = name_letters(entries).encoding
        found, _ = pictures_in(archive, entries, encoding)
        for entry in sorted_out(found):
            content = _content(archive, entries[entry.place])
            pictures.add(entry.name, entry.label, content, wanted)
    if not pictures.names and not pictures.left_out:
        raise refused("zip_no_images", "file")
    return pictures


def _content(archive: Any, entry: Any) -> bytes:
    """The bytes of an entry; none where it is damaged, so that it counts as no picture."""
    try:
        return bytes(archive.read(entry))
    except Exception:  # damaged data make zlib raise almost anything
        return b""


def pixels_of(data: bytes, wanted: Wanted) -> np.ndarray:
    """One picture as the network takes it: uint8 (1 or 3, side, side). Raises: ExperimentError."""
    if wanted.digit and not _has_side(data, wanted.side):
        return from_photo(data).pixels[None]
    pixels = as_picture(data, wanted.side, wanted.colour)
    return pixels.transpose(2, 0, 1) if wanted.colour else pixels[None]


def _has_side(data: bytes, side: int) -> bool:
    """Whether a picture has the network's own size already: then nothing is looked for in it."""
    with read_image(data) as image:
        return image.size == (side, side)


def class_numbers(
    labels: Sequence[str], names: Sequence[str], classes: Sequence[str]
) -> np.ndarray:
    """Folders -> class numbers, NaN for what is none. In: labels, and names with their folders. Out: float64 (N,).

    Which level of folders the network's own classes came from is told by their names.
    """
    number_of = {spelling_key(name): float(place) for place, name in enumerate(classes)}
    # Spellings that were kept apart are different classes.
    number_of |= {name: float(place) for place, name in enumerate(classes)}
    numbers = []
    for label, name in zip(labels, names, strict=True):
        folders = unicodedata.normalize("NFC", name)
        likely = (label, *folders_of(folders), name_stem(folders))
        keys = [key for text in likely for key in (text, spelling_key(text))]
        known = [number_of[key] for key in keys if key in number_of]
        numbers.append(known[0] if known else np.nan)
    return np.array(numbers)
