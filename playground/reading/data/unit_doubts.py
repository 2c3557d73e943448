"""Questions about what stands behind numbers: letters, percent, credit and debit, dashes for 0."""

from collections.abc import Iterable
from typing import Any

from .choices import Choices
from .columns import Column
from .numbers import is_dash, unit_of_cell, units_of_cells
from .result import Doubt, Remedy
from .sheet import Sheet
from .units import MULTIPLIERS, are_magnitudes, is_flag
from .word_doubts import word_remedy

SHOWN = 4  # letters
CELL_SHOWN = 40  # characters


def ask_about_units(sheet: Sheet, choices: Choices, columns: Iterable[Column]) -> None:
    """All that is asked or told of these columns."""
    columns = list(columns)
    for column in columns:
        if column.type == "number" and column.numbers is not None:
            _ask_about_numbers(sheet, column)
        elif column.type == "category" and choices.of("columns", column.name) is None:
            _ask_about_codes(sheet, column, choices)
    _ask_dashes(sheet, choices, columns)


def _ask_about_numbers(sheet: Sheet, column: Column) -> None:
    assert column.numbers is not None
    question = column.numbers.units.question
    if question == "letters":
        sheet.doubts.append(_letters_doubt(sheet, column))
    elif question == "shares":
        sheet.doubts.append(_shares_doubt(column))
    elif question == "sides":
        sheet.notes.append(_sides_note(column))
    elif question in ("signs", "long_times"):
        values = {
            "name": column.name,
            "unit": column.numbers.unit,
        }
        as_kinds = _use(column, "category")
        sheet.notes.append(
            Doubt(
                code=question,
                place=column.name,
                values=values,
                remedies=[as_kinds],
            )
        )


def _sides_note(column: Column) -> Doubt:
    """Which words or arrows at the numbers make them negative."""
    assert column.numbers is not None
    factors = column.numbers.units.factors
    minus = [unit for unit, factor in factors.items() if factor < 0]
    values = {"name": column.name, "minus": ", ".join(minus[:SHOWN])}
    remedies = [_units(column, "as_written", values), _use(column, "category")]
    return Doubt(code="sides", place=column.name, values=values, remedies=remedies)


def _letters_doubt(sheet: Sheet, column: Column) -> Doubt:
    """A letter behind some numbers: low and high, or hundreds of thousands and …?"""
    cells = {cell: end for cell in column.counts if (end := _end_of(cell))}
    ends = list(dict.fromkeys(cells.values()))
    row, cell = next((i, cell) for i, cell in enumerate(column.cells) if cell in cells)
    values: dict[str, Any] = {
        "name": column.name,
        "count": sum(column.counts[cell] for cell in cells),
        "letters": ", ".join(ends[:SHOWN]),
        "cell": cell[:CELL_SHOWN],
        "line": sheet.lines[row],
    }
    remedies = [_units(column, "as_written", values)]
    if set(ends) <= set(MULTIPLIERS):
        remedies.append(_powers(column, ends[0]))
    remedies.append(_use(column, "category"))
    return Doubt(
        code="letters",
        place=column.name,
        values=values,
        remedies=remedies,
    )


def _end_of(cell: str) -> str:
    """The letter behind a number; "" for none."""
    unit = unit_of_cell(cell)
    return unit if is_flag(unit) else ""


def _shares_doubt(column: Column) -> Doubt:
    percent = next(cell for cell in column.counts if unit_of_cell(cell) == "%")
    plain = next(cell for cell in column.counts if not unit_of_cell(cell))
    values = {
        "name": column.name,
        "percent": percent,
        "cell": plain,
    }
    remedies = [
        _units(column, "shares", values),
        _units(column, "as_written", values),
        _use(column, "category"),
    ]
    return Doubt(
        code="shares",
        place=column.name,
        values=values,
        remedies=remedies,
    )


def _ask_about_codes(sheet: Sheet, column: Column, choices: Choices) -> None:
    """7B, 5M and 4K may be codes or numbers."""
    if choices.of("units", column.name) is not None:
        return
    units = units_of_cells(column.counts)
    if not are_magnitudes(units):
        return
    cell = next(cell for cell in column.counts if _end_of(cell))
    values = {
        "name": column.name,
        "cell": cell[:CELL_SHOWN],
    }
    remedies = [_use(column, "category"), _powers(column, units[0])]
    sheet.doubts.append(
        Doubt(
            code="letter_codes",
            place=column.name,
            values=values,
            remedies=remedies,
        )
    )


def _ask_dashes(sheet: Sheet, choices: Choices, columns: Iterable[Column]) -> None:
    """“$ -” is 0, as accountants write it; a lone dash beside such numbers may be 0 or missing."""
    numbers = [column for column in columns if column.type == "number"]
    dashed = [column for column in numbers if column.numbers and column.numbers.dashes]
    for column in dashed:
        _tell_dash(sheet, column, choices)
    for column in numbers:
        # Most columns have no dash, and large ones are not looked through for brackets.
        words = [word for word in column.missing_words if len(word) == 1 and is_dash(word)]
        if words and (dashed or any(_has_brackets(cell) for cell in column.counts)):
            _ask_dash(sheet, column, words[0], choices)


def _has_brackets(cell: str) -> bool:
    """Whether a negative number stands in brackets, as accountants write it."""
    return cell[-1:] == ")" and "(" in cell[:2]


def _tell_dash(sheet: Sheet, column: Column, choices: Choices) -> None:
    assert column.numbers is not None
    cell = column.numbers.dashes[0]
    if cell in choices.words("measured", column.name):
        return
    note = Doubt(
        code="dash_is_0",
        place=column.name,
        values={
            "name": column.name,
            "cell": cell,
        },
        remedies=[word_remedy("is_missing", column, cell)],
    )
    sheet.notes.append(note)


def _ask_dash(sheet: Sheet, column: Column, word: str, choices: Choices) -> None:
    if word in choices.words("missing", column.name):
        return
    doubt = Doubt(
        code="dash",
        place=column.name,
        values={
            "name": column.name,
            "word": word,
            "count": column.missing_words[word],
        },
        remedies=[
            word_remedy("is_missing", column, word),
            word_remedy("is_zero", column, word),
        ],
    )
    sheet.doubts.append(doubt)


def _use(column: Column, use: str) -> Remedy:
    values = {
        "name": column.name,
        "use": use,
    }
    return Remedy(
        code="use_as",
        set=f"columns.{column.name}={use}",
        values=values,
    )


def _units(column: Column, said: str, values: dict[str, Any]) -> Remedy:
    return Remedy(
        code=said,
        set=f"units.{column.name}={said}",
        values=values,
    )


def _powers(column: Column, letter: str) -> Remedy:
    values = {
        "letter": letter,
        "size": f"{MULTIPLIERS[letter]:,.0f}",
    }
    return Remedy(
        code="powers",
        set=f"units.{column.name}=powers",
        values=values,
    )
