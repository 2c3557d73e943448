"""New rows for a network that has learned from others: how they are written is found out, what they mean is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..messages import Message
from ..refusals import refused
from .as_trained import (
    SHOWN,
    Trained,
    folded,
    has_units,
    new_file,
    no_column,
    values_in_units,
    with_known_decimal,
)
from .choices import Choices
from .columns import Column
from .csv_lines import csv_line
from .reader import content_of, sheet_in
from .sheet import Sheet
from .text_files import TextFiles, text_files
from .texts import text_column

BETWEEN = "\0"  # rows of a message; no cell holds it
# What was said of the training's file and is true of that file alone.
OF_ONE_FILE = (
    "encoding",
    "separator",
    "decimal",
    "names",
    "odd",
    "bad_rows",
    "totals",
    "signs",
    "target",
    "message",
)
NewColumn = list[str] | np.ndarray


@dataclass(frozen=True)
class NewRows:
    """The rows of a new file.

    names, cells: all its columns, and each row as a line of CSV. places: the line or the file of each. columns: those
    that were asked for, by the names that the network knows: cells, or float64 (rows,) of numbers. seconds: of columns
    of dates, as this file writes them, since 1970. left_out: lines of rows that are no rows of the table. odd: of
    columns of numbers, one of the cells that are none, and how many there are.
    """

    names: tuple[str, ...]
    cells: list[str]
    places: list[str]
    columns: dict[str, NewColumn]
    left_out: list[str]
    seconds: dict[str, np.ndarray] = field(default_factory=dict)
    odd: dict[str, dict[str, int]] = field(default_factory=dict)

    def to_message(self) -> Message:
        """For the journey between two processes: equal cells of a column travel once."""
        arrays: dict[str, np.ndarray] = {}
        different: dict[str, list[str] | None] = {}
        for place, (name, cells) in enumerate(self.columns.items()):
            if isinstance(cells, np.ndarray):
                different[name] = None
                arrays[f"column {place}"] = cells
                continue
            place_of = {cell: i for i, cell in enumerate(dict.fromkeys(cells))}
            different[name] = list(place_of)
            arrays[f"column {place}"] = np.array([place_of[cell] for cell in cells], np.int64)
        for place, seconds in enumerate(self.seconds.values()):
            arrays[f"seconds {place}"] = seconds
        about = {
            "dates": list(self.seconds),
            "names": list(self.names),
            "places": self.places,
            "columns": different,
            "left_out": self.left_out,
            "odd": self.odd,
        }
        return Message(about, BETWEEN.join(self.cells).encode("utf-8", "surrogatepass"), arrays)

    @classmethod
    def from_message(cls, message: Message) -> "NewRows":
        """The rows again."""
        about = message.value
        columns: dict[str, NewColumn] = {}
        for place, (name, different) in enumerate(about["columns"].items()):
            values = message.arrays[f"column {place}"]
            is_number = different is None
            columns[name] = values if is_number else [different[code] for code in values]
        seconds: dict[str, np.ndarray] = {}
        for place, name in enumerate(about["dates"]):
            seconds[name] = message.arrays[f"seconds {place}"]
        text = message.body.decode("utf-8", "surrogatepass")
        return cls(
            names=tuple(about["names"]),
            cells=text.split(BETWEEN) if about["places"] else [],
            places=list(about["places"]),
            columns=columns,
            left_out=list(about["left_out"]),
            seconds=seconds,
            odd=about["odd"],
        )


def said_of_all(choices: Choices) -> Choices:
    """What was said of the training's file, as far as it holds for others."""
    said = choices.model_dump(exclude_defaults=True)
    for key in OF_ONE_FILE:
        said.pop(key, None)
    return Choices(**said)


def choices_for_new(choices: Choices, uses: Mapping[str, str]) -> Choices:
    """The same for a table, with what each column is used as."""
    table = {"kind": "table", "names": "first_row", "totals": "keep", "columns": dict(uses)}
    return said_of_all(choices).model_copy(update=table)


def table_rows(
    data: bytes, choices: Choices, needed: Mapping[str, str], aim: str, trained: Trained
) -> NewRows:
    """Rows with the columns that a network learns from.

    In: choices as `choices_for_new` has them; columns and what each is used as; the target among them, which the file
    may lack; how the training's file wrote its numbers. Raises: ExperimentError that names a missing column.
    """
    opened, choices = new_file(data, choices, trained)
    sheet = opened.sheet
    columns: dict[str, NewColumn] = {}
    seconds: dict[str, np.ndarray] = {}
    odd: dict[str, dict[str, int]] = {}
    for name, use in needed.items():
        column = named_alike(sheet, name)
        if column is None and name == aim:
            continue
        if column is None:
            raise no_column(sheet, name)
        if use == "number":
            column = with_known_decimal(column, name, sheet, choices, trained)
            form = trained.form_of(name)
            values = number_values(column)
            cells = odd_cells(column)
            if has_units(form):
                values = values_in_units(column, form)
                cells = _unread_cells(column, values)
            columns[name], odd[name] = values, most_frequent(cells)
        else:
            columns[name] = list(column.cells)
        if use == "date" and column.dates is not None:
            seconds[name] = column.dates.seconds
    return replace(rows_of_sheet(sheet, columns), seconds=seconds, odd=odd)


def odd_cells(column: Column) -> Mapping[str, int]:
    """Cells of a column of numbers that say something, but no number, and how often each is met."""
    return column.counts if column.numbers is None else column.numbers.odd


def most_frequent(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent cell, and how many there are in all under its name: a message stays short."""
    if not counts:
        return {}
    cell = max(counts, key=lambda other: counts[other])
    return {cell[:SHOWN]: sum(counts.values())}


def number_values(column: Column) -> np.ndarray:
    """A column as numbers, NaN where none stands. Out: float64 (rows,)."""
    if column.numbers is None:
        return np.full(len(column.cells), np.nan)
    return column.values()


def _unread_cells(column: Column, values: np.ndarray) -> dict[str, int]:
    """Cells that say something, but were not understood, and how often each is met."""
    unread = {cell for cell, value in zip(column.cells, values, strict=True) if np.isnan(value)}
    return {cell: n for cell, n in column.counts.items() if cell in unread}


def text_rows(data: bytes, message: str, labels: Sequence[str], aim: str) -> NewRows:
    """Texts, and their labels where the file has any: columns "text" and "label".

    In: the names of these columns in the training, "" where it had none; the classes. Raises: ExperimentError.
    """
    choices = Choices(kind="text", totals="keep")
    if content_of(data, choices).holds == "texts":
        return _rows_of_files(text_files(data, choices))
    sheet = sheet_in(data, choices).sheet
    text = _text_of(sheet, message, choices)
    if text is None:
        raise refused("data_no_text", "file")
    columns: dict[str, NewColumn] = {"text": list(text.cells)}
    label = _label_of(sheet, text, labels, aim)
    if label is not None:
        columns["label"] = list(label.cells)
    return rows_of_sheet(sheet, columns)


def _rows_of_files(files: TextFiles) -> NewRows:
    """A ZIP of text files: a row for each, its folder the label."""
    texts: list[str] = []
    for content in files.contents:
        text = content.decode(files.encoding, "replace")
        texts.append(text.replace(BETWEEN, ""))
    names = [entry.name for entry in files.entries]
    labels = [entry.label for entry in files.entries]
    columns: dict[str, NewColumn] = {"text": texts}
    if any(labels):
        columns["label"] = labels
    return NewRows(
        names=("file",),
        cells=[csv_line([name]) for name in names],
        places=names,
        columns=columns,
        left_out=[],
    )


def _text_of(sheet: Sheet, message: str, choices: Choices) -> Column | None:
    named = named_alike(sheet, message) if message else None
    if named is None and len(sheet.columns) == 1:
        return sheet.columns[0]
    return named or text_column(sheet, choices)


def _label_of(sheet: Sheet, text: Column, labels: Sequence[str], aim: str) -> Column | None:
    """The column that is called as the target was, or that holds nothing but classes."""
    named = named_alike(sheet, aim) if aim else None
    if named is not None:
        return named
    classes = {folded(label) for label in labels}
    for column in sheet.columns:
        if column is not text and column.counts and {*map(folded, column.counts)} <= classes:
            return column
    return None


def named_alike(sheet: Sheet, name: str) -> Column | None:
    """The column of this name, else the only one whose name differs in capitals and blanks alone."""
    exact = sheet.named(name)
    if exact is not None:
        return exact
    alike = [column for column in sheet.columns if folded(column.name) == folded(name)]
    return alike[0] if len(alike) == 1 else None


def rows_of_sheet(sheet: Sheet, columns: dict[str, NewColumn]) -> NewRows:
    """All rows of a sheet, with the cells of some columns."""
    cells: list[str] = []
    for row in zip(*[column.cells for column in sheet.columns], strict=True):
        cells.append(csv_line(row))
    return NewRows(
        names=tuple(column.name for column in sheet.columns),
        cells=cells,
        places=[str(line) for line in sheet.lines],
        columns=columns,
        left_out=[str(line) for line in sheet.grid.left_out],
    )


def new_rows(options: dict[str, Any], data: bytes) -> NewRows:
    """As a reader's process is asked for it: `needed` for tables, `labels` for texts."""
    if "labels" in options:
        return text_rows(data, options["message"], options["labels"], options["aim"])
    choices = Choices(**options["choices"])
    trained = Trained(**options.get("trained", {}))
    return table_rows(data, choices, options["needed"], options["aim"], trained)
