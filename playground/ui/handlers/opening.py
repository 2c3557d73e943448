"""A page opens: its files, what it needs once, and the experiment and run that its address names."""

import functools
import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ...catalogues.datasets import bundled_files
from ...engine.engine import Engine
from ...engine.run import Run
from ...experiment import Experiment
from ...faults import ExperimentError, Fault
from ...preset_files import DEFAULT, preset
from ..answers.boot import boot_text
from ..answers.faults import fault_text
from ..answers.run import opened_run
from ..page import FOLDER, files, stamp
from ..page.stripped import without_comments
from ..shares.sending import Sending
from ..shares.work import work
from .requests import Reply, read_json

MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}  # a system may have other ideas
FOR_A_YEAR = "public, max-age=31536000, immutable"
MOST_FIELDS = 50  # of a query

Query = Mapping[str, list[str]]


class Opening:
    """The handlers, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._settings = engine.settings
        self._files = {**files(), "plotly.min.js": _plotly_js()}

    async def static(self, request: Request) -> Response:
        """A file of the page. One of an older page gets the present file, which its browser does not keep."""
        path = self._files.get(request.path_params["name"])
        if path is None:
            return Response(status_code=404)
        is_present = request.path_params["stamp"] == stamp()
        headers = {"Cache-Control": FOR_A_YEAR if is_present else "no-cache"}
        return Sending(_contents(path), headers, media_type=MEDIA_TYPES[path.suffix])

    async def data_file(self, request: Request) -> Response:
        """A bundled file that a script reads; no other."""
        path = bundled_files().get(request.path_params["name"])
        return Response(status_code=404) if path is None else FileResponse(path, filename=path.name)

    async def boot(self, request: Request) -> Response:
        """What a page needs once. It takes no place: half a millisecond, and a crowd of pages needs it first."""
        return Response(boot_text(self._settings), media_type="application/json")

    async def open(self, request: Request) -> Response:
        """What a page shows first. In: `search`, the query of its address; `draft`, what its browser kept."""
        value = await read_json(request, self._settings)
        return Reply(await work(request, self._open, value))

    def _open(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the address says, else the draft, else the default; what cannot be opened becomes a notice."""
        query = _query(str(value.get("search", "")))
        if "lab" in query:
            query = {name: query[name] for name in query if name != "x"}  # a field of the lab
        run, notice = self._run_named(query)
        experiment, preset_id = preset(DEFAULT).experiment, DEFAULT
        try:
            if "x" in query:
                experiment, preset_id = Experiment.from_link(query["x"][0]), ""
            elif "preset" in query:
                preset_id = query["preset"][0]
                experiment = preset(preset_id).experiment
            elif run is not None:
                experiment, preset_id = run.experiment, ""
            elif value.get("draft") is not None:
                experiment, preset_id = Experiment.from_dict(value["draft"]), ""
        except ExperimentError as error:
            is_draft = "x" not in query and "preset" not in query
            if is_draft and _can_travel(value["draft"]):
                # Its page checks it at once, and shows each fault where it is.
                return _opened(value["draft"], None, None, run)
            preset_id = DEFAULT
            notice = notice or error.faults[0]
        return _opened(experiment.model_dump(mode="json"), preset_id or None, notice, run)

    def _run_named(self, query: Query) -> tuple[Run | None, Fault | None]:
        if "run" not in query:
            return None, None
        try:
            return self._engine.get(query["run"][0]), None
        except ExperimentError as error:
            return None, error.faults[0]


@functools.cache
def _contents(path: Path) -> bytes:
    """A file of the page. From the disk it would take a thread for everybody who loads the page."""
    is_ours = path.suffix == ".js" and path.is_relative_to(FOLDER)
    return without_comments(path.read_text("utf-8")).encode() if is_ours else path.read_bytes()


def _opened(
    experiment: Any, preset_id: str | None, notice: Fault | None, run: Run | None
) -> dict[str, Any]:
    return {
        "experiment": experiment,
        "preset": preset_id,
        "notice": notice and {"code": notice.code, "message": fault_text(notice)},
        "run": run and opened_run(run),
    }


def _query(search: str) -> Query:
    """What stands behind the question mark of an address; nothing where it is no query of ours."""
    try:
        return parse_qs(search.lstrip("?"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}


def _can_travel(draft: Any) -> bool:
    """Whether a draft with faults can go back to its page: an object, and every number in it finite."""
    try:
        return isinstance(draft, dict) and bool(json.dumps(draft, allow_nan=False))
    except (ValueError, RecursionError):
        return False


def _plotly_js() -> Path:
    """Plotly's script as its Python package brings it, found without importing the package."""
    spec = importlib.util.find_spec("plotly")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"
