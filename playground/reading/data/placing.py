"""Each picture of an album gets its class and its part: by folders, or by the beginnings of file names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..pictures import name_stem
from .album import folders_of, labels_of, written_labels
from .album_look import Picture
from .choices import Choices
from .folder_levels import arranged
from .folders import NEARLY_ALL, Shelf, listed
from .part_names import PARTED, part_of
from .result import Doubt, Remedy
from .spellings import usual_spellings

LEAST_EACH = 2  # pictures with the same beginning
LEAST_MEAN = 4
# Cameras and programs number what they make.
CAMERAS = (
    "img image images dsc dscn dscf pic pics picture photo p pxl wp frame scan screenshot screen mvimg file sample "
    "download untitled whatsapp capture snapshot vid video page"
)


@dataclass(frozen=True)
class Placed:
    """A picture of an album with its class, "" for none, and its part: "train", "test" or "".

    written: how zipfile names the class; inside: its name from the folder of the class on; trouble: why it is left out.
    """

    name: str
    label: str
    part: str
    written: str
    inside: str
    trouble: str
    content: int


class Placing:
    """Where all pictures of an album belong, and what is asked and told about it."""

    def __init__(self, pictures: Sequence[Picture], choices: Choices):
        self.notes: list[Doubt] = []
        names = [picture.name for picture in pictures]
        shelf = arranged([folders_of(name) for name in names], choices)
        labels = labels_of(shelf)
        written = written_labels(shelf, [picture.written for picture in pictures])
        stems = _classes_in_names(names, labels, shelf)
        self.by_names = bool(stems)
        if stems:
            labels = stems
            written = stems
        self.doubts = shelf.doubts
        if choices.classes == "merge":
            labels, written = self._merged(labels, written)
        self.placed = []
        for place, picture in enumerate(pictures):
            part = shelf.parts[place]
            trouble = picture.trouble
            if place in shelf.aside:
                trouble = "aside"
            elif not labels[place]:
                trouble = "unlabelled" if part or stems else "loose"
            inside = "/".join(picture.name.split("/")[shelf.taken[place] :])
            self.placed.append(
                Placed(
                    picture.name,
                    labels[place],
                    part,
                    written[place],
                    inside,
                    trouble,
                    picture.content,
                )
            )

    def _merged(self, labels: list[str], written: list[str]) -> tuple[list[str], list[str]]:
        """Classes in several spellings become one, which is told."""
        usual = usual_spellings([label for label in labels if label])
        if not usual:
            return labels, written
        first = dict(zip(labels, written, strict=True))
        words = listed([*usual, *usual.values()])
        apart = Remedy(code="apart", set="classes=apart")
        self.notes.append(
            Doubt(
                code="merged_folders",
                values={"words": words},
                remedies=[apart],
            )
        )
        places = [
            first[usual[label]] if label in usual else name
            for label, name in zip(labels, written, strict=True)
        ]
        return [usual.get(label, label) for label in labels], places


def _classes_in_names(names: Sequence[str], labels: Sequence[str], shelf: Shelf) -> list[str]:
    """The class of each picture by the beginning of its name, "" for none; empty where folders are the classes."""
    said = shelf.choices.class_level
    n_classes = len(set(labels) - {""})
    stops = shelf.choices.pictures == "stop"
    may_guess = said == "ask" and n_classes < 2 and not stops
    if said != "names" and not may_guess:
        return []
    stems = []
    counts: Counter[str] = Counter()
    for place, name in enumerate(names):
        if place in shelf.aside:
            stems.append("")
            continue
        stem = name_stem(name)
        stems.append(stem)
        if shelf.parts[place] != "test":
            counts[stem] += 1
    if said == "ask" and not _are_classes(counts):
        return []
    classes = {stem for stem, count in counts.items() if stem and count >= LEAST_EACH}
    if said == "ask":
        remedies = [
            Remedy(code="level_names", set="class_level=names"),
            Remedy(code="stop", set="pictures=stop"),
        ]
        shelf.ask("classes_in_names", "", remedies, names=listed(classes))
    return [stem if stem in classes else "" for stem in stems]


def _are_classes(counts: Counter[str]) -> bool:
    """Whether beginnings of names are few, each of many pictures, and no names of cameras."""
    n_all = sum(counts.values())
    often = {stem: count for stem, count in counts.items() if stem and count >= LEAST_EACH}
    n_often = sum(often.values())
    words = {PARTED.split(stem.casefold())[0] for stem in often}
    is_camera = not words.isdisjoint(CAMERAS.split())
    are_parts = any(map(part_of, often))
    are_many = len(often) >= 2 and n_often >= LEAST_MEAN * len(often)
    return are_many and n_often >= NEARLY_ALL * n_all and not is_camera and not are_parts
