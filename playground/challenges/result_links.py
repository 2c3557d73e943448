"""A result as a link: the experiments and the challenge, no score. Whoever opens it has it computed."""

import json
from collections.abc import Sequence
from typing import Any

from ..experiment import MAX_JSON_BYTES, Experiment, packed, parse_json, unpacked
from ..faults import ExperimentError
from .bundled import bundled
from .challenge import Challenge, digest_of

KEYS = {"challenge", "experiments", "check"}
CHECK_DIGITS = 16


def result_link(challenge: Challenge, experiments: Sequence[Experiment]) -> str:
    """The result as URL-safe text."""
    value = {
        "challenge": _named(challenge),
        "experiments": [experiment.to_dict() for experiment in experiments],
        "check": _check(challenge, experiments),
    }
    return packed(json.dumps(value, ensure_ascii=False).encode())


def read_result(link: str) -> tuple[Challenge, list[Experiment]]:
    """Reads what `result_link` wrote.

    Raises: ExperimentError for a link that is damaged, or was changed: its parts carry the check of all of them.
    """
    value = parse_json(unpacked(link, MAX_JSON_BYTES))
    if not isinstance(value, dict) or set(value) != KEYS or not _is_list(value["experiments"]):
        raise ExperimentError.at("", "broken_link")
    challenge = _challenge_of(value["challenge"])
    experiments = []
    for experiment in value["experiments"]:
        experiments.append(Experiment.from_dict(experiment))
    if value["check"] != _check(challenge, experiments):
        raise ExperimentError.at("", "challenge_changed")
    return challenge, experiments


def check_is_of(challenge: Challenge, wanted: Challenge) -> None:
    """Raises: ExperimentError for a result of another challenge, be it the same one with another target."""
    if challenge.fingerprint() != wanted.fingerprint():
        values = {"given": challenge.fingerprint(), "wanted": wanted.fingerprint()}
        raise ExperimentError.at("challenge", "challenge_other", **values)


def _named(challenge: Challenge) -> Any:
    """A bundled challenge by its name, any other one whole."""
    if bundled().get(challenge.id) == challenge:
        return challenge.id
    return challenge.to_dict()


def _challenge_of(value: Any) -> Challenge:
    """Raises: ExperimentError, also for a bundled challenge with other limits or targets."""
    if isinstance(value, str):
        return bundled_challenge(value)
    return genuine(Challenge.from_dict(value))


def challenge_of_link(link: str) -> Challenge:
    """Reads what `Challenge.to_link` wrote. Raises: ExperimentError."""
    return genuine(Challenge.from_link(link))


def genuine(challenge: Challenge) -> Challenge:
    """The challenge. Raises: ExperimentError where it has the name of a bundled one, and other limits or targets."""
    own = bundled().get(challenge.id)
    if own is not None:
        check_is_of(challenge, own)
    return challenge


def bundled_challenge(challenge_id: str) -> Challenge:
    """Raises: ExperimentError where there is none of that name."""
    challenge = bundled().get(challenge_id)
    if challenge is None:
        known = ", ".join(bundled())
        given = challenge_id[:40]
        raise ExperimentError.at(
            "challenge", "unknown_entry", kind="challenge", given=given, known=known
        )
    return challenge


def _check(challenge: Challenge, experiments: Sequence[Experiment]) -> str:
    whole = [challenge.model_dump(mode="json")]
    whole += [experiment.to_dict() for experiment in experiments]
    return digest_of(whole)[:CHECK_DIGITS]


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 5
