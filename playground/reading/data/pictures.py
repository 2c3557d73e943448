"""What is told of an archive of pictures, and how its pictures are to be loaded."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from .. import zips
from ..refusals import refused
from .album_look import Album, Picture, album_of
from .choices import Choices
from .result import ClassCount, Doubt, LeftOut, Remedy, Understood, encoding_doubt

LEAST_EACH = 2  # pictures of a class: one to learn from, one to validate with
MOST_CLASSES = 1_000
SHOWN_NAMES = 5
LISTED = 1_000  # files that the result names
# Why a picture cannot be used, in English; the page has these codes in other languages, too.
WHY = {
    "unlabelled": "in a folder without classes",
    "loose": "in no folder",
    "broken": "damaged",
    "single": "alone in a class",
    "only_test": "of a class that has no pictures for training",
    "too_large": "too large",
    "empty": "empty",
    "same": "identical under another class",
}


def images_understood(data: bytes, choices: Choices) -> Understood:
    """Raises: ExperimentError for what is no archive of pictures, or where its owner would rather stop."""
    return AlbumReading(album_of(data, choices.encoding), choices).understood()


class AlbumReading:
    """An album as it is read after what its owner said: which pictures are used, and what is asked.

    Raises: ExperimentError where too little is left, and where its owner would rather stop.
    """

    def __init__(self, album: Album, choices: Choices):
        self.album = album
        self.choices = choices
        self.doubles = _same_under_several(album.pictures)
        troubles = self._troubles()
        # Two files of one name cannot be told apart.
        self.left_out = {picture.name: why for picture, why in troubles if why}
        self.used = [picture for picture in album.pictures if picture.name not in self.left_out]
        self.has_parts = _has_parts(self.used)
        self._check()

    def classes(self) -> list[ClassCount]:
        """The classes in order, with how many pictures each has."""
        counts = Counter(picture.label for picture in self.used)
        names = [name for name in self.album.classes if name in counts]
        return [ClassCount(name=name, count=counts[name]) for name in names]

    def recipe(self) -> dict[str, Any]:
        """The `album` of `load_pictures`: plain values that stand for all that was found out."""
        numbers = {entry.name: number for number, entry in enumerate(self.classes())}
        folders: dict[str, tuple[int, str]] = {}
        for picture in self.used:
            folder = picture.name.rpartition("/")[0]
            part = picture.part if self.has_parts else ""
            folders[folder] = (numbers[picture.label], part or "train")
        broken = [name for name in self.left_out if name.rpartition("/")[0] in folders]
        recipe = {"encoding": self.album.encoding, "folders": folders, "left_out": broken}
        # Hardly any archive has pictures that are not called so.
        return {**recipe, "by_content": True} if self.album.misnamed else recipe

    def understood(self) -> Understood:
        """What is told of it."""
        parts = Counter(picture.part or "train" for picture in self.used)
        return Understood(
            kind="images",
            rows=len(self.used),
            classes=self.classes(),
            parts=dict(parts) if self.has_parts else {},
            left_out=LeftOut(count=self._n_left_out(), files=list(self.left_out)[:LISTED]),
            doubts=self._doubts(),
            notes=[*_misnamed(self.album), *_other_files(self.album)],
        )

    def _n_left_out(self) -> int:
        return len(self.album.pictures) - len(self.used)

    def _troubles(self) -> list[tuple[Picture, str]]:
        """Each picture, and why it is left out or ""."""
        leaves_same_out = self.choices.same_pictures == "leave_out"
        troubles = []
        for picture in self.album.pictures:
            is_double = leaves_same_out and picture.name in self.doubles
            troubles.append((picture, picture.trouble or ("same" if is_double else "")))
        good = [picture for picture, why in troubles if not why]
        small = _small_classes(good)
        return [(picture, why or small.get(picture.label, "")) for picture, why in troubles]

    def _check(self) -> None:
        """Raises: ExperimentError for too few or too many classes, and where its owner would rather stop."""
        pictures = self.album.pictures
        if not any(picture.label for picture in pictures):
            name = zips.short_name(pictures[0].name)
            raise refused("zip_only_parts" if pictures[0].part else "zip_no_folder", name=name)
        classes = self.classes()
        stops = self.choices.pictures == "stop" and bool(self.left_out)
        if not classes or stops:
            raise refused("data_pictures", **self._left_out_values())
        if len(classes) == 1:
            raise refused("zip_one_class", name=zips.short_name(classes[0].name))
        if len(classes) > MOST_CLASSES:
            raise refused("zip_too_many_classes", given=len(classes), limit=MOST_CLASSES)

    def _doubts(self) -> list[Doubt]:
        doubts = []
        if self.album.encodings:
            doubts.append(encoding_doubt(self.album.encoding, self.album.encodings))
        if self.doubles and self.choices.same_pictures == "ask":
            doubts.append(_same_doubt(self.doubles))
        if self.left_out and self.choices.pictures == "ask":
            remedies = [
                Remedy(code="without_them", set="pictures=go_on"),
                Remedy(code="stop", set="pictures=stop"),
            ]
            values = self._left_out_values()
            doubts.append(Doubt(code="pictures_left_out", values=values, remedies=remedies))
        return doubts

    def _left_out_values(self) -> dict[str, Any]:
        """How many pictures cannot be used, why, and the first of their names."""
        reasons = Counter(self.left_out.values())
        listed = ", ".join(f"{count} {WHY[why]}" for why, count in reasons.items())
        names = _listed(list(self.left_out))
        return {"count": self._n_left_out(), "reasons": listed, "names": names}


def _has_parts(used: Sequence[Picture]) -> bool:
    """Whether the archive says which pictures train and which test."""
    parts = {picture.part for picture in used if picture.part}
    return len(parts) > 1


def _small_classes(good: Sequence[Picture]) -> dict[str, str]:
    """Classes that are too small to learn and to validate, and why."""
    sizes = Counter(picture.label for picture in good)
    small = {label: "single" for label, size in sizes.items() if size < LEAST_EACH}
    if _has_parts(good):
        with_training = {picture.label for picture in good if picture.part != "test"}
        for label in sizes:
            if label not in with_training:
                small[label] = "only_test"
    return small


def _same_under_several(pictures: Sequence[Picture]) -> list[str]:
    """Names of pictures of which an identical one lies in another class."""
    labels: dict[int, set[str]] = {}
    for picture in pictures:
        labels.setdefault(picture.content, set()).add(picture.label)
    names = []
    for picture in pictures:
        if picture.content >= 0 and len(labels[picture.content]) > 1:
            names.append(picture.name)
    return names


def _same_doubt(doubles: Sequence[str]) -> Doubt:
    values = {"count": len(doubles), "names": _listed(doubles)}
    remedies = [
        Remedy(code="without_them", set="same_pictures=leave_out"),
        Remedy(code="keep_them", set="same_pictures=keep"),
    ]
    return Doubt(code="same_pictures", values=values, remedies=remedies)


def _misnamed(album: Album) -> list[Doubt]:
    """Pictures whose names do not say that they are some."""
    if not album.misnamed:
        return []
    values = {"count": len(album.misnamed), "names": _listed(album.misnamed)}
    return [Doubt(code="misnamed_pictures", values=values)]


def _other_files(album: Album) -> list[Doubt]:
    """What lies in the archive besides pictures."""
    notes = []
    if album.archives:
        values = {"count": len(album.archives), "names": _listed(album.archives)}
        notes.append(Doubt(code="archives_inside", values=values))
    others = [name for name in album.others if name not in album.archives]
    if others:
        values = {"count": len(others), "names": _listed(others)}
        notes.append(Doubt(code="other_files", values=values))
    return notes


def _listed(names: Sequence[str]) -> str:
    """The first names, for a sentence."""
    return ", ".join(zips.short_name(name) for name in names[:SHOWN_NAMES])
