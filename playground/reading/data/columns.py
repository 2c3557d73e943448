"""What every column of a table holds: numbers, dates, kinds, texts, or nothing to learn from."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .calendars import YEARS_AHEAD, calendar_of
from .choices import Choices
from .codes import are_codes
from .dates import DATE_NAMES, DateColumn, date_column, epoch_column, iso_text
from .numbers import NumberCells, Wanted, number_cells, plain_number_cells
from .plain_cells import CellValues, plain_column
from .result import Cell, ColumnType
from .time_names import YEAR_NAMES
from .words import AMBIGUOUS, ANSWERS, NO_DATES, is_flag, says_missing, scale_signs

SHOWN = 3  # values of a column
TEXT_WORDS = 3.0  # words of a text, in the mean
TEXT_LENGTH = 40  # characters of one, where a language parts no words
CJK_LENGTH = 6
MOSTLY_DIFFERENT = 0.5
MANY_KINDS = 50
NEAR_EMPTY = 0.9  # share of missing cells
MONTH_WORDS = ("date", "month", "monat", "period", "年", "月")
YEAR_AND_MONTH = re.compile(r"(1[89]|20)\d\d\.(0[1-9]|1[0-2])|(0[1-9]|1[0-2])\.(1[89]|20)\d\d")
LEAST_CODES = 4
DIGITS = "0123456789"
# Words for missing; a blank cell ends in nothing.
ENDING_IN_DIGITS = ("", "#DIV/0", "#div/0", *NO_DATES)
CELL_SHOWN = 200  # characters
INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))


@dataclass
class Column:
    """A column as it was found. `type` is what it is used as; `why` says why it is left out."""

    place: int
    name: str
    cells: Sequence[str]
    counts: Mapping[str, int]  # of the cells that say something
    n_missing: int
    missing_words: Counter[str]
    type: ColumnType
    why: str = ""
    numbers: NumberCells | None = None
    plain: CellValues | None = None  # where every cell is a number as Python writes it
    dates: DateColumn | None = None
    years_ahead: int = 0  # of ours, where its numbers are years of another calendar
    merged: dict[str, str] = field(default_factory=dict)  # a spelling -> the one it counts as
    _values: np.ndarray | None = None

    @property
    def n_present(self) -> int:
        """Cells that say something."""
        return len(self.cells) - self.n_missing

    @property
    def n_odd(self) -> int:
        """Cells of a number column that are no numbers."""
        return sum(self.numbers.odd.values()) if self.numbers else 0

    def has_several(self) -> bool:
        """Whether it has more than one different cell."""
        first_two = itertools.islice(self.counts, 2)
        return len(list(first_two)) == 2

    def is_missing(self, cell: str) -> bool:
        """Whether a cell of this column says nothing."""
        return cell not in self.counts

    def values(self) -> np.ndarray:
        """The column as numbers, NaN where none stands. Out: float64 (rows,)."""
        if self._values is None:
            assert self.numbers is not None
            if self.plain is not None:
                return self.plain.array
            # None becomes NaN.
            self._values = np.array(
                list(map(self.numbers.values.get, self.cells)), dtype=np.float64
            )
        return self._values

    def kind_of(self, cell: str) -> str:
        """The spelling that a category counts as."""
        return self.merged.get(cell, cell)

    def first(self) -> list[Cell]:
        """The first values as they were understood."""
        shown: list[Cell] = []
        for row in range(min(SHOWN, len(self.cells))):
            shown.append(self._understood(row))
        return shown

    def _understood(self, row: int) -> Cell:
        cell = self.cells[row]
        if self.is_missing(cell):
            return None
        if self.type == "number" and self.numbers is not None:
            return self.numbers.values.get(cell)
        if self.type == "date" and self.dates is not None:
            seconds = self.dates.seconds[row]
            return None if np.isnan(seconds) else iso_text(float(seconds), self.dates.precision)
        return self.kind_of(cell)[:CELL_SHOWN]


def column_of(
    place: int, name: str, cells: Sequence[str], choices: Choices, hint: str = ""
) -> Column:
    """A look at one column. In: the decimal sign that the rest of the file suggests."""
    further = frozenset(choices.words("missing", name))
    plain = _plain_column(name, cells, choices, hint)
    if plain is not None:
        return _column_of_plain(place, name, cells, plain, choices, hint)
    all_counts = Counter(cells)
    measured = scale_signs(all_counts).union(choices.words("measured", name))
    missing_words = _missing_words(all_counts, further, measured)
    counts = dict(all_counts)
    for word in missing_words:
        del counts[word]
    column = Column(
        place=place,
        name=name,
        cells=cells,
        counts=counts,
        n_missing=sum(missing_words.values()),
        missing_words=missing_words,
        type="category",
    )
    _set_type(column, choices, hint)
    _drop_missing_numbers(column, further)
    return column


def _plain_column(
    name: str, cells: Sequence[str], choices: Choices, hint: str
) -> CellValues | None:
    """A column of plain numbers of which nobody said anything; None for any other."""
    if hint not in ("", "."):
        return None
    is_chosen = any(
        choices.of(field, name) is not None
        for field in ("columns", "decimal", "missing", "measured", "units")
    )
    return None if is_chosen else plain_column(cells)


def _column_of_plain(
    place: int, name: str, cells: Sequence[str], plain: CellValues, choices: Choices, hint: str
) -> Column:
    """A look at a column of plain numbers: its cells are not counted before somebody asks."""
    n_blank = int(np.isnan(plain.array).sum())
    column = Column(
        place=place,
        name=name,
        cells=cells,
        counts=plain.counts,
        n_missing=n_blank,
        missing_words=Counter({"": n_blank} if n_blank else {}),
        type="number",
        plain=plain,
    )
    _set_type(column, choices, hint)
    return column


def _missing_words(
    counts: Mapping[str, int], further: frozenset[str], measured: Collection[str]
) -> Counter[str]:
    """Words that say “missing”, and how often each is met."""
    words: Counter[str] = Counter()
    # Hardly a word of the list ends in a digit, and most cells of large files do: they are not looked at.
    possible = [cell for cell in counts if cell[-1:] not in DIGITS]
    for cell in (*further, *ENDING_IN_DIGITS):
        if cell in counts:
            possible.append(cell)
    for cell in dict.fromkeys(possible):
        if says_missing(cell, further, measured):
            words[cell] = counts[cell]
    return words


def _set_type(column: Column, choices: Choices, hint: str) -> None:
    """Finds out what the column holds, or takes what its owner said."""
    chosen = choices.of("columns", column.name)
    use = None if chosen in ("keep", "leave_out") else chosen
    if use not in ("category", "text", "flag"):
        _read_numbers(column, choices, use, hint)
        _read_dates(column, choices, use)
    if chosen == "leave_out":
        column.type, column.why = "left out", "chosen"
        return
    column.type = _found_type(column)
    _look_at_years(column, choices)
    if use is not None and _can_be(column, use):
        column.type = use
    if column.type in ("category", "flag"):
        _put_back_answers(column)
        if "ND" in column.missing_words and "SD" in column.counts and are_letter_codes(column):
            put_back(column, "ND")
        _merge_spellings(column, choices)


def _read_numbers(column: Column, choices: Choices, use: str | None, hint: str) -> None:
    """The cells as numbers, if they are some."""
    if column.plain is not None:
        column.numbers = plain_number_cells(column.plain, hint)
        if column.plain.has_point:
            return
    else:
        name = column.name
        wanted = Wanted(
            decimal=choices.of("decimal", name) or "",
            hint=hint,
            is_chosen=use == "number",
            name=name,
            units=choices.of("units", name) or "",
        )
        column.numbers = number_cells(column.counts, wanted)
    if use is None and column.numbers is not None and are_codes(column.counts):
        column.numbers = None


def _read_dates(column: Column, choices: Choices, use: str | None) -> None:
    """The cells as dates, if they are some."""
    if use == "number":
        return
    if _may_be_dates(column):
        day_first = choices.of("day_first", column.name)
        calendar = choices.of("calendar", column.name) or ""
        column.dates = date_column(column.cells, column.counts, day_first, calendar=calendar)
    if column.dates is None and column.numbers is not None:
        column.dates = epoch_column(column.values(), column.name)


def _look_at_years(column: Column, choices: Choices) -> None:
    """Whether the numbers are years of another calendar, as in a column that is called so."""
    is_named = column.name.casefold().strip() in YEAR_NAMES
    if not is_named or column.type != "number" or column.numbers is None:
        return
    values = column.values()
    years = values[~np.isnan(values)]
    if not (years == np.round(years)).all():
        return
    calendar = choices.of("calendar", column.name) or calendar_of(years.astype(np.int64))
    column.years_ahead = YEARS_AHEAD[calendar]


def _can_be(column: Column, use: str) -> bool:
    """Whether the cells can be used that way."""
    if use == "number":
        return column.numbers is not None
    return use != "date" or column.dates is not None


def _may_be_dates(column: Column) -> bool:
    """Numbers are dates only if all have eight or more digits, or six that begin with a year of ours."""
    if column.numbers is None:
        return True
    if _are_years_and_months(column):
        return True
    if column.numbers.unit or not column.counts:
        return False
    if not next(iter(column.counts)).isdecimal():
        return False
    lengths = {len(cell) for cell in column.counts}
    if len(lengths) != 1 or not all(cell.isdecimal() for cell in column.counts):
        return False
    length = lengths.pop()
    if length == 7:  # year and day of the year, in a column that is called a date
        has_name = any(word in column.name.casefold() for word in DATE_NAMES)
        return has_name and all("1800" <= cell[:4] <= "2100" for cell in column.counts)
    if length == 6:
        years_fit = all("1800" <= cell[:4] <= "2100" for cell in column.counts)
        has_name = any(word in column.name.casefold() for word in MONTH_WORDS)
        return years_fit and (has_name or _only_rises(column.cells))
    return length in (8, 10, 12, 14)


def _are_years_and_months(column: Column) -> bool:
    """Whether all cells are written as 1949.01 or 01.1949, in a column that is called a date."""
    is_named = any(word in column.name.casefold() for word in (*MONTH_WORDS, *DATE_NAMES, "time"))
    return is_named and all(YEAR_AND_MONTH.fullmatch(cell) for cell in column.counts)


def _only_rises(cells: Sequence[str]) -> bool:
    return all(before < after for before, after in itertools.pairwise(cells))


def _found_type(column: Column) -> ColumnType:
    if column.dates is not None:
        return "date"
    if column.numbers is not None:
        is_zero_one = all(cell in ("0", "1") for cell in column.counts)
        return "flag" if is_zero_one and column.has_several() else "number"
    if is_flag(_folded(column.counts)):
        return "flag"
    return "text" if is_text(column) else "category"


def _folded(counts: Mapping[str, int]) -> set[str]:
    """Up to three different words, whatever their capitals."""
    words: set[str] = set()
    for cell in counts:
        words.add(folded(cell))
        if len(words) > 2:
            break
    return words


def folded(cell: str) -> str:
    """A spelling without capitals, blanks, full-width letters, quotation marks around and a point behind it."""
    plain = cell if cell.isascii() else unicodedata.normalize("NFKC", cell).translate(INVISIBLE)
    plain = " ".join(plain.casefold().split())
    if len(plain) > 2 and plain[0] == plain[-1] and plain[0] in "\"'":
        plain = plain[1:-1]
    # “yes.” is “yes”, “>50K.” is “>50K”; of “5.” and “a.b.” the point is a part.
    word, end = plain[:-1], plain[-1:]
    is_word = len(word) > 2 and end == "." and word[-1].isalpha() and "." not in word
    return word if is_word else plain


def is_text(column: Column) -> bool:
    """Whether the cells are sentences: long, and mostly different."""
    n = len(column.counts)
    if not n or n < MOSTLY_DIFFERENT * column.n_present:
        return False
    sample = list(column.counts)[:: max(1, n // 500)]
    mean_words = sum(len(cell.split()) for cell in sample) / len(sample)
    mean_length = sum(len(cell) for cell in sample) / len(sample)
    if mean_words >= TEXT_WORDS or mean_length >= TEXT_LENGTH:
        return True
    n_cjk = sum(cell[:1] >= "\u2e80" for cell in sample)
    return n_cjk > len(sample) / 2 and mean_length >= CJK_LENGTH


def _put_back_answers(column: Column) -> None:
    """A word that usually says “missing” is a kind, where it stands beside its opposite."""
    present = {cell.casefold() for cell in column.counts}
    if not present & ANSWERS:
        return
    for word in list(column.missing_words):
        if word.casefold() in AMBIGUOUS and word:
            put_back(column, word)


def put_back(column: Column, word: str) -> None:
    """A word counts as a kind after all."""
    column.counts = {**column.counts, word: column.missing_words.pop(word)}
    column.n_missing = sum(column.missing_words.values())


def are_letter_codes(column: Column) -> bool:
    """Whether the kinds are codes of two letters, as those of states and countries: ND and NA are two of them."""
    words = [*column.counts, *column.missing_words.keys() & {"NA", "ND"}]
    n_codes = sum(len(word) == 2 and word.isupper() for word in words)
    return n_codes >= LEAST_CODES and n_codes > 0.9 * len(words)


def _merge_spellings(column: Column, choices: Choices) -> None:
    """Kinds that differ in capitals or blanks only are one, spelt as most of its cells are."""
    if choices.classes == "apart":
        return
    by_fold: dict[str, list[str]] = {}
    for cell in column.counts:
        by_fold.setdefault(folded(cell), []).append(cell)
    for spellings in by_fold.values():
        if len(spellings) > 1:
            usual = max(spellings, key=lambda cell: (column.counts[cell], cell))
            for cell in spellings:
                column.merged[cell] = usual


def _drop_missing_numbers(column: Column, further: frozenset[str]) -> None:
    """Numbers that the owner named as missing, however they are written: -999 is -999.0."""
    if column.numbers is None or not further:
        return
    gone: set[float] = set()
    for word in further:
        try:
            gone.add(float(word))
        except ValueError:
            continue
    counts = dict(column.counts)
    values = dict(column.numbers.values)
    for cell, value in list(values.items()):
        if value in gone:
            column.missing_words[cell] += counts.pop(cell)
            del values[cell]
            column._values = None
    column.numbers.values = values
    column.counts = counts
    column.n_missing = sum(column.missing_words.values())


def kinds_of(column: Column) -> dict[str, int]:
    """Its kinds and how many rows each has, spellings joined, the most frequent first."""
    kinds: Counter[str] = Counter()
    for cell, n in column.counts.items():
        kinds[column.kind_of(cell)] += n
    return dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))
