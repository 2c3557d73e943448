"""A text file as named columns: what a table, a series and a set of texts have in common."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ..refusals import refused
from .choices import EVERY, Choices
from .collecting import no_collecting
from .columns import Column, column_of
from .grid import Grid, grid_of, lines_text
from .letters import Letters, decoded, is_binary
from .loose_commas import has_open_names
from .name_rows import joined_names, n_further_names
from .names import first_row_is_names, names_of
from .result import ColumnFacts, Doubt, LeftOut, Remedy, Understood, encoding_doubt
from .separators import PAIRED
from .signs_beside import signed_by
from .totals import leave_out_totals
from .year_rows import take_years

SEPARATORS_SHOWN = {"\t": "tab", " ": "blanks", "": None, PAIRED: "blanks"}
ENCODINGS_SHOWN = {"utf-8-sig": "utf-8"}
SAMPLE_LETTERS = 60
LEAST_ROWS = 4
LEAST_NAMES = 2  # that a row must hold to be the names again


@dataclass
class Sheet:
    """The columns of a file, and all that was found out on the way to them."""

    columns: list[Column]
    lines: Sequence[int]  # of the file, by row
    letters: Letters
    grid: Grid
    is_named: bool
    decimal: str
    notes: list[Doubt]
    doubts: list[Doubt]

    @property
    def n_rows(self) -> int:
        """Rows of values."""
        return len(self.lines)

    def named(self, name: str) -> Column | None:
        """The column of this name."""
        for column in self.columns:
            if column.name == name:
                return column
        return None

    def facts(self) -> dict[str, object]:
        """What every kind of text file says of itself."""
        separator = self.grid.separator
        encoding = self.letters.encoding
        return {
            "encoding": ENCODINGS_SHOWN.get(encoding, encoding),
            "separator": SEPARATORS_SHOWN.get(separator, separator),
            "decimal": self.decimal or ".",
            "rows": self.n_rows,
            "columns": [_facts_of(column) for column in self.columns],
            "left_out": LeftOut(count=len(self.grid.left_out), lines=self.grid.left_out),
        }


def _facts_of(column: Column) -> ColumnFacts:
    unit = column.numbers.unit if column.numbers and column.type == "number" else ""
    return ColumnFacts(
        name=column.name,
        type=column.type,
        first=column.first(),
        missing=column.n_missing + _n_unread(column),
        unit=unit,
        why=column.why,
    )


def _n_unread(column: Column) -> int:
    """Cells of a column of numbers or dates that are none."""
    if column.type == "number":
        return column.n_odd
    if column.type == "date" and column.dates is not None:
        return len(column.dates.odd)
    return 0


def sheet_of(data: bytes, choices: Choices) -> Sheet:
    """The bytes of a text file as columns. Raises: ExperimentError."""
    with no_collecting():
        return _sheet_of(data, choices)


def _sheet_of(data: bytes, choices: Choices) -> Sheet:
    letters = decoded(data, choices.encoding)
    if not letters.text.strip():
        raise refused("upload_empty")
    if is_binary(letters.text):
        raise refused("table_binary")
    grid = grid_of(letters.text, choices)
    letters = replace(letters, text="")  # the rows hold it now
    names, is_named = _take_names(grid, choices)
    notes = list(grid.notes)
    _leave_out_repeated_names(grid, is_named, notes)
    take_years(grid, notes)
    leave_out_totals(grid, choices, notes)
    cells = list(zip(*grid.rows.cells, strict=True)) or [()] * grid.width
    _fill_down(grid, cells, names, choices)
    grid.signed = signed_by(names, cells, choices)
    lines = grid.rows.lines
    grid.rows.cells = []  # the columns hold them now
    choices = _with_words(choices, grid.missing_words)
    columns = [column_of(place, names[place], cells[place], choices) for place in range(grid.width)]
    decimal = _decimal_of(columns)
    # Commas inside the numbers may part thousands as well as fractions.
    settling = "" if grid.joined else grid.separator
    _settle_open_decimals(columns, choices, decimal, settling)
    sheet = Sheet(columns, lines, letters, grid, is_named, decimal, notes, list(grid.doubts))
    _tell_letters(sheet)
    _ask_decimals(sheet)
    return sheet


def _fill_down(
    grid: Grid, cells: list[tuple[str, ...]], names: Sequence[str], choices: Choices
) -> None:
    """Blank cells of the chosen columns repeat what stands above. Changes `cells`, and tells the grid."""
    for place, name in enumerate(names):
        if choices.of("blanks", name) == "from_above":
            cells[place] = tuple(accumulate(cells[place], _or_above))
            grid.filled_down.append(place)


def _or_above(above: str, cell: str) -> str:
    return cell or above


def _with_words(choices: Choices, words: list[str]) -> Choices:
    """The choices with further words for “missing” in every column."""
    missing = {**choices.missing, EVERY: [*choices.missing.get(EVERY, ()), *words]}
    return choices.model_copy(update={"missing": missing}) if words else choices


def _take_names(grid: Grid, choices: Choices) -> tuple[tuple[str, ...], bool]:
    """The names, taken away from the rows. A row above that was one cell shorter holds them as well."""
    rows = grid.rows
    is_named = choices.names == "first_row"
    if choices.names == "auto":
        is_named = first_row_is_names(rows.cells)
    if grid.above is not None and choices.names == "auto" and not is_named:
        if not grid.above[0] and has_open_names(rows.cells):
            grid.notes.append(Doubt(code="nameless_first"))
        return names_of(grid.above, grid.width), True
    if not is_named:
        return names_of(None, grid.width), False
    grid.first_row = rows.cells[0]
    n_further = n_further_names(rows.cells) if choices.names == "auto" else 0
    names = names_of(joined_names(rows.cells[0], rows.cells[1 : 1 + n_further]), grid.width)
    if grid.joined:
        grid.notes.append(_told_of_commas(grid, names))
    if n_further:
        lines = list(rows.lines[1 : 1 + n_further])
        values = {"count": n_further, "lines": lines_text(lines)}
        grid.notes.append(Doubt(code="further_names", values=values))
    rows.cells = rows.cells[1 + n_further :]
    rows.lines = rows.lines[1 + n_further :]
    return names, True


def _told_of_commas(grid: Grid, names: Sequence[str]) -> Doubt:
    cells = [row[grid.joined[0]] for row in grid.rows.cells]
    cell = next(cell for cell in cells if "," in cell)
    listed = ", ".join(names[place] for place in grid.joined)
    return Doubt(code="loose_commas", values={"cell": cell, "names": listed})


def _leave_out_repeated_names(grid: Grid, is_named: bool, notes: list[Doubt]) -> None:
    """Files that were put together from several have their names in the middle again."""
    names = grid.first_row
    if not is_named or names is None or sum(map(bool, names)) < LEAST_NAMES:
        return
    places = {place for place, row in enumerate(grid.rows.cells) if row == names}
    if not places:
        return
    lines = [grid.rows.lines[place] for place in sorted(places)]
    grid.rows = grid.rows.without(places)
    grid.left_out = sorted([*grid.left_out, *lines])
    values = {"count": len(lines), "lines": lines_text(lines)}
    notes.append(Doubt(code="repeated_names", values=values))


def _decimal_of(columns: Sequence[Column]) -> str:
    """The decimal sign of most columns whose cells settle it; "" where none does."""
    votes: Counter[str] = Counter()
    for column in columns:
        numbers = column.numbers
        if numbers is not None and numbers.decimal and not numbers.open_sign:
            votes[numbers.decimal] += 1
    return votes.most_common(1)[0][0] if votes else ""


def _settle_open_decimals(
    columns: list[Column], choices: Choices, decimal: str, separator: str
) -> None:
    """Columns such as 1.234, 5.678 follow the rest of the file, or the custom of files with such separators."""
    usual = decimal or ("." if separator == "," else "")
    if not usual:
        return
    for place, column in enumerate(columns):
        if column.numbers is not None and column.numbers.open_sign:
            columns[place] = column_of(place, column.name, column.cells, choices, usual)


def _tell_letters(sheet: Sheet) -> None:
    """Bad bytes, and other encodings that are nearly as likely."""
    letters = sheet.letters
    if letters.bad:
        sheet.notes.append(Doubt(code="bad_letters", values={"count": letters.bad}))
    if letters.others:
        sheet.doubts.append(encoding_doubt(letters.encoding, letters.others))


def _ask_decimals(sheet: Sheet) -> None:
    """Columns whose sign parts either thousands or fractions, and nothing in the file says which."""
    for column in sheet.columns:
        numbers = column.numbers
        if numbers is None or not numbers.open_sign or column.type != "number":
            continue
        cell = next(cell for cell in column.counts if numbers.open_sign in cell)
        tight = cell.replace(numbers.open_sign, "")
        fraction = cell.replace(numbers.open_sign, ".")
        other = "," if numbers.open_sign == "." else "."
        as_fraction = Remedy(
            code="as_number",
            set=f"decimal.{column.name}={numbers.open_sign}",
            values={"cell": cell, "value": fraction},
        )
        as_thousands = Remedy(
            code="as_number",
            set=f"decimal.{column.name}={other}",
            values={"cell": cell, "value": tight},
        )
        sheet.doubts.append(
            Doubt(
                code="decimal",
                place=column.name,
                values={"name": column.name, "cell": cell, "thousand": tight, "fraction": fraction},
                remedies=[as_fraction, as_thousands],
            )
        )


def understood(kind: str, sheet: Sheet, **facts: object) -> Understood:
    """The result of a text file."""
    values: dict[str, object] = {
        **sheet.facts(),
        "doubts": sheet.doubts,
        "notes": sheet.notes,
        **facts,
    }
    return Understood(kind=kind, **values)
