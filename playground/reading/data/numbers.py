"""A column of numbers: its decimal sign from the whole column, its unit, and the cells that are no numbers."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

import numpy as np

from .codes import grades_in
from .compound import compound_of
from .plain_cells import LARGEST, CellValues
from .shaped import MOST_DIGITS, letters_of, places_by_shape, whole_numbers
from .shapes import (
    Shape,
    digit_places,
    is_currency,
    is_open_shape,
    places_behind,
    plain,
    shape_of,
    shape_text,
    value_of,
)
from .units import SELDOM, Met, Units, are_magnitudes, are_marks, bare_unit, units_of

MOSTLY = 0.95  # share of the cells that must be numbers
AT_LEAST = 0.6  # … where the others are only a few different words
FEW_WORDS = 3
REPEATED = 4  # times that codes are met, at least, in the mean
LITTLE = re.compile(r"\D{0,3}\d{1,3}[^\d.,]*")  # 5+ and $7 say nothing of the decimal sign
DASH = re.compile(r"[-–—]+")  # as accountants write 0
TRIED = 200  # different cells that are looked at before all are
LONGEST = 60  # characters of a number


@dataclass
class NumberCells:
    """The different cells of a column as numbers.

    values: of every different cell that is one. decimal: its sign, "" where none is met. open_sign: the sign of a
    column such as 1.234, 5.678, which are fractions or thousands. odd: cells that are no numbers, and how often.
    units: what stands behind them. foreign: cells of units that are not converted. dashes: cells that mean 0, as
    accountants write it.
    """

    values: Mapping[str, float]
    decimal: str
    open_sign: str = ""
    unit: str = ""
    odd: dict[str, int] = field(default_factory=dict)
    parts: Mapping[str, float] = field(
        default_factory=dict
    )  # sizes of units, where a cell names several
    units: Units = field(default_factory=Units)
    foreign: frozenset[str] = frozenset()
    dashes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What is known of a column besides its cells.

    decimal: the sign that the owner chose; hint: the one that the rest of the file suggests. is_chosen: whether the
    owner wants numbers, so that all else is odd however much of it there is. name: what the column is called. units:
    what the owner said of letters and words behind the numbers.
    """

    decimal: str = ""
    hint: str = ""
    is_chosen: bool = False
    name: str = ""
    units: str = ""


def number_cells(counts: Mapping[str, int], wanted: Wanted = Wanted()) -> NumberCells | None:
    """Different cells, with how often each is met, as numbers; None where they are mostly something else."""
    if not counts:
        return None
    is_chosen = wanted.is_chosen
    simple = _simple(counts)
    if simple is None:
        compound = compound_of(counts, wanted.name, is_chosen)
        if compound is not None:
            return NumberCells(
                compound.values, "", unit=compound.unit, odd=compound.odd, parts=compound.parts
            )
        if not (is_chosen or _may_be_numbers(counts)):
            return None
    hint = wanted.hint
    if simple is not None and not wanted.decimal:
        sign = _open_sign_of(counts)
        if not sign:
            has_point = any("." in cell for cell in counts)
            return NumberCells(simple, "." if has_point else "")
        if hint in ("", "."):
            return NumberCells(simple, ".", open_sign="" if hint else sign)
    return _by_shape(counts, wanted)


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
        if LITTLE.fullmatch(text):
            continue
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


def _by_shape(counts: Mapping[str, int], wanted: Wanted) -> NumberCells | None:
    """Every cell by its shape, of which a column has only a few."""
    # A school's 2- is no number below 0.
    marks = frozenset(grades_in(counts) if wanted.is_chosen else ())
    cells = [cell for cell in counts if len(cell) <= LONGEST and cell not in marks]
    groups = _shaped(cells)
    if not groups:
        return NumberCells({}, "", odd=dict(counts)) if wanted.is_chosen else None
    all_differ = len(counts) == sum(counts.values())
    for group in groups:
        group.n = len(group.cells) if all_differ else sum(map(counts.__getitem__, group.cells))
    decimal, open_sign = _decimal_of(groups, wanted.decimal, wanted.hint)
    money = _money_of(groups)
    units = _units_of(groups, decimal or ".", wanted)
    if units is None:
        return NumberCells({}, "", odd=dict(counts)) if wanted.is_chosen else None
    values: dict[str, float] = {}
    foreign: list[str] = []
    n_foreign = 0
    for group in groups:
        factor = units.factor(group.shape.unit)
        is_foreign = group.shape.money not in ("", money)
        if factor is None or is_foreign:
            foreign += group.cells
            n_foreign += group.n
        elif (decimal or ".") in group.shape.decimals:
            numbers = group.values(decimal or ".") * factor
            is_usual = np.abs(numbers) < LARGEST
            cells = list(compress(group.cells, is_usual.tolist()))
            values.update(zip(cells, numbers[is_usual].tolist(), strict=True))
    dashes = _zeros_of(counts)
    values.update(dict.fromkeys(dashes, 0.0))
    odd = {}
    if len(values) < len(counts):
        odd = {cell: n for cell, n in counts.items() if cell not in values}
    n_all = sum(counts.values())
    n_odd = sum(odd.values())
    if not (wanted.is_chosen or _are_numbers(n_all, n_odd, len(odd), n_foreign)):
        return None
    return NumberCells(
        values,
        decimal,
        open_sign,
        units.name or money,
        odd,
        units=units,
        foreign=frozenset(foreign),
        dashes=dashes,
    )


def _are_numbers(n_all: int, n_odd: int, n_different: int, n_foreign: int) -> bool:
    """Whether cells of which so many are odd are mostly numbers. In: different odd ones; those of other units."""
    n_words = n_odd - n_foreign
    if n_odd <= (1 - MOSTLY) * n_all:
        return True
    if n_foreign > SELDOM * n_all:
        return False
    # Numbers of another unit are numbers; a few words may say that nothing is known.
    is_few = n_different <= FEW_WORDS and n_odd <= (1 - AT_LEAST) * n_all
    return is_few or n_words <= (1 - MOSTLY) * n_all


def _zeros_of(cells: Collection[str]) -> tuple[str, ...]:
    """Dashes that mean 0; beside a lone plus they are steps of a scale."""
    if any(cell and not cell.strip("+") for cell in cells):
        return ()
    return tuple(filter(is_dash, cells))


def is_dash(cell: str) -> bool:
    """Whether a cell is the 0 of accountants: a dash, alone or with a currency."""
    bare = DASH.sub("", cell, count=1).strip()
    return bare != cell and (not bare or is_currency(bare))


def _money_of(groups: Sequence["_Shaped"]) -> str:
    """The commonest currency of the cells; "" where there is none."""
    votes: Counter[str] = Counter()
    for group in groups:
        if group.shape.money:
            votes[group.shape.money] += group.n
    return votes.most_common(1)[0][0] if votes else ""


def _units_of(groups: Sequence["_Shaped"], decimal: str, wanted: Wanted) -> Units | None:
    """What to do with the units of all cells; None where these are codes."""
    by_unit: dict[str, list[_Shaped]] = {}
    for group in groups:
        if decimal in group.shape.decimals:
            by_unit.setdefault(bare_unit(group.shape.unit), []).append(group)
    if set(by_unit) <= {""}:
        return Units()
    met = {}
    for unit, alike in by_unit.items():
        values = np.concatenate([group.values(decimal) for group in alike])
        is_tight = all(group.shape.is_tight for group in alike)
        met[unit] = Met(values, sum(group.n for group in alike), is_tight)
    has_money = any(group.shape.money for group in groups)
    said = wanted.units
    units = units_of(met, has_money, said)
    if units is None and wanted.is_chosen:
        # Wanted as numbers, they are no codes.
        as_written = units_of(met, has_money, "as_written")
        return as_written and replace(as_written, question="letters")
    return units


def unit_of_cell(cell: str) -> str:
    """What stands behind a number; "" where nothing does, or where there is no number."""
    shape = _shape_of_cell(cell)
    return "" if shape is None else bare_unit(shape.unit)


def units_of_cells(counts: Mapping[str, int]) -> list[str]:
    """The units of different cells that are nearly all numbers, the commonest first; none where they are words.

    Neither where they are codes such as 34B and 36D, which come again and again.
    """
    sample = list(counts)[:: max(1, len(counts) // TRIED)]
    shapes = [shape for shape in map(_shape_of_cell, sample) if shape is not None]
    units: Counter[str] = Counter()
    for shape in shapes:
        units[bare_unit(shape.unit) or shape.money] += 1
    if len(shapes) < MOSTLY * len(sample):
        return []
    names = [unit for unit, _ in units.most_common() if unit]
    repeats = len(counts) * REPEATED <= sum(counts.values())
    is_temperature = set(names) <= {"C", "F", "K"}
    has_fractions = any("." in cell or "," in cell for cell in sample)
    has_plain = any(cell.isdecimal() for cell in sample)
    if (repeats or has_plain) and not has_fractions and not is_temperature and are_marks(names):
        return names if are_magnitudes(names) else []
    return names


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
        values = whole_numbers(letters, digits) / 10.0**behind
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
