"""What all tables have in common: samples are rows, and a person may name their columns when asking."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

import numpy as np

from ....faults import ExperimentError
from ....reading.numbers import is_missing, is_number
from ....reading.table import Table
from ...samples import stratified_counts
from ..base import Dataset
from .arrays import SCRIPT_FUNCTIONS, table_arrays
from .columns import Column
from .plan import Plan
from .preview import table_preview


class Rows(Dataset):
    """A table. Out: x (N, F), NaN where a number is missing; y class numbers (N,) or quantities (N, 1)."""

    group = "tables"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "table"

    def class_sizes(self) -> tuple[int, ...]:
        """Rows of every class."""
        raise NotImplementedError

    def counts(self) -> tuple[int, int]:
        if self.task != "classification":
            return super().counts()
        return stratified_counts(self.class_sizes(), self.validation)

    def cell_table(self) -> Table:
        """The rows as text, as a person reads them."""
        raise NotImplementedError

    def looks(self) -> Sequence[Column]:
        """What every column holds."""
        raise NotImplementedError

    def plan(self) -> Plan:
        """What becomes of each column. Raises: ExperimentError where the table cannot be used as it is."""
        raise NotImplementedError

    def shown(self, index: int) -> dict[str, str]:
        """The sample at this position of `raw` as a person reads it: column -> cell."""
        table = self.cell_table()
        plan = self.plan()
        row = table.rows[plan.kept[index]]
        cells: dict[str, str] = {}
        for place, _, _ in plan.columns:
            cells[table.names[place]] = row[place]
        return cells

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
        table = self.cell_table()
        plan = self.plan()
        cells = _cells_of(sample)
        _check_cells(cells, table, plan)
        row = [cells.get(name, "") for name in table.names]
        # A row without a target would be left out: any that is valid will do, and nobody looks at it.
        row[plan.target] = "0" if plan.classes is None else plan.classes[0]
        x, _ = table_arrays([row], table.decimal, plan.columns, plan.target, plan.classes)
        return x

    def preview(self) -> dict[str, Any]:
        plan = self.plan_if_any()
        if plan is None:
            used, aim = self._wished(), self._aim_if_any()
        else:
            used, aim = _used_by(plan), plan.target
        passed_over = self._passed_over(plan)
        return table_preview(self.cell_table(), self.looks(), plan, used, aim, passed_over)

    def plan_if_any(self) -> Plan | None:
        """The plan; None where the table cannot be used as it is, so that it can be seen and put right."""
        try:
            return self.plan()
        except ExperimentError:
            return None

    def _wished(self) -> dict[int, str]:
        """What each column would be used as, were there something to predict."""
        wished: dict[int, str] = {}
        for place, look in enumerate(self.looks()):
            if look.kind != "leave_out":
                wished[place] = look.kind
        return wished

    def _aim_if_any(self) -> int | None:
        """The column that would be predicted, were there something to predict it from."""
        return None

    def _passed_over(self, _plan: Plan | None) -> Sequence[int]:
        """Columns after the target that nobody chose against: they could not be predicted."""
        return ()


def _are_named_rows(samples: Any) -> bool:
    return isinstance(samples, list) and bool(samples) and isinstance(samples[0], Mapping)


def _cells_of(sample: Mapping[Any, Any]) -> dict[str, str]:
    """A row as somebody typed it -> column -> cell, blank for None."""
    cells: dict[str, str] = {}
    for name, value in sample.items():
        cells[str(name)] = "" if value is None else str(value).strip()
    return cells


def _check_cells(cells: Mapping[str, str], table: Table, plan: Plan) -> None:
    """Raises: ValueError for a column that is not learnt from, or for a word where a number belongs."""
    use_of = {table.names[place]: what for place, what, _ in plan.columns}
    for name, cell in cells.items():
        shown = name[:40]
        if name not in use_of:
            raise ValueError(f"there is no column “{shown}” that the network learns from")
        needs_number = use_of[name].startswith("number")
        fits = is_missing(cell) or is_number(cell, table.decimal)
        if needs_number and not fits:
            raise ValueError(
                f"“{shown}” needs a number, but got “{cell[:40]}”; "
                "leave it blank if it is not known"
            )


def _used_by(plan: Plan) -> dict[int, str]:
    """Column -> what it is used as, the target too."""
    used = {place: what for place, what, _ in plan.columns}
    used[plan.target] = "number" if plan.classes is None else "category"
    return used


class CsvRows(Rows):
    """A table that lies in a CSV file."""

    script_file: ClassVar[str]

    def class_sizes(self) -> tuple[int, ...]:
        return self.plan().sizes

    def n_samples(self) -> int:
        return sum(self.plan().sizes)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        table = self.cell_table()
        plan = self.plan()
        return table_arrays(table.rows, table.decimal, plan.columns, plan.target, plan.classes)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        table = self.cell_table()
        plan = self.plan()
        target = table.names[plan.target]
        features = ", ".join(table.names[place] for place, _, _ in plan.columns)
        file = f"{self._path_code()}, {table.encoding!r}, {table.delimiter!r}"
        layout = f"{table.first_row!r}, {table.decimal!r}"
        lines = [
            f"# predicts {_quiet(target)} from {_quiet(features)}",
            "columns = [",
            *(f"    {column!r}," for column in plan.columns),
            "]",
            "x, y = load_table(",
            f"    {file}, {layout},",
            f"    columns, {plan.target!r}, {plan.classes!r}",
            ")",
        ]
        return "\n".join(lines), SCRIPT_FUNCTIONS

    def _path_code(self) -> str:
        """How the script names the file, as Python."""
        return "DATA_FILE" if self.own_file() else repr(self.script_file)


def _quiet(text: str) -> str:
    """A text that cannot leave its comment."""
    characters = [character if character.isprintable() else " " for character in text]
    plain = "".join(characters)
    return plain if len(plain) <= 90 else plain[:89] + "…"
