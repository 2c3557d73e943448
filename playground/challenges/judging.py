"""Judges results by training them itself: nothing that a page says of a score is believed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..engine.clients import OWNER, Client
from ..engine.engine import Engine
from ..engine.run import Run
from ..experiment import Experiment
from ..faults import ExperimentError, Fault
from .challenge import Challenge
from .result_links import result_link
from .rules import Check, admit_to, checks
from .scores import Reached, reached, scores_of


@dataclass(frozen=True)
class Attempt:
    """One training. `reason` says why it ended early; it reaches nothing then."""

    experiment: Experiment
    checks: Sequence[Check]
    scores: dict[str, float] = field(default_factory=dict)
    targets: Sequence[Reached] = ()
    reason: Fault | None = None

    @property
    def is_passed(self) -> bool:
        return bool(self.targets) and all(target.is_met for target in self.targets)

    def to_json(self) -> dict[str, Any]:
        """`{"passed", "checks", "scores", "targets", "reason"}`."""
        return {
            "passed": self.is_passed,
            "checks": [check.to_json() for check in self.checks],
            "scores": self.scores,
            "targets": [target.to_json() for target in self.targets],
            "reason": None if self.reason is None else self.reason.message,
        }


@dataclass(frozen=True)
class Verdict:
    """What was computed: passed where one of the attempts reaches every target."""

    challenge: Challenge
    attempts: Sequence[Attempt]

    @property
    def is_passed(self) -> bool:
        return any(attempt.is_passed for attempt in self.attempts)

    @property
    def best(self) -> Attempt:
        """The first that passed, else the last: people hand in what they found last."""
        for attempt in self.attempts:
            if attempt.is_passed:
                return attempt
        return self.attempts[-1]

    def to_json(self) -> dict[str, Any]:
        """`{"challenge", "fingerprint", "passed", "scores", "attempts", "link"}`; the scores are those of the best."""
        return {
            "challenge": self.challenge.id,
            "fingerprint": self.challenge.fingerprint(),
            "passed": self.is_passed,
            "scores": self.best.scores,
            "attempts": [attempt.to_json() for attempt in self.attempts],
            "link": result_link(self.challenge, [attempt.experiment for attempt in self.attempts]),
        }


def judge(
    challenge: Challenge,
    experiments: Sequence[Experiment],
    engine: Engine,
    timeout_s: float | None = None,
) -> Verdict:
    """Trains every experiment to its end, and says what it reached.

    Raises: ExperimentError where one breaks a limit (nothing is trained then), or is not done in time.
    """
    runs = begin(challenge, experiments, engine)
    for run in runs:
        run.wait(timeout_s)
    return verdict(challenge, runs, engine)


def begin(
    challenge: Challenge,
    experiments: Sequence[Experiment],
    engine: Engine,
    client: Client = OWNER,
) -> list[Run]:
    """Starts a fresh run of each experiment. Raises: ExperimentError where one of them breaks a limit."""
    check_tries(challenge, len(experiments))
    for experiment in experiments:
        admit_to(challenge, experiment, engine.settings)
    return [engine.start(experiment, client=client) for experiment in experiments]


def check_tries(challenge: Challenge, n: int) -> None:
    """Raises: ExperimentError for no attempt at all, or more than are allowed."""
    limit = challenge.limits.tries
    if not 1 <= n <= limit:
        raise ExperimentError.at("tries", "challenge_tries", given=n, limit=limit)


def verdict(challenge: Challenge, runs: Sequence[Run], engine: Engine) -> Verdict:
    """What these runs reached. Raises: ExperimentError for one that breaks a limit, does not count, or is not done."""
    check_tries(challenge, len(runs))
    return Verdict(challenge, [_attempt(challenge, run, engine) for run in runs])


def _attempt(challenge: Challenge, run: Run, engine: Engine) -> Attempt:
    experiment = run.experiment
    admit_to(challenge, experiment, engine.settings)
    rules = checks(challenge, experiment, engine.settings)
    # Only what follows from the experiment alone can be computed again from a link.
    if run.has_loaded or run.history.events:
        raise ExperimentError.at("", "challenge_touched")
    if run.is_live:
        raise ExperimentError.at("", "challenge_not_done")
    if run.state != "done":
        return Attempt(experiment, rules, reason=run.reason)
    scores = scores_of(challenge, run)
    baselines = run.history.baselines or ()
    targets = [reached(target, scores, baselines) for target in challenge.targets]
    return Attempt(experiment, rules, scores, targets)
