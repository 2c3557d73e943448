"""What stands in the page's own HTML, before any script of Gradio runs."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from playground.ui.first_page import early_tags, middleware

PAGE = "<html><head><title>x</title></head><body>long, with ü</body></html>"


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
    assert answer.text == PAGE.replace("</head>", early_tags() + "</head>")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "needs JavaScript" in answer.text and "需要 JavaScript" in answer.text


def test_all_other_answers_stay_as_they_are() -> None:
    assert CLIENT.get("/data").json() == {"html": PAGE}
    assert CLIENT.get("/packed").text == PAGE
    assert CLIENT.get("/nowhere").status_code == 404
