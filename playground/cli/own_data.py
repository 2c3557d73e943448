"""An experiment whose data are a file of the person's own, whatever it is: `--data FILE`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..catalogues.datasets import DATASETS, uploads
from ..catalogues.datasets.base import Dataset
from ..catalogues.datasets.own_file import OwnFile
from ..catalogues.layers.starters import starter_of
from ..catalogues.losses import LOSSES
from ..experiment import Experiment
from ..faults import ExperimentError, size_text
from ..reading.data.choices import choices_of
from ..reading.data.reader import read_data
from ..reading.data.result import Doubt, Understood

# Of a file. The usual limit is for what strangers hand in; here it is the owner's own machine.
OWN_MACHINE_BYTES = 2**30
LEAST_STEPS = 8  # an epoch: a small file gets a smaller batch
STAYING = ("validation", "batch_size")  # settings that are true of any data


@dataclass(frozen=True)
class OwnData:
    """A file as the command line names it. kind: "" for what it looks like; choices: `target=price` …"""

    path: Path
    kind: str = ""
    choices: Sequence[str] = ()

    @classmethod
    def of(cls, options: argparse.Namespace) -> "OwnData | None":
        """What the options say; None where they name no file. Raises: ExperimentError for what says nothing."""
        if options.data is None:
            if options.choose or options.kind:
                detail = "say of which file: --data FILE"
                raise ExperimentError.at("--choose", "invalid", detail=detail)
            return None
        return cls(options.data, options.kind, options.choose)


def with_data(experiment: Experiment, own: OwnData | None) -> Experiment:
    """The experiment with that file as its data, and a loss and layers that suit. Doubts are told on standard error.

    Raises: ExperimentError, OSError.
    """
    if own is None:
        return experiment
    content = content_of(own.path)
    understood = read_data(content, choices_of(own.choices, kind=own.kind), own.path.name)
    _tell(understood.doubts)
    data = _data_of(experiment, own, content, understood)
    value = {**experiment.model_dump(mode="json"), "data": data.model_dump(mode="json")}
    if _needs_other_layers(experiment.data, data):
        print(
            "the layers of the experiment are for other data: a small network is used",
            file=sys.stderr,
        )
        value["layers"] = list(starter_of(data.shape_kind, data.goal.by_steps))
    return with_suited_loss(Experiment.from_dict(value))


def content_of(path: Path) -> bytes:
    """The bytes of a file on the owner's machine. Raises: ExperimentError where there are too many, OSError."""
    uploads.STORE.max_bytes = OWN_MACHINE_BYTES
    uploads.STORE.max_total_bytes = OWN_MACHINE_BYTES
    size = path.stat().st_size
    if size > OWN_MACHINE_BYTES:
        sizes = {"given": size_text(size), "limit": size_text(OWN_MACHINE_BYTES)}
        raise ExperimentError.at("data.file", "data_too_large", **sizes)
    return path.read_bytes()


def with_suited_loss(experiment: Experiment) -> Experiment:
    """The experiment, with another loss where its own does not suit its data."""
    if experiment.training.loss.suits(experiment.data.task):
        return experiment
    natural = LOSSES[experiment.data.goal.natural]()
    training = experiment.training.model_copy(update={"loss": natural})
    return experiment.model_copy(update={"training": training})


def _data_of(
    experiment: Experiment, own: OwnData, content: bytes, understood: Understood
) -> Dataset:
    """The data set that reads such files, with what was said of this one. Raises: ExperimentError."""
    entry = entry_for(understood.kind)
    before = experiment.data.model_dump(mode="json")
    stays = dict(before) if entry.id == experiment.data.id else {"dataset": entry.id}
    for name in STAYING:
        stays[name] = before[name]
    stays["file"] = uploads.put(content, entry.takes_file, own.path.name)
    largest_batch = max(2, understood.rows // LEAST_STEPS)
    stays["batch_size"] = min(stays["batch_size"], largest_batch)
    return _with_choices(stays, own.choices)


def _with_choices(value: dict[str, Any], choices: Sequence[str]) -> Dataset:
    data: Any = _parsed(value)
    for line in choices:
        if line.startswith("kind="):  # the data set says it
            continue
        value = {**value, **data.settled(line)}
        data = _parsed(value)
    return data


def _parsed(value: dict[str, Any]) -> Dataset:
    return Experiment.from_dict({"data": value}).data


def entry_for(kind: str) -> type[Dataset]:
    """The data set that reads files of this kind: "table", "text", "series" or "images"."""
    for entry in DATASETS:
        if issubclass(entry, OwnFile) and entry.read_as == kind:
            return entry
    raise ExperimentError.at("--kind", "invalid", detail=f"no data set reads {kind}")


def _needs_other_layers(before: Dataset, after: Dataset) -> bool:
    is_same_kind = before.shape_kind == after.shape_kind
    return not is_same_kind or before.goal.by_steps != after.goal.by_steps


def _tell(doubts: Sequence[Doubt]) -> None:
    """What is doubtful, and how each doubt is settled."""
    for doubt in doubts:
        print(f"asked: {doubt.message}", file=sys.stderr)
        for remedy in doubt.remedies:
            print(f"    {remedy.label}: --choose '{remedy.set}'", file=sys.stderr)
