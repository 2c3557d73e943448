"""Everything that the screen shows of an experiment while somebody builds it."""

from typing import Any

import numpy as np

from ...catalogues.datasets import bundled_files
from ...engine.devices import fastest_device
from ...experiment import Experiment
from ...export.names import file_stem
from ...export.script import script
from ...faults import ExperimentError
from ...network.checking import faults_of_draft
from ...network.cost import RESTING_BYTES, Cost, cost_of, missing_faults
from ...network.goal import task_of
from ...network.limits import limit_fault
from ...network.tracing import Row, Trace, trace
from ...settings import Settings
from ..fields import both, names_in_both
from .faults import fault_answer, fault_answers

SCHEDULE_POINTS = 300  # of the planned learning rates

Answer = dict[str, Any]
# What stands in an answer about an experiment of which nothing more can be said.
NOTHING: Answer = {
    "rows": [],
    "input": None,
    "output": None,
    "totals": None,
    "data": None,
    "schedule": None,
    "code": "",
}


def check_answer(value: Any, settings: Settings) -> Answer:
    """In: an experiment as a page sends it, right or wrong. Out: what is wrong, and all else that can be said."""
    try:
        experiment = Experiment.from_dict(value)
    except ExperimentError as error:
        faults = fault_answers(faults_of_draft(value, list(error.faults), settings))
        return {"experiment": None, "faults": faults, **NOTHING, "link": "", "file_name": ""}
    about = {
        "experiment": experiment.model_dump(mode="json"),
        "link": f"x={experiment.to_link()}",
        "file_name": file_stem(experiment),
    }
    try:
        return {**about, **_checked(experiment, settings)}
    except ExperimentError as error:  # a file of the person's own may be gone, or of no use
        return {**about, "faults": fault_answers(error.faults), **NOTHING}


def _checked(experiment: Experiment, settings: Settings) -> Answer:
    traced = trace(experiment, settings)
    cost = cost_of(experiment, traced)
    faults = [*traced.faults, *missing_faults(experiment)]
    too_much = None if faults else limit_fault(experiment, cost, settings, fastest_device())
    if too_much is not None:
        faults.append(too_much)
    return {
        "faults": [fault_answer(fault) for fault in faults],
        "rows": [_row(row, traced) for row in traced.rows],
        "input": {"shape": experiment.data.sample_shape()},
        "output": _row(traced.output, traced),
        "totals": None if traced.faults else _totals(traced, cost),
        "data": data_answer(experiment),
        "schedule": _schedule(experiment, cost),
        "code": "" if faults else script(experiment, traced=traced),
    }


def data_answer(experiment: Experiment) -> Answer:
    """What a page has to know of the data. Raises: ExperimentError where they are not there."""
    data = experiment.data
    task = task_of(experiment)
    n_train, n_validation = data.counts()
    classes = data.class_names()
    source, licence = data.origin()
    own_file = data.own_file()
    # Whether each file that the script reads comes with the playground.
    is_bundled: dict[str, bool] = {}
    for name in data.files:
        if name != own_file:
            is_bundled[name] = name in bundled_files()
    return {
        "dataset": data.id,
        "n_train": n_train,
        "n_validation": n_validation,
        "has_given_parts": data.has_given_parts,
        "n_classes": len(classes),
        "classes": names_in_both(classes, data.classes),
        "kind": data.shape_kind,
        "shape": data.input_shape,
        "task": task.id,
        "data_task": data.task,
        "targets": names_in_both(data.target_names(), data.targets),
        "metrics": task.metric.names,
        "pad": data.pad,
        "photo": data.photo,
        "origin": {"source": both(source), "licence": both(licence)},
        "files": is_bundled,
        "own_file": own_file,
    }


def _row(row: Row, traced: Trace) -> Answer:
    share = None
    if row.flops is not None:
        share = row.flops / max(1, traced.flops)
    return {
        "path": row.path,
        "label": row.label,
        "shape": row.shape,
        "parameters": row.parameters,
        "flops": row.flops,
        "memory_bytes": row.saved_bytes,
        "share": share,
    }


def _totals(traced: Trace, cost: Cost) -> Answer:
    return {
        "parameters": cost.parameters,
        "flops": cost.step_flops,
        "memory_bytes": cost.memory_bytes,
        "resting_bytes": RESTING_BYTES,
        "epoch_s": cost.epoch_s,
        "total_s": cost.total_s,
        "steps": cost.steps,
        "model": traced.model_class.__name__,
    }


def _schedule(experiment: Experiment, cost: Cost) -> Answer:
    """The planned learning rate: at most 300 steps, counted from 1; `unknown` where it depends on what comes.

    A warm-up is steep and short: both sides of its end are among the steps.
    """
    schedule = experiment.training.schedule
    lr = experiment.training.optimizer.lr
    last = cost.steps - 1
    warm_at = min(schedule.warmup_steps, last)
    ends = {max(0, warm_at - 1), warm_at}
    n_points = min(SCHEDULE_POINTS - len(ends), cost.steps)
    evenly = np.linspace(0, last, n_points)
    steps = sorted({round(step) for step in evenly.tolist()} | ends)
    rates = []
    for step in steps:
        factor = schedule.factor(step, cost.steps, cost.steps_per_epoch)
        rates.append(lr * factor)
    return {
        "step": [step + 1 for step in steps],
        "lr": rates,
        "unknown": schedule.watch() is not None,
    }
