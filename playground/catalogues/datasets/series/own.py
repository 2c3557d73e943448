"""Series in a person's own file as a data set."""

from collections.abc import Sequence
from pprint import pformat
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, StringConstraints

from ....faults import Fault
from ....reading.data.layouts import functions_of, parse_of
from ....reading.data.new_rows import said_of_all
from ....reading.data.series_file import SeriesFile
from ....reading.data.series_loading import SERIES_FUNCTIONS
from ...base import Capped
from ...samples import time_split
from .. import uploads
from ..base import DATASETS
from ..own_file import OwnFile
from ..upload_names import safe_name
from .base import Series
from .bundled import CarbonDioxide
from .files import read_bundled, read_series
from .labels import step_labels
from .new import NewSeries, read_new
from .windows import last_known, windows, windows_of_each

EXAMPLE = "co2_weekly.csv"
USUAL_NAME = "series.csv"
SHOWN_NAMES = 200  # columns that a person may choose from
SHOWN_LENGTH = 80  # characters of each
MOST_INPUTS = 32
RECIPE_WIDTH = 92  # letters of a line of the script
NAMES_OF_FIRST_ROW = {"names": "first_row", "data": "none"}
ColumnName = Annotated[str, StringConstraints(max_length=200)]


@DATASETS.register
class OwnSeries(OwnFile, Series):
    """Series in a file of your own, a row for each time step; without a file, carbon dioxide is shown.

    Dates, wherever they stand, put the rows in order. Several series below each other are told apart; one of them is
    used, or each with windows of its own. Out: x (N, window, F), y (N, horizon) in the column's unit.
    Source: the file that was uploaded. Licence: your own.
    """

    id = "own_series"
    label = "Your own series (CSV)"
    takes_file = "series"
    read_as = "series"
    field_of_choice: ClassVar[dict[str, str]] = {"value": "column"}
    column: str = Field(
        "", max_length=200, description="Column to predict; blank: the last one that holds numbers"
    )
    inputs: Annotated[list[ColumnName], Capped] = Field(
        default_factory=list,
        max_length=MOST_INPUTS,
        description="Further columns whose past the network sees beside it",
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
        description="Length of a season in steps, for the naive forecast; 0: as the dates suggest; 1: no season",
    )

    @property
    def season(self) -> int:  # type: ignore[override]
        """The season that was set, or else the one that the step suggests (a year of months, a week of days)."""
        if self.season_steps:
            return self.season_steps if self.season_steps > 1 else 0
        time = self._read().about["time"]
        return (time["season"] or 0) if time else 0

    @property
    def unit(self) -> str:  # type: ignore[override]
        """What stands behind the numbers of the column, such as kg."""
        return str(self._read().about["unit"])

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.own_file() or EXAMPLE,)

    def own_file(self) -> str:
        if not self.file:
            return ""
        return uploads.name_of(self.file) or safe_name(self.called, USUAL_NAME)

    def lines(self) -> tuple[str, ...]:
        names = NAMES_OF_FIRST_ROW.get(self.first_row)
        first = (f"names={names}",) if names else ()
        return (*super().lines(), *first)

    def settled(self, line: str) -> dict[str, Any]:
        changes = super().settled(line)
        if line.startswith("names="):
            changes["first_row"] = "auto"  # what was said last is true
        return changes

    def fault(self) -> Fault | None:
        return self.choices_fault()

    def _read(self) -> SeriesFile:
        inputs = tuple(self.inputs)
        if not self.file:
            return read_bundled(EXAMPLE, self.lines(), inputs)
        return read_series(self.file, self.read_as, self.lines(), inputs)

    def origin(self) -> tuple[str, str]:
        return super().origin() if self.file else CarbonDioxide().origin()

    def n_columns(self) -> int:
        further = set(self.inputs) - {self.column}
        if not self.column and further:
            further.discard(self._read().about["column"])
        return 1 + len(further)

    def values(self) -> np.ndarray:
        return self._read().values[:, 0]

    def series(self) -> Sequence[np.ndarray]:
        file = self._read()
        ends = np.cumsum(file.sizes)[:-1]
        return np.split(file.values, ends)

    def times(self) -> list[str]:
        file = self._read()
        return step_labels(file.seconds, file.about["precision"])

    def new_series(self, content: bytes) -> list[NewSeries]:
        value = {"value": self._read().about["column"]}
        choices = said_of_all(self.reading_choices()).model_copy(update=value)
        recipe = self.recipe()
        forms = {str(place): one["form"] for place, one in enumerate(recipe["columns"])}
        return read_new(content, choices, self.inputs, self.trained(forms, recipe["layout"]))

    def recipe(self) -> dict[str, Any]:
        """How the file is read, as literals: what the script says to `series_of`."""
        recipe: dict[str, Any] = self._read().about["recipe"]
        return recipe

    def source(self) -> tuple[str, tuple[Any, ...]]:
        recipe = self.recipe()
        layout = recipe["layout"]
        path = "DATA_FILE" if self.file else repr(EXAMPLE)
        parse = parse_of(layout).__name__
        shape = f"{self.window}, {self.horizon}, {self.from_last}"
        lines = [
            "# How the file is written, and what its columns hold.",
            f"RECIPE = {pformat(recipe, width=RECIPE_WIDTH, sort_dicts=False)}",
            f'rows = cells_of(bytes_of({path}), RECIPE["layout"], {parse})',
            "series = series_of(rows, RECIPE)",
        ]
        functions = (*functions_of(layout), *SERIES_FUNCTIONS, last_known, windows)
        if len(self.series()) > 1:
            lines.append(f"x, y, n_windows = windows_of_each(series, {shape})")
            return "\n".join(lines), (*functions, windows_of_each, time_split)
        lines.append(f"x, y = windows(series[0], {shape})")
        return "\n".join(lines), functions

    def preview(self) -> dict[str, Any] | None:
        about = self._read().about
        return {
            **(super().preview() or {}),
            "own": True,
            "example": not self.file,
            "columns": _short(about["numbers"]),
            "column": about["column"][:SHOWN_LENGTH],
            "inputs": _short(self.inputs),
            "groups": _short(about["all_groups"]),
            "group": about["groups"][0][:SHOWN_LENGTH] if len(about["groups"]) == 1 else "",
            "time": about["time"],
            "clock": about["clock"],
        }


def _short(names: Sequence[str]) -> list[str]:
    """Names as far as a screen has room for them."""
    return [name[:SHOWN_LENGTH] for name in names[:SHOWN_NAMES]]
