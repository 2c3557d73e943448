"""All attacks, by name."""

from . import control  # isort: skip  (the first row of the table)
from . import asking, bytes_in, connections, doors, files, floods, poison, runs, streams
from .base import ATTACKS, Attack, Ground, attack, title_of

__all__ = [
    "ATTACKS",
    "Attack",
    "Ground",
    "asking",
    "attack",
    "bytes_in",
    "connections",
    "control",
    "doors",
    "files",
    "floods",
    "poison",
    "runs",
    "streams",
    "title_of",
]
