"""All that is wrong with an experiment at once: values out of their limits, and what the rest would come to."""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..experiment import Experiment
from ..faults import ExperimentError, Fault, Repair
from ..settings import Settings
from .cost import missing_faults
from .tracing import trace

Place = Sequence[str | int]  # the keys and positions that lead to a value


# Each repair is a whole list of layers. Who has more faults than this gets the others when the first are gone.
MOST_REPAIRED = 20
MOST_FAULTS = 100


def faults_of_draft(
    value: Any, faults: Sequence[Fault], settings: Settings | None = None
) -> list[Fault]:
    """The faults of an experiment that could not be read, with what they hide.

    A kernel of 99 keeps the whole experiment from being read, and so hid that another layer does not fit. Here each
    value at fault gets its nearest limit as a repair, and for the rest of the check it counts as its default.
    In: the experiment as JSON; the faults of reading it.
    """
    is_too_deep = any(fault.code == "too_deep" for fault in faults)
    if is_too_deep:  # nothing here could look into it either
        return list(faults)
    faults = faults[:MOST_FAULTS]
    told = [_with_repair(value, fault) for fault in faults[:MOST_REPAIRED]]
    told += faults[MOST_REPAIRED:]
    readable = _without(value, faults)
    try:
        experiment = Experiment.from_dict(readable)
        hidden = [*trace(experiment, settings).faults, *missing_faults(experiment)]
    except ExperimentError as error:
        hidden = list(error.faults)
    places = {fault.place for fault in told}
    for fault in hidden:
        if fault.place not in places:
            told.append(_without_repairs(fault))
    return told


def _without_repairs(fault: Fault) -> Fault:
    """Its repairs are lists of layers in which the values at fault are their defaults: they must not be offered."""
    return replace(fault, repairs=())


def _with_repair(value: Any, fault: Fault) -> Fault:
    """The fault of a number out of its limits, with the nearest that is allowed as a repair."""
    nearest = fault.values.get("nearest")
    if nearest is None:
        return fault
    place = _keys(fault.place)
    repaired = copy.deepcopy(value)
    holder = _holder(repaired, place)
    if holder is None:
        return fault
    holder[place[-1]] = nearest
    changes = _changed_part(repaired, place)
    values = {"limit": fault.values["limit"]}
    repair = Repair("set_to", values=values, **changes)
    return replace(fault, repairs=(repair,))


def _changed_part(repaired: Any, place: Place) -> dict[str, Any]:
    """What of a repaired experiment a `Repair` carries: all layers, the data, or one entry of the training."""
    part = str(place[0])
    if part != "training":
        return {part: repaired[part]}
    name = place[1]
    return {part: {name: repaired[part][name]}}


def _without(value: Any, faults: Sequence[Fault]) -> Any:
    """The same JSON without the values at fault, so that these are their defaults."""
    readable = copy.deepcopy(value)
    for fault in faults:
        place = _keys(fault.place)
        holder = _holder(readable, place)
        if isinstance(holder, dict):
            del holder[place[-1]]
    return readable


def _keys(place: str) -> list[str | int]:
    """`layers[3].kernel` -> ["layers", 3, "kernel"]."""
    keys: list[str | int] = []
    # A number in brackets, or a name: the other of the two is empty.
    for number, name in re.findall(r"\[(\d+)\]|([^.\[\]]+)", place):
        keys.append(int(number) if number else name)
    return keys


def _holder(value: Any, place: Place) -> Any:
    """The object or list that the last key of a place stands in; None where the JSON has no such place."""
    for key in place[:-1]:
        if not _has(value, key):
            return None
        value = value[key]
    if place and _has(value, place[-1]):
        return value
    return None


def _has(value: Any, key: str | int) -> bool:
    if isinstance(value, Mapping):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(value)
