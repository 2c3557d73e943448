"""The same question has the same answer: it is worked out once, unless something may have changed."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from playground.engine.engine import Engine
from playground.ui.answers.asked import ASKED
from playground.ui.routes import routes
from playground.ui.shares.work import Shares
from tests.conftest import points
from tests.ui.at_once import at_once

XOR = points().model_dump(mode="json")


@pytest.fixture
def page(engine: Engine) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(engine))) as client:
        yield client


class Counted:
    """A task that counts how often it is done."""

    def __init__(self, task: Callable[..., dict[str, Any]]):
        self.times = 0
        self._task = task

    def __call__(self, *told: Any) -> dict[str, Any]:
        self.times += 1
        return self._task(*told)


def counted(monkeypatch: pytest.MonkeyPatch, task: str) -> Counted:
    one = Counted(ASKED[task])
    monkeypatch.setitem(ASKED, task, one)
    return one


def test_a_class_that_opens_one_link_is_checked_once(
    page: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = counted(monkeypatch, "check")
    answers = []
    for token in ("ann", "ben", "cem"):
        sent = {"experiment": XOR}
        answers.append(page.post("/playground/check", json=sent, headers={"x-client": token}))
    assert check.times == 1
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json()["faults"] == []
    assert answers[0].headers["content-type"] == answers[2].headers["content-type"]
    page.post("/playground/check", json={"experiment": {**XOR, "name": "another"}})
    assert check.times == 2


def test_what_is_wrong_today_is_looked_at_again(
    page: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = counted(monkeypatch, "check")
    broken = {"experiment": {**XOR, "layers": [{"layer": "conv2d"}]}}
    for _ in range(2):
        assert page.post("/playground/check", json=broken).json()["faults"] != []
    assert check.times == 2


def test_what_is_about_a_persons_own_file_is_looked_at_again(
    page: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file may be gone the next time."""
    check = counted(monkeypatch, "check")
    sent = {"experiment": XOR, "about": {"file": "0a"}}
    for _ in range(2):
        assert page.post("/playground/check", json=sent).json()["faults"] == []
    assert check.times == 2


def test_a_lab_that_measures_time_measures_it_each_time(
    page: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = counted(monkeypatch, "lab")
    for _ in range(2):
        assert page.post("/playground/lab", json={"lab": "vectorised"}).status_code == 200
    assert lab.times == 2


def test_a_refusal_is_not_kept(page: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = counted(monkeypatch, "preview")
    for _ in range(2):
        assert page.post("/playground/preview", json={"data": {"dataset": "?"}}).status_code == 422
    assert preview.times == 2


def test_those_who_wait_in_the_line_with_the_same_question_are_answered_with_the_first(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_answer = threading.Event()
    plain = ASKED["preview"]

    def slow(*told: Any) -> dict[str, Any]:
        assert may_answer.wait(30)
        return plain(*told)

    preview = Counted(slow)
    monkeypatch.setitem(ASKED, "preview", preview)
    shares = Shares()
    line = shares.gates["slow"]

    def look(token: str) -> bytes:
        told = {"data": XOR["data"]}
        headers = {"x-client": token}
        return page.post("/playground/preview", json=told, headers=headers).content

    with TestClient(Starlette(routes=routes(engine, shares))) as page:
        answers = at_once(
            [partial(look, token) for token in ("ann", "ben", "cem")],
            are_there=lambda: (line.n_running, line.n_waiting) == (1, 2),
            go_on=may_answer.set,
        )
    assert preview.times == 1
    assert len(answers) == 3 and len(set(answers)) == 1
