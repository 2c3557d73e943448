"""`playground labs` and `playground lab ID`: the labs from a terminal."""

import argparse
import json
from collections.abc import Sequence
from typing import Any

from ..faults import ExperimentError


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    """Both commands and their options."""
    labs = subparsers.add_parser("labs", help="the ids of all labs")
    labs.set_defaults(run=on_labs)
    lab = subparsers.add_parser("lab", help="what one lab answers")
    lab.add_argument("id", metavar="ID", help="one of those that `labs` lists")
    lab.add_argument(
        "--set", action="append", default=[], metavar="NAME=JSON", help="a field of the lab"
    )
    lab.add_argument("--json", action="store_true", help="print one object")
    lab.set_defaults(run=on_lab)


def on_labs(_options: argparse.Namespace) -> int:
    """Prints an id a line."""
    from ..labs import LABS

    for lab in LABS:
        print(lab.id)
    return 0


def on_lab(options: argparse.Namespace) -> int:
    """Prints the answer. Raises: ExperimentError."""
    from ..labs import play

    played = play(options.id, state_of(options.set)).to_json()
    if options.json:
        print(json.dumps(played, ensure_ascii=False))
        return 0
    for name, value in played["values"].items():
        print(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    print()
    print(played["code"])
    return 0


def state_of(changes: Sequence[str]) -> dict[str, Any]:
    """`["step=3"]` -> `{"step": 3}`; what is no JSON is a text. Raises: ExperimentError for what has no name."""
    state: dict[str, Any] = {}
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals or not name:
            raise ExperimentError.at(
                "--set", "invalid", detail=f"write NAME=JSON, not {change[:40]!r}"
            )
        try:
            state[name] = json.loads(text)
        except (ValueError, RecursionError):
            state[name] = text
    return state
