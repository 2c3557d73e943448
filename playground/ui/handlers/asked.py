"""Questions whose answer hangs on nothing but what was sent: another process answers, where there is one."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...settings import Settings
from ..answers.asked import ASKED
from ..shares.work import place, share_of
from .requests import Reply, json_bytes, object_in, read_body

JSON = "application/json"


async def asked(request: Request, task: str, settings: Settings) -> Response:
    """The answer of one of ASKED to the JSON that is the request's body. Raises: ExperimentError."""
    body = await read_body(request, json_bytes(settings), "too_many_bytes")
    calculators = share_of(request).shares.calculators
    async with place(request) as taken:
        if calculators is not None and calculators.is_ready_for(task, body):
            calculated = await taken.calculate(calculators, task, {}, body)
            return Response(calculated.body, calculated.status, media_type=JSON)
        return Reply(await taken.run(_here, task, body, settings))


def _here(task: str, body: bytes, settings: Settings) -> dict[str, Any]:
    return ASKED[task](object_in(body), settings)
