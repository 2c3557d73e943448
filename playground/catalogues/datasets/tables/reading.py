"""Tables as a reader's process understood them, and their arrays."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import numpy as np

from ....faults import ExperimentError, Fault
from ....reading.data.choices import choices_of
from ....reading.data.table_plan import Plan, Wish
from ....reading.data.table_reading import PART, rows_message, table_facts
from ....reading.messages import Message
from .. import uploads
from ..own_reading import read_own

Facts = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """What is known of a table: facts for the page, and its plan, or why it has none.

    facts: `columns`, `rows`, `n_rows`, `names`, `encoding`, `delimiter`, `has_names`, `passed_over`.
    understood: `Understood.to_page()`.
    """

    facts: Mapping[str, Any]
    understood: dict[str, Any]
    possible_plan: Plan | None
    fault: Fault | None

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """In: what `table_facts` gives."""
        facts = dict(value)
        plan = facts.pop("plan")
        fault = facts.pop("fault")
        understood = facts.pop("understood")
        return cls(
            facts=facts,
            understood=understood,
            possible_plan=Plan.from_json(plan) if plan else None,
            fault=Fault(**fault) if fault else None,
        )

    def plan(self) -> Plan:
        """What becomes of each column. Raises: ExperimentError where the table cannot be used as it is."""
        if self.possible_plan is not None:
            return self.possible_plan
        assert self.fault is not None
        raise ExperimentError(self.fault)


@dataclass(frozen=True)
class TableRows:
    """The rows that are samples, as a person reads them. In: a message of `rows_message`, names of the columns."""

    texts: bytes
    ends: np.ndarray
    names: tuple[str, ...]

    @classmethod
    def of(cls, message: Message, recipe: Mapping[str, Any]) -> Self:
        """In: the answer of a reader, and the recipe with which it was asked."""
        names = tuple(column["name"] for column in recipe["columns"])
        return cls(message.body, message.arrays["ends"], names)

    def row(self, index: int) -> dict[str, str]:
        """A sample as column -> cell."""
        start = int(self.ends[index - 1]) if index else 0
        end = int(self.ends[index])
        cells = self.texts[start:end].decode().split(PART)
        return dict(zip(self.names, cells, strict=True))


@lru_cache(maxsize=32)
def uploaded_table(file: str, lines: tuple[str, ...], wish: Wish) -> Table:
    """An uploaded table, read once. In: its id, what its owner said. Raises: ExperimentError for what is no table."""
    options = {
        "choices": choices_of(lines, kind="table").model_dump(exclude_defaults=True),
        "predict": wish.predict,
        "most_categories": wish.most_categories,
        "name": uploads.name_of(file),
    }
    return Table.from_json(read_own("table", options, uploads.get(file)).value)


def uploaded_arrays(file: str, recipe: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """x and y of an uploaded table. Raises: ExperimentError where the file is not here."""
    arrays = read_own("table_arrays", {"recipe": recipe}, uploads.get(file)).arrays
    return arrays["x"], arrays["y"]


def uploaded_rows(file: str, recipe: Mapping[str, Any]) -> TableRows:
    """The samples of an uploaded table as text, read once."""
    return _uploaded_rows(file, json.dumps(recipe))


@lru_cache(maxsize=4)
def _uploaded_rows(file: str, recipe_text: str) -> TableRows:
    recipe = json.loads(recipe_text)
    message = read_own("table_rows", {"recipe": recipe}, uploads.get(file))
    return TableRows.of(message, recipe)


def table_in(data: bytes, lines: tuple[str, ...], wish: Wish) -> Table:
    """A table that came with the playground or with a package, read in this process."""
    choices = choices_of(lines, kind="table")
    return Table.from_json(table_facts(data, choices, wish))


def rows_in(data: bytes, recipe: Mapping[str, Any]) -> TableRows:
    """Its samples as text."""
    return TableRows.of(rows_message(data, dict(recipe)), recipe)
