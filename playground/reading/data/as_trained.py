"""A new file, read in the same way as the file that the network was trained on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...faults import ExperimentError
from ..refusals import refused
from .choices import EVERY, Choices
from .columns import Column, column_of
from .dates import DAY_FIRST, MONTH_FIRST
from .grid import Beside
from .loading import moments_of, numbers_of
from .reader import Opened, sheet_in
from .sheet import Sheet
from .signs_beside import signed_cells, words_for_out

OTHER_ORDER = {DAY_FIRST: MONTH_FIRST, MONTH_FIRST: DAY_FIRST}
LISTED = 12  # names in a sentence
SHOWN = 40  # characters of a name
Form = Mapping[str, Any]  # see `loading.numbers_of`
# Choices that name a column.
NAMING = ("value", "target", "message")


@dataclass(frozen=True)
class Trained:
    """How the training's file wrote its numbers.

    forms: by the name of a column, or by its position in a series. decimal: the sign of most of its columns. signs:
    columns of amounts -> the column in which the sign of each stands.
    """

    forms: Mapping[str, Form] = field(default_factory=dict)
    decimal: str = "."
    signs: Mapping[str, str] = field(default_factory=dict)

    def form_of(self, key: str) -> Form:
        """The form of a column; a plain one where none is known."""
        return self.forms.get(key, {"decimal": self.decimal, "units": {"": 1.0}})


def new_file(data: bytes, choices: Choices, trained: Trained) -> tuple[Opened, Choices]:
    """A new file, and what was said of the training's, by the names that the new one has. Raises: ExperimentError."""
    opened = sheet_in(data, choices)
    named = renamed(choices, [column.name for column in opened.sheet.columns])
    if named is not choices:
        opened = sheet_in(data, named)
    _sign(opened.sheet, named, trained.signs)
    return opened, named


def _sign(sheet: Sheet, choices: Choices, signs: Mapping[str, str]) -> None:
    """Amounts get the signs that stand beside them, even if all were paid out. Changes the sheet.

    Raises: ExperimentError where the column of the signs is missing.
    """
    names = [column.name for column in sheet.columns]
    for name, beside in signs.items():
        amount, sign = sheet.named(name_in(names, name)), sheet.named(name_in(names, beside))
        if amount is None:
            continue
        if sign is None:
            raise no_column(sheet, beside)
        out = words_for_out(sign.cells)
        cells = signed_cells(amount.cells, sign.cells, out)
        sheet.columns[amount.place] = column_of(
            amount.place, amount.name, cells, choices, sheet.decimal
        )
        sheet.grid.signed.append((amount.place, Beside(sign.place, out)))


def no_column(sheet: Sheet, name: str) -> ExperimentError:
    """A refusal: the network needs a column that the new file lacks."""
    known = ", ".join(column.name[:SHOWN] for column in sheet.columns[:LISTED])
    return refused("asked_no_column", "file", name=name[:SHOWN], known=known)


def renamed(choices: Choices, names: list[str]) -> Choices:
    """The choices with the names of columns as a file has them, capitals and blanks aside."""
    changes: dict[str, Any] = {}
    for key, value in choices:
        if isinstance(value, dict) and value:
            changes[key] = {name_in(names, name): said for name, said in value.items()}
        elif key in NAMING and value:
            changes[key] = name_in(names, value)
    is_same = all(getattr(choices, key) == value for key, value in changes.items())
    return choices if is_same else choices.model_copy(update=changes)


def folded(text: str) -> str:
    """A text without capitals, and one blank where it has several."""
    return " ".join(text.casefold().split())


def name_in(names: list[str], name: str) -> str:
    """The name as a file has it; unchanged where the file has this very name, none like it, or several."""
    if name in names or name == EVERY:
        return name
    alike = [other for other in names if folded(other) == folded(name)]
    return alike[0] if len(alike) == 1 else name


def has_units(form: Form) -> bool:
    """Whether numbers of a column are multiplied by something, which another file may do in another way."""
    return "parts" in form or any(factor != 1 for factor in form["units"].values())


def with_known_decimal(
    column: Column, key: str, sheet: Sheet, choices: Choices, trained: Trained
) -> Column:
    """A column such as 1.234, 5.678, which nothing settles, with the decimal sign that it had in training.

    In: the column, and its key in `trained`; the new file, and what was said of it. Where the other columns of the new
    file have another sign than those of the training's, it follows them.
    """
    alone = column_of(column.place, column.name, column.cells, choices)
    if alone.numbers is None or not alone.numbers.open_sign:
        return column
    is_written_alike = sheet.decimal in ("", trained.decimal)
    sign = trained.form_of(key)["decimal"] if is_written_alike else sheet.decimal
    return column_of(column.place, column.name, column.cells, choices, sign)


def form_as_trained(column: Column, own: Form, trained: Form) -> Form:
    """How a new column is read: in the units of the training's file, with its own decimal sign.

    In: how it would be read by itself; how the training's column was.
    """
    decimal = column.numbers.decimal if column.numbers is not None else ""
    if not has_units(trained):
        return own
    return {**trained, "decimal": decimal or trained["decimal"]}


def moments_as_trained(cells: Sequence[str], form: Form) -> np.ndarray:
    """Dates as the training's file wrote them, NaN for other ones. Out: seconds since 1970, float64 (n,).

    If more of the cells are dates with day and month exchanged, all are read in that order.
    """
    moments: np.ndarray = moments_of(cells, form)
    other = OTHER_ORDER.get(form.get("order", ""))
    if other is None or not np.isnan(moments).any():
        return moments
    turned: np.ndarray = moments_of(cells, {**form, "order": other})
    is_better = np.isnan(turned).sum() < np.isnan(moments).sum()
    return turned if is_better else moments


def values_in_units(column: Column, trained: Form) -> np.ndarray:
    """A column in the units of the training's file, such as 3,000 g as 3 kg. Out: float64 (rows,)."""
    values: np.ndarray = numbers_of(column.cells, form_as_trained(column, trained, trained))
    return values
