"""The page that Gradio makes is made once for each address, and never for another one."""

import asyncio
import threading
from collections import Counter

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.ui.first_page import middleware
from playground.ui.kept_pages import MOST_KEPT
from tests.event_loop import finished
from tests.ui.at_once import at_once

made: Counter[str] = Counter()


async def page(request: Request) -> Response:
    """Like Gradio's: the address stands in it."""
    made["page"] += 1
    return HTMLResponse(f"<html><head></head>{request.url.netloc} {request.url.query}</html>")


async def config(request: Request) -> Response:
    made["config"] += 1
    status = 500 if "bad" in request.headers else 200
    return JSONResponse({"root": request.url.netloc}, status)


@pytest.fixture
def client() -> TestClient:
    made.clear()
    routes = [Route("/", page), Route("/config", config), Route("/other", page)]
    return TestClient(Starlette(routes=routes, middleware=middleware()))


def test_the_same_address_gets_the_same_page_without_its_being_made_again(
    client: TestClient,
) -> None:
    first, second = client.get("/"), client.get("/?x=abc")
    assert made["page"] == 1
    assert "testserver" in first.text and second.status_code == 200
    assert first.headers["content-security-policy"] != second.headers["content-security-policy"]
    assert int(second.headers["content-length"]) == len(second.content)


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "x-forwarded-proto"])
def test_another_address_gets_its_own(client: TestClient, header: str) -> None:
    client.get("/")
    client.get("/", headers={header: "other.example"})
    assert made["page"] == 2


def test_the_configuration_is_kept_as_well_and_a_failure_is_not(client: TestClient) -> None:
    assert client.get("/config", headers={"bad": "1"}).status_code == 500
    assert client.get("/config").json() == {"root": "testserver"}
    assert client.get("/config").json() == {"root": "testserver"}
    assert made["config"] == 2


@pytest.mark.parametrize("path", ["/?page=two", "/?deep_link=x", "/other"])
def test_what_gradio_makes_of_other_queries_and_pages_is_made_each_time(
    client: TestClient, path: str
) -> None:
    client.get(path)
    client.get(path)
    assert made["page"] == 2


def test_made_up_addresses_take_no_more_memory_than_a_few_pages(client: TestClient) -> None:
    for number in range(MOST_KEPT + 5):
        client.get("/", headers={"host": f"{number}.example"})
    client.get("/", headers={"host": f"{MOST_KEPT + 4}.example"})
    assert made["page"] == MOST_KEPT + 5


class Arriving:
    """Counts the requests that have arrived before the page is asked for."""

    def __init__(self, app: ASGIApp):
        self._app = app
        self.n = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.n += 1
        await self._app(scope, receive, send)


@pytest.mark.parametrize(("fails", "statuses"), [(0, [200] * 3), (1, [200, 200, 500])])
def test_a_class_that_opens_the_page_at_once_has_it_made_once(
    fails: int, statuses: list[int]
) -> None:
    """Where that fails, the next one who waits has it made."""
    made.clear()
    may_end = threading.Event()

    async def slow(request: Request) -> Response:
        assert await asyncio.to_thread(may_end.wait, 30)
        answer = await page(request)
        return answer if made["page"] > fails else JSONResponse({}, 500)

    app = Arriving(Starlette(routes=[Route("/", slow)], middleware=middleware()))
    with TestClient(app) as client:
        answers = at_once([lambda: client.get("/")] * 3, lambda: app.n == 3, may_end.set)
    assert sorted(answer.status_code for answer in answers) == statuses
    assert made["page"] == 1 + fails


def test_nobody_waits_until_the_first_one_has_read_the_page() -> None:
    """It may be a client that reads nothing."""
    made.clear()
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "scheme": "http",
        "query_string": b"",
        "headers": [(b"host", b"playground.example")],
    }

    async def receive() -> Message:
        return {"type": "http.request"}

    async def visits() -> list[Message]:
        never, is_read = asyncio.Event(), asyncio.Event()
        read: list[Message] = []

        async def unread(message: Message) -> None:
            await never.wait()

        async def take(message: Message) -> None:
            read.append(message)
            if message["type"] == "http.response.body":
                is_read.set()

        async def slow(request: Request) -> Response:
            await asyncio.sleep(0)  # so that the second one finds it in the making
            return await page(request)

        app = Starlette(routes=[Route("/", slow)], middleware=middleware())
        visitors = [asyncio.create_task(app(dict(scope), receive, send)) for send in (unread, take)]
        async with asyncio.timeout(30):
            await is_read.wait()
        for visitor in visitors:
            visitor.cancel()
        await asyncio.gather(*visitors, return_exceptions=True)
        return read

    start, body = finished(visits())
    assert start["status"] == 200 and b"playground.example" in body["body"]
    assert made["page"] == 1
