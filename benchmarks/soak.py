"""People come and go for half an hour, half of them without a word: what a start meets, and what the server holds.

    python -m benchmarks.soak [--minutes 30] [--people 30] [--addresses 8] [--seed 0]

Each opens the page, checks, starts a run, follows and asks for a while, and leaves. Prints a table; exit status 1 where
memory, threads or files grew, or too many honest starts were refused or waited too long.
"""

import argparse
import asyncio
import contextlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .hostile.canary import p95
from .hostile.page import Page
from .hostile.server import ROOT, Facts, Server, server
from .hostile.wire import Target, Unanswered

FEWEST, MOST = 20, 40  # people at a time
STAYS_S = (10.0, 60.0)
LEAVES_SILENTLY = 0.5
LOOKS_EVERY_S = 1.0
FACTS_EVERY_S = 5.0
TELLS_EVERY = 6  # facts: a line every half minute
EARLY_S = 300.0
MOST_MEMORY = 1.05  # times that of five minutes
MORE_THREADS = 45  # Starlette's pool has 40, which it keeps for a while
MORE_FILES = 64
MOST_REFUSED = 0.01
LONGEST_WAIT_S = 60.0
SMOOTHED = 12  # facts whose median counts: memory goes up and down with every run
PRESETS = (
    "points-xor",
    "points-spiral",
    "digits-mlp",
    "digits-softmax",
    "digits-basic-cnn",
    "names-rnn",
)
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"question": "predict", "sample": {"kind": "validation", "index": 1}},
    {"question": "histograms"},
    {"question": "report"},
)


@dataclass
class Notes:
    """What people met."""

    alive: int = 0
    came: int = 0
    starts: Counter[str] = field(default_factory=Counter)
    waits_s: list[float] = field(default_factory=list)
    still_waiting: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    facts: list[tuple[float, Facts]] = field(default_factory=list)

    def line(self) -> str:
        """How it goes."""
        at, fact = self.facts[-1]
        answers, starts = dict(self.answers), dict(self.starts)
        return f"{at:.0f} s: {self.alive} people, {answers}, {starts}, {fact.memory_mb:.0f} MB"

    @property
    def refused(self) -> float:
        """Share of starts that got neither a run nor a place in line."""
        all_starts = sum(self.starts.values())
        return 1 - self.starts["granted"] / all_starts if all_starts else 0.0


def experiment_of(name: str, epochs: int) -> dict[str, Any]:
    value = json.loads((ROOT / "presets" / f"{name}.json").read_text("utf-8"))["experiment"]
    training = {**value.get("training", {}), "epochs": epochs}
    return {**value, "training": training}


class Person:
    """One visit."""

    def __init__(self, target: Target, address: str, rng: random.Random, notes: Notes):
        self._page = Page(target, address)
        self._rng = rng
        self._notes = notes
        self._stays_s = rng.uniform(*STAYS_S)
        self._state = ""
        self._came = 0.0

    async def visit(self) -> None:
        """From the first look to the end, which half of all people leave to the server."""
        self._notes.alive += 1
        self._notes.came += 1
        follower: asyncio.Task[None] | None = None
        try:
            experiment = experiment_of(self._rng.choice(PRESETS), self._rng.choice([3, 10_000]))
            await self._look(experiment)
            if await self._start(experiment):
                follower = asyncio.create_task(self._follow())
                await self._stay(experiment)
                if self._rng.random() >= LEAVES_SILENTLY:
                    await self._page.stop()
        except Unanswered as error:
            self._notes.starts[f"no answer: {error}"] += not self._page.run
        finally:
            if follower is not None:
                follower.cancel()
                await asyncio.gather(follower, return_exceptions=True)
            self._notes.alive -= 1

    async def _look(self, experiment: dict[str, Any]) -> None:
        self._count((await self._page.get("boot")).status)
        self._count((await self._page.post("open", {"search": "", "draft": None})).status)
        for _ in range(2):
            reply = await self._page.post("check", {"experiment": experiment})
            self._count(reply.status)
            await asyncio.sleep(self._rng.uniform(0.5, 2))

    async def _start(self, experiment: dict[str, Any]) -> bool:
        self._came = time.monotonic()
        reply = await self._page.start(experiment)
        self._count(reply.status)
        is_granted = reply.status == 200
        self._notes.starts["granted" if is_granted else f"{reply.status} {reply.code}"] += 1
        return is_granted

    async def _follow(self) -> None:
        while True:
            with contextlib.suppress(OSError, EOFError, TimeoutError, ValueError, Unanswered):
                async for payload in self._page.news():
                    self._note(str(payload.get("state", "")))
            await asyncio.sleep(0.5)

    def _note(self, state: str) -> None:
        has_begun = state not in ("waiting", "") and self._state in ("waiting", "")
        if has_begun:
            self._notes.waits_s.append(time.monotonic() - self._came)
        self._state = state

    async def _stay(self, experiment: dict[str, Any]) -> None:
        """Asks and edits for as long as it likes, and as long as it waits for its place."""
        ends = time.monotonic() + self._stays_s
        while time.monotonic() < ends or self._is_patient():
            await asyncio.sleep(LOOKS_EVERY_S)
            question = self._rng.choice(QUESTIONS)
            if self._state not in ("waiting", ""):
                self._count((await self._page.ask(question)).status)
            if self._rng.random() < 0.3:
                edited = {**experiment, "name": f"edit {self._rng.random()}"}
                self._count((await self._page.post("check", {"experiment": edited})).status)
        self._notes.still_waiting += self._state == "waiting"

    def _is_patient(self) -> bool:
        has_waited_s = time.monotonic() - self._came
        return self._state in ("waiting", "") and has_waited_s < 1.5 * LONGEST_WAIT_S

    def _count(self, status: int) -> None:
        self._notes.answers[status] += 1


async def soak(running: Server, seconds: float, people: int, addresses: int, seed: int) -> Notes:
    """Keeps about so many people on the page until the time is over."""
    rng = random.Random(seed)
    notes = Notes()
    visits: set[asyncio.Task[None]] = set()
    began = time.monotonic()
    next_facts = began
    while time.monotonic() - began < seconds and running.facts().is_alive:
        now = time.monotonic()
        if now >= next_facts:
            notes.facts.append((now - began, running.facts()))
            next_facts = now + FACTS_EVERY_S
            if len(notes.facts) % TELLS_EVERY == 0:
                print(notes.line(), file=sys.stderr, flush=True)
        wanted = min(MOST, max(FEWEST, people + rng.randint(-5, 5)))
        if notes.alive < wanted:
            address = f"127.0.1.{rng.randint(1, addresses)}"
            own_rng = random.Random(rng.random())
            person = Person(running.target, address, own_rng, notes)
            visit = asyncio.create_task(person.visit())
            visits.add(visit)
            visit.add_done_callback(visits.discard)
        await asyncio.sleep(rng.uniform(0.1, 0.9))
    notes.facts.append((time.monotonic() - began, running.facts()))
    for visit in list(visits):
        visit.cancel()
    await asyncio.gather(*visits, return_exceptions=True)
    return notes


def faults_of(notes: Notes, seconds: float) -> list[str]:
    """Promises that were not kept."""
    faults = []
    last = notes.facts[-1][1]
    if not last.is_alive:
        return ["the server ended"]
    server_errors = sum(number for status, number in notes.answers.items() if status >= 500)
    if server_errors:
        faults.append(f"{server_errors} answers of 500 and above")
    if notes.refused > MOST_REFUSED:
        faults.append(f"{notes.refused:.1%} of honest starts were refused: {dict(notes.starts)}")
    if notes.waits_s and max(notes.waits_s) > LONGEST_WAIT_S:
        faults.append(f"somebody waited {max(notes.waits_s):.0f} s")
    if notes.still_waiting:
        faults.append(f"{notes.still_waiting} people left before their turn had come")
    early, late = early_and_late(notes.facts, seconds)
    if late.memory_mb > MOST_MEMORY * early.memory_mb:
        faults.append(f"memory grew from {early.memory_mb:.0f} to {late.memory_mb:.0f} MB")
    if late.threads > early.threads + MORE_THREADS:
        faults.append(f"threads grew from {early.threads} to {late.threads}")
    if late.files > early.files + MORE_FILES:
        faults.append(f"open files grew from {early.files} to {late.files}")
    return faults


def early_and_late(facts: list[tuple[float, Facts]], seconds: float) -> tuple[Facts, Facts]:
    """Typical facts around five minutes (or a sixth of a shorter time), and those of the end."""
    early_s = min(EARLY_S, seconds / 6)
    after = [fact for at, fact in facts if at >= early_s]
    return typical(after[:SMOOTHED]), typical(after[-SMOOTHED:])


def memory_along(facts: list[tuple[float, Facts]]) -> list[str]:
    """Ten looks at it, from the first to the last."""
    every = max(1, len(facts) // 10)
    return [f"{fact.memory_mb:.0f}" for _, fact in facts[::every]]


def typical(facts: list[Facts]) -> Facts:
    """The median of each."""
    middle = len(facts) // 2
    return Facts(
        is_alive=True,
        threads=sorted(fact.threads for fact in facts)[middle],
        files=sorted(fact.files for fact in facts)[middle],
        memory_mb=sorted(fact.memory_mb for fact in facts)[middle],
        readers_mb=sorted(fact.readers_mb for fact in facts)[middle],
    )


def table(notes: Notes, seconds: float) -> str:
    early, late = early_and_late(notes.facts, seconds)
    waits = notes.waits_s or [float("nan")]
    rows = (
        ("people, starts", f"{notes.came}, {sum(notes.starts.values())}"),
        ("starts refused", f"{notes.refused:.1%}"),
        ("until a run began: p95, longest", f"{p95(waits):.1f} s, {max(waits):.1f} s"),
        ("starts by answer", str(dict(notes.starts))),
        ("answers by status", str(dict(sorted(notes.answers.items())))),
        ("memory early, at the end", f"{early.memory_mb:.0f}, {late.memory_mb:.0f} MB"),
        ("memory along the way", ", ".join(memory_along(notes.facts))),
        ("memory of the readers", f"{early.readers_mb:.0f}, {late.readers_mb:.0f} MB"),
        ("threads", f"{early.threads}, {late.threads}"),
        ("open files", f"{early.files}, {late.files}"),
    )
    lines = ["| what | measured |", "| --- | --- |"]
    lines += [f"| {name} | {value} |" for name, value in rows]
    return "\n".join(lines)


def main() -> int:
    """Out: exit status."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--people", type=int, default=30)
    options.add_argument("--addresses", type=int, default=8)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    seconds = 60 * chosen.minutes
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, server(Path(folder)) as running:
        work = soak(running, seconds, chosen.people, chosen.addresses, chosen.seed)
        notes = asyncio.run(work)
        tracebacks = running.tracebacks()
    print(table(notes, seconds))
    faults = faults_of(notes, seconds)
    if tracebacks:
        faults.append(f"{tracebacks} errors in the log that nobody caught")
    print()
    for fault in faults:
        print(f"- {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
