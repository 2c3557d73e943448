"""What the times of a series leave open: their order, gaps, doubles, rows without a time, and no time at all."""

import re
from collections.abc import Collection

import numpy as np

from .choices import Choices
from .columns import Column
from .grid import lines_text
from .result import Doubt, Remedy
from .running import is_called_a_time, step_of
from .sheet import Sheet
from .summer_time import is_autumn_hour, is_spring_hour
from .time_labels import labels_of
from .time_names import PARTS_NAMES, is_called
from .time_words import YEARLY
from .timeline import Timeline, Times

FEW = 0.05  # share of the rows that may lack a time without a question
MOSTLY_DIFFERENT = 0.9  # share of the cells of a label that are met only once
NUMBER = re.compile(r"\d+")


def ask_time(sheet: Sheet, times: Times, line: Timeline, choices: Choices) -> None:
    """What time leaves open: an order that was changed is told, gaps and doubles are asked about."""
    name = times.columns[0].name
    for column in times.filled:
        _tell(sheet, "filled_down", column.name)
    if line.order == "newest first":
        _tell(sheet, "newest_first", name)
    elif line.order == "none":
        _tell(sheet, "sorted", name)
    _tell_rows_without_time(sheet, times, choices)
    if line.step is None:
        _tell(sheet, "uneven", name)
    if line.gaps and choices.gaps == "ask":
        _ask_gaps(sheet, times, line, name)
    if line.doubled and is_autumn_hour(times.utc[line.positions]):
        _tell(sheet, "autumn_hour", name)
    elif line.doubled and choices.doubled == "ask":
        _ask_doubled(sheet, name, line.doubled)


def _tell(sheet: Sheet, code: str, name: str) -> None:
    """A note about a column, of which nothing but its name is said."""
    note = Doubt(
        code=code,
        place=name,
        values={"name": name},
    )
    sheet.notes.append(note)


def _ask_doubled(sheet: Sheet, name: str, count: int) -> None:
    remedies = []
    for use in ("mean", "first", "last"):
        remedies.append(Remedy(code=f"doubled_{use}", set=f"doubled={use}"))
    doubt = Doubt(
        code="doubled",
        place=name,
        values={
            "name": name,
            "count": count,
        },
        remedies=remedies,
    )
    sheet.doubts.append(doubt)


def _ask_gaps(sheet: Sheet, times: Times, line: Timeline, name: str) -> None:
    if is_spring_hour(times.utc[line.positions]):
        _tell(sheet, "summer_time", name)
        return
    before, behind, n_largest = line.largest
    column = times.columns[0]
    values = {
        "name": name,
        "count": line.gaps,
        "step": line.step or "",
        "before": column.cells[before],
        "behind": column.cells[behind],
        "largest": n_largest,
    }
    remedies = [
        Remedy(code="gaps_as_rows", set="gaps=as_rows"),
        Remedy(code="gaps_fill", set="gaps=fill"),
    ]
    sheet.doubts.append(
        Doubt(
            code="gaps",
            place=name,
            values=values,
            remedies=remedies,
        )
    )


def _tell_rows_without_time(sheet: Sheet, times: Times, choices: Choices) -> None:
    """Rows that are left out since they have no time: those of years among months, and all others."""
    rows = np.flatnonzero(np.isnan(times.utc)).tolist()
    column, others = _coarser_cells(times)
    of_others = [row for row in rows if column.cells[row] in others]
    if of_others:
        lines = lines_text([sheet.lines[row] for row in of_others])
        cell = column.cells[of_others[0]]
        values = {
            "name": column.name,
            "count": str(len(of_others)),
            "cell": cell,
        }
        values |= {"lines": lines, "step": times.precision}
        sheet.notes.append(
            Doubt(
                code="other_steps",
                place=column.name,
                values=values,
            )
        )
    n_untimed = len(rows) - len(of_others)
    if n_untimed:
        _tell_untimed(sheet, times.columns[0].name, n_untimed, choices)


def _coarser_cells(times: Times) -> tuple[Column, Collection[str]]:
    """Cells that stand for more than one step, such as 1990 or M13 among months, and their column."""
    column = times.columns[0]
    if times.says == ("label",):
        labels = labels_of(column)
        return column, labels.others if labels is not None else ()
    if "month" in times.says:
        return times.columns[times.says.index("month")], YEARLY
    return column, ()


def _tell_untimed(sheet: Sheet, name: str, count: int, choices: Choices) -> None:
    values = {
        "name": name,
        "count": count,
    }
    if count <= FEW * sheet.n_rows or choices.untimed != "ask":
        sheet.notes.append(
            Doubt(
                code="untimed",
                place=name,
                values=values,
            )
        )
        return
    remedies = [
        Remedy(code="without_them", set="untimed=leave_out"),
        Remedy(code="order_of_file", set="time=none"),
    ]
    sheet.doubts.append(
        Doubt(
            code="untimed",
            place=name,
            values=values,
            remedies=remedies,
        )
    )


def order_by_labels(sheet: Sheet, value: Column, rows: np.ndarray) -> Timeline | None:
    """The order of rows where no column says when, but one counts them downwards or upwards; None where none does."""
    for column in sheet.columns:
        is_falling = column is not value and (step_of(column, rows) < 0 or _way(column, rows) < 0)
        if is_falling:
            sheet.notes.append(
                Doubt(
                    code="newest_first",
                    values={"name": column.name},
                )
            )
            return Timeline(rows[::-1], "newest first", None, 0, 0, (0, 0, 0))
    return None


def ask_order(sheet: Sheet, value: Column, rows: np.ndarray) -> None:
    """Rows in the order of the file, although a column may say when: not in a way that is understood."""
    columns = [column for column in sheet.columns if column is not value and _may_be_time(column)]
    if not columns or any(
        _way(column, rows) > 0 or step_of(column, rows) > 0 for column in columns
    ):
        return
    name = columns[0].name
    cell = next(iter(columns[0].counts))[:40]
    remedies = [
        Remedy(code="order_of_file", set="time=none"),
        Remedy(code="turn_round", set="time=newest_first"),
    ]
    values = {
        "name": name,
        "cell": cell,
    }
    sheet.doubts.append(
        Doubt(
            code="no_time",
            place=name,
            values=values,
            remedies=remedies,
        )
    )


def _may_be_time(column: Column) -> bool:
    """Whether a column is called like a time, or each of its cells is a label with a number in it."""
    if not column.has_several():
        return False
    return is_called_a_time(column) or is_called(column.name, PARTS_NAMES) or _is_label(column)


def _is_label(column: Column) -> bool:
    is_word = column.numbers is None and column.dates is None
    if not is_word or len(column.counts) < MOSTLY_DIFFERENT * len(column.cells):
        return False
    return all(any(letter.isdigit() for letter in cell) for cell in column.counts)


def _way(column: Column, rows: np.ndarray) -> int:
    """1 where the numbers that lead its cells never fall, -1 where they never rise, 0 where they do both."""
    if not _may_be_time(column):
        return 0
    if column.numbers is not None:
        values = column.values()[rows]
    elif _is_label(column):
        numbers = [NUMBER.search(column.cells[row]) for row in rows.tolist()]
        values = np.array([float(number[0]) if number else np.nan for number in numbers])
    else:
        return 0
    changes = np.diff(values)
    if np.isnan(changes).any() or not changes.any():
        return 0
    if (changes >= 0).all():
        return 1
    return -1 if (changes <= 0).all() else 0
