"""Rows that hold a year, above the months or quarters of that year."""

from collections.abc import Sequence
from itertools import pairwise

from .cells import is_year, with_years
from .grid import Grid, lines_text
from .moments import YEARS, parts_of
from .result import Doubt

LEAST_YEARS = 2  # where months are numbers
LEAST_INSIDE = 2  # months or quarters below most years


def take_years(grid: Grid, notes: list[Doubt]) -> None:
    """Months get the year that stands above them, and the rows of years go. Changes the grid."""
    rows = grid.rows
    places = year_places([row[0] for row in rows.cells])
    if not places:
        return
    grid.year_lines = [rows.lines[place] for place in places]
    cell = rows.cells[places[0]][0]
    values = {
        "count": len(places),
        "cell": cell,
        "below": rows.cells[places[0] + 1][0],
        "lines": lines_text(grid.year_lines),
    }
    notes.append(Doubt(code="year_rows", values=values))
    dated = with_years(rows.cells)
    grid.rows = rows.without(set(places))
    grid.rows.cells = dated


def year_places(cells: Sequence[str]) -> list[int]:
    """The rows with a year where all others are months or quarters of the year above; none where that is not so."""
    if not cells or not is_year(cells[0]):
        return []
    places = [place for place, cell in enumerate(cells) if is_year(cell)]
    years = [int(cells[place]) for place in places]
    steps = {after - before for before, after in pairwise(years)}
    sizes = [after - before - 1 for before, after in pairwise([*places, len(cells)])]
    others = {cell for cell in cells if not is_year(cell)}
    # Of a single year only names of months are sure: 2019, 1, 2, 3 may be numbers.
    least = LEAST_YEARS if any(cell.isdecimal() for cell in others) else 1
    are_blocks = len(places) >= least and sorted(sizes)[len(sizes) // 2] >= LEAST_INSIDE
    are_in_a_row = steps in (set(), {1}, {-1}) and YEARS[0] <= min(years) <= max(years) <= YEARS[1]
    if not are_blocks or not are_in_a_row or 0 in sizes[:-1]:
        return []
    return places if all(_is_part(cell, cells[0]) for cell in others) else []


def _is_part(cell: str, year: str) -> bool:
    """Whether a cell and a year together are a month or a quarter."""
    dated = parts_of(with_years([[year], [cell]])[0][0]) if cell else None
    return dated is not None and dated.precision in ("month", "quarter")
