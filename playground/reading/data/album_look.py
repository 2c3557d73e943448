"""A look through an archive of pictures: each is decoded once. Nothing of it is unpacked to anywhere."""

import hashlib
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from .. import zips
from ..pictures import (
    begins_as_picture,
    has_too_many_scans,
    is_hidden,
    is_picture,
    open_picture,
    picture_name,
    small_picture,
)
from ..refusals import refused
from ..sizes import judged_here, most_pixels
from .album import in_order, name_letters

MOST_ENTRIES = 200_000
MOST_IMAGES = 20_000
MOST_UNPACKED = 600 * 2**20  # bytes
MOST_ENTRY = 60 * 2**20
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")
BEGINNING = 16  # bytes that tell a picture
LOOK_SIDE = 8  # pixels: only to see whether a picture can be decoded


@dataclass(frozen=True)
class Picture:
    """A picture of an archive. written: its name as zipfile gives it; trouble: why it cannot be used, or "".

    content: the same number for pictures of the same bytes; -1 for what cannot be used.
    """

    name: str
    written: str
    trouble: str
    content: int = -1


@dataclass(frozen=True)
class Album:
    """What lies in an archive, whatever its owner says about it: the pictures in the order in which they are loaded.

    encoding: of names that do not say it themselves, or ""; encodings: others that are nearly as likely.
    others: files that are no pictures; archives: those among them that are archives themselves.
    misnamed: pictures that only their content shows to be some.
    """

    encoding: str
    encodings: tuple[str, ...]
    pictures: tuple[Picture, ...]
    others: tuple[str, ...]
    archives: tuple[str, ...]
    misnamed: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As a reader's process sends it."""
        value = asdict(self)
        # JSON has no tuples.
        return {name: part if isinstance(part, str) else list(part) for name, part in value.items()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """As it was sent."""
        pictures = tuple(Picture(**picture) for picture in value["pictures"])
        lists = {
            name: tuple(value[name]) for name in ("encodings", "others", "archives", "misnamed")
        }
        return cls(encoding=value["encoding"], pictures=pictures, **lists)


def album_of(data: bytes, encoding: str = "") -> Album:
    """In: a ZIP, and in which encoding its owner says that names are. Raises: ExperimentError for what is of no use."""
    with zips.opened(data) as archive:
        entries = archive.infolist()
        zips.check_entries(entries, MOST_ENTRIES, MOST_UNPACKED)
        letters = name_letters(entries, encoding)
        encoding = letters.encoding
        found, misnamed = pictures_in(archive, entries, encoding)
        files = [picture_name(entry, encoding) for entry in entries if not entry.is_dir()]
        others = [name for name in files if not is_picture(name) and name not in misnamed]
        archives = [name for name in others if name.lower().endswith(ARCHIVES)]
        _check_number(found, archives)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow says of damaged pictures is told here
            pictures = _looked_at(archive, entries, found)
    return Album(
        encoding=encoding,
        encodings=letters.others,
        pictures=tuple(pictures),
        others=tuple(others),
        archives=tuple(archives),
        misnamed=tuple(sorted(misnamed)),
    )


def pictures_in(
    archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], encoding: str
) -> tuple[list[tuple[int, str]], frozenset[str]]:
    """Places and names of the pictures as they are loaded, and the names of those that only their content shows."""
    misnamed = pictures_by_content(archive, entries, encoding)

    def is_wanted(name: str) -> bool:
        return is_picture(name) or name in misnamed

    return in_order(entries, encoding, is_wanted), misnamed


def pictures_by_content(
    archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], encoding: str
) -> frozenset[str]:
    """Names of files that are pictures although no ending says so. In: an archive, how its names are written."""
    names = set()
    for entry in entries:
        name = picture_name(entry, encoding)
        is_other = not is_picture(name) and not is_hidden(name) and not entry.is_dir()
        if is_other and begins_as_picture(_beginning(archive, entry)):
            names.add(name)
    return frozenset(names)


def _beginning(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The first bytes of a file; none where it is damaged, whatever zipfile and zlib raise."""
    try:
        with archive.open(entry) as file:
            return file.read(BEGINNING)
    except Exception:
        return b""


def _check_number(found: Sequence[object], archives: Sequence[str]) -> None:
    """Raises: ExperimentError for no pictures, and for too many."""
    if not found and archives:
        raise refused("zip_nested", name=zips.short_name(archives[0]))
    if not found:
        raise refused("zip_no_images")
    if len(found) > MOST_IMAGES:
        raise refused("zip_too_many", given=len(found), limit=MOST_IMAGES)


def _looked_at(
    archive: zipfile.ZipFile,
    entries: Sequence[zipfile.ZipInfo],
    found: Sequence[tuple[int, str]],
) -> list[Picture]:
    numbers: dict[bytes, int] = {}
    pictures = []
    for place, name in found:
        content = -1
        trouble, fingerprint = _look(archive, entries[place])
        if fingerprint:
            content = numbers.setdefault(fingerprint, len(numbers))
        written = entries[place].orig_filename
        pictures.append(Picture(name, written, trouble, content))
    return pictures


def _look(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[str, bytes]:
    """Why a picture cannot be used ("" if it can), and a fingerprint of one that can."""
    if entry.file_size > MOST_ENTRY:
        return "too_large", b""
    if not entry.file_size:
        return "empty", b""
    try:
        data = archive.read(entry)
        if has_too_many_scans(data):
            return "broken", b""
        trouble = _decoding_trouble(data)
    except MemoryError:
        return "too_large", b""
    except Exception:  # damaged data make zlib and Pillow's decoders raise almost anything
        return "broken", b""
    return trouble, b"" if trouble else hashlib.sha256(data).digest()


def _decoding_trouble(data: bytes) -> str:
    """Decodes a picture as it is loaded later. Out: why it cannot be used. Raises what decoders raise."""
    with judged_here():
        with open_picture(data) as picture:
            if picture.width * picture.height > most_pixels(picture):
                return "too_large"
        small_picture(data, LOOK_SIDE, True)
    return ""
