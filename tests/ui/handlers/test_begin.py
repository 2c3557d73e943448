"""A run is asked as long as somebody waits for the answer."""

from threading import Event
from typing import Any

import pytest
from starlette.requests import Request

from playground.engine.engine import Engine
from playground.training.trainer import Trainer
from playground.ui.handlers.begin import ask
from playground.ui.shares.work import ClientGone
from tests.event_loop import finished

from ...conftest import points

PATIENCE_S = 60


async def hang_up() -> dict[str, Any]:
    return {"type": "http.disconnect"}


def test_a_run_does_not_answer_a_page_that_has_been_closed(engine: Engine) -> None:
    holds, goes_on = Event(), Event()
    asked: list[str] = []

    def hold(_trainer: Trainer) -> None:
        holds.set()
        assert goes_on.wait(PATIENCE_S)

    run = engine.start(points(), paused=True)
    held = run.ask_soon(hold)
    assert holds.wait(PATIENCE_S)
    request = Request({"type": "http"}, hang_up)
    with pytest.raises(ClientGone):
        finished(ask(request, run, lambda _trainer: asked.append("by who left")))
    assert not run.is_asked
    goes_on.set()
    held.result(PATIENCE_S)
    run.ask(lambda _trainer: asked.append("by who stays"), PATIENCE_S)
    assert asked == ["by who stays"]
