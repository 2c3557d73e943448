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

from playground.ui.first_page import middleware
from playground.ui.kept_pages import MOST_KEPT

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


def test_a_class_that_opens_the_page_at_once_has_it_made_once() -> None:
    made.clear()
    begun, may_end = threading.Event(), threading.Event()

    async def slow(request: Request) -> Response:
        begun.set()
        assert await asyncio.to_thread(may_end.wait, 30)
        return await page(request)

    texts: list[str] = []
    app = Starlette(routes=[Route("/", slow)], middleware=middleware())
    with TestClient(app) as client:
        pages = [threading.Thread(target=lambda: texts.append(client.get("/").text)) for _ in "abc"]
        for thread in pages:
            thread.start()
        assert begun.wait(30)
        may_end.set()
        for thread in pages:
            thread.join(30)
    assert made["page"] == 1
    assert len(texts) == 3 and all("testserver" in text for text in texts)


def test_where_making_it_failed_the_next_one_who_waits_makes_it() -> None:
    made.clear()
    begun, may_end = threading.Event(), threading.Event()

    async def fails_once(request: Request) -> Response:
        begun.set()
        assert await asyncio.to_thread(may_end.wait, 30)
        if made["page"] == 0:
            made["page"] += 1
            return JSONResponse({}, 500)
        return await page(request)

    statuses: list[int] = []
    app = Starlette(routes=[Route("/", fails_once)], middleware=middleware())
    with TestClient(app) as client:
        pages = [
            threading.Thread(target=lambda: statuses.append(client.get("/").status_code))
            for _ in "abc"
        ]
        for thread in pages:
            thread.start()
        assert begun.wait(30)
        may_end.set()
        for thread in pages:
            thread.join(30)
    assert sorted(statuses) == [200, 200, 500] and made["page"] == 2
