"""A table: what each column is used as, which one may be predicted, and what only its owner can say."""

from ..refusals import refused
from .choices import Choices
from .columns import Column, kinds_of
from .date_doubts import ask_calendars, ask_odd_dates, ask_open_dates
from .doubts import (
    ask_missing_numbers,
    ask_mixed_units,
    ask_odd_cells,
    ask_row_numbers,
    ask_thin_columns,
    tell_merged,
    tell_texts,
)
from .leaks import ask_leaks
from .merged_cells import ask_merged_cells
from .result import ClassCount, Understood
from .sheet import Sheet, understood
from .sign_doubts import ask_signs
from .targets import ask_target, proposed_target
from .time_across import too_short
from .unit_doubts import ask_about_units
from .word_doubts import ask_words_that_may_be_missing

LEAST_ROWS = 4
MOST_CLASSES = 1_000


def table_understood(sheet: Sheet, choices: Choices) -> Understood:
    """Raises: ExperimentError for what is no table."""
    if len(sheet.columns) < 2:
        raise refused("table_one_column")
    if sheet.n_rows < LEAST_ROWS:
        raise too_short(sheet, sheet.n_rows)
    target = _chosen(sheet, choices)
    merged = ask_merged_cells(sheet, choices)
    ask_row_numbers(sheet, choices, merged)
    ask_thin_columns(sheet, choices, merged)
    proposed = target or proposed_target(sheet)
    ask_odd_cells(sheet, choices)
    ask_about_units(sheet, choices, sheet.columns)
    ask_signs(sheet, choices)
    ask_odd_dates(sheet, choices)
    ask_missing_numbers(sheet, choices)
    ask_mixed_units(sheet, choices)
    ask_words_that_may_be_missing(sheet, sheet.columns, choices)
    ask_open_dates(sheet, choices)
    dates = [column for column in sheet.columns if column.type == "date"]
    ask_calendars(sheet, dates, choices)
    tell_merged(sheet)
    tell_texts(sheet, proposed, choices)
    if target is None:
        ask_target(sheet, proposed)
    if proposed is not None:
        ask_leaks(sheet, proposed, choices)
    return understood(
        "table",
        sheet,
        target=target.name if target else None,
        proposed=proposed.name if proposed else None,
        classes=classes_of(proposed) if proposed else [],
    )


def _chosen(sheet: Sheet, choices: Choices) -> Column | None:
    """The column that its owner wants to predict. Raises: ExperimentError where there is none of that name."""
    if not choices.target:
        return None
    column = sheet.named(choices.target)
    if column is None:
        names = ", ".join(column.name for column in sheet.columns[:12])
        raise refused("table_no_column", "target", given=choices.target, known=names)
    return column


def classes_of(column: Column) -> list[ClassCount]:
    """The classes of a target, the most frequent first; none where it is a quantity."""
    if column.type not in ("category", "flag"):
        return []
    classes = []
    for name, count in list(kinds_of(column).items())[:MOST_CLASSES]:
        classes.append(ClassCount(name=name, count=count))
    return classes
