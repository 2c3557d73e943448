"""Whose turn it is on a device: time is shared out by address, then by client, then by run."""

from collections.abc import Callable, Sequence
from typing import TypeVar

# The first part of a path. Runs that nobody watches share what the others leave, no matter who began them: somebody
# who starts many and goes away takes little from those who are there.
THERE, AWAY = "there", "away"
AWAY_COSTS = (
    25.0  # their time is charged so many times: while anybody is there they get a 26th of it
)
SHORTEST_TURN_S = 1e-3
MOST_ACCOUNTS = 4_096  # then all begin again, which costs nobody more than a turn

Turn = TypeVar("Turn")
# THERE or AWAY, address, client, run: each is a part of what stands before it.
Path = tuple[str, ...]


class FairTurns:
    """Gives the next turn to the part that has used least time, at each level. Source: start-time fair queueing.

    Who begins, or comes back, starts level with those who are there: nobody saves up time. So one client with many
    runs, or one address with many clients, takes no more than its part.
    """

    def __init__(self) -> None:
        self._used_s: dict[Path, float] = {}
        # By path: what the part of it that had the last turn had used before that. Newcomers begin there.
        self._newcomers_s: dict[Path, float] = {}

    def next(self, ready: Sequence[Turn], path_of: Callable[[Turn], Path]) -> Turn:
        """In: all that could use a turn, who has waited longest first."""
        chosen: Path = ()
        within = list(ready)
        n_levels = len(path_of(within[0]))
        for level in range(1, n_levels + 1):
            parts: dict[Path, list[Turn]] = {}
            for turn in within:
                parts.setdefault(path_of(turn)[:level], []).append(turn)
            part = min(parts, key=self._used)
            self._newcomers_s[chosen] = self._used(part)
            chosen, within = part, parts[part]
        return within[0]

    def charge(self, path: Path, seconds: float) -> None:
        """After a turn, or a part of one."""
        if len(self._used_s) > MOST_ACCOUNTS:
            self._used_s.clear()
            self._newcomers_s.clear()
        cost = max(seconds, SHORTEST_TURN_S)
        if path[0] == AWAY:
            cost *= AWAY_COSTS
        for level in range(1, len(path) + 1):
            part = path[:level]
            self._used_s[part] = self._used(part) + cost

    def _used(self, part: Path) -> float:
        whole = part[:-1]
        return max(self._used_s.get(part, 0.0), self._newcomers_s.get(whole, 0.0))
