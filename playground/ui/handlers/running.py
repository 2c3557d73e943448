"""A page and its run: starting, steering, asking, and following what is measured."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...engine.clients import Client
from ...engine.engine import Engine
from ...engine.run import Run
from ...experiment import Experiment
from ...faults import ExperimentError
from ...questions import PageQuestion, question_of
from ...training.trainer import Trainer
from ..shares.kinds import ASK, QUICK, REPORT, SLOW
from ..shares.room import Room
from ..shares.work import ClientGone, Place, place, share_of, work
from .begin import ask, begin_run, begun, carried_weights
from .feed import Feeds
from .intervals import Intervals
from .long_answers import LongAnswers
from .requests import NOT_KEPT, Reply, read_json
from .stream import EventStream, events

OF_CLIENT = 8  # streams: tabs of one browser
NEEDS_A_PLACE = frozenset({"resume", "step"})  # verbs after which a run trains


class TimedQuestion:
    """A question and the step at which it was answered. `seconds`: what it has cost the run's worker so far."""

    def __init__(self, question: PageQuestion[Any]):
        self._question = question
        self._began: float | None = None
        self._ended: float | None = None

    def __call__(self, trainer: Trainer) -> tuple[Any, int]:
        self._began = time.monotonic()
        try:
            return self._question(trainer), trainer.step
        finally:
            self._ended = time.monotonic()

    @property
    def seconds(self) -> float:
        if self._began is None:
            return 0.0
        return (self._ended or time.monotonic()) - self._began


class Running:
    """The handlers, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._settings = engine.settings
        settings = engine.settings
        self._watchers = Room(
            settings.max_watchers, OF_CLIENT, "too_many_watchers", settings.address_share
        )
        self._intervals = Intervals(settings.stream_hz, self._n_watching)
        self._feeds = Feeds(self._intervals)
        self._long_answers = LongAnswers()

    def _n_watching(self) -> int:
        """Pages that watch a run that goes on: the others have no news, and cost nothing."""
        busy = ("queued", "running")
        return sum(run.watchers for run in self._engine.runs() if run.state in busy)

    async def start(self, request: Request) -> Response:
        """A new run of an experiment, in place of the page's earlier one."""
        value = await self._json(request)
        run = await work(request, self._start, value, share_of(request).client)
        return Reply(begun(run))

    def _start(self, value: Mapping[str, Any], client: Client) -> Run:
        experiment = Experiment.from_dict(value.get("experiment"))
        device, replaces = value.get("device", "cpu"), value.get("replaces")
        if not isinstance(device, str):
            given = type(device).__name__
            raise ExperimentError.at("device", "wrong_type", expected="a text", given=given)
        return begin_run(
            self._engine,
            experiment,
            device,
            client=client,
            replaces=replaces,
            paused=value.get("paused") is True,
            begin=carried_weights(self._engine, replaces, experiment),
        )

    async def steer(self, request: Request) -> Response:
        """Pause, resume, step, stop, set a live setting, share the files: for a page that holds the run's control."""
        value = await self._json(request)
        run = self._engine.controlled(request.path_params["run"], value.get("control"))
        verbs: dict[str, Callable[[], None]] = {
            "pause": run.pause,
            "resume": run.resume,
            "step": run.step_once,
            "stop": run.stop,
            "set": lambda: run.set(value.get("name"), value.get("value")),
            "share": lambda: run.share_files(value.get("on") is True),
        }
        name = request.path_params["verb"]
        verb = verbs.get(name)
        if verb is None:
            return Response(status_code=404)
        if name in NEEDS_A_PLACE:
            self._engine.let_step(run, verb)
        else:
            verb()
        return Reply({"state": run.state})

    async def ask(self, request: Request) -> Response:
        """The answer to a question, with the step at which it was given."""
        value = await self._json(request)
        run = self._engine.get(request.path_params["run"])
        question = question_of(value)
        if question.tells_long:
            return Reply(await self._long_answer(request, run, question))
        async with place(request, ASK) as taken:
            found, step = await _found(request, run, question, taken)
        # A run that has ended, or is paused, has no more news: so an answer says how often to ask, too.
        about = {"run": run.id, "step": step, "ask_every_ms": self._intervals.ask_every_ms}
        return await work(request, _told, question, found, run.experiment, about, kind=QUICK)

    async def _long_answer(
        self, request: Request, run: Run, question: PageQuestion[Any]
    ) -> dict[str, Any]:
        """What another stranger was told a moment ago, else a fresh answer: one at a time is made."""
        client = share_of(request).client
        async with place(request, REPORT) as taken:
            recent = self._long_answers.recent(run, question, client)
            if recent is not None:
                taken.took_s = 0.0
                return recent
            began = time.monotonic()
            found, step = await _found(request, run, question, taken)
            told = await work(request, question.tell, found, run.experiment, kind=SLOW)
            answer = {**told, "run": run.id, "step": step}
            self._long_answers.keep(run, question, answer, time.monotonic() - began)
            return answer

    async def stream(self, request: Request) -> Response:
        """What is new of a run, a few times a second."""
        run = self._engine.get(request.query_params.get("run", ""))
        client = share_of(request).client
        self._watchers.enter(client)  # before the stream costs anything
        run.watch(+1)

        def leave() -> None:
            run.watch(-1)
            self._watchers.leave(client)

        try:
            return await self._stream(request, run, leave)
        except BaseException:
            leave()
            raise

    async def _stream(self, request: Request, run: Run, leave: Callable[[], None]) -> Response:
        """The stream, with its first news, which may be the whole history."""
        cursor = request.headers.get("last-event-id") or request.query_params.get("cursor", "")
        feed = self._feeds.of(run)
        async with place(request) as taken:
            if cursor:
                look = feed.look(run)
                first = look, await feed.news(run, look, cursor, taken.threads)
            else:
                first = await feed.first(run, taken.threads)
        told = events(run, feed, first, taken.threads)
        return EventStream(told, leave)

    async def poll(self, request: Request) -> Response:
        """The same once, for pages that no event reaches."""
        run = self._engine.get(request.query_params.get("run", ""))
        run.watch(0)
        cursor = request.query_params.get("cursor", "")
        feed = self._feeds.of(run)
        async with place(request) as taken:
            if cursor:
                news = await feed.news(run, feed.look(run), cursor, taken.threads)
            else:
                _, news = await feed.first(run, taken.threads)
        return Response(news.with_cursor, media_type="application/json", headers=NOT_KEPT)

    async def _json(self, request: Request) -> Mapping[str, Any]:
        return await read_json(request, self._settings)


def _told(
    question: PageQuestion[Any], found: Any, experiment: Experiment, about: Mapping[str, Any]
) -> Reply:
    """The answer as JSON, made beside the event loop: of a large network it is long."""
    return Reply({**question.tell(found, experiment), **about})


async def _found(
    request: Request, run: Run, question: PageQuestion[Any], taken: Place
) -> tuple[Any, int]:
    """What the run found, and at which step; charged is what it cost the run's worker.

    Raises: ExperimentError; ClientGone.
    """
    asked = TimedQuestion(question)
    try:
        return await ask(request, run, asked)
    except (ExperimentError, ClientGone):
        raise
    except Exception as error:
        raise _unanswered(error) from None
    finally:
        taken.took_s = asked.seconds


def _unanswered(error: Exception) -> ExperimentError:
    """What went wrong inside a network or a question, in one line."""
    lines = str(error).splitlines() or [type(error).__name__]
    detail = f"the network could not answer: {lines[0][:200]}"
    return ExperimentError.at("", "bad_question", detail=detail)
