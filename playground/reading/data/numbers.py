"""A column of numbers: its decimal sign from the whole column, its unit, and the cells that are no numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

import numpy as np

from .compound import compound_of
from .plain_cells import LARGEST, CellValues
from .shaped import MOST_DIGITS, letters_of, places_by_shape, whole_numbers
from .shapes import (
    FAMILIES,
    MULTIPLIERS,
    Shape,
    digit_places,
    is_open_shape,
    places_behind,
    plain,
    shape_of,
    shape_text,
    value_of,
)

MOSTLY = 0.95  # share of the cells that must be numbers
AT_LEAST = 0.6  # … where the others are only a few different words
FEW_WORDS = 3
SELDOM = 0.1  # share of the cells below which a word behind a number is no unit of the column
TRIED = 200  # different cells that are looked at before all are
LONGEST = 60  # characters of a number


@dataclass
class NumberCells:
    """The different cells of a column as numbers.

    values: of every different cell that is one. decimal: its sign, "" where none is met. open_sign: the sign of a
    column such as 1.234, 5.678, which are fractions or thousands. odd: cells that are no numbers, and how often.
    """

    values: Mapping[str, float]
    decimal: str
    open_sign: str = ""
    unit: str = ""
    odd: dict[str, int] = field(default_factory=dict)
    parts: Mapping[str, float] = field(
        default_factory=dict
    )  # sizes of units, where a cell names several


def number_cells(
    counts: Mapping[str, int],
    chosen_decimal: str = "",
    hint: str = "",
    is_chosen: bool = False,
    name: str = "",
) -> NumberCells | None:
    """Different cells, with how often each is met, as numbers; None where they are mostly something else.

    In: the decimal sign that the owner chose, and the one that the rest of the file suggests; whether the owner wants
    numbers, so that all else is odd however much of it there is; what the column is called.
    """
    if not counts:
        return None
    simple = _simple(counts)
    if simple is None:
        compound = compound_of(counts, name, is_chosen)
        if compound is not None:
            return NumberCells(
                compound.values, "", unit=compound.unit, odd=compound.odd, parts=compound.parts
            )
        if not (is_chosen or _may_be_numbers(counts)):
            return None
    if simple is not None and not chosen_decimal:
        sign = _open_sign_of(counts)
        if not sign:
            has_point = any("." in cell for cell in counts)
            return NumberCells(simple, "." if has_point else "")
        if hint in ("", "."):
            return NumberCells(simple, ".", open_sign="" if hint else sign)
    return _by_shape(counts, chosen_decimal, hint, is_chosen)


def plain_number_cells(values: CellValues, hint: str) -> NumberCells:
    """A column of plain numbers. In: the decimal sign that the rest of the file suggests, "." or ""."""
    if not values.has_point:
        return NumberCells(values, "")
    open_sign = "" if hint else _open_sign_of(values.counts)
    return NumberCells(values, ".", open_sign)


def _may_be_numbers(counts: Mapping[str, int]) -> bool:
    """A look at some cells: a column of words need not be read to its end."""
    sample = list(counts)[:: max(1, len(counts) // TRIED)]
    n_shapes = sum(_shape_of_cell(cell) is not None for cell in sample)
    return n_shapes >= 0.5 * len(sample) or len(counts) <= TRIED


def _shape_of_cell(cell: str) -> Shape | None:
    if len(cell) > LONGEST:
        return None
    return shape_of(shape_text(plain(cell)))


def _simple(counts: Mapping[str, int]) -> dict[str, float] | None:
    """All cells as Python's own numbers, quickly; None where one of them is not."""
    try:
        values = [float(cell) for cell in counts]
    except ValueError:
        return None
    array = np.array(values)
    is_usual = bool((np.abs(array) < LARGEST).all())  # NaN and infinity are not
    has_underscore = "_" in "".join(counts)
    return dict(zip(counts, values, strict=True)) if is_usual and not has_underscore else None


def _open_sign_of(cells: Iterable[str]) -> str:
    """The sign of a column whose every fraction has three digits behind one to three; "" where a cell settles it."""
    sign = ""
    for cell in cells:
        if cell.isdecimal() and len(cell) <= 3:
            continue
        text = plain(cell)
        open_sign = is_open_shape(shape_text(text))
        if not open_sign:
            return ""
        digits = text.lstrip("+-($€£¥ ")
        if digits.startswith("0"):
            return ""  # 0.123 is no thousand
        if sign and open_sign != sign:
            return ""
        sign = open_sign
    return sign


def _by_shape(
    counts: Mapping[str, int], chosen_decimal: str, hint: str, is_chosen: bool
) -> NumberCells | None:
    """Every cell by its shape, of which a column has only a few."""
    cells = [cell for cell in counts if len(cell) <= LONGEST]
    groups = _shaped(cells)
    if not groups:
        return NumberCells({}, "", odd=dict(counts)) if is_chosen else None
    all_differ = len(counts) == sum(counts.values())
    for group in groups:
        group.n = len(group.cells) if all_differ else sum(map(counts.__getitem__, group.cells))
    decimal, open_sign = _decimal_of(groups, chosen_decimal, hint)
    units = _units_of(groups)
    values: dict[str, float] = {}
    for group in groups:
        factor = units.factor(group.shape.unit)
        if factor is not None and (decimal or ".") in group.shape.decimals:
            numbers = group.values(decimal or ".") * factor
            is_usual = np.abs(numbers) < LARGEST
            cells = list(compress(group.cells, is_usual.tolist()))
            values.update(zip(cells, numbers[is_usual].tolist(), strict=True))
    odd = {}
    if len(values) < len(counts):
        odd = {cell: n for cell, n in counts.items() if cell not in values}
    n_all = sum(counts.values())
    n_odd = sum(odd.values())
    share = 1 - n_odd / n_all
    is_number = share >= MOSTLY or (share >= AT_LEAST and len(odd) <= FEW_WORDS)
    if not (is_number or is_chosen):
        return None
    return NumberCells(values, decimal, open_sign, units.name, odd)


def units_of_cells(cells: Sequence[str]) -> list[str]:
    """The units of different cells that are nearly all numbers, the commonest first; none where they are words."""
    sample = list(cells)[:: max(1, len(cells) // TRIED)]
    shapes = [_shape_of_cell(cell) for cell in sample]
    units = Counter(shape.unit for shape in shapes if shape is not None)
    is_number = sum(units.values()) >= MOSTLY * len(sample)
    return [unit for unit, _ in units.most_common() if unit] if is_number else []


@dataclass
class _Shaped:
    """Different cells of one shape. texts: as on a keyboard. n: how many cells of the column."""

    shape: Shape
    text: str
    cells: list[str]
    texts: list[str]
    n: int = 0

    def values(self, decimal: str) -> np.ndarray:
        """All of them as numbers. Out: float64 (cells,)."""
        digits = digit_places(self.text)
        behind = places_behind(self.text, decimal)
        has_exponent = "e" in self.text.casefold()
        if len(digits) > MOST_DIGITS or has_exponent:
            return np.array([value_of(text, decimal, self.shape) for text in self.texts])
        letters = letters_of(self.texts, len(self.text))
        # Two whole numbers that float64 holds exactly: their quotient is the nearest one, as `float` gives it.
        values = whole_numbers(letters, digits) / 10.0**behind * self.shape.multiplier
        return -values if self.shape.is_negative else values


def _shaped(cells: Sequence[str]) -> list[_Shaped]:
    """Cells that are numbers, by their shapes."""
    texts = [plain(cell) for cell in cells]
    groups = []
    for text, places in places_by_shape(texts).items():
        shape = shape_of(text)
        if shape is not None:
            of_shape = [texts[place] for place in places]
            groups.append(_Shaped(shape, text, [cells[place] for place in places], of_shape))
    return groups


def _decimal_of(groups: Sequence[_Shaped], chosen: str, hint: str) -> tuple[str, str]:
    """The decimal sign ("" where no cell has one), and the sign that remains a question."""
    if chosen:
        return chosen, ""
    votes: Counter[str] = Counter()
    for group in groups:
        if group.shape.is_certain:
            votes[group.shape.decimals] += group.n
    if votes:
        return votes.most_common(1)[0][0], ""
    with_sign = [group.text for group in groups if "." in group.text or "," in group.text]
    if not with_sign:
        return "", ""
    sign = _open_sign_of([text for group in groups for text in group.texts])
    if not sign:
        # 0.123 among 1.234: a cell of the column settles it.
        return "." if "." in with_sign[0] else ",", ""
    return hint or sign, "" if hint else sign


@dataclass(frozen=True)
class _Units:
    """The unit of a column, and what the others that may be converted to it are multiplied by."""

    name: str
    factors: Mapping[str, float]

    def factor(self, unit: str) -> float | None:
        """What a number of this unit is multiplied by; None where it cannot be converted."""
        if unit in ("", "+", "*", self.name):
            return 1.0
        return self.factors.get(unit)


def _units_of(groups: Sequence[_Shaped]) -> _Units:
    """The commonest unit of the cells. A multiplier such as M is worked in already and is none."""
    votes: Counter[str] = Counter()
    for group in groups:
        if group.shape.unit not in ("", "+", "*"):
            votes[group.shape.unit] += group.n
    multipliers = dict.fromkeys(MULTIPLIERS, 1.0)
    named = [(unit, n) for unit, n in votes.most_common() if unit not in MULTIPLIERS]
    if not named:
        return _Units("", multipliers)
    name, n_named = named[0]
    n_all = sum(group.n for group in groups)
    is_word = len(name) > 1 and name.isalpha() and not any(name in family for family in FAMILIES)
    if is_word and n_named < SELDOM * n_all:
        # “0.24 Dividend” among prices is a remark and no price.
        return _Units("", multipliers)
    for family in FAMILIES:
        if name in family:
            factors = {unit: size / family[name] for unit, size in family.items()}
            return _Units(name, {**multipliers, **factors})
    return _Units(name, multipliers)
