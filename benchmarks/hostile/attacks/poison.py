"""Files that claim to be what the server itself wrote: checkpoints, weights, links, drafts."""

from ..wire import Sender
from .base import Attack, attack


@attack
class PoisonedCheckpoints(Attack):
    """Checkpoints with states of no dimension, steps that are tensors, speeds of zero, rates of 1e400"""

    rest_s = 0.1

    async def prepare(self) -> None:
        folder = self.ground.files / "poisoned"
        self.bodies = [(path.stem, path.read_bytes()) for path in sorted(folder.iterdir())]

    async def strike(self, sender: Sender) -> None:
        name, body = self.bodies[self.number() % len(self.bodies)]
        reply = await self.post(sender, "checkpoint", body)
        if reply is not None and reply.status == 200:
            self.tally.act(f"opened {name}")


@attack
class BracketHeaders(Attack):
    """Files whose header is 12 million brackets"""

    at_once = 10

    async def prepare(self) -> None:
        brackets = b"[" * 12_000_000
        self.body = len(brackets).to_bytes(8, "little") + brackets
        self.link = self.ground.file("link.txt").decode()

    async def strike(self, sender: Sender) -> None:
        route = ("checkpoint", f"weights?x={self.link}")[self.number() % 2]
        await self.post(sender, route, self.body)


@attack
class PoisonedWeights(Attack):
    """Weights that are views of 10¹² numbers, packed a thousandfold, or pickles"""

    lasts = 0.5

    async def prepare(self) -> None:
        folder = self.ground.files / "weights"
        self.bodies = [(path.stem, path.read_bytes()) for path in sorted(folder.iterdir())]
        self.link = self.ground.file("link.txt").decode()

    async def strike(self, sender: Sender) -> None:
        name, body = self.bodies[self.number() % len(self.bodies)]
        reply = await self.post(sender, f"weights?x={self.link}&fits=1", body)
        if reply is not None and reply.status == 200 and "run" in (reply.json() or {}):
            self.tally.act(f"loaded {name}")


@attack
class PackedLinks(Attack):
    """Links that unpack to gigabytes, or to nonsense"""

    lasts = 0.5

    async def prepare(self) -> None:
        self.bomb = self.ground.file("link_bomb.txt").decode()

    async def strike(self, sender: Sender) -> None:
        links = (self.bomb, "A" * 20_000, "%00%ff", self.bomb[:-7])
        link = links[self.number() % len(links)]
        await self.post(sender, "open", {"search": f"?x={link}"})
        await self.post(sender, f"weights?x={link}", b"x")
