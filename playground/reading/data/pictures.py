"""An archive of pictures as it was understood. Nothing of it is unpacked to anywhere."""

import hashlib
import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Any

from .. import zips
from ..pictures import has_too_many_scans
from ..refusals import refused
from .album import Entry, entry_names, is_picture, sorted_out
from .choices import Choices
from .result import ClassCount, Doubt, LeftOut, Remedy, Understood

MOST_ENTRIES = 200_000
MOST_IMAGES = 20_000
MOST_UNPACKED = 600 * 2**20  # bytes
MOST_ENTRY = 60 * 2**20
MOST_PIXELS = 120_000_000  # of a JPEG, which can be made smaller while it is decoded
MOST_PIXELS_WHOLE = 40_000_000  # of other pictures
# Whatever the ending says, no other decoder is tried.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "DIB", "TIFF", "AVIF", "PPM")
UNREAD = (".heic", ".heif")  # pictures of iPhones, for which Pillow has no decoder
DRAFT_SIDE = 256
LEAST_EACH = 2  # pictures of a class: one to learn from, one to validate with
MOST_CLASSES = 1_000
SHOWN_NAMES = 5
LISTED = 1_000  # files that the result names


def images_understood(data: bytes, choices: Choices) -> Understood:
    """Raises: ExperimentError for what is no archive of pictures, or where its owner would rather stop."""
    with zips.opened(data) as archive:
        entries = archive.infolist()
        zips.check_entries(entries, MOST_ENTRIES, MOST_UNPACKED)
        names = entry_names(entries)
        pictures = sorted_out(names)
        if not pictures:
            raise refused("zip_no_images")
        if len(pictures) > MOST_IMAGES:
            raise refused("zip_too_many", given=len(pictures), limit=MOST_IMAGES)
        troubles, hashes = _troubles(archive, entries, pictures)
    return _told(pictures, names, troubles, hashes, choices)


def _troubles(
    archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], pictures: Sequence[Entry]
) -> tuple[dict[int, str], dict[int, bytes]]:
    """Why a picture cannot be used, by its place, and a fingerprint of each that can."""
    troubles: dict[int, str] = {}
    hashes: dict[int, bytes] = {}
    for picture in pictures:
        entry = entries[picture.place]
        if not picture.label:
            troubles[picture.place] = "unlabelled" if picture.part else "loose"
            continue
        why, fingerprint = _look(archive, entry)
        if why:
            troubles[picture.place] = why
        else:
            hashes[picture.place] = fingerprint
    sizes = Counter(picture.label for picture in pictures if picture.place in hashes)
    for picture in pictures:
        if picture.place in hashes and sizes[picture.label] < LEAST_EACH:
            troubles[picture.place] = "single"
    return troubles, hashes


def _look(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[str, bytes]:
    """Why a picture cannot be used ("" if it can), and its fingerprint. Damaged data make decoders raise anything."""
    if entry.file_size > MOST_ENTRY:
        return "too_large", b""
    if not entry.file_size:
        return "empty", b""
    try:
        data = archive.read(entry)
        if has_too_many_scans(data):
            return "broken", b""
        return _decode(data), hashlib.sha256(data).digest()
    except Exception:
        is_unread = entry.filename.lower().endswith(UNREAD)
        return "format" if is_unread else "broken", b""


def _decode(data: bytes) -> str:
    """Decodes a picture, small where the format allows it. Out: why it cannot be used. Raises what decoders raise."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None  # the size is judged here, from the header
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                n_pixels = picture.width * picture.height
                can_shrink = picture.format == "JPEG"
                if n_pixels > (MOST_PIXELS if can_shrink else MOST_PIXELS_WHOLE):
                    return "too_large"
                picture.draft("RGB", (DRAFT_SIDE, DRAFT_SIDE))
                picture.load()
        finally:
            Image.MAX_IMAGE_PIXELS = before
    return ""


def _told(
    pictures: Sequence[Entry],
    names: Sequence[str],
    troubles: dict[int, str],
    hashes: dict[int, bytes],
    choices: Choices,
) -> Understood:
    """The classes and what was left out. Raises: ExperimentError where too little is left."""
    doubts = _same_doubts(pictures, troubles, hashes, choices)
    used = [picture for picture in pictures if picture.place not in troubles]
    out = [picture for picture in pictures if picture.place in troubles]
    if out and choices.pictures != "go_on":
        doubts.append(_out_doubt(out, troubles, choices))
    classes = Counter(picture.label for picture in used)
    _check_classes(classes, pictures, troubles)
    return Understood(
        kind="images",
        rows=len(used),
        classes=[ClassCount(name=name, count=classes[name]) for name in sorted(classes)],
        parts=_parts_of(used),
        left_out=LeftOut(count=len(out), files=[picture.name for picture in out[:LISTED]]),
        doubts=doubts,
        notes=_other_files(names),
    )


def _parts_of(used: Sequence[Entry]) -> dict[str, int]:
    """How many pictures train and how many test; nothing where the archive does not say."""
    parts = Counter(picture.part for picture in used if picture.part)
    return dict(parts) if len(parts) > 1 else {}


def _other_files(names: Sequence[str]) -> list[Doubt]:
    """What lies in the archive besides pictures."""
    others = [name for name in names if not is_picture(name) and not name.endswith("/")]
    if not others:
        return []
    listed = ", ".join(zips.short_name(name) for name in others[:SHOWN_NAMES])
    return [Doubt(code="other_files", values={"count": len(others), "names": listed})]


def _same_doubts(
    pictures: Sequence[Entry],
    troubles: dict[int, str],
    hashes: dict[int, bytes],
    choices: Choices,
) -> list[Doubt]:
    """Asks about identical pictures under several classes, or leaves them out: then they are among the troubles."""
    used = [picture for picture in pictures if picture.place not in troubles]
    doubles = _same_under_several(used, hashes)
    if choices.same_pictures == "leave_out":
        for picture in doubles:
            troubles[picture.place] = "same"
    is_asked = bool(doubles) and choices.same_pictures == "ask"
    return [_same_doubt(doubles)] if is_asked else []


def _check_classes(
    classes: Counter[str], pictures: Sequence[Entry], troubles: dict[int, str]
) -> None:
    """Raises: ExperimentError for too few or too many classes."""
    has_label = any(picture.label for picture in pictures)
    if not has_label:
        raise refused("zip_no_folder", name=zips.short_name(pictures[0].name))
    if not classes:
        raise refused("data_pictures", **_out_values(pictures, troubles))
    if len(classes) == 1:
        raise refused("zip_one_class", name=zips.short_name(next(iter(classes))))
    if len(classes) > MOST_CLASSES:
        raise refused("zip_too_many_classes", given=len(classes), limit=MOST_CLASSES)


def _same_under_several(used: Sequence[Entry], hashes: dict[int, bytes]) -> list[Entry]:
    """Pictures of which an identical one lies in another class."""
    labels: dict[bytes, set[str]] = {}
    for picture in used:
        labels.setdefault(hashes[picture.place], set()).add(picture.label)
    return [picture for picture in used if len(labels[hashes[picture.place]]) > 1]


def _same_doubt(doubles: Sequence[Entry]) -> Doubt:
    listed = ", ".join(zips.short_name(picture.name) for picture in doubles[:SHOWN_NAMES])
    values = {"count": len(doubles), "names": listed}
    remedies = [
        Remedy(code="without_them", set="same_pictures=leave_out"),
        Remedy(code="keep_them", set="same_pictures=keep"),
    ]
    return Doubt(code="same_pictures", values=values, remedies=remedies)


def _out_values(out: Sequence[Entry], troubles: dict[int, str]) -> dict[str, Any]:
    """How many pictures cannot be used, why, and the first of their names."""
    reasons = Counter(troubles[picture.place] for picture in out)
    listed = ", ".join(f"{count} {WHY[why]}" for why, count in reasons.items())
    names = ", ".join(zips.short_name(picture.name) for picture in out[:SHOWN_NAMES])
    return {"count": len(out), "reasons": listed, "names": names}


def _out_doubt(out: Sequence[Entry], troubles: dict[int, str], choices: Choices) -> Doubt:
    """Everything that cannot be used, at once. Raises: ExperimentError where its owner would rather stop."""
    values = _out_values(out, troubles)
    if choices.pictures == "stop":
        raise refused("data_pictures", **values)
    remedies = [
        Remedy(code="without_them", set="pictures=go_on"),
        Remedy(code="stop", set="pictures=stop"),
    ]
    return Doubt(code="pictures_left_out", values=values, remedies=remedies)


WHY = {
    "unlabelled": "in a folder without classes",
    "loose": "in no folder",
    "broken": "damaged",
    "single": "alone in a class",
    "too_large": "too large",
    "empty": "empty",
    "format": "in the format HEIC, which is not read here: save them as JPEG",
    "same": "identical under another class",
}
