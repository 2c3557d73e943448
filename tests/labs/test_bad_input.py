"""Every field of every lab at its ends, just beyond them, and with things that it never asked for."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

from playground.faults import ExperimentError
from playground.labs import LABS, Lab, play
from playground.ui.words import FAULTS_ZH

NEVER_ASKED_FOR = [
    None,
    True,
    -1,
    10**30,
    2.5,
    math.nan,
    math.inf,
    -math.inf,
    "",
    "nothing",
    "\ud800",
    "x" * 20_000,
    [],
    [[]],
    [0],
    [None],
    ["a"],
    [math.nan, 1.0],
    [10**30] * 3,
    [[1.0] * 40] * 40,
    [1.0] * 100_000,
    {},
    {"nothing": 1},
    {"x": "y"},
    {"": None},
]


def answered(lab: type[Lab], state: dict[str, Any]) -> ExperimentError | None:
    """Plays; what is wrong must be a sentence in both languages, and what is right must be JSON."""
    try:
        played = play(lab.id, state).to_json()
    except ExperimentError as error:
        for fault in error.faults:
            assert "\n" not in fault.message and fault.message.strip()
            assert FAULTS_ZH[fault.code].format(**fault.values)
        return error
    json.dumps(played, allow_nan=False)
    return None


def limits(lab: type[Lab]) -> Iterator[tuple[str, Any, Any]]:
    """(field, end, just beyond) of every number."""
    for name, info in lab.model_fields.items():
        step = 1 if info.annotation is int else 1e-6
        for limit in info.metadata:
            lowest, highest = getattr(limit, "ge", None), getattr(limit, "le", None)
            if lowest is not None:
                yield name, lowest, lowest - step * max(1, abs(lowest))
            if highest is not None:
                yield name, highest, highest + step * max(1, abs(highest))


def nested(depth: int) -> Any:
    value: Any = 1.0
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.long
@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_the_ends_of_a_number_are_answered_and_what_lies_beyond_is_named(lab: type[Lab]) -> None:
    for name, end, beyond in limits(lab):
        answered(lab, {name: type(lab.model_fields[name].default)(end)})
        error = answered(lab, {name: beyond})
        assert error is not None, (name, beyond)
        assert error.faults[0].place == name


@pytest.mark.long
@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_what_a_field_never_asked_for_is_refused_in_a_sentence(lab: type[Lab]) -> None:
    for name in lab.model_fields:
        for value in [*NEVER_ASKED_FOR, nested(30), nested(400)]:
            error = answered(lab, {name: value})
            if isinstance(value, float) and not math.isfinite(value):
                assert error is not None, (name, value)


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_no_number_and_too_much_are_refused_before_anything_is_computed(lab: type[Lab]) -> None:
    for name in lab.model_fields:
        for value in (math.nan, None, [[[1e308]]], "\ud800", nested(400)):
            answered(lab, {name: value})
