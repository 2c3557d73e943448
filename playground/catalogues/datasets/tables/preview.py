"""What the page shows of a table: its columns with small histograms, and its first rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ....reading.numbers import as_number, is_missing
from ....reading.table import Table
from .columns import Column
from .plan import Plan

SHOWN_ROWS = 8
SHOWN_CELL = 60  # characters
SHOWN_COLUMNS = 200
SHOWN_CATEGORIES = 50
BINS = 16


def table_preview(
    table: Table,
    looks: Sequence[Column],
    plan: Plan | None,
    used: Mapping[int, str],
    aim: int | None,
    passed_over: Sequence[int],
) -> dict[str, Any]:
    """JSON-able facts of a table, with a plan or before there is one.

    In: used: place of a column -> "number…" or "category…", of those that are not left out; aim: place of the target.
    """
    n_columns = len(table.names)
    places = list(range(min(n_columns, SHOWN_COLUMNS)))
    # The target is always shown, however far behind it stands.
    if aim is not None and aim not in places:
        places.append(aim)

    columns = []
    for place in places:
        what = used.get(place, "")
        facts = _column_facts(table, place, looks[place], what)
        facts["target"] = place == aim
        columns.append(facts)
    rows = []
    for row in table.rows[:SHOWN_ROWS]:
        cells = [row[place][:SHOWN_CELL] for place in places]
        rows.append(cells)
    return {
        "columns": columns,
        "rows": rows,
        "n_rows": len(table.rows),
        "n_used": sum(plan.sizes) if plan else 0,
        "n_features": len(plan.features) if plan else 0,
        "n_columns": n_columns,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "has_names": bool(table.first_row),
        "passed_over": [table.names[place] for place in passed_over],
    }


def _column_facts(table: Table, place: int, look: Column, what: str) -> dict[str, Any]:
    """In: what the column is used as, "" where it is left out."""
    counts = Counter(table.column(place))
    is_number = what.startswith("number")
    # Cells that are there but are no number.
    n_odd = len(table.rows) - look.missing - look.numbers
    facts: dict[str, Any] = {
        "name": look.name,
        "kind": _kind_shown(what),
        "why": _why(look, what),
        "missing": look.missing,
        "distinct": look.distinct,
        "odd": n_odd if is_number else 0,
    }
    if what.startswith("category"):
        facts["categories"] = _categories(counts)
    is_number_left_out = not what and look.kind == "number"
    if is_number or is_number_left_out:
        facts["bars"] = _number_bars(counts, table.decimal)
    else:
        facts["bars"] = _category_bars(counts)
    return facts


def _kind_shown(what: str) -> str:
    """ "number, missing" is a number all the same."""
    if not what:
        return "leave_out"
    return "number" if what.startswith("number") else "category"


def _why(look: Column, what: str) -> str:
    """Why a column is left out, or of no use as what it is used for: a key of the page's words."""
    if not what:
        return look.why
    is_all_words = bool(look.distinct) and not look.numbers
    if what.startswith("number") and is_all_words:
        return "no_numbers"
    return ""


def _most_frequent(counts: Mapping[str, int], most: int) -> list[str]:
    """Cells that are not missing, the most frequent first; in equal numbers by the alphabet."""
    cells = [cell for cell in counts if not is_missing(cell)]
    return sorted(cells, key=lambda cell: (-counts[cell], cell))[:most]


def _categories(counts: Mapping[str, int]) -> list[str]:
    """What a person may choose from."""
    cells = _most_frequent(counts, SHOWN_CATEGORIES)
    # Twice as long as in a row of the table: what is chosen has to be told apart.
    return sorted(cell[: 2 * SHOWN_CELL] for cell in cells)


def _category_bars(counts: Mapping[str, int]) -> dict[str, Any]:
    """A small histogram, the most frequent category first."""
    cells = _most_frequent(counts, BINS)
    return {
        "counts": [counts[cell] for cell in cells],
        "names": [cell[:SHOWN_CELL] for cell in cells],
    }


def _number_bars(counts: Mapping[str, int], decimal: str) -> dict[str, Any]:
    """A small histogram: one bar a value where these are few, else equal bins between low and high."""
    cells = np.array([as_number(cell, decimal) for cell in counts])
    times = np.array(list(counts.values()), dtype=np.int64)
    is_number = np.isfinite(cells)
    values = np.repeat(cells[is_number], times[is_number])
    if not len(values):
        return {"counts": []}

    distinct, heights = np.unique(values, return_counts=True)
    if len(distinct) <= BINS:
        names = [f"{value:g}" for value in distinct]
        return {"counts": heights.tolist(), "names": names}
    heights, edges = np.histogram(values, BINS)
    return {
        "counts": heights.tolist(),
        "low": float(edges[0]),
        "high": float(edges[-1]),
    }
