"""What can be wrong with an experiment: where, which rule, and the remedy. Words are made from codes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from .fault_messages import MESSAGES


@dataclass(frozen=True)
class Repair:
    """A fix that works with one click.

    `code` names it; `layers` is the whole list after it; `training` and `data` hold the settings that change.
    What is None stays as it is. `download` names what is to be fetched, which changes nothing in the experiment.
    """

    code: str
    layers: Sequence[Mapping[str, Any]] | None = None
    training: Mapping[str, Any] | None = None
    data: Mapping[str, Any] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)  # for its name
    download: str = ""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `place` is a path such as `layers[3].kernel`; `code` a key of MESSAGES."""

    place: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    repairs: Sequence[Repair] = ()

    @property
    def message(self) -> str:
        """The English sentence."""
        return MESSAGES[self.code].format(**self.values)

    def __str__(self) -> str:
        if not self.place:
            return self.message
        return f"{self.place}: {self.message}"


class ExperimentError(ValueError):
    """An experiment, link, picture or request that cannot be used. `faults` says where and why."""

    def __init__(self, faults: Fault | Iterable[Fault]):
        if isinstance(faults, Fault):
            faults = [faults]
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))

    @classmethod
    def at(cls, place: str, code: str, **values: Any) -> "ExperimentError":
        """One fault, made on the spot."""
        return cls(Fault(place, code, values))


def shape_text(shape: Sequence[int]) -> str:
    """(32, 28, 28) -> "32 × 28 × 28"."""
    return " × ".join(map(str, shape))


def size_text(n_bytes: int) -> str:
    """21000000 -> "21.0 MB", as the page writes it."""
    size = float(n_bytes)
    units = ["B", "kB", "MB", "GB", "TB"]
    while len(units) > 1 and size >= 999.5:  # 999.5 would be written as 1000
        size /= 1000
        units.pop(0)
    is_whole = units[0] == "B" or size >= 99.95  # 99.95 would be written as 100.0
    digits = 0 if is_whole else 1
    return f"{size:.{digits}f} {units[0]}"


def brief(value: Any) -> str:
    """A value that somebody sent, short enough for a sentence."""
    text = repr(value)
    if len(text) <= 40:
        return text
    return text[:37] + "…"


def place_of(location: Sequence[int | str]) -> str:
    """Pydantic's location -> `layers[3].kernel`."""
    place = ""
    for part in location:
        if isinstance(part, int):
            place += f"[{part}]"
        elif place:
            place += f".{part}"
        else:
            place = str(part)
    return place


def faults_of(error: ValidationError) -> list[Fault]:
    """Pydantic's errors as faults with our codes."""
    return [_fault(dict(detail)) for detail in error.errors(include_url=False)]


# Pydantic's names of its errors -> what we say was expected; -> our code and the limit that it names.
_TYPES = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}
_BOUNDS = {
    "greater_than_equal": ("too_small", "ge"),
    "greater_than": ("too_small_exclusive", "gt"),
    "less_than_equal": ("too_large", "le"),
    "less_than": ("too_large_exclusive", "lt"),
}


def _number_text(number: float) -> str:
    """2147483647 -> "2147483647", 0.95 -> "0.95": a limit is said exactly."""
    return str(number) if isinstance(number, int) else f"{number:g}"


def _fault(error: Mapping[str, Any]) -> Fault:
    """One error of pydantic's as a fault of ours."""
    place = place_of(error["loc"])
    code, values = _told(error)
    return Fault(place, code, values)


def _told(error: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Our code for an error of pydantic's, and the values of its sentence."""
    kind = error["type"]
    given = brief(error.get("input"))
    context = error.get("ctx", {})
    if kind == "extra_forbidden":
        key = brief(error["loc"][-1])
        return "unknown_key", {"key": key.strip("'")}
    if kind == "missing":
        return "missing_key", {"key": error["loc"][-1]}
    if kind in _TYPES:
        return "wrong_type", {"expected": _TYPES[kind], "given": given}
    if kind in _BOUNDS:
        code, bound = _BOUNDS[kind]
        limit = context[bound]
        # A value may be the limit itself only where the bound is not an exclusive one.
        allowed = {"nearest": limit} if bound in ("ge", "le") else {}
        return code, {"limit": _number_text(limit), "given": given, **allowed}
    if kind == "finite_number":
        return "not_finite", {"given": given}
    if kind in ("literal_error", "enum"):
        return "not_a_choice", {"expected": context["expected"], "given": given}
    if kind in ("string_too_long", "too_long"):
        return "too_long", {"limit": context["max_length"]}
    if kind in MESSAGES:  # an error that a catalogue raised under a code of ours
        return kind, context
    return "invalid", {"detail": error["msg"]}
