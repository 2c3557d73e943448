"""Every question that a page may ask a run: how a request names it, and what becomes of the answer."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine.run import Question, Run
from ..faults import ExperimentError
from ..network.builder import task_of
from ..questions.inspection import (
    Boundary,
    DeadUnits,
    Embeddings,
    FeatureMaps,
    Fit,
    Flow,
    Histograms,
    Kernels,
    Predict,
    Sample,
    UnitMaps,
)
from ..questions.report import Report
from ..questions.sequences import Attention, Foretell, Generate, Read
from .report_answers import places_answer, report_answer
from .sequence_answers import attention_answer, forecast_answer, generated_answer, reading_answer
from .wire import (
    as_bytes,
    histogram,
    integer_of,
    is_number,
    levels,
    picture,
    sample_of,
    short_numbers,
    signed,
    text_of,
)

Request = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One kind of question. `read` makes it of a request (Raises: ExperimentError), `tell` puts what it found into
    JSON."""

    read: Callable[[Request], Question[Any]]
    tell: Callable[[Any, Run], Answer]


def asked(value: Request) -> tuple[Question[Any], Asked]:
    """The question that a request names. Raises: ExperimentError for one that is not understood."""
    name = value.get("question")
    kind = QUESTIONS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ExperimentError.at("question", "bad_question", detail="there is no such question")
    return kind.read(value), kind


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
                read["values"] = short_numbers(
                    split.natural(split.val_y[index].cpu().numpy()).ravel()
                )
        return x, label, len(split.val_y), read


def _class_of(target: Any, task: str) -> int | None:
    """The class number of a target; None where it is none: values, a picture, labels of many steps."""
    target = target[0] if task == "two_tasks" else target
    return int(target) if target.ndim == 0 else None


def prediction_answer(found: np.ndarray, run: Run) -> dict[str, Any]:
    """What the network says of one sample, by its task: probabilities, steps of them, values, a picture, a place."""
    task = task_of(run.experiment)

    def shares(row: np.ndarray) -> list[float | None]:
        return [float(f"{p:.5f}") if math.isfinite(p) else None for p in row.tolist()]

    if task.id == "two_tasks":
        return {"probabilities": shares(found[:-1]), "values": short_numbers(found[-1:])}
    if task.id == "labelling":
        return {"steps": [shares(row) for row in found]}
    if task.id == "reconstruction" and found.ndim == 3:
        return {"image": levels(found, 0.0, 1.0)}
    if task.id == "embedding":  # of the nearest neighbours
        return {"probabilities": shares(found)}
    return (
        {"probabilities": shares(found)}
        if task.reads_scores
        else {"values": short_numbers(found.ravel())}
    )


def _sample_answer(found: Any, run: Run) -> Answer:
    x, label, n, read = found
    classes = run.experiment.data.class_names()
    return {
        "pixels": as_bytes(picture(x)) if x.ndim == 3 else None,
        "x": x.round(4).tolist() if x.ndim == 1 else None,
        "label": None if label is None else classes[label],
        "n": n,
        **read,
    }


def _maps_answer(found: Any, run: Run) -> Answer:
    steps = {} if found.steps is None else {"steps": found.steps}
    return {
        "maps": levels(found.maps),
        "channels": found.channels.tolist(),
        "of": found.of,
        **steps,
    }


def _flow_answer(found: Mapping[str, np.ndarray], run: Run) -> Answer:
    blocks = [
        {"path": path, ("maps" if values.ndim == 3 else "vector"): levels(values)}
        for path, values in found.items()
    ]
    return {"blocks": blocks}


def _kernels_answer(found: tuple[str, np.ndarray] | None, run: Run) -> Answer:
    return {"path": None} if found is None else {"path": found[0], "kernels": signed(found[1])}


def _histograms_answer(found: Any, run: Run) -> Answer:
    layers = [
        {
            "path": path,
            "weights": histogram(weights),
            "gradients": gradients and histogram(gradients),
        }
        for path, (weights, gradients) in found.items()
    ]
    return {"layers": layers}


def _units_answer(found: Any, run: Run) -> Answer:
    return {
        "layers": [
            {"path": path, "of": each.of, "maps": signed(each.maps)} for path, each in found.items()
        ]
    }


def _generate(value: Request) -> Generate:
    temperature = value.get("temperature", 0.8)
    if not is_number(temperature):
        raise ExperimentError.at(
            "temperature", "wrong_type", expected="a number", given=type(temperature).__name__
        )
    prompt, seed = text_of({"prompt": "", **value}, "prompt"), integer_of(value, "seed", 0) % 2**31
    return Generate(
        prompt,
        integer_of(value, "length", 40),
        float(temperature),
        seed,
        integer_of(value, "count", 8),
    )


def _embeddings(value: Request) -> Embeddings:
    return Embeddings(sample_of(value) if value.get("sample") is not None else None)


QUESTIONS: dict[str, Asked] = {
    "predict": Asked(lambda value: Predict(sample_of(value)), prediction_answer),
    "sample": Asked(lambda value: ShowSample(sample_of(value)), _sample_answer),
    "feature_maps": Asked(
        lambda value: FeatureMaps(
            text_of(value, "path"), sample_of(value), integer_of(value, "limit", 16)
        ),
        _maps_answer,
    ),
    "flow": Asked(lambda value: Flow(sample_of(value)), _flow_answer),
    "kernels": Asked(lambda value: Kernels(), _kernels_answer),
    "histograms": Asked(lambda value: Histograms(), _histograms_answer),
    "unit_maps": Asked(lambda value: UnitMaps(), _units_answer),
    "dead_units": Asked(
        lambda value: DeadUnits(),
        lambda found, run: {
            "layers": [{"path": path, "share": share} for path, share in found.items()]
        },
    ),
    "boundary": Asked(
        lambda value: Boundary(integer_of(value, "resolution", 64)),
        lambda found, run: {
            "probabilities": levels(found.probabilities, 0.0, 1.0),
            "extent": found.extent,
        },
    ),
    "embeddings": Asked(_embeddings, lambda found, run: places_answer(found)),
    "report": Asked(lambda value: Report(), lambda found, run: report_answer(found)),
    "fit": Asked(
        lambda value: Fit(integer_of(value, "limit", 500)),
        lambda found, run: {
            "true": short_numbers(found.true),
            "predicted": short_numbers(found.predicted),
            "of": found.of,
        },
    ),
    "attention": Asked(
        lambda value: Attention(sample_of(value)), lambda found, run: attention_answer(found)
    ),
    "read": Asked(lambda value: Read(sample_of(value)), lambda found, run: reading_answer(found)),
    "foretell": Asked(
        lambda value: Foretell(sample_of(value)), lambda found, run: forecast_answer(found)
    ),
    "generate": Asked(_generate, lambda found, run: generated_answer(found)),
}
