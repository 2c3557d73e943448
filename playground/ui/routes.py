"""Our own addresses beside Gradio's, and who answers at each."""

from starlette.routing import Route

from ..engine.engine import Engine
from .handlers.building import Building
from .handlers.opening import Opening
from .handlers.requests import Handler, answering
from .handlers.running import Running
from .handlers.take_away import TakeAway

PREFIX = "/playground"
GET, POST = ["GET"], ["POST"]


def routes(engine: Engine) -> list[Route]:
    """The routes for `launch(app_kwargs={"routes": …})`. The first that fits an address answers it."""
    opening, building = Opening(engine), Building(engine)
    running, away = Running(engine), TakeAway(engine)
    table: list[tuple[str, Handler, list[str]]] = [
        ("/static/{stamp}/{name:path}", opening.static, GET),
        ("/data/{name}", opening.data_file, GET),
        ("/boot", opening.boot, GET),
        ("/open", opening.open, POST),
        ("/check", building.check, POST),
        ("/preview", building.preview, POST),
        ("/range", building.range_test, POST),
        ("/see", building.see, POST),
        ("/upload", building.upload, POST),
        ("/downloads/{dataset}", building.download, ["GET", "POST"]),
        ("/files/{file}", away.own_file, GET),
        ("/notebook", away.notebook, POST),
        ("/weights", away.put_weights, POST),
        ("/checkpoint", away.put_checkpoint, POST),
        ("/runs", running.start, POST),
        ("/runs/{run}/onnx", away.onnx, GET),
        ("/runs/{run}/weights", away.weights, GET),
        ("/runs/{run}/checkpoint", away.checkpoint, GET),
        ("/runs/{run}/ask", running.ask, POST),
        ("/runs/{run}/{verb}", running.steer, POST),
        ("/stream", running.stream, GET),
        ("/poll", running.poll, GET),
    ]
    all_routes = []
    for path, handler, methods in table:
        all_routes.append(Route(PREFIX + path, answering(handler), methods=methods))
    return all_routes
