"""What questions about texts and series found -> what the page receives."""

import math
from collections.abc import Iterable
from typing import Any

from ..questions.sequences import Forecast, Generated, Reading, Weights


def reading_answer(found: Reading) -> dict[str, Any]:
    """Tokens, and the shares of the classes; where steps are labelled, the likeliest class of each and its share."""
    truth = list(found.truth) if isinstance(found.truth, tuple) else found.truth
    answer = {"tokens": found.tokens, "known": found.known, "truth": truth}
    if found.shares.ndim == 1:
        return {**answer, "probabilities": _finite(found.shares.tolist())}
    return {
        **answer,
        "labels": found.shares.argmax(1).tolist(),
        "shares": _finite(found.shares.max(1).tolist()),
    }


def attention_answer(found: Weights) -> dict[str, Any]:
    """A row of weights for a pool, one a head for an encoder: (heads, T, T) as nested lists."""
    layers = [
        {"path": path, "weights": weights.round(4).tolist()}
        for path, weights in found.layers.items()
    ]
    return {"layers": layers, "steps": found.steps}


def forecast_answer(found: Forecast) -> dict[str, Any]:
    """Numbers in the unit of the series; null where one is missing."""
    future = None if found.future is None else _finite(found.future.tolist())
    return {
        "window": _finite(found.window.tolist()), "values": _finite(found.guess.tolist()), "future": future,
        "start": found.start,
    }  # fmt: skip


def generated_answer(found: Generated) -> dict[str, Any]:
    """The beginning, and what was written after it."""
    return {"prompt": found.prompt, "texts": found.texts}


def _finite(values: Iterable[float]) -> list[float | None]:
    return [float(f"{value:.5g}") if math.isfinite(value) else None for value in values]
