"""Latitudes and longitudes whose hemisphere stands in a column of its own: 33.9 beside “S”, 151.2 beside “E”."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .grid import Beside
from .listed import by_value

SOUTH_OR_WEST, NORTH_OR_EAST = "-", "+"
MOST_SPELLINGS = 6


class Axis(NamedTuple):
    """How its columns are called, and what each word says of the sign."""

    name: re.Pattern[str]
    side_of: dict[str, str]


AXES = (
    Axis(
        re.compile(
            r"(?<![a-z])lat(?![ae]r)|(?:geogr\w*\W*)?breite|纬度|緯度|위도|широта|szeroko",
            re.IGNORECASE,
        ),
        by_value(
            {
                SOUTH_OR_WEST: "s south southern sud süd sur sul юг ю 南 南纬 南緯",
                NORTH_OR_EAST: "n north northern nord norte север с 北 北纬 北緯",
            }
        ),
    ),
    Axis(
        re.compile(
            r"(?<![a-z])(?:lon(?![el])|lng)|(?<![a-z])länge|经度|經度|経度|경도|долгота|długo",
            re.IGNORECASE,
        ),
        by_value(
            {
                SOUTH_OR_WEST: "w west western ouest oeste запад з 西 西经 西経",
                NORTH_OR_EAST: "e east eastern est este ost leste восток в 东 東 东经 東経",
            }
        ),
    ),
)


def hemispheres(names: Sequence[str], columns: Sequence[Sequence[str]]) -> list[tuple[int, Beside]]:
    """Each latitude and longitude with the nearest column that tells its hemisphere, both of which are met."""
    found = []
    for axis in AXES:
        places = [place for place, name in enumerate(names) if axis.name.search(name)]
        sides = _sides(axis, columns) if places else []
        for place in places:
            # of two as near, that behind it
            others = [side for side in sides if side.place != place]
            if others:
                nearest = min(others, key=lambda side: (abs(side.place - place), -side.place))
                found.append((place, nearest))
    return found


def _sides(axis: Axis, columns: Sequence[Sequence[str]]) -> list[Beside]:
    """The columns that hold nothing but words for both sides of an axis."""
    found = []
    for place, cells in enumerate(columns):
        different = spellings(cells)
        sides = {axis.side_of.get(bare(cell)) for cell in different}
        if sides == {SOUTH_OR_WEST, NORTH_OR_EAST}:
            found.append(Beside(place, tuple(sorted(words_for_minus(different)))))
    return found


def spellings(cells: Sequence[str]) -> set[str]:
    """The different cells but blank ones; none where there are too many to say a sign."""
    different: set[str] = set()
    for cell in cells:
        different.add(cell)
        if len(different) > MOST_SPELLINGS:
            return set()
    return different - {""}


def words_for_minus(cells: Iterable[str]) -> list[str]:
    """Of different cells, those that say south or west."""
    return [
        cell
        for cell in cells
        if any(axis.side_of.get(bare(cell)) == SOUTH_OR_WEST for axis in AXES)
    ]


def bare(cell: str) -> str:
    """A cell without capitals and the dot of an abbreviation."""
    return cell.casefold().rstrip(".")
