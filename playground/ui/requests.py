"""What all handlers share: bodies with a limit, answers in JSON, faults as answers, and how a page begins a run."""

import functools
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import torch
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from torch import Tensor

from ..engine.engine import Engine
from ..engine.run import Run
from ..engine.work import Begin
from ..experiment import Experiment, parse_json
from ..faults import ExperimentError, size_text
from ..network.builder import build_model
from ..settings import Settings
from ..training.randomness import RandomState
from ..training.weights import StartingWeights, compare
from .answers import error_answer

CONTROL_BYTES = 256 * 1024
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
            status = STATUS.get(error.faults[0].code, 422)
            return Reply(error_answer(error), status)

    return answer


async def read_body(request: Request, limit: int, code: str) -> bytes:
    """The request's body, refused as soon as it grows past the limit."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise ExperimentError.at(
                "", code, **_sizes(code, request.headers.get("content-length", ""), limit)
            )
        chunks.append(chunk)
    return b"".join(chunks)


def _sizes(code: str, declared: str, limit: int) -> dict[str, Any]:
    """How large a body is and may be, as its fault says it: an experiment in bytes, a file in MB."""
    if code == "too_many_bytes":
        return {"given": f"more than {limit}", "limit": limit}
    known = declared.isascii() and declared.isdecimal() and len(declared) < 16
    return {
        "given": size_text(int(declared)) if known else f"> {size_text(limit)}",
        "limit": size_text(limit),
    }


async def read_json(request: Request, settings: Settings) -> Mapping[str, Any]:
    """The object that is the request's body."""
    value = parse_json(
        await read_body(request, min(CONTROL_BYTES, 2 * settings.max_json_bytes), "too_many_bytes")
    )
    if not isinstance(value, dict):
        raise ExperimentError.at("", "wrong_type", expected="an object", given=type(value).__name__)
    return value


def begin_run(
    engine: Engine,
    experiment: Experiment,
    device: str,
    *,
    replaces: Any = None,
    paused: bool = False,
    begin: Begin | None = None,
) -> Run:
    """A run of a page. In: `replaces` is the control of the page's earlier run, which is stopped: a page trains one
    network at a time. Raises: ExperimentError."""
    replaced = _replaced(engine, replaces)
    owner = replaced.owner if replaced else ""
    run = engine.start(experiment, device, owner=owner, paused=paused, begin=begin)
    if not replaced:
        run.owner = run.control
    run.watch(0)
    return run


def carried_weights(engine: Engine, replaces: Any, experiment: Experiment) -> Begin | None:
    """The weights that were loaded into a page's run which has made no step yet, where the next one can have them all:
    whoever loads weights and then sets a learning rate means to train them."""
    run = _replaced(engine, replaces)
    if run is None or not (run.is_untouched and run.view().loaded):
        return None
    try:
        given: dict[str, Tensor] = run.ask(
            lambda trainer: {k: v.cpu().clone() for k, v in trainer.model.state_dict().items()}
        )
        with RandomState(0, torch.device("cpu")).building():
            fits = compare(given, build_model(experiment, engine.settings)).fits
    except (ExperimentError, TimeoutError):
        return None
    return StartingWeights(given) if fits else None


def _replaced(engine: Engine, control: Any) -> Run | None:
    return next((run for run in engine.runs() if run.control == control), None)


def begun(run: Run) -> dict[str, Any]:
    """What a page has to know of a run that it began."""
    return {"run": run.id, "control": run.control, "state": run.state, "carried": run.view().loaded}
