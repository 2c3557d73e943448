"""The thread that looks after runs that were left and runs that wait, as long as the process lives."""

import logging
import time
from collections.abc import Callable
from threading import Event

from .living import Living

SWEEP_S = 2.0
REST = 10.0  # times as long as a sweep took, before the next: runs may end by the hundred
LONGEST_REST_S = 0.5

logger = logging.getLogger(__name__)


class Sweeper:
    """Sweeps every two seconds, and at once where something changed. A sweep that fails is logged, and more come."""

    def __init__(self, sweep: Callable[[], object]):
        self._sweep = sweep
        self._wake = Event()
        self._closing = Event()
        self.thread = Living("playground-sweeper", self._look_after)

    def wake(self) -> None:
        """A place may have fallen free: sweeps now."""
        self._wake.set()

    def close(self) -> None:
        """Ends the thread."""
        self._closing.set()
        self._wake.set()

    def _look_after(self) -> None:
        while True:
            self._wake.wait(SWEEP_S)
            self._wake.clear()
            if self._closing.is_set():
                return
            began = time.thread_time()
            try:
                self._sweep()
            except Exception:
                logger.exception("the runs could not be swept")
            took_s = time.thread_time() - began
            self._closing.wait(min(LONGEST_REST_S, REST * took_s))
