"""Series that were uploaded, read once and kept."""

from functools import lru_cache
from typing import Any

from ....reading.calls import read
from ....reading.series import Column
from .. import uploads


@lru_cache(maxsize=8)
def read_column(file: str, column: str, first_row: str) -> Column:
    """A column of an uploaded file, read once. Raises: ExperimentError for what is no series."""
    return _column_of(uploads.get(file), column, first_row)


@uploads.kind("series", "series.csv")
def series_facts(data: bytes) -> dict[str, Any]:
    """The file's columns, and the one that would be predicted. Raises: ExperimentError for what holds no series."""
    column = _column_of(data)
    name = column.names[column.place]
    return {"columns": column.names, "column": name, "steps": len(column.values)}


def _column_of(data: bytes, column: str = "", first_row: str = "auto") -> Column:
    answer = read("series", {"column": column, "first_row": first_row}, data)
    return Column.from_message(answer)
