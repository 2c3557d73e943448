"""How much was used of late, by whom."""

import math
from collections.abc import Callable, Hashable

FORGET_S = 60.0  # after so long about a third still counts
LEAST_S = 0.001  # less than that is forgotten
MOST_USERS = 4_096  # remembered before those that used next to nothing are looked for

Clock = Callable[[], float]


class Usage:
    """Seconds of work by user, forgotten little by little. A user who works all the time comes to 60 s."""

    def __init__(self, clock: Clock, forget_s: float = FORGET_S):
        self._clock = clock
        self._forget_s = forget_s
        self._used: dict[Hashable, tuple[float, float]] = {}  # seconds, and when they were counted

    def of(self, user: Hashable) -> float:
        """Seconds that still count."""
        entry = self._used.get(user)
        if entry is None:
            return 0.0
        seconds, counted_at = entry
        return seconds * math.exp((counted_at - self._clock()) / self._forget_s)

    def add(self, user: Hashable, seconds: float) -> None:
        """Counts some work."""
        self._used[user] = self.of(user) + seconds, self._clock()
        if len(self._used) > MOST_USERS:
            self._forget()

    def _forget(self) -> None:
        """Keeps the table small, however many names are made up."""
        remembered = {}
        for user, entry in self._used.items():
            if self.of(user) > LEAST_S:
                remembered[user] = entry
        by_time = sorted(remembered, key=lambda user: remembered[user][1])
        for oldest in by_time[: len(remembered) - MOST_USERS // 2]:
            del remembered[oldest]
        self._used = remembered
