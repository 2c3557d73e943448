"""Prepared experiments: presets/*.json, each with a title, a group and what it shows, in both languages."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .experiment import Experiment
from .faults import ExperimentError

FOLDER = Path(__file__).parent.parent / "presets"
DEFAULT = "digits-basic-cnn"


@dataclass(frozen=True)
class Preset:
    """One prepared experiment. Texts are pairs: English, Simplified Chinese."""

    id: str
    title: tuple[str, str]
    group: tuple[str, str]
    description: tuple[str, str]
    covers: tuple[str, ...]
    experiment: Experiment


@cache
def presets() -> dict[str, Preset]:
    """All of them by id, in their order. Raises: ExperimentError, ValueError for a broken file."""
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    return {
        name: _preset(name, value)
        for name, value in sorted(found.items(), key=lambda each: each[1]["order"])
    }


def preset(preset_id: str) -> Preset:
    """Raises: ExperimentError where there is none of that name."""
    known = presets()
    if preset_id not in known:
        raise ExperimentError.at(
            "preset", "no_such_preset", given=preset_id[:40], known=", ".join(known)
        )
    return known[preset_id]


def _preset(preset_id: str, value: dict[str, Any]) -> Preset:
    def pair(name: str) -> tuple[str, str]:
        return value[name]["en"], value[name]["zh"]

    experiment = Experiment.from_dict({"name": value["title"]["en"], **value["experiment"]})
    return Preset(
        preset_id,
        pair("title"),
        pair("group"),
        pair("description"),
        tuple(value.get("covers", ())),
        experiment,
    )
