"""An honest page beside the attack: it trains, follows its run, and checks and asks twice a second."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .page import ANSWER_S, Page
from .wire import HERE, Target, Unanswered

ASK_EVERY_S = 0.5
AGAIN_S = 0.5  # after a stream broke
# Small enough to be trained by one thread: two would wait for each other as soon as anything else has work.
EXPERIMENT: dict[str, Any] = {
    "data": {"dataset": "digits"},
    "layers": [
        {"layer": "linear", "units": 256},
        {"layer": "relu"},
        {"layer": "linear", "units": 128},
        {"layer": "relu"},
    ],
    "training": {"epochs": 10_000},
}
TINY: dict[str, Any] = {
    "data": {"dataset": "xor", "size": 100, "batch_size": 50},
    "layers": [{"layer": "linear", "units": 2}],
    "training": {"epochs": 2},
}
QUESTION = {"question": "predict", "sample": {"kind": "validation", "index": 3}}


@dataclass(frozen=True)
class Mark:
    """One request of the page: what, when it was sent, how long it took, and the answer's status (0: none)."""

    kind: str
    at: float
    seconds: float
    status: int


@dataclass(frozen=True)
class Window:
    """What a page noticed during a stretch of time."""

    check_p95_s: float
    ask_p95_s: float
    steps_per_s: float
    refused: dict[int, int]  # requests by the status with which they were refused; 0: no answer


class Canary(Page):
    """The page that is measured."""

    def __init__(self, target: Target, address: str = HERE):
        super().__init__(target, address)
        self.marks: list[Mark] = []
        self.steps: list[tuple[float, int]] = []  # when, and at which step the run was
        self.state = ""
        self.broken_streams = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Starts its run and all that it does beside. Raises: Unanswered, RuntimeError where it is refused."""
        reply = await self.start(EXPERIMENT)
        if reply.status != 200:
            raise RuntimeError(f"the honest page may not start: {reply.status} {reply.code}")
        self._spawn(self._follow())
        self._spawn(self._ask_on())

    async def end(self) -> None:
        """Closes its stream; its run is stopped."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(Unanswered):
            await self.stop()

    async def settled(self, since: float) -> None:
        """Until all that was asked after `since` is answered, or too late to matter."""
        while any(task.get_name() == "request" for task in self._tasks):
            await asyncio.sleep(0.05)
            if time.monotonic() - since > 2 * ANSWER_S:
                return

    def window(self, begin: float, end: float) -> Window:
        """What it noticed from `begin` to `end`, times of `time.monotonic`."""
        marks = [mark for mark in self.marks if begin <= mark.at < end]
        refused = Counter(mark.status for mark in marks if mark.status != 200)
        return Window(
            check_p95_s=p95(mark.seconds for mark in marks if mark.kind == "check"),
            ask_p95_s=p95(mark.seconds for mark in marks if mark.kind == "ask"),
            steps_per_s=speed(self.steps, begin, end),
            refused=dict(refused),
        )

    def _spawn(self, work: Any, name: str = "") -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ask_on(self) -> None:
        """At fixed times, whether the last one was answered or not: a slow server gets no fewer requests."""
        number = 0
        while True:
            experiment = {**EXPERIMENT, "name": f"edit {number}"}
            self._spawn(self._timed("check", "check", {"experiment": experiment}), "request")
            self._spawn(self._timed("ask", f"runs/{self.run['run']}/ask", QUESTION), "request")
            await asyncio.sleep(ASK_EVERY_S)
            number += 1

    async def _timed(self, kind: str, path: str, value: Any) -> None:
        began = time.monotonic()
        try:
            reply = await self.post(path, value)
            status = reply.status
        except Unanswered:
            status = 0
        self.marks.append(Mark(kind, began, time.monotonic() - began, status))

    async def _follow(self) -> None:
        """Its stream; opened again where it breaks, as a browser does."""
        while True:
            with contextlib.suppress(OSError, EOFError, TimeoutError, ValueError, Unanswered):
                await self._read_stream()
            self.broken_streams += 1
            await asyncio.sleep(AGAIN_S)

    async def _read_stream(self) -> None:
        async for payload in self.news():
            self._note(payload)

    def _note(self, payload: dict[str, Any]) -> None:
        self.state = str(payload.get("state", ""))
        self.steps.append((time.monotonic(), int(payload["step"])))


@dataclass
class Newcomer:
    """An honest person who comes in the middle of the attack and wants to train something small."""

    target: Target
    address: str = HERE
    answer: str = "not answered"
    began_after_s: float | None = None
    positions: list[int] = field(default_factory=list)

    async def come(self, patience_s: float) -> None:
        """Starts, waits for its place, and leaves when its run has begun or patience is over."""
        page = Page(self.target, self.address)
        came = time.monotonic()
        try:
            reply = await page.start(TINY)
            self.answer = "granted" if reply.status == 200 else f"{reply.status} {reply.code}"
            while page.run and time.monotonic() - came < patience_s:
                value = await page.poll()
                if value.get("state") not in ("waiting", None):
                    self.began_after_s = time.monotonic() - came
                    break
                if value.get("position"):
                    self.positions.append(value["position"])
                await asyncio.sleep(0.25)
            await page.stop()
        except Unanswered as error:
            self.answer += f" ({error})"

    def text(self) -> str:
        """For a table."""
        if self.began_after_s is not None:
            return f"after {self.began_after_s:.1f} s"
        if self.positions:
            return f"in line at {self.positions[-1]}"
        return self.answer


def p95(values: Iterable[float]) -> float:
    """The smallest value that 95 of 100 do not exceed; NaN where there are none."""
    in_order = sorted(values)
    if not in_order:
        return float("nan")
    place = -(-95 * len(in_order) // 100) - 1  # rounded up, counted from 0
    return in_order[place]


def speed(steps: list[tuple[float, int]], begin: float, end: float) -> float:
    """Steps a second between two moments: from the last news before each of them."""
    first = _step_at(steps, begin)
    last = _step_at(steps, end)
    return (last - first) / max(end - begin, 1e-9)


def _step_at(steps: list[tuple[float, int]], moment: float) -> float:
    """The step at a moment, as if it grew evenly between two pieces of news."""
    before = [news for news in steps if news[0] <= moment]
    after = [news for news in steps if news[0] > moment]
    if not before:
        return float(steps[0][1]) if steps else 0.0
    if not after:
        return float(before[-1][1])
    (begin, low), (end, high) = before[-1], after[0]
    return low + (high - low) * (moment - begin) / (end - begin)
