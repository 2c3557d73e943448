"""The event loop's share of the interpreter while something trains: past it, the loop sleeps for a moment.

The budget beside this bounds what the loop admits. What it does by itself (heads and bodies arrive, nonsense is
refused, files and streams go out) is bounded only by resting: a training of small layers gives up the interpreter
after each of them, and would wait for a busy loop every time.
"""

import asyncio
import math
import time
from collections.abc import Callable

from .usage import Clock

SHARE = 0.2  # seconds of work a second
BURST_S = 0.06  # that may be used at once after a quiet while
DEEPEST_S = 0.1  # what is owed beyond this is forgotten
TOLERATED_S = 0.02  # that may be owed before the whole loop stops for it
LONGEST_S = 0.05  # of one rest: what has arrived meanwhile is done in one go
SOONEST_S = 0.001  # of a timer: at once would be in the same round
LATELY_S = 1.0
LOOK_S = 0.001  # between two looks at what the thread has worked, which is a call of the system


class LoopRest:
    """A bucket of seconds that fills with time. Used in the thread of the loop only."""

    def __init__(
        self,
        is_training: Callable[[], bool],
        clock: Clock = time.monotonic,
        worked: Clock = time.thread_time,
        sleep: Callable[[float], object] = time.sleep,
    ):
        self._is_training = is_training
        self._clock = clock
        self._worked = worked
        self._sleep = sleep
        self._left_s = BURST_S
        self._seen: tuple[float, float] | None = None  # the clock, and what the thread had worked
        self._due_at = -math.inf
        self._timer: asyncio.TimerHandle | None = None

    def is_due(self) -> bool:
        """Whether the loop has worked more than its share of late."""
        self._account()
        return self._left_s < 0

    def was_due(self) -> bool:
        """Whether it had of late: just after a rest it has not, and what comes in is still more than it can do."""
        self._account()
        assert self._seen is not None
        now, _ = self._seen
        return now - self._due_at < LATELY_S

    def is_needed(self) -> bool:
        """Whether training would have more of the interpreter if the loop took in less."""
        return self._is_training() and self.was_due()

    def rest_soon(self) -> None:
        """Lets the loop rest after this round, if it must. Called wherever strangers give it work.

        A round ends by sending the answers that were made in it: they would wait for a rest that comes before.
        """
        if self._timer is None and self._must_rest():
            self._timer = asyncio.get_running_loop().call_later(SOONEST_S, self.rest)

    def rest(self) -> None:
        """Sleeps where the loop owes more than is tolerated."""
        self._timer = None
        owed_s = (-self._left_s - TOLERATED_S) / SHARE if self._must_rest() else 0.0
        if owed_s > 0:
            # It blocks the whole loop on purpose: anything done meanwhile would use the time that is owed.
            self._sleep(min(LONGEST_S, owed_s))

    def _must_rest(self) -> bool:
        """Whether training is owed time at this moment."""
        return self.is_due() and self._is_training()

    def _account(self) -> None:
        now = self._clock()
        if self._seen is not None and now - self._seen[0] < LOOK_S:
            return
        worked = self._worked()
        if self._seen is not None:
            before, worked_before = self._seen
            earned_s = SHARE * (now - before)
            left_s = self._left_s + earned_s - (worked - worked_before)
            self._left_s = max(-DEEPEST_S, min(BURST_S, left_s))
            if self._left_s < 0:
                self._due_at = now
        self._seen = now, worked
