"""Whether a text file is a table, a series or texts."""

from collections.abc import Sequence

import numpy as np

from .choices import Choices
from .columns import Column
from .doubts import id_reason
from .result import Doubt, Kind, Remedy
from .running import counts_rows, is_called_a_time, is_clock, step_of
from .series import groups_of, possible_values
from .sheet import Sheet
from .texts import label_columns, text_column
from .time_across import across_of
from .time_columns import times_of
from .timeline import Times, timeline_of

MOST_NUMBERS_BESIDE_TEXT = 2
TEXT_WORDS = 4
LEAST_STEPS = 8
MOST_KINDS = 1  # columns of words that a series has besides its group


def kind_of(sheet: Sheet, choices: Choices, name: str) -> Kind:
    """What the file looks like; asked about where it may be a table as well."""
    if len(sheet.columns) == 1:
        return "series" if sheet.columns[0].numbers is not None else "text"
    if across_of(sheet, choices) is not None:
        return "series"
    if _is_text(sheet, choices):
        return "text"
    times = times_of(sheet)
    if times is None:
        return "series" if _is_indexed(sheet) else "table"
    return _by_time(sheet, times)


def _is_text(sheet: Sheet, choices: Choices) -> bool:
    """Texts with a label, and hardly anything else to learn from."""
    text = text_column(sheet, choices)
    if text is None:
        return False
    labels = label_columns(sheet)
    measured = [column for column in sheet.columns if _is_measured(column, labels)]
    words = [_n_words(cell) for cell in list(text.counts)[:300]]
    is_long = sum(words) / len(words) >= TEXT_WORDS or any(
        letter >= "\u2e80" for letter in next(iter(text.counts))
    )
    return (
        bool(labels) and is_long and len(measured) <= MOST_NUMBERS_BESIDE_TEXT and len(labels) <= 3
    )


def _n_words(cell: str) -> int:
    """Words of a text: those with digits are none, so that “129 kW (149 PS)” is no sentence."""
    words = [word for word in cell.split() if any(map(str.isalpha, word))]
    return sum(not any(map(str.isdecimal, word)) for word in words)


def _is_measured(column: Column, labels: Sequence[Column]) -> bool:
    """Whether a column is numbers that say something: neither a label nor a number of the row."""
    is_label = any(column is label for label in labels)
    return column.type == "number" and not is_label and not id_reason(column)


def _is_indexed(sheet: Sheet) -> bool:
    """A running number, or a time without a date, and one column of numbers."""
    if len(sheet.columns) != 2 or sheet.n_rows < LEAST_STEPS:
        return False
    index, value = sheet.columns
    if value.type != "number":
        return False
    is_time = is_called_a_time(index) or is_clock(index)
    return abs(step_of(index)) == 1 or (is_time and counts_rows(index))


def _by_time(sheet: Sheet, times: Times) -> Kind:
    """A series where the rows of each group lie evenly in time, and numbers stand beside it."""
    groups = groups_of(sheet, times)
    values = possible_values(sheet, times, groups)
    is_measured = bool(values) and values[0].type == "number"
    if sheet.n_rows < LEAST_STEPS or not is_measured:
        return "table"
    rows = np.arange(sheet.n_rows)
    if groups is not None:
        rows = rows[groups.of_row == 0]
    line = timeline_of(times, rows)
    n_doubled = line.doubled
    is_even = line.step is not None and line.gaps < len(line.positions)
    is_ordered = line.order != "none" or is_even
    if n_doubled > 0.1 * len(rows) or not (is_even or line.order != "none") or not is_ordered:
        return "table"
    used = [*times.columns, *(groups.columns if groups is not None else ())]
    kinds = []
    for column in sheet.columns:
        is_used = any(column is other for other in used)
        if not is_used and column.type in ("category", "text", "flag"):
            kinds.append(column)
    if not is_even and kinds:
        return "table"
    if len(kinds) > MOST_KINDS:
        remedies = [
            Remedy(code="kind_series", set="kind=series"),
            Remedy(code="kind_table", set="kind=table"),
        ]
        sheet.doubts.append(Doubt(code="kind", remedies=remedies))
    return "series"
