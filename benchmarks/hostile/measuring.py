"""One attack measured: the honest page alone, beside the attack, and after it."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass, field
from pathlib import Path

from .attacks import ATTACKS, title_of
from .canary import Canary, Newcomer, Window, speed
from .server import ROOT, Facts, Server
from .tally import Tally

PREPARE_S = 60.0  # longest that an attack may take before its first strike
END_S = 30.0  # and after its last
BACK_S = 10.0
BACK_WINDOW_S = 2.0
BACK_SHARE = 0.95
NEWCOMER_AT = 0.4  # of the attack
SETTLES_S = 0.5
LEVEL_S = (
    15.0  # longest until threads and files of the attack are gone: slow headers have ten seconds
)
MORE_THREADS = 45  # Starlette's pool has 40, which it keeps for a while
MORE_FILES = 64


@dataclass(frozen=True)
class Times:
    """Seconds of each phase."""

    alone: float = 4.0
    attack: float = 6.0
    back: float = BACK_S


@dataclass
class Result:
    """What was measured of one attack. Times in seconds; `back_s` None: not within the time that was allowed."""

    name: str
    alone: Window
    beside: Window
    tally: Tally
    newcomer: Newcomer
    before: Facts
    after: Facts
    back_share: float
    back_s: float | None
    tracebacks: int
    broken_streams: int
    state: str
    notes: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return title_of(ATTACKS[self.name])

    @property
    def server_errors(self) -> int:
        beside = self.beside.refused.items()
        to_page = sum(number for status, number in beside if status >= 500)
        return self.tally.server_errors + to_page

    @property
    def share(self) -> float:
        """Of its own speed that the honest page's training kept; NaN where that was not measured."""
        alone = self.alone.steps_per_s
        return self.beside.steps_per_s / alone if alone else float("nan")


async def measured(server: Server, files: Path, name: str, times: Times) -> Result:
    """Raises: RuntimeError, Unanswered where not even the honest page could begin."""
    canary = Canary(server.target)
    tracebacks = server.tracebacks()
    await canary.begin()
    try:
        await _news(canary)
        alone = await _alone(canary, times.alone)
        before = server.facts()
        tally, began, ended, newcomer, notes = await _attacked(server, files, name, canary, times)
        share, back_s = await _back(canary, alone.steps_per_s, ended, times.back)
        await canary.settled(ended)
        return Result(
            name=name,
            alone=alone,
            beside=canary.window(began, ended),
            tally=tally,
            newcomer=newcomer,
            before=before,
            after=await _settled_facts(server, before),
            back_share=share,
            back_s=back_s,
            tracebacks=server.tracebacks() - tracebacks,
            broken_streams=canary.broken_streams,
            state=canary.state,
            notes=notes,
        )
    finally:
        await canary.end()


async def _news(canary: Canary) -> None:
    """Until its run trains and tells of it."""
    deadline = time.monotonic() + PREPARE_S
    while not canary.steps or canary.steps[-1][1] == 0:
        if time.monotonic() > deadline:
            raise RuntimeError(f"the honest page's run never trained: {canary.state}")
        await asyncio.sleep(0.05)


async def _alone(canary: Canary, seconds: float) -> Window:
    if seconds > 0:
        await asyncio.sleep(SETTLES_S)
    began = time.monotonic()
    await asyncio.sleep(seconds)
    ended = time.monotonic()
    await canary.settled(ended)
    return canary.window(began, ended)


async def _attacked(
    server: Server, files: Path, name: str, canary: Canary, times: Times
) -> tuple[Tally, float, float, Newcomer, list[str]]:
    """Out: what the attack met, when it began and ended, how a newcomer fared, and what went wrong with it."""
    (files / "honest_token.txt").write_text(canary.sender.token)
    seconds = times.attack * ATTACKS[name].lasts
    attacker = await _attacker(server, files, name, canary.run["run"], seconds)
    newcomer = Newcomer(server.target)
    notes: list[str] = []
    began = time.monotonic()
    coming: asyncio.Task[None] | None = None
    try:
        await _line(attacker, PREPARE_S)
        began = time.monotonic()
        coming = asyncio.create_task(_later(newcomer, seconds))
        await _line(attacker, seconds + END_S)
        ended = time.monotonic()
        tally = Tally.from_json(json.loads(await _line(attacker, END_S)))
    except (TimeoutError, ValueError) as error:
        notes.append(f"the attack did not end by itself: {type(error).__name__}")
        tally, ended = Tally(), time.monotonic()
    finally:
        if attacker.returncode is None:
            attacker.kill()
        await attacker.wait()
    if coming is not None:
        await coming
    return tally, began, ended, newcomer, notes


async def _attacker(server: Server, files: Path, name: str, run: str, seconds: float) -> Process:
    words = [name, "--port", str(server.target.port), f"--run={run}", "--seconds", str(seconds)]
    ground = ["--files", str(files), "--temporary", str(server.temporary), "--pid", str(server.pid)]
    module = "benchmarks.hostile.attacker"
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *words, *ground, cwd=ROOT, stdout=PIPE
    )


async def _line(attacker: Process, timeout_s: float) -> str:
    """The next line of the attacker. Raises: TimeoutError, ValueError where it died."""
    assert attacker.stdout is not None
    async with asyncio.timeout(timeout_s):
        line = await attacker.stdout.readline()
    if not line:
        raise ValueError("the attacker ended")
    return line.decode()


async def _later(newcomer: Newcomer, attack_s: float) -> None:
    await asyncio.sleep(NEWCOMER_AT * attack_s)
    await newcomer.come(patience_s=attack_s)


async def _settled_facts(server: Server, before: Facts) -> Facts:
    """As soon as threads and files are level again, or after the time that they have for it."""
    deadline = time.monotonic() + LEVEL_S
    while True:
        facts = server.facts()
        is_level = (
            facts.threads <= before.threads + MORE_THREADS
            and facts.files <= before.files + MORE_FILES
        )
        if is_level or not facts.is_alive or time.monotonic() > deadline:
            return facts
        await asyncio.sleep(0.25)


async def _back(
    canary: Canary, alone: float, ended: float, most_s: float
) -> tuple[float, float | None]:
    """Share of its speed alone, and after how many seconds it was back at nearly all of it."""
    share = 0.0
    while time.monotonic() - ended < most_s:
        await asyncio.sleep(0.25)
        now = time.monotonic()
        if now - ended < BACK_WINDOW_S:
            continue
        share = speed(canary.steps, now - BACK_WINDOW_S, now) / alone if alone else 0.0
        if share >= BACK_SHARE:
            return share, now - ended
    return share, None
