"""The page that Gradio makes is made once for each address, and never for another one."""

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
