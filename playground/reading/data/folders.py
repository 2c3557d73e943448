"""Pictures by their folders: outer ones are taken off as long as they tell nothing about the class."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
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
FOR_PART = {"train": "to_train", "test": "to_test", "leave_out": "leave_out", "class": "is_class"}


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
        return [
            place for place, folder in enumerate(self.folders) if folder and folder[0] in wanted
        ]

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
    """An outer folder. deeper: how many of its pictures lie in folders inside; inside: names that may be classes."""

    count: int = 0
    deeper: int = 0
    inside: set[str] = field(default_factory=set)
    children: set[str] = field(default_factory=set)


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
    steps: Sequence[Callable[[Shelf, Mapping[str, Outer]], bool]] = (
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


def _leave_out(shelf: Shelf, outer: Mapping[str, Outer]) -> bool:
    """What the owner does not want."""
    names = [name for name in outer if shelf.said(name) == "leave_out"]
    shelf.put_aside(shelf.places(names))
    return bool(names)


def _take_doubled(shelf: Shelf, outer: Mapping[str, Outer]) -> bool:
    """Of “seg_train/seg_train” one tells as much as two."""
    doubled = [
        name
        for name in outer
        if outer[name].children == {name} and outer[name].deeper == outer[name].count
    ]
    shelf.take_off(shelf.places(doubled))
    return bool(doubled)


def _unwrap(shelf: Shelf, outer: Mapping[str, Outer]) -> bool:
    """A folder that holds parts itself, beside other parts: “chest_xray/train” beside “train”."""
    if not any(part_of(name) for name in outer):
        return False
    wrappers = [
        name
        for name in outer
        if not part_of(name) and outer[name].inside and _has_parts(outer[name])
    ]
    shelf.take_off(shelf.places(wrappers))
    return bool(wrappers)


def _has_parts(outer: Outer) -> bool:
    return {part_of(child) for child in outer.children} == {"train", "test"}


def _take_common(shelf: Shelf, outer: Mapping[str, Outer]) -> bool:
    """A folder that all have in common."""
    if len(outer) != 1:
        return False
    (only,) = outer.values()
    is_common = only.deeper > 0.5 * only.count
    if is_common:
        shelf.take_off(shelf.places(outer))
    return is_common


def _take_parts(shelf: Shelf, outer: Mapping[str, Outer]) -> bool:
    """Folders that are there to train or to test with; others beside them are asked about."""
    known = _named_parts(shelf, outer)
    inside = _inside(outer, known)
    if not known or not _are_parts(shelf, outer, known):
        return False
    strays = [name for name in outer if name not in known]
    beside = [name for name in strays if spelling_key(name) in inside]
    if len(beside) >= 2:
        # Classes that lie beside the folder to test with are there to train with.
        kinds = set(known.values())
        rest = "train" if "test" in kinds else "test"
        _set_part(shelf, beside, rest if len(kinds) == 1 else "train")
    for name in strays:
        if name not in beside:
            _place_stray(shelf, name, outer[name], known, inside)
    for name, part in known.items():
        places = shelf.places([name])
        _set_part(shelf, [name], part)
        shelf.take_off(places)
    return True


def _set_part(shelf: Shelf, names: Iterable[str], part: str) -> None:
    for place in shelf.places(names):
        shelf.parts[place] = shelf.parts[place] or part


def _named_parts(shelf: Shelf, outer: Mapping[str, Outer]) -> dict[str, str]:
    """What outer folders are there for, by their names or by what the owner says."""
    parts = {name: part_of(name) for name in outer}
    if len(set(parts.values()) - {""}) < 2:
        # With a word before it, such as “steam train”, only a pair is taken for parts.
        by_word = {name: part_by_word(name) for name in outer}
        has_deeper = any(facts.deeper for facts in outer.values())
        if not has_deeper:
            by_word = {name: part for name, part in by_word.items() if name.casefold() not in SHORT}
        if len(set(by_word.values()) - {""}) > 1:
            parts = by_word
    for name in outer:
        said = shelf.said(name)
        if said is not None:
            parts[name] = said if said in ("train", "test") else ""
    return {name: part for name, part in parts.items() if part}


def _inside(outer: Mapping[str, Outer], names: Iterable[str]) -> set[str]:
    """The names of what may be classes in these folders."""
    inside: set[str] = set()
    for name in names:
        inside |= outer[name].inside
    return inside


def _are_parts(shelf: Shelf, outer: Mapping[str, Outer], known: Mapping[str, str]) -> bool:
    """Whether folders of such names are parts here, and no classes."""
    n_deeper = sum(facts.deeper for facts in outer.values())
    kinds = set(known.values())
    has_both = len(kinds) > 1
    if len(known) == len(outer):
        # Without classes inside, a pair is still no classes.
        return bool(n_deeper) or has_both
    if any(shelf.said(name) in ("train", "test") for name in known):
        return True
    if not n_deeper:
        return False
    n_in_parts = sum(outer[name].count for name in known)
    n_all = sum(facts.count for facts in outer.values())
    are_most = len(known) >= 2 and n_in_parts > MOST_IN_PARTS * n_all
    if are_most or (has_both and _hold_the_same(outer, known)):
        return True
    inside = _inside(outer, known)
    strays = [name for name in outer if name not in known]
    n_alike = sum(are_alike(outer[name].inside, inside) for name in strays)
    n_beside = sum(spelling_key(name) in inside for name in strays)
    # A single “train” among other things may be one of them.
    is_only_train = kinds == {"train"} and n_alike > 1
    return n_beside >= 2 or (n_alike == len(strays) and not is_only_train)


def _hold_the_same(outer: Mapping[str, Outer], known: Mapping[str, str]) -> bool:
    """Whether the folders to train with have classes of the same names as those to test with."""
    train = _inside(outer, [name for name in known if known[name] == "train"])
    test = _inside(outer, [name for name in known if known[name] == "test"])
    return are_alike(train, test)


def _place_stray(
    shelf: Shelf, name: str, facts: Outer, known: Mapping[str, str], inside: Set[str]
) -> None:
    """A folder beside parts: what its owner says, or what is likely, which is asked."""
    is_like_parts = are_alike(facts.inside, inside)
    uses = _likely_uses(known) if is_like_parts else ["leave_out", "class"]
    if not is_like_parts and not shelf.asks:
        uses = ["class"]
    said = shelf.said(name)
    owner_knows = any(shelf.said(part) in ("train", "test") for part in known)
    if said is None and owner_knows:
        said = "train" if is_like_parts else "class"
    use = said or uses[0]
    if said is None:
        remedies = [folder_remedy(name, use) for use in uses]
        shelf.ask("stray_folder", name, remedies, name=name, count=facts.count)
    if use == "leave_out":
        shelf.put_aside(shelf.places([name]))
    elif use != "class":
        _set_part(shelf, [name], use)
        shelf.take_off(shelf.places([name]))


def _likely_uses(known: Mapping[str, str]) -> list[str]:
    """What a folder of the same classes may be for, the likeliest first."""
    kinds = set(known.values())
    if kinds == {"test"}:
        return ["train", "test", "leave_out"]
    if kinds == {"train"}:
        return ["test", "train", "leave_out"]
    # It may well hold the same pictures again.
    return ["leave_out", "train", "test"]
