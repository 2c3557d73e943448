"""How the door gets before an app that Gradio makes, and what is prepared for its process."""

import logging
import resource
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from playground.engine.counters import QUIET_S
from playground.settings import Settings
from playground.ui.door.addresses import NOTHING, LimitedRoute
from playground.ui.door.installing import (
    MOST_FILES,
    SeldomSaid,
    door_before,
    prepare_process,
    raise_file_limit,
)


class Allowing:
    """A middleware such as Gradio's, which answers pages of other origins by itself."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/config":
            headers = {"access-control-allow-origin": "*"}
            await JSONResponse("allowed", headers=headers)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def hello(request: Request) -> Response:
    return JSONResponse("hello")


def test_the_door_stands_before_the_middleware_that_the_app_has_already() -> None:
    ours = [LimitedRoute("/playground/hello", hello, ["GET"], NOTHING)]
    closed = Route("/gradio_api/info", hello)
    app = Starlette(
        routes=[*ours, closed],
        middleware=[Middleware(Allowing)],
        lifespan=door_before(ours, Settings()),
    )
    with TestClient(app) as client:  # it starts the app, as a server does
        assert client.get("/playground/hello").json() == "hello"
        assert client.get("/gradio_api/info").status_code == 404
        answer = client.get("/config")
    assert answer.json() == "allowed" and "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("soft", "hard", "wanted"),
    [
        (1024, 4096, 4096),
        (1024, 10**6, MOST_FILES),
        (1024, resource.RLIM_INFINITY, MOST_FILES),
        (4096, 4096, None),
        (10**6, 10**6, None),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, None),
    ],
)
def test_a_process_may_open_as_many_files_as_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, wanted: int | None
) -> None:
    changes: list[Any] = []
    monkeypatch.setattr(resource, "getrlimit", lambda what: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: changes.append(limits))
    raise_file_limit()
    assert changes == ([] if wanted is None else [(wanted, hard)])


def test_only_the_setting_says_which_forwarded_addresses_are_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import uvicorn

    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    logger = logging.getLogger("uvicorn.error")
    monkeypatch.setattr(logger, "filters", [])
    prepare_process()
    assert uvicorn.Config(hello).forwarded_allow_ips == ""
    assert len(logger.filters) == 1


def record(text: str, created: float, level: int = logging.WARNING) -> logging.LogRecord:
    made = logging.LogRecord("uvicorn.error", level, "", 0, text, None, None)
    made.created = created
    return made


def test_the_same_warning_is_logged_once_a_minute_and_an_error_always() -> None:
    seldom = SeldomSaid()
    passed = [
        seldom.filter(record("bad", 0.0)),
        seldom.filter(record("bad", QUIET_S / 2)),
        seldom.filter(record("worse", QUIET_S / 2)),
        seldom.filter(record("bad", QUIET_S)),
        seldom.filter(record("error", 0.0, logging.ERROR)),
        seldom.filter(record("error", 0.0, logging.ERROR)),
    ]
    assert passed == [True, False, True, True, True, True]
