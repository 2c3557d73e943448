"""What is told of an archive of pictures, and how its pictures are to be loaded."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from .. import zips
from ..pictures import name_stem
from ..refusals import refused
from .album import in_class_order
from .album_look import Album, album_of
from .choices import Choices
from .label_files import file_of_labels
from .placing import Placed, Placing
from .result import ClassCount, Doubt, LeftOut, Remedy, Understood, encoding_doubt
from .same_pictures import (
    in_both_parts,
    leak_doubt,
    same_doubt,
    same_under_several,
    twice_in_a_class,
)

LEAST_EACH = 2  # pictures of a class: one to learn from, one to validate with
MOST_CLASSES = 1_000
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
    "leak": "identical to a test picture",
}
ASIDE = ("aside", "copy")  # left out for reasons that are told or asked apart


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
        self.placing = Placing(album.pictures, choices)
        self.pictures = self.placing.placed
        self.doubles = same_under_several(self.pictures)
        self.copies = twice_in_a_class(self.pictures)
        self.leaks: list[str] = []
        # Two files of one name cannot be told apart.
        self.left_out = {picture.name: why for picture, why in self._troubles() if why}
        self.used = [picture for picture in self.pictures if picture.name not in self.left_out]
        self.has_parts = _has_parts(self.used)
        self._check()

    def classes(self) -> list[ClassCount]:
        """The classes in order, with how many pictures each has."""
        counts = Counter(picture.label for picture in self.used)
        labels = [picture.label for picture in self.pictures]
        written = [picture.written for picture in self.pictures]
        names = [name for name in in_class_order(labels, written) if name in counts]
        return [ClassCount(name=name, count=counts[name]) for name in names]

    def recipe(self) -> dict[str, Any]:
        """The `album` of `load_pictures`: plain values that stand for all that was found out."""
        numbers = {entry.name: number for number, entry in enumerate(self.classes())}
        folders: dict[str, tuple[int, str]] = {}
        stems: dict[str, int] = {}
        for picture in self.used:
            folder = picture.name.rpartition("/")[0]
            part = picture.part if self.has_parts else ""
            number = numbers[picture.label]
            folders[folder] = (number, part or "train")
            if self.placing.by_names:
                stems[name_stem(picture.name)] = number
        broken = [name for name in self.left_out if name.rpartition("/")[0] in folders]
        recipe = {"encoding": self.album.encoding, "folders": folders, "left_out": broken}
        # Hardly any archive has pictures that are not called so, or classes in the names of pictures.
        by_content = {"by_content": True} if self.album.misnamed else {}
        by_names = {"stems": stems} if stems else {}
        return {**recipe, **by_content, **by_names}

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
            notes=self._notes(),
        )

    def _n_left_out(self) -> int:
        return len(self.pictures) - len(self.used)

    def _troubles(self) -> list[tuple[Placed, str]]:
        """Each picture, and why it is left out or ""."""
        same = set(self.doubles if self.choices.same_pictures == "leave_out" else ())
        copies = set(self.copies)
        reasons = []
        for picture in self.pictures:
            why = picture.trouble
            if not why and picture.name in copies:
                why = "copy"
            elif not why and picture.name in same:
                why = "same"
            reasons.append(why)
        good = self._without(reasons)
        if _has_parts(good):
            self.leaks = in_both_parts(good)
        if self.choices.in_both_parts == "leave_out":
            leaks = set(self.leaks)
            for place, picture in enumerate(self.pictures):
                if picture.name in leaks:
                    reasons[place] = reasons[place] or "leak"
        small = _small_classes(self._without(reasons))
        return [
            (picture, why or small.get(picture.label, ""))
            for picture, why in zip(self.pictures, reasons, strict=True)
        ]

    def _without(self, reasons: Sequence[str]) -> list[Placed]:
        """The pictures that nothing speaks against."""
        return [picture for picture, why in zip(self.pictures, reasons, strict=True) if not why]

    def _check(self) -> None:
        """Raises: ExperimentError for too few or too many classes, and where its owner would rather stop."""
        pictures = [picture for picture in self.pictures if picture.trouble != "aside"]
        classes = self.classes()
        if not any(picture.label for picture in pictures):
            self._refuse_labels_elsewhere()
            first = (pictures or self.pictures)[0]
            name = zips.short_name(first.name)
            raise refused("zip_only_parts" if first.part else "zip_no_folder", name=name)
        stops = self.choices.pictures == "stop" and bool(self._asked_out())
        masks = [doubt.place for doubt in self.placing.doubts if doubt.code == "masks"]
        if masks and self.choices.pictures == "stop":
            raise refused("zip_masks", name=zips.short_name(masks[0]))
        if not classes or stops:
            raise refused("data_pictures", **self._left_out_values())
        if len(classes) == 1:
            self._refuse_labels_elsewhere()
            raise refused("zip_one_class", name=zips.short_name(classes[0].name))
        if len(classes) > MOST_CLASSES:
            raise refused("zip_too_many_classes", given=len(classes), limit=MOST_CLASSES)

    def _refuse_labels_elsewhere(self) -> None:
        """Raises: ExperimentError where another file seems to say what the pictures show."""
        name = file_of_labels(self.album.others, len(self.pictures))
        if name:
            raise refused("zip_labels_in_file", name=zips.short_name(name))

    def _doubts(self) -> list[Doubt]:
        doubts = list(self.placing.doubts)
        if self.album.encodings:
            doubts.append(encoding_doubt(self.album.encoding, self.album.encodings))
        if self.doubles and self.choices.same_pictures == "ask":
            doubts.append(same_doubt(self.doubles))
        if self.leaks and self.choices.in_both_parts == "ask":
            doubts.append(leak_doubt(self.leaks))
        if self._asked_out() and self.choices.pictures == "ask":
            remedies = [
                Remedy(code="without_them", set="pictures=go_on"),
                Remedy(code="stop", set="pictures=stop"),
            ]
            values = self._left_out_values()
            doubts.append(
                Doubt(
                    code="pictures_left_out",
                    values=values,
                    remedies=remedies,
                )
            )
        return doubts

    def _notes(self) -> list[Doubt]:
        notes = list(self.placing.notes)
        if self.copies:
            values = {
                "count": len(self.copies),
                "names": zips.listed(self.copies),
            }
            notes.append(
                Doubt(
                    code="copied_pictures",
                    values=values,
                )
            )
        return [*notes, *_misnamed(self.album), *_other_files(self.album)]

    def _asked_out(self) -> dict[str, str]:
        """Names of pictures that cannot be used, and why."""
        return {name: why for name, why in self.left_out.items() if why not in ASIDE}

    def _left_out_values(self) -> dict[str, Any]:
        """How many pictures cannot be used, why, and the first of their names."""
        asked = self._asked_out()
        reasons = Counter(asked.values())
        listed = ", ".join(f"{count} {WHY[why]}" for why, count in reasons.items())
        n_out = sum(picture.name in asked for picture in self.pictures)
        return {"count": n_out, "reasons": listed, "names": zips.listed(list(asked))}


def _has_parts(used: Sequence[Placed]) -> bool:
    """Whether the archive says which pictures train and which test."""
    parts = {picture.part for picture in used if picture.part}
    return len(parts) > 1


def _small_classes(good: Sequence[Placed]) -> dict[str, str]:
    """Classes that are too small to learn and to validate, and why."""
    sizes = Counter(picture.label for picture in good)
    small = {label: "single" for label, size in sizes.items() if size < LEAST_EACH}
    if _has_parts(good):
        with_training = {picture.label for picture in good if picture.part != "test"}
        for label in sizes:
            if label not in with_training:
                small[label] = "only_test"
    return small


def _misnamed(album: Album) -> list[Doubt]:
    """Pictures whose names do not say that they are some."""
    if not album.misnamed:
        return []
    values = {
        "count": len(album.misnamed),
        "names": zips.listed(album.misnamed),
    }
    return [
        Doubt(
            code="misnamed_pictures",
            values=values,
        )
    ]


def _other_files(album: Album) -> list[Doubt]:
    """What lies in the archive besides pictures."""
    notes = []
    if album.archives:
        values = {
            "count": len(album.archives),
            "names": zips.listed(album.archives),
        }
        notes.append(
            Doubt(
                code="archives_inside",
                values=values,
            )
        )
    others = [name for name in album.others if name not in album.archives]
    if others:
        values = {
            "count": len(others),
            "names": zips.listed(others),
        }
        notes.append(
            Doubt(
                code="other_files",
                values=values,
            )
        )
    return notes
