"""How often pages are told of a run and ask it: the more pages there are, the less often, so that training goes on."""

from collections.abc import Callable

from ...network.cost import cores

# A second, of all pages together, for each core. On the free server of two cores a class of fifty is told of its run
# three times a second, and has answers to a drawing every five quarters of one. Up to ten pages notice nothing.
UPDATES_OF_CORE = 75.0
QUESTIONS_OF_CORE = 20.0


class Intervals:
    """Seconds between two events of one page."""

    def __init__(
        self,
        stream_hz: float,
        watchers: Callable[[], int] = lambda: 1,
        n_cores: int | None = None,
    ):
        """In: how often a page is told at most; how many pages watch now; the cores that serve them, else all."""
        self._least_s = 1.0 / stream_hz
        self._watchers = watchers
        self._n_cores = n_cores or cores()

    @property
    def update_s(self) -> float:
        """Between two updates."""
        return max(self._least_s, self._watchers() / (UPDATES_OF_CORE * self._n_cores))

    @property
    def question_s(self) -> float:
        """Between two questions of one kind."""
        return self._watchers() / (QUESTIONS_OF_CORE * self._n_cores)
