"""Which of two levels of folders are the classes, and folders inside classes that are parts or masks."""

from collections import Counter
from collections.abc import Mapping, Sequence

from .choices import Choices
from .folders import NEARLY_ALL, Outer, Shelf, are_alike, folder_remedy, listed, outers, take_known
from .part_names import IMAGE_NAMES, MASK_NAMES, is_variant, part_of, plain_name
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
    if len(have_two) < 2 or n_in_two < NEARLY_ALL * n_all:
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
    are_different = len(set(names)) >= NEARLY_ALL * len(names)
    return are_different and 2 * len(names) <= n_pictures and n_variants < HALF * len(names)


def _are_variants(outer: Mapping[str, Outer], have_two: Sequence[Outer]) -> bool:
    """Whether the folders inside only tell how pictures were taken, or number them, and the outer ones do not."""
    inside = {name for facts in have_two for name in facts.inside}
    are_digits = all(name.isdecimal() and len(name) == 1 for name in inside)
    n_inside = sum(map(is_variant, inside))
    n_outside = sum(map(is_variant, outer))
    return not are_digits and n_inside > HALF * len(inside) and n_outside < HALF * len(outer)


def _ask_level(shelf: Shelf, outer: Mapping[str, Outer], takes_inner: bool) -> None:
    """Asks which of two levels are the classes, and whether the smaller of two folders is there to test with."""
    children = {name for facts in outer.values() for name in facts.children}
    values = {"outer": listed(outer), "inner": listed(children)}
    inner = Remedy(code="level_inner", set="class_level=inner", values=values)
    other = Remedy(code="level_outer", set="class_level=outer", values=values)
    remedies = [inner, other] if takes_inner else [other, inner]
    if takes_inner and len(outer) == 2:
        smaller, larger = sorted(outer, key=lambda name: outer[name].count)
        if outer[smaller].count < outer[larger].count:
            remedies.append(folder_remedy(smaller, "test"))
    shelf.ask("class_level", "", remedies, **values)


def _take_inner_parts(shelf: Shelf) -> None:
    """Of “cats/train” the folder inside the class says the part; pictures in none of these folders are asked about."""
    places = [place for place, folder in enumerate(shelf.folders) if folder]
    inner = {place: part_of("".join(shelf.folders[place][1:2])) for place in places}
    kinds: dict[str, set[str]] = {}
    for place, part in inner.items():
        if part:
            kinds.setdefault(shelf.folders[place][0], set()).add(part)
    strays = [place for place, part in inner.items() if not part]
    n_split = sum(len(parts) > 1 for parts in kinds.values())
    has_both = len(set().union(*kinds.values())) > 1
    are_most = n_split >= 2 and len(strays) < HALF * len(places)
    if any(shelf.parts) or not has_both or (strays and not are_most):
        return
    for place in places:
        shelf.parts[place] = inner[place] or "train"
    if strays:
        _place_without_part(shelf, strays)


def _place_without_part(shelf: Shelf, strays: Sequence[int]) -> None:
    """Pictures of classes that lie in none of their folders for training and testing."""
    said = shelf.choices.without_part
    if said == "ask":
        remedies = [
            Remedy(code="train_with_them", set="without_part=train"),
            Remedy(code="without_them", set="without_part=leave_out"),
        ]
        folders = {"/".join(shelf.folders[place]) for place in strays}
        values = {"count": len(strays), "names": listed(folders)}
        shelf.ask("pictures_without_part", "", remedies, **values)
    if said == "leave_out":
        shelf.put_aside(strays)


def _ask_flat_test(shelf: Shelf) -> None:
    """A folder “test” that lies flat beside classes is one of them, or holds pictures to test with."""
    free = [
        folder[0]
        for folder, part in zip(shelf.folders, shelf.parts, strict=True)
        if folder and not part
    ]
    counts = Counter(free)
    tests = [name for name in counts if part_of(name) == "test" and shelf.said(name) is None]
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
            beside = children[tuple(folder[:depth])]
            if plain_name(name) in MASK_NAMES and beside & IMAGE_NAMES:
                masks.setdefault(name, []).append(place)
                if depth == 0:
                    on_top.add(name)
    for name, places in masks.items():
        _place_masks(shelf, name, places, name in on_top)


def _place_masks(shelf: Shelf, name: str, places: Sequence[int], is_on_top: bool) -> None:
    said = shelf.said(name)
    if said is None:
        remedies = [folder_remedy(name, "leave_out"), folder_remedy(name, "class")]
        if is_on_top:
            # Without them a single class would be left.
            remedies = [folder_remedy(name, "class"), Remedy(code="stop", set="pictures=stop")]
        shelf.ask("masks", name, remedies, name=name, count=len(places))
    leaves_out = said == "leave_out" or (said is None and not is_on_top)
    if leaves_out and shelf.asks:
        shelf.put_aside(places)
