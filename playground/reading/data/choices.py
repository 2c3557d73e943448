"""What the owner of a file said about it. Later a part of the experiment, so that every reader reads it alike."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...faults import ExperimentError

EVERY = "*"  # stands for all columns
ADDING_UP = ("missing", "measured")  # of these several may be said
ColumnUse = Literal["number", "category", "flag", "date", "text", "leave_out", "keep"]


class Choices(BaseModel):
    """Choices for reading one file; all blank: everything is found out.

    Fields that are dictionaries have a column's name as key, or "*" for all: `missing.age=-999`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["", "table", "text", "series", "images"] = Field(
        "", description="What the file is; blank: what it looks like"
    )
    encoding: str = Field("", max_length=40, description="How letters are written, such as gb18030")
    separator: str = Field(
        "", max_length=12, pattern="^[^\"'\r\n]*$", description="What parts the cells of a row"
    )
    decimal: dict[str, Literal[".", ","]] = Field(
        default_factory=dict, description="Decimal sign of a column"
    )
    units: dict[str, Literal["as_written", "powers", "shares"]] = Field(
        default_factory=dict,
        description="What stands behind numbers: powers: K and M multiply; shares: 12 % is 0.12",
    )
    sheet: str = Field("", max_length=100, description="Which sheet of a workbook")
    names: Literal["auto", "first_row", "none"] = Field(
        "auto", description="Whether the first row holds the names of the columns"
    )
    bad_rows: Literal["leave_out", "stop"] = Field(
        "leave_out", description="Rows with another number of cells"
    )
    totals: Literal["leave_out", "keep"] = Field(
        "leave_out", description="A last row that holds sums of the others"
    )
    missing: dict[str, list[str]] = Field(
        default_factory=dict, description="Further words or numbers that stand for “missing”"
    )
    measured: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Words or numbers that are values, whatever they look like",
    )
    blanks: dict[str, Literal["from_above", "missing"]] = Field(
        default_factory=dict,
        description="Blank cells below a value: they repeat it, or nothing is known",
    )
    signs: dict[str, Literal["beside", "as_written"]] = Field(
        default_factory=dict,
        description="beside: what another column says was paid out is negative",
    )
    odd: dict[str, Literal["missing", "stop"]] = Field(
        default_factory=dict, description="Cells of a column of numbers or dates that are none"
    )
    columns: dict[str, ColumnUse] = Field(
        default_factory=dict, description="What a column is used as; keep: as it was found"
    )
    classes: Literal["merge", "apart"] = Field(
        "merge", description="Classes that differ only in capitals or blanks"
    )
    target: str = Field("", max_length=200, description="Column to predict")
    message: str = Field("", max_length=200, description="Column that holds the texts")
    day_first: dict[str, bool] = Field(
        default_factory=dict, description="Whether 1/2/2024 is the first of February"
    )
    calendar: dict[str, Literal["thai", "taiwan", "western"]] = Field(
        default_factory=dict, description="From which year a column counts its years"
    )
    value: str = Field("", max_length=200, description="Column of a series to forecast")
    time: Literal["auto", "none", "newest_first"] = Field(
        "auto",
        description="none: rows are in order as they are; newest_first: they are turned round",
    )
    across: Literal["auto", "columns"] = Field(
        "auto", description="columns: months or hours side by side are series of their own"
    )
    untimed: Literal["ask", "leave_out"] = Field("ask", description="Rows without a time")
    group: str = Field(
        "", max_length=200, description="Which of several series; *: all, each apart"
    )
    gaps: Literal["ask", "as_rows", "fill"] = Field(
        "ask", description="Steps without a row: passed over, or filled in as missing"
    )
    doubled: Literal["ask", "mean", "first", "last"] = Field(
        "ask", description="Several rows of one time"
    )
    pictures: Literal["ask", "go_on", "stop"] = Field(
        "ask", description="Pictures that cannot be used: go on without them, or stop"
    )
    same_pictures: Literal["ask", "keep", "leave_out"] = Field(
        "ask", description="Identical pictures under several classes"
    )
    in_both_parts: Literal["ask", "keep", "leave_out"] = Field(
        "ask",
        description="Pictures to train with that are also there to test with",
    )
    class_level: Literal["ask", "outer", "inner", "names"] = Field(
        "ask",
        description="Which folders are classes; names: the beginnings of file names",
    )
    without_part: Literal["ask", "train", "leave_out"] = Field(
        "ask",
        description="Pictures beside the folders for training and testing",
    )
    folders: dict[str, Literal["train", "test", "class", "leave_out"]] = Field(
        default_factory=dict,
        description="What a folder of an archive is for",
    )

    def of(self, field: str, column: str) -> Any:
        """What was chosen for a column, or else for all of them; None where nothing was."""
        chosen = getattr(self, field)
        return chosen.get(column, chosen.get(EVERY))

    def words(self, field: str, column: str) -> list[str]:
        """The words that were named for this column and for all."""
        chosen = getattr(self, field)
        return [*chosen.get(EVERY, ()), *chosen.get(column, ())]


def choices_of(texts: Sequence[str], **given: Any) -> Choices:
    """`["missing.age=-999", "target=left"]` as choices. Raises: ExperimentError naming a bad one."""
    fields = Choices.model_fields
    values: dict[str, Any] = dict(given)
    for text in texts:
        field, equals, column, value = parts_of(text)
        if not equals or field not in fields:
            known = ", ".join(fields)
            raise ExperimentError.at("--set", "data_choice", given=text[:60], known=known)
        _put(values, field, column or EVERY, value)
    try:
        return Choices(**values)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in detail["loc"])
        raise ExperimentError.at(
            "--set", "data_choice_value", key=place, why=detail["msg"]
        ) from None


def parts_of(text: str) -> tuple[str, str, str, str]:
    """ "missing.age=-999" -> field, "=", column, value. The name of a column may hold a = or a point itself."""
    key, equals, value = text.partition("=")
    field, point, column = key.partition(".")
    if point:
        key, equals, value = text.rpartition("=")
        field, _, column = key.partition(".")
    return field, equals, column, value


def _put(values: dict[str, Any], field: str, column: str, value: str) -> None:
    """One choice among the others: words add up, everything else replaces."""
    usual = Choices.model_fields[field].get_default(call_default_factory=True)
    if not isinstance(usual, dict):
        values[field] = value
        return
    by_column = values.setdefault(field, {})
    if field in ADDING_UP:
        by_column.setdefault(column, []).append(value)
    else:
        by_column[column] = value
