"""Many browsers in one process: HTTP over plain sockets, so that the clients cost next to nothing."""

import asyncio
import json
import re
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

HEAD_END = b"\r\n\r\n"
EVENT = b"data: {"
ASK_EVERY = re.compile(rb'"ask_every_ms":(\d+)[,}]')


@dataclass
class Seen:
    """What happened to all browsers together: seconds by name of a request, answers by status."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    refused: dict[tuple[str, int], int] = field(default_factory=dict)

    def add(self, name: str, seconds: float, status: int) -> None:
        """Counts one answer."""
        if status == 200:
            self.seconds.setdefault(name, []).append(seconds)
        else:
            self.refused[name, status] = self.refused.get((name, status), 0) + 1


class Browser:
    """One page: its own token, its connections kept open as a browser keeps them."""

    def __init__(self, host: str, port: int, seen: Seen):
        self.token = secrets.token_urlsafe(16)
        self.ask_every_s = 0.0  # what the server last said of the time between two questions
        self._host, self._port = host, port
        self._seen = seen
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, name: str, path: str, body: Any = None, **headers: str) -> Any:
        """The JSON of an answer, None where it was refused; timed under `name`. In: no body means GET."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        if body is None:
            data = b""
        method = "GET" if body is None else "POST"
        began = time.perf_counter()
        connection = self._idle.pop() if self._idle else await self._connect()
        reader, writer = connection
        writer.write(self._head(method, path, len(data), headers) + data)
        status, answer = await _answer(reader)
        self._idle.append(connection)
        self._seen.add(name, time.perf_counter() - began, status)
        return json.loads(answer) if status == 200 else None

    async def events(self, path: str) -> AsyncIterator[float]:
        """The time of each event of a stream, until it ends."""
        reader, writer = await self._connect()
        writer.write(self._head("GET", f"{path}&client={self.token}", 0, {}))
        try:
            head = await reader.readuntil(HEAD_END)
            if b" 200 " not in head.splitlines()[0]:
                self._seen.add("stream", 0.0, int(head.split()[1]))
                return
            tail = b""
            while piece := await reader.read(1 << 18):
                window = tail + piece
                for told in ASK_EVERY.findall(window):
                    self.ask_every_s = int(told) / 1_000
                for _ in range(window.count(EVENT)):
                    yield time.perf_counter()
                # What may be the beginning of the mark is looked at again with the next piece.
                tail = window[-len(EVENT) + 1 :]
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self._host, self._port, limit=1 << 20)

    def _head(self, method: str, path: str, length: int, headers: dict[str, str]) -> bytes:
        lines = [f"{method} /playground/{path} HTTP/1.1", f"Host: {self._host}:{self._port}"]
        lines += [f"x-client: {self.token}", f"content-length: {length}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return "\r\n".join(lines).encode() + HEAD_END


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of an answer with a declared length."""
    head = await reader.readuntil(HEAD_END)
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return int(head.split()[1]), await reader.readexactly(length)
