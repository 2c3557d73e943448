"""A table in a reader's process: everything that the server has to know of it, and its arrays."""

from typing import Any

import numpy as np

from ...faults import ExperimentError, Fault
from ..messages import Message
from ..refusals import refused
from .cells import cells_of
from .choices import Choices
from .columns import Column
from .layouts import layout_of, parse_of
from .reader import sheet_in
from .sheet import Sheet
from .table_loading import FEATURES_OF, table_arrays, target_values
from .table_look import passed_over, table_look
from .table_plan import Plan, Wish, check_names, listed, plan_of
from .tables import table_understood
from .targets import can_be_predicted

PART = "\x1f"  # between the cells of a row on their way to the server

Facts = dict[str, Any]


def table_facts(data: bytes, choices: Choices, wish: Wish, name: str = "") -> Facts:
    """What was understood of a table, what the page shows of it, and its plan, or why it cannot be used.

    In: the bytes of a file; what its owner said; what it is called. Raises: ExperimentError for what is no table.
    """
    opened = sheet_in(data, choices, name)
    sheet = opened.sheet
    fault = _missing_target(sheet, choices)
    if fault is not None:
        choices = choices.model_copy(update={"target": ""})
    understood = table_understood(sheet, choices)
    target_name = choices.target or understood.proposed or ""
    target = sheet.named(target_name)
    plan: Plan | None = None
    if fault is None:
        try:
            check_names(sheet, choices)
            if target is None:
                raise refused("table_no_target", "data.target")
            plan = plan_of(sheet, choices, wish, target, layout_of(sheet, opened.packed))
        except ExperimentError as error:
            fault = error.faults[0]
    return {
        **table_look(sheet, target),
        **_head_facts(sheet),
        "passed_over": _passed_over(sheet, choices, target),
        "understood": understood.to_page(),
        "plan": plan.to_json() if plan is not None else None,
        "fault": fault_json(fault) if fault is not None else None,
    }


def _missing_target(sheet: Sheet, choices: Choices) -> Fault | None:
    if not choices.target or sheet.named(choices.target) is not None:
        return None
    values = {"given": choices.target, "known": listed(sheet)}
    return refused("table_no_column", "data.target", **values).faults[0]


def _head_facts(sheet: Sheet) -> Facts:
    return {
        "n_rows": sheet.n_rows,
        "names": [column.name for column in sheet.columns],
        "encoding": sheet.letters.encoding,
        "delimiter": sheet.grid.separator,
        "has_names": sheet.is_named,
    }


def _passed_over(sheet: Sheet, choices: Choices, target: Column | None) -> list[str]:
    if choices.target:
        return []
    possible = [column for column in sheet.columns if can_be_predicted(column)]
    return passed_over(sheet, target, possible)


def fault_json(fault: Fault) -> Facts:
    """A fault for the journey between two processes."""
    return {"place": fault.place, "code": fault.code, "values": dict(fault.values)}


def arrays_message(data: bytes, recipe: Facts) -> Message:
    """The arrays of a table, as the script makes them: `x`, `y`."""
    x, y = arrays_of(data, recipe)
    return Message(None, arrays={"x": x, "y": y})


def arrays_of(data: bytes, recipe: Facts) -> tuple[np.ndarray, np.ndarray]:
    """x and y of a file, as the script makes them."""
    layout = recipe["layout"]
    rows = cells_of(data, layout, parse_of(layout))
    x, y = table_arrays(rows, recipe["columns"], recipe["target"], FEATURES_OF)
    return x, y


def rows_message(data: bytes, recipe: Facts) -> Message:
    """The rows that are samples, as a person reads them; blank where no number or date stands that needs one.

    Out: their cells that are learned from, in UTF-8, parted by a sign; `ends`: int64 (N,), where each row ends.
    """
    layout = recipe["layout"]
    rows = cells_of(data, layout, parse_of(layout))
    target = recipe["target"]
    goals = target_values([row[target["place"]] for row in rows], target)
    samples = [row for row, goal in zip(rows, goals, strict=True) if not np.isnan(goal)]
    columns = [_shown_cells(samples, column) for column in recipe["columns"]]
    texts = [PART.join(cells).encode() for cells in zip(*columns, strict=True)]
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    return Message(None, b"".join(texts), {"ends": ends})


def _shown_cells(rows: list[list[str]], column: Facts) -> list[str]:
    place = column["place"]
    cells = [row[place].replace(PART, " ") for row in rows]
    if column["kind"] == "category":
        return cells
    features = FEATURES_OF[column["kind"]](cells, column)
    is_missing = np.isnan(features[:, 0])
    return ["" if gap else cell for cell, gap in zip(cells, is_missing, strict=True)]
