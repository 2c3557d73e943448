"""A thread that has to live as long as the process."""

import logging
from collections.abc import Callable
from threading import Lock, Thread

logger = logging.getLogger(__name__)


class Living:
    """Started when it is first needed, and started again where it died: `ensure` looks after that.

    In: `work` returns only where the thread may end for good.
    """

    def __init__(self, name: str, work: Callable[[], object]):
        self._name = name
        self._work = work
        self._thread: Thread | None = None
        self._lock = Lock()
        self._has_ended = False

    @property
    def has_ended(self) -> bool:
        """Whether its work is done for good."""
        return self._has_ended

    @property
    def has_died(self) -> bool:
        """Whether it was started, and is gone although its work is not done."""
        return self._thread is not None and not self._has_ended and not self.is_alive()

    def ensure(self) -> None:
        """Makes sure that it lives."""
        with self._lock:
            if self._has_ended or self.is_alive():
                return
            if self._thread is not None:
                logger.error("thread %s had died and is started again", self._name)
            self._thread = Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def is_alive(self) -> bool:
        """Whether it runs now."""
        return self._thread is not None and self._thread.is_alive()

    def join(self, timeout_s: float | None = None) -> None:
        """Waits for its end."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            self._work()
        except BaseException:  # whatever it was: it is said, and the thread begins again
            logger.exception("thread %s died", self._name)
        else:
            self._has_ended = True
