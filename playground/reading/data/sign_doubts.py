"""Whether numbers without a minus are negative where a column beside them says so."""

import re
from collections.abc import Sequence

from .choices import Choices
from .columns import Column
from .grid import Beside
from .hemispheres import hemispheres
from .result import Doubt, Remedy
from .sheet import Sheet
from .signs_beside import sign_columns

AMOUNT = re.compile(
    r"betrag|umsatz|amount|\bsum|value|montant|importe|bedrag|kwota|belopp|valor|monto|金额|金額|сумма|금액",
    re.IGNORECASE,
)


def ask_signs(sheet: Sheet, choices: Choices, value: Column | None = None) -> None:
    """Asks whether numbers without a minus are negative where another column says so: paid out, south, west.

    In: the only column that is asked about; None for any.
    """
    names = [column.name for column in sheet.columns]
    cells = [column.cells for column in sheet.columns]
    asked = []
    for place, side in hemispheres(names, cells):
        if _is_unsigned(sheet.columns[place]):
            asked.append(("sides_beside", sheet.columns[place], side))
    for beside in sign_columns(names, cells):
        amount = _amount_of(sheet.columns, beside)
        if amount is not None:
            asked.append(("signs_beside", amount, beside))
    for code, column, beside in asked:
        is_settled = choices.of("signs", column.name) is not None
        if not is_settled and (value is None or column is value):
            sheet.doubts.append(_doubt(code, column, sheet.columns[beside.place], beside.out))


def _values(column: Column) -> Sequence[float]:
    return tuple(column.numbers.values.values()) if column.numbers is not None else ()


def _is_unsigned(column: Column) -> bool:
    """Whether it holds numbers, none of which is negative."""
    values = _values(column) if column.type == "number" else ()
    return bool(values) and all(value >= 0 for value in values)


def _amount_of(columns: Sequence[Column], beside: Beside) -> Column | None:
    """The nearest column of amounts before the signs, else behind them, if none of its numbers is negative."""
    before = [column for column in columns[: beside.place] if column.type == "number"]
    behind = [column for column in columns[beside.place :] if column.type == "number"]
    for amount in (*reversed(before), *behind):
        values = _values(amount)
        if not values:
            continue
        has_fractions = any(not value.is_integer() for value in values)
        if has_fractions or AMOUNT.search(amount.name):
            return amount if _is_unsigned(amount) else None
    return None


def _doubt(code: str, column: Column, beside: Column, out: Sequence[str]) -> Doubt:
    cell = out[0][:40]
    count = sum(beside.counts.get(word, 0) for word in out)
    values = {"name": column.name, "other": beside.name, "cell": cell, "count": count}
    as_written = code.replace("_beside", "_as_written")
    remedies = [
        Remedy(code="signs_beside", set=f"signs.{column.name}=beside", values={"cell": cell}),
        Remedy(code=as_written, set=f"signs.{column.name}=as_written"),
    ]
    return Doubt(code=code, place=column.name, values=values, remedies=remedies)
