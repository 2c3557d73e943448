"""A person's own table as a data set."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from ....faults import ExperimentError, size_text
from ....reading.calls import read
from ....reading.data.table_plan import CLASS_LENGTH, Wish
from .. import uploads
from ..base import DATASETS
from ..own_file import OwnFile
from ..upload_names import safe_name
from .bundled import EXAMPLE, HousePrices, bundled_arrays, bundled_rows, bundled_table
from .reading import Table, TableRows, uploaded_arrays, uploaded_rows, uploaded_table
from .rows import CsvRows

USUAL_NAME = "table.csv"
USUAL_BATCH = 64
Kind = Literal["number", "category", "date", "leave_out"]
NAMES = {"names": "first_row", "data": "none"}  # the field `first_row` as a choice


@DATASETS.register
class OwnTable(OwnFile, CsvRows):
    """Your own CSV file: choose the column to predict; without a file, house prices are shown.

    Out: x (N, F), one feature a number, one a category of a text; a date becomes its year, month, weekday and the days
    since the first. Numbers that are missing become the mean of the training part, and a feature says so.
    Source: the file that was uploaded. Licence: your own.
    """

    id = "own_table"
    label = "Your own table (CSV)"
    takes_file = "csv"
    read_as = "table"
    field_of_choice: ClassVar[dict[str, str]] = {"target": "target"}
    script_file = EXAMPLE
    target: str = Field(
        "",
        max_length=200,
        description="Column to predict; blank: the likeliest one",
    )
    predict: Literal["auto", "number", "class"] = Field(
        "auto",
        description="auto: a number if the column holds many different values, otherwise a class",
    )
    first_row: Literal["auto", "names", "data"] = Field(
        "auto", description="Whether the first row contains the column names"
    )
    most_categories: int = Field(
        20,
        ge=2,
        le=200,
        description="How many categories of a column are kept apart; the rarest are merged into one",
    )
    columns: dict[str, Kind] = Field(
        default_factory=dict,
        max_length=1_000,
        description="Column types that were corrected by hand",
    )

    @property
    def task(self) -> str:  # type: ignore[override]
        """What the chosen column asks for."""
        return "regression" if self.plan().classes is None else "classification"

    @property
    def input_shape(self) -> tuple[int, ...]:  # type: ignore[override]
        return (len(self.plan().features),)

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        """What the script reads."""
        return (self.own_file() or EXAMPLE,)

    def lines(self) -> tuple[str, ...]:
        """What was said about the file, the older fields of links first, so that a choice has the last word."""
        older = []
        if self.first_row in NAMES:
            older.append(f"names={NAMES[self.first_row]}")
        for name, kind in self.columns.items():
            older.append(f"columns.{name}={kind}")
        return (*older, *super().lines())

    def class_names(self) -> tuple[str, ...]:
        """None where there is no plan, so that the columns can be shown all the same; `task` says what is wrong."""
        plan = self.plan_if_any()
        if plan is None or plan.classes is None:
            return ()
        return tuple(name[:CLASS_LENGTH] for name in plan.classes)

    def target_names(self) -> tuple[str, ...]:
        plan = self.plan()
        return (plan.target,) if plan.classes is None else ()

    def table(self) -> Table:
        self.reading_choices()  # a bad one is told with its place
        wish = Wish(self.predict, self.most_categories)
        if not self.file:
            return bundled_table(EXAMPLE, self.lines(), wish)
        return uploaded_table(self.file, self.lines(), wish)

    def understood(self) -> dict[str, Any]:
        """The same as of every file; a table is read once for this, its plan and what the page shows of it."""
        return self.table().understood if self.file else super().understood()

    def samples(self) -> TableRows:
        if not self.file:
            return bundled_rows(EXAMPLE, self.recipe())
        return uploaded_rows(self.file, self.recipe())

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        if not self.file:
            return bundled_arrays(EXAMPLE, self.recipe())
        return uploaded_arrays(self.file, self.recipe())

    def origin(self) -> tuple[str, str]:
        return super().origin() if self.file else HousePrices().origin()

    def preview(self) -> dict[str, Any]:
        facts = super().preview()
        facts["own"] = True
        facts["file"] = self.file
        facts["example"] = not self.file
        if not self.file:
            facts["passed_over"] = []
        return facts

    def own_file(self) -> str:
        if not self.file:
            return ""
        return uploads.name_of(self.file) or safe_name(self.called, USUAL_NAME)


@uploads.kind("csv", USUAL_NAME)
def csv_facts(data: bytes) -> dict[str, Any]:
    """How the table is written, and its columns. Raises: ExperimentError for what is no table."""
    options = {"choices": {"kind": "table"}, "name": ""}
    facts = read("understood", options, data).value
    return {
        "rows": facts["rows"],
        "columns": [column["name"] for column in facts["columns"]],
        "encoding": facts["encoding"],
        "delimiter": facts["separator"],
    }


def csv_experiment(value: Mapping[str, Any], path: str | Path, target: str = "") -> dict[str, Any]:
    """An experiment's JSON with this CSV file as its data, for the command line. Raises: OSError, ExperimentError."""
    path = Path(path)
    size = path.stat().st_size
    limit = uploads.STORE.max_bytes
    if size > limit:
        sizes = {"given": size_text(size), "limit": size_text(limit)}
        raise ExperimentError.at("data.file", "data_too_large", **sizes)

    content = path.read_bytes()
    data = _settings_that_stay(value.get("data", {}))
    data["file"] = uploads.put(content, "csv", path.name)
    if target:
        data["target"] = target
    n_rows = csv_facts(content)["rows"]
    # A small table still gives some steps an epoch.
    largest_batch = max(2, n_rows // 8)
    data["batch_size"] = min(data.get("batch_size", USUAL_BATCH), largest_batch)
    return {**value, "data": data}


def _settings_that_stay(before: Mapping[str, Any]) -> dict[str, Any]:
    """Of the data of an experiment, what is still true of another table."""
    if before.get("dataset") == OwnTable.id:
        return dict(before)
    stays: dict[str, Any] = {"dataset": OwnTable.id}
    for name in ("validation", "batch_size"):
        if name in before:
            stays[name] = before[name]
    return stays
