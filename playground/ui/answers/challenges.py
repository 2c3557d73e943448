"""The challenges for the page: all as cards, one with the rules that a network keeps, and a verdict."""

from collections.abc import Sequence
from typing import Any

from ...challenges import Challenge, Check, Verdict, bundled, checks
from ...challenges.challenge import Words, metrics_of
from ...challenges.judging import Attempt
from ...challenges.scores import Reached
from ...engine.run import Run
from ...experiment import Experiment
from ...faults import ExperimentError
from ...settings import Settings
from ..words.labs import challenge_words
from .faults import error_answer, fault_text, in_both

LONGEST_LIST = 12  # members of a rule that are told one by one


def index_answer() -> dict[str, Any]:
    """All bundled challenges, and the words of their page."""
    cards = [_card(challenge) for challenge in bundled().values()]
    frame = {key: in_both(pair) for key, pair in challenge_words.TEXT.items()}
    return {"challenges": cards, "frame": frame}


def about_answer(challenge: Challenge) -> dict[str, Any]:
    """One challenge: its words, its targets, its start as an experiment."""
    return {
        **_card(challenge),
        "hint": _words(challenge.hint),
        "targets": [target.model_dump(mode="json") for target in challenge.targets],
        "tries": challenge.limits.tries,
        "fingerprint": challenge.fingerprint(),
        "metrics": metrics_of(challenge.data),
        "start": challenge.experiment().model_dump(mode="json"),
    }


def rules_answer(challenge: Challenge, value: Any, settings: Settings) -> dict[str, Any]:
    """Which rules a network keeps; a fault where it cannot be trained at all."""
    try:
        rules = checks(challenge, Experiment.from_dict(value), settings)
    except ExperimentError as error:
        return {"rules": [], **error_answer(error)}
    return {"rules": [rule_answer(check) for check in rules]}


def rule_answer(check: Check) -> dict[str, Any]:
    """A rule with its sentence where it is broken."""
    about = check.to_json()
    for name in ("limit", "given"):
        about[name] = _short(about[name])
    about["fault"] = None if check.fault is None else fault_text(check.fault)
    return about


def verdict_answer(verdict: Verdict) -> dict[str, Any]:
    """What was computed, and the link that lets it be computed again."""
    about = verdict.to_json()
    attempts = [_attempt(attempt) for attempt in verdict.attempts]
    return {"done": True, "passed": about["passed"], "link": about["link"], "attempts": attempts}


def progress_answer(runs: Sequence[Run]) -> dict[str, Any]:
    """How far the trainings are."""
    views = [run.view() for run in runs]
    return {
        "done": False,
        "waiting": any(view.state == "waiting" for view in views),
        "epoch": sum(view.epoch for view in views),
        "epochs": sum(view.epochs for view in views),
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    reason = None if attempt.reason is None else fault_text(attempt.reason)
    targets = [_reached(target) for target in attempt.targets]
    return {"passed": attempt.is_passed, "reason": reason, "targets": targets}


def _reached(target: Reached) -> dict[str, Any]:
    return {"score": target.score, "wanted": target.wanted, "met": target.is_met}


def _card(challenge: Challenge) -> dict[str, Any]:
    """`id`: of a bundled one its name, of any other its link, under which it can be asked for."""
    is_bundled = bundled().get(challenge.id) == challenge
    return {
        "id": challenge.id if is_bundled else challenge.to_link(),
        "title": _words(challenge.title),
        "text": _words(challenge.text),
    }


def _words(words: Words | None) -> dict[str, str] | None:
    return None if words is None else in_both(words.in_both())


def _short(value: Any) -> Any:
    """A list as a text, cut where it is long."""
    if not isinstance(value, list):
        return value
    shown = ", ".join(map(str, value[:LONGEST_LIST]))
    return f"{shown} …" if len(value) > LONGEST_LIST else shown
