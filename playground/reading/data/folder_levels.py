"""Which of two levels of folders are the classes, and folders inside classes that are parts or masks."""

from collections import Counter
from collections.abc import Mapping, Sequence

from .choices import Choices
from .folders import (
    NEARLY_ALL,
    Outer,
    Outers,
    Shelf,
    are_alike,
    folder_remedy,
    listed,
    outers,
    take_known,
)
from .part_names import (
    IMAGE_NAMES,
    MASK_NAMES,
    SHORT,
    is_variant,
    part_by_word,
    part_of,
    plain_name,
)
from .result import Remedy

HALF = 0.5
MOST_DEEP = 16  # folders inside each other that are looked at


def arranged(folders: Sequence[Sequence[str]], choices: Choices, asks: bool = True) -> Shelf:
    """What the folders of each picture say: the first that is left is its class.

    In: the folders of each picture, the outer ones first; what the owner says; whether levels may be guessed and asked
    about.
    """
    shelf = Shelf([list(folder[:MOST_DEEP]) for folder in folders], choices, asks)
    take_known(shelf)
    _set_masks_aside(shelf)
    if _take_level(shelf):
        take_known(shelf)
    _take_inner_parts(shelf)
    _ask_flat_test(shelf)
    return shelf


def _take_level(shelf: Shelf) -> bool:
    """Takes the outer folders off where those inside are the classes. Out: whether it did."""
    level = shelf.choices.class_level
    if level == "inner":
        shelf.take_off(shelf.places(outers(shelf)))
        return True
    if level != "ask" or not shelf.asks:
        return False
    outer = outers(shelf)
    have_two = [facts for facts in outer.values() if _has_two(facts)]
    n_all = sum(facts.count for facts in outer.values())
    n_in_two = sum(facts.count for facts in have_two)
    are_most = n_in_two >= NEARLY_ALL * n_all
    if len(have_two) < 2 or not are_most:
        return False
    are_same = _hold_the_same(have_two)
    if not are_same and not _are_groups(have_two):
        return False
    takes_inner = are_same and not _are_variants(outer, have_two)
    _ask_level(shelf, outer, takes_inner)
    if takes_inner:
        shelf.take_off(shelf.places(outer))
    return takes_inner


def _has_two(facts: Outer) -> bool:
    return len(facts.inside) >= 2 and facts.deeper >= NEARLY_ALL * facts.count


def _hold_the_same(outer: Sequence[Outer]) -> bool:
    """Whether nearly all of these folders hold folders of the same names."""
    counts = Counter(name for facts in outer for name in facts.inside)
    usual = {name for name, count in counts.items() if count > HALF * len(outer)}
    n_alike = sum(are_alike(facts.inside, usual) for facts in outer)
    return n_alike >= NEARLY_ALL * len(outer)


def _are_groups(outer: Sequence[Outer]) -> bool:
    """Whether each holds things of its own, such as “birds/owl” and “mammals/bat”; numbered ones are none."""
    names = [name for facts in outer for name in facts.inside]
    n_pictures = sum(facts.count for facts in outer)
    n_variants = sum(map(is_variant, names))
    n_names = len(names)
    if n_variants >= HALF * n_names:
        return False
    if 2 * n_names > n_pictures:
        return False
    return len(set(names)) >= NEARLY_ALL * n_names


def _are_variants(outer: Outers, have_two: Sequence[Outer]) -> bool:
    """Whether the folders inside only tell how pictures were taken, or number them, and the outer ones do not."""
    inside = {name for facts in have_two for name in facts.inside}
    digits = [name for name in inside if name.isdecimal() and len(name) == 1]
    if len(digits) == len(inside):
        return False
    n_inside = sum(map(is_variant, inside))
    n_outside = sum(map(is_variant, outer))
    if n_inside <= HALF * len(inside):
        return False
    return n_outside < HALF * len(outer)


def _ask_level(shelf: Shelf, outer: Outers, takes_inner: bool) -> None:
    """Asks which of two levels are the classes, and whether the smaller of two folders is there to test with."""
    inside = {name for facts in outer.values() for name in facts.shown}
    values = {
        "outer": listed(outer),
        "inner": listed(inside),
    }
    inner = Remedy(
        code="level_inner",
        set="class_level=inner",
        values=values,
    )
    other = Remedy(
        code="level_outer",
        set="class_level=outer",
        values=values,
    )
    remedies = [inner, other] if takes_inner else [other, inner]
    if takes_inner and len(outer) == 2:
        smaller, larger = sorted(outer, key=lambda name: outer[name].count)
        if outer[smaller].count < outer[larger].count:
            remedies.append(folder_remedy(smaller, "test"))
    shelf.ask("class_level", "", remedies, **values)


def _take_inner_parts(shelf: Shelf) -> None:
    """Of “cats/train” the folder inside the class says the part; pictures in none of these folders are asked about."""
    kinds: dict[str, set[str]] = {}
    inner: dict[int, str] = {}
    for place, folder in enumerate(shelf.folders):
        if not folder:
            continue
        inside = "".join(folder[1:2])
        part = part_of(inside)
        inner[place] = part
        if part:
            kinds.setdefault(folder[0], set()).add(part)
    strays = [place for place, part in inner.items() if not part]
    if any(shelf.parts) or not _are_split(kinds, len(strays) / max(1, len(inner))):
        return
    for place, part in inner.items():
        shelf.parts[place] = part or "train"
    if strays:
        _place_without_part(shelf, strays)


def _are_split(kinds: Mapping[str, set[str]], stray_share: float) -> bool:
    """Whether classes are split inside. In: their parts, and which share of all pictures lies in none."""
    n_split = sum(len(parts) > 1 for parts in kinds.values())
    all_kinds: set[str] = set().union(*kinds.values())
    if len(all_kinds) < 2:
        return False
    return not stray_share or (n_split >= 2 and stray_share < HALF)


def _place_without_part(shelf: Shelf, strays: Sequence[int]) -> None:
    """Pictures of classes that lie in none of their folders for training and testing."""
    said = shelf.choices.without_part
    if said == "ask":
        remedies = [
            Remedy(code="train_with_them", set="without_part=train"),
            Remedy(code="without_them", set="without_part=leave_out"),
        ]
        folders = {"/".join(shelf.folders[place]) for place in strays}
        values = {
            "count": len(strays),
            "names": listed(folders),
        }
        shelf.ask("pictures_without_part", "", remedies, **values)
    if said == "leave_out":
        shelf.put_aside(strays)


def _ask_flat_test(shelf: Shelf) -> None:
    """A folder “test” that lies flat beside classes is one of them, or holds pictures to test with."""
    counts: Counter[str] = Counter()
    for folder, part in zip(shelf.folders, shelf.parts, strict=True):
        if folder and not part:
            counts[folder[0]] += 1
    tests = []
    for name in counts:
        is_short = name.casefold() in SHORT
        is_test = part_by_word(name) == "test"
        if is_short:
            continue
        if is_test and shelf.said(name) is None:
            tests.append(name)
    if len(counts) - len(tests) < 2:
        return
    for name in tests:
        remedies = [folder_remedy(name, "class"), folder_remedy(name, "leave_out")]
        shelf.ask("part_or_class", name, remedies, name=name, count=counts[name])


def _set_masks_aside(shelf: Shelf) -> None:
    """Folders such as “masks” beside “images”: inside of classes they are left out, else asked about."""
    children: dict[tuple[str, ...], set[str]] = {}
    for folder in shelf.folders:
        for depth, name in enumerate(folder):
            children.setdefault(tuple(folder[:depth]), set()).add(plain_name(name))
    masks: dict[str, list[int]] = {}
    on_top = set()
    for place, folder in enumerate(shelf.folders):
        for depth, name in enumerate(folder):
            around = tuple(folder[:depth])
            is_mask = plain_name(name) in MASK_NAMES
            if not is_mask or not children[around] & IMAGE_NAMES:
                continue
            masks.setdefault(name, []).append(place)
            if not around:
                on_top.add(name)
    for name, places in masks.items():
        _place_masks(shelf, name, places, name in on_top)


def _place_masks(shelf: Shelf, name: str, places: Sequence[int], is_on_top: bool) -> None:
    said = shelf.said(name)
    if said is None:
        remedies = [folder_remedy(name, "leave_out"), folder_remedy(name, "class")]
        if is_on_top:
            # Without them a single class would be left.
            remedies = [
                folder_remedy(name, "class"),
                Remedy(code="stop", set="pictures=stop"),
            ]
        shelf.ask("masks", name, remedies, name=name, count=len(places))
    leaves_out = said == "leave_out" or (said is None and not is_on_top)
    if leaves_out and shelf.asks:
        shelf.put_aside(places)
