"""From words on the command line to an experiment: preset or file, a table of one's own, PATH=VALUE."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..catalogues.datasets.tables import csv_experiment
from ..experiment import Experiment
from ..faults import ExperimentError
from ..preset_files import experiment_of_file, preset, presets
from .own_data import content_of, with_suited_loss


def read(name: str) -> Experiment:
    """An experiment by the id of its preset or by the name of its file; the file of a preset may be named, too.

    Raises: ExperimentError for what is neither or not valid, OSError for a file that cannot be read.
    """
    if name in presets():
        return preset(name).experiment
    looks_like_file = name.endswith(".json") or "/" in name or "\\" in name
    if looks_like_file or Path(name).is_file():
        return experiment_of_file(name)
    return preset(name).experiment  # raises, and names those that there are


def with_csv(experiment: Experiment, path: Path | None, target: str) -> Experiment:
    """The experiment with a table of the person's own as its data, and a loss that suits.

    In: the file, or None for the experiment as it is; the column to predict, "" to choose one.
    Raises: ExperimentError, OSError.
    """
    if path is None:
        return experiment
    content_of(path)  # refuses what is too large, by the limits of the owner's machine
    value = csv_experiment(experiment.model_dump(mode="json"), path, target)
    return with_suited_loss(Experiment.from_dict(value))


def changed(experiment: Experiment, changes: Sequence[str]) -> Experiment:
    """The experiment with every PATH=VALUE set. Raises: ExperimentError naming a bad path or value."""
    value = experiment.model_dump(mode="json")
    for change in changes:
        _set(value, change)
    return Experiment.from_dict(value)


def _set(value: Any, change: str) -> None:
    """Changes JSON values in place: "layers[0].units=64"."""
    path, equals, text = change.partition("=")
    # layers[0].units and layers.0.units are the same place.
    *parents, last = path.replace("[", ".").replace("]", "").split(".")
    target = value
    for part in parents:
        target = _member(target, part, path)
    if not equals:
        raise ExperimentError.at(
            path, "invalid", detail="write --set PATH=VALUE, as in data.batch_size=128"
        )
    new = _json_or_text(text)
    if isinstance(target, list):
        _member(target, last, path)
        target[int(last)] = new
    elif isinstance(target, dict):
        target[last] = new
    else:
        raise ExperimentError.at(path, "invalid", detail="there is no such field")


def _json_or_text(text: str) -> Any:
    """`64` is a number, `{"optimizer": "sgd"}` an object, `cosine` the text itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _member(value: Any, part: str, path: str) -> Any:
    """What stands in a list or an object at `part`. Raises: ExperimentError that names the whole path."""
    try:
        if isinstance(value, list):
            return value[int(part)]
        return value[part]
    except (KeyError, IndexError, ValueError, TypeError):
        raise ExperimentError.at(
            path, "invalid", detail=f"there is no “{part[:40]}” here"
        ) from None
