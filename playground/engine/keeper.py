"""The thread that looks after abandoned runs, as long as the process lives."""

import logging
from collections.abc import Callable
from threading import Event, Thread

SWEEP_S = 2.0

logger = logging.getLogger(__name__)


class Keeper(Thread):
    """Sweeps every two seconds. A sweep that fails is logged, and the next one comes all the same."""

    def __init__(self, sweep: Callable[[], object]):
        super().__init__(name="playground-keeper", daemon=True)
        self._sweep = sweep
        self._closing = Event()

    def close(self) -> None:
        """Ends the thread."""
        self._closing.set()

    def run(self) -> None:
        while not self._closing.wait(SWEEP_S):
            try:
                self._sweep()
            except Exception:
                logger.exception("abandoned runs could not be swept")
