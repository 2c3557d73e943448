"""What a host's monitor is told, and that it is nobody's name."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import playground
from playground.engine.clients import Client
from playground.engine.counters import COUNTERS
from playground.engine.engine import Engine
from playground.ui.handlers.health import READY
from playground.ui.routes import routes

from ...conftest import points

CLIENT = Client("a-token-of-a-browser", "203.0.113.77")


def health(engine: Engine) -> tuple[int, Any]:
    app = Starlette(routes=routes(engine))
    answer = TestClient(app).get("/playground/health")
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()


def test_a_server_without_runs_is_well(engine: Engine) -> None:
    status, said = health(engine)
    assert status == 200 and said["live"] is True
    assert said["runs"] == {} and said["waiting"] == 0 and said["watchers"] == 0
    assert said["places"] == {"taken": 0, "all": engine.settings.max_live_runs}
    assert said["memory_bytes"] > 10_000_000 and said["open_files"] > 2
    assert said["versions"]["playground"] == playground.__version__


def test_it_is_ready_when_it_has_warmed_up(engine: Engine) -> None:
    READY.clear()
    assert health(engine)[1]["ready"] is False
    READY.set()
    try:
        assert health(engine)[1]["ready"] is True
    finally:
        READY.clear()


def test_runs_are_counted_by_their_state_and_nobody_is_named(engine: Engine) -> None:
    run = engine.start(points(), client=CLIENT, paused=True)
    run.watch(+1)
    _, said = health(engine)
    assert (said["runs"], said["watchers"]) == ({"paused": 1}, 1)
    text = json.dumps(said)
    for secret in (run.id, run.control, CLIENT.token, CLIENT.address):
        assert secret not in text


def test_who_trains_has_a_place(engine: Engine) -> None:
    run = engine.start(points(epochs=10_000), client=CLIENT)
    assert health(engine)[1]["places"]["taken"] == 1
    run.stop()


def test_a_thread_that_died_is_no_health(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.start(points(), paused=True)
    assert health(engine)[1]["threads"] == {"sweeper": True, "cpu": True}
    monkeypatch.setattr(type(engine._sweeper.thread), "has_died", property(lambda _: True))
    status, said = health(engine)
    assert status == 503 and said["live"] is False and said["threads"]["sweeper"] is False


def test_refusals_are_counted_by_their_kind(engine: Engine) -> None:
    COUNTERS.refused("of_this_test")
    counts = health(engine)[1]["counts"]
    assert counts["refused.of_this_test"] >= 1
    assert all(re.fullmatch(r"[a-z_.]+", name) for name in counts)


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))
    assert playground.__version__ == project["project"]["version"]
