"""The names in an archive of pictures: which picture is of what class, and which train and which test."""

import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..pictures import is_picture, picture_name
from .choices import Choices
from .folder_levels import arranged
from .folders import Shelf
from .letters import Letters, decoded

UTF8_FLAG = 0x800  # of an entry's name


@dataclass(frozen=True)
class Entry:
    """A picture of an archive, or another file that counts. place: among its entries; name: as its owner sees it.

    part: "train", "test" or "".
    """

    place: int
    name: str
    label: str
    part: str


def name_letters(entries: Sequence[zipfile.ZipInfo], encoding: str = "") -> Letters:
    """How names are written that do not say it themselves; encoding "" where all are plain.

    In: the entries, and what their owner chose. Raises: ExperimentError for an encoding that does not exist.
    """
    written = [_written(entry) for entry in entries if not entry.flag_bits & UTF8_FLAG]
    if all(name.isascii() for name in written):
        return Letters("", "")
    # That a folder holds a thousand files makes its name no likelier in any encoding.
    different = dict.fromkeys(part for name in written for part in name.split(b"/"))
    letters = decoded(b"\n".join(different), encoding, are_names=True)
    # Of Big5 Python has several; this one knows the characters of the others.
    return replace(letters, encoding="big5hkscs") if letters.encoding == "big5" else letters


def _written(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a name: zipfile takes them for cp437, which loses nothing."""
    return entry.orig_filename.encode("cp437", "replace")


def in_order(
    entries: Sequence[zipfile.ZipInfo],
    encoding: str,
    is_wanted: Callable[[str], bool] = is_picture,
) -> list[tuple[int, str]]:
    """Places and names of what is wanted, in order of how zipfile names them.

    In: the entries, in which encoding their names are, which of them count.
    """
    places = sorted(range(len(entries)), key=lambda place: entries[place].orig_filename)
    named = [(place, picture_name(entries[place], encoding)) for place in places]
    return [(place, name) for place, name in named if is_wanted(name)]


def sorted_out(found: Sequence[tuple[int, str]]) -> list[Entry]:
    """Files by class and part, as far as nothing has to be asked. A class is the first folder that tells anything.

    In: places and names.
    """
    shelf = arranged([folders_of(name) for _, name in found], Choices(), asks=False)
    labels = labels_of(shelf)
    return [
        Entry(place, name, label, part)
        for (place, name), label, part in zip(found, labels, shelf.parts, strict=True)
    ]


def folders_of(name: str) -> list[str]:
    """The folders in which a file lies, the outer ones first."""
    return name.split("/")[:-1]


def labels_of(shelf: Shelf) -> list[str]:
    """The class of each picture, "" for none."""
    # macOS takes accents apart: one class may be written in both ways.
    return [
        unicodedata.normalize("NFC", folder[0].strip()) if folder else ""
        for folder in shelf.folders
    ]


def written_labels(shelf: Shelf, written: Sequence[str]) -> list[str]:
    """The folder of each class as zipfile names it: an older file's classes keep their order. In: names of entries."""
    labels = labels_of(shelf)
    found = []
    for name, label, depth in zip(written, labels, shelf.taken, strict=True):
        folders = folders_of(name)
        found.append(folders[depth] if label and depth < len(folders) else label)
    return found


def in_class_order(labels: Sequence[str], written: Sequence[str]) -> list[str]:
    """The classes, each once. In: the class of each picture, and how zipfile names it."""
    first: dict[str, str] = {}
    for label, name in zip(labels, written, strict=True):
        first[label] = min(first.get(label, name), name)
    return sorted(first, key=lambda label: (first[label], label))
