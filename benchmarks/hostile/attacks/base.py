"""What an attack is: something done again and again, by many at once, under one or several names."""

import asyncio
import itertools
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from ..tally import Tally
from ..wire import ANSWER_S, ELSEWHERE, HERE, Reply, Sender, Target, Unanswered, request

Crowd = Callable[[], Sender]
Kind = TypeVar("Kind", bound="type[Attack]")

PREFIX = "/playground/"
ATTACKS: dict[str, "type[Attack]"] = {}


def one_token() -> Sender:
    """One browser, at the address of the honest page."""
    return Sender(HERE, "one-hostile-browser")


def no_token() -> Sender:
    """A program that sends no token, at the address of the honest page."""
    return Sender(HERE)


def fresh_tokens() -> Sender:
    """A new token for every request, from another address."""
    return Sender(ELSEWHERE, secrets.token_urlsafe(16))


def fresh_tokens_here() -> Sender:
    """The same from the address of the honest page: nothing but the number tells the two apart."""
    return Sender(HERE, secrets.token_urlsafe(16))


def elsewhere() -> Sender:
    """No token, from another address."""
    return Sender(ELSEWHERE)


MIXED: tuple[Crowd, ...] = (one_token, no_token, fresh_tokens)


@dataclass(frozen=True)
class Ground:
    """What an attacker knows: where the server is, whom it can watch, and the files that were made for it.

    `run` is the honest page's run, as its link names it; `temporary` the server's folder, `pid` its process.
    """

    target: Target
    run: str
    files: Path
    temporary: Path
    pid: int

    def file(self, name: str) -> bytes:
        return (self.files / name).read_bytes()

    def value(self, name: str) -> Any:
        return json.loads(self.file(name))


class Attack:
    """The first line of a subclass's docstring is its line in the table. `strike` is one act of one attacker.

    at_once: how many strike side by side. rest_s: what each of them rests after a strike. lasts: its share of the time
    that an attack takes; less where only what is answered matters.
    """

    id: ClassVar[str]
    at_once: ClassVar[int] = 60
    rest_s: ClassVar[float] = 0.25
    lasts: ClassVar[float] = 1.0
    crowds: ClassVar[tuple[Crowd, ...]] = MIXED
    answer_s: ClassVar[float] = ANSWER_S

    def __init__(self, ground: Ground):
        self.ground = ground
        self.tally = Tally()
        self._numbers = itertools.count()

    async def prepare(self) -> None:
        """What has to be there before the first strike."""

    async def strike(self, sender: Sender) -> None:
        """One act. What the server answers is noted by `post` and `get`."""
        raise NotImplementedError

    async def finish(self) -> None:
        """Puts back what the attack took away from the machine itself."""

    def number(self) -> int:
        """Another one each time: no two requests are the same."""
        return next(self._numbers)

    async def post(
        self,
        sender: Sender,
        path: str,
        body: Any,
        headers: Mapping[str, str] | None = None,
    ) -> Reply | None:
        """In: a body in bytes, or a value that becomes JSON; a path below ours, or one that begins with a slash."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.send(sender, "POST", path, data, headers)

    async def get(
        self, sender: Sender, path: str, headers: Mapping[str, str] | None = None
    ) -> Reply | None:
        return await self.send(sender, "GET", path, b"", headers)

    async def send(
        self,
        sender: Sender,
        method: str,
        path: str,
        body: bytes,
        headers: Mapping[str, str] | None = None,
    ) -> Reply | None:
        """The answer, noted; None where there was none."""
        whole = path if path.startswith("/") else PREFIX + path
        target, wait_s = self.ground.target, self.answer_s
        try:
            reply = await request(target, sender, method, whole, body, headers, wait_s)
        except Unanswered as error:
            self.tally.unanswered[str(error)] += 1
            return None
        self.tally.note(reply, whole)
        return reply

    async def run_for(self, seconds: float) -> None:
        """All attackers strike until the time is over."""
        tasks = []
        for number in range(self.at_once):
            crowd = self.crowds[number % len(self.crowds)]
            tasks.append(asyncio.create_task(self._go_on(crowd)))
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        for end in ends:
            if isinstance(
                end, Exception
            ):  # a mistake of the attack itself must not look like a defence
                raise end

    async def _go_on(self, crowd: Crowd) -> None:
        while True:
            try:
                await self.strike(crowd())
            except (OSError, EOFError, Unanswered, TimeoutError) as error:
                self.tally.unanswered[type(error).__name__] += 1
            await asyncio.sleep(self.rest_s)


def attack(kind: Kind) -> Kind:
    """Registers a class under its name: `SlowHeaders` is `slow_headers`."""
    letters: list[str] = []
    for letter in kind.__name__:
        is_start = letter.isupper() and len(letters) > 0
        letters.append("_" + letter.lower() if is_start else letter.lower())
    kind.id = "".join(letters)
    if kind.id in ATTACKS:
        raise ValueError(f"there are two attacks called {kind.id}")
    ATTACKS[kind.id] = kind
    return kind


def title_of(kind: type[Attack]) -> str:
    """What it does, in a line."""
    return (kind.__doc__ or "").strip().splitlines()[0]
