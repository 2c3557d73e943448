"""What must hold of a ZIP before anything of it is unpacked. Nothing is ever written under a name of its own."""

import io
import zipfile
from collections.abc import Sequence

from ..faults import size_text
from .refusals import refused

MOST_RATIO = 200  # how many times its packed size an entry may have
RATIO_FROM = 2**20  # bytes unpacked; less does no harm, however well it was packed
LOCAL_HEADER_BYTES = 30  # before the name of an entry
NAME_LENGTH = 60  # in a message
SHOWN_NAMES = 5


def opened(data: bytes) -> zipfile.ZipFile:
    """Raises: ExperimentError for what is no ZIP, or a damaged one."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise refused("zip_broken") from None


def check_entries(entries: Sequence[zipfile.ZipInfo], most: int, most_unpacked: int) -> None:
    """What the list of contents says already. In: most entries, and bytes of all of them. Raises: ExperimentError."""
    if len(entries) > most:
        raise refused("zip_too_many", given=len(entries), limit=most)
    for entry in entries:
        _check_entry(entry)
    _check_places(entries)
    total = sum(entry.file_size for entry in entries)
    if total > most_unpacked:
        raise refused("zip_too_large", given=size_text(total), limit=size_text(most_unpacked))


def short_name(name: str) -> str:
    """A name for a message: printable, and its end, which says the most."""
    characters = [character if character.isprintable() else "?" for character in name]
    plain = "".join(characters)
    if len(plain) <= NAME_LENGTH:
        return plain
    end = plain[1 - NAME_LENGTH :]
    return f"…{end}"


def listed(names: Sequence[str]) -> str:
    """The first names, for a sentence."""
    return ", ".join(short_name(name) for name in names[:SHOWN_NAMES])


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    is_absolute = name.startswith(("/", "\\")) or ":" in name[:3]  # C:\ is absolute, too
    leads_out = ".." in name.replace("\\", "/").split("/")
    if is_absolute or leads_out:
        raise refused("zip_unsafe_name", name=short_name(name))
    is_encrypted = entry.flag_bits & 1
    if is_encrypted:
        raise refused("zip_encrypted", name=short_name(name))
    size = entry.file_size
    most = MOST_RATIO * max(1, entry.compress_size)
    if size > RATIO_FROM and size > most:
        raise refused("zip_bomb", name=short_name(name), given=size_text(size))


def _check_places(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Entries that share their bytes let a small file unpack to any size. Raises: ExperimentError.

    Source: Fifield 2019, A better zip bomb.
    """
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise refused("zip_overlap", name=short_name(entry.filename))
        # Its own header may be longer than this, never shorter.
        end = entry.header_offset + LOCAL_HEADER_BYTES + entry.compress_size
