"""A stream gives its place back, however it ends."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from playground.ui.handlers.stream import EventStream
from playground.ui.shares import sending
from tests.event_loop import finished


async def nothing_more() -> dict[str, Any]:
    await asyncio.Event().wait()
    return {}


async def hang_up() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def forever() -> AsyncIterator[bytes]:
    while True:
        yield b"x" * 200_000
        await asyncio.sleep(0)


async def broken() -> AsyncIterator[bytes]:
    yield b"x"
    raise RuntimeError("the history is on fire")


def streamed(events: AsyncIterator[bytes], receive: Any, send: Any) -> int:
    """Sends a stream to its end. Out: how often its place was given back. Raises: what the stream raises."""
    left = []

    async def run() -> None:
        await EventStream(events, lambda: left.append(1))({"type": "http"}, receive, send)

    try:
        finished(run())
    finally:
        assert left == [1]
    return len(left)


async def take(message: Any) -> None:
    pass


def test_when_its_reader_hangs_up() -> None:
    streamed(forever(), hang_up, take)


def test_when_its_reader_never_reads(monkeypatch: Any) -> None:
    monkeypatch.setattr(sending, "STALLED_S", 0.01)

    async def never(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    streamed(forever(), nothing_more, never)


def test_when_something_breaks() -> None:
    with pytest.raises(RuntimeError):
        streamed(broken(), nothing_more, take)


def test_a_long_event_goes_in_pieces_so_that_little_waits_in_memory() -> None:
    sizes = []

    async def once() -> AsyncIterator[bytes]:
        yield b"x" * 200_000

    async def measure(message: Any) -> None:
        sizes.append(len(message.get("body", b"")))

    streamed(once(), nothing_more, measure)
    assert sum(sizes) == 200_000
    assert max(sizes) == 65_536
