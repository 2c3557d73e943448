"""Starts: places, memory, networks that are too heavy, and runs that nobody looks after."""

import secrets
from typing import Any

from ..server import limit_memory
from ..wire import Sender
from .base import Attack, attack, fresh_tokens, fresh_tokens_here, one_token

KERNEL = {"layer": "conv2d", "channels": 64, "kernel": 31}
# One step of it takes minutes.
HEAVY: dict[str, Any] = {
    "data": {"dataset": "digits", "batch_size": 128},
    "layers": [KERNEL] * 5 + [{"layer": "flatten"}],
}
LONG: dict[str, Any] = {
    "data": {"dataset": "digits"},
    "layers": [{"layer": "linear", "units": 128}, {"layer": "relu"}],
    "training": {"epochs": 10_000},
}
TINY: dict[str, Any] = {
    "data": {"dataset": "xor", "size": 50, "batch_size": 10},
    "layers": [{"layer": "linear", "units": 2}],
    "training": {"epochs": 1},
}
# 18 million parameters, which hold about as much memory as a public server grants one run.
LARGE: dict[str, Any] = {
    "data": {"dataset": "digits", "batch_size": 512},
    "layers": [{"layer": "linear", "units": 3_500}, {"layer": "linear", "units": 4_000}],
    "training": {"epochs": 10_000},
}


class Starts(Attack):
    """Starts of one experiment."""

    experiment = LONG

    async def strike(self, sender: Sender) -> None:
        await self.post(sender, "runs", {"experiment": self.experiment})


@attack
class StartsOfOne(Starts):
    """Sixty starts at once under one token, none of them watched"""

    crowds = (one_token,)


@attack
class StartsOfMany(Starts):
    """Sixty starts at once, each under a new token from another address"""

    crowds = (fresh_tokens,)


@attack
class StartsFromHere(Starts):
    """The same from the honest page's own address"""

    crowds = (fresh_tokens_here,)


@attack
class StartsAndWatches(Attack):
    """Starts under new tokens from another address, each run polled so that it counts as watched"""

    crowds = (fresh_tokens,)

    async def prepare(self) -> None:
        self.runs: list[str] = []

    async def strike(self, sender: Sender) -> None:
        reply = await self.post(sender, "runs", {"experiment": LONG})
        if reply is not None and reply.status == 200:
            self.runs.append(reply.json()["run"])
        for run in self.runs[-5:]:
            await self.get(sender, f"poll?run={run}&client={sender.token}")


@attack
class TinyRuns(Starts):
    """Runs that end at once, hundreds of them: they push out what others keep"""

    crowds = (fresh_tokens,)
    experiment = TINY


@attack
class HeavyNetwork(Starts):
    """Five convolutions of 64 channels and kernel 31: minutes for one step"""

    crowds = (fresh_tokens,)
    at_once = 5
    experiment = HEAVY


@attack
class LargeNetworks(Starts):
    """Networks of nearly 20 million parameters"""

    crowds = (fresh_tokens,)
    at_once = 20
    experiment = LARGE


@attack
class MemoryOfRuns(LargeNetworks):
    """The same where the process may only have 300 MB more: out of memory in a run"""

    async def prepare(self) -> None:
        limit_memory(self.ground.pid, 300 * 2**20)

    async def finish(self) -> None:
        limit_memory(self.ground.pid, None)


@attack
class LookedAt(Attack):
    """Runs that are only looked at: paused before their first step, asked once, left"""

    crowds = (fresh_tokens,)

    async def strike(self, sender: Sender) -> None:
        body = {"experiment": LARGE, "paused": True}
        reply = await self.post(sender, "runs", body)
        if reply is None or reply.status != 200:
            return
        question = {"question": "histograms"}
        await self.post(sender, f"runs/{reply.json()['run']}/ask", question)


@attack
class RunAndLeave(Attack):
    """Starts a run, watches it for a moment, and never comes back"""

    crowds = (fresh_tokens,)

    async def strike(self, sender: Sender) -> None:
        reply = await self.post(sender, "runs", {"experiment": LONG})
        if reply is not None and reply.status == 200:
            await self.get(sender, f"poll?run={reply.json()['run']}&client={sender.token}")


@attack
class Replacing(Attack):
    """One page that replaces its run by a new one as fast as it is answered"""

    at_once = 10
    crowds = (one_token,)
    rest_s = 0.02

    async def prepare(self) -> None:
        self.control = secrets.token_urlsafe(16)

    async def strike(self, sender: Sender) -> None:
        body = {"experiment": LONG, "replaces": self.control}
        reply = await self.post(sender, "runs", body)
        if reply is not None and reply.status == 200:
            self.control = reply.json()["control"]


@attack
class Steering(Attack):
    """Orders to an own run by the hundred: pause, resume, step, set"""

    crowds = (one_token,)
    rest_s = 0.02

    async def prepare(self) -> None:
        reply = await self.post(one_token(), "runs", {"experiment": LONG})
        self.own = reply.json() if reply is not None and reply.status == 200 else None

    async def strike(self, sender: Sender) -> None:
        if self.own is None:
            return
        number = self.number()
        verb = ("pause", "resume", "step", "set")[number % 4]
        rate = 0.001 + number % 7 / 1_000
        body = {"control": self.own["control"], "name": "lr", "value": rate}
        await self.post(sender, f"runs/{self.own['run']}/{verb}", body)
