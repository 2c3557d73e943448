"""Whether amounts without a minus are negative where a column beside them says so."""

import re
from collections.abc import Sequence

from .choices import Choices
from .columns import Column
from .grid import Beside
from .result import Doubt, Remedy
from .sheet import Sheet
from .signs_beside import sign_columns

AMOUNT = re.compile(
    r"betrag|umsatz|amount|\bsum|value|montant|importe|bedrag|kwota|belopp|valor|monto|金额|金額|сумма|금액",
    re.IGNORECASE,
)


def ask_signs(sheet: Sheet, choices: Choices, value: Column | None = None) -> None:
    """Asks whether amounts without a minus are negative where another column says that they were paid out.

    In: the only column that is asked about; None for any.
    """
    names = [column.name for column in sheet.columns]
    for beside in sign_columns(names, [column.cells for column in sheet.columns]):
        amount = _amount_of(sheet.columns, beside)
        if amount is None or choices.of("signs", amount.name) is not None:
            continue
        if value is not None and amount is not value:
            continue
        sheet.doubts.append(_doubt(amount, sheet.columns[beside.place], beside.out[0]))


def _amount_of(columns: Sequence[Column], beside: Beside) -> Column | None:
    """The nearest column of amounts before the signs, else behind them, if none of its numbers is negative."""
    before = [column for column in columns[: beside.place] if column.type == "number"]
    behind = [column for column in columns[beside.place :] if column.type == "number"]
    for amount in (*reversed(before), *behind):
        values = amount.numbers.values.values() if amount.numbers is not None else ()
        if not values:
            continue
        has_fractions = any(not value.is_integer() for value in values)
        if has_fractions or AMOUNT.search(amount.name):
            return amount if all(value >= 0 for value in values) else None
    return None


def _doubt(amount: Column, beside: Column, out: str) -> Doubt:
    values = {
        "name": amount.name,
        "other": beside.name,
        "cell": out[:40],
        "count": beside.counts[out],
    }
    remedies = [
        Remedy(code="signs_beside", set=f"signs.{amount.name}=beside", values={"cell": out[:40]}),
        Remedy(code="signs_as_written", set=f"signs.{amount.name}=as_written"),
    ]
    return Doubt(code="signs_beside", place=amount.name, values=values, remedies=remedies)
