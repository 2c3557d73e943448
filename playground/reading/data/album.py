"""An archive of pictures: which are of what class, which train and which test, and which cannot be used."""

import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .letters import decoded

UTF8_FLAG = 0x800  # of an entry's name
PICTURES = (
    ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".heif",
    ".avif", ".ppm", ".pgm", ".pbm", ".dib",
)  # fmt: skip
HIDDEN = (".", "__MACOSX", "Thumbs.db", "desktop.ini")
TRAIN_NAMES = frozenset(
    (
        "train",
        "training",
        "trainset",
        "traindata",
        "trainingset",
        "trainingdata",
        "训练集",
        "训练",
        "訓練",
        "学習",
    )
)
TEST_NAMES = frozenset(
    (
        "test", "testing", "testset", "testdata", "testingset", "val", "valid", "validation", "validationset",
        "valset",
        "validset", "dev", "devset", "eval", "evaluation", "holdout", "heldout", "测试集", "测试", "验证集", "验证",
        "テスト", "検証",
    )
)  # fmt: skip
SUFFIXES = ("set", "data", "images", "imgs", "pictures", "folder", "dir")


@dataclass(frozen=True)
class Entry:
    """A picture of an archive. place: among its entries; name: as its owner sees it; part: "train", "test" or ""."""

    place: int
    name: str
    label: str
    part: str


def part_of(folder: str) -> str:
    """ "Training", "test_set", "val2" -> "train", "test"; "" for any other folder."""
    plain = "".join(letter for letter in folder.casefold() if letter.isalpha())
    if plain in TRAIN_NAMES:
        return "train"
    if plain in TEST_NAMES:
        return "test"
    for suffix in SUFFIXES:
        shorter = plain.removesuffix(suffix)
        if shorter != plain and shorter:
            return part_of(shorter)
    return ""


def entry_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Names as their owner sees them: without a flag they are in an encoding that has to be found out."""
    raw: list[bytes] = []
    for entry in entries:
        if not entry.flag_bits & UTF8_FLAG:
            raw.append(_written(entry))
    is_ascii = all(name.isascii() for name in raw)
    encoding = "" if is_ascii else decoded(b"\n".join(raw)).encoding
    names = []
    for entry in entries:
        has_flag = bool(entry.flag_bits & UTF8_FLAG)
        name = entry.filename
        if encoding and not has_flag:
            name = _written(entry).decode(_codec(encoding), "replace")
        names.append(name)
    # PowerShell's older Compress-Archive writes backslashes between folders.
    uses_backslashes = any("\\" in name for name in names) and not any(
        "/" in name for name in names
    )
    if uses_backslashes:
        names = [name.replace("\\", "/") for name in names]
    return names


def shown_labels(entries: Sequence[zipfile.ZipInfo], labels: Sequence[str]) -> list[str]:
    """Names of folders as zipfile gives them -> as their owner sees them."""
    raw = [_written(entry) for entry in entries if not entry.flag_bits & UTF8_FLAG]
    is_ascii = all(name.isascii() for name in raw)
    if is_ascii:
        return list(labels)
    codec = _codec(decoded(b"\n".join(raw)).encoding)
    flagged = {part for entry in entries if entry.flag_bits & UTF8_FLAG for part in _parts(entry)}
    shown = []
    for label in labels:
        is_right = label.isascii() or label in flagged
        shown.append(
            label if is_right else label.encode("cp437", "replace").decode(codec, "replace")
        )
    return shown if len(set(shown)) == len(shown) else list(labels)


def _parts(entry: zipfile.ZipInfo) -> list[str]:
    return entry.filename.replace("\\", "/").split("/")


def _written(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a name: zipfile takes them for cp437, which loses nothing. The first NUL ends what it shows."""
    try:
        return entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename.encode("utf-8")


def _codec(encoding: str) -> str:
    return "big5hkscs" if encoding == "big5" else encoding


def is_picture(name: str) -> bool:
    """Whether a name is that of a picture which somebody meant to hand in."""
    is_hidden = any(part.startswith(HIDDEN) for part in name.split("/") if part)
    return name.lower().endswith(PICTURES) and not is_hidden


def sorted_out(names: Sequence[str], is_wanted: Callable[[str], bool] = is_picture) -> list[Entry]:
    """The pictures by class and name. A class is the first folder that tells anything; label "" where there is none.

    Outer folders that all have in common tell nothing; folders called train, test and the like name parts.
    """
    pictures = [(place, name) for place, name in enumerate(names) if is_wanted(name)]
    folders = [name.split("/")[:-1] for _, name in pictures]
    parts = [""] * len(pictures)
    _take_off(folders, parts)
    entries = []
    for (place, name), folder, part in zip(pictures, folders, parts, strict=True):
        label = folder[0].strip() if folder else ""
        entries.append(Entry(place, name, label, part))
    return sorted(entries, key=lambda entry: (entry.label, entry.name))


def _take_off(folders: list[list[str]], parts: list[str]) -> None:
    """Takes outer folders off as long as they tell nothing about the class. Changes both lists in place."""
    while True:
        outer = Counter(folder[0] for folder in folders if folder)
        if not outer:
            return
        with_part = [name for name in outer if part_of(name)]
        n_deeper = sum(len(folder) > 1 for folder in folders)
        names_parts = bool(with_part) and len(with_part) == len(outer)
        n_inside = sum(outer.values())
        is_common = len(outer) == 1 and n_deeper > 0.5 * n_inside
        # One stray folder beside train and test is no reason to take these for classes.
        mostly_parts = (
            len(with_part) >= 2 and sum(outer[name] for name in with_part) > 0.8 * n_inside
        )
        if not n_deeper or not (names_parts or is_common or mostly_parts):
            return
        for place, folder in enumerate(folders):
            if not folder:
                continue
            part = part_of(folder[0])
            if names_parts or mostly_parts:
                if not part:
                    continue
                parts[place] = parts[place] or part
            folders[place] = folder[1:]
