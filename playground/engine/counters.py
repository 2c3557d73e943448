"""How often things happened since the process began: for the health page and the log. No names, ids or addresses."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

QUIET_S = 60.0  # between two log lines about the same kind, so that a flood cannot fill the disk

logger = logging.getLogger(__name__)


class Counters:
    """Numbers by name, such as "refused.foreign_origin". Any thread may count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = Lock()
        self._counts: Counter[str] = Counter()
        self._logged_at: dict[str, float] = {}
        self._logged_count: Counter[str] = Counter()

    def count(self, name: str) -> None:
        """It happened once more."""
        with self._lock:
            self._counts[name] += 1

    def refused(self, kind: str) -> None:
        """Counts as `refused.<kind>`; the log says so at once, and again a minute later at the earliest."""
        name = f"refused.{kind}"
        with self._lock:
            self._counts[name] += 1
            total = self._counts[name]
            now = self._clock()
            if now - self._logged_at.get(name, -QUIET_S) < QUIET_S:
                return
            self._logged_at[name] = now
            new = total - self._logged_count[name]
            self._logged_count[name] = total
        logger.warning("refused: %s (%d since this was last said, %d in all)", kind, new, total)

    def view(self) -> dict[str, int]:
        """All numbers, in the order of their names."""
        with self._lock:
            return dict(sorted(self._counts.items()))


COUNTERS = Counters()
