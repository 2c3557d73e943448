"""A page and its run: starting, steering, asking, and following what is measured."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ...engine.engine import Engine
from ...engine.run import Run
from ...experiment import Experiment
from ...faults import ExperimentError
from ...questions import question_of
from ...training.trainer import Trainer
from ..answers.run import run_answer
from .begin import ask, begin_run, begun, carried_weights
from .requests import NOT_KEPT, Reply, read_json
from .stream import events

NEEDS_A_PLACE = frozenset({"resume", "step"})  # verbs after which a run trains
AT_ONCE = {
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",
}  # no proxy may hold back an event


class Running:
    """The handlers, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._settings = engine.settings

    async def start(self, request: Request) -> Response:
        """A new run of an experiment, in place of the page's earlier one."""
        value = await self._json(request)
        run = await run_in_threadpool(self._start, value)
        return Reply(begun(run))

    def _start(self, value: Mapping[str, Any]) -> Run:
        experiment = Experiment.from_dict(value.get("experiment"))
        device, replaces = value.get("device", "cpu"), value.get("replaces")
        if not isinstance(device, str):
            given = type(device).__name__
            raise ExperimentError.at("device", "wrong_type", expected="a text", given=given)
        return begin_run(
            self._engine,
            experiment,
            device,
            replaces=replaces,
            paused=value.get("paused") is True,
            begin=carried_weights(self._engine, replaces, experiment),
        )

    async def steer(self, request: Request) -> Response:
        """Pause, resume, step, stop, or set a live setting: for a page that holds the run's control."""
        value = await self._json(request)
        run = self._engine.controlled(request.path_params["run"], value.get("control"))
        verbs: dict[str, Callable[[], None]] = {
            "pause": run.pause,
            "resume": run.resume,
            "step": run.step_once,
            "stop": run.stop,
            "set": lambda: run.set(value.get("name"), value.get("value")),
        }
        name = request.path_params["verb"]
        verb = verbs.get(name)
        if verb is None:
            return Response(status_code=404)
        if name in NEEDS_A_PLACE:
            self._engine.let_step(run)
        verb()
        return Reply({"state": run.state})

    async def ask(self, request: Request) -> Response:
        """The answer to a question, with the step at which it was given."""
        value = await self._json(request)
        run = self._engine.get(request.path_params["run"])
        question = question_of(value)

        def at_a_step(trainer: Trainer) -> tuple[Any, int]:
            return question(trainer), trainer.step

        try:
            found, step = await ask(run, at_a_step)
        except ExperimentError:
            raise
        except Exception as error:
            lines = str(error).splitlines() or [type(error).__name__]
            detail = f"the network could not answer: {lines[0][:200]}"
            raise ExperimentError.at("", "bad_question", detail=detail) from None
        answer = await run_in_threadpool(question.tell, found, run.experiment)
        return Reply({**answer, "run": run.id, "step": step})

    async def stream(self, request: Request) -> Response:
        """What is new of a run, a few times a second."""
        run = self._engine.get(request.query_params.get("run", ""))
        watchers = sum(other.watchers for other in self._engine.runs())
        if watchers >= self._settings.max_watchers:
            raise ExperimentError.at("", "busy", limit=self._settings.max_watchers)
        cursor = request.headers.get("last-event-id") or request.query_params.get("cursor", "")
        news = events(run, cursor, self._settings.stream_hz)
        return StreamingResponse(news, media_type="text/event-stream", headers=AT_ONCE)

    async def poll(self, request: Request) -> Response:
        """The same once, for pages that no event reaches."""
        run = self._engine.get(request.query_params.get("run", ""))
        run.watch(0)
        payload, cursor = run_answer(run, request.query_params.get("cursor", ""))
        return Reply({**payload, "cursor": cursor}, headers=NOT_KEPT)

    async def _json(self, request: Request) -> Mapping[str, Any]:
        return await read_json(request, self._settings)
