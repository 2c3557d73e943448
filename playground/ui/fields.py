"""Catalogue field -> control. The only place that knows how a field becomes something to click."""

import types
import typing
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from ..catalogues.base import Catalogue, Entry
from ..catalogues.losses import Loss
from ..catalogues.tasks import TASKS
from .words import zh

COMPACT = 2  # fields of a layer shown in its row; the rest behind “more”
PLAIN_CONTROLS: dict[Any, str] = {bool: "toggle", int: "integer", float: "number"}


def both(english: str) -> dict[str, str]:
    """A text in both languages."""
    return {"en": english, "zh": zh(english)}


def names_in_both(names: Sequence[str], own: Sequence[str]) -> list[str | dict[str, str]]:
    """Names of classes or targets. Those that the data set brings (`own`) are told in both languages; what a person
    called a column or a folder stays as it is."""
    told: list[str | dict[str, str]] = []
    for name in names:
        words = both(name)
        is_translated = name in own and words["zh"] != name
        told.append(words if is_translated else name)
    return told


def describe_entry(entry: type[Entry]) -> dict[str, Any]:
    """One entry of a catalogue for the page."""
    return {
        "id": entry.id,
        "label": both(entry.label),
        "family": entry.family,
        "group": getattr(entry, "group", ""),
        "help": both(entry.help()),
        "default": entry().model_dump(mode="json"),
        "fields": describe_fields(entry),
        "facts": entry.facts(),
        "task": _task_of(entry),
        "tasks": _suited_tasks(entry),
        "mean_of_samples": getattr(entry, "is_mean_of_samples", True),
        "augments": "augment" in entry.model_fields,
    }


def _task_of(entry: type[Entry]) -> str:
    """The id of its task; "" where there is none, or where each instance finds out from its file."""
    task = getattr(entry, "task", "")
    return task if isinstance(task, str) else ""


def _suited_tasks(entry: type[Entry]) -> list[str]:
    """The ids of the tasks that a loss can judge; none for other entries."""
    if not issubclass(entry, Loss):
        return []
    return sorted(task for task in TASKS if entry.suits(task))


def describe_tasks() -> list[dict[str, Any]]:
    """Every task: its facts, and what the page says of its data and of its output."""
    described = []
    for task in TASKS.values():
        about = {
            "id": task.id,
            "facts": task.facts(),
            "data_note": both(task.data_note),
            "output_note": both(task.output_note),
        }
        described.append(about)
    return described


def describe_catalogue(catalogue: Catalogue[Any]) -> list[dict[str, Any]]:
    """All entries, in order of registration."""
    return [describe_entry(entry) for entry in catalogue]


def describe_fields(
    model: type[BaseModel], leave_out: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """The fields of a model that a control can show; nested models and catalogues are not among them."""
    described = []
    n_plain = 0
    for name, info in model.model_fields.items():
        if name in leave_out or _control(info.annotation) is None:
            continue
        field = describe_field(name, info)
        # A list of layers has rows of its own, and takes no place in that of its block.
        if field["control"] != "layers":
            field["compact"] = n_plain < COMPACT
            n_plain += 1
        described.append(field)
    return described


def describe_field(name: str, info: FieldInfo) -> dict[str, Any]:
    """The control of one field: kind, limits, unit, help."""
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    control = _control(info.annotation)
    choices = []
    for choice in _choices(info.annotation):
        choices.append({"value": choice, "label": both(str(choice))})
    return {
        "name": name,
        "label": both(name.replace("_", " ")),
        "help": both(info.description or ""),
        "control": control,
        "default": None if control == "layers" else _default_of(info),
        "min": _bound(info, ("ge", "gt")),
        "max": _bound(info, ("le", "lt")),
        "step": extra.get("step"),
        "choices": choices,
        "optional": type(None) in typing.get_args(info.annotation),
        "unit": both(str(extra["unit"])) if "unit" in extra else None,
        "log": bool(extra.get("log")),
        "compact": False,
        "more": bool(extra.get("more")),
        "shown_when": extra.get("shown_when"),
    }


def _bound(info: FieldInfo, names: tuple[str, ...]) -> Any:
    """The limit of that name among the field's annotations (annotated_types' Ge, Gt, Le, Lt)."""
    for limit in info.metadata:
        for name in names:
            value = getattr(limit, name, None)
            if value is not None:
                return value
    return None


def _default_of(info: FieldInfo) -> Any:
    if info.default is PydanticUndefined:
        return None
    return info.get_default(call_default_factory=True)


def _control(annotation: Any) -> str | None:
    """The kind of control for a type; None for a type that no control can show."""
    origin = typing.get_origin(annotation)
    if origin is list:
        return _control_of_list(annotation)
    if origin is Literal:
        return "choice"
    if origin in (typing.Union, types.UnionType):
        # `int | None` is drawn as int; None is its blank.
        members = [member for member in typing.get_args(annotation) if member is not type(None)]
        return _control(members[0]) if members else None
    return PLAIN_CONTROLS.get(annotation)


def _control_of_list(annotation: Any) -> str | None:
    """The kind of control for a list of this type; texts have none."""
    (member,) = typing.get_args(annotation)
    # Annotated[int, …] has int as its first argument.
    plain = typing.get_args(member)[0] if typing.get_origin(member) is typing.Annotated else member
    if plain is str:
        return None
    return "integers" if plain is int else "layers"


def _choices(annotation: Any) -> tuple[Any, ...]:
    if typing.get_origin(annotation) is not Literal:
        return ()
    return typing.get_args(annotation)
