"""What all handlers share: bodies with a limit, answers in JSON, faults as answers."""

import functools
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...experiment import parse_json
from ...faults import ExperimentError, size_text
from ...settings import Settings
from ..answers.faults import error_answer

CONTROL_BYTES = 256 * 1024
MOST_DIGITS = 15  # of a length that a request declares
BINARY = "application/octet-stream"
NOT_KEPT = {"Cache-Control": "no-store"}
STATUS = {
    "no_such_run": 404,
    "not_yours": 403,
    "busy": 429,
    "too_busy": 429,
    "no_room": 429,
    "too_many_bytes": 413,
    "upload_too_large": 413,
    "data_too_large": 413,
}
REFUSED = 422  # for every other fault
Handler = Callable[[Request], Awaitable[Response]]


class Reply(JSONResponse):
    """JSON in ASCII: what people send may hold half a character, which UTF-8 cannot carry back."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


def answering(handler: Handler) -> Handler:
    """The handler, with its faults as answers."""

    @functools.wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except ExperimentError as error:
            return Reply(error_answer(error), STATUS.get(error.faults[0].code, REFUSED))

    return answer


async def read_body(request: Request, limit: int, code: str) -> bytes:
    """The request's body. Raises: ExperimentError `code` as soon as it grows past the limit."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            declared = request.headers.get("content-length", "")
            raise ExperimentError.at("", code, **_sizes(code, declared, limit))
        chunks.append(chunk)
    return b"".join(chunks)


def _sizes(code: str, declared: str, limit: int) -> dict[str, Any]:
    """How large a body is and may be, as its fault says it: an experiment in bytes, a file in MB."""
    if code == "too_many_bytes":
        return {"given": f"more than {limit}", "limit": limit}
    size = f"> {size_text(limit)}"
    if declared.isascii() and declared.isdecimal() and len(declared) <= MOST_DIGITS:
        size = size_text(int(declared))
    return {"given": size, "limit": size_text(limit)}


async def read_json(request: Request, settings: Settings) -> Mapping[str, Any]:
    """The object that is the request's body. Raises: ExperimentError where it is too long or no object."""
    limit = min(CONTROL_BYTES, 2 * settings.max_json_bytes)
    value = parse_json(await read_body(request, limit, "too_many_bytes"))
    if not isinstance(value, dict):
        given = type(value).__name__
        raise ExperimentError.at("", "wrong_type", expected="an object", given=given)
    return value
