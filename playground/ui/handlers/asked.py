"""Questions whose answer hangs on nothing but what was sent: another process answers, where there is one."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from ...settings import Settings
from ..answers.asked import ASKED, is_lasting
from ..apart.calculators import Calculators, names_own_file
from ..shares.work import Place, place, share_of
from .requests import Reply, json_bytes, object_in, read_body

JSON = "application/json"


@dataclass(frozen=True)
class Answered:
    """Status and body of an answer; whether it is the same whenever it is asked for."""

    status: int
    body: bytes
    lasts: bool


async def asked(request: Request, task: str, settings: Settings) -> Response:
    """The answer of one of ASKED to the JSON that is the request's body. Raises: ExperimentError."""
    body = await read_body(request, json_bytes(settings), "too_many_bytes")
    shares = share_of(request).shares
    key = task, body
    kept = shares.kept_answers.get(key)
    if kept is None:
        async with place(request) as taken:
            # Somebody who was before this one in the line may have sent the same.
            kept = shares.kept_answers.get(key)
            if kept is None:
                answered = await _answered(taken, shares.calculators, task, body, settings)
                if not answered.lasts:
                    return Response(answered.body, answered.status, media_type=JSON)
                kept = answered.body
                shares.kept_answers.keep(key, kept)
    return Response(kept, media_type=JSON)


async def _answered(
    taken: Place, calculators: Calculators | None, task: str, body: bytes, settings: Settings
) -> Answered:
    """The answer of another process, or of this one where there is no other that could give it."""
    if calculators is None or not calculators.is_ready_for(task, body):
        return await taken.run(_here, task, body, settings)
    calculated = await taken.calculate(calculators, task, {}, body)
    return Answered(calculated.status, calculated.body, bool(calculated.told.get("lasts")))


def _here(task: str, body: bytes, settings: Settings) -> Answered:
    answer = ASKED[task](object_in(body), settings)
    lasts = is_lasting(task, answer) and not names_own_file(body)
    return Answered(200, bytes(Reply(answer).body), lasts)
