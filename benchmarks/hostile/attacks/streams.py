"""Event streams and downloads: opened by the hundred, never read, or left in the middle."""

import asyncio

from ..wire import Sender, Stream, answer_head, head_of, opened
from .base import PREFIX, Attack, attack

BEFORE_IT_LEAVES = 4_096  # bytes that a download reads
WAIT_S = 2.0


class Streaming(Attack):
    """Opens streams of the honest page's run."""

    async def open_stream(self, sender: Sender) -> tuple[Stream, int]:
        """The connection, and the status of its answer."""
        path = f"{PREFIX}stream?run={self.ground.run}&client={sender.token}"
        stream = await opened(self.ground.target, sender)
        reader, writer = stream
        try:
            writer.write(head_of(self.ground.target, sender, "GET", path, {}))
            async with asyncio.timeout(self.answer_s):
                status, _ = await answer_head(reader)
        except BaseException:
            writer.close()
            raise
        self.tally.answers[status] += 1
        return stream, status


@attack
class StreamChurn(Streaming):
    """A thousand streams, each closed as soon as it is open"""

    rest_s = 0.05

    async def strike(self, sender: Sender) -> None:
        (_, writer), _ = await self.open_stream(sender)
        writer.close()


@attack
class StreamsKept(Streaming):
    """As many streams as there are, all read"""

    async def strike(self, sender: Sender) -> None:
        (reader, writer), status = await self.open_stream(sender)
        try:
            while status == 200 and await reader.read(65_536):
                pass
        finally:
            writer.close()


@attack
class StreamsUnread(Streaming):
    """As many streams as there are, none of which is ever read"""

    async def strike(self, sender: Sender) -> None:
        (reader, writer), status = await self.open_stream(sender)
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        try:
            await asyncio.sleep(1_000 if status == 200 else 0)
        finally:
            writer.close()


@attack
class Polls(Attack):
    """Polls of the whole history as fast as they are answered"""

    rest_s = 0.05

    async def strike(self, sender: Sender) -> None:
        await self.get(sender, f"poll?run={self.ground.run}&client={sender.token}")


@attack
class LeftDownloads(Attack):
    """Files of the server that are begun and left after the first bytes"""

    rest_s = 0.05

    async def strike(self, sender: Sender) -> None:
        paths = ("static/x/plotly.min.js", f"runs/{self.ground.run}/checkpoint", "boot")
        path = PREFIX + paths[self.number() % len(paths)]
        reader, writer = await opened(self.ground.target, sender)
        try:
            writer.write(head_of(self.ground.target, sender, "GET", path, {}))
            async with asyncio.timeout(WAIT_S):
                status, _ = await answer_head(reader)
                self.tally.answers[status] += 1
                await reader.read(BEFORE_IT_LEAVES)
        finally:
            writer.close()


@attack
class DataDownloads(Attack):
    """Downloads of public data begun and cancelled, also those of others"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        number = self.number()
        name = ("mnist", "cifar10", "kmnist")[number % 3]
        await self.post(sender, f"downloads/{name}", {"cancel": number % 2 == 0})
        await self.get(sender, f"downloads/{name}")


@attack
class LeavingAskers(Attack):
    """Questions and checks whose senders are gone before the answer"""

    rest_s = 0.05

    async def strike(self, sender: Sender) -> None:
        body = b'{"question": "report"}'
        path = f"{PREFIX}runs/{self.ground.run}/ask"
        headers = {"content-length": str(len(body))}
        _, writer = await opened(self.ground.target, sender)
        writer.write(head_of(self.ground.target, sender, "POST", path, headers) + body)
        await asyncio.sleep(0.01)
        writer.close()
