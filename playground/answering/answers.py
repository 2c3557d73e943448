"""A file of new samples -> a table with a column of answers, and a report where the file says what is right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..catalogues.datasets.asked import Asked, LeftOut
from ..catalogues.datasets.asking import asked
from ..catalogues.datasets.series.base import Series
from ..catalogues.datasets.strange_cells import Strange
from ..faults import ExperimentError
from ..files import write_whole
from ..questions.report import Outcome
from ..reading.data.csv_lines import csv_line
from ..results import FinishedRun
from .columns import answer_columns, distinct_names
from .figures import outcome_of
from .forecasts import forecast_file

OnChunk = Callable[[int, int], None]  # called with how many samples are answered, and of how many

__all__ = ["FileAnswers", "LeftOut", "answer_file"]


@dataclass(frozen=True)
class FileAnswers:
    """The answers to a file.

    names, lines: the table as CSV, a line for each sample. n: samples that were answered. left_out: those that could
    not be, with their line or file. strange: cells that count as not known. report: what `Report.tell` makes
    figures of; None where nothing says what is right.
    """

    names: Sequence[str]
    lines: Sequence[str]
    n: int
    left_out: Sequence[LeftOut] = field(default_factory=tuple)
    strange: Sequence[Strange] = field(default_factory=tuple)
    report: Outcome | None = None

    def csv(self) -> str:
        """The table as CSV with a line of names."""
        return "\n".join([csv_line(self.names), *self.lines, ""])

    def save(self, path: str | Path) -> None:
        """Writes it as UTF-8, whole or not at all. Raises: OSError."""
        write_whole(Path(path), self.csv().encode("utf-8", "replace"))


def answer_file(
    finished: FinishedRun,
    content: bytes,
    name: str = "",
    *,
    most: int | None = None,
    on_chunk: OnChunk | None = None,
    about: dict[str, Any] | None = None,
) -> FileAnswers:
    """What a trained network says of every sample of a file.

    In: the bytes, what the file is called; most samples; what the report says of the moment (`step`, `epoch`).
    Raises: ExperimentError for a file or a network for which there are no answers.
    """
    moment = {"step": 0, "epoch": 0, **(about or {})}
    if isinstance(finished.experiment.data, Series):
        forecasts = forecast_file(finished, content, moment)
        return FileAnswers(
            names=forecasts.names,
            lines=forecasts.lines,
            n=forecasts.n,
            report=forecasts.report,
        )
    columns = answer_columns(finished.experiment)
    samples = asked(finished.experiment.data, content, name)
    check_count(len(samples.x), most)
    lines: list[str] = []
    chunks: list[np.ndarray] = []
    for answers in finished.answers_by_chunk(samples.x):
        of_chunk = [csv_line(columns.cells(row)) for row in trimmed(answers, samples, len(lines))]
        lines += of_chunk
        chunks.append(answers)
        if on_chunk is not None:
            on_chunk(len(lines), len(samples.x))
    names = [*samples.names, *distinct_names(samples.names, columns.names)]
    return FileAnswers(
        names=names,
        lines=[f"{cells},{answer}" for cells, answer in zip(samples.cells, lines, strict=True)],
        n=len(lines),
        left_out=samples.left_out,
        strange=samples.strange,
        report=outcome_of(finished.experiment, chunks, samples.y, moment),
    )


def check_count(n: int, most: int | None) -> None:
    """Raises: ExperimentError for more samples than are answered at once."""
    if most is not None and n > most:
        raise ExperimentError.at("file", "asked_too_many", given=f"{n:,}", limit=f"{most:,}")


def trimmed(answers: np.ndarray, samples: Asked, start: int) -> list[np.ndarray]:
    """Each sample's answer; of labelled steps, those that the sample really has."""
    if answers.ndim < 3:
        return list(answers)
    rows: list[np.ndarray] = []
    for place, answer in enumerate(answers, start):
        n_steps = int((samples.x[place] != 0).sum())
        rows.append(answer[:n_steps])
    return rows
