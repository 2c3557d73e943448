"""What the script says of a table: its recipe as Python that a person can read, and the functions that follow it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ....reading.data.loading import MOMENT_FUNCTIONS, NUMBER_FUNCTIONS
from ....reading.data.table_loading import FEATURES_OF, kind_names, with_gaps

LINE = 100  # characters


def literals_code(name: str, value: Any) -> str:
    """`recipe = {…}`. In: strings, numbers, booleans, None, lists and dictionaries of these."""
    return f"{name} = " + "\n".join(_lines(value, len(name) + 3))


def _lines(value: Any, used: int) -> list[str]:
    """The value in one line if it fits behind so many characters, else an entry a line."""
    short = repr(value)
    if used + len(short) <= LINE or not isinstance(value, list | tuple | dict) or not value:
        return [short]
    if isinstance(value, dict):
        return ["{", *_with_commas(_of_mapping(value)), "}"]
    return ["[", *_with_commas(_of_sequence(value)), "]"]


def _with_commas(entries: Iterable[list[str]]) -> list[str]:
    lines = []
    for entry in entries:
        lines += ["    " + line for line in entry]
        lines[-1] += ","
    return lines


def _of_mapping(value: Mapping[str, Any]) -> Iterator[list[str]]:
    for key, entry in value.items():
        start = f"{key!r}: "
        lines = _lines(entry, len(start) + 5)
        yield [start + lines[0], *lines[1:]]


def _of_sequence(value: Sequence[Any]) -> Iterator[list[str]]:
    for entry in value:
        yield _lines(entry, 5)


def _kinds(columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Kinds of the columns, each once."""
    return sorted({column["kind"] for column in columns})


def features_of_code(columns: Sequence[Mapping[str, Any]]) -> str:
    """`features_of = {"number": number_features}`, with the kinds that there are."""
    entries = [f'"{kind}": {FEATURES_OF[kind].__name__}' for kind in _kinds(columns)]
    return "features_of = {" + ", ".join(entries) + "}"


def feature_functions(columns: Sequence[Mapping[str, Any]]) -> tuple[Callable[..., Any], ...]:
    """The functions behind `features_of`, each after those that it calls."""
    functions: list[Callable[..., Any]] = [*NUMBER_FUNCTIONS, with_gaps, kind_names]
    kinds = _kinds(columns)
    if "date" in kinds:
        functions += MOMENT_FUNCTIONS
    for kind in kinds:
        functions.append(FEATURES_OF[kind])
    return tuple(functions)
