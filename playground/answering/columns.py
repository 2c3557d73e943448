"""What a network says of samples, as columns of text: an answer, and how sure it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..experiment import Experiment
from ..faults import ExperimentError
from ..network.goal import task_of

ANSWER = "answer"


@dataclass(frozen=True)
class AnswerColumns:
    """Names of the columns, and how one answer fills them. In: one row of what `FinishedRun.answers` gives."""

    names: tuple[str, ...]
    cells: Callable[[np.ndarray], list[str]]


def answer_columns(experiment: Experiment) -> AnswerColumns:
    """The columns of this experiment's answers. Raises: ExperimentError where a sample has no answer of its own."""
    kind = task_of(experiment).answer
    make = COLUMNS.get(kind)
    if make is None or getattr(experiment.data, "generates", False):
        raise ExperimentError.at("file", "asked_task", task=experiment.data.task)
    return make(experiment)


def _classes(experiment: Experiment) -> AnswerColumns:
    classes = experiment.data.class_names()
    names = [ANSWER]
    for name in classes:
        names.append(probability_name(name))

    def cells(row: np.ndarray) -> list[str]:
        best = int(row.argmax())
        return [classes[best], *shares(row)]

    return AnswerColumns(tuple(names), cells)


def _values(experiment: Experiment) -> AnswerColumns:
    return AnswerColumns(value_names(experiment), numbers)


def value_names(experiment: Experiment) -> tuple[str, ...]:
    """One value is the answer; of several, each says which it is."""
    targets = experiment.data.target_names()
    if len(targets) == 1:
        return (ANSWER,)
    return tuple(f"{ANSWER} {target}" for target in targets)


def _labels(experiment: Experiment) -> AnswerColumns:
    """The class of every step, one after another."""
    classes = experiment.data.class_names()

    def cells(row: np.ndarray) -> list[str]:
        words = [classes[int(best)] for best in row.argmax(1)]
        return [" | ".join(words)]

    return AnswerColumns((ANSWER,), cells)


def _class_and_value(experiment: Experiment) -> AnswerColumns:
    of_classes = _classes(experiment)
    names = (*of_classes.names, *experiment.data.target_names())

    def cells(row: np.ndarray) -> list[str]:
        return [*of_classes.cells(row[:-1]), *numbers(row[-1:])]

    return AnswerColumns(names, cells)


COLUMNS: Mapping[str, Callable[[Experiment], AnswerColumns]] = {
    "classes": _classes,
    "value": _values,
    "labels": _labels,
    "two_tasks": _class_and_value,
}


def probability_name(class_name: str) -> str:
    """What the column with the probabilities of a class is called."""
    return f"p({class_name})"


def shares(row: Iterable[float]) -> list[str]:
    """Probabilities with six decimals; blank where one is no number."""
    return ["" if np.isnan(share) else f"{share:.6f}" for share in row]


def numbers(row: Iterable[float]) -> list[str]:
    """Values with all digits of a float32; blank where one is no number."""
    return ["" if np.isnan(value) else f"{value:.9g}" for value in row]


def distinct_names(taken: Sequence[str], names: Sequence[str]) -> list[str]:
    """The names, with a number behind those that a column of the file has already."""
    result: list[str] = []
    for name in names:
        free, n = name, 1
        while free in taken or free in result:
            n += 1
            free = f"{name} {n}"
        result.append(free)
    return result
