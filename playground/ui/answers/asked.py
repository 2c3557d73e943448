"""Answers that hang on nothing but what was sent: a page's JSON and the host's settings in, JSON out."""

from collections.abc import Callable, Mapping
from typing import Any

from ...catalogues.baselines import Baseline
from ...experiment import Experiment
from ...export.names import file_stem
from ...export.notebook import notebook_text
from ...questions.encoding import short_numbers
from ...settings import Settings
from ...training.linear_model import linear_model
from ...training.range_test import lr_range_test
from .check import check_answer
from .preview import preview_answer
from .run import baseline_answer

RANGE_S = 10.0  # longest learning-rate range test

Asked = Callable[[Mapping[str, Any], Settings], dict[str, Any]]


def check(value: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """What is wrong with an experiment, and all that the screen shows of it."""
    return check_answer(value.get("experiment"), settings)


def preview(value: Mapping[str, Any], _settings: Settings) -> dict[str, Any]:
    """A look at the data. Raises: ExperimentError."""
    experiment = Experiment.from_dict({"data": value.get("data")})
    return preview_answer(experiment)


def range_test(value: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """The learning-rate range test of an experiment. Raises: ExperimentError."""
    experiment = Experiment.from_dict(value.get("experiment"))
    tested = lr_range_test(experiment, settings=settings, limit_s=RANGE_S)
    return {
        "lr": short_numbers(tested.lr),
        "loss": short_numbers(tested.loss),
        "suggestion": tested.suggestion,
        "cut_short": tested.cut_short,
    }


def linear(value: Mapping[str, Any], _settings: Settings) -> dict[str, Any]:
    """The scores of a linear model on the samples of an experiment. Raises: ExperimentError."""
    fitted = linear_model(Experiment.from_dict(value.get("experiment")))
    baseline = Baseline("linear", fitted.scores)
    return {
        **baseline_answer(baseline),
        "n": fitted.n,
        "of": fitted.of,
        "features": fitted.n_features,
        "converged": fitted.converged,
    }


def notebook(value: Mapping[str, Any], _settings: Settings) -> dict[str, Any]:
    """The notebook of an experiment as `text`, and what its file is called. Raises: ExperimentError."""
    experiment = Experiment.from_dict(value.get("experiment"))
    return {"text": notebook_text(experiment), "stem": file_stem(experiment)}


def lab(value: Mapping[str, Any], _settings: Settings) -> dict[str, Any]:
    """A lab's answer. Raises: ExperimentError."""
    # Importing the labs takes a tenth of a second, by which the server would listen later.
    from .played import played

    return played(value)


ASKED: Mapping[str, Asked] = {
    "check": check,
    "preview": preview,
    "range_test": range_test,
    "linear": linear,
    "notebook": notebook,
    "lab": lab,
}
# Answers that are the same whenever they are asked for. Of labs some measure time; `played` keeps the others.
LASTING = frozenset({"check", "preview", "notebook"})


def is_lasting(task: str, answer: Mapping[str, Any]) -> bool:
    """Whether the same question will have the same answer; what is missing today may be there tomorrow."""
    return task in LASTING and not answer.get("faults")
