"""A file with a series -> its next steps, and how good earlier forecasts of it would have been."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..catalogues.datasets.series.base import NewSeries, Series
from ..catalogues.datasets.series.windows import windows
from ..faults import ExperimentError
from ..questions.report import Outcome
from ..reading.data.csv_lines import csv_line
from ..results import FinishedRun
from .columns import numbers
from .figures import outcome_of

MOST_JUDGED = 4_096  # windows of the report, the last ones


@dataclass(frozen=True)
class Forecasts:
    """The table of steps, known and forecast, and what the report is made of. n: steps that were forecast."""

    names: Sequence[str]
    lines: Sequence[str]
    n: int
    report: Outcome | None


def forecast_file(finished: FinishedRun, content: bytes, moment: dict[str, Any]) -> Forecasts:
    """The steps of a file's series, each group with its next ones. Raises: ExperimentError for too short a series."""
    data = finished.experiment.data
    assert isinstance(data, Series)
    found = data.new_series(content)
    has_groups = len(found) > 1
    lines: list[str] = []
    chunks: list[np.ndarray] = []
    truths: list[np.ndarray] = []
    for series in found:
        lines += _lines(series, next_values(finished, series), has_groups)
        answers, truth = _judged(finished, series)
        chunks.append(answers)
        truths.append(truth)
    right = np.concatenate(truths)
    report = outcome_of(finished.experiment, chunks, right, moment) if len(right) else None
    names = ("step", "value", "forecast")
    return Forecasts(
        names=("series", *names) if has_groups else names,
        lines=lines,
        n=data.horizon * len(found),
        report=report,
    )


def next_values(finished: FinishedRun, series: NewSeries) -> np.ndarray:
    """What comes after the last step, in the series' own unit. Out: (horizon,)."""
    data = finished.experiment.data
    assert isinstance(data, Series)
    if len(series.values) < data.window:
        raise ExperimentError.at(
            "file", "asked_short_series", given=len(series.values), window=data.window
        )
    window = series.values[-data.window :]
    try:
        return finished.predict([window])[0]
    except ValueError as error:  # no value at all in this window
        raise ExperimentError.at("file", "bad_question", detail=str(error)) from None


def _judged(finished: FinishedRun, series: NewSeries) -> tuple[np.ndarray, np.ndarray]:
    """Forecasts of windows whose next steps the file holds, and these steps. Out: (n, horizon) each."""
    data = finished.experiment.data
    assert isinstance(data, Series)
    x, y = windows(series.values, data.window, data.horizon, data.from_last)
    x, y = x[-MOST_JUDGED:], y[-MOST_JUDGED:]
    answers = [*finished.answers_by_chunk(x)]
    none = np.zeros((0, data.horizon))
    return np.concatenate(answers) if answers else none, y.astype(np.float64)


def _lines(series: NewSeries, forecast: np.ndarray, has_groups: bool) -> list[str]:
    """The known steps, then the forecast ones."""
    group = [series.name] if has_groups else []
    lines: list[str] = []
    for time, value in zip(series.times, series.values[:, 0], strict=True):
        lines.append(csv_line([*group, time, *numbers([value]), ""]))
    for ahead, value in enumerate(forecast, 1):
        lines.append(csv_line([*group, f"+{ahead}", "", *numbers([value])]))
    return lines
