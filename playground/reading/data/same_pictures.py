"""Pictures of the same bytes: under several classes, twice under one name, to train and to test with."""

from collections.abc import Sequence

from .. import zips
from .placing import Placed
from .result import Doubt, Remedy


def same_under_several(pictures: Sequence[Placed]) -> list[str]:
    """Names of pictures of which an identical one lies in another class."""
    usable = [picture for picture in pictures if picture.content >= 0 and picture.label]
    labels: dict[int, set[str]] = {}
    for picture in usable:
        labels.setdefault(picture.content, set()).add(picture.label)
    return [picture.name for picture in usable if len(labels[picture.content]) > 1]


def twice_in_a_class(pictures: Sequence[Placed]) -> list[str]:
    """Names of pictures that lie in the archive before under the same name, class and part: a folder in itself."""
    seen = set()
    copies = []
    for picture in pictures:
        key = (picture.label, picture.part, picture.inside, picture.content)
        is_usable = picture.content >= 0 and not picture.trouble
        if is_usable and key in seen:
            copies.append(picture.name)
        elif is_usable:
            seen.add(key)
    return copies


def in_both_parts(used: Sequence[Placed]) -> list[str]:
    """Names of pictures to train with of which an identical one of the same class is there to test with."""
    tested = set()
    for picture in used:
        if picture.part == "test":
            tested.add((picture.label, picture.content))
    names = []
    for picture in used:
        is_same = (picture.label, picture.content) in tested
        if is_same and picture.part != "test":
            names.append(picture.name)
    return names


def same_doubt(names: Sequence[str]) -> Doubt:
    """Asks about identical pictures of several classes."""
    return _doubt("same_pictures", "same_pictures", names)


def leak_doubt(names: Sequence[str]) -> Doubt:
    """Asks about pictures that are tested with although they were learnt."""
    return _doubt("same_in_parts", "in_both_parts", names)


def _doubt(code: str, choice: str, names: Sequence[str]) -> Doubt:
    values = {
        "count": len(names),
        "names": zips.listed(names),
    }
    remedies = [
        Remedy(code="without_them", set=f"{choice}=leave_out"),
        Remedy(code="keep_them", set=f"{choice}=keep"),
    ]
    return Doubt(
        code=code,
        values=values,
        remedies=remedies,
    )
