"""An archive of text files: a folder for every class, or texts to learn to write from."""

import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .. import zips
from ..pictures import is_hidden, picture_name
from ..refusals import refused
from .album import Entry, in_order, name_letters, sorted_out
from .choices import Choices
from .letters import decoded
from .result import ClassCount, ColumnFacts, Doubt, LeftOut, Understood

ENDINGS = (".txt", ".text")
MOST_FILES = 60_000
MOST_UNPACKED = 200 * 2**20
UNLABELLED = ("unsup", "unsupervised", "unlabeled", "unlabelled", "unlabeled data", "未标注")
FIRST = 3  # texts that the result shows
SHOWN_LETTERS = 200  # of each
SHOWN_NAMES = 5
LISTED = 1_000  # files that the result names
JUDGED_BYTES = 4_000_000  # that tell the encoding


@dataclass(frozen=True)
class TextFiles:
    """The text files of an archive, in order of class and name. encoding: one for all of them."""

    entries: Sequence[Entry]
    raw_names: Sequence[str]  # as zipfile gives them, beside `entries`
    contents: Sequence[bytes]
    encoding: str
    others: Sequence[str]  # names of files that are no texts
    n_bad: int  # characters of the judged part that could not be read

    @property
    def with_training(self) -> frozenset[str]:
        """The classes that have texts to learn from."""
        return frozenset(entry.label for entry in self.used() if entry.part != "test")

    @property
    def has_parts(self) -> bool:
        """Whether folders say which texts train and which test."""
        return len({entry.part for entry in self.used() if entry.label} - {""}) > 1

    def used(self) -> list[Entry]:
        """The texts that say anything."""
        blank = self.blank
        return [entry for place, entry in enumerate(self.entries) if place not in blank]

    def class_counts(self) -> Counter[str]:
        """How many texts each folder has, "" for those in none."""
        return Counter(entry.label for entry in self.used())

    @property
    def blank(self) -> set[int]:
        """Which of them say nothing."""
        return {place for place, content in enumerate(self.contents) if not content.strip()}


def is_text_file(name: str) -> bool:
    """Whether a name is that of a text file which somebody meant to hand in."""
    return name.lower().endswith(ENDINGS) and not is_hidden(name)


def are_text_files(names: Sequence[str]) -> bool:
    """Whether an archive holds text files and no tables."""
    shown = [name.replace("\\", "/") for name in names]
    n_texts = sum(map(is_text_file, shown))
    n_tables = sum(name.lower().endswith((".csv", ".tsv", ".tab")) for name in shown)
    return n_texts > 1 and not n_tables


def text_files(data: bytes, choices: Choices) -> TextFiles:
    """The texts of an archive. Raises: ExperimentError for an archive that is not to be unpacked, or holds none."""
    with zips.opened(data) as archive:
        infos = archive.infolist()
        zips.check_entries(infos, MOST_FILES, MOST_UNPACKED)
        name_encoding = name_letters(infos).encoding
        names = [picture_name(info, name_encoding) for info in infos]
        entries = sorted_out(in_order(infos, name_encoding, is_text_file))
        entries = [_labelled(entry) for entry in entries]
        entries.sort(key=lambda entry: (entry.label, entry.name))
        if not entries:
            raise refused("data_no_text")
        contents = _contents(archive, [infos[entry.place] for entry in entries])
    letters = decoded(b"\n".join(contents)[:JUDGED_BYTES], choices.encoding)
    is_used = {entry.place for entry in entries}
    return TextFiles(
        entries=entries,
        raw_names=[infos[entry.place].filename for entry in entries],
        contents=contents,
        encoding=letters.encoding,
        others=[
            name
            for place, name in enumerate(names)
            if place not in is_used and not name.endswith("/")
        ],
        n_bad=letters.bad,
    )


def _labelled(entry: Entry) -> Entry:
    """Texts that nobody labelled are no class of their own, whatever their folder is called."""
    is_unlabelled = entry.label.casefold() in UNLABELLED
    return replace(entry, label="") if is_unlabelled else entry


def _contents(archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo]) -> list[bytes]:
    """Raises: ExperimentError for a damaged archive, whatever zipfile and zlib raise."""
    try:
        return [archive.read(info) for info in infos]
    except MemoryError:
        raise
    except Exception:
        raise refused("zip_broken") from None


def text_files_understood(data: bytes, choices: Choices) -> Understood:
    """Raises: ExperimentError for an archive without texts."""
    files = text_files(data, choices)
    blank = files.blank
    used = files.used()
    if not used:
        raise refused("upload_empty")
    counts = Counter(entry.label for entry in used if entry.label)
    has_classes = len(counts) > 1
    parts: Counter[str] = Counter()
    classes = []
    if has_classes:
        classes = [ClassCount(name=name, count=counts[name]) for name in sorted(counts)]
        used = [entry for entry in used if entry.label]
    if has_classes and files.has_parts:
        parts = Counter(entry.part or "train" for entry in used)
    out = [entry.name for place, entry in enumerate(files.entries) if place in blank]
    if has_classes:
        out += [entry.name for entry in files.entries if not entry.label]
    return Understood(
        kind="text",
        encoding="utf-8" if files.encoding == "utf-8-sig" else files.encoding,
        rows=len(used),
        columns=[_column(files)],
        classes=classes,
        parts=dict(parts),
        left_out=LeftOut(count=len(out), files=out[:LISTED]),
        notes=_notes(files),
    )


def _column(files: TextFiles) -> ColumnFacts:
    """The texts as if they were a column of a table."""
    first: list[str | None] = []
    for content in files.contents[:FIRST]:
        text = content[: 4 * SHOWN_LETTERS].decode(files.encoding, "replace")
        first.append(" ".join(text.split())[:SHOWN_LETTERS] or None)
    return ColumnFacts(name="text", type="text", first=first, missing=0)


def _notes(files: TextFiles) -> list[Doubt]:
    notes = []
    if files.n_bad:
        notes.append(Doubt(code="bad_letters", values={"count": files.n_bad}))
    if files.others:
        listed = ", ".join(zips.short_name(name) for name in files.others[:SHOWN_NAMES])
        values = {"count": len(files.others), "names": listed}
        notes.append(Doubt(code="no_text_files", values=values))
    return notes
