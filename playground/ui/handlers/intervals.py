"""How often pages are told of a run and ask it: the more pages there are, the less often, so that training goes on."""

import math
import time
from collections.abc import Callable

from ...network.cost import cores
from ..shares.usage import Clock

# A second, of all pages together, for each core. In a class of fifty on two cores, the free server's, each page is told
# of its run three times a second and asks every 1.25 s. Up to ten pages notice nothing.
UPDATES_OF_CORE = 75.0
QUESTIONS_OF_CORE = 20.0
# However many watch: somebody who opens hundreds of streams must not bring everybody's page to a halt.
LONGEST_UPDATE_S = 1.0
LONGEST_QUESTION_S = 1.5
COUNT_S = 1.0  # between two counts of those who watch


class Intervals:
    """Seconds between two events of one page."""

    def __init__(
        self,
        stream_hz: float,
        watchers: Callable[[], int] = lambda: 1,
        n_cores: int | None = None,
        clock: Clock = time.monotonic,
    ):
        """In: how often a page is told at most; how many pages watch now; the cores that serve them, else all."""
        self._clock = clock
        self._counted_at = -math.inf
        self._n = 0
        self._least_s = 1.0 / stream_hz
        self._watchers = watchers
        self._n_cores = n_cores or cores()

    @property
    def update_s(self) -> float:
        """Between two updates."""
        shared_s = self._n_watching() / (UPDATES_OF_CORE * self._n_cores)
        return max(self._least_s, min(LONGEST_UPDATE_S, shared_s))

    @property
    def question_s(self) -> float:
        """Between two questions of one kind."""
        shared_s = self._n_watching() / (QUESTIONS_OF_CORE * self._n_cores)
        return min(LONGEST_QUESTION_S, shared_s)

    @property
    def ask_every_ms(self) -> int:
        """The same as a page is told it."""
        return round(1_000 * self.question_s)

    def _n_watching(self) -> int:
        now = self._clock()
        if now - self._counted_at >= COUNT_S:
            self._counted_at = now
            self._n = self._watchers()
        return self._n
