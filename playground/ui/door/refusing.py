"""The answer to a request that does not get in."""

import asyncio

from starlette.requests import HTTPConnection
from starlette.types import Receive, Send

from ...engine.counters import COUNTERS
from ...faults import ExperimentError
from ..handlers.requests import refusal

# A connection that is closed while its body is still coming is reset, and a browser may then never see the answer.
LINGER_S = 2.0
LINGER_BYTES = 2**20


async def refuse(
    error: ExperimentError, request: HTTPConnection, receive: Receive, send: Send
) -> None:
    """Says why. Where a body is still coming, reads on for a moment without keeping it, and closes the connection."""
    COUNTERS.refused(error.faults[0].code)
    reply = refusal(error)
    has_body = "transfer-encoding" in request.headers or "content-length" in request.headers
    if has_body:
        reply.headers["connection"] = "close"
    start = {
        "type": "http.response.start",
        "status": reply.status_code,
        "headers": reply.raw_headers,
    }
    await send(start)
    await send({"type": "http.response.body", "body": reply.body, "more_body": True})
    if has_body:
        await _linger(receive)
    await send({"type": "http.response.body", "body": b""})


async def _linger(receive: Receive) -> None:
    """Until the body ends, the client goes, or it was enough."""
    size = 0
    try:
        async with asyncio.timeout(LINGER_S):
            while size < LINGER_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                if not message.get("more_body"):
                    return
    except TimeoutError:
        return
