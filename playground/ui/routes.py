"""Our own addresses beside Gradio's: short handlers over the engine. Everything that arrives is checked."""

import asyncio
import base64
import functools
import importlib.util
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from ..catalogues.datasets import DATASETS, bundled_files, upload_names, uploads
from ..catalogues.datasets.augment import Augment
from ..catalogues.datasets.downloads import DOWNLOADS, SOURCES
from ..catalogues.initializers import INITIALIZERS
from ..catalogues.layers import LAYERS
from ..catalogues.learning import Learning
from ..catalogues.losses import LOSSES
from ..catalogues.optimizers import OPTIMIZERS
from ..catalogues.schedules import SCHEDULES
from ..engine.devices import devices
from ..engine.engine import Engine
from ..engine.run import Run
from ..experiment import Experiment, TrainingSpec
from ..faults import ExperimentError, Fault
from ..preset_files import DEFAULT, preset, presets
from ..questions import question_of
from ..questions.encoding import short_numbers
from ..training.range_test import lr_range_test
from . import charts, words
from .answers import check_answer, data_answer, fault_text, preview_answer, run_answer
from .fields import describe_catalogue, describe_fields, describe_tasks
from .page import files, stamp
from .requests import (
    Handler,
    Reply,
    answering,
    begin_run,
    begun,
    carried_weights,
    read_body,
    read_json,
)
from .stream import events
from .take_away import TakeAway
from .words.terms import TERM_OF

PREFIX = "/playground"
ASK_TIMEOUT_S = 20.0
RANGE_S = 10.0  # longest learning-rate range test
PAD_SIDE = 112
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}  # a system may have other ideas
PICTURE_KIND = re.compile(r"picture ([13]) (28|32|64)")


def routes(engine: Engine) -> list[Route]:
    """The routes for `launch(app_kwargs={"routes": …})`."""
    page, away = Page(engine), TakeAway(engine)
    post, get = ["POST"], ["GET"]
    table: list[tuple[str, Handler, list[str]]] = [
        ("/static/{stamp}/{name:path}", page.static, get),
        ("/data/{name}", page.data_file, get),
        ("/boot", page.boot, get),
        ("/open", page.open, post),
        ("/check", page.check, post),
        ("/preview", page.preview, post),
        ("/see", page.see, post),
        ("/upload", page.upload, post),
        ("/downloads/{dataset}", page.download, post),
        ("/downloads/{dataset}", page.download, get),
        ("/runs", page.start, post),
        ("/notebook", away.notebook, post),
        ("/files/{file}", away.own_file, get),
        ("/runs/{run}/onnx", away.onnx, get),
        ("/runs/{run}/weights", away.weights, get),
        ("/runs/{run}/checkpoint", away.checkpoint, get),
        ("/weights", away.put_weights, post),
        ("/checkpoint", away.put_checkpoint, post),
        ("/range", page.range_test, post),
        ("/runs/{run}/ask", page.ask, post),
        ("/runs/{run}/{verb}", page.steer, post),
        ("/stream", page.stream, get),
        ("/poll", page.poll, get),
    ]
    return [
        Route(PREFIX + path, answering(handler), methods=methods)
        for path, handler, methods in table
    ]


class Page:
    """The handlers, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._settings = engine.settings
        self._ranging = asyncio.Lock()
        uploads.STORE.max_bytes = self._settings.max_data_bytes
        uploads.STORE.max_total_bytes = self._settings.max_stored_bytes
        self._files = {**files(), "plotly.min.js": _plotly_js()}

    async def static(self, request: Request) -> Response:
        """A file of the page. One of an older page gets the present file, which its browser does not keep."""
        path = self._files.get(request.path_params["name"])
        if path is None:
            return Response(status_code=404)
        is_present = request.path_params["stamp"] == stamp()
        kept = "public, max-age=31536000, immutable" if is_present else "no-cache"
        media_type = MEDIA_TYPES[path.suffix]
        return FileResponse(path, media_type=media_type, headers={"Cache-Control": kept})

    async def data_file(self, request: Request) -> Response:
        """A bundled file that a script reads; no other."""
        path = bundled_files().get(request.path_params["name"])
        return Response(status_code=404) if path is None else FileResponse(path, filename=path.name)

    async def boot(self, request: Request) -> Response:
        return Reply(await run_in_threadpool(self._boot))

    def _boot(self) -> dict[str, Any]:
        return {
            **_fixed_boot(),
            "devices": [asdict(each) for each in devices()],
            "settings": {
                name: getattr(self._settings, name)
                for name in ("max_layers", "max_upload_bytes", "max_json_bytes", "max_data_bytes")
            },
        }

    async def open(self, request: Request) -> Response:
        value = await self._json(request)
        return Reply(await run_in_threadpool(self._open, value))

    def _open(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the address says, else the draft, else the default; what cannot be opened becomes a notice."""
        query = _query(str(value.get("search", "")))
        run, notice = self._run_named(query)
        chosen: Experiment | None = None
        preset_id = None
        try:
            if "x" in query:
                chosen = Experiment.from_link(query["x"][0])
            elif "preset" in query:
                chosen, preset_id = preset(query["preset"][0]).experiment, query["preset"][0]
            elif run:
                chosen = run.experiment
            elif value.get("draft") is not None:
                chosen = Experiment.from_dict(value["draft"])
        except ExperimentError as error:
            notice = notice or error.faults[0]
            if "x" not in query and "preset" not in query:
                draft = value["draft"]
                if _can_travel(draft):
                    return {
                        "experiment": draft,
                        "preset": None,
                        "notice": None,
                        "run": run and self._view(run),
                    }
        if chosen is None:
            chosen, preset_id = preset(DEFAULT).experiment, DEFAULT
        return {
            "experiment": chosen.model_dump(mode="json"),
            "preset": preset_id,
            "notice": notice and {"code": notice.code, "message": fault_text(notice)},
            "run": run and self._view(run),
        }

    def _run_named(self, query: Mapping[str, list[str]]) -> tuple[Run | None, Fault | None]:
        try:
            return (self._engine.get(query["run"][0]) if "run" in query else None), None
        except ExperimentError as error:
            return None, error.faults[0]

    @staticmethod
    def _view(run: Run) -> dict[str, Any]:
        view, _ = run_answer(run)
        kept = {
            key: value
            for key, value in view.items()
            if key not in ("steps", "layers", "epochs", "events")
        }
        try:
            data = data_answer(run.experiment)
        except ExperimentError:  # a file of somebody's own that is not kept any more
            data = None
        return {
            **kept,
            "id": run.id,
            "experiment": run.experiment.model_dump(mode="json"),
            "data": data,
        }

    async def check(self, request: Request) -> Response:
        value = await self._json(request)
        return Reply(await run_in_threadpool(check_answer, value.get("experiment"), self._settings))

    async def range_test(self, request: Request) -> Response:
        """The learning-rate range test of an experiment; one at a time, since each takes a core."""
        value = await self._json(request)
        experiment = Experiment.from_dict(value.get("experiment"))
        if self._ranging.locked():
            raise ExperimentError.at("", "busy", limit=1)
        async with self._ranging:
            found = await run_in_threadpool(
                lr_range_test, experiment, settings=self._settings, limit_s=RANGE_S
            )
        numbers = {"lr": short_numbers(found.lr), "loss": short_numbers(found.loss)}
        return Reply({**numbers, "suggestion": found.suggestion, "cut_short": found.cut_short})

    async def preview(self, request: Request) -> Response:
        value = await self._json(request)
        experiment = Experiment.from_dict({"data": value.get("data")})
        return Reply(await run_in_threadpool(preview_answer, experiment))

    async def see(self, request: Request) -> Response:
        body = await read_body(request, self._settings.max_upload_bytes, "upload_too_large")
        kind = request.headers.get("x-kind", "photo")
        return Reply(await run_in_threadpool(_see, body, kind, self._settings.max_pixels))

    async def upload(self, request: Request) -> Response:
        """A data file: the body is its bytes, `?kind=` what it is, `?name=` what its owner calls it.

        Answers its id, its name made harmless, what is in it, and the key with which its owner may fetch it again.
        """
        body = await read_body(request, self._settings.max_data_bytes, "data_too_large")
        kind, called = (request.query_params.get(name, "") for name in ("kind", "name"))
        return Reply(await run_in_threadpool(_upload, body, kind, called))

    async def download(self, request: Request) -> Response:
        """POST begins the download of a public data set, or stops it (`{"cancel": true}`); GET says how far it is."""
        name = request.path_params["dataset"]
        if name not in SOURCES:
            return Response(status_code=404)
        if request.method == "POST":
            value = await self._json(request)
            await run_in_threadpool(
                DOWNLOADS.cancel if value.get("cancel") is True else DOWNLOADS.start, name
            )
        return Reply(
            asdict(await run_in_threadpool(DOWNLOADS.view, name)),
            headers={"Cache-Control": "no-store"},
        )

    async def start(self, request: Request) -> Response:
        value = await self._json(request)
        run = await run_in_threadpool(self._start, value)
        return Reply(begun(run))

    def _start(self, value: Mapping[str, Any]) -> Run:
        experiment = Experiment.from_dict(value.get("experiment"))
        device = value.get("device", "cpu")
        if not isinstance(device, str):
            raise ExperimentError.at(
                "device", "wrong_type", expected="a text", given=type(device).__name__
            )
        paused = value.get("paused") is True
        replaces = value.get("replaces")
        begin = carried_weights(self._engine, replaces, experiment)
        return begin_run(
            self._engine, experiment, device, replaces=replaces, paused=paused, begin=begin
        )

    async def steer(self, request: Request) -> Response:
        value = await self._json(request)
        run = self._engine.controlled(request.path_params["run"], value.get("control"))
        verbs: dict[str, Callable[[], None]] = {
            "pause": run.pause,
            "resume": run.resume,
            "step": run.step_once,
            "stop": run.stop,
            "set": lambda: run.set(value.get("name"), value.get("value")),  # type: ignore[arg-type]
        }
        verb = verbs.get(request.path_params["verb"])
        if verb is None:
            return Response(status_code=404)
        if request.path_params["verb"] in ("resume", "step"):
            self._engine.let_step(run)
        verb()
        return Reply({"state": run.state})

    async def ask(self, request: Request) -> Response:
        value = await self._json(request)
        run = self._engine.get(request.path_params["run"])
        question = question_of(value)
        future = run.ask_soon(lambda trainer: (question(trainer), trainer.step))
        try:
            found, step = await asyncio.wait_for(asyncio.wrap_future(future), ASK_TIMEOUT_S)
        except TimeoutError:
            raise ExperimentError.at("", "too_busy") from None
        except ExperimentError:
            raise
        except Exception as error:
            detail = f"the network could not answer: {(str(error).splitlines() or [type(error).__name__])[0][:200]}"
            raise ExperimentError.at("", "bad_question", detail=detail) from None
        answer = await run_in_threadpool(question.tell, found, run.experiment)
        return Reply({**answer, "run": run.id, "step": step})

    async def stream(self, request: Request) -> Response:
        run = self._engine.get(request.query_params.get("run", ""))
        if sum(each.watchers for each in self._engine.runs()) >= self._settings.max_watchers:
            raise ExperimentError.at("", "busy", limit=self._settings.max_watchers)
        cursor = request.headers.get("last-event-id") or request.query_params.get("cursor", "")
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            events(run, cursor, self._settings.stream_hz),
            media_type="text/event-stream",
            headers=headers,
        )

    async def poll(self, request: Request) -> Response:
        run = self._engine.get(request.query_params.get("run", ""))
        run.watch(0)
        payload, cursor = run_answer(run, request.query_params.get("cursor", ""))
        return Reply({**payload, "cursor": cursor}, headers={"Cache-Control": "no-store"})

    async def _json(self, request: Request) -> Mapping[str, Any]:
        return await read_json(request, self._settings)


def _query(search: str) -> dict[str, list[str]]:
    """What stands behind the question mark of an address; nothing where it is no query of ours."""
    try:
        return parse_qs(search.lstrip("?"), max_num_fields=50)
    except ValueError:
        return {}


def _can_travel(draft: Any) -> bool:
    """Whether a draft with faults can go back to its page: an object, and every number in it finite."""
    try:
        return isinstance(draft, dict) and bool(json.dumps(draft, allow_nan=False))
    except (ValueError, RecursionError):
        return False


@functools.cache
def _fixed_boot() -> dict[str, Any]:
    return json.loads(json.dumps({
        "text": words.table(),
        "terms": TERM_OF,
        "catalogue": {
            **{c.kind: describe_catalogue(c) for c in (LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, DATASETS)},
            "task": describe_tasks(),
            "training_fields": describe_fields(TrainingSpec),
            "learning_fields": describe_fields(Learning),
            "augment_fields": describe_fields(Augment),
        },
        "presets": [
            {
                "id": each.id,
                "name": dict(zip(("en", "zh"), each.title, strict=True)),
                "group": dict(zip(("en", "zh"), each.group, strict=True)),
                "description": dict(zip(("en", "zh"), each.description, strict=True)),
                "experiment": each.experiment.model_dump(mode="json"),
            }
            for each in presets().values()
        ],
        "default_preset": DEFAULT,
        "charts": charts.page_specs(),
    }))  # fmt: skip


def _see(body: bytes, kind: str, max_pixels: int) -> dict[str, Any]:
    """What the network sees of a drawing ("pad": raw ink, 112 × 112 bytes), of what is drawn in a photo (a file), or
    of the photo itself ("picture 3 32": channels, side)."""
    from ..questions.drawing import as_picture, from_pad, from_photo

    match = PICTURE_KIND.fullmatch(kind)
    if match:
        pixels = as_picture(body, int(match[2]), match[1] == "3", max_pixels)
        return {"pixels": base64.b64encode(pixels.tobytes()).decode(), "empty": False}
    is_pad = kind == "pad"
    if is_pad and len(body) != PAD_SIDE**2:
        raise ExperimentError.at(
            "", "bad_question", detail=f"a drawing must have {PAD_SIDE} × {PAD_SIDE} bytes"
        )
    pad = np.frombuffer(body, np.uint8).reshape(PAD_SIDE, PAD_SIDE) if is_pad else None
    seen = from_photo(body, max_pixels) if pad is None else from_pad(pad)
    return {"pixels": base64.b64encode(seen.pixels.tobytes()).decode(), "empty": seen.empty}


def _upload(body: bytes, kind: str, called: str) -> dict[str, Any]:
    """Keeps a data file. What cannot be read at all is not kept."""
    uploads.STORE.check(body, kind)
    facts = uploads.facts(body, kind)
    file = uploads.put(body, kind, called)
    key = upload_names.owner_key(file)
    return {"id": file, "name": uploads.name_of(file), "key": key, "facts": facts}


def _plotly_js() -> Path:
    """Plotly's script as its Python package brings it, found without importing the package."""
    spec = importlib.util.find_spec("plotly")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"
