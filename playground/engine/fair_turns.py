"""Whose turn it is on a device: time is shared out by address, then by client, then by run."""

from collections.abc import Callable, Sequence
from typing import TypeVar

AWAY_COSTS = 4.0  # a run that nobody watches is charged so many times its time
SHORTEST_TURN_S = 1e-3
MOST_KEPT = 4_096  # accounts; after that all begin again, which costs nobody more than a turn

Turn = TypeVar("Turn")
Path = tuple[str, ...]  # away or not, address, client, run: each a part of the one before


class FairTurns:
    """Gives the next turn to the part that has used least time, at each level. Source: start-time fair queueing.

    Who begins, or comes back, starts level with those who are there: nobody saves up time. So one client with many
    runs, or one address with many clients, takes no more than its part.
    """

    def __init__(self) -> None:
        self._used_s: dict[Path, float] = {}
        self._level_s: dict[Path, float] = {}  # what the parts of each whole have used, at least

    def next(self, ready: Sequence[Turn], path_of: Callable[[Turn], Path]) -> Turn:
        """In: all that could use a turn, who has waited longest first."""
        whole: Path = ()
        rest = list(ready)
        depth = len(path_of(rest[0]))
        for level in range(1, depth + 1):
            parts: dict[Path, list[Turn]] = {}
            for turn in rest:
                parts.setdefault(path_of(turn)[:level], []).append(turn)
            part = min(parts, key=self._used)
            self._level_s[whole] = self._used(part)
            whole, rest = part, parts[part]
        return rest[0]

    def charge(self, path: Path, seconds: float) -> None:
        """After a turn."""
        if len(self._used_s) > MOST_KEPT:
            self._used_s.clear()
            self._level_s.clear()
        cost = max(seconds, SHORTEST_TURN_S)
        if path[0] == "away":
            cost *= AWAY_COSTS
        for level in range(1, len(path) + 1):
            part = path[:level]
            self._used_s[part] = self._used(part) + cost

    def _used(self, part: Path) -> float:
        return max(self._used_s.get(part, 0.0), self._level_s.get(part[:-1], 0.0))
