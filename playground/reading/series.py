"""One column of a CSV file as a series in order of time.

The exported script carries `series_rows`, `load_column` and `first_cells`.
"""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from ..faults import ExperimentError
from .clocks import Clock, clock_of
from .layout import delimiter_of, unique_names
from .letters import encoding_of
from .messages import Message
from .numbers import as_number, decimal_of, is_missing
from .refusals import refused

MOST_STEPS = 200_000
LEAST_KNOWN = 0.5  # share of the steps that must have a value
CELL_LENGTH = 40  # of a cell in a message
MAX_CELLS = 4_000_000
MAX_COLUMNS = 1_000


def series_rows(data, encoding, delimiter):
    """The bytes of a CSV file -> its rows of cells; a blank row is a missing step, save at both ends."""
    import csv
    import io

    lines = io.StringIO(data.decode(encoding))
    rows = []
    for row in csv.reader(lines, delimiter=delimiter):
        cells = [cell.strip() for cell in row]
        rows.append(cells)
    filled = [i for i, row in enumerate(rows) if any(row)]
    if not filled:
        return []
    first, last = filled[0], filled[-1]
    return rows[first : last + 1]


def load_column(path, encoding, delimiter, first_row, decimal, column):
    """One column of a CSV file -> float64 (n,), NaN where no number stands. `first_row`: how many rows are names."""
    with open(path, "rb") as file:
        rows = series_rows(file.read(), encoding, delimiter)
    values = []
    for row in rows[first_row:]:
        cell = row[column] if column < len(row) else ""
        values.append(as_number(cell, decimal))
    return np.array(values)


def first_cells(path, encoding, delimiter, first_row):
    """The first cell of every row of a CSV file behind the names: what orders the rows in time."""
    with open(path, "rb") as file:
        rows = series_rows(file.read(), encoding, delimiter)
    return [row[0] if row else "" for row in rows[first_row:]]


@dataclass(frozen=True)
class Column:
    """One column of a file as a series in order of time, how the file is written, and which columns it has."""

    values: np.ndarray
    times: list[str]
    names: tuple[str, ...]
    place: int
    encoding: str
    delimiter: str
    first_row: int
    decimal: str
    clock: Clock | None

    def to_message(self) -> Message:
        """For the journey between two processes."""
        about = asdict(self)
        values = about.pop("values")
        about["names"] = list(self.names)
        return Message(about, arrays={"values": values})

    @classmethod
    def from_message(cls, message: Message) -> Self:
        """The column again."""
        about = dict(message.value)
        clock = about.pop("clock")
        names = about.pop("names")
        return cls(
            **about,
            values=message.arrays["values"],
            names=tuple(names),
            clock=Clock(**clock) if clock else None,
        )


def column_of(data: bytes, column: str = "", first_row: str = "auto") -> Column:
    """A column of numbers, the last one that holds any unless it is named; the first may order the rows in time.

    Raises: ExperimentError.
    """
    encoding = encoding_of(data)
    delimiter = delimiter_of(data.decode(encoding))
    rows = _even_rows(data, encoding, delimiter)
    decimal = decimal_of(rows, delimiter)
    columns = [list(cells) for cells in zip(*rows, strict=True)]
    numbers = [_numbers(cells, decimal) for cells in columns]

    named = _is_named(numbers) if first_row == "auto" else first_row == "names"
    written_names = rows[0] if named else [""] * len(columns)
    names = unique_names(written_names)
    # True counts as 1: behind the row of names, where there is one.
    columns = [cells[named:] for cells in columns]
    numbers = [values[named:] for values in numbers]
    place = _place_of(column, names, columns, numbers)
    trouble = _trouble(numbers[place], columns[place], names[place][:CELL_LENGTH], int(named))
    if trouble is not None:
        raise trouble

    # The column itself cannot tell its own times.
    first_column = columns[0] if place else []
    clock = clock_of(first_column, decimal) if place else None
    order = np.arange(len(columns[0]))
    if clock:
        order = clock.positions(first_column)
    times = _times(first_column, order)
    return Column(
        values=numbers[place][order],
        times=times,
        names=names,
        place=place,
        encoding=encoding,
        delimiter=delimiter,
        first_row=int(named),
        decimal=decimal,
        clock=clock,
    )


def _even_rows(data: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    """The file's rows, all as wide as the widest. Raises: ExperimentError."""
    try:
        rows = series_rows(data, encoding, delimiter)
    except csv.Error:
        raise refused("table_quotes") from None
    if not rows:
        raise refused("upload_empty")
    width = max(len(row) for row in rows)
    check_size(len(rows), width)
    for row in rows:
        row += [""] * (width - len(row))
    return rows


def check_size(n_rows: int, n_columns: int) -> None:
    """Raises: ExperimentError for more cells or columns than are read."""
    if n_columns > MAX_COLUMNS or n_columns * n_rows > MAX_CELLS:
        limits = {"limit": f"{MAX_CELLS:,}", "wide": f"{MAX_COLUMNS:,}"}
        raise refused("table_too_large", rows=n_rows, columns=n_columns, **limits)


def _numbers(cells: Sequence[str], decimal: str) -> np.ndarray:
    return np.array([as_number(cell, decimal) for cell in cells], dtype=np.float64)


def _is_named(numbers: Sequence[np.ndarray]) -> bool:
    """Whether the first row holds no number, so that it must be names."""
    return all(np.isnan(values[0]) for values in numbers)


def _place_of(
    column: str,
    names: Sequence[str],
    columns: Sequence[list[str]],
    numbers: Sequence[np.ndarray],
) -> int:
    """Place of the column that is named; else of the last one that can be predicted, or else of the very last."""
    if column:
        if column not in names:
            shown = column[:CELL_LENGTH]
            listed = ", ".join(names[:20])[:200]
            raise refused("table_no_column", "data.column", given=shown, known=listed)
        return names.index(column)
    for place in reversed(range(len(names))):
        if len(numbers[place]) and _trouble(numbers[place], columns[place]) is None:
            return place
    return len(names) - 1


def _times(written: Sequence[str], order: np.ndarray) -> list[str]:
    """What stands under each step: its cell in the first column, or its number where that says nothing."""
    times = []
    for i, row in enumerate(order):
        cell = written[row] if written else ""
        times.append(cell[:CELL_LENGTH] or str(i + 1))
    return times


def _trouble(
    values: np.ndarray, written: Sequence[str], name: str = "", first_row: int = 0
) -> ExperimentError | None:
    """What keeps a column from being predicted, if anything."""
    if len(values) > MOST_STEPS:
        limit = f"{MOST_STEPS:,}"
        return refused("series_too_many_steps", given=f"{len(values):,}", limit=limit)

    def bad(code: str, **details: Any) -> ExperimentError:
        return refused(code, "data.column", column=name, **details)

    is_known = ~np.isnan(values)
    if not is_known.any():
        cell = written[0] if written else ""
        return bad("series_no_numbers", cell=cell[:CELL_LENGTH])
    without_number = np.flatnonzero(~is_known).tolist()
    words = [row for row in without_number if not is_missing(written[row])]
    if words:
        row = words[0]
        cell = written[row]
        return bad(
            "series_not_a_number",
            row=row + 1 + first_row,
            cell=cell[:CELL_LENGTH],
            others=len(words) - 1,
        )
    if is_known.mean() < LEAST_KNOWN:
        return bad("series_gaps", missing=len(without_number), given=len(values))
    numbers = values[is_known]
    if np.ptp(numbers) == 0:
        return bad("series_constant", value=f"{numbers[0]:g}")
    return None
