"""How the server is: for a host's monitor. No names, ids or addresses."""

import platform
from collections import Counter
from importlib.metadata import version
from threading import Event
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ... import __version__
from ...engine.counters import COUNTERS
from ...engine.engine import Engine
from ...engine.process_facts import memory_bytes, n_open_files, uptime_s
from .requests import NOT_KEPT, Reply

SICK = 503
PACKAGES = ("gradio", "torch")
# Set when all is loaded that the first visitor would otherwise wait for.
READY = Event()


class Health:
    """The handler, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
        packages = {name: version(name) for name in PACKAGES}
        self._versions = {
            "playground": __version__,
            "python": platform.python_version(),
            **packages,
        }

    async def health(self, request: Request) -> Response:
        """`live`: every thread lives that must; 503 where one does not. `ready`: the server has warmed up."""
        answer = self._answer()
        status = 200 if answer["live"] else SICK
        return Reply(answer, status, NOT_KEPT)

    def _answer(self) -> dict[str, Any]:
        runs = self._engine.runs()
        threads = self._engine.threads()
        settings = self._engine.settings
        states = Counter(run.state for run in runs)
        return {
            "live": all(threads.values()),
            "ready": READY.is_set(),
            "threads": threads,
            "runs": dict(states),
            "places": {"taken": self._engine.n_places_taken(), "all": settings.max_live_runs},
            "waiting": states["waiting"],
            "watchers": sum(run.watchers for run in runs),
            "memory_bytes": memory_bytes(),
            "open_files": n_open_files(),
            "uptime_s": round(uptime_s()),
            "versions": self._versions,
            "counts": COUNTERS.view(),
        }
