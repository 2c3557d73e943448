"""Our own addresses beside Gradio's: who answers at each, and what kind of work that is."""

from starlette.routing import Route

from ..engine.engine import Engine
from .handlers.building import Building
from .handlers.opening import Opening
from .handlers.requests import Handler, answering
from .handlers.running import Running
from .handlers.take_away import TakeAway
from .shares.kinds import ASK, FILES, PLAIN, QUICK, RANGE_TEST, READING, SLOW, START, WATCH, Kind
from .shares.work import Shares

PREFIX = "/playground"
GET, POST = ["GET"], ["POST"]


def routes(engine: Engine, shares: Shares | None = None) -> list[Route]:
    """The routes for `launch(app_kwargs={"routes": …})`. The first that fits an address answers it."""
    shares = shares or Shares()
    opening, building = Opening(engine), Building(engine)
    running, away = Running(engine), TakeAway(engine)
    table: list[tuple[str, Handler, list[str], Kind]] = [
        ("/static/{stamp}/{name:path}", opening.static, GET, PLAIN),
        ("/data/{name}", opening.data_file, GET, PLAIN),
        ("/boot", opening.boot, GET, QUICK),
        ("/open", opening.open, POST, QUICK),
        ("/check", building.check, POST, QUICK),
        ("/preview", building.preview, POST, SLOW),
        ("/range", building.range_test, POST, RANGE_TEST),
        ("/see", building.see, POST, READING),
        ("/upload", building.upload, POST, READING),
        ("/downloads/{dataset}", building.download, ["GET", "POST"], QUICK),
        ("/files/{file}", away.own_file, GET, FILES),
        ("/notebook", away.notebook, POST, SLOW),
        ("/weights", away.put_weights, POST, FILES),
        ("/checkpoint", away.put_checkpoint, POST, FILES),
        ("/runs", running.start, POST, START),
        ("/runs/{run}/onnx", away.onnx, GET, SLOW),
        ("/runs/{run}/weights", away.weights, GET, FILES),
        ("/runs/{run}/checkpoint", away.checkpoint, GET, FILES),
        ("/runs/{run}/ask", running.ask, POST, ASK),
        ("/runs/{run}/{verb}", running.steer, POST, PLAIN),
        ("/stream", running.stream, GET, WATCH),
        ("/poll", running.poll, GET, WATCH),
    ]
    all_routes = []
    for path, handler, methods, kind in table:
        endpoint = answering(handler, kind, shares, engine.settings.proxies)
        all_routes.append(Route(PREFIX + path, endpoint, methods=methods))
    return all_routes
