"""A class of fifty and four trainings on one server: what each of them has of it.

python -m benchmarks.learners [--learners 50] [--seconds 40] [--root FOLDER_OF_ANOTHER_VERSION] [--port 7990]
    [--server-cores 0,1]

A learner does what a page does: it opens, then by turns edits (a check after each edit), draws (the drawing is sent and
asked about a few times a second) and watches (the network is asked again about what was drawn), as often as the server
allows. Its page has the event stream of one of the four runs open all the time. The clients share the machine with the
server, unless that has cores of its own (`--server-cores 0,1`).
"""

import argparse
import asyncio
import base64
import math
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

import numpy as np

from .browsing import Browser, Seen
from .serving import ROOT, Server, add_server_cores, apart, app

PHASE_S = 6.0  # of editing, of drawing, of watching
EDIT_S = 1.0  # between two edits
STROKE_S = 0.25  # between two looks at a drawing
LOOK_S = 0.4  # between two questions of a page that watches
ARRIVE_S = 5.0  # in which all of them come
ALONE_S = 15.0  # that the trainings are measured without learners
SETTLE_S = 4.0
NOTHING_NEW = "999999999.999999999.999999999.0"  # a cursor after everything
INK = np.random.default_rng(0).integers(0, 255, 112 * 112, np.uint8).tobytes()
DRAWN = {"kind": "drawn", "pixels": base64.b64encode(bytes(784)).decode()}

# Written here, so that earlier versions read them too.
MLP = [
    {"layer": "flatten"},
    {"layer": "linear", "units": 256},
    {"layer": "relu"},
    {"layer": "linear", "units": 128},
    {"layer": "relu"},
]
CNN = [
    {"layer": "conv2d", "channels": 16},
    {"layer": "batchnorm2d"},
    {"layer": "relu"},
    {"layer": "maxpool2d"},
    {"layer": "conv2d", "channels": 32},
    {"layer": "relu"},
    {"layer": "flatten"},
]
TRAINED: list[list[dict[str, Any]]] = [MLP, CNN, MLP, CNN]


def recipe(layers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """An experiment that does not end while it is measured."""
    return {
        "data": {"dataset": "digits"},
        "layers": list(layers),
        "training": {"epochs": 10_000},
    }


class Learner:
    """One browser, from its arrival to the end of the lesson."""

    def __init__(self, browser: Browser, run: str, layers: list[dict[str, Any]], seed: int):
        self.updates: list[float] = []  # when each came
        self._browser = browser
        self._run = run
        self._layers = layers
        self._experiment = recipe(layers)
        self._random = random.Random(seed)

    async def learn(self, until: float) -> None:
        """All that it does, and its stream beside it."""
        await asyncio.sleep(self._random.uniform(0, ARRIVE_S))
        await self._browser.ask("boot", "boot")
        draft = {"search": f"?run={self._run}", "draft": None}
        await self._browser.ask("open", "open", draft)
        await self._check()
        stream = asyncio.ensure_future(self._follow())
        await self._browser.ask("preview", "preview", {"data": self._experiment["data"]})
        phases = [self._edit, self._draw, self._watch]
        self._random.shuffle(phases)
        while time.perf_counter() < until:
            for phase in phases:
                await phase(min(until, time.perf_counter() + PHASE_S))
        stream.cancel()
        await asyncio.gather(stream, return_exceptions=True)

    async def _follow(self) -> None:
        async with aclosing(self._browser.events(f"stream?run={self._run}")) as events:
            async for at in events:
                self.updates.append(at)

    async def _edit(self, until: float) -> None:
        while time.perf_counter() < until:
            last = {"layer": "linear", "units": self._random.randint(16, 300)}
            self._experiment["layers"] = [*self._layers, last]
            await self._check()
            await self._pause(EDIT_S)

    async def _draw(self, until: float) -> None:
        while time.perf_counter() < until:
            began = time.perf_counter()
            await self._browser.ask("see", "see", INK, x_kind="pad")
            await self._question()
            await self._pause(STROKE_S, began)

    async def _watch(self, until: float) -> None:
        while time.perf_counter() < until:
            began = time.perf_counter()
            await self._question()
            await self._pause(LOOK_S, began)

    async def _check(self) -> None:
        await self._browser.ask("check", "check", {"experiment": self._experiment, "lang": "en"})

    async def _question(self) -> None:
        question = {"question": "predict", "sample": DRAWN}
        answer = await self._browser.ask("answer", f"runs/{self._run}/ask", question)
        if answer is not None:
            self._browser.ask_every_s = answer.get("ask_every_ms", 0) / 1_000

    async def _pause(self, seconds: float, asked_at: float = -math.inf) -> None:
        """About as long, and not before the server wants to be asked again."""
        may_ask_at = asked_at + self._browser.ask_every_s
        rest_s = self._random.uniform(0.5, 1.5) * seconds
        await asyncio.sleep(max(rest_s, may_ask_at - time.perf_counter()))


def steps_of(server: Server, runs: Sequence[str]) -> list[int]:
    """How far the runs are."""
    steps = []
    for run in runs:
        steps.append(server.get(f"poll?run={run}&cursor={NOTHING_NEW}")["step"])
    return steps


def speeds(
    server: Server, runs: Sequence[str], before: Sequence[int], seconds: float
) -> list[float]:
    """Steps a second of each run since it was at `before`."""
    rates = []
    for first, last in zip(before, steps_of(server, runs), strict=True):
        rates.append((last - first) / seconds)
    return rates


def warm(server: Server, runs: Sequence[str]) -> None:
    """Each kind of answer once: what is slow the first time is not measured here."""
    for run, layers in zip(runs, TRAINED, strict=True):
        server.post("check", {"experiment": recipe(layers)})
        server.post(f"runs/{run}/ask", {"question": "predict", "sample": DRAWN})
    server.post("preview", {"data": recipe(MLP)["data"]})


def class_of(server: Server, runs: Sequence[str], n: int) -> tuple[list[Learner], Seen]:
    """So many learners, and what will happen to them."""
    seen, learners = Seen(), []
    host, _, port = server.url.removeprefix("http://").rstrip("/").partition(":")
    for i in range(n):
        browser = Browser(host, int(port), seen)
        which = i % len(runs)
        learners.append(Learner(browser, runs[which], TRAINED[which], seed=i))
    return learners, seen


async def lesson(learners: Sequence[Learner], seconds: float) -> None:
    """All learners at once."""
    until = time.perf_counter() + seconds
    await asyncio.gather(*(learner.learn(until) for learner in learners))


def measured(server: Server, n: int, seconds: float) -> list[tuple[str, str]]:
    """Rows of the table: what, and how much."""
    runs = [server.start(recipe(layers))["run"] for layers in TRAINED]
    warm(server, runs)
    time.sleep(SETTLE_S)
    before, began = steps_of(server, runs), time.perf_counter()
    time.sleep(ALONE_S)
    alone = speeds(server, runs, before, time.perf_counter() - began)
    learners, seen = class_of(server, runs, n)
    before, began = steps_of(server, runs), time.perf_counter()
    asyncio.run(lesson(learners, seconds))
    ended = time.perf_counter()
    beside = speeds(server, runs, before, ended - began)
    shares = [with_class / without for with_class, without in zip(beside, alone, strict=True)]
    settled = began + ARRIVE_S + 2
    updates = []
    for learner in learners:
        n_settled = sum(settled <= at for at in learner.updates)
        updates.append(n_settled / (ended - settled))
    rows = [(f"{name}, p50 / p95", _times(taken)) for name, taken in sorted(seen.seconds.items())]
    rows.append(("updates a second of a page, least / median", _least(updates)))
    rows.append(("training beside / alone, least / mean", _least(shares, statistics.mean)))
    rows.append(("steps a second alone", ", ".join(f"{rate:.0f}" for rate in alone)))
    rows.append(("refused", str(dict(seen.refused) or "none")))
    return rows


def _times(taken: Sequence[float]) -> str:
    low, high = np.quantile(taken, (0.5, 0.95)) * 1_000
    return f"{low:.0f} / {high:.0f} ms of {len(taken):,}"


def _least(values: Sequence[float], middle: Any = statistics.median) -> str:
    return f"{min(values):.2f} / {middle(values):.2f}"


def main() -> None:
    """Prints a table."""
    options = argparse.ArgumentParser()
    options.add_argument("--learners", type=int, default=50)
    options.add_argument("--seconds", type=float, default=40)
    options.add_argument("--root", type=Path, default=ROOT)
    options.add_argument("--port", type=int, default=7990)
    add_server_cores(options)
    chosen = options.parse_args()
    with app(chosen.port, chosen.root, apart(chosen.server_cores)) as server:
        rows = measured(server, chosen.learners, chosen.seconds)
    print("| what | |\n| --- | --- |")
    for what, how_much in rows:
        print(f"| {what} | {how_much} |")


if __name__ == "__main__":
    main()
