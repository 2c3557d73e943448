"""Answers that hang on nothing but what was sent: a page's JSON and the host's settings in, JSON out."""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from ...catalogues.baselines import Baseline
from ...experiment import Experiment
from ...export.names import file_stem
from ...export.notebook import notebook_text
from ...faults import ExperimentError
from ...labs import Lab, play
from ...labs.base import lab_of
from ...questions.encoding import short_numbers
from ...settings import Settings
from ...training.linear_model import linear_model
from ...training.range_test import lr_range_test
from .check import check_answer
from .preview import preview_answer
from .run import baseline_answer

RANGE_S = 10.0  # longest learning-rate range test
LONGEST_KEPT = 20_000  # characters of a lab's state whose answer is kept

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
    """In: `lab`, its id; `state`, the fields that differ from their defaults. Out: its answer.

    Raises: ExperimentError.
    """
    lab_id, state = value.get("lab"), value.get("state", {})
    if not isinstance(lab_id, str):
        raise _wrong("lab", "a text", lab_id)
    if not isinstance(state, dict):
        raise _wrong("state", "an object", state)
    # Raises what is wrong with the state before anything is kept.
    chosen = lab_of(lab_id, state)
    text = json.dumps(state, sort_keys=True)
    if chosen.measures_time or len(text) > LONGEST_KEPT:
        return play(lab_id, state).to_json()
    return _same_lab(type(chosen), text)


@functools.lru_cache(maxsize=64)  # up to 0.3 MB each
def _same_lab(lab: type[Lab], state: str) -> dict[str, Any]:
    """The same state has the same answer: going back and forth between two costs nothing."""
    return play(lab.id, json.loads(state)).to_json()


def _wrong(place: str, expected: str, given: object) -> ExperimentError:
    return ExperimentError.at(place, "wrong_type", expected=expected, given=type(given).__name__)


ASKED: Mapping[str, Asked] = {
    "check": check,
    "preview": preview,
    "range_test": range_test,
    "linear": linear,
    "notebook": notebook,
    "lab": lab,
}
