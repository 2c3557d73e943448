"""From the lines of a text to rows of cells, each with the line of the file on which it begins."""

import csv
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

from ..refusals import refused
from .cells import (
    blank_cells,
    fixed_cells,
    is_rule,
    lines_from,
    markdown_cells,
    single_sign,
    without_formula,
    without_marks,
)
from .line_forms import label_cells, pair_cells
from .markup import MOST_PLACES, column_edges, places_of_pairs
from .separators import BLANKS, FIXED, LABELLED, MARKDOWN, PAIRED
from .shapes import looks_like_number

EVEN = 0.98  # share of the rows that have the usual width
CUT_QUOTE = 40  # lines in one cell: a quotation mark was never closed
RARE_BLANKS = (
    "\t",
    "\u00a0",
    "\u3000",
    "\u2009",
    "\u202f",
    "\x0b",
    "\x0c",
    "\u2028",
    "\x85",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x1f",
)
TRIED_ROWS = 2_000
MOSTLY_NUMBERS = 0.8  # share of the lines
MOST_DIFFERENT = 0.3  # share of the cells of a column that repeats itself


@dataclass(frozen=True)
class Marks:
    """How the cells of a row were taken apart.

    quote: the mark around cells; "" where marks are letters. strip: cells may have blanks around them. formulas: cells
    may be written as ="text". edges: where the columns of a fixed table begin and end. blank_rows: a blank line is a
    row without a value.
    """

    quote: str = '"'
    strip: bool = True
    formulas: bool = False
    edges: tuple[tuple[int, int], ...] = ()
    blank_rows: bool = False


@dataclass
class Rows:
    """Rows of cells and the line of the file on which each begins."""

    cells: list[list[str]] = field(default_factory=list)
    lines: array = field(default_factory=lambda: array("i"))
    marks: Marks = Marks()

    def add(self, row: list[str], line: int) -> None:
        """One more row."""
        self.cells.append(row)
        self.lines.append(line)

    def between(self, start: int, end: int) -> "Rows":
        """Some of the rows."""
        return Rows(self.cells[start:end], self.lines[start:end], self.marks)

    def is_behind_blank(self, place: int) -> bool:
        """Whether a blank line stands before a row; cells with line breaks take several lines."""
        if self.lines[place] - self.lines[place - 1] < 2:
            return False
        n_breaks = max(cell.count("\n") for cell in self.cells[place - 1])
        return self.lines[place] - self.lines[place - 1] > 1 + n_breaks

    def without(self, places: set[int]) -> "Rows":
        """All but some of the rows."""
        rows = Rows(marks=self.marks)
        for place, row in enumerate(self.cells):
            if place not in places:
                rows.add(row, self.lines[place])
        return rows


def parsed(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    """Lines without line breaks inside cells, as stripped cells."""
    if separator == BLANKS:
        yield from (blank_cells(line) for line in lines)
    elif separator == MARKDOWN:
        yield from (markdown_cells(line) for line in lines if not is_rule(line))
    elif separator == LABELLED:
        yield from (label_cells(line) for line in lines)
    elif separator == FIXED:
        edges = column_edges(lines)
        yield from (fixed_cells(line, edges) for line in lines)
    elif not separator:
        yield from ([line.strip()] for line in lines)
    else:
        text, sign = single_sign("\n".join(lines), separator)
        for row in csv.reader(text.split("\n"), delimiter=sign, skipinitialspace=True):
            yield [cell.strip() for cell in row]


def rows_of(text: str, start: int, separator: str) -> Rows:
    """All rows from a line on, blank ones left away. Raises: ExperimentError."""
    is_sign = separator not in (BLANKS, FIXED, MARKDOWN, LABELLED, PAIRED, "")
    if is_sign:
        return _rows_by_sign(text, start, separator)
    lines = text.splitlines()
    if separator == PAIRED:
        return _rows_of_pairs(lines, start)
    edges = column_edges(lines[start - 1 :]) if separator == FIXED else []
    rows = Rows(marks=Marks(edges=tuple(edges)))
    for number, line in enumerate(lines[start - 1 :], start):
        is_between = separator != "" and is_rule(line)
        if not line.strip() or is_between:
            continue
        if separator == FIXED:
            rows.add(fixed_cells(line, edges), number)
        else:
            rows.add(next(parsed([line], separator)), number)
    return rows if separator else _with_blank_rows(rows)


def _rows_of_pairs(lines: Sequence[str], start: int) -> Rows:
    """Raises: ExperimentError for too many places."""
    n_places = places_of_pairs(lines[start - 1 :])
    if n_places > MOST_PLACES:
        limits = {"limit": f"{MOST_PLACES:,}", "wide": f"{MOST_PLACES:,}"}
        raise refused("table_too_large", rows=len(lines), columns=n_places, **limits)
    rows = Rows()
    for number, line in enumerate(lines[start - 1 :], start):
        if line.strip():
            rows.add(pair_cells(line, n_places + 1), number)
    return rows


def _with_blank_rows(rows: Rows) -> Rows:
    """A column of numbers, in which a blank line is a step without a value; other lines stay as they are."""
    n_numbers = sum(looks_like_number(row[0]) for row in rows.cells[:TRIED_ROWS])
    are_numbers = n_numbers > MOSTLY_NUMBERS * min(len(rows.lines), TRIED_ROWS)
    # Where a blank line stands behind every row, it is there for the eye.
    distances = {after - before for before, after in pairwise(rows.lines)}
    if len(distances) < 2 or not are_numbers:
        return rows
    filled = dict(zip(rows.lines, rows.cells, strict=True))
    with_blank = Rows(marks=Marks(blank_rows=True))
    for line in range(rows.lines[0], rows.lines[-1] + 1):
        with_blank.add(filled.get(line, [""]), line)
    return with_blank


def _rows_by_sign(text: str, start: int, separator: str) -> Rows:
    """Rows as spreadsheets write them; quotation marks are only letters where taking them as marks ruins the table."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, separator = single_sign(text, separator)
    quoted = None
    try:
        quoted, longest = _read(text, start, separator, csv.QUOTE_MINIMAL)
        if longest == 1:
            return quoted
    except csv.Error:
        longest = CUT_QUOTE + 1
    if quoted is not None and _is_well_quoted(text, start, separator):
        return quoted
    try:
        plain, _ = _read(text, start, separator, csv.QUOTE_NONE)
    except csv.Error as error:
        raise refused("data_long_cell", limit=csv.field_size_limit()) from error
    is_even = _evenness(plain.cells) >= EVEN
    if quoted is None or is_even or (longest > CUT_QUOTE and _evenness(quoted.cells) < EVEN):
        for row in plain.cells:
            row[:] = map(without_marks, row)
        return plain
    return quoted


def _is_well_quoted(text: str, start: int, separator: str) -> bool:
    """Whether behind every closing mark a cell ends: a mark that is only a letter breaks this rule."""
    options: dict[str, Any] = {"delimiter": separator, "skipinitialspace": True, "strict": True}
    try:
        for _ in csv.reader(lines_from(text, start), **options):
            pass
    except csv.Error:
        return False
    return True


def _evenness(cells: Sequence[Sequence[str]]) -> float:
    """The share of the rows that have the usual number of cells."""
    widths = Counter(len(row) for row in cells)
    return max(widths.values(), default=0) / max(1, len(cells))


def _read(text: str, start: int, separator: str, quoting: Any) -> tuple[Rows, int]:
    """Rows, and how many lines the longest of them takes."""
    options: dict[str, Any] = {"delimiter": separator, "quoting": quoting, "skipinitialspace": True}
    if quoting != csv.QUOTE_NONE and _uses_apostrophes(text, start, separator):
        options["quotechar"] = "'"
    reader = csv.reader(lines_from(text, start), **options)
    cells = list(reader)
    lines: Sequence[int] = range(start, start + len(cells))
    longest = 1
    if reader.line_num != len(cells):  # a cell holds line breaks
        lines, longest = _first_lines(text, start, options)
    has_blanks = _has_blanks_at_edges(text, separator)
    if has_blanks:
        for row in cells:
            row[:] = map(str.strip, row)
    has_formulas = '="' in text
    if has_formulas:
        for row in cells:
            row[:] = map(without_formula, row)
    quote = "" if quoting == csv.QUOTE_NONE else options.get("quotechar", '"')
    return _filled(cells, lines, Marks(quote, has_blanks, has_formulas)), longest


def _uses_apostrophes(text: str, start: int, separator: str) -> bool:
    """Whether cells stand between ' and ', as some databases write them."""
    head = [line.strip() for line in islice(lines_from(text, start), 20)]
    filled = [line for line in head if line]
    between = f"'{separator}'"
    with_marks = [line for line in filled if line[0] == line[-1] == "'" and between in line]
    return bool(filled) and len(with_marks) == len(filled)


def _first_lines(text: str, start: int, options: dict[str, Any]) -> tuple[list[int], int]:
    """The line on which each row begins, and how many the longest takes."""
    reader = csv.reader(lines_from(text, start), **options)
    lines = []
    longest = 1
    before = 0
    for _ in reader:
        lines.append(start + before)
        longest = max(longest, reader.line_num - before)
        before = reader.line_num
    return lines, longest


def _has_blanks_at_edges(text: str, separator: str) -> bool:
    """Whether a cell may begin or end with a blank: most large files have none, and need not be looked through."""
    if any(blank in text for blank in RARE_BLANKS if blank != separator):
        return True
    if " " not in text:
        return False
    edges = (separator, "\n", '"')
    return any(edge + " " in text or " " + edge in text for edge in edges)


def _filled(cells: list[list[str]], lines: Sequence[int], marks: Marks) -> Rows:
    """The rows that hold anything."""
    blank = {place for place, row in enumerate(cells) if not row or not (row[0] or any(row))}
    if blank:
        lines = [line for place, line in enumerate(lines) if place not in blank]
        cells = [row for place, row in enumerate(cells) if place not in blank]
    _share(cells)
    return Rows(cells, array("i", lines), marks)


def _share(cells: list[list[str]]) -> None:
    """Equal cells of columns that repeat themselves become one and the same text: memory counts. Changes in place."""
    sample = cells[:TRIED_ROWS]
    width = min((len(row) for row in sample), default=0)
    for place in range(width):
        n_different = len({row[place] for row in sample})
        if len(cells) <= TRIED_ROWS or n_different > MOST_DIFFERENT * len(sample):
            continue
        texts: dict[str, str] = {}
        for row in cells:
            if place < len(row):
                row[place] = texts.setdefault(row[place], row[place])
