"""What was understood of a file, as one object that is the same on the page, in Python and on the command line."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from .messages import doubt_text, remedy_text

Kind = Literal["table", "text", "series", "images"]
ColumnType = Literal["number", "category", "flag", "date", "text", "left out"]
Cell = float | int | str | None


class _Facts(BaseModel):
    """Facts that nobody changes once they are told."""

    model_config = ConfigDict(frozen=True)


class Remedy(_Facts):
    """One way to settle a doubt: `--set` with the words of `set`, or a click on `label`."""

    code: str = Field(exclude=True)
    set: str
    values: dict[str, Any] = Field(default_factory=dict, exclude=True)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def label(self) -> str:
        """What the button says, in English."""
        return remedy_text(self.code, self.values)


class Doubt(_Facts):
    """Something that the file alone does not say. `place`: a column's name, or "" for the whole file."""

    code: str
    place: str = ""
    values: dict[str, Any] = Field(default_factory=dict, exclude=True)
    remedies: list[Remedy] = Field(default_factory=list)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def message(self) -> str:
        """The sentence, in English."""
        return doubt_text(self.code, self.values)


def encoding_doubt(encoding: str, others: Sequence[str]) -> Doubt:
    """Asks how letters are written, where more than one way is likely."""
    remedies = []
    for name in (encoding, *others):
        remedy = Remedy(code="encoding", set=f"encoding={name}", values={"encoding": name})
        remedies.append(remedy)
    values = {"encoding": encoding, "others": ", ".join(others)}
    return Doubt(code="encoding", values=values, remedies=remedies)


class ColumnFacts(_Facts):
    """One column. `first`: its first three values as they were understood. `missing`: cells without a value."""

    name: str
    type: ColumnType
    first: list[Cell]
    missing: int
    unit: str = ""
    why: str = ""  # it was left out


class ClassCount(_Facts):
    """A class and how many rows or pictures it has."""

    name: str
    count: int


class TimeFacts(_Facts):
    """When the rows were measured. `step`: "month", "15 minutes" …; `season`: steps after which things come around.

    `gaps`: steps without a row between the first and the last. `doubled`: rows with the time of another row.
    """

    columns: list[str]
    step: str | None
    start: str = Field(serialization_alias="from")
    end: str = Field(serialization_alias="to")
    season: int | None
    order: Literal["oldest first", "newest first", "none"]
    gaps: int = 0
    doubled: int = 0


class ValueFacts(_Facts):
    """The column that is to be forecast, oldest first."""

    column: str
    first: float | None
    last: float | None
    steps: int
    missing: int


class LeftOut(_Facts):
    """What was not used: lines of a text file, or files of an archive."""

    count: int = 0
    lines: list[int] | None = None
    files: list[str] | None = None


class Understood(_Facts):
    """A file as it was understood. Source: `playground.read_data`, `python -m playground data FILE --json`.

    `target` is null while nobody chose a column and more than one is possible; `proposed` is the likeliest, and
    `classes` are those of the one or the other. `doubts` ask; `notes` only tell, and most can be changed the same way.
    """

    kind: Kind
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    rows: int = 0
    columns: list[ColumnFacts] = Field(default_factory=list)
    target: str | None = None
    proposed: str | None = None
    classes: list[ClassCount] = Field(default_factory=list)
    time: TimeFacts | None = None
    values: ValueFacts | None = None
    groups: list[str] = Field(default_factory=list)
    parts: dict[str, int] = Field(
        default_factory=dict
    )  # of an archive: pictures to train and to test with
    left_out: LeftOut = Field(default_factory=LeftOut)
    doubts: list[Doubt] = Field(default_factory=list)
    notes: list[Doubt] = Field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """As JSON: keys as documented, ISO dates, null where a fact does not apply."""
        return self.model_dump(mode="json", by_alias=True)

    def to_page(self) -> dict[str, Any]:
        """As JSON, with what the page needs to say doubts and remedies in its own language: codes and values."""
        facts = self.to_json()
        for key, doubts in (("doubts", self.doubts), ("notes", self.notes)):
            facts[key] = [_doubt_for_page(doubt) for doubt in doubts]
        return facts


def _doubt_for_page(doubt: Doubt) -> dict[str, Any]:
    told = doubt.model_dump(mode="json")
    told["values"] = doubt.values
    for remedy, about in zip(doubt.remedies, told["remedies"], strict=True):
        about["code"] = remedy.code
        about["values"] = remedy.values
    return told
