"""Tables that were uploaded, read once and kept."""

from functools import lru_cache
from typing import Any

from ...reading.calls import read
from ...reading.table import Table
from . import uploads


@lru_cache(maxsize=4)
def read_table(file: str, first_row: str = "auto") -> Table:
    """An uploaded table, read once. Raises: ExperimentError for what is no table."""
    return _table_of(uploads.get(file), first_row)


@uploads.kind("csv", "table.csv")
def csv_facts(data: bytes) -> dict[str, Any]:
    """How the table is written, and its columns. Raises: ExperimentError for what is no table."""
    table = _table_of(data)
    return {
        "rows": len(table.rows),
        "columns": table.names,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
    }


def _table_of(data: bytes, first_row: str = "auto") -> Table:
    answer = read("table", {"first_row": first_row}, data)
    return Table.from_json(answer.value)
