"""Rows of cells as lines of CSV. A cell stays what it was, whatever it begins with."""

from collections.abc import Iterable

NEEDS_MARKS = (",", '"', "\n", "\r")


def csv_line(cells: Iterable[str]) -> str:
    """One row, without the end of its line."""
    return ",".join(map(_written, cells))


def _written(cell: str) -> str:
    for sign in NEEDS_MARKS:
        if sign in cell:
            doubled = cell.replace('"', '""')
            return f'"{doubled}"'
    # A blank at an edge would be taken off by many readers.
    return f'"{cell}"' if cell != cell.strip() else cell
