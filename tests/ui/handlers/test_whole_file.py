"""A whole file over our own address: a line of JSON with the report, then the answers as CSV; watchers may ask, too."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from playground.engine.clients import Client
from playground.engine.engine import Engine
from playground.faults import ExperimentError
from playground.ui.handlers import whole_file
from playground.ui.handlers.whole_file import Progress, Watch

from ...conftest import points
from ..test_routes import Page

ROWS = b"x,y,class\n0.5,0.5,A\n-0.5,0.5,B\n0.2,nothing,B\n"


@pytest.fixture
def page(engine: Engine) -> Iterator[Page]:
    with (made := Page(engine)).client:
        yield made


@pytest.fixture
def run(page: Page) -> str:
    return page.start(points().model_dump(mode="json"), paused=True)["run"]


def answered(page: Page, run: str, body: bytes, query: str = "") -> tuple[Any, list[str]]:
    response = page.client.post(f"/playground/runs/{run}/file{query}", content=body)
    assert response.status_code == 200
    facts, _, table = response.content.partition(b"\n")
    return json.loads(facts), table.decode().splitlines()


def refused(page: Page, run: str, body: bytes) -> tuple[int, str]:
    status, answer = page.post(f"runs/{run}/file", body)
    return status, answer["error"]["code"]


def test_a_watcher_gets_the_report_and_the_answers_of_this_moment(page: Page, run: str) -> None:
    facts, lines = answered(page, run, ROWS, "?name=mine.csv&job=1-2")
    assert (facts["run"], facts["step"], facts["n"], facts["left_out"]) == (run, 0, 3, 0)
    assert facts["report"]["n"] == 3 and len(facts["report"]["classes"]["confusion"]) == 2
    assert lines[0] == "x,y,class,answer,p(A),p(B)" and lines[1].startswith("0.5,0.5,A,")


def test_a_file_without_the_class_has_answers_and_no_report(page: Page, run: str) -> None:
    facts, lines = answered(page, run, b"y;x\n0,5;0,25\n-0,5;1,5\n")
    assert facts["report"] is None and len(lines) == 3


def test_what_cannot_be_answered_is_said_in_a_sentence(page: Page, run: str) -> None:
    assert refused(page, run, b"") == (422, "upload_empty")
    assert refused(page, run, b"a,b\n1,2\n3,4\n") == (422, "asked_no_column")
    assert refused(page, run, b"%PDF-1.7 \x00\x01") == (422, "data_stranger")
    assert refused(page, "nobody", ROWS) == (404, "no_such_run")


def test_more_rows_than_are_answered_here_are_refused(
    page: Page, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_file, "MOST_SAMPLES", 2)
    assert refused(page, run, ROWS) == (422, "asked_too_many")


def test_progress_is_kept_for_the_client_that_asked_and_forgotten_at_the_end(
    page: Page, run: str
) -> None:
    progress = Progress()
    one, other = Client("a" * 16, "1.2.3.4"), Client("b" * 16, "1.2.3.4")
    progress.tell(one, "job", 5, 10)
    assert progress.of(one, "job") == {"done": 5, "of": 10}
    assert progress.of(other, "job") == {"done": 0, "of": 0}
    progress.forget(one, "job")
    assert progress.of(one, "job") == {"done": 0, "of": 0}
    answered(page, run, ROWS, "?job=7")
    assert page.get("answering/7") == (200, {"done": 0, "of": 0})


def test_an_answer_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(whole_file.time, "monotonic", lambda: now)
    watch = Watch(Progress(), Client("a" * 16, "1.2.3.4"), "job", began=0.0)
    watch(1, 10)
    now = whole_file.MOST_S + 1
    watch(10, 10)  # it is done
    with pytest.raises(ExperimentError, match="would take more than 60 seconds"):
        watch(9, 10)


def test_the_example_beside_the_network_is_shared_as_the_network_is(page: Page) -> None:
    run = page.start(points().model_dump(mode="json"), paused=True)
    address = f"/playground/runs/{run['run']}/example"
    assert page.client.get(address).status_code == 403
    response = page.client.get(address, headers={"x-control": run["control"]})
    assert response.status_code == 200 and "onnxruntime.InferenceSession" in response.text
    compile(response.text, "example.py", "exec")
