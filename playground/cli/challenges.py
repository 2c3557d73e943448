"""`playground challenges` and `playground challenge ID`: the challenges from a terminal, judged by training."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..challenges import Challenge, Verdict
    from ..experiment import Experiment

NOT_REACHED = 1


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    """Both commands and their options."""
    challenges = subparsers.add_parser("challenges", help="the ids of all challenges")
    challenges.set_defaults(run=on_challenges)
    challenge = subparsers.add_parser(
        "challenge", help="what a challenge asks for, and whether an experiment reaches it"
    )
    challenge.add_argument(
        "id", metavar="ID|FILE|LINK", help="one of those that `challenges` lists, or a teacher's"
    )
    challenge.add_argument(
        "--experiment",
        action="append",
        default=[],
        metavar="PRESET|FILE",
        help="a network to be judged; may be given as often as the challenge has tries",
    )
    challenge.add_argument(
        "--result", default="", metavar="LINK", help="somebody's result, to be computed here"
    )
    challenge.add_argument("--json", action="store_true", help="print one object")
    challenge.set_defaults(run=on_challenge)


def on_challenges(_options: argparse.Namespace) -> int:
    """Prints an id a line."""
    from ..challenges import bundled

    for challenge_id in bundled():
        print(challenge_id)
    return 0


def on_challenge(options: argparse.Namespace) -> int:
    """Prints the challenge, or the verdict on a network. Out: 1 where a target was not reached.

    Raises: ExperimentError, OSError.
    """
    challenge = challenge_named(options.id)
    experiments = _experiments(challenge, options)
    if not experiments:
        _print_challenge(challenge, options.json)
        return 0
    verdict = _judged(challenge, experiments)
    if options.json:
        print(json.dumps(verdict.to_json(), ensure_ascii=False))
    else:
        _print_verdict(verdict)
    return 0 if verdict.is_passed else NOT_REACHED


def challenge_named(name: str) -> "Challenge":
    """A bundled challenge by its id, a teacher's by its file or its link. Raises: ExperimentError, OSError."""
    from ..challenges import Challenge, bundled, bundled_challenge, challenge_of_link, genuine

    if name in bundled():
        return bundled_challenge(name)
    if Path(name).suffix == ".json":
        return genuine(Challenge.from_json(Path(name).read_bytes()))
    code = _last_part(name, "challenge")
    # An id is shorter than any link.
    return challenge_of_link(code) if len(code) > 60 else bundled_challenge(code)


def _experiments(challenge: "Challenge", options: argparse.Namespace) -> list["Experiment"]:
    from ..challenges import check_is_of, read_result
    from .reading import read

    if not options.result:
        return [read(name) for name in options.experiment]
    theirs, experiments = read_result(_last_part(options.result, "result"))
    check_is_of(theirs, challenge)
    return experiments


def _last_part(link: str, name: str) -> str:
    """What stands behind `challenge=` or `result=` in an address; what is no address is the code itself."""
    _before, has_name, code = link.rpartition(f"{name}=")
    return code.partition("&")[0] if has_name else link


def _judged(challenge: "Challenge", experiments: list["Experiment"]) -> "Verdict":
    from ..challenges import judge
    from ..engine.engine import Engine

    engine = Engine()
    try:
        return judge(challenge, experiments, engine)
    finally:
        engine.close()


def _print_challenge(challenge: "Challenge", as_json: bool) -> None:
    if as_json:
        about = challenge.to_dict()
        print(json.dumps({**about, "link": challenge.to_link()}, ensure_ascii=False))
        return
    english, _in_chinese = challenge.title.in_both()
    print(english)
    if challenge.text is not None:
        print(challenge.text.in_both()[0])
    for name, value in challenge.limits.model_dump(exclude_none=True).items():
        if value:
            print(f"  limit {name}: {_listed(value)}")
    for target in challenge.targets:
        about = target.model_dump(exclude_none=True)
        print("  target " + " ".join(str(value) for pair in about.items() for value in pair))


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else f"{value:,}"


def _print_verdict(verdict: "Verdict") -> None:
    for number, attempt in enumerate(verdict.attempts, start=1):
        if len(verdict.attempts) > 1:
            print(f"try {number}")
        for check in attempt.checks:
            print(f"  {'✓' if check.is_met else '✗'} {check.rule}: {_given(check.given)}")
        for target in attempt.targets:
            score = "none" if target.score is None else f"{target.score:.4g}"
            sign = "✓" if target.is_met else "✗"
            print(f"  {sign} {target.target.metric}: {score} (target {target.wanted:.4g})")
        if attempt.reason is not None:
            print(f"  ✗ {attempt.reason}")
    print("passed" if verdict.is_passed else "not reached")


def _given(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return f"{value:,}" if isinstance(value, int | float) else str(value)
