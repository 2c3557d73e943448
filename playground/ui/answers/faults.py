"""Faults for the page: a sentence in both languages, and repairs that work with one click."""

from collections.abc import Sequence
from typing import Any

from ...faults import ExperimentError, Fault, Repair
from ..words import FAULTS_ZH, REPAIRS
from ..words.phrases import chinese_values

MOST_FAULTS = 50  # told of one experiment


def in_both(pair: tuple[str, str]) -> dict[str, str]:
    """(English, Chinese) as the page has it."""
    english, chinese = pair
    return {"en": english, "zh": chinese}


def fault_text(fault: Fault) -> dict[str, str]:
    """The sentence in both languages."""
    values = chinese_values(fault.code, fault.values)
    return {"en": fault.message, "zh": FAULTS_ZH[fault.code].format(**values)}


def fault_answer(fault: Fault) -> dict[str, Any]:
    """A fault with its repairs, for the row that has it."""
    return {
        "place": fault.place,
        "code": fault.code,
        "message": fault_text(fault),
        "repairs": [_repair(repair) for repair in fault.repairs],
    }


def _repair(repair: Repair) -> dict[str, Any]:
    english, chinese = REPAIRS[repair.code]
    return {
        "label": {
            "en": english.format(**repair.values),
            "zh": chinese.format(**repair.values),
        },
        "layers": repair.layers,
        "training": repair.training,
        "data": repair.data,
        "download": repair.download,
    }


def fault_answers(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """All that is wrong, within reason."""
    return [fault_answer(fault) for fault in faults[:MOST_FAULTS]]


def error_answer(error: ExperimentError) -> dict[str, Any]:
    """For a request that cannot be granted: the first fault, and all of them."""
    return {"error": {**fault_answer(error.faults[0]), "faults": fault_answers(error.faults)}}
