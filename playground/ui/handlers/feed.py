"""What is new of a run, made once for all who watch it from the same place, and beside the event loop."""

import asyncio
import json
import time
from concurrent.futures import Executor
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from ...engine.run import Run
from ..answers.run import run_answer
from .intervals import Intervals

FIRST_S = 3.0  # that a whole history serves all who begin; what it lacks comes with the next tick
MOST_KEPT = 4  # pieces of news of a run; the first one of a long run takes a megabyte


@dataclass(frozen=True)
class News:
    """JSON as bytes, and the cursor that comes after it."""

    json: bytes
    cursor: str

    @property
    def with_cursor(self) -> bytes:
        """The JSON with its cursor in it."""
        return b"%b,%b" % (self.json[:-1], _json({"cursor": self.cursor})[1:])


@dataclass(frozen=True)
class Look:
    """A run at one tick of its feed. What changes afterwards is seen at the next."""

    version: int
    has_ended: bool


@dataclass(frozen=True)
class First:
    """The whole history, as it was at a look."""

    look: Look
    made_at: float
    news: asyncio.Future[News]


class Feed:
    """The news of one run. Its watchers look at it at the same ticks, so that the same news serve all of them.

    Used on the event loop only.
    """

    def __init__(self, intervals: Intervals):
        self._intervals = intervals
        self._began = time.monotonic()
        self._looked_at_tick = -1
        self._look = Look(-1, has_ended=False)
        self._first: First | None = None
        self._news: dict[tuple[Look, str], asyncio.Future[News]] = {}

    def wait_s(self) -> float:
        """Seconds until the next tick."""
        interval_s = self._intervals.update_s
        return interval_s - (time.monotonic() - self._began) % interval_s

    def look(self, run: Run) -> Look:
        """The run as it was when somebody first looked during this tick."""
        tick = int((time.monotonic() - self._began) / self._intervals.update_s)
        if tick != self._looked_at_tick:
            self._looked_at_tick = tick
            # The version first: of a run that ends in between, another look tells the end.
            version = run.version
            self._look = Look(version, has_ended=not run.is_live)
        return self._look

    async def first(self, run: Run, threads: Executor) -> tuple[Look, News]:
        """All of it, and the look at which that was made: a moment ago, perhaps, for somebody else."""
        look, now = self.look(run), time.monotonic()
        first = self._first
        # After the end there is no next tick that would tell what the kept one lacks.
        is_old = first is not None and (look.has_ended or now - first.made_at > FIRST_S)
        if first is None or (is_old and first.look != look):
            first = self._first = First(look, now, self._made(run, "", threads))
        return first.look, await asyncio.shield(first.news)

    async def news(self, run: Run, look: Look, cursor: str, threads: Executor) -> News:
        """What is new since `cursor`."""
        future = self._news.get((look, cursor))
        if future is None:
            future = self._made(run, cursor, threads)
            self._keep((look, cursor), future)
        # One watcher that leaves must not cancel it for the others.
        return await asyncio.shield(future)

    def _keep(self, key: tuple[Look, str], future: asyncio.Future[News]) -> None:
        while len(self._news) >= MOST_KEPT:
            oldest = next(iter(self._news))
            del self._news[oldest]
        self._news[key] = future

    def _made(self, run: Run, cursor: str, threads: Executor) -> asyncio.Future[News]:
        """News in the making. The loop is told once when they are there, and not once for each watcher."""
        ask_every_ms = self._intervals.ask_every_ms
        return asyncio.wrap_future(threads.submit(_news, run, cursor, ask_every_ms))


class Feeds:
    """A feed for each run that is watched, as long as the run is there."""

    def __init__(self, intervals: Intervals):
        self._intervals = intervals
        self._lock = Lock()
        self._feeds: WeakKeyDictionary[Run, Feed] = WeakKeyDictionary()

    def of(self, run: Run) -> Feed:
        """The one feed of a run."""
        with self._lock:
            feed = self._feeds.get(run)
            if feed is None:
                feed = self._feeds[run] = Feed(self._intervals)
            return feed


def _news(run: Run, cursor: str, ask_every_ms: int) -> News:
    payload, next_cursor = run_answer(run, cursor)
    return News(_json({**payload, "ask_every_ms": ask_every_ms}), next_cursor)


def _json(payload: Any) -> bytes:
    return json.dumps(payload, allow_nan=False, separators=(",", ":")).encode("ascii")
