"""A lab's answer to a change, as JSON; the last ones are kept."""

import functools
import json
from collections.abc import Mapping
from typing import Any

from ...faults import ExperimentError
from ...labs import Lab, play
from ...labs.base import lab_of

LONGEST_KEPT = 20_000  # characters of a state whose answer is kept


def played(value: Mapping[str, Any]) -> dict[str, Any]:
    """In: `lab`, its id; `state`, the fields that differ from their defaults. Out: its answer.

    Raises: ExperimentError.
    """
    lab_id, state = value.get("lab"), value.get("state", {})
    if not isinstance(lab_id, str):
        raise _wrong("lab", "a text", lab_id)
    if not isinstance(state, dict):
        raise _wrong("state", "an object", state)
    # Raises what is wrong with the state before anything is kept.
    chosen = lab_of(lab_id, state)
    text = json.dumps(state, sort_keys=True)
    if chosen.measures_time or len(text) > LONGEST_KEPT:
        return play(lab_id, state).to_json()
    return _same_lab(type(chosen), text)


@functools.lru_cache(maxsize=64)  # up to 0.3 MB each
def _same_lab(lab: type[Lab], state: str) -> dict[str, Any]:
    """The same state has the same answer: going back and forth between two costs nothing."""
    return play(lab.id, json.loads(state)).to_json()


def _wrong(place: str, expected: str, given: object) -> ExperimentError:
    return ExperimentError.at(place, "wrong_type", expected=expected, given=type(given).__name__)
