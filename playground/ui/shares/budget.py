"""How much of the interpreter everything beside training may take: Python does one thing at a time.

A gate bounds each kind of work; all kinds together, and the event loop with its refusals, are bounded here. Who uses
little passes at once. Who uses much waits until there is time again, and who used least of late goes first.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from ...engine.clients import Client
from ...faults import ExperimentError
from .newcomers import Newcomers
from .usage import Clock, Usage

RATE = 0.3  # seconds of work a second, while something trains
FREE_RATE = 0.9  # while nothing does
BURST_S = 0.2  # that may be used at once after a quiet while
DEEPEST_S = 0.8  # debt beyond this is forgotten
# What one client may use while others go over: a browser that edits, asks and follows a run takes about a third of it.
REMEMBERED_S = 10.0
LIGHT_S = 0.6
REQUEST_S = 0.001  # of the event loop, for each request
MOST_A_SECOND = 10  # requests, which all are let in at once however busy the loop is: a page at work sends about five
COUNTED_S = 2.0  # for so long about a third of the requests still counts
EXPECTED_S = 0.01  # of a piece of work, counted until it has ended: many may begin before that
WAITING_OF_CLIENT = 8
WAITING_OF_NEW = 200  # of all new tokens of an address together
MOST_WAITING = 400
RETRY_S = 3
LOOK_AGAIN_S = 0.05


@dataclass(eq=False)
class Waiter:
    """Somebody who waits for the interpreter; admitted when `future` is done."""

    account: object
    address: str
    expected_s: float
    future: asyncio.Future[None]


class Budget:
    """A bucket of seconds that fills with time. All methods but `spend` are called on the event loop."""

    def __init__(
        self, is_training: Callable[[], bool] = lambda: False, clock: Clock = time.monotonic
    ):
        self._is_training = is_training
        self._clock = clock
        self._lock = Lock()
        self._left_s = BURST_S
        self._filled_at = clock()
        self._loop_s: float | None = None
        self._usage = Usage(clock, REMEMBERED_S)
        self._requests = Usage(clock, COUNTED_S)
        self._newcomers = Newcomers(clock)
        self._waiting: dict[Waiter, None] = {}  # in the order in which they came
        self._n_of: Counter[object] = Counter()  # by account
        self._timer: asyncio.TimerHandle | None = None

    def spend(self, seconds: float, client: Client) -> None:
        """Counts work that was done for a client. Any thread may call it."""
        self._take(seconds)
        self._usage.add(self._newcomers.account(client), seconds)
        self._usage.add(client.address, seconds)

    def spend_loop(self, client: Client, n_requests: float = 1.0) -> None:
        """Counts what the event loop did since the last request, and this one to its client.

        In: for how many requests this one counts against `rush_s`.
        """
        now_s = time.thread_time()
        if self._loop_s is not None:
            self._take(now_s - self._loop_s)
        self._loop_s = now_s
        account = self._newcomers.account(client)
        self._requests.add(account, n_requests)
        self._usage.add(account, REQUEST_S)
        self._usage.add(client.address, REQUEST_S)

    def rush_s(self, client: Client) -> float:
        """Seconds by which the requests of a client come too early, where the loop cannot keep up with all of them."""
        too_many = self._requests.of(self._newcomers.account(client)) - MOST_A_SECOND * COUNTED_S
        return max(0.0, too_many / MOST_A_SECOND)

    def turn(self, client: Client, expected_s: float = 0.0) -> asyncio.Future[None] | None:
        """Done when there is time for work of this client; None: at once. Who waits no longer cancels it.

        In: what is counted for work that is under way, until `ended` is told.
        Raises: ExperimentError `too_busy` where too many wait already.
        """
        self._take(0.0)
        account = self._newcomers.account(client)
        is_light = self._usage.of(account) < LIGHT_S
        is_free = self._left_s >= 0 and not self._waiting
        if is_free or is_light:
            self._usage.add(account, expected_s)
            return None
        most_own = WAITING_OF_CLIENT if account == client else WAITING_OF_NEW
        if self._n_of[account] >= most_own or len(self._waiting) >= MOST_WAITING:
            raise ExperimentError.at("", "too_busy", seconds=RETRY_S)
        future = asyncio.get_running_loop().create_future()
        waiter = Waiter(account, client.address, expected_s, future)
        self._waiting[waiter] = None
        self._n_of[account] += 1
        future.add_done_callback(lambda _: self._leave(waiter))
        self._look_later()
        return future

    def ended(self, client: Client, expected_s: float) -> None:
        """What was expected of a piece of work counts no longer: what it took was told to `spend`."""
        self._usage.add(self._newcomers.account(client), -expected_s)

    def _take(self, seconds: float) -> None:
        """Takes time out of the bucket, and first puts in what has come since."""
        rate = RATE if self._is_training() else FREE_RATE
        with self._lock:
            now = self._clock()
            filled = min(BURST_S, self._left_s + rate * (now - self._filled_at))
            self._filled_at = now
            self._left_s = max(-DEEPEST_S, filled - seconds)

    def _look_later(self) -> None:
        if self._timer is None:
            wait_s = min(LOOK_AGAIN_S, max(0.002, -self._left_s / RATE))
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._look)

    def _look(self) -> None:
        """Lets in who used least, if there is time; the next one when it is seen what that one took."""
        self._timer = None
        self._take(0.0)
        if not self._waiting:
            return
        if self._left_s >= 0:
            self._admit(min(self._waiting, key=self._used))
        if self._waiting:
            self._look_later()

    def _admit(self, waiter: Waiter) -> None:
        self._leave(waiter)
        if not waiter.future.done():  # who had gone has not been seen to go yet
            self._usage.add(waiter.account, waiter.expected_s)
            waiter.future.set_result(None)

    def _leave(self, waiter: Waiter) -> None:
        """It waits no longer. Does nothing the second time."""
        if waiter not in self._waiting:
            return
        del self._waiting[waiter]
        self._n_of[waiter.account] -= 1
        if not self._n_of[waiter.account]:
            del self._n_of[waiter.account]

    def _used(self, waiter: Waiter) -> tuple[float, float]:
        return self._usage.of(waiter.account), self._usage.of(waiter.address)
