"""The report and the embedding for the page: figures in order, class numbers and places as bytes."""

from typing import Any

import numpy as np

from ..questions.inspection import NEIGHBOURS, Places
from ..questions.report import Figures, Outcome
from .wire import as_bytes, number

MOST_BYTES = 256  # class numbers travel as bytes


def report_answer(outcome: Outcome) -> dict[str, Any]:
    """The figures by name, what stands for each class, the confusion matrix, and which sample got which answer."""
    found = outcome.figures()
    answer: dict[str, Any] = {
        "at_step": found.step,
        "epoch": found.epoch,
        "n": found.n,
        "of": found.of,
        "neighbours": NEIGHBOURS if found.by_neighbours else None,
        "shares": [],
        "values": [
            {
                "name": each.name,
                **{key: number(getattr(each, key)) for key in ("mae", "rmse", "r2")},
            }
            for each in found.values
        ],
        "classes": None,
    }
    if found.classes is not None:
        figures = {
            name: getattr(found.classes, name)
            for name in ("accuracy", "top3", "balanced_accuracy", "macro_f1")
        }
        shares = {**figures, "auc": found.classes.auc}
        answer["shares"] = [
            {"name": key, "value": number(value)} for key, value in shares.items() if value == value
        ]
        answer["classes"] = {
            "recall": [number(value) for value in found.classes.recall.tolist()],
            "precision": [number(value) for value in found.classes.precision.tolist()],
            "support": found.classes.support.tolist(),
            "confusion": None
            if found.classes.confusion is None
            else found.classes.confusion.tolist(),
        }
        answer |= _samples(found, len(found.classes.support))
    return answer


def places_answer(found: Places) -> dict[str, Any]:
    """Where the samples lie, as float32 (n, 2) in bytes."""
    return {
        "places": as_bytes(np.nan_to_num(found.places).astype("<f4")),
        "labels": as_bytes(found.labels.astype("<u2")),
        "of": found.of,
        "dimensions": found.dimensions,
        "shown": number(found.shown),
        "asked": None if found.asked is None else [number(value) for value in found.asked.tolist()],
    }


def _samples(found: Figures, n_classes: int) -> dict[str, Any]:
    if found.guesses is None or found.labels is None or n_classes > MOST_BYTES:
        return {"guesses": None, "labels": None}
    return {
        "guesses": as_bytes(found.guesses.astype(np.uint8)),
        "labels": as_bytes(found.labels.astype(np.uint8)),
    }
