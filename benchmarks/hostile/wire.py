"""HTTP by hand: an attacker sends what no well-behaved library would, from any address of the loopback."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

HERE = "127.0.0.1"
ELSEWHERE = "127.0.0.2"
BIND_ADDRESS_NO_PORT = (
    24  # Linux: choose the port when connecting, so that thousands of connections find one
)
MOST_LINE = 2**20  # bytes of a head or of one event
MOST_BODY = 2**26
ANSWER_S = 10.0
PIECE_BYTES = 2**18

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Unanswered(Exception):
    """The server closed the connection, or said nothing for too long."""


@dataclass(frozen=True)
class Target:
    """Where the server listens."""

    port: int
    host: str = HERE

    @property
    def name(self) -> str:
        """As the header Host has it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Sender:
    """Whom the server sees: an address, and the token that a page sends ("" for none)."""

    address: str = HERE
    token: str = ""

    def headers(self) -> dict[str, str]:
        return {"x-client": self.token} if self.token else {}


@dataclass(frozen=True)
class Reply:
    """An answer. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """What the body says; None where it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def code(self) -> str:
        """The code of a fault; "" where there is none."""
        value = self.json()
        if not isinstance(value, dict) or not isinstance(value.get("error"), dict):
            return ""
        return str(value["error"].get("code", ""))


async def opened(target: Target, sender: Sender) -> Stream:
    """A connection from the sender's address. Raises: OSError, TimeoutError."""
    plain = socket.socket()
    try:
        plain.setblocking(False)
        plain.setsockopt(socket.IPPROTO_IP, BIND_ADDRESS_NO_PORT, 1)
        plain.bind((sender.address, 0))
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(ANSWER_S):
            await loop.sock_connect(plain, (target.host, target.port))
    except BaseException:
        plain.close()
        raise
    return await asyncio.open_connection(sock=plain, limit=MOST_LINE)


def head_of(
    target: Target, sender: Sender, method: str, path: str, headers: Mapping[str, str]
) -> bytes:
    """The request line and the headers, with the empty line behind them."""
    usual = {"host": target.name, "connection": "close", **sender.headers()}
    lines = [f"{method} {path} HTTP/1.1"]
    for name, value in {**usual, **headers}.items():
        lines.append(f"{name}: {value}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


async def request(
    target: Target,
    sender: Sender,
    method: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    timeout_s: float = ANSWER_S,
) -> Reply:
    """A whole request and its answer. Raises: Unanswered."""
    sized = {"content-length": str(len(body)), **(headers or {})}
    head = head_of(target, sender, method, path, sized)
    writer = None
    try:
        async with asyncio.timeout(timeout_s):
            reader, writer = await opened(target, sender)
            writer.write(head + body)
            return await reply_of(reader)
    except (OSError, TimeoutError, EOFError, ValueError) as error:
        raise Unanswered(type(error).__name__) from None
    finally:
        if writer is not None:
            writer.close()


async def reply_of(reader: asyncio.StreamReader) -> Reply:
    """The answer that comes next. Raises: Unanswered, OSError, EOFError, ValueError."""
    status, headers = await answer_head(reader)
    if headers.get("transfer-encoding") == "chunked":
        body = b"".join([piece async for piece in pieces_of(reader, headers)])
    elif "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"]))
    else:
        body = await reader.read(MOST_BODY)
    return Reply(status, headers, body)


async def answer_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """Status and headers of the answer that comes next."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise Unanswered("a head that never ends") from None
    first, *lines = head.decode("latin-1").split("\r\n")
    parts = first.split(" ")
    if len(parts) < 2 or not parts[1].isdecimal():
        raise Unanswered(f"no HTTP: {first[:40]}")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return int(parts[1]), headers


async def pieces_of(
    reader: asyncio.StreamReader, headers: Mapping[str, str]
) -> AsyncIterator[bytes]:
    """The body of an answer, piece by piece as it comes, without the marks between its chunks."""
    if headers.get("transfer-encoding") != "chunked":
        while piece := await reader.read(PIECE_BYTES):
            yield piece
        return
    while size := int((await reader.readline()).strip() or b"0", 16):
        yield await reader.readexactly(size)
        await reader.readexactly(2)


async def lines_of(
    reader: asyncio.StreamReader, headers: Mapping[str, str]
) -> AsyncIterator[bytes]:
    """The body's lines, each once it is whole; a chunk may end within one."""
    rest = b""
    async for piece in pieces_of(reader, headers):
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line
