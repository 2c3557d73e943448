"""The challenges that come with the playground: files/*.json, one a file."""

from functools import cache
from pathlib import Path

from .challenge import Challenge

FOLDER = Path(__file__).with_name("files")


@cache
def bundled() -> dict[str, Challenge]:
    """All of them by id, in their order: the name of a file is a number for the order and the id."""
    challenges: dict[str, Challenge] = {}
    for path in sorted(FOLDER.glob("*.json")):
        challenge = Challenge.from_json(path.read_bytes())
        challenges[challenge.id] = challenge
    return challenges
