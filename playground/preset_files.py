"""Prepared experiments: presets/*.json, each with a title, a group and what it shows, in both languages."""

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from .experiment import MAX_JSON_BYTES, Experiment, parse_json
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
    files: dict[str, Any] = {}
    for path in FOLDER.glob("*.json"):
        files[path.stem] = json.loads(path.read_text("utf-8"))
    in_order = sorted(files, key=lambda name: files[name]["order"])
    return {name: _preset(name, files[name]) for name in in_order}


def preset(preset_id: str) -> Preset:
    """Raises: ExperimentError where there is none of that name."""
    all_presets = presets()
    if preset_id not in all_presets:
        names = ", ".join(all_presets)
        raise ExperimentError.at("preset", "no_such_preset", given=preset_id[:40], known=names)
    return all_presets[preset_id]


def experiment_of_file(path: str | Path) -> Experiment:
    """The experiment in a JSON file: alone, as it is saved, or with title and description around it, as in a preset.

    Places in its errors are those of the experiment itself (`layers[1].units`), as everywhere.
    Raises: OSError, ExperimentError.
    """
    path = Path(path)
    size = path.stat().st_size
    if size > MAX_JSON_BYTES:
        raise ExperimentError.at(path.name, "too_many_bytes", given=size, limit=MAX_JSON_BYTES)
    value = _json_of(path)
    if _is_preset(value):
        value = _named_experiment(value)
    return Experiment.from_dict(value)


def _json_of(path: Path) -> Any:
    """Raises: ExperimentError, with the file's name as the place, for what is no JSON."""
    try:
        return parse_json(path.read_bytes())
    except ExperimentError as error:
        faults = [replace(fault, place=path.name) for fault in error.faults]
        raise ExperimentError(faults) from None


def _is_preset(value: Any) -> bool:
    """Whether an experiment lies inside; `data` alone would make it an experiment itself."""
    return isinstance(value, dict) and "experiment" in value and "data" not in value


def _named_experiment(value: dict[str, Any]) -> Any:
    """The experiment inside a preset's file, called by the preset's English title where it has no name of its own."""
    inner = value["experiment"]
    title = value.get("title")
    english = title.get("en") if isinstance(title, dict) else None
    if not isinstance(inner, dict) or not isinstance(english, str):
        return inner
    return {"name": english, **inner}


def _preset(preset_id: str, value: dict[str, Any]) -> Preset:
    def pair(name: str) -> tuple[str, str]:
        return value[name]["en"], value[name]["zh"]

    experiment = _named_experiment(value)
    return Preset(
        id=preset_id,
        title=pair("title"),
        group=pair("group"),
        description=pair("description"),
        covers=tuple(value.get("covers", ())),
        experiment=Experiment.from_dict(experiment),
    )
