"""What a run that has ended scores: its validation metrics, and whether it knows how sure it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ..catalogues.baselines import Baseline, is_better
from ..engine.run import Run
from ..faults import ExperimentError
from ..questions.report import Outcome, Report
from ..results import kept_scores
from .challenge import CALIBRATION, Challenge, Target

N_GROUPS = 10


@dataclass(frozen=True)
class Reached:
    """A target, the score, and the value that it is compared with; None where there is no such score."""

    target: Target
    score: float | None
    wanted: float | None
    is_met: bool

    def to_json(self) -> dict[str, Any]:
        """The target with `score`, `wanted` and `met`."""
        about = self.target.model_dump(mode="json", exclude_none=True)
        return {**about, "score": self.score, "wanted": self.wanted, "met": self.is_met}


def scores_of(challenge: Challenge, run: Run) -> dict[str, float]:
    """By metric, over the validation part; finite ones alone. In: a run that is done."""
    scores = kept_scores(run.experiment, run.history)
    wants_calibration = any(target.metric == CALIBRATION for target in challenge.targets)
    if wants_calibration:
        calibration = calibration_error(run.ask(Report()))
        if calibration is not None:
            scores[CALIBRATION] = calibration
    finite: dict[str, float] = {}
    for name, score in scores.items():
        if torch.tensor(score).isfinite():
            finite[name] = score
    return finite


def calibration_error(outcome: Outcome) -> float | None:
    """How far answers are from the truth on average, within ten groups of like answers; 0 is perfect.

    Classes: |how sure − how often right|, a number from 0 to 1. Values: |mean answer − mean truth| in their own unit,
    the mean over all targets. None where there is nothing to compare.
    Source: expected calibration error, Naeini et al. 2015, Guo et al. 2017.
    """
    if not outcome.is_finite:
        return None
    if outcome.scores is not None and outcome.labels is not None:
        surest = outcome.scores.max(1)
        is_right = (surest.indices == outcome.labels).double()
        return _by_groups(surest.values.double(), is_right)
    errors = []
    for _name, answers, truth in outcome.values:
        errors.append(_by_groups(answers.double().flatten(), truth.double().flatten()))
    return sum(errors) / len(errors) if errors else None


def _by_groups(answers: Tensor, truth: Tensor) -> float:
    """The mean distance of both means over ten groups of equal size, in the order of the answers. In: (N,) each."""
    order = answers.argsort(stable=True)
    distance = answers.new_zeros(())
    for group in order.tensor_split(min(N_GROUPS, len(order))):
        off = answers[group].mean() - truth[group].mean()
        distance += off.abs() * len(group)
    return float(distance / len(order))


def reached(
    target: Target, scores: Mapping[str, float], baselines: tuple[Baseline, ...]
) -> Reached:
    """Whether the scores reach a target. Raises: ExperimentError for a baseline that these data do not have."""
    score = scores.get(target.metric)
    if target.better_than is not None:
        wanted = _baseline_score(target, baselines)
        is_met = score is not None and is_better(target.metric, score, wanted)
    elif target.at_least is not None:
        wanted = target.at_least
        is_met = score is not None and score >= wanted
    else:
        assert target.at_most is not None
        wanted = target.at_most
        is_met = score is not None and score <= wanted
    return Reached(target, score, wanted, is_met)


def _baseline_score(target: Target, baselines: tuple[Baseline, ...]) -> float:
    for baseline in baselines:
        if baseline.name == target.better_than and target.metric in baseline.scores:
            return baseline.scores[target.metric]
    known = ", ".join(baseline.name for baseline in baselines if target.metric in baseline.scores)
    values = {"given": target.better_than, "metric": target.metric, "known": known or "–"}
    raise ExperimentError.at("targets", "challenge_baseline", **values)
