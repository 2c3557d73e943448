"""Core objects -> what the page receives: JSON with both languages, arrays as bytes."""

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..builder import Row, Trace, task_of, trace
from ..cost import Cost, cost_of, data_faults, memory_fault
from ..datasets import bundled_files
from ..datasets.augment import Augmenter
from ..datasets.base import Dataset
from ..engine import Run
from ..experiment import Experiment
from ..export import script
from ..faults import ExperimentError, Fault
from ..inspection import (
    Boundary,
    DeadUnits,
    Embeddings,
    FeatureMaps,
    Fit,
    Flow,
    Histogram,
    Histograms,
    Kernels,
    Predict,
    Sample,
    UnitMaps,
)
from ..report import Report
from ..sequence_questions import Attention, Foretell, Generate, Read
from ..settings import Settings
from .report_answers import places_answer, report_answer
from .sequence_answers import attention_answer, forecast_answer, generated_answer, reading_answer
from .text import FAULTS_ZH
from .text_repairs import REPAIRS

SCHEDULE_POINTS = 300
THUMBNAILS = 6
AUGMENTED_ROWS, AUGMENTED_EACH = 4, 7
POINTS_SHOWN = 1_500
MOST_PICTURE_TEXT = 100_000


def fault_text(fault: Fault) -> dict[str, str]:
    """The sentence in both languages."""
    return {"en": fault.message, "zh": FAULTS_ZH[fault.code].format(**fault.values)}


def fault_answer(fault: Fault) -> dict[str, Any]:
    """A fault with its repairs, for the row that has it."""
    repairs = [
        {
            "label": dict(zip(("en", "zh"), REPAIRS[repair.code], strict=True)),
            "layers": repair.layers,
            "training": repair.training,
            "data": repair.data,
        }
        for repair in fault.repairs
    ]
    return {"place": fault.place, "code": fault.code, "message": fault_text(fault), "repairs": repairs}


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
        return {
            "experiment": experiment and experiment.model_dump(mode="json"),
            "faults": [fault_answer(fault) for fault in error.faults[:50]],
            "rows": [], "input": None, "output": None, "totals": None, "data": None,
            "schedule": None, "link": f"x={experiment.to_link()}" if experiment else "", "code": "",
        }  # fmt: skip


def _checked(experiment: Experiment, settings: Settings) -> dict[str, Any]:
    traced = trace(experiment, settings)
    faults = [*traced.faults, *data_faults(experiment)]
    cost = cost_of(experiment, traced)
    too_much = None if faults else memory_fault(cost, settings)
    faults += [too_much] if too_much else []
    data = experiment.data
    n_train, n_validation = data.counts()
    return {
        "experiment": experiment.model_dump(mode="json"),
        "faults": [fault_answer(fault) for fault in faults],
        "rows": [_row(row, traced) for row in traced.rows],
        "input": {"shape": data.sample_shape()},
        "output": _row(traced.output, traced),
        "totals": None if traced.faults else _totals(traced, cost),
        "data": {
            "n_train": n_train, "n_validation": n_validation, "n_classes": len(data.class_names()),
            "classes": data.class_names(), "kind": data.shape_kind, "shape": data.input_shape,
            "task": task_of(experiment).id, "data_task": data.task, "targets": data.target_names(),
            "metrics": task_of(experiment).metric.names,
            "pad": data.pad, "photo": data.photo,
            "files": {name: name in bundled_files() for name in data.files},
        },
        "schedule": _schedule(experiment, cost),
        "link": f"x={experiment.to_link()}",
        "code": "" if faults else script(experiment),
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
        "step_s": cost.step_s, "epoch_s": cost.epoch_s, "total_s": cost.total_s, "steps": cost.steps,
        "steps_per_epoch": cost.steps_per_epoch, "threads": cost.threads, "model": traced.model_class.__name__,
    }  # fmt: skip


def _schedule(experiment: Experiment, cost: Cost) -> dict[str, Any]:
    training = experiment.training
    steps = sorted({round(i) for i in np.linspace(0, cost.steps - 1, min(SCHEDULE_POINTS, cost.steps))})
    factors = [training.schedule.factor(step, cost.steps, cost.steps_per_epoch) for step in steps]
    return {
        "step": [step + 1 for step in steps], "lr": [training.optimizer.lr * factor for factor in factors],
        "unknown": training.schedule.watch() is not None,
    }  # fmt: skip


def preview_answer(experiment: Experiment) -> dict[str, Any]:
    """A look at the data: thumbnails by class, or the points."""
    data = experiment.data
    shown = data.preview()
    if shown is not None:
        return {"kind": data.shape_kind, "classes": data.class_names(), **shown}
    x, y = data.raw()
    y = y[:, 0] if data.task == "two_tasks" else y
    if data.shape_kind == "image":
        labels = y if y.ndim == 1 else y[:, 0]
        chosen = [x[np.flatnonzero(labels == label)[:THUMBNAILS]] for label in range(len(data.class_names()))]
        return {
            "kind": "image", "classes": data.class_names(), "size": data.input_shape[1:], "channels": x.shape[1],
            "thumbs": [[_bytes(_picture(image)) for image in images] for images in chosen],
            "augmented": augmented_answer(data),
        }  # fmt: skip
    split = data.split()
    part = np.zeros(len(y), dtype=np.int64)
    part[split.val_index] = 1
    shown = slice(None, POINTS_SHOWN)
    points = x[shown].round(4).tolist()
    return {
        "kind": "points", "classes": data.class_names(), "x": points, "y": y[shown].tolist(),
        "part": part[shown].tolist(),
    }  # fmt: skip


def augmented_answer(data: Dataset) -> list[list[str]]:
    """Rows of a training image as it is, then as it may come to the network; none where nothing is augmented."""
    augment = data.augmentation()
    if augment is None:
        return []
    split = data.split()
    x, row = split.train_x[:AUGMENTED_ROWS], Augmenter(augment, 0)
    seen = [x, *(row(x, x)[0] for _ in range(AUGMENTED_EACH))]
    pictures = [(each.numpy() * split.std + split.mean).clip(0, 1) for each in seen]
    return [[_bytes(_picture(each[i])) for each in pictures] for i in range(len(x))]


def _picture(image: np.ndarray) -> np.ndarray:
    """(C, H, W), 0…1 -> uint8 (H, W, C), as screens have it."""
    return (image.clip(0, 1) * 255).round().astype(np.uint8).transpose(1, 2, 0)


def run_answer(run: Run, cursor: str = "") -> tuple[dict[str, Any], str]:
    """What is new of a run since `cursor`, and the next cursor."""
    view = run.view()
    news, cursor = run.history.since(cursor)
    events = [{"step": each.step, "kind": each.kind, "value": _number(each.value)} for each in news.pop("events", [])]
    return {
        "run": view.id, "name": view.name, "state": view.state, "device": view.device,
        "reason": view.reason.code if view.reason else None,
        "message": fault_text(view.reason) if view.reason else None,
        "epoch": view.epoch, "n_epochs": view.epochs, "step": view.step, "total_steps": view.total_steps,
        "steps_per_epoch": view.steps_per_epoch, "samples_per_s": _number(view.samples_per_s),
        "time_left_s": _number(view.time_left_s), "lr": view.lr, "threads": view.threads,
        "layer_names": run.history.layer_names, "metrics": run.history.metrics,
        "part_names": run.history.part_names, "events": events,
        **{table: _columns(columns) for table, columns in news.items()},
    }, cursor  # fmt: skip


def _columns(columns: Mapping[str, np.ndarray]) -> dict[str, list[Any]]:
    """Columns for the wire. `step` is the first step, then how far each lies after the one before: as many bytes at
    step 100,000 as at step 1,000."""
    wire = {
        name: column.astype(np.int64).tolist() if name == "epoch" else _short(column)
        for name, column in columns.items()
        if name != "step"
    }
    return {"step": np.diff(columns["step"].astype(np.int64), prepend=0).tolist(), **wire}


def _short(column: np.ndarray) -> list[Any]:
    """Six significant digits are more than a screen can show; NaN and infinity become null."""
    if column.ndim > 1:
        return [_short(row) for row in column]
    return [_number(value) for value in column.tolist()]


def short_numbers(column: np.ndarray) -> list[Any]:
    """A column for the page."""
    return _short(column)


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(f"{value:.6g}")


def question_of(value: Mapping[str, Any]) -> Any:
    """The question that a request names. Raises: ExperimentError for one that is not understood."""
    name = value.get("question")
    if name == "predict":
        return Predict(_sample(value))
    if name == "feature_maps":
        return FeatureMaps(_text(value, "path"), _sample(value), _integer(value, "limit", 16))
    if name == "flow":
        return Flow(_sample(value))
    if name == "attention":
        return Attention(_sample(value))
    if name == "boundary":
        return Boundary(_integer(value, "resolution", 64))
    if name == "embeddings":
        return Embeddings(_sample(value) if value.get("sample") is not None else None)
    if name == "report":
        return Report()
    if name == "read":
        return Read(_sample(value))
    if name == "foretell":
        return Foretell(_sample(value))
    if name == "generate":
        temperature = value.get("temperature", 0.8)
        if not _is_number(temperature):
            raise ExperimentError.at("temperature", "wrong_type", expected="a number", given=type(temperature).__name__)
        prompt, seed = _text({"prompt": "", **value}, "prompt"), _integer(value, "seed", 0) % 2**31
        return Generate(prompt, _integer(value, "length", 40), float(temperature), seed, _integer(value, "count", 8))
    if name == "fit":
        return Fit(_integer(value, "limit", 500))
    plain = {"kernels": Kernels, "histograms": Histograms, "dead_units": DeadUnits, "unit_maps": UnitMaps}
    if isinstance(name, str) and name in plain:
        return plain[name]()
    if name == "sample":
        return ShowSample(_sample(value))
    raise ExperimentError.at("question", "bad_question", detail="there is no such question")


class ShowSample:
    """The validation sample itself. Out: (raw values, label, how many there are, what a person reads of it)."""

    def __init__(self, sample: Sample):
        self.sample = sample

    def __call__(self, trainer: Any) -> tuple[np.ndarray, int | None, int, dict[str, Any]]:
        split, index = trainer.split, self.sample.index
        x = self.sample.inputs(trainer)[0].cpu().numpy() * split.std + split.mean
        label = None if index is None else _class_of(split.val_y[index], trainer.task.id)
        read: dict[str, Any] = {"shown": None, "values": None}
        if index is not None:
            read["shown"] = trainer.experiment.data.shown(int(split.val_index[index]))
            if trainer.experiment.data.task == "regression":
                read["values"] = _short(split.natural(split.val_y[index].cpu().numpy()).ravel())
        return x, label, len(split.val_y), read


def _class_of(target: Any, task: str) -> int | None:
    """The class number of a target; None where it is none: values, a picture, labels of many steps."""
    target = target[0] if task == "two_tasks" else target
    return int(target) if target.ndim == 0 else None


def answer_of(name: str, found: Any, run: Run) -> dict[str, Any]:
    """An answer for the page; arrays as bytes with their scale."""
    if name == "predict":
        return prediction_answer(found, run)
    if name == "feature_maps":
        steps = {} if found.steps is None else {"steps": found.steps}
        return {"maps": _levels(found.maps), "channels": found.channels.tolist(), "of": found.of, **steps}
    if name == "flow":
        return {
            "blocks": [
                {"path": path, ("maps" if values.ndim == 3 else "vector"): _levels(values)}
                for path, values in found.items()
            ]
        }
    if name == "kernels":
        return {"path": None} if found is None else {"path": found[0], "kernels": _signed(found[1])}
    if name == "histograms":
        return {"layers": [
            {"path": path, "weights": _histogram(weights), "gradients": gradients and _histogram(gradients)}
            for path, (weights, gradients) in found.items()
        ]}  # fmt: skip
    if name == "unit_maps":
        return {
            "layers": [{"path": path, "of": each.of, "maps": _signed(each.maps)} for path, each in found.items()],
        }
    if name == "boundary":
        return {"probabilities": _levels(found.probabilities, 0.0, 1.0), "extent": found.extent}
    if name == "embeddings":
        return places_answer(found)
    if name == "report":
        return report_answer(found)
    if name == "attention":
        return attention_answer(found)
    if name == "read":
        return reading_answer(found)
    if name == "foretell":
        return forecast_answer(found)
    if name == "generate":
        return generated_answer(found)
    if name == "fit":
        return {"true": _short(found.true), "predicted": _short(found.predicted), "of": found.of}
    if name == "dead_units":
        return {"layers": [{"path": path, "share": share} for path, share in found.items()]}
    x, label, n, read = found
    classes = run.experiment.data.class_names()
    return {
        "pixels": _bytes(_picture(x)) if x.ndim == 3 else None,
        "x": x.round(4).tolist() if x.ndim == 1 else None,
        "label": None if label is None else classes[label],
        "n": n,
        **read,
    }


def prediction_answer(found: np.ndarray, run: Run) -> dict[str, Any]:
    """What the network says of one sample, by its task: probabilities, steps of them, values, a picture, a place."""
    task = task_of(run.experiment)

    def shares(row: np.ndarray) -> list[float | None]:
        return [float(f"{p:.5f}") if math.isfinite(p) else None for p in row.tolist()]

    if task.id == "two_tasks":
        return {"probabilities": shares(found[:-1]), "values": _short(found[-1:])}
    if task.id == "labelling":
        return {"steps": [shares(row) for row in found]}
    if task.id == "reconstruction" and found.ndim == 3:
        return {"image": _levels(found, 0.0, 1.0)}
    if task.id == "embedding":  # of the nearest neighbours
        return {"probabilities": shares(found)}
    return {"probabilities": shares(found)} if task.reads_scores else {"values": _short(found.ravel())}


def _levels(values: np.ndarray, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    """Floats as 256 levels between their extremes (or the given ones)."""
    finite = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low = float(finite.min()) if low is None else low
    high = float(finite.max()) if high is None else high
    scaled = (finite - low) / max(high - low, 1e-12) * 255
    return _array(scaled.round().clip(0, 255).astype(np.uint8), low, high)


def _signed(values: np.ndarray) -> dict[str, Any]:
    """Floats as levels around zero: 128 is 0, 0 and 255 are ± the largest size."""
    limit = float(np.abs(np.nan_to_num(values)).max()) or 1.0
    return _array((np.nan_to_num(values) / limit * 127 + 128).round().clip(0, 255).astype(np.uint8), -limit, limit)


def _array(values: np.ndarray, low: float, high: float) -> dict[str, Any]:
    return {"b64": _bytes(values), "dtype": "uint8", "shape": values.shape, "min": low, "max": high}


def _histogram(histogram: Histogram) -> dict[str, Any]:
    return {"edges": _short(histogram.edges), "counts": histogram.counts.tolist()}


def _bytes(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def _sample(value: Mapping[str, Any]) -> Sample:
    sample = value.get("sample")
    if not isinstance(sample, Mapping):
        raise ExperimentError.at("sample", "bad_question", detail="a sample is missing")
    if sample.get("kind") == "validation":
        return Sample(index=_integer(sample, "index", 0))
    if sample.get("kind") == "drawn":
        return Sample(pixels=_pixels(sample.get("pixels")))
    if sample.get("kind") == "picture":
        return Sample(picture=_picture_bytes(sample.get("pixels")))
    if sample.get("kind") == "point":
        return Sample(point=_point(sample.get("x")))
    if sample.get("kind") == "raw":  # a text, or a row of values; the data set checks it
        return Sample(raw=sample.get("value"))
    raise ExperimentError.at("sample.kind", "bad_question", detail="a sample is a validation sample, drawn, or a point")


def _pixels(text: Any) -> np.ndarray:
    try:
        data = base64.b64decode(text if isinstance(text, str) and len(text) < 2_000 else "", validate=True)
    except ValueError:
        data = b""
    if len(data) != 784:
        raise ExperimentError.at("sample.pixels", "bad_question", detail="a picture must have 28 × 28 bytes")
    return np.frombuffer(data, dtype=np.uint8).reshape(28, 28)


def _picture_bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(text if isinstance(text, str) and len(text) < MOST_PICTURE_TEXT else "", validate=True)
    except ValueError:
        return b""


def _point(value: Any) -> tuple[float, float]:
    numbers = [each for each in value if _is_number(each)] if isinstance(value, Sequence) else []
    if len(numbers) != 2 or len(value) != 2 or not all(abs(each) < 1e6 for each in numbers):
        raise ExperimentError.at("sample.x", "bad_question", detail="a point must be two finite numbers")
    return float(numbers[0]), float(numbers[1])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Mapping[str, Any], name: str) -> str:
    if not isinstance(value.get(name), str):
        raise ExperimentError.at(name, "wrong_type", expected="a text", given=type(value.get(name)).__name__)
    return str(value[name])


def _integer(value: Mapping[str, Any], name: str, default: int) -> int:
    given = value.get(name, default)
    if not isinstance(given, int) or isinstance(given, bool):
        raise ExperimentError.at(name, "wrong_type", expected="a whole number", given=repr(given)[:40])
    return given
