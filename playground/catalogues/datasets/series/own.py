"""A column of a person's own CSV file as a data set."""

from dataclasses import asdict
from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from ....reading.dates import time_order
from ....reading.numbers import as_number
from ....reading.series import Column, column_of, first_cells, load_column, series_rows
from .. import uploads
from ..base import DATASETS, FOLDER
from ..own_file import OwnFile
from .base import Series
from .bundled import CarbonDioxide
from .files import read_column
from .windows import last_known, windows

EXAMPLE = "co2_weekly.csv"
USUAL_NAME = "series.csv"
SHOWN_NAMES = 200  # columns that a person may choose from
SHOWN_LENGTH = 80  # characters of each


@lru_cache(maxsize=8)
def _example_column(column: str, first_row: str) -> Column:
    """Of the bundled file, which is ours and needs no process of its own."""
    return column_of((FOLDER / EXAMPLE).read_bytes(), column, first_row)


@DATASETS.register
class OwnSeries(OwnFile, Series):
    """A column of your own CSV file, one row per time step; carbon dioxide is shown until you choose a file.

    Dates in the first column put the rows in order; else they must be. Each counts as one step, however far from the
    one before. Out: x (N, window, 1), y (N, horizon) in the column's unit. Source: the file that was uploaded.
    Licence: your own.
    """

    id = "own_series"
    label = "Your own series (CSV)"
    takes_file = "series"
    read_as = "series"
    field_of_choice: ClassVar[dict[str, str]] = {"value": "column"}
    column: str = Field(
        "", max_length=200, description="Column to predict; blank: the last one that holds numbers"
    )
    first_row: Literal["auto", "names", "data"] = Field(
        "auto", description="Whether the first row contains the column names"
    )
    window: int = Field(
        24,
        ge=2,
        le=520,
        description="Past steps that the network sees",
        json_schema_extra={"log": True},
    )
    horizon: int = Field(4, ge=1, le=52, description="Future steps that the network has to predict")
    season_steps: int = Field(
        0,
        ge=0,
        le=1_000,
        description="Length of a season in steps, for the naive forecast; 0: no season",
    )

    @property
    def season(self) -> int:  # type: ignore[override]
        return self.season_steps

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.own_file() or EXAMPLE,)

    @property
    def needs(self) -> tuple[str, ...]:  # type: ignore[override]
        clock = self._column().clock
        is_sorted = clock is not None and clock.order == "sorted"
        return ("pandas",) if is_sorted else ()

    def own_file(self) -> str:
        if not self.file:
            return ""
        return uploads.name_of(self.file) or USUAL_NAME

    def _column(self) -> Column:
        if not self.file:
            return _example_column(self.column, self.first_row)
        return read_column(self.file, self.column, self.first_row)

    def origin(self) -> tuple[str, str]:
        return super().origin() if self.file else CarbonDioxide().origin()

    def values(self) -> np.ndarray:
        return self._column().values

    def times(self) -> list[str]:
        return self._column().times

    def source(self) -> tuple[str, tuple[Any, ...]]:
        column = self._column()
        path = "DATA_FILE" if self.file else repr(EXAMPLE)
        layout = _arguments(column.encoding, column.delimiter, column.first_row)
        place = _arguments(column.decimal, column.place)
        lines = [f"values = load_column({path}, {layout}, {place})"]
        functions: tuple[Any, ...] = (as_number, series_rows, load_column, last_known, windows)

        clock = column.clock
        if clock and clock.order == "reversed":
            lines[0] += "[::-1]  # the file runs newest first"
        if clock and clock.order == "sorted":
            lines.append(f"times = first_cells({path}, {layout})")
            lines.append(f"values = values[time_order(times, {clock.form!r})]")
            functions += (first_cells, time_order)
        lines.append(f"x, y = windows(values, {self.window}, {self.horizon}, {self.from_last})")
        return "\n".join(lines), functions

    def preview(self) -> dict[str, Any] | None:
        column = self._column()
        return {
            **(super().preview() or {}),
            "own": True,
            "example": not self.file,
            "columns": [name[:SHOWN_LENGTH] for name in column.names[:SHOWN_NAMES]],
            "column": column.names[column.place][:SHOWN_LENGTH],
            "clock": _clock_facts(column),
        }


def _clock_facts(column: Column) -> dict[str, Any] | None:
    """What the page says of the rows' times; None where they have none."""
    if column.clock is None:
        return None
    facts = asdict(column.clock)
    del facts["form"]
    facts["name"] = column.names[0][:SHOWN_LENGTH]
    facts["after"] = column.times[column.clock.after]
    return facts


def _arguments(*values: Any) -> str:
    """Values as they stand between the brackets of a call."""
    return ", ".join(repr(value) for value in values)
