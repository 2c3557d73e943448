"""What all handlers share: bodies with a limit, answers in JSON, faults as answers."""

import functools
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from ...engine.counters import COUNTERS
from ...experiment import parse_json
from ...faults import ExperimentError, size_text
from ...reading.calls import reading_for
from ...settings import Settings
from ..answers.faults import error_answer
from ..shares.kinds import QUICK, Kind
from ..shares.work import ClientGone, Share, Shares, work
from .clients import CLIENT, client_of

CONTROL_BYTES = 256 * 1024
MOST_DIGITS = 15  # of a length that a request declares
SMALL_BYTES = 4 * 1024  # of JSON that is read faster than a thread is asked
NOT_KEPT = {"Cache-Control": "no-store"}
STATUS = {
    "no_such_run": 404,
    "not_yours": 403,
    "not_shared": 403,
    "busy": 429,
    "too_busy": 429,
    "too_many_watchers": 429,
    "readers_busy": 429,
    "no_room": 429,
    "line_full": 429,
    "waits_in_line": 429,
    "too_many_bytes": 413,
    "upload_too_large": 413,
    "data_too_large": 413,
    "no_such_address": 404,
    "foreign_origin": 403,
    "no_body_here": 413,
    "bad_length": 400,
    "body_packed": 415,
    "body_slow": 408,
    "too_many_bodies": 429,
}
REFUSED = 422  # for every other fault
COME_AGAIN = 429
COUNTED = frozenset({403, 413, COME_AGAIN})  # of these the log and the health page tell
RETRY_S = 2  # where a fault does not say when to come again
GONE = 499  # as nginx has it; nobody reads it
Handler = Callable[[Request], Awaitable[Response]]


class Reply(JSONResponse):
    """JSON in ASCII: what people send may hold half a character, which UTF-8 cannot carry back."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


def answering(handler: Handler, kind: Kind, shares: Shares, proxies: int) -> Handler:
    """The handler, which works in its client's share of its kind of work; its faults become answers."""

    @functools.wraps(handler)
    async def answer(request: Request) -> Response:
        client = request.scope.get(CLIENT) or client_of(request, proxies)
        request.state.share = Share(shares, client, kind)
        try:
            with reading_for(client.address, client.token):
                return await handler(request)
        except ExperimentError as error:
            reply = refusal(error)
            if reply.status_code in COUNTED:
                COUNTERS.refused(error.faults[0].code)
            return reply
        except (ClientGone, ClientDisconnect):
            return Response(status_code=GONE)

    return answer


def refusal(error: ExperimentError) -> Response:
    """The faults as an answer; where there were too many, with the seconds after which to come again."""
    fault = error.faults[0]
    status = STATUS.get(fault.code, REFUSED)
    headers = {}
    if status == COME_AGAIN:
        headers["Retry-After"] = str(fault.values.get("seconds", RETRY_S))
    return Reply(error_answer(error), status, headers)


async def read_body(request: Request, limit: int, code: str) -> bytes:
    """The request's body. Raises: ExperimentError `code` as soon as it grows past the limit."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            declared = request.headers.get("content-length", "")
            raise ExperimentError.at("", code, **size_values(code, declared, limit))
        chunks.append(chunk)
    return b"".join(chunks)


def size_values(code: str, declared: str, limit: int) -> dict[str, Any]:
    """How large a body is and may be, as its fault says it: an experiment in bytes, a file in MB."""
    if code == "too_many_bytes":
        return {"given": f"more than {limit}", "limit": limit}
    size = f"> {size_text(limit)}"
    if declared.isascii() and declared.isdecimal() and len(declared) <= MOST_DIGITS:
        size = size_text(int(declared))
    return {"given": size, "limit": size_text(limit)}


def json_bytes(settings: Settings) -> int:
    """The longest JSON of any request: a draft with faults may be longer than a sound experiment."""
    return min(CONTROL_BYTES, 2 * settings.max_json_bytes)


async def read_json(request: Request, settings: Settings) -> Mapping[str, Any]:
    """The object that is the request's body. Raises: ExperimentError where it is too long or no object."""
    body = await read_body(request, json_bytes(settings), "too_many_bytes")
    if len(body) <= SMALL_BYTES:
        return object_in(body)
    return await work(request, object_in, body, kind=QUICK)


def object_in(body: bytes) -> Mapping[str, Any]:
    """The JSON object that a body is. Raises: ExperimentError where it is none."""
    value = parse_json(body)
    if not isinstance(value, dict):
        given = type(value).__name__
        raise ExperimentError.at("", "wrong_type", expected="an object", given=given)
    return value
