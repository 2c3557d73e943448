"""A person's own CSV file as a data set."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from ....faults import ExperimentError, size_text
from ....reading.table import Table
from .. import uploads
from ..base import DATASETS
from ..table_files import csv_facts, read_table
from .bundled import EXAMPLE, HousePrices, bundled_looks, bundled_table
from .columns import Column, Kind, columns_of
from .plan import CLASS_LENGTH, Plan, plan_of, target_of
from .rows import CsvRows

EXAMPLE_TARGET = "price"
USUAL_NAME = "table.csv"
USUAL_BATCH = 64


@DATASETS.register
class OwnTable(CsvRows):
    """Your own CSV file: choose the column to predict; house prices are shown until you choose a file.

    Out: x (N, F), one feature a number, one a category of a text. Numbers that are missing become the mean of the
    training part, and a feature says so. Source: the file that was uploaded. Licence: your own.
    """

    id = "own_table"
    label = "Your own table (CSV)"
    takes_file = "csv"
    script_file = EXAMPLE
    file: str = Field(
        "", pattern=uploads.PATTERN, description="The uploaded file, identified by its content"
    )
    target: str = Field(
        "",
        max_length=200,
        description="Column to predict; blank: the last one that can be predicted",
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

    def class_names(self) -> tuple[str, ...]:
        """None where there is no plan, so that the columns can be shown all the same; `task` says what is wrong."""
        plan = self.plan_if_any()
        if plan is None or plan.classes is None:
            return ()
        return tuple(name[:CLASS_LENGTH] for name in plan.classes)

    def target_names(self) -> tuple[str, ...]:
        plan = self.plan()
        if plan.classes is not None:
            return ()
        return (self.cell_table().names[plan.target],)

    def cell_table(self) -> Table:
        if not self.file:
            return bundled_table(EXAMPLE)
        return read_table(self.file, self.first_row)

    def looks(self) -> Sequence[Column]:
        if not self.file:
            return bundled_looks(EXAMPLE)
        return columns_of(self.file, self.first_row)

    def plan(self) -> Plan:
        target = self.target
        if not self.file and not target:
            target = EXAMPLE_TARGET
        kinds = tuple(sorted(self.columns.items()))
        return _own_plan(
            self.file, self.first_row, target, self.predict, kinds, self.most_categories
        )

    def origin(self) -> tuple[str, str]:
        return super().origin() if self.file else HousePrices().origin()

    def preview(self) -> dict[str, Any]:
        facts = super().preview()
        facts["own"] = True
        facts["file"] = self.file
        facts["example"] = not self.file
        return facts

    def _wished(self) -> dict[int, str]:
        kinds: dict[int, str] = {}
        for place, look in enumerate(self.looks()):
            kind = self.columns.get(look.name, look.kind)
            if kind != "leave_out":
                kinds[place] = kind
        return kinds

    def _aim_if_any(self) -> int | None:
        try:
            return target_of(self.cell_table(), self.looks(), self.target)
        except ExperimentError:
            return None

    def _passed_over(self, plan: Plan | None) -> Sequence[int]:
        if plan is None or not self.file or self.target:
            return ()
        return range(plan.target + 1, len(self.looks()))

    def own_file(self) -> str:
        if not self.file:
            return ""
        return uploads.name_of(self.file) or USUAL_NAME


@lru_cache(maxsize=64)
def _own_plan(
    file: str,
    first_row: Any,
    target: str,
    predict: Any,
    kinds: tuple[tuple[str, Kind], ...],
    most_categories: int,
) -> Plan:
    """Kept, since the page asks for it many times an edit. In: the fields of `OwnTable` that it depends on."""
    data = OwnTable(file=file, first_row=first_row)
    table = data.cell_table()
    looks = data.looks()
    return plan_of(table, looks, target, predict, dict(kinds), most_categories)


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
