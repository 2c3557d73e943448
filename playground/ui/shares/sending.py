"""Long answers, piece by piece, to readers who may be slow, gone, or never read at all."""

import asyncio
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .work import ClientGone, share_of

BINARY = "application/octet-stream"
PIECE_BYTES = 64 * 1024  # sent at once; more would only wait in memory
STALLED_S = 30.0  # that one piece may take; a reader that is slower has gone


async def send_in_time(send: Send, body: bytes | memoryview) -> None:
    """A part of an answer. Raises: ClientGone where its reader does not take it."""
    for begin in range(0, len(body), PIECE_BYTES):
        piece = bytes(body[begin : begin + PIECE_BYTES])
        message = {"type": "http.response.body", "body": piece, "more_body": True}
        try:
            async with asyncio.timeout(STALLED_S):
                await send(message)
        except TimeoutError:
            raise ClientGone from None


class Sending(Response):
    """The bytes of a file, sent no faster than its reader takes them. However it ends, `leave` is called."""

    def __init__(
        self,
        data: bytes,
        headers: Mapping[str, str],
        leave: Callable[[], None] | None = None,
        media_type: str = BINARY,
    ):
        super().__init__(media_type=media_type, headers=headers)
        self.headers["Content-Length"] = str(len(data))
        self._data = data
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        try:
            await send(start)
            await send_in_time(send, memoryview(self._data))
            await send({"type": "http.response.body", "body": b""})
        except ClientGone:
            pass  # the server closes the connection
        finally:
            if self._leave is not None:
                self._leave()


def file_answer(
    request: Request, data: bytes, headers: Mapping[str, str] | None = None
) -> Response:
    """A file as the answer. Raises: ExperimentError `too_busy` where too much is on its way out already."""
    share = share_of(request)
    room = share.shares.outgoing
    room.enter(share.client, len(data))
    return Sending(data, headers or {}, lambda: room.leave(share.client, len(data)))
