"""A body is read whole before any handler is called: none of ours waits for a client that is slow or never ends."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from ...faults import ExperimentError
from ...settings import Settings
from ..handlers.requests import MOST_DIGITS, size_values
from .addresses import Limit
from .receiving import Body

# While the loop is overloaded a file comes in at 1.3 MB a second, and all files of an address at 5 MB.
HOLD_BACK_BYTES = 256 * 1024
HOLD_BACK_S = 0.2
FILES_AT_FULL_PACE = 4  # of an address
SMALL_BYTES = 16 * 1024


@dataclass(frozen=True)
class Pace:
    """How slowly a body may come: within each window it ends, or it grows by so many bytes."""

    window_s: float
    window_bytes: float

    @classmethod
    def of(cls, settings: Settings) -> "Pace":
        """As the host has set it."""
        return cls(settings.max_body_s, settings.max_body_s * settings.min_upload_rate)


def declared_length(headers: Headers, limit: Limit) -> int:
    """How long a request says that its body is; 0 where it does not say.

    Raises: ExperimentError for a body that is refused before any of it is read.
    """
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise ExperimentError.at("", "body_packed")
    is_chunked = "transfer-encoding" in headers
    if is_chunked and limit.size == 0:
        raise ExperimentError.at("", limit.code)
    lengths = set(headers.getlist("content-length"))
    if not lengths:
        return 0
    text = lengths.pop()
    is_number = text.isascii() and text.isdecimal()
    if lengths or is_chunked or not is_number:
        raise ExperimentError.at("", "bad_length")
    if len(text) > MOST_DIGITS or int(text) > limit.size:
        raise too_long(limit, text)
    return int(text)


def too_long(limit: Limit, declared: str = "") -> ExperimentError:
    """The fault of a body that is longer than its address takes."""
    return ExperimentError.at("", limit.code, **size_values(limit.code, declared, limit.size))


async def read_whole(
    receive: Receive,
    limit: Limit,
    pace: Pace,
    body: Body,
    is_overloaded: Callable[[], bool] = lambda: False,
) -> bytes:
    """The body. A file comes in slowly while the loop has too much to do: it is not to hold up the small requests.

    Raises: ExperimentError where it is too long, too slow or one too many; ClientDisconnect.
    """
    parts: list[bytes] = []
    # As many objects as parts would take fifty times their memory where these are a few bytes each.
    small = bytearray()
    size, since_rest = 0, 0
    window = Window(receive, pace, is_only=limit.is_small)
    while True:
        message = await window.next()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part = message.get("body", b"")
        size += len(part)
        if size > limit.size:
            raise too_long(limit)
        if not limit.is_small:
            body.take(len(part))
        if len(part) >= SMALL_BYTES:
            parts += [bytes(small), part]
            small.clear()
        else:
            small += part
        if not message.get("more_body"):
            return b"".join([*parts, small])
        since_rest += len(part)
        if since_rest >= HOLD_BACK_BYTES and not limit.is_small and is_overloaded():
            since_rest = 0
            await asyncio.sleep(hold_back_s(body.n_of_address))


def hold_back_s(n_files: int) -> float:
    """How long a file rests after each part where the loop is overloaded. In: those of its address, with this one."""
    return HOLD_BACK_S * max(1.0, n_files / FILES_AT_FULL_PACE)


class Window:
    """Waits for the parts of a body. Only the time of waiting counts, not what the server does in between."""

    def __init__(self, receive: Receive, pace: Pace, is_only: bool):
        self._receive = receive
        self._pace = pace
        self._is_only = is_only  # the whole body must come within this one
        self._left_s = pace.window_s
        self._size = 0

    async def next(self) -> Message:
        """The next part. Raises: ExperimentError at the end of a window in which too little came."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(self._left_s):
                message = await self._receive()
        except TimeoutError:
            raise ExperimentError.at("", "body_slow") from None
        self._left_s -= loop.time() - begun
        self._size += len(message.get("body", b""))
        if self._size >= self._pace.window_bytes and not self._is_only:
            self._left_s = self._pace.window_s
            self._size = 0
        return message
