"""Connections that do not speak as they should: too slow, too long, with wrong lengths, or something else than HTTP."""

import asyncio
import random
from collections.abc import Mapping

from ..wire import Reply, Sender, head_of, opened, reply_of
from .base import PREFIX, Attack, attack

DRIP_S = 0.5  # between two bytes of a slow sender
BODY_ROUTES = ("check", "see", "upload?kind=csv", "checkpoint", "runs")
CHUNK = b"4000\r\n" + b" " * 0x4000 + b"\r\n"


def many_addresses() -> Sender:
    """No token, one of four other addresses: connections are counted before anything else is known of them."""
    return Sender(f"127.0.0.{random.randint(2, 5)}")


class Raw(Attack):
    """Sends bytes of its own making."""

    crowds = (many_addresses,)

    async def say(self, sender: Sender, data: bytes) -> Reply | None:
        """The bytes, and what is answered to them."""
        reader, writer = await opened(self.ground.target, sender)
        try:
            async with asyncio.timeout(self.answer_s):
                writer.write(data)
                reply = await reply_of(reader)
        finally:
            writer.close()
        self.tally.note(reply, data[:40].decode("latin-1"))
        return reply

    async def drip(self, sender: Sender, begin: bytes, drop: bytes) -> None:
        """A beginning, and then a drop at a time for as long as the server bears it."""
        reader, writer = await opened(self.ground.target, sender)
        try:
            writer.write(begin)
            answer = asyncio.create_task(reply_of(reader))
            while not answer.done():
                writer.write(drop)
                await asyncio.wait([answer], timeout=DRIP_S)
            self.tally.note(await answer, begin[:40].decode("latin-1"))
        finally:
            answer.cancel()
            writer.close()

    def head(self, sender: Sender, method: str, path: str, headers: Mapping[str, str]) -> bytes:
        return head_of(self.ground.target, sender, method, PREFIX + path, headers)


@attack
class SlowHeaders(Raw):
    """Headers that come a few bytes at a time and never end"""

    at_once = 400

    async def strike(self, sender: Sender) -> None:
        begin = b"GET /playground/boot HTTP/1.1\r\nhost: x\r\n"
        await self.drip(sender, begin, b"a: b\r\n")


@attack
class Silent(Raw):
    """Connections on which nothing is ever said"""

    at_once = 400

    async def strike(self, sender: Sender) -> None:
        await self.drip(sender, b"", b"")


@attack
class SlowBodies(Raw):
    """Bodies that come a byte at a time"""

    at_once = 300

    async def strike(self, sender: Sender) -> None:
        route = BODY_ROUTES[self.number() % len(BODY_ROUTES)]
        begin = self.head(sender, "POST", route, {"content-length": "60000"})
        await self.drip(sender, begin, b" ")


@attack
class EndlessChunks(Raw):
    """Bodies in chunks that never end"""

    at_once = 20

    async def strike(self, sender: Sender) -> None:
        route = BODY_ROUTES[self.number() % len(BODY_ROUTES)]
        reader, writer = await opened(self.ground.target, sender)
        answer = asyncio.create_task(reply_of(reader))
        try:
            writer.write(self.head(sender, "POST", route, {"transfer-encoding": "chunked"}))
            while not answer.done():
                writer.write(CHUNK)
                await writer.drain()
                await asyncio.sleep(0.002)
            self.tally.note(await answer, route)
        finally:
            answer.cancel()
            writer.close()


@attack
class WrongLengths(Raw):
    """Lengths that are negative, doubled, no number, too short, too long, or beside chunks"""

    lasts = 0.5
    rest_s = 0.1
    answer_s = 2.0  # one that promises more than it sends waits for the server to give up

    async def strike(self, sender: Sender) -> None:
        lengths = (
            "content-length: -1",
            "content-length: 5\r\ncontent-length: 500",
            "content-length: 0x10",
            "content-length: 99999999999999999999999",
            "content-length: 10000",
            "content-length: 3",
            "content-length: 12\r\ntransfer-encoding: chunked",
            "transfer-encoding: gzip, chunked",
            "content-length: ",
        )
        line = lengths[self.number() % len(lengths)]
        head = f"POST {PREFIX}check HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{line}\r\n\r\n"
        await self.say(sender, head.encode() + b'{"experiment":{}}')


@attack
class OddRequests(Raw):
    """Requests with huge heads, unknown methods, broken addresses, or no HTTP at all"""

    lasts = 0.5
    rest_s = 0.1
    answer_s = 2.0

    async def prepare(self) -> None:
        many = b"".join(b"h%d: x\r\n" % number for number in range(5_000))
        self.requests = (
            b"GET / HTTP/1.1\r\na: " + b"x" * 2**20 + b"\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + many + b"\r\n",
            b"GET /" + b"%00" * 20_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n",
            b"GET /playground/static/../../../app.py HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            b"GET /playground/open?%ff=%zz HTTP/1.1\r\nhost: \xff\xfe\r\nconnection: close\r\n\r\n",
            b"BREW /playground/check HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        )

    async def strike(self, sender: Sender) -> None:
        await self.say(sender, self.requests[self.number() % len(self.requests)])


@attack
class Pipelines(Raw):
    """A hundred requests on one connection, none of whose answers is read"""

    at_once = 20

    async def strike(self, sender: Sender) -> None:
        one = b"GET /playground/boot HTTP/1.1\r\nhost: x\r\n\r\n"
        reader, writer = await opened(self.ground.target, sender)
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        try:
            writer.write(one * 100)
            await asyncio.sleep(2)
        finally:
            writer.close()


@attack
class WebSockets(Raw):
    """Web sockets at every address"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        paths = ("/", "/playground/stream", "/gradio_api/queue/join", "/playground/check")
        headers = {
            "connection": "Upgrade",
            "upgrade": "websocket",
            "sec-websocket-version": "13",
            "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
            "origin": "http://elsewhere.example",
        }
        path = paths[self.number() % len(paths)]
        data = head_of(self.ground.target, sender, "GET", path, headers)
        reply = await self.say(sender, data)
        if reply is not None and reply.status == 101:
            self.tally.act(f"a web socket at {path}")
