"""Our own addresses beside Gradio's: who answers at each, what kind of work that is, and how much data it takes."""

from ..engine.engine import Engine
from .door.addresses import NOTHING, Limit, LimitedRoute, Limits
from .handlers.building import Building
from .handlers.challenges import ChallengeRoom
from .handlers.health import Health
from .handlers.labs import LabRoom
from .handlers.opening import Opening
from .handlers.requests import Handler, answering
from .handlers.running import Running
from .handlers.take_away import TakeAway
from .handlers.whole_file import WholeFiles
from .shares.kinds import (
    ANSWERS,
    ASK,
    FILES,
    LAB,
    PLAIN,
    QUICK,
    RANGE_TEST,
    READING,
    SLOW,
    START,
    WATCH,
    Kind,
)
from .shares.work import Shares

PREFIX = "/playground"
GET, POST = ["GET"], ["POST"]
Row = tuple[str, Handler, list[str], Kind, Limit]


def routes(engine: Engine, shares: Shares | None = None) -> list[LimitedRoute]:
    """The routes for `launch(app_kwargs={"routes": …})`. The first that fits an address answers it.

    The last column is the longest body that a route takes; the door refuses a longer one before it is read.
    """
    shares = shares or Shares()
    all_routes = []
    for path, handler, methods, kind, limit in [
        *_of_building(engine),
        *_of_runs(engine),
        *_of_labs(engine),
    ]:
        endpoint = answering(handler, kind, shares, engine.settings.proxies)
        all_routes.append(LimitedRoute(PREFIX + path, endpoint, methods, limit))
    return all_routes


def _of_building(engine: Engine) -> list[Row]:
    """A page opens, and an experiment is built."""
    opening, building, away = Opening(engine), Building(engine), TakeAway(engine)
    limits = Limits.of(engine.settings)
    json = limits.json
    return [
        ("/static/{stamp}/{name:path}", opening.static, GET, PLAIN, NOTHING),
        ("/data/{name}", opening.data_file, GET, PLAIN, NOTHING),
        ("/health", Health(engine).health, GET, PLAIN, NOTHING),
        ("/boot", opening.boot, GET, PLAIN, NOTHING),
        ("/open", opening.open, POST, QUICK, json),
        ("/check", building.check, POST, QUICK, json),
        ("/preview", building.preview, POST, SLOW, json),
        ("/understood", building.understood, POST, READING, json),
        ("/range", building.range_test, POST, RANGE_TEST, json),
        ("/linear", building.linear, POST, RANGE_TEST, json),
        ("/see", building.see, POST, READING, limits.picture),
        ("/upload", building.upload, POST, READING, limits.data),
        ("/downloads/{dataset}", building.download, ["GET", "POST"], QUICK, json),
        ("/files/{file}", away.own_file, GET, FILES, NOTHING),
        ("/notebook", away.notebook, POST, SLOW, json),
    ]


def _of_runs(engine: Engine) -> list[Row]:
    """Runs begin, are steered, asked and watched, and leave as files."""
    running, away, whole = Running(engine), TakeAway(engine), WholeFiles(engine)
    limits = Limits.of(engine.settings)
    json = limits.json
    return [
        ("/weights", away.put_weights, POST, FILES, limits.weights),
        ("/checkpoint", away.put_checkpoint, POST, FILES, limits.checkpoint),
        ("/runs", running.start, POST, START, json),
        ("/runs/{run}/onnx", away.onnx, GET, SLOW, NOTHING),
        ("/runs/{run}/weights", away.weights, GET, FILES, NOTHING),
        ("/runs/{run}/checkpoint", away.checkpoint, GET, FILES, NOTHING),
        ("/runs/{run}/example", away.example, GET, SLOW, NOTHING),
        ("/runs/{run}/file", whole.answer, POST, ANSWERS, limits.data),
        ("/answering/{job}", whole.progress, GET, PLAIN, NOTHING),
        ("/runs/{run}/ask", running.ask, POST, ASK, json),
        ("/runs/{run}/{verb}", running.steer, POST, PLAIN, json),
        ("/stream", running.stream, GET, WATCH, NOTHING),
        ("/poll", running.poll, GET, WATCH, NOTHING),
    ]


def _of_labs(engine: Engine) -> list[Row]:
    """Labs and challenges."""
    labs, challenges = LabRoom(engine), ChallengeRoom(engine)
    json = Limits.of(engine.settings).json
    return [
        ("/labs", labs.index, GET, LAB, NOTHING),
        ("/labs/{lab}", labs.about, GET, LAB, NOTHING),
        ("/lab", labs.answer, POST, LAB, json),
        ("/challenges", challenges.index, GET, QUICK, NOTHING),
        ("/challenge", challenges.about, POST, QUICK, json),
        ("/challenge/made", challenges.make, POST, QUICK, json),
        ("/challenge/judge", challenges.judge, POST, START, json),
        ("/challenge/verdict", challenges.verdict, POST, SLOW, json),
    ]
