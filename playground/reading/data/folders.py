"""Pictures by their folders: outer ones are taken off as long as they tell nothing about the class."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from .. import zips
from .choices import Choices
from .part_names import SHORT, part_by_word, part_of
from .result import Doubt, Remedy
from .spellings import spelling_key

ALIKE = 0.5  # of the names that two folders must share to hold the same
MOST_IN_PARTS = 0.8  # of the pictures: then a stray folder is no reason to take parts for classes
NEARLY_ALL = 0.9
SHOWN = 4
MOST_ASKED = 5  # questions of one kind at a time
PARTS = ("train", "test")
FOR_PART = {
    "train": "to_train",
    "test": "to_test",
    "leave_out": "leave_out",
    "class": "is_class",
}


@dataclass
class Shelf:
    """Pictures by what is left of their folders. All lists have one item a picture.

    folders: the first may be its class; taken: how many were taken off; parts: "train", "test" or ""; aside: places of
    pictures in folders that are not used; doubts: what their owner should say.
    """

    folders: list[list[str]]
    choices: Choices
    asks: bool
    taken: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    aside: set[int] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.taken = [0] * len(self.folders)
        self.parts = [""] * len(self.folders)

    def said(self, name: str) -> str | None:
        """What the owner says that a folder is for."""
        return self.choices.folders.get(name)

    def places(self, names: Iterable[str]) -> list[int]:
        """Places of the pictures whose outer folder is one of these."""
        wanted = set(names)
        found = []
        for place, folder in enumerate(self.folders):
            if folder and folder[0] in wanted:
                found.append(place)
        return found

    def take_off(self, places: Iterable[int]) -> None:
        """Takes the outer folder of these pictures off."""
        for place in places:
            self.folders[place] = self.folders[place][1:]
            self.taken[place] += 1

    def put_aside(self, places: Iterable[int]) -> None:
        """Leaves these pictures out."""
        for place in places:
            self.aside.add(place)
            self.folders[place] = []

    def ask(self, code: str, place: str, remedies: list[Remedy], **values: object) -> None:
        """Adds a question, unless as many of the kind are open as somebody would answer."""
        n_open = sum(doubt.code == code for doubt in self.doubts)
        if self.asks and n_open < MOST_ASKED:
            self.doubts.append(Doubt(code=code, place=place, values=values, remedies=remedies))


@dataclass
class Outer:
    """An outer folder. deeper: how many of its pictures lie in folders inside.

    children: all folders in it; shown: names that may be classes, of it and of parts in it; inside: their keys.
    """

    count: int = 0
    deeper: int = 0
    inside: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    children: set[str] = field(default_factory=set)


Outers = Mapping[str, Outer]  # by their names
Parts = Mapping[str, str]  # "train" or "test" by the name of a folder


def outers(shelf: Shelf) -> dict[str, Outer]:
    """The outer folders of all pictures that have one."""
    found: dict[str, Outer] = {}
    for folder in shelf.folders:
        if not folder:
            continue
        outer = found.setdefault(folder[0], Outer())
        outer.count += 1
        outer.deeper += len(folder) > 1
        outer.children.update(folder[1:2])
        inside = next((name for name in folder[1:] if not part_of(name)), "")
        if inside:
            outer.shown.add(inside)
            outer.inside.add(spelling_key(inside))
    return found


def are_alike(names: Set[str], others: Set[str]) -> bool:
    """Whether two folders hold folders of the same names."""
    n_shared = len(names & others)
    return n_shared >= 2 and n_shared >= ALIKE * max(len(names), len(others))


def listed(names: Iterable[str]) -> str:
    """The first names, for a sentence."""
    in_order = sorted(names)
    shown = [zips.short_name(name) for name in in_order[:SHOWN]]
    return ", ".join(shown) + (", …" if len(in_order) > SHOWN else "")


def folder_remedy(name: str, use: str) -> Remedy:
    """Says what a folder is for."""
    return Remedy(code=FOR_PART[use], set=f"folders.{name}={use}", values={"name": name})


def take_known(shelf: Shelf) -> None:
    """Takes off folders around all, folders that are parts, and those that are doubled."""
    steps = (
        _leave_out,
        _take_doubled,
        _unwrap,
        _take_parts,
        _take_common,
    )
    has_changed = True
    while has_changed:
        outer = outers(shelf)
        has_changed = any(step(shelf, outer) for step in steps)


def _leave_out(shelf: Shelf, outer: Outers) -> bool:
    """What the owner does not want."""
    names = [name for name in outer if shelf.said(name) == "leave_out"]
    shelf.put_aside(shelf.places(names))
    return bool(names)


def _take_doubled(shelf: Shelf, outer: Outers) -> bool:
    """Of “seg_train/seg_train” one tells as much as two."""
    doubled = []
    for name, facts in outer.items():
        is_in_itself = facts.children == {name}
        if is_in_itself and facts.deeper == facts.count:
            doubled.append(name)
    shelf.take_off(shelf.places(doubled))
    return bool(doubled)


def _unwrap(shelf: Shelf, outer: Outers) -> bool:
    """A folder that holds what lies beside it: “chest_xray/train” beside “train”, “cells/ill” beside “ill”."""
    has_parts_beside = any(part_of(name) for name in outer)
    names = set(map(spelling_key, outer))
    wrappers = []
    for name, facts in outer.items():
        holds_parts = has_parts_beside and facts.inside and _has_parts(facts)
        holds_others = len(facts.inside & names) >= 2 and facts.inside <= names
        is_wrapper = holds_parts or holds_others
        if is_wrapper and not part_of(name):
            wrappers.append(name)
    shelf.take_off(shelf.places(wrappers))
    return bool(wrappers)


def _has_parts(outer: Outer) -> bool:
    return {part_of(child) for child in outer.children} == {"train", "test"}


def _take_common(shelf: Shelf, outer: Outers) -> bool:
    """A folder that all have in common."""
    if len(outer) != 1:
        return False
    (only,) = outer.values()
    is_common = only.deeper > 0.5 * only.count
    if is_common:
        shelf.take_off(shelf.places(outer))
    return is_common


def _take_parts(shelf: Shelf, outer: Outers) -> bool:
    """Folders that are there to train or to test with; others beside them are asked about."""
    known = _named_parts(shelf, outer)
    if not known or not _are_parts(shelf, outer, known):
        return False
    beside = _place_beside(shelf, outer, known)
    for name in _strays(outer, known):
        if name not in beside:
            _place_stray(shelf, name, outer, known)
    for name, part in known.items():
        _set_part(shelf, [name], part)
        shelf.take_off(shelf.places([name]))
    return True


def _strays(outer: Outers, known: Parts) -> list[str]:
    """Folders that are no parts."""
    return [name for name in outer if name not in known]


def _beside(outer: Outers, known: Parts) -> list[str]:
    """Folders that are called like those inside of the parts."""
    inside = _inside(outer, known)
    return [name for name in _strays(outer, known) if spelling_key(name) in inside]


def _place_beside(shelf: Shelf, outer: Outers, known: Parts) -> list[str]:
    """Classes that lie beside the folder to test with are there to train with. Out: their names."""
    beside = _beside(outer, known)
    if len(beside) < 2:
        return []
    kinds = set(known.values())
    _set_part(shelf, beside, "test" if kinds == {"train"} else "train")
    return beside


def _set_part(shelf: Shelf, names: Iterable[str], part: str) -> None:
    for place in shelf.places(names):
        shelf.parts[place] = shelf.parts[place] or part


def _named_parts(shelf: Shelf, outer: Outers) -> dict[str, str]:
    """What outer folders are there for, by their names or by what the owner says."""
    parts = {name: part_of(name) for name in outer}
    if len(set(parts.values()) - {""}) < 2:
        # With a word before it, such as “steam train”, only a pair is taken for parts.
        by_word = {name: part_by_word(name) for name in outer}
        has_deeper = any(facts.deeper for facts in outer.values())
        for name in outer:
            if not has_deeper and name.casefold() in SHORT:
                by_word[name] = ""
        kinds = set(by_word.values()) - {""}
        if len(kinds) > 1 or _only_test_alike(outer, by_word):
            parts = by_word
    for name in outer:
        said = shelf.said(name)
        if said is not None:
            parts[name] = said if said in PARTS else ""
    return {name: part for name, part in parts.items() if part}


def _only_test_alike(outer: Outers, by_word: Parts) -> bool:
    """Whether all hold the same classes, and some are there to test with: “rps” and “rps-test-set”."""
    tests = [name for name, part in by_word.items() if part == "test"]
    kinds = set(by_word.values())
    inside = _inside(outer, tests)
    return kinds == {"test", ""} and all(
        are_alike(facts.inside, inside) for facts in outer.values()
    )


def _inside(outer: Outers, names: Iterable[str]) -> set[str]:
    """The names of what may be classes in these folders."""
    inside: set[str] = set()
    for name in names:
        inside |= outer[name].inside
    return inside


def _are_parts(shelf: Shelf, outer: Outers, known: Parts) -> bool:
    """Whether folders of such names are parts here, and no classes."""
    n_deeper = sum(facts.deeper for facts in outer.values())
    kinds = set(known.values())
    has_both = len(kinds) > 1
    if len(known) == len(outer):
        # Without classes inside, a pair is still no classes.
        return bool(n_deeper) or has_both
    if _owner_knows(shelf, known):
        return True
    if not n_deeper:
        return False
    n_in_parts = sum(outer[name].count for name in known)
    n_all = sum(facts.count for facts in outer.values())
    are_most = len(known) >= 2 and n_in_parts > MOST_IN_PARTS * n_all
    if are_most or (has_both and _hold_the_same(outer, known)):
        return True
    inside = _inside(outer, known)
    strays = _strays(outer, known)
    n_alike = sum(are_alike(outer[name].inside, inside) for name in strays)
    # A single “train” among other things may be one of them.
    is_only_train = kinds == {"train"} and n_alike > 1
    all_alike = n_alike == len(strays)
    has_classes_beside = len(_beside(outer, known)) >= 2
    return has_classes_beside or (all_alike and not is_only_train)


def _hold_the_same(outer: Outers, known: Parts) -> bool:
    """Whether the folders to train with have classes of the same names as those to test with."""
    inside: dict[str, set[str]] = {}
    for name, part in known.items():
        names = inside.setdefault(part, set())
        names |= outer[name].inside
    return are_alike(inside["train"], inside["test"])


def _place_stray(shelf: Shelf, name: str, outer: Outers, known: Parts) -> None:
    """A folder beside parts: what its owner says, or what is likely, which is asked."""
    facts = outer[name]
    is_like_parts = are_alike(facts.inside, _inside(outer, known))
    uses = ["leave_out", "class"]
    if is_like_parts:
        uses = _likely_uses(known)
    elif not shelf.asks:
        uses = ["class"]
    said = shelf.said(name)
    is_rest = _is_rest(outer, known)
    if said is None and is_like_parts and is_rest:
        said = "train"
    if said is None and _owner_knows(shelf, known):
        said = "train" if is_like_parts else "class"
    if said is None:
        remedies = [folder_remedy(name, use) for use in uses]
        shelf.ask("stray_folder", name, remedies, name=name, count=facts.count)
    use = said or uses[0]
    places = shelf.places([name])
    if use == "leave_out":
        shelf.put_aside(places)
    elif use != "class":
        _set_part(shelf, [name], use)
        shelf.take_off(places)


def _is_rest(outer: Outers, known: Parts) -> bool:
    """Whether all but one folder are there to test with."""
    kinds = set(known.values())
    return kinds == {"test"} and len(outer) == len(known) + 1


def _owner_knows(shelf: Shelf, known: Parts) -> bool:
    """Whether the owner named one of the parts."""
    return any(shelf.said(name) in PARTS for name in known)


def _likely_uses(known: Parts) -> list[str]:
    """What a folder of the same classes may be for, the likeliest first."""
    kinds = set(known.values())
    if kinds == {"test"}:
        return ["train", "leave_out"]
    if kinds == {"train"}:
        return ["test", "train", "leave_out"]
    # It may well hold the same pictures again.
    return ["leave_out", "train", "test"]
