"""The door before our own routes and before Gradio's: who gets in, and with what."""

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from playground.engine.engine import Engine
from playground.faults import MESSAGES
from playground.settings import Settings
from playground.ui.door.addresses import (
    GRADIO,
    NOTHING,
    READING,
    LimitedRoute,
    open_addresses,
)
from playground.ui.door.door import FILE_COUNTS, LONGEST_RUSH_S, Door
from playground.ui.door.headers import COMMON, NO_PAGE
from playground.ui.handlers.requests import STATUS
from playground.ui.routes import routes
from playground.ui.shares.budget import COUNTED_S, MOST_A_SECOND, Budget
from playground.ui.shares.loop_rest import LoopRest

CROSS = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
OURS = routes(Engine(Settings()))
POSTS = [route.path for route in OURS if "POST" in route.methods]


async def allowing(request: Request) -> Response:
    """What Gradio does for pages of other origins."""
    origin = request.headers.get("origin")
    headers = {"access-control-allow-credentials": "true"}
    if origin:
        headers["access-control-allow-origin"] = origin
    return JSONResponse({"origin": origin, "query": dict(request.query_params)}, headers=headers)


async def page(request: Request) -> Response:
    return HTMLResponse("<html></html>", headers={"content-security-policy": "its own"})


async def talk(websocket: object) -> None:
    raise AssertionError("no web socket comes so far")


def behind_door(settings: Settings, **options: object) -> TestClient:
    gradio = [
        Route("/", page),
        Route("/config", allowing),
        Route("/gradio_api/queue/join", allowing, methods=["POST"]),
        Route("/gradio_api/upload", allowing, methods=["POST"]),
        Route("/gradio_api/file={path:path}", allowing),
        WebSocketRoute("/", talk),
    ]
    ours = routes(Engine(settings))
    app = Door(Starlette(routes=[*ours, *gradio]), open_addresses(ours), settings)
    return TestClient(app, raise_server_exceptions=False, **options)  # type: ignore[arg-type]


@pytest.fixture
def client() -> Iterator[TestClient]:
    with behind_door(Settings()) as client:
        yield client


def refusal(answer: Response) -> tuple[int, str]:
    """Status and code; the sentence is there in both languages."""
    error = answer.json()["error"]  # type: ignore[attr-defined]
    assert set(error["message"]) == {"en", "zh"} and all(error["message"].values())
    return answer.status_code, error["code"]


@pytest.mark.parametrize("path", POSTS)
def test_a_page_of_another_site_changes_nothing(client: TestClient, path: str) -> None:
    assert refusal(client.post(path, content=b"{}", headers=CROSS)) == (403, "foreign_origin")
    # Another port of this machine is another page, too; an old browser only names its origin.
    same_site = {"sec-fetch-site": "same-site"}
    assert client.post(path, content=b"{}", headers=same_site).status_code == 403
    old = {"origin": "http://another.example"}
    assert client.post(path, content=b"{}", headers=old).status_code == 403


def test_our_page_and_a_program_get_in(client: TestClient) -> None:
    ours = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
    assert client.post("/playground/open", content=b"{}", headers=ours).status_code == 200
    assert client.post("/playground/open", content=b"{}").status_code == 200
    old = {"origin": "http://testserver"}
    assert client.post("/playground/open", content=b"{}", headers=old).status_code == 200


@pytest.mark.parametrize("path", ["/config", "/playground/boot"])
def test_no_answer_allows_anything_to_a_page_of_another_site(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=CROSS)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]
    asked = {**CROSS, "access-control-request-method": "POST"}
    refused = client.options(path, headers=asked)
    assert refused.status_code == 404
    assert not [name for name in refused.headers if name.startswith("access-control")]


def test_our_answers_do_not_pass_what_stands_behind_and_files_of_the_page_do() -> None:
    passed: list[str] = []

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope["path"])
        await Response("behind")(scope, receive, send)

    client = TestClient(Door(behind, open_addresses(OURS), Settings()))
    assert client.get("/playground/boot").json().keys() >= {"settings"}
    assert client.post("/playground/runs/none/pause", content=b"{}").status_code == 404
    assert passed == []
    files = ["/playground/static/1/start.js", "/playground/data/mnist.csv"]
    assert [client.get(path).text for path in files] == ["behind", "behind"]
    assert passed == files


def test_a_handler_that_fails_is_answered_with_500() -> None:
    async def fail(request: Request) -> Response:
        raise ZeroDivisionError

    ours = [LimitedRoute("/playground/fail", fail, ["GET"], NOTHING)]
    app = Door(Starlette(), open_addresses(ours), Settings())
    answer = TestClient(app, raise_server_exceptions=False).get("/playground/fail")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_stands_behind_the_door_sees_no_origin(client: TestClient) -> None:
    answer = client.get("/config?a=1", headers=CROSS).json()
    assert answer == {"origin": None, "query": {"a": "1"}}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/nowhere"),
        ("POST", "/"),
        ("DELETE", "/playground/runs"),
        ("GET", "/playground/check"),
    ],
)
def test_what_the_page_does_not_need_is_closed(client: TestClient, method: str, path: str) -> None:
    assert refusal(client.request(method, path)) == (404, "no_such_address")


def test_no_web_socket_is_opened(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass


def test_below_a_path_of_a_proxy_the_same_addresses_are_open() -> None:
    with behind_door(Settings(), root_path="/lab/play") as client:
        assert client.get("/lab/play/config").status_code == 200
        assert client.get("/lab/play/gradio_api/upload").status_code == 404
        assert client.get("/config").status_code == 200  # the proxy has taken its path away


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.path)
def test_every_route_that_takes_data_says_how_much(route: object) -> None:
    assert (route.limit.size > 0) == ("POST" in route.methods)  # type: ignore[attr-defined]
    assert route.limit.code in MESSAGES and STATUS[route.limit.code] == 413  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", POSTS)
def test_a_longer_body_is_refused_before_it_is_read(client: TestClient, path: str) -> None:
    limit = next(route.limit for route in OURS if route.path == path)
    headers = {"content-length": str(limit.size + 1)}
    answer = client.post(path, content=b"", headers=headers)
    assert refusal(answer) == (413, limit.code)
    assert answer.headers["connection"] == "close"


def test_a_body_without_a_length_is_refused_where_it_passes_the_limit(client: TestClient) -> None:
    parts = (bytes(1000) for _ in range(1000))
    assert refusal(client.post("/playground/check", content=parts)) == (413, "too_many_bytes")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"content-encoding": "gzip"}, 415, "body_packed"),
        ({"content-length": "-5"}, 400, "bad_length"),
    ],
)
def test_a_body_that_is_not_what_it_seems_is_refused(
    client: TestClient, headers: dict[str, str], status: int, code: str
) -> None:
    answer = client.post("/playground/check", content=b"{}", headers=headers)
    assert refusal(answer) == (status, code)


def test_a_request_that_only_reads_brings_no_body(client: TestClient) -> None:
    answer = client.request("GET", "/playground/boot", content=b"{}")
    assert refusal(answer) == (413, "no_body_here")


def test_too_much_at_a_time_may_come_again_later() -> None:
    with behind_door(Settings(max_receiving_bytes=100)) as client:
        answer = client.post("/playground/upload?kind=csv", content=bytes(101))
        assert refusal(answer) == (429, "too_many_bodies")
        assert int(answer.headers["retry-after"]) > 0


def test_a_body_reaches_its_handler_as_it_was(client: TestClient) -> None:
    value = {"search": "?x=1", "draft": None}
    assert client.post("/playground/open", json=value).json()["notice"]["code"] == "broken_link"


@pytest.mark.parametrize("path", ["/", "/config", "/nowhere", "/playground/boot"])
def test_every_answer_says_what_a_browser_has_to_keep_to(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in COMMON} == COMMON
    policy = "its own" if path == "/" else NO_PAGE
    assert headers["content-security-policy"] == policy


def test_of_gradios_own_addresses_only_a_few_are_open_and_only_to_read(
    gradio_paths: Callable[[], list[tuple[str, str]]],
) -> None:
    addresses = open_addresses(OURS)
    is_open = {
        (method, path)
        for method, path in gradio_paths()
        if any(method in one.methods and one.pattern.match(path) for one in addresses)
    }
    assert is_open and all(method in READING for method, _ in is_open)
    ours = set(GRADIO)
    assert {path for _, path in is_open} == ours


@pytest.fixture
def gradio_paths() -> Callable[[], list[tuple[str, str]]]:
    """Every method and path pattern of an app that Gradio makes of our page."""

    def paths() -> list[tuple[str, str]]:
        from gradio.routes import App

        from playground.ui.app import build_app

        app = App.create_app(build_app(Settings()))
        # FastAPI keeps what stands below a prefix in a router of its own.
        below = [getattr(part, "original_router", None) for part in app.routes]
        parts = [*app.routes, *(route for router in below if router for route in router.routes)]
        all_routes = [route for route in parts if isinstance(route, Route)]
        return [(method, route.path) for route in all_routes for method in route.methods]

    return paths


@pytest.mark.parametrize(
    ("is_overloaded", "path", "counts"),
    [
        (True, "/hello", 1.0),
        (True, "/playground/static/x/a.js", FILE_COUNTS),
        (False, "/hello", 0.0),
    ],
)
def test_who_asks_fast_waits_where_the_loop_cannot_keep_up(
    monkeypatch: pytest.MonkeyPatch, is_overloaded: bool, path: str, counts: float
) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("playground.ui.door.door.asyncio.sleep", wait)
    rest = LoopRest(lambda: True)
    monkeypatch.setattr(rest, "is_needed", lambda: is_overloaded)
    ours = [LimitedRoute(path, page, ["GET"], NOTHING)]
    budget = Budget(clock=lambda: 100.0)
    app = Door(Starlette(routes=ours), open_addresses(ours), Settings(), budget, rest)
    with TestClient(app) as client:
        for _ in range(250):
            assert client.get(path).status_code == 200
    early = [number * counts / MOST_A_SECOND - COUNTED_S for number in range(1, 251)]
    expected = [min(seconds, LONGEST_RUSH_S) for seconds in early if seconds > 1e-9]
    assert [seconds for seconds in waited if seconds > 1e-9] == pytest.approx(expected)
