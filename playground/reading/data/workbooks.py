"""A workbook that somebody hands in: which of its sheets is read, and whether it can be."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from ...faults import size_text
from ..refusals import refused
from .result import Doubt, Remedy
from .workbook import sheet_as_csv, sheets_of

MOST_UNPACKED = 200 * 2**20
SHOWN = 4  # other sheets
# What the parsers of ZIP, XML and numbers raise for damaged workbooks.
DAMAGES = (
    ParseError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class SheetText:
    """A sheet as CSV, its name, and what is told of the others."""

    text: str
    name: str
    notes: tuple[Doubt, ...]


def is_workbook(data: bytes) -> bool:
    """Whether a ZIP is a workbook of the kind that Excel writes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {"[Content_Types].xml", "xl/workbook.xml"} <= set(archive.namelist())
    except MemoryError:
        raise
    except Exception:  # a damaged archive makes zipfile raise almost anything
        return False


def sheet_in_workbook(data: bytes, wanted: str = "") -> SheetText:
    """The sheet of this name, else the first that holds anything. Raises: ExperimentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MOST_UNPACKED:
                raise OverflowError(size_text(unpacked))
            names = list(sheets_of(archive))
        name, text = sheet_as_csv(data, wanted)
    except OverflowError as error:
        raise refused("workbook_too_large", given=str(error)) from None
    except DAMAGES as error:
        detail = str(error)[:100] or type(error).__name__
        raise refused("workbook_damaged", detail=detail) from None
    return SheetText(text, name, _notes(name, names))


def _notes(name: str, names: Sequence[str]) -> tuple[Doubt, ...]:
    """Which sheet is read, where there are several, and the others to choose from."""
    if len(names) < 2:
        return ()
    others = [other for other in names if other != name]
    remedies = []
    for other in others[:SHOWN]:
        remedies.append(Remedy(code="sheet", set=f"sheet={other}", values={"name": other}))
    values = {"name": name, "count": len(names)}
    return (Doubt(code="sheet", values=values, remedies=remedies),)
