"""A run for the page: where it stands, and what is new of its measurements."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...catalogues.baselines import LOWER_IS_BETTER, Baseline
from ...engine.run import Run
from ...faults import ExperimentError
from ...questions.encoding import number, short_numbers
from .check import data_answer
from .faults import fault_text

TABLES = ("steps", "layers", "epochs")  # of a history

Answer = dict[str, Any]


def run_answer(run: Run, cursor: str = "") -> tuple[Answer, str]:
    """What is new of a run since `cursor`, and the next cursor."""
    news, cursor = run.history.since(cursor)
    events = []
    for event in news.pop("events", []):
        events.append({"step": event.step, "kind": event.kind, "value": number(event.value)})
    tables = {table: _columns(columns) for table, columns in news.items()}
    return {**_standing(run), "events": events, **tables}, cursor


def opened_run(run: Run) -> Answer:
    """A run for a page that just opened: where it stands, its experiment and its data. The history comes after."""
    try:
        data = data_answer(run.experiment)
    except ExperimentError:  # a file of somebody's own that is not kept any more
        data = None
    return {
        **_standing(run),
        "id": run.id,
        "experiment": run.experiment.model_dump(mode="json"),
        "data": data,
    }


def _standing(run: Run) -> Answer:
    view, history = run.view(), run.history
    return {
        "run": view.id,
        "name": view.name,
        "state": view.state,
        "position": view.position,
        "device": view.device,
        "reason": view.reason.code if view.reason else None,
        "message": fault_text(view.reason) if view.reason else None,
        "epoch": view.epoch,
        "n_epochs": view.epochs,
        "step": view.step,
        "total_steps": view.total_steps,
        "steps_per_s": number(view.steps_per_s),
        "samples_per_s": number(view.samples_per_s),
        "lr": view.lr,
        "loaded": view.loaded,
        "shares_files": run.shares_files,
        "layer_names": history.layer_names,
        "metrics": history.metrics,
        "part_names": history.part_names,
        "baselines": [baseline_answer(baseline) for baseline in view.baselines],
    }


def baseline_answer(baseline: Baseline) -> Answer:
    """A baseline with its scores. `metric`: the first of them, by which a network is compared with it."""
    metric = next(iter(baseline.scores))
    return {
        "name": baseline.name,
        "answer": baseline.answer,
        "metric": metric,
        "lower_is_better": metric in LOWER_IS_BETTER,
        "scores": {name: number(score) for name, score in baseline.scores.items()},
    }


def _columns(columns: Mapping[str, np.ndarray]) -> dict[str, list[Any]]:
    """Columns for the wire.

    `step` is the first step, then how far each lies after the one before: as many bytes at step 100,000 as at 1,000.
    """
    gaps = np.diff(columns["step"].astype(np.int64), prepend=0)
    wire: dict[str, list[Any]] = {"step": gaps.tolist()}
    for name, column in columns.items():
        if name == "epoch":
            wire[name] = column.astype(np.int64).tolist()
        elif name != "step":
            wire[name] = short_numbers(column)
    return wire
