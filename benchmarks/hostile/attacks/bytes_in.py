"""Bodies that are too large, or become too large."""

import asyncio
import gzip

from ..wire import Sender, opened, reply_of
from .base import PREFIX, attack
from .connections import Raw

LARGE = 100 * 2**20
PIECE = bytes(2**18)
ROUTES = (
    "check",
    "see",
    "upload?kind=csv",
    "upload?kind=images",
    "weights?x=",
    "checkpoint",
    "runs",
    "open",
)


@attack
class LargeBodies(Raw):
    """Bodies of 100 MB, twenty at once, at every address that takes one"""

    at_once = 20

    async def strike(self, sender: Sender) -> None:
        route = ROUTES[self.number() % len(ROUTES)]
        reader, writer = await opened(self.ground.target, sender)
        answer = asyncio.create_task(reply_of(reader))
        try:
            writer.write(self.head(sender, "POST", route, {"content-length": str(LARGE)}))
            for _ in range(LARGE // len(PIECE)):
                if answer.done():
                    break
                writer.write(PIECE)
                await writer.drain()
            async with asyncio.timeout(self.answer_s):
                self.tally.note(await answer, route)
        finally:
            answer.cancel()
            writer.close()


@attack
class GzipBombs(Raw):
    """Packed bodies: 100 MB in a tenth of a megabyte"""

    lasts = 0.5

    async def prepare(self) -> None:
        self.bomb = gzip.compress(bytes(LARGE), 9)

    async def strike(self, sender: Sender) -> None:
        number = self.number()
        route = ROUTES[number % len(ROUTES)]
        encoding = ("gzip", "deflate", "br", "gzip, gzip")[number % 4]
        await self.post(sender, route, self.bomb, {"content-encoding": encoding})


@attack
class HardJson(Raw):
    """JSON that is deep, has endless numbers, half characters, or the same key ten thousand times"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        bodies = (
            b"[" * 60_000,
            b'{"experiment":' * 4_000,
            b'{"experiment": ' + b"9" * 60_000 + b"}",
            b'{"experiment": {"name": "\\ud800"}}',
            b'{"experiment": {' + b'"layers": [],' * 4_000 + b'"layers": []}}',
            b'{"experiment": {"training": {"epochs": 1e400}}}',
            b'{"experiment": {"data": {"dataset": "xor", "size": NaN}}}',
            b"\xff\xfe" * 1_000,
        )
        number = self.number()
        route = ("check", "open", "runs", "preview", "range", "notebook")[number % 6]
        await self.post(sender, PREFIX + route, bodies[number % len(bodies)])
