"""Amounts whose sign stands in a column of its own: “S” and “H”, debit and credit, paid in and paid out."""

import re
from collections.abc import Mapping, Sequence

from .cells import signed_amount
from .choices import Choices
from .grid import Beside
from .hemispheres import bare, hemispheres, spellings, words_for_minus
from .listed import by_value

OUT, IN = "out", "in"
WAY_OF = by_value(
    {
        OUT: "debit debited débit debet débito debito soll lastschrift belastung ausgang ausgabe ausgaben abgang "
        "expense expenses withdrawal outflow outgoing payment_out dépense dépenses cargo gasto gastos egreso egresos "
        "uscita uscite spesa спис списание расход дебет wydatek obciążenie 支出 支 借 借方 출금 지출 出金",
        IN: "credit credited crédit credito crédito haben gutschrift eingang einnahme einnahmen zugang "
        "income deposit inflow incoming payment_in recette recettes abono ingreso ingresos "
        "entrata entrate зачисление приход кредит wpływ uznanie 收入 收 贷 貸方 입금 수입 入金",
    }
)
# So short that they say it only in a column that is called so.
SHORT_WAY_OF = {**WAY_OF, **by_value({OUT: "s d dr db out - −", IN: "h c cr k in + ha"})}
NAME = re.compile(
    r"soll|haben|s\s?/\s?h\b|d\s?/\s?c\b|\bdc\b|\bsh\b|\bd/k\b|dr\s?/?\s?cr|debit|débit|debet|credit|crédit|vorzeichen"
    r"|kennzeichen|\bkz\b|\bsign\b|direction|in/out|\+/[-−]|借贷|收支|방향|приход|дебет|入出金",
    re.IGNORECASE,
)
LEAST_ROWS = 4


def sign_columns(names: Sequence[str], columns: Sequence[Sequence[str]]) -> list[Beside]:
    """The columns that say of every row whether something was paid in or out, both of which are met."""
    found = []
    for place, (name, cells) in enumerate(zip(names, columns, strict=True)):
        ways = _ways(name, cells) if len(cells) >= LEAST_ROWS else {}
        if set(ways.values()) == {OUT, IN}:
            found.append(Beside(place, tuple(cell for cell, way in ways.items() if way == OUT)))
    return found


def _ways(name: str, cells: Sequence[str]) -> Mapping[str, str]:
    """What each different cell says; nothing where one says neither."""
    known = SHORT_WAY_OF if NAME.search(name) else WAY_OF
    ways = {cell: known.get(bare(cell)) for cell in spellings(cells)}
    if None in ways.values():
        return {}
    return {cell: way for cell, way in ways.items() if way is not None}


def words_for_out(cells: Sequence[str]) -> tuple[str, ...]:
    """Of the cells of a column that is known to hold signs, those that say that something is negative."""
    different = set(cells)
    out = {cell for cell in different if SHORT_WAY_OF.get(bare(cell)) == OUT}
    return tuple(sorted(out.union(words_for_minus(different))))


def signed_cells(amounts: Sequence[str], signs: Sequence[str], out: Sequence[str]) -> list[str]:
    """Amounts with a minus before those that were paid out, as the cells beside them say."""
    pairs = zip(amounts, signs, strict=True)
    return [signed_amount(amount, sign in out) for amount, sign in pairs]


def beside_of(place: int, signs: Sequence[Beside]) -> Beside | None:
    """The column of signs that belongs to an amount: the next one behind it, else the last before it."""
    behind = [beside for beside in signs if beside.place > place]
    return behind[0] if behind else (signs[-1] if signs else None)


def signed_by(
    names: Sequence[str], columns: list[tuple[str, ...]], choices: Choices
) -> list[tuple[int, Beside]]:
    """The amounts that take their sign from beside them, as their owner said. Changes `columns`."""
    if not choices.signs:
        return []
    signs = sign_columns(names, columns)
    sides = dict(hemispheres(names, columns))
    signed = []
    for place, name in enumerate(names):
        beside = sides.get(place) or beside_of(place, signs)
        if beside is None or beside.place == place or choices.of("signs", name) != "beside":
            continue
        columns[place] = tuple(signed_cells(columns[place], columns[beside.place], beside.out))
        signed.append((place, beside))
    return signed
