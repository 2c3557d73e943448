"""Core objects -> what the page receives: JSON with both languages, arrays as bytes."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from ..catalogues.datasets import DATASETS, bundled_files
from ..catalogues.datasets.augment import Augmenter
from ..catalogues.datasets.base import Dataset
from ..engine.run import Run
from ..experiment import Experiment
from ..export.names import file_stem
from ..export.script import script
from ..faults import ExperimentError, Fault, Repair
from ..network.builder import Row, Trace, task_of, trace
from ..network.checking import faults_of_draft
from ..network.cost import RESTING_BYTES, Cost, cost_of, data_faults, memory_fault
from ..questions.encoding import as_bytes, number, picture, short_numbers
from ..settings import Settings
from .fields import both
from .words import FAULTS_ZH, REPAIRS
from .words.phrases import chinese_values

SCHEDULE_POINTS = 300
THUMBNAILS = 6
AUGMENTED_ROWS, AUGMENTED_EACH = 4, 7
POINTS_SHOWN = 1_500


def fault_text(fault: Fault) -> dict[str, str]:
    """The sentence in both languages."""
    values = chinese_values(fault.code, fault.values)
    return {"en": fault.message, "zh": FAULTS_ZH[fault.code].format(**values)}


def fault_answer(fault: Fault) -> dict[str, Any]:
    """A fault with its repairs, for the row that has it."""
    repairs = [_repair_answer(repair) for repair in fault.repairs]
    return {
        "place": fault.place,
        "code": fault.code,
        "message": fault_text(fault),
        "repairs": repairs,
    }


def _repair_answer(repair: Repair) -> dict[str, Any]:
    english, chinese = (words.format(**repair.values) for words in REPAIRS[repair.code])
    return {
        "label": {"en": english, "zh": chinese},
        "layers": repair.layers,
        "training": repair.training,
        "data": repair.data,
    }


def error_answer(error: ExperimentError) -> dict[str, Any]:
    """For a request that cannot be granted."""
    first = fault_answer(error.faults[0])
    return {"error": {**first, "faults": [fault_answer(fault) for fault in error.faults[:50]]}}


def check_answer(value: Any, settings: Settings) -> dict[str, Any]:
    """Everything that the screen shows of an experiment that somebody is building."""
    experiment = None
    try:
        experiment = Experiment.from_dict(value)
        return _checked(experiment, settings)
    except ExperimentError as error:  # a file of the person's own may be gone, or of no use
        faults = list(error.faults)
        if experiment is None:
            faults = faults_of_draft(value, faults, settings)
        return {
            "experiment": experiment and experiment.model_dump(mode="json"),
            "faults": [fault_answer(fault) for fault in faults[:50]],
            "rows": [], "input": None, "output": None, "totals": None, "data": None,
            "schedule": None, "link": f"x={experiment.to_link()}" if experiment else "", "code": "",
            "file_name": file_stem(experiment) if experiment else "",
        }  # fmt: skip


def _checked(experiment: Experiment, settings: Settings) -> dict[str, Any]:
    traced = trace(experiment, settings)
    faults = [*traced.faults, *data_faults(experiment)]
    cost = cost_of(experiment, traced)
    too_much = None if faults else memory_fault(cost, settings)
    faults += [too_much] if too_much else []
    data = experiment.data
    return {
        "experiment": experiment.model_dump(mode="json"),
        "faults": [fault_answer(fault) for fault in faults],
        "rows": [_row(row, traced) for row in traced.rows],
        "input": {"shape": data.sample_shape()},
        "output": _row(traced.output, traced),
        "totals": None if traced.faults else _totals(traced, cost),
        "data": data_answer(experiment),
        "schedule": _schedule(experiment, cost),
        "link": f"x={experiment.to_link()}",
        "code": "" if faults else script(experiment),
        "file_name": file_stem(experiment),
    }  # fmt: skip


def data_answer(experiment: Experiment) -> dict[str, Any]:
    """What a page has to know of the data. Raises: ExperimentError where they are not there."""
    data, task = experiment.data, task_of(experiment)
    n_train, n_validation = data.counts()
    return {
        "dataset": data.id, "n_train": n_train, "n_validation": n_validation, "n_classes": len(data.class_names()),
        "classes": data.class_names(), "kind": data.shape_kind, "shape": data.input_shape,
        "task": task.id, "data_task": data.task, "targets": data.target_names(), "metrics": task.metric.names,
        "pad": data.pad, "photo": data.photo,
        "origin": dict(zip(("source", "licence"), map(both, data.origin()), strict=True)),
        "files": {name: name in bundled_files() for name in data.files if name != data.own_file()},
        "own_file": data.own_file(),
    }  # fmt: skip


def _row(row: Row, traced: Trace) -> dict[str, Any]:
    return {
        "path": row.path,
        "label": row.label,
        "shape": row.shape,
        "parameters": row.parameters,
        "flops": row.flops,
        "memory_bytes": row.saved_bytes,
        "share": None if row.flops is None else row.flops / max(1, traced.flops),
    }


def _totals(traced: Trace, cost: Cost) -> dict[str, Any]:
    return {
        "parameters": cost.parameters, "flops": cost.step_flops, "memory_bytes": cost.memory_bytes,
        "resting_bytes": RESTING_BYTES,
        "step_s": cost.step_s, "epoch_s": cost.epoch_s, "total_s": cost.total_s, "steps": cost.steps,
        "steps_per_epoch": cost.steps_per_epoch, "threads": cost.threads, "model": traced.model_class.__name__,
    }  # fmt: skip


def _schedule(experiment: Experiment, cost: Cost) -> dict[str, Any]:
    training = experiment.training
    steps = sorted(
        {round(i) for i in np.linspace(0, cost.steps - 1, min(SCHEDULE_POINTS, cost.steps))}
    )
    factors = [training.schedule.factor(step, cost.steps, cost.steps_per_epoch) for step in steps]
    return {
        "step": [step + 1 for step in steps], "lr": [training.optimizer.lr * factor for factor in factors],
        "unknown": training.schedule.watch() is not None,
    }  # fmt: skip


def preview_answer(experiment: Experiment) -> dict[str, Any]:
    """A look at the data, and what its numbers are scaled by."""
    return {**_preview(experiment.data), "scale": scale_answer(experiment.data)}


def _preview(data: Dataset) -> dict[str, Any]:
    """Thumbnails by class, or the points, or what the data set itself shows."""
    shown = data.preview()
    if shown is not None:
        return {"kind": data.shape_kind, "classes": data.class_names(), **shown}
    x, y = data.raw()
    y = data.goal.labels_of(y)
    if data.shape_kind == "image":
        labels = y if y.ndim == 1 else y[:, 0]
        chosen = [
            x[np.flatnonzero(labels == label)[:THUMBNAILS]]
            for label in range(len(data.class_names()))
        ]
        return {
            "kind": "image", "classes": data.class_names(), "size": data.input_shape[1:], "channels": x.shape[1],
            "thumbs": [[as_bytes(picture(image)) for image in images] for images in chosen],
            "augmented": augmented_answer(data),
        }  # fmt: skip
    split = data.split()
    part = np.zeros(len(y), dtype=np.int64)
    part[split.val_index] = 1
    some = slice(None, POINTS_SHOWN)
    return {
        "kind": "points", "classes": data.class_names(), "x": x[some].round(4).tolist(), "y": y[some].tolist(),
        "part": part[some].tolist(),
    }  # fmt: skip


def scale_answer(data: Dataset) -> dict[str, Any] | None:
    """Mean and spread of the training part by which all inputs are scaled: few numbers, or only of what they are.

    None where the training part cannot be told yet.
    """
    plain = {"batch_size": 1, **({"augment": None} if "augment" in type(data).model_fields else {})}
    return _scale(data.model_copy(update=plain).model_dump_json())


@lru_cache(maxsize=64)  # of a large set all samples are read for it
def _scale(text: str) -> dict[str, Any] | None:
    data = DATASETS.parse(json.loads(text))
    of = {"image": "channel", "points": "feature", "table": "column", "text": "token"}.get(
        data.shape_kind, "value"
    )
    of = "nothing" if data.statistic_axes() is None and of != "token" else of
    found = {
        "dataset": data.id,
        "of": "change" if getattr(data, "from_last", False) else of,
        "mean": [],
        "std": [],
    }
    if of in ("column", "token", "nothing"):
        return found
    try:
        split = data.split()
    except ExperimentError:
        return None
    return {
        **found,
        "mean": short_numbers(split.mean.ravel()),
        "std": short_numbers(split.std.ravel()),
    }


def augmented_answer(data: Dataset) -> list[list[str]]:
    """Rows of a training image as it is, then as it may come to the network; none where nothing is augmented."""
    augment = data.augmentation()
    if augment is None:
        return []
    split = data.split()
    x, row = split.train_x[:AUGMENTED_ROWS], Augmenter(augment, 0)
    seen = [x, *(row(x, x)[0] for _ in range(AUGMENTED_EACH))]
    pictures = [(each.numpy() * split.std + split.mean).clip(0, 1) for each in seen]
    return [[as_bytes(picture(each[i])) for each in pictures] for i in range(len(x))]


def run_answer(run: Run, cursor: str = "") -> tuple[dict[str, Any], str]:
    """What is new of a run since `cursor`, and the next cursor."""
    view = run.view()
    news, cursor = run.history.since(cursor)
    events = [
        {"step": each.step, "kind": each.kind, "value": number(each.value)}
        for each in news.pop("events", [])
    ]
    return {
        "run": view.id, "name": view.name, "state": view.state, "device": view.device,
        "reason": view.reason.code if view.reason else None,
        "message": fault_text(view.reason) if view.reason else None,
        "epoch": view.epoch, "n_epochs": view.epochs, "step": view.step, "total_steps": view.total_steps,
        "steps_per_epoch": view.steps_per_epoch, "samples_per_s": number(view.samples_per_s),
        "time_left_s": number(view.time_left_s), "lr": view.lr, "threads": view.threads, "loaded": view.loaded,
        "layer_names": run.history.layer_names, "metrics": run.history.metrics,
        "part_names": run.history.part_names, "events": events,
        **{table: _columns(columns) for table, columns in news.items()},
    }, cursor  # fmt: skip


def _columns(columns: Mapping[str, np.ndarray]) -> dict[str, list[Any]]:
    """Columns for the wire. `step` is the first step, then how far each lies after the one before: as many bytes at
    step 100,000 as at step 1,000."""
    wire = {
        name: column.astype(np.int64).tolist() if name == "epoch" else short_numbers(column)
        for name, column in columns.items()
        if name != "step"
    }
    return {"step": np.diff(columns["step"].astype(np.int64), prepend=0).tolist(), **wire}
