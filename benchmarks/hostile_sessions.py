"""Hostile sessions: each sends commands to runs and files that belong to others. None may have any effect.

    python -m benchmarks.hostile_sessions [--sessions 200] [--commands 25] [--seed 0]

Prints a table. Exit status 1 where one command was obeyed, or anything of the victims has changed.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .hostile.canary import EXPERIMENT, TINY
from .hostile.page import BEGINS_S, Page
from .hostile.server import server
from .hostile.tally import Tally
from .hostile.wire import Reply, Sender, Unanswered, request

VICTIMS = 3
AT_ONCE = 8
LAST_FACTS_S = 20.0
TABLE = b"a,b,y\n" + b"1,2,3\n4,5,6\n7,8,9\n" * 20


@dataclass
class Victim:
    """A page with a run, and a file that it handed in."""

    page: Page
    file: dict[str, Any] = field(default_factory=dict)
    step: int = 0

    @property
    def run(self) -> str:
        return str(self.page.run["run"])


@dataclass(frozen=True)
class Command:
    """One request. `is_act`: granted, it has done or given what is not the sender's."""

    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    is_act: bool = True


class Session:
    """A stranger who knows every link, every token and every file's id, and no control and no key."""

    def __init__(self, victims: list[Victim], rng: random.Random):
        self._victims = victims
        self._rng = rng
        token = rng.choice(["", "hostile-session-01", *[v.page.sender.token for v in victims]])
        self.sender = Sender(f"127.0.0.{rng.randint(1, 4)}", token)

    def command(self) -> Command:
        """Any of them, to any victim."""
        kinds: list[Callable[[Victim], Command]] = [
            self._steer,
            self._steer,
            self._take,
            self._take_file,
            self._replace,
            self._hand_in,
            self._gradio,
        ]
        return self._rng.choice(kinds)(self._rng.choice(self._victims))

    def _wrong_control(self, victim: Victim) -> Any:
        control = str(victim.page.run["control"])
        guesses = [
            victim.run,
            victim.page.sender.token,
            control[:-1],
            control + "A",
            control.swapcase(),
            [control],
            None,
            "",
            0,
            True,
        ]
        guess = self._rng.choice(guesses)
        return "" if guess == control else guess

    def _control_of_another(self, victim: Victim) -> Any:
        """The control of some other run opens no run but that one."""
        other = self._rng.choice(self._victims)
        return "" if other is victim else other.page.run["control"]

    def _steer(self, victim: Victim) -> Command:
        verb = self._rng.choice(["stop", "pause", "step", "set", "resume", "STOP", "set/../stop"])
        control = self._rng.choice([self._wrong_control, self._control_of_another])(victim)
        values = {"name": "lr", "value": 1.0, "control": control}
        return Command("POST", f"runs/{victim.run}/{verb}", _json(values))

    def _take(self, victim: Victim) -> Command:
        kind = self._rng.choice(["checkpoint", "weights", "weights?format=pt", "onnx"])
        control = str(self._wrong_control(victim)).encode("ascii", "replace").decode()
        return Command("GET", f"runs/{victim.run}/{kind}", headers={"x-control": control})

    def _take_file(self, victim: Victim) -> Command:
        key = str(victim.file["key"])
        wrong = self._rng.choice(["", key[:-1], key[::-1], victim.run, "0" * len(key)])
        return Command("GET", f"files/{victim.file['id']}?key={wrong}")

    def _replace(self, victim: Victim) -> Command:
        """A start is nobody's loss; whether it stopped a victim's run is looked at in the end."""
        values = {"experiment": TINY, "replaces": self._wrong_control(victim)}
        return Command("POST", "runs", _json(values), is_act=False)

    def _hand_in(self, victim: Victim) -> Command:
        path = self._rng.choice(["checkpoint", "weights?x=AAAA", "upload?kind=csv&name=theirs"])
        control = str(self._wrong_control(victim)).encode("ascii", "replace").decode()
        body = self._rng.choice([b"", b"x" * 100, bytes(64)])
        return Command("POST", path, body, {"x-control": control}, is_act=False)

    def _gradio(self, victim: Victim) -> Command:
        path = self._rng.choice(["run/predict", "cancel", "reset", "queue/join", "upload"])
        values = {"session_hash": victim.run, "event_id": victim.run, "data": [], "fn_index": 0}
        return Command("POST", f"/gradio_api/{path}", _json(values), is_act=False)


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


async def sent(page: Page, sender: Sender, command: Command) -> Reply:
    path = command.path if command.path.startswith("/") else f"/playground/{command.path}"
    return await request(page.target, sender, command.method, path, command.body, command.headers)


async def victims_of(target: Any) -> list[Victim]:
    """Pages that train and have handed in a table each."""
    victims = []
    for number in range(VICTIMS):
        victim = Victim(Page(target, f"127.0.0.{10 + number}"))
        reply = await victim.page.start(EXPERIMENT)
        assert reply.status == 200, reply.body
        await begun(victim.page)
        handed_in = await victim.page.post(
            "upload?kind=csv&name=mine.csv", TABLE + b"%d,0,0\n" % number
        )
        victim.file = handed_in.json()
        victims.append(victim)
    return victims


async def begun(page: Page) -> None:
    """Its run trains: one that was still being built could not be told from one that a stranger held up."""
    async with asyncio.timeout(BEGINS_S):
        while (await page.poll()).get("state") != "running":
            await asyncio.sleep(0.1)


async def watch(victim: Victim) -> None:
    """A page looks after its run all the time."""
    while True:
        try:
            async for payload in victim.page.news():
                victim.step = payload["step"]
        except (OSError, EOFError, TimeoutError, ValueError, Unanswered):
            await asyncio.sleep(0.5)


async def session(victims: list[Victim], seed: int, commands: int, tally: Tally) -> None:
    rng = random.Random(seed)
    stranger = Session(victims, rng)
    for _ in range(commands):
        command = stranger.command()
        try:
            reply = await sent(victims[0].page, stranger.sender, command)
        except Unanswered as error:
            tally.unanswered[str(error)] += 1
            continue
        tally.note(reply, command.path)
        if command.is_act and reply.status < 300:
            tally.act(f"{command.method} {command.path[:60]}")


async def changes(victims: list[Victim]) -> list[str]:
    """What is no longer as the victims left it."""
    changed = []
    for victim in victims:
        told = await victim.page.poll()
        if told.get("state") != "running":
            changed.append(f"a run is {told.get('state')}: {told.get('reason')}")
        if told.get("events"):
            changed.append(f"settings were changed: {told['events'][:3]}")
        kept = await victim.page.get(f"files/{victim.file['id']}?key={victim.file['key']}")
        if kept.status != 200:
            changed.append(f"a file is gone: {kept.status}")
        if "mine.csv" not in kept.headers.get("content-disposition", "mine.csv"):
            changed.append("a file has another name")
        before = victim.step
        try:
            async with asyncio.timeout(LAST_FACTS_S):
                while victim.step <= before and told.get("state") == "running":
                    await asyncio.sleep(0.1)
        except TimeoutError:
            changed.append(f"its page hears nothing more after step {before}")
    return changed


async def all_sessions(
    target: Any, sessions: int, commands: int, seed: int
) -> tuple[Tally, list[str]]:
    """Out: how everything was answered, and what has changed."""
    victims = await victims_of(target)
    watching = [asyncio.create_task(watch(victim)) for victim in victims]
    tally = Tally()
    places = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with places:
            await session(victims, seed + number, commands, tally)

    await asyncio.gather(*[one(number) for number in range(sessions)])
    changed = await changes(victims)
    for task in watching:
        task.cancel()
    return tally, changed


def main() -> int:
    """Out: exit status."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.hostile_sessions")
    options.add_argument("--sessions", type=int, default=200)
    options.add_argument("--commands", type=int, default=25)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder, server(Path(folder)) as running:
        work = all_sessions(running.target, chosen.sessions, chosen.commands, chosen.seed)
        tally, changed = asyncio.run(work)
    print("| sessions | answers | obeyed | errors of the server | changed at the victims |")
    print("| --- | --- | --- | --- | --- |")
    cells = [chosen.sessions, tally.text(), tally.n_acted, tally.server_errors, len(changed)]
    print("| " + " | ".join(map(str, cells)) + " |")
    for line in [*tally.acted, *tally.broken, *changed]:
        print(f"- {line}")
    return 1 if tally.n_acted or tally.server_errors or changed else 0


if __name__ == "__main__":
    sys.exit(main())
