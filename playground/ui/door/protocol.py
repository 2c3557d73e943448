"""uvicorn's protocol, with what it leaves open: connections, slow or endless heads, answers that lie unread.

The one that parses with httptools, which is written in C: parsing in Python took a third of the event loop's time.
A subclass and no middleware, since an app hears of a connection only when the head of a request is complete.
"""

import asyncio
import select
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ...engine.counters import COUNTERS
from ...settings import Settings
from ..shares.loop_rest import LoopRest
from .connections import Connections

PEER_CLOSED = getattr(select, "POLLRDHUP", 0)  # 0 where the system does not tell
CROWD = 60  # connections open at the same time
HEAD_BYTES = 64 * 1024  # of a request without its body: head, sizes of chunks, trailers
MOST_HEADERS = 100  # browsers send about twenty
MOST_PATH_BYTES = 2_048  # of the address before the "?": what a link holds comes after it
BODY_BYTES_ALLOW = 8  # bytes more around the chunks of a body, for each byte in them
MOST_PIPELINED = 16  # requests that wait behind another one of their connection
CLOSED = b"content-length: 0\r\nconnection: close\r\n\r\n"
HEAD_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\n" + CLOSED
PATH_TOO_LONG = b"HTTP/1.1 414 URI Too Long\r\n" + CLOSED
TOO_MANY = b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 5\r\n" + CLOSED


class GuardedProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(
        self, *args: Any, settings: Settings, places: Connections, rest: LoopRest, **options: Any
    ):
        super().__init__(*args, **options)
        # The server logs warnings only; the line of each request would be put together for nothing.
        self.access_log = False
        self._head_bytes = 0  # of the request under way
        self._settings = settings
        self._places = places
        self._rest = rest
        self._patience: asyncio.TimerHandle | None = None  # with a head that is slow
        self._unread: asyncio.TimerHandle | None = None
        self.address = ""
        self.heard_at = 0.0  # by a finer clock than uvloop's, which counts milliseconds
        self._has_spoken = False
        self._refusal = b""  # instead of the answer 400 where a head is in order, but too much

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A place for it, or the answer that there is none."""
        self._rest_soon()
        # Those who wait behind a flood of clients that leave at once must not wait for all of these to be heard.
        if self._is_too_late(transport):
            self.transport = transport
            transport.abort()
            return
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self.heard_at = time.monotonic()
        if not self._places.enter(self):
            COUNTERS.refused("too_many_connections")
            transport.write(TOO_MANY)
            transport.close()
            return
        self._be_patient()

    def connection_lost(self, exc: Exception | None) -> None:
        """Its place is free."""
        self._places.leave(self)
        self._stop(self._patience)
        self._stop(self._unread)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A part of a head, of a body, or of both. While the loop is overloaded, those who have gone are not heard."""
        self._rest_soon()
        if self._is_too_late(self.transport):
            self.transport.abort()
            return
        self.heard_at = time.monotonic()
        self._has_spoken = True
        self._head_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():  # it was refused
            return
        if self._head_bytes > HEAD_BYTES:
            self._refuse_head()
        elif self._is_being_served:
            self._stop(self._patience)
            self._patience = None
        elif self._patience is None:
            self._be_patient()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A line of a head. Raises: ValueError for one too many, before the rest of them is read."""
        if len(self.headers) >= MOST_HEADERS:
            self._too_much("head_long", HEAD_TOO_LONG)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """A request begins. Raises: ValueError where its address is too long, and where too many wait already."""
        if len(self.url.partition(b"?")[0]) > MOST_PATH_BYTES:
            self._too_much("path_long", PATH_TOO_LONG)
        if len(self.pipeline) >= MOST_PIPELINED:
            COUNTERS.refused("too_many_pipelined")
            raise ValueError("too many requests wait for the answers to those before")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of a body: what came with it was not all head."""
        self._head_bytes = max(0, self._head_bytes - (1 + BODY_BYTES_ALLOW) * len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request has come completely."""
        self._head_bytes = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What a head is answered that the parser could not take, or a callback of it refused."""
        if self._refusal and not self._is_being_served:
            self.transport.write(self._refusal)
            self.transport.close()
        else:
            super().send_400_response(msg)

    def _too_much(self, kind: str, refusal: bytes) -> None:
        """Ends the parsing. Raises: ValueError."""
        COUNTERS.refused(kind)
        self._refusal = refusal
        raise ValueError(f"a head was refused: {kind}")

    def _is_too_late(self, transport: asyncio.Transport) -> bool:
        """Whether the loop is overloaded, and the client has closed the connection or its half of it."""
        if not self._rest.was_due() or PEER_CLOSED == 0:
            return False
        socket = transport.get_extra_info("socket")
        if socket is None:
            return False
        look = select.poll()
        look.register(socket.fileno(), PEER_CLOSED)
        has_gone = bool(look.poll(0))
        if has_gone:
            COUNTERS.refused("gone_before_heard")
        return has_gone

    def _rest_soon(self) -> None:
        """In a crowd the loop must keep up: those who wait would be cut off for want of connections."""
        if len(self._places.open) < CROWD:
            self._rest.rest_soon()

    @property
    def _is_being_served(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def is_answered(self) -> bool:
        """Whether a request has come completely and its answer has not gone yet."""
        return self._is_being_served and not self.cycle.more_body

    def cut(self) -> None:
        """Ends it, whatever is under way."""
        COUNTERS.refused("too_many_connections")
        self.transport.abort()

    def pause_writing(self) -> None:
        """The client does not read: what is written waits in memory."""
        super().pause_writing()
        self._unread = self.loop.call_later(self._settings.max_unread_s, self._end, "answer_unread")

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        self._stop(self._unread)
        self._unread = None

    def _be_patient(self) -> None:
        limit_s = self._settings.max_header_s
        self._patience = self.loop.call_later(limit_s, self._end_head)

    def _end_head(self) -> None:
        """Browsers open connections in advance, and say nothing on them: that is no attack."""
        if self._has_spoken:
            self._end("head_slow")
        else:
            self.transport.close()

    def _refuse_head(self) -> None:
        """Says so where nothing else is being said on this connection."""
        if self._is_being_served:
            self._end("head_long")
            return
        COUNTERS.refused("head_long")
        self.transport.write(HEAD_TOO_LONG)
        self.transport.close()  # when that has been sent

    def _end(self, reason: str) -> None:
        COUNTERS.refused(reason)
        self.transport.abort()

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()


def guarded(settings: Settings, rest: LoopRest) -> Callable[..., GuardedProtocol]:
    """What makes the protocol of each connection to a server with these settings."""
    places = Connections.of(settings)
    return partial(GuardedProtocol, settings=settings, places=places, rest=rest)
