"""The bytes of a CSV file of any make -> a table of cells. The exported script carries `table_cells`."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from .layout import check_width, delimiter_of, has_names, unique_names
from .letters import encoding_of
from .numbers import decimal_of
from .refusals import refused

MAX_CELLS = 4_000_000
MAX_COLUMNS = 1_000
LEAST_ROWS = 4


def table_cells(data, encoding, delimiter):
    """The bytes of a CSV file -> its rows of cells, without blank rows and the blanks around a cell."""
    import csv
    import io

    # newline="": line breaks inside quotes are left to the csv module.
    lines = io.StringIO(data.decode(encoding), newline="")
    rows = []
    for row in csv.reader(lines, delimiter=delimiter):
        cells = [cell.strip() for cell in row]
        if any(cells):
            rows.append(cells)
    return rows


@dataclass(frozen=True)
class Table:
    """A CSV file as it was read: names of the columns, rows of text, and how it was written."""

    names: tuple[str, ...]
    rows: list[list[str]]
    encoding: str
    delimiter: str
    first_row: int
    decimal: str

    def to_json(self) -> dict[str, Any]:
        """As JSON, for the journey between two processes."""
        return {**asdict(self), "names": list(self.names)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """The table again. Equal cells are one and the same text: most columns repeat themselves."""
        names = tuple(value["names"])
        rows = _shared(value["rows"])
        return cls(**{**value, "names": names, "rows": rows})

    def column(self, place: int) -> list[str]:
        """All cells of a column, from top to bottom."""
        return [row[place] for row in self.rows]


def table_of(data: bytes, first_row: str = "auto") -> Table:
    """Any bytes as a table: encoding, delimiter, names and decimal sign found out. Raises: ExperimentError."""
    encoding = encoding_of(data)
    delimiter = delimiter_of(data.decode(encoding))
    try:
        rows = table_cells(data, encoding, delimiter)
    except csv.Error:
        raise refused("table_quotes") from None
    if not rows:
        raise refused("upload_empty")

    width = len(rows[0])
    if width < 2:
        raise refused("table_one_column")
    check_size(len(rows), width)
    check_width(rows, width)
    rows = _shared(rows)

    decimal = decimal_of(rows, delimiter)
    named = has_names(rows, decimal) if first_row == "auto" else first_row == "names"
    written_names = rows[0] if named else [""] * width
    first = 1 if named else 0
    n_rows = len(rows) - first
    if n_rows < LEAST_ROWS:
        raise refused("table_too_short", given=n_rows)
    return Table(
        names=unique_names(written_names),
        rows=rows[first:],
        encoding=encoding,
        delimiter=delimiter,
        first_row=first,
        decimal=decimal,
    )


def check_size(n_rows: int, n_columns: int) -> None:
    """Raises: ExperimentError for more cells or columns than are read."""
    if n_columns > MAX_COLUMNS or n_columns * n_rows > MAX_CELLS:
        limits = {"limit": f"{MAX_CELLS:,}", "wide": f"{MAX_COLUMNS:,}"}
        raise refused("table_too_large", rows=n_rows, columns=n_columns, **limits)


def _shared(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Equal cells as one and the same text: most columns repeat themselves, and memory counts."""
    texts: dict[str, str] = {}
    shared = []
    for row in rows:
        shared.append([texts.setdefault(cell, cell) for cell in row])
    return shared
