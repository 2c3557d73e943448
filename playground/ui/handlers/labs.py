"""Somebody plays: all labs as cards, one with its words and controls, and its answer to each change.

The labs are imported with the first request, so that the server listens sooner.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from ...engine.engine import Engine
from ..shares.work import work
from .asked import JSON, asked


class LabRoom:
    """The handlers, over the settings of one engine; the runs of the engine are not touched."""

    def __init__(self, engine: Engine):
        self._settings = engine.settings

    async def index(self, request: Request) -> Response:
        """All labs in the order of the course, each with its small picture."""
        from ..answers.labs import index_text

        return _unless_kept(request, await work(request, index_text))

    async def about(self, request: Request) -> Response:
        """The words, controls and neighbours of one lab."""
        from ..answers.labs import about_text

        lab = request.path_params["lab"]
        return _unless_kept(request, await work(request, about_text, lab))

    async def answer(self, request: Request) -> Response:
        """In: `lab`, its id; `state`, the fields that differ from their defaults. Out: its answer."""
        return await asked(request, "lab", self._settings)


def _unless_kept(request: Request, text: bytes) -> Response:
    """What only changes with the app itself; a browser that has kept it is told so."""
    tag = f'"{hashlib.sha256(text).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=JSON, headers=headers)
