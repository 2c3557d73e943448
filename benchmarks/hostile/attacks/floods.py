"""Sixty at once of what a page asks now and then: checks, previews, range tests, files."""

from typing import Any

from ..wire import Sender
from .base import Attack, attack, fresh_tokens_here

PICTURE = {"x-kind": "photo"}


def deep_network(number: int, layers: int = 60) -> dict[str, Any]:
    """An experiment whose layers no server has seen before."""
    stack: list[dict[str, Any]] = []
    for place in range(layers // 2):
        stack += [{"layer": "linear", "units": 8 + (number + place) % 200}, {"layer": "relu"}]
    return {"data": {"dataset": "digits"}, "layers": stack, "name": f"number {number}"}


def wide_network(number: int) -> dict[str, Any]:
    """An experiment of some million parameters."""
    wide = [{"layer": "linear", "units": 1_000 + number % 500}] * 3
    return {"data": {"dataset": "digits"}, "layers": wide}


@attack
class Checks(Attack):
    """Checks of networks with 60 layers, no two alike"""

    async def strike(self, sender: Sender) -> None:
        experiment = deep_network(self.number())
        await self.post(sender, "check", {"experiment": experiment})


@attack
class ChecksFromHere(Checks):
    """The same with a new token each time, from the honest page's own address"""

    crowds = (fresh_tokens_here,)


@attack
class ChecksWithoutRest(Checks):
    """Small checks as fast as they are answered"""

    at_once = 30
    rest_s = 0.0

    async def strike(self, sender: Sender) -> None:
        await self.post(sender, "check", {"experiment": deep_network(self.number(), 2)})


@attack
class FaultyChecks(Attack):
    """Checks of 64 kB that have hundreds of faults"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        bad = [{"layer": "conv2d", "channels": -self.number(), "kernel": "x"}] * 900
        await self.post(sender, "check", {"experiment": {"layers": bad}})


@attack
class Previews(Attack):
    """Previews of digits, no two alike"""

    async def strike(self, sender: Sender) -> None:
        data = {"dataset": "digits", "batch_size": 8 + self.number() % 500}
        await self.post(sender, "preview", {"data": data})


@attack
class Opens(Attack):
    """Pages that open: the start of everything, the draft, a link"""

    async def strike(self, sender: Sender) -> None:
        await self.get(sender, "boot")
        await self.post(sender, "open", {"search": "", "draft": deep_network(self.number())})


@attack
class RangeTests(Attack):
    """Learning-rate range tests of a wide network"""

    async def strike(self, sender: Sender) -> None:
        await self.post(sender, "range", {"experiment": wide_network(self.number())})


@attack
class Notebooks(Attack):
    """Notebooks of deep networks"""

    async def strike(self, sender: Sender) -> None:
        await self.post(sender, "notebook", {"experiment": deep_network(self.number())})


@attack
class Photos(Attack):
    """Photos of 8 megapixels"""

    async def prepare(self) -> None:
        self.photo = self.ground.file("large.jpg")

    async def strike(self, sender: Sender) -> None:
        await self.post(sender, "see", self.photo, PICTURE)


@attack
class Uploads(Attack):
    """Tables of 1 MB, no two alike, with all that a page then asks of them"""

    async def prepare(self) -> None:
        self.rows = b"1,2,3,4\n" * 130_000

    async def strike(self, sender: Sender) -> None:
        table = f"a,b,c,y{self.number()}\n".encode() + self.rows
        reply = await self.post(sender, "upload?kind=csv", table)
        if reply is None or reply.status != 200:
            return
        data = {"dataset": "own_table", "file": reply.json()["id"]}
        await self.post(sender, "preview", {"data": data})


@attack
class Weights(Attack):
    """Files of weights that fit, each of which makes a run to look at"""

    async def prepare(self) -> None:
        self.weights = self.ground.file("weights.safetensors")
        self.link = self.ground.file("link.txt").decode()

    async def strike(self, sender: Sender) -> None:
        await self.post(sender, f"weights?x={self.link}", self.weights)


@attack
class Checkpoints(Attack):
    """Sound checkpoints, each of which makes a run to look at"""

    async def prepare(self) -> None:
        self.checkpoint = self.ground.file("checkpoint.bin")

    async def strike(self, sender: Sender) -> None:
        await self.post(sender, "checkpoint", self.checkpoint)
