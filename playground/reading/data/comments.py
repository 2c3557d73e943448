"""Lines of comments before a table, and the names of the columns that may stand in one of them."""

import re
from collections.abc import Sequence

from .rows import parsed
from .shapes import looks_like_number

# A # with a separator behind it is the name of a column that numbers the rows.
COMMENT = re.compile(r'\s*("?#(?![,;\t|"])|%|//|--\s|!)|\s*;+\s+\S+\s+[^;]+$')
UNITS = re.compile(
    r"%|°?[CF]|deg[CFT]?|[kcm]?m|m/s|km/h|h?pa|sec|s|hrs?|kg|g|days|hours", re.IGNORECASE
)
ALIGNED = re.compile(r"\S {2,}\S")
MOST_PROSE = 60  # lines above a table
LEAST_ALIGNED = 8  # lines of a table


def is_skipped(line: str) -> bool:
    """Whether a line before the table says nothing of it, or is a comment."""
    return not line.strip() or COMMENT.match(line) is not None


def names_in_comment(
    head: Sequence[str], comments: Sequence[int], rest: Sequence[str], separator: str
) -> tuple[int, list[str] | None]:
    """The line and the cells of the comment that has as many cells as the rows: “# time value”.

    In: the first lines of the file; numbers of those that are comments; those behind them. Out: 0, None for none.
    """
    if not comments or not rest or not separator:
        return 0, None
    rows = [_cells_of(head[line - 1], separator) for line in comments[-2:]]
    width = len(next(parsed(list(rest[:1]), separator), []))
    are_alike = [len(row) == width > 1 and all(row) for row in rows]
    if not are_alike[-1]:
        return 0, None
    # Of two such lines the lower one may hold the units.
    if are_alike == [True, True] and _are_units(rows[1]) and not _are_units(rows[0]):
        return comments[-2], rows[0]
    return comments[-1], rows[-1]


def _cells_of(comment: str, separator: str) -> list[str]:
    return next(parsed([COMMENT.sub("", comment, count=1)], separator), [])


def _are_units(cells: Sequence[str]) -> bool:
    """Whether they hold a unit twice, or mostly units: names are all different."""
    n_units = sum(UNITS.fullmatch(cell) is not None for cell in cells)
    return len(set(cells)) < len(cells) or 2 * n_units > len(cells)


def words_for_missing(names: Sequence[str]) -> list[str]:
    """What stands for “missing” in files of buoys, whose names are YY, MM, … WDIR; else it is a unit or a name."""
    return ["MM"] if {"WDIR", "WSPD"} <= set(names) else []


def prose_above(lines: Sequence[str]) -> int:
    """How many lines of prose stand above a table whose columns are parted by several blanks."""
    prose = [
        place
        for place, line in enumerate(lines[:MOST_PROSE])
        if line.strip() and not ALIGNED.search(line)
    ]
    n = prose[-1] + 1 if prose else 0
    table = [line for line in lines[n:] if line.strip()]
    is_table = len(table) >= LEAST_ALIGNED and all(map(ALIGNED.search, table))
    # A line right above values may hold their names, however these are parted.
    has_names = is_table and not any(map(looks_like_number, table[0].split()))
    return n if has_names else 0
