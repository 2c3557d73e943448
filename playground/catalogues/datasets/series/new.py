"""Series in a file that a trained network is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ....reading.calls import read
from ....reading.data.choices import EVERY, Choices
from ....reading.data.series_file import SeriesFile
from .labels import step_labels


@dataclass(frozen=True)
class NewSeries:
    """A series that a network is asked about, float64 (n, 1 + inputs), and its times. name: its group."""

    values: np.ndarray
    times: Sequence[str]
    name: str = ""


def read_new(
    content: bytes, choices: Choices, inputs: Sequence[str], trained: Mapping[str, Any]
) -> list[NewSeries]:
    """Every series of a file.

    In: the bytes, what was said of such files, further columns, how the training's file wrote its numbers, as
    `Trained` takes it. Raises: ExperimentError.
    """
    choices = choices.model_copy(update={"kind": "series", "group": EVERY})
    options = {
        "choices": choices.model_dump(exclude_defaults=True),
        "inputs": list(inputs),
        "trained": dict(trained),
    }
    file = SeriesFile.from_message(read("new_series", options, content))
    ends = np.cumsum(file.sizes)[:-1]
    names = file.about["groups"] or [""]
    precision = file.about["precision"]
    series: list[NewSeries] = []
    parts = zip(np.split(file.values, ends), np.split(file.seconds, ends), names, strict=True)
    for values, seconds, name in parts:
        series.append(NewSeries(values, step_labels(seconds, precision), name))
    return series
