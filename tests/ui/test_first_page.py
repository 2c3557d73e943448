"""What stands in the page's own HTML, before any script of Gradio runs."""

import re
from collections.abc import Mapping

import pytest
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from playground.settings import Settings
from playground.ui.first_page import early_tags, middleware

PAGE = "<html><head><title>x</title></head><body>long, with ü<script>1 < 2</script></body></html>"


async def html(request: Request) -> Response:
    return HTMLResponse(PAGE)


async def packed(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"content-encoding": "identity"})


async def data(request: Request) -> Response:
    return JSONResponse({"html": PAGE})


ROUTES = [Route("/", html), Route("/packed", packed), Route("/data", data)]
CLIENT = TestClient(Starlette(routes=ROUTES, middleware=middleware()))


def test_a_page_has_the_script_and_the_sentence_at_the_end_of_its_head() -> None:
    answer = CLIENT.get("/")
    unmarked = answer.text.replace(f' nonce="{nonce_of(answer.headers)}"', "")
    assert unmarked == PAGE.replace("</head>", early_tags() + "</head>")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "needs JavaScript" in answer.text and "需要 JavaScript" in answer.text


def nonce_of(headers: Mapping[str, str]) -> str:
    (nonce,) = re.findall(r"'nonce-([\w-]+)'", headers["content-security-policy"])
    return str(nonce)


def test_the_browser_runs_the_scripts_of_the_page_and_no_others() -> None:
    first, second = CLIENT.get("/"), CLIENT.get("/")
    assert first.text.count(f'<script nonce="{nonce_of(first.headers)}"') == 2
    assert "<script>" not in first.text
    assert nonce_of(first.headers) != nonce_of(second.headers)
    rules = first.headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in rules and "frame-ancestors *" in rules
    (scripts,) = (rule for rule in rules if rule.startswith("script-src"))
    assert "unsafe-inline" not in scripts and "http" not in scripts


def test_the_manifest_is_looked_for_below_the_pages_own_address() -> None:
    async def with_manifest(request: Request) -> Response:
        return HTMLResponse('<head><link rel="manifest" href="/manifest.json" /></head>')

    app = Starlette(routes=[Route("/", with_manifest)], middleware=middleware())
    assert 'href="manifest.json"' in TestClient(app).get("/").text


def test_a_host_says_who_may_frame_the_page() -> None:
    app = Starlette(routes=ROUTES, middleware=middleware("'self' https://school.example"))
    policy = TestClient(app).get("/").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://school.example")


@pytest.mark.parametrize("sites", ["*; script-src *", "a, b", "a\nb", "", "ü"])
def test_nothing_else_can_be_said_with_the_sites_that_may_frame_it(sites: str) -> None:
    with pytest.raises(ValidationError):
        Settings(frame_ancestors=sites)


def test_all_other_answers_stay_as_they_are() -> None:
    assert CLIENT.get("/data").json() == {"html": PAGE}
    assert CLIENT.get("/packed").text == PAGE
    assert CLIENT.get("/nowhere").status_code == 404
