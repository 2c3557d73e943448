"""What the page shows of a table: its columns with small histograms, and its first rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .columns import Column, kinds_of
from .date_doubts import odd_dates
from .dates import iso_text
from .moments import DAY_S
from .sheet import Sheet
from .table_plan import is_used_as_number

SHOWN_ROWS = 8
SHOWN_CELL = 60  # characters
SHOWN_COLUMNS = 200
SHOWN_CATEGORIES = 50
BINS = 16
# Why a column is left out, in the words of the page, where these differ from those of the reading.
PAGE_REASONS = {"empty_column": "all_missing", "chosen": ""}

Facts = dict[str, Any]


def table_look(sheet: Sheet, target: Column | None) -> Facts:
    """JSON-able facts: `columns`, and the `rows` that are shown, as cells. In: the column that is predicted."""
    shown = sheet.columns[:SHOWN_COLUMNS]
    # The target is always shown, however far behind it stands.
    if target is not None and all(column is not target for column in shown):
        shown = [*shown, target]
    columns = [_column_facts(column, column is target) for column in shown]
    rows = []
    for row in range(min(SHOWN_ROWS, sheet.n_rows)):
        rows.append([column.cells[row][:SHOWN_CELL] for column in shown])
    return {"columns": columns, "rows": rows}


def _column_facts(column: Column, is_target: bool) -> Facts:
    kind = _kind_of(column, is_target)
    facts: Facts = {
        "name": column.name,
        "kind": kind,
        "why": _why(column),
        "missing": column.n_missing + len(odd_dates(column)),
        "distinct": len(column.counts),
        "odd": column.n_odd if kind == "number" else 0,
        "target": is_target,
    }
    if kind == "category":
        facts["categories"] = _categories(kinds_of(column))
    facts["bars"] = _bars(column)
    return facts


def _kind_of(column: Column, is_target: bool) -> str:
    """What the column is used as: "number", "category", "date" or "leave_out"."""
    if is_used_as_number(column):
        return "number"
    if column.type in ("category", "flag"):
        return "category"
    if column.type == "date" and not is_target:
        return "date"
    return "category" if is_target else "leave_out"


def _why(column: Column) -> str:
    """Why a column is left out, or of no use as what it is used for: a key of the page's words."""
    if column.type == "text":
        return "text"
    has_no_number = column.numbers is not None and not column.numbers.values
    if column.type == "number" and has_no_number:
        return "no_numbers"
    return PAGE_REASONS.get(column.why, column.why)


def _categories(counts: Mapping[str, int]) -> list[str]:
    """What a person may choose from."""
    most_frequent = list(counts)[:SHOWN_CATEGORIES]
    # Twice as long as in a row of the table: what is chosen has to be told apart.
    return sorted(name[: 2 * SHOWN_CELL] for name in most_frequent)


def _bars(column: Column) -> Facts:
    """A small histogram of what the column holds."""
    if column.type == "date" and column.dates is not None:
        return _date_bars(column.dates.seconds)
    if column.numbers is not None and column.numbers.values:
        return _number_bars(column.values())
    kinds = kinds_of(column)
    names = list(kinds)[:BINS]
    return {
        "counts": [kinds[name] for name in names],
        "names": [name[:SHOWN_CELL] for name in names],
    }


def _number_bars(values: np.ndarray) -> Facts:
    """One bar a value where these are few, else equal bins between low and high. In: float64 (N,), NaN allowed."""
    known = values[np.isfinite(values)]
    distinct, heights = np.unique(known, return_counts=True)
    if len(distinct) <= BINS:
        names = [f"{value:g}" for value in distinct]
        return {"counts": heights.tolist(), "names": names}
    heights, edges = np.histogram(known, BINS)
    return {
        "counts": heights.tolist(),
        "low": float(edges[0]),
        "high": float(edges[-1]),
    }


def _date_bars(seconds: np.ndarray) -> Facts:
    """Equal stretches of time, each named by the day on which it begins."""
    known = seconds[np.isfinite(seconds)]
    heights, edges = np.histogram(known, BINS)
    names = [iso_text(float(edge) // DAY_S * DAY_S, "day") for edge in edges[:-1]]
    return {"counts": heights.tolist(), "names": names}


def passed_over(sheet: Sheet, target: Column | None, possible: Sequence[Column]) -> list[str]:
    """Columns behind a target that nobody chose, where none of them can be predicted."""
    if target is None:
        return []
    behind = sheet.columns[target.place + 1 :]
    for column in behind:
        if any(column is other for other in possible):
            return []
    return [column.name for column in behind]
