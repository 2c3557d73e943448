"""What all tables have in common: samples are rows, and a person may name their columns when asking."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

import numpy as np

from ....faults import ExperimentError
from ....reading.data.layouts import functions_of, parse_of
from ....reading.data.loading import moments_of, numbers_of
from ....reading.data.table_loading import (
    FEATURES_OF,
    one_cell,
    row_features,
    signed_cell,
    table_arrays,
    target_values,
)
from ....reading.data.table_plan import Plan
from ....reading.data.words import says_missing
from ...samples import stratified_counts
from ..base import Dataset
from .literals import feature_functions, features_of_code, literals_code
from .reading import Table, TableRows

Literals = dict[str, Any]


class Rows(Dataset):
    """A table. Out: x (N, F), NaN where a number is missing; y class numbers (N,) or quantities (N, 1)."""

    group = "tables"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "table"

    def class_sizes(self) -> tuple[int, ...]:
        """Rows of every class."""
        return self.plan().sizes

    def n_samples(self) -> int:
        return sum(self.class_sizes())

    def counts(self) -> tuple[int, int]:
        if self.task != "classification":
            return super().counts()
        return stratified_counts(self.class_sizes(), self.validation)

    def table(self) -> Table:
        """The table as it was understood. Raises: ExperimentError for what is none."""
        raise NotImplementedError

    def samples(self) -> TableRows:
        """The rows that are samples, as a person reads them."""
        raise NotImplementedError

    def plan(self) -> Plan:
        """What becomes of each column. Raises: ExperimentError where the table cannot be used as it is."""
        return self.table().plan()

    def recipe(self) -> Literals:
        """How the file becomes x and y, as plain values."""
        return self.plan().recipe

    def shown(self, index: int) -> dict[str, str]:
        """The sample at this position of `raw` as a person reads it: column -> cell."""
        return self.samples().row(index)

    def encode(self, samples: Any) -> np.ndarray:
        """Rows as {column: value}, a blank one for what is not known; or numbers (N, F) as in `raw`.

        Raises: ValueError for another column, or where a number is needed and something else was given.
        """
        if isinstance(samples, tuple):
            samples = list(samples)
        if not _are_named_rows(samples):
            return self._encode_numbers(samples)
        return np.concatenate([self._encode_row(sample) for sample in samples])

    def _encode_numbers(self, samples: Any) -> np.ndarray:
        try:
            return super().encode(samples)
        except ValueError:
            wanted = f"numbers (N, {self.input_shape[0]})"
            detail = f"predict needs rows as {{column: value}}, or {wanted}"
            raise ValueError(detail) from None

    def _encode_row(self, sample: Any) -> np.ndarray:
        if not isinstance(sample, Mapping):
            raise ValueError("predict needs every row as {column: value}")
        columns = self.recipe()["columns"]
        column_of = {column["name"]: column for column in columns}
        row = {}
        for name, value in sample.items():
            column = column_of.get(str(name))
            if column is None:
                shown = str(name)[:40]
                raise ValueError(f"there is no column “{shown}” that the network learns from")
            row[column["name"]] = _checked(value, column)
        x: np.ndarray = row_features(row, columns, FEATURES_OF)
        return x

    def uses(self) -> dict[str, str]:
        """Columns that are learned from -> what each is used as: a value of the choice `columns`."""
        return {column["name"]: column["kind"] for column in self.recipe()["columns"]}

    def aim_name(self) -> str:
        """The column that is predicted."""
        return self.plan().target

    def aim_use(self) -> dict[str, str]:
        """What it is used as."""
        return {self.aim_name(): "number" if self.plan().classes is None else "category"}

    def features_of(self, columns: Mapping[str, Sequence[str] | np.ndarray], n: int) -> np.ndarray:
        """Columns of another file -> x as in `raw`; a cell that is none of its column's counts as missing.

        In: column -> its n cells, or float64 (n,) for numbers; columns that are not there are missing.
        """
        nothing = [""] * n
        features = []
        for column in self.recipe()["columns"]:
            cells = columns.get(column["name"], nothing)
            features.append(FEATURES_OF[column["kind"]](cells, column))
        return np.ascontiguousarray(np.concatenate(features, axis=1))

    def targets_of(self, cells: Sequence[str]) -> np.ndarray:
        """Cells of the target -> values or class numbers, NaN where a cell is neither. Out: float64 (N,)."""
        values: np.ndarray = target_values(cells, self.recipe()["target"])
        return values

    def asking_code(self) -> tuple[str, tuple[Any, ...]]:
        """For an example: lines that turn `sample`, {column: value}, into x as `encode` does, and their functions."""
        columns = self.recipe()["columns"]
        lines = [
            literals_code("columns", columns),
            features_of_code(columns),
            "x = row_features(sample, columns, features_of)",
        ]
        return "\n".join(lines), (
            *feature_functions(columns),
            one_cell,
            signed_cell,
            row_features,
        )

    def preview(self) -> dict[str, Any]:
        table = self.table()
        plan = table.possible_plan
        facts = dict(table.facts)
        names = facts.pop("names")
        facts["n_columns"] = len(names)
        facts["n_used"] = sum(plan.sizes) if plan else 0
        facts["n_features"] = len(plan.features) if plan else 0
        return facts

    def plan_if_any(self) -> Plan | None:
        """The plan; None where the table cannot be used as it is, so that it can be seen and put right."""
        try:
            return self.plan()
        except ExperimentError:
            return None


def _are_named_rows(samples: Any) -> bool:
    return isinstance(samples, list) and bool(samples) and isinstance(samples[0], Mapping)


def _checked(value: Any, column: Literals) -> Any:
    """A value as somebody typed it. Raises: ValueError for a word where a number or a date belongs."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if value is None or (is_number and column["kind"] == "number"):
        return value
    if column["kind"] == "category":
        return _kind_text(value, column)
    cell = str(value).strip()
    if cell in column["form"].get("missing", ()) or says_missing(cell):
        return None
    if not np.isnan(_value_of(cell, column)):
        return cell
    name = column["name"][:40]
    raise ValueError(
        f"“{name}” needs {_needed(column)}, but got “{cell[:40]}”; leave it blank if it is not known"
    )


def _needed(column: Literals) -> str:
    if column["kind"] == "date":
        return "a date, written as in the file"
    is_comma = column["form"]["decimal"] == ","
    return "a number, with a decimal comma as in the file" if is_comma else "a number"


def _kind_text(value: Any, column: Literals) -> str:
    """A kind as the file writes it: 3.0, as a table in memory has it, is the kind “3”."""
    is_whole = isinstance(value, float) and value.is_integer()
    if is_whole and str(value) not in column["categories"]:
        return str(int(value))
    return str(value).strip()


def _value_of(cell: str, column: Literals) -> float:
    read = numbers_of if column["kind"] == "number" else moments_of
    return float(read([cell], column["form"])[0])


class CsvRows(Rows):
    """A table that lies in a text file."""

    script_file: ClassVar[str]

    def source(self) -> tuple[str, tuple[Any, ...]]:
        plan = self.plan()
        layout, columns = plan.recipe["layout"], plan.recipe["columns"]
        names = ", ".join(column["name"] for column in columns)
        parse = parse_of(layout)
        lines = [
            f"# predicts {_quiet(plan.target)} from {_quiet(names)}",
            *_date_comments(columns),
            literals_code("layout", layout),
            literals_code("columns", columns),
            literals_code("target", plan.recipe["target"]),
            features_of_code(columns),
            f"rows = cells_of(bytes_of({self._path_code()}), layout, {parse.__name__})",
            "x, y = table_arrays(rows, columns, target, features_of)",
        ]
        by_kind = feature_functions(columns)
        functions = (*functions_of(layout), *by_kind, target_values, table_arrays)
        return "\n".join(lines), functions

    def _path_code(self) -> str:
        """How the script names the file, as Python."""
        return "DATA_FILE" if self.own_file() else repr(self.script_file)


def _date_comments(columns: Sequence[Literals]) -> list[str]:
    """A line for every date: what the network learns from."""
    lines = []
    for column in columns:
        if column["kind"] == "date":
            parts = ", ".join(column["parts"])
            lines.append(f"# {_quiet(column['name'])} becomes {parts} since {column['first']}")
    return lines


def _quiet(text: str) -> str:
    """A text that cannot leave its comment."""
    characters = [character if character.isprintable() else " " for character in text]
    plain = "".join(characters)
    return plain if len(plain) <= 90 else plain[:89] + "…"
