"""What was found out about a column, as literals by which it can be read again: the core -> `loading`."""

from typing import Any

from .calendars import YEARS_AHEAD
from .choices import Choices
from .columns import Column
from .loading import plain_numbers
from .moments import MONTHS, TIME, ZONES_H, pattern_of
from .numbers import NumberCells
from .opposites import is_arrow
from .plain_cells import CellValues
from .shapes import NUMBER, plain, shape_text, without_currency

Form = dict[str, Any]


def number_recipe(column: Column, choices: Choices) -> Form:
    """How the column's cells are read as numbers. In: one that has numbers."""
    numbers = column.numbers
    assert numbers is not None
    words = choices.words("missing", column.name)
    # Hardly any column names several units in a cell.
    in_parts: Form = {"parts": dict(numbers.parts)} if numbers.parts else {}
    if numbers.dashes:
        in_parts["zeros"] = list(numbers.dashes)
    return {
        "decimal": choices.of("decimal", column.name) or numbers.decimal or ".",
        "units": _units(numbers),
        "missing": words,
        "missing_numbers": _as_numbers(words),
        **in_parts,
    }


def _as_numbers(words: list[str]) -> list[float]:
    numbers = []
    for word in words:
        try:
            numbers.append(float(word))
        except ValueError:
            continue
    return numbers


def _units(numbers: NumberCells) -> dict[str, float]:
    """What stood before or behind a number -> what the number is multiplied by."""
    is_plain = isinstance(numbers.values, CellValues)
    if is_plain or plain_numbers(numbers.values) is not None:
        return {"": 1.0}
    family = numbers.units.family
    units = {"": 1.0}
    for shape in {shape_text(plain(cell)) for cell in numbers.values}:
        match = NUMBER.fullmatch(shape)
        if match is None:  # only Python reads it, as "1_000"
            continue
        before = match["before"] or ""
        behind = (match["unit"] or "").strip()
        signs = f"{before} {behind}".strip()
        arrow = before if is_arrow(before) else ""
        factor = numbers.units.factor(arrow + without_currency(behind)[0])
        units[signs] = 1.0 if factor is None else factor
    # Other units of the same quantity may follow in a later file.
    return {**family, **units}


def date_recipe(column: Column, choices: Choices, in_utc: bool = False) -> Form:
    """How the column's cells are read as dates. In: one that has dates; whether zones are taken into account."""
    dates = column.dates
    assert dates is not None
    if dates.epoch:
        return {"epoch": dates.epoch, "numbers": number_recipe(column, choices)}
    patterns: dict[str, None] = {}
    months: dict[str, int] = {}
    zones: dict[str, int] = {}
    has_time = False
    for cell in _one_of_each_shape(column):
        match = pattern_of(cell)
        if match is None:
            continue
        patterns[match.re.pattern] = None
        groups = match.groupdict()
        has_time = has_time or bool(groups.get("hour"))
        months = MONTHS if groups.get("name") else months
        zones = ZONES_H if groups.get("zone") else zones
    if not has_time:
        patterns = {pattern.removesuffix(TIME): None for pattern in patterns}
    # Most files count their years as we do.
    ahead = YEARS_AHEAD[dates.calendar]
    counted = {"years_ahead": ahead} if ahead else {}
    return {
        "patterns": list(patterns),
        "order": dates.order,
        "pivot": dates.pivot,
        "months": months,
        "zones": zones,
        "in_utc": in_utc,
        **counted,
    }


def _one_of_each_shape(column: Column) -> list[str]:
    """Cells of one shape fit the same pattern."""
    cells: dict[str, str] = {}
    for cell in column.counts:
        cells.setdefault(shape_text(cell), cell)
    return list(cells.values())
