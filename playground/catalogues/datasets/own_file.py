"""A file of somebody's own: what its owner said of it, and what was understood. Page, script and `predict` ask here."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints

from ...faults import ExperimentError, Fault
from ...reading.calls import read
from ...reading.data.choices import ADDING_UP, Choices, choices_of, parts_of
from ..base import Capped
from . import uploads
from .base import DATASETS, Dataset
from .understood_files import UnderstoodFiles

MOST_CHOICES = 200
KEPT = UnderstoodFiles(most=32)
KIND = "kind="  # how a choice begins that says what the file is
Line = Annotated[str, StringConstraints(max_length=400)]


class OwnFile(Dataset):
    """A data set that lies in a file of somebody's own.

    `choices` are lines as the command line takes them after `--set`: "missing.age=-999". Fields that say the same, such
    as `target`, come first where both are there.
    """

    # What the file is read as: a kind of `playground data`.
    read_as: ClassVar[str]
    # Key of a choice -> the field of this class that says it, and has a control of its own.
    field_of_choice: ClassVar[dict[str, str]] = {}
    facts_for_page = (*Dataset.facts_for_page, "read_as")
    file: str = Field(
        "", pattern=uploads.PATTERN, description="The uploaded file, identified by its content"
    )
    choices: Annotated[list[Line], Capped] = Field(
        default_factory=list,
        max_length=MOST_CHOICES,
        description="What its owner said about the file, one KEY=VALUE each",
    )
    called: str = Field("", max_length=100, description="What its owner calls the file")

    def lines(self) -> tuple[str, ...]:
        """All that was said about the file, as lines of choices."""
        # What kind of file it is, the class itself says.
        lines = [line for line in self.choices if not line.startswith(KIND)]
        for key, field in self.field_of_choice.items():
            value = getattr(self, field)
            if value:
                lines.append(f"{key}={value}")
        return tuple(lines)

    def reading_choices(self) -> Choices:
        """All that was said about the file. Raises: ExperimentError at `data.choices`."""
        return _choices(self.read_as, self.lines())

    def understood(self) -> dict[str, Any]:
        """What the file holds: `Understood.to_page()`. Raises: ExperimentError where it is not here, or of no use."""
        return understood(self.file, self.read_as, self.lines())

    def decimal(self) -> str:
        """The decimal sign of most columns; "." where no file was chosen."""
        return str(self.understood()["decimal"]) if self.file else "."

    def trained(self, forms: Mapping[str, Any], layout: Mapping[str, Any]) -> dict[str, Any]:
        """How the file writes its numbers, as `Trained` takes it. In: forms by column, the layout of the recipe."""
        names = [column["name"] for column in self.understood()["columns"]] if self.file else []
        signed = layout.get("signed", ())
        signs = {names[place]: names[beside] for place, beside, _ in signed}
        return {"forms": forms, "decimal": self.decimal(), "signs": signs}

    def choices_fault(self) -> Fault | None:
        """A choice that is none."""
        try:
            self.reading_choices()
        except ExperimentError as error:
            return error.faults[0]
        return None

    def settled(self, line: str) -> dict[str, Any]:
        """The settings that change where its owner says this: {"choices": […]} or {"target": …}.

        Another kind of file is another data set: {"dataset": "own_series", "file": …, "choices": […]}.
        """
        key, _, value = line.partition("=")
        field = self.field_of_choice.get(key)
        if field is not None:
            return {field: value}
        choices = with_line(self.choices, line)
        if not line.startswith(KIND):
            return {"choices": choices}
        other = data_set_of(value)
        if other is None or other.id == self.id:
            return {"choices": choices}
        return {"dataset": other.id, "file": self.file, "choices": choices}

    def taken_back(self, line: str) -> dict[str, Any] | None:
        """The settings that change where its owner takes this back; None where it was not said in a choice."""
        if line in self.choices:
            return {"choices": [other for other in self.choices if other != line]}
        key = line.partition("=")[0]
        field = self.field_of_choice.get(key)
        return None if field is None else {field: ""}


def data_set_of(kind: str) -> type[OwnFile] | None:
    """The data set for files of this kind: "series" -> OwnSeries."""
    for entry in DATASETS:
        if issubclass(entry, OwnFile) and entry.read_as == kind:
            return entry
    return None


def with_line(lines: Sequence[str], line: str) -> list[str]:
    """Lines of choices with one more, which replaces an earlier one of the same key unless such choices add up."""
    field, _, column, _ = parts_of(line)
    kept: list[str] = []
    for earlier in lines:
        its_field, _, its_column, _ = parts_of(earlier)
        is_replaced = (its_field, its_column) == (field, column) and field not in ADDING_UP
        if not is_replaced and earlier != line:
            kept.append(earlier)
    return [*kept, line]


@lru_cache(maxsize=64)
def _choices(read_as: str, lines: tuple[str, ...]) -> Choices:
    try:
        return choices_of(lines, kind=read_as)
    except ExperimentError as error:
        fault = error.faults[0]
        raise ExperimentError.at("data.choices", fault.code, **fault.values) from None


def understood(file: str, read_as: str, lines: tuple[str, ...]) -> dict[str, Any]:
    """What an uploaded file holds, read once. In: its id, its kind or "", choices. Raises: ExperimentError."""
    kept = KEPT.get(file, read_as, lines)
    if kept is not None:
        return kept
    choices = _choices(read_as, lines)
    data = uploads.get(file)
    facts = _read(data, choices, uploads.name_of(file))
    KEPT.put(file, read_as, lines, facts)
    return facts


def _read(data: bytes, choices: Choices, name: str) -> dict[str, Any]:
    options = {"choices": choices.model_dump(exclude_defaults=True), "name": name}
    return read("understood", options, data).value


@uploads.kind("own", "data.csv")
def look(data: bytes) -> dict[str, Any]:
    """A file of any kind as it arrives: what it is taken for, and what its columns are called."""
    facts = _read(data, Choices(), "")
    file = hashlib.sha256(data).hexdigest()
    KEPT.put_first_look(file, facts)
    return {
        "kind": facts["kind"],
        "rows": facts["rows"],
        "columns": [column["name"] for column in facts["columns"]],
    }


def first_look(file: str) -> dict[str, Any] | None:
    """What the file was taken for when it arrived, before anybody said anything; None where nobody looked."""
    return KEPT.get(file, "", ())
