"""Our own addresses beside Gradio's: short handlers over the engine. Everything that arrives is checked."""

import asyncio
import base64
import functools
import importlib.util
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import torch
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ..builder import build_model
from ..cost import admit
from ..datasets import DATASETS, bundled_files, uploads
from ..datasets.augment import Augment
from ..datasets.downloads import DOWNLOADS, SOURCES
from ..devices import devices
from ..engine import Engine, Run
from ..experiment import Experiment, TrainingSpec, parse_json
from ..faults import ExperimentError, Fault
from ..initializers import INITIALIZERS
from ..layers import LAYERS
from ..learning import Learning
from ..losses import LOSSES
from ..notebook import notebook_text
from ..onnx_export import Taken, onnx_bytes
from ..optimizers import OPTIMIZERS
from ..presets import DEFAULT, preset, presets
from ..randomness import RandomState
from ..range_test import lr_range_test
from ..schedules import SCHEDULES
from ..weights import SHOWN, StartingWeights, compare, put_into, read_weights, unwrapped, weight_bytes
from . import charts, text
from .answers import (
    answer_of,
    check_answer,
    error_answer,
    fault_text,
    preview_answer,
    question_of,
    run_answer,
    short_numbers,
)
from .components import scripts, styles
from .fields import describe_catalogue, describe_fields
from .stream import events

PREFIX = "/playground"
CONTROL_BYTES = 256 * 1024
ASK_TIMEOUT_S = 20.0
RANGE_S = 10.0  # longest learning-rate range test
PAD_SIDE = 112
PICTURE_KIND = re.compile(r"picture ([13]) (28|32|64)")
STATUS = {"no_such_run": 404, "not_yours": 403, "busy": 429, "too_many_bytes": 413, "upload_too_large": 413}
Handler = Callable[[Request], Awaitable[Response]]


def routes(engine: Engine) -> list[Route]:
    """The routes for `launch(app_kwargs={"routes": …})`."""
    page = Page(engine)
    post, get = ["POST"], ["GET"]
    table: list[tuple[str, Handler, list[str]]] = [
        ("/static/{name}", page.static, get),
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
        ("/notebook", page.notebook, post),
        ("/runs/{run}/onnx", page.onnx, get),
        ("/runs/{run}/weights", page.weights, get),
        ("/weights", page.put_weights, post),
        ("/range", page.range_test, post),
        ("/runs/{run}/ask", page.ask, post),
        ("/runs/{run}/{verb}", page.steer, post),
        ("/stream", page.stream, get),
        ("/poll", page.poll, get),
    ]
    return [Route(PREFIX + path, _answering(handler), methods=methods) for path, handler, methods in table]


def _answering(handler: Handler) -> Handler:
    @functools.wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except ExperimentError as error:
            status = STATUS.get(error.faults[0].code, 422)
            return Reply(error_answer(error), status)

    return answer


class Reply(JSONResponse):
    """JSON in ASCII: what people send may hold half a character, which UTF-8 cannot carry back."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


class Page:
    """The handlers, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._settings = engine.settings
        self._ranging = asyncio.Lock()
        uploads.STORE.max_bytes = self._settings.max_data_bytes
        uploads.STORE.max_total_bytes = self._settings.max_stored_bytes
        self._files = {path.name: path for path in [*scripts(), *styles(), _plotly_js()]}

    async def static(self, request: Request) -> Response:
        path = self._files.get(request.path_params["name"])
        if path is None:
            return Response(status_code=404)
        kept = "public, max-age=31536000, immutable" if request.query_params.get("v") else "no-cache"
        return FileResponse(path, headers={"Cache-Control": kept})

    async def data_file(self, request: Request) -> Response:
        """A bundled file that a script reads; no other."""
        path = bundled_files().get(request.path_params["name"])
        return Response(status_code=404) if path is None else FileResponse(path, filename=path.name)

    async def boot(self, request: Request) -> Response:
        return Reply(await run_in_threadpool(self._boot))

    def _boot(self) -> dict[str, Any]:
        return {
            **_fixed_boot(),
            "devices": [{"id": d.id, "name": d.name, "free_bytes": d.free_bytes, "bf16": d.bf16} for d in devices()],
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
                    return {"experiment": draft, "preset": None, "notice": None, "run": run and self._view(run)}
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
        kept = {key: value for key, value in view.items() if key not in ("steps", "layers", "epochs", "events")}
        return {**kept, "id": run.id, "experiment": run.experiment.model_dump(mode="json")}

    async def check(self, request: Request) -> Response:
        value = await self._json(request)
        return Reply(await run_in_threadpool(check_answer, value.get("experiment"), self._settings))

    async def notebook(self, request: Request) -> Response:
        value = await self._json(request)
        text = await run_in_threadpool(notebook_text, Experiment.from_dict(value.get("experiment")))
        return Response(text, media_type="application/x-ipynb+json")

    async def onnx(self, request: Request) -> Response:
        """The network as it is now, as an ONNX file that was checked against it where onnxruntime is installed."""
        run = self._engine.get(request.path_params["run"])
        finished = await asyncio.wait_for(asyncio.wrap_future(run.ask_soon(Taken())), ASK_TIMEOUT_S)
        data, _ = await run_in_threadpool(onnx_bytes, finished)
        return Response(data, media_type="application/octet-stream")

    async def weights(self, request: Request) -> Response:
        """The weights of this moment: safetensors, or with ?format=pt a `state_dict` as torch saves it."""
        run = self._engine.get(request.path_params["run"])
        finished = await asyncio.wait_for(asyncio.wrap_future(run.ask_soon(Taken())), ASK_TIMEOUT_S)
        as_pt = request.query_params.get("format") == "pt"
        data = await run_in_threadpool(weight_bytes, finished.model, as_pt)
        return Response(data, media_type="application/octet-stream")

    async def range_test(self, request: Request) -> Response:
        """The learning-rate range test of an experiment; one at a time, since each takes a core."""
        value = await self._json(request)
        experiment = Experiment.from_dict(value.get("experiment"))
        if self._ranging.locked():
            raise ExperimentError.at("", "busy", limit=1)
        async with self._ranging:
            found = await run_in_threadpool(lr_range_test, experiment, settings=self._settings, limit_s=RANGE_S)
        return Reply({"lr": short_numbers(found.lr), "loss": short_numbers(found.loss), "suggestion": found.suggestion})

    async def put_weights(self, request: Request) -> Response:
        """A file of weights for the experiment in ?x=…: what fits and what differs; a paused run from it where all of
        it fits, or where ?fits=1 says that a part will do."""
        body = await self._body(request, self._settings.max_data_bytes, "upload_too_large")
        return Reply(await run_in_threadpool(self._put_weights, body, request.query_params, request.headers))

    def _put_weights(self, body: bytes, query: Mapping[str, str], headers: Mapping[str, str]) -> dict[str, Any]:
        experiment = Experiment.from_link(query.get("x", ""))
        admit(experiment, self._settings)
        given = read_weights(body, self._settings.max_data_bytes)
        with RandomState(0, torch.device("cpu")).building():
            model = build_model(experiment, self._settings)
        report = compare(unwrapped(given, model), model)
        answer: dict[str, Any] = {
            "loaded": len(report.loaded), "missing": report.missing[:SHOWN], "unexpected": report.unexpected[:SHOWN],
            "different": report.different[:SHOWN], "of": len(model.state_dict()), "fits": report.fits,
        }  # fmt: skip
        if not (report.fits or (query.get("fits") == "1" and report.loaded)):
            return answer
        begin = StartingWeights(given, what_fits=True)
        put_into(model, given, what_fits=True)  # says now what is wrong with the numbers, not when the run begins
        replaced = self._replaced(headers.get("x-control"))
        device = headers.get("x-device", "cpu")
        owner = replaced.owner if replaced else ""
        run = self._engine.start(experiment, device, owner=owner, paused=True, begin=begin)
        if not replaced:
            run.owner = run.control
        run.watch(0)
        return answer | {"run": run.id, "control": run.control, "state": run.state}

    async def preview(self, request: Request) -> Response:
        value = await self._json(request)
        experiment = Experiment.from_dict({"data": value.get("data")})
        return Reply(await run_in_threadpool(preview_answer, experiment))

    async def see(self, request: Request) -> Response:
        body = await self._body(request, self._settings.max_upload_bytes, "upload_too_large")
        kind = request.headers.get("x-kind", "photo")
        return Reply(await run_in_threadpool(_see, body, kind, self._settings.max_pixels))

    async def upload(self, request: Request) -> Response:
        """A data file: the body is its bytes, `?kind=` what it is. Answers its id and what is in it."""
        body = await self._body(request, self._settings.max_data_bytes, "upload_too_large")
        return Reply(await run_in_threadpool(_upload, body, request.query_params.get("kind", "")))

    async def download(self, request: Request) -> Response:
        """POST begins the download of a public data set, or stops it (`{"cancel": true}`); GET says how far it is."""
        name = request.path_params["dataset"]
        if name not in SOURCES:
            return Response(status_code=404)
        if request.method == "POST":
            value = await self._json(request)
            await run_in_threadpool(DOWNLOADS.cancel if value.get("cancel") is True else DOWNLOADS.start, name)
        return Reply(asdict(await run_in_threadpool(DOWNLOADS.view, name)), headers={"Cache-Control": "no-store"})

    async def start(self, request: Request) -> Response:
        value = await self._json(request)
        run = await run_in_threadpool(self._start, value)
        return Reply({"run": run.id, "control": run.control, "state": run.state})

    def _start(self, value: Mapping[str, Any]) -> Run:
        experiment = Experiment.from_dict(value.get("experiment"))
        device = value.get("device", "cpu")
        if not isinstance(device, str):
            raise ExperimentError.at("device", "wrong_type", expected="a text", given=type(device).__name__)
        replaced = self._replaced(value.get("replaces"))
        run = self._engine.start(
            experiment, device, owner=replaced.owner if replaced else "", paused=value.get("paused") is True
        )
        if not replaced:
            run.owner = run.control
        run.watch(0)
        return run

    def _replaced(self, control: Any) -> Run | None:
        """The run whose controller starts anew; it is stopped, since a page trains one network at a time."""
        if not isinstance(control, str):
            return None
        return next((run for run in self._engine.runs() if run.control == control), None)

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
        verb()
        return Reply({"state": run.state})

    async def ask(self, request: Request) -> Response:
        value = await self._json(request)
        run = self._engine.get(request.path_params["run"])
        question = question_of(value)
        future = run.ask_soon(question)
        try:
            found = await asyncio.wait_for(asyncio.wrap_future(future), ASK_TIMEOUT_S)
        except TimeoutError:
            raise ExperimentError.at("", "bad_question", detail="the network is too busy to answer now") from None
        except ExperimentError:
            raise
        except Exception as error:
            detail = f"the network could not answer: {(str(error).splitlines() or [type(error).__name__])[0][:200]}"
            raise ExperimentError.at("", "bad_question", detail=detail) from None
        answer = await run_in_threadpool(answer_of, str(value["question"]), found, run)
        return Reply({**answer, "run": run.id, "step": run.view().step})

    async def stream(self, request: Request) -> Response:
        run = self._engine.get(request.query_params.get("run", ""))
        if sum(each.watchers for each in self._engine.runs()) >= self._settings.max_watchers:
            raise ExperimentError.at("", "busy", limit=self._settings.max_watchers)
        cursor = request.headers.get("last-event-id") or request.query_params.get("cursor", "")
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            events(run, cursor, self._settings.stream_hz), media_type="text/event-stream", headers=headers
        )

    async def poll(self, request: Request) -> Response:
        run = self._engine.get(request.query_params.get("run", ""))
        run.watch(0)
        payload, cursor = run_answer(run, request.query_params.get("cursor", ""))
        return Reply({**payload, "cursor": cursor}, headers={"Cache-Control": "no-store"})

    async def _json(self, request: Request) -> Mapping[str, Any]:
        body = await self._body(request, min(CONTROL_BYTES, 2 * self._settings.max_json_bytes), "too_many_bytes")
        value = parse_json(body)
        if not isinstance(value, dict):
            raise ExperimentError.at("", "wrong_type", expected="an object", given=type(value).__name__)
        return value

    @staticmethod
    async def _body(request: Request, limit: int, code: str) -> bytes:
        """The request's body, refused as soon as it grows past the limit."""
        chunks, size = [], 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise ExperimentError.at("", code, given=f"more than {limit}", limit=limit)
            chunks.append(chunk)
        return b"".join(chunks)


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
        "text": text.table(),
        "catalogue": {
            **{c.kind: describe_catalogue(c) for c in (LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, DATASETS)},
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
    from ..drawing import as_picture, from_pad, from_photo

    match = PICTURE_KIND.fullmatch(kind)
    if match:
        pixels = as_picture(body, int(match[2]), match[1] == "3", max_pixels)
        return {"pixels": base64.b64encode(pixels.tobytes()).decode(), "empty": False}
    is_pad = kind == "pad"
    if is_pad and len(body) != PAD_SIDE**2:
        raise ExperimentError.at("", "bad_question", detail=f"a drawing must have {PAD_SIDE} × {PAD_SIDE} bytes")
    pad = np.frombuffer(body, np.uint8).reshape(PAD_SIDE, PAD_SIDE) if is_pad else None
    seen = from_photo(body, max_pixels) if pad is None else from_pad(pad)
    return {"pixels": base64.b64encode(seen.pixels.tobytes()).decode(), "empty": seen.empty}


def _upload(body: bytes, kind: str) -> dict[str, Any]:
    """Keeps a data file. What cannot be read at all is not kept."""
    uploads.STORE.check(body, kind)
    facts = uploads.facts(body, kind)
    return {"id": uploads.put(body, kind), "facts": facts}


def _plotly_js() -> Path:
    """Plotly's script as its Python package brings it, found without importing the package."""
    spec = importlib.util.find_spec("plotly")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"
