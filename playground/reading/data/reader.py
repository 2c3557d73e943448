"""Any file that a person hands in -> what was understood of it."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...faults import ExperimentError, size_text
from ..refusals import refused
from .album import is_picture
from .album_look import pictures_by_content
from .choices import Choices
from .kinds import kind_of
from .pictures import images_understood
from .result import Doubt, Kind, Understood
from .series import series_understood
from .sheet import Sheet, sheet_of
from .tables import table_understood
from .text_files import are_text_files, text_files_understood
from .texts import text_column, text_understood
from .workbooks import is_workbook, sheet_in_workbook

ZIP = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
GZIP = b"\x1f\x8b"
SHEET = "xlsx:"  # a step of unpacking
MOST_RATIO = 2_000  # how many times its packed size a table may have: texts repeat themselves
MOST_UNPACKED = 200 * 2**20
PIECE_BYTES = 2**20
LOOKED_AT = 20  # files of an archive
TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".data", ".tab", ".dat")
# How files begin that hold neither a table nor an archive of pictures.
STRANGERS = (
    (b"\x89PNG", "a single picture"),
    (b"\xff\xd8\xff", "a single picture"),
    (b"GIF8", "a single picture"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x80\x04\x95", "a Python pickle"),
    (b"\x93NUMPY", "a NumPy array"),
)
SQL = re.compile(rb"(?:create (?:temporary |or replace )*table|insert into) [^(;]{1,120}\(")
SQL_BEFORE = (b"--", b"/*", b"set ", b"use ", b"pragma", b"begin", b"drop ", b"lock ", b"start ")
WEB_PAGE = (b"<!doctype html", b"<html", b"<table", b"<?xml")


@dataclass(frozen=True)
class Content:
    """What lies in a file once it is unpacked.

    packed: "gzip" and the name of the member or "xlsx:" and that of a sheet, in the order of unpacking. told: notes.
    """

    data: bytes
    holds: Literal["sheet", "pictures", "texts"]
    packed: tuple[str, ...] = ()
    told: tuple[Doubt, ...] = ()

    def notes(self, name: str) -> list[Doubt]:
        """What is told of an archive. In: the name of the file."""
        notes = list(self.told)
        for member in self.packed:
            if member.startswith(SHEET):
                continue
            shown = name.removesuffix(".gz") if member == "gzip" else member
            notes.append(Doubt(code="unpacked", values={"name": shown[:60]}))
        return notes


@dataclass(frozen=True)
class Opened:
    """A text file taken apart: its columns, what it is, and how it was packed."""

    sheet: Sheet
    kind: Kind
    packed: tuple[str, ...]


def read_data(data: bytes, choices: Choices, name: str = "") -> Understood:
    """What a file holds. In: its bytes, what its owner said, what it is called. Raises: ExperimentError."""
    try:
        return _understood(data, choices, name)
    except MemoryError:
        raise refused("reader_memory") from None


def _understood(data: bytes, choices: Choices, name: str) -> Understood:
    content = content_of(data, choices)
    if content.holds == "pictures":
        return images_understood(content.data, choices)
    if content.holds == "texts":
        return text_files_understood(content.data, choices)
    file = opened(content, choices, name)
    if file.kind == "series":
        return series_understood(file.sheet, choices)
    if file.kind == "text":
        return text_understood(file.sheet, choices)
    return table_understood(file.sheet, choices)


def sheet_in(data: bytes, choices: Choices, name: str = "") -> Opened:
    """The columns of a text file, for those who read more of it than what is shown. Raises: ExperimentError."""
    content = content_of(data, choices)
    if content.holds != "sheet":
        raise refused("data_stranger", what="an archive of many files")
    return opened(content, choices, name)


def content_of(data: bytes, choices: Choices) -> Content:
    """A file unpacked, strangers refused. Raises: ExperimentError."""
    if not data:
        raise refused("upload_empty")
    packed: tuple[str, ...] = ()
    if data.startswith(GZIP):
        data = _unpacked(data)
        packed = ("gzip",)
    if data.startswith((ZIP, b"PK\x05\x06")):
        if is_workbook(data):
            of_sheet = sheet_in_workbook(data, choices.sheet)
            packed = (*packed, SHEET + of_sheet.name)
            return Content(of_sheet.text.encode(), "sheet", packed, of_sheet.notes)
        inside = _table_inside(data, choices)
        if isinstance(inside, str):
            return Content(data, inside, packed)
        member, data = inside
        packed = (*packed, member)
    elif choices.kind == "images":
        raise refused("zip_broken")
    _refuse_strangers(data)
    return Content(data, "sheet", packed)


def opened(content: Content, choices: Choices, name: str) -> Opened:
    """The columns of unpacked bytes. Raises: ExperimentError."""
    if content.packed and content.packed[-1].startswith(SHEET):
        choices = choices.model_copy(update={"encoding": "utf-8", "separator": "comma"})
    sheet = sheet_of(content.data, choices)
    if choices.kind == "text" and text_column(sheet, choices) is None and not choices.separator:
        # Prose has commas, too: what is no table of texts is one text.
        sheet = sheet_of(content.data, choices.model_copy(update={"separator": "none"}))
    sheet.notes = [*content.notes(name), *sheet.notes]
    kind: Kind = choices.kind or kind_of(sheet, choices, name)
    return Opened(sheet, kind, content.packed)


def _unpacked(data: bytes) -> bytes:
    """The one file inside a gzip. Raises: ExperimentError."""
    try:
        content = bytearray()
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            # In pieces: a file makes room for all that it may have to read at once.
            while piece := file.read(PIECE_BYTES):
                content += piece
                if len(content) > MOST_UNPACKED:
                    break
    except (OSError, EOFError, zlib.error):
        raise refused("data_stranger", what="a damaged archive") from None
    if len(content) > MOST_UNPACKED:
        raise refused("data_stranger", what="an archive of a very large file")
    return bytes(content)


def _table_inside(
    data: bytes, choices: Choices
) -> tuple[str, bytes] | Literal["pictures", "texts"]:
    """The only table of a ZIP: its name and bytes; or that the archive holds pictures, or text files.

    Raises: ExperimentError for a workbook, and for an archive of several tables.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = _table_entry(archive, choices)
            return entry if isinstance(entry, str) else (entry.filename, archive.read(entry))
    except ExperimentError:
        raise
    # A damaged archive makes zipfile and zlib raise almost anything.
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, zlib.error):
        raise refused("zip_broken") from None


def _table_entry(
    archive: zipfile.ZipFile, choices: Choices
) -> zipfile.ZipInfo | Literal["pictures", "texts"]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise refused("table_workbook")
    has_pictures = any(is_picture(name.replace("\\", "/")) for name in names)
    if has_pictures or choices.kind == "images" or _are_pictures(archive, entries):
        return "pictures"
    tables = [entry for entry in entries if _is_table_name(entry.filename)]
    if not tables:
        return "pictures"
    if len(tables) > 1 and are_text_files(names):
        return "texts"
    if len(tables) > 1:
        listed = ", ".join(entry.filename[:40] for entry in tables[:5])
        raise refused("data_several_files", count=len(tables), names=listed)
    _check_entry(tables[0])
    return tables[0]


def _are_pictures(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether most of the files are pictures by what they hold, although no name says so."""
    sample = entries[:: max(1, len(entries) // LOOKED_AT)]
    return 2 * len(pictures_by_content(archive, sample, "")) > len(sample)


def _is_table_name(name: str) -> bool:
    return name.lower().endswith(TABLE_ENDINGS) and not name.startswith("__MACOSX")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Raises: ExperimentError for what is encrypted, or would unpack to far more than it takes."""
    name = entry.filename[:60]
    if entry.flag_bits & 1:
        raise refused("zip_encrypted", name=name)
    most = MOST_RATIO * max(1, entry.compress_size)
    if entry.file_size > MOST_UNPACKED or entry.file_size > most:
        raise refused("zip_bomb", name=name, given=size_text(entry.file_size))


def _refuse_strangers(data: bytes) -> None:
    """Raises: ExperimentError for what is neither text nor an archive of pictures."""
    if data.startswith(OLD_WORKBOOK):
        raise refused("table_workbook")
    for start, what in STRANGERS:
        if data.startswith(start):
            raise refused("data_stranger", what=what)
    head = data[:2_000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(WEB_PAGE):
        raise refused("data_web_page")
    if head.startswith((b"{", b"[")):
        raise refused("data_stranger", what="JSON")
    if _is_sql(head):
        raise refused("data_stranger", what="a list of SQL commands")


def _is_sql(head: bytes) -> bool:
    """Whether a file begins with a command that makes or fills a table of a database. In: small letters."""
    for line in head.splitlines():
        plain = b" ".join(line.split())
        if plain and not plain.startswith(SQL_BEFORE):
            return SQL.match(plain + b" ") is not None
    return False
