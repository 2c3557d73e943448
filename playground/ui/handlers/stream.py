"""The one event stream of a page: what is new of the run that it watches, a few times a second."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ...engine.run import Run
from ..shares.sending import send_in_time
from ..shares.work import ClientGone
from .feed import Feed, Look, News

KEEP_ALIVE_S = 15.0
PADDING = b":" + b" " * 2048 + b"\n\n"  # some proxies hold back the first two kilobytes
HEADERS = {
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",
}  # no proxy may hold back an event


class EventStream(Response):
    """Server-sent events. However it ends, `leave` is called once."""

    def __init__(self, events: AsyncIterator[bytes], leave: Callable[[], None]):
        super().__init__(media_type="text/event-stream", headers=HEADERS)
        del self.headers["Content-Length"]
        self._events = events
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            await send(start)
            async for event in self._events:
                if gone.done():
                    return
                await send_in_time(send, event)
            await send({"type": "http.response.body", "body": b""})
        except ClientGone:
            pass  # the server closes the connection
        finally:
            gone.cancel()
            self._leave()


async def events(
    run: Run, feed: Feed, first: tuple[Look, News], threads: Executor
) -> AsyncIterator[bytes]:
    """Events until the run has ended and all of it was sent. Each carries its cursor as id.

    In: the first news, with the look at which they were made.
    """
    yield PADDING
    look, news = first
    yield _event(news)
    silent_since = asyncio.get_running_loop().time()
    while not look.has_ended:
        await asyncio.sleep(feed.wait_s())
        before, look = look, feed.look(run)
        now = asyncio.get_running_loop().time()
        if look != before:
            news = await feed.news(run, look, news.cursor, threads)
            yield _event(news)
            silent_since = now
        elif now - silent_since >= KEEP_ALIVE_S:
            yield b": still here\n\n"
            silent_since = now


def _event(news: News) -> bytes:
    return b"id: %b\ndata: %b\n\n" % (news.cursor.encode(), news.json)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
