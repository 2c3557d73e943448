"""Questions are answered in their order, and only as long as somebody waits for the answer."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from playground.engine.engine import Engine
from playground.engine.question_queue import MOST_QUESTIONS, QuestionQueue
from playground.faults import ExperimentError, Fault
from playground.settings import Settings
from playground.training.trainer import Trainer

from ..conftest import points

PATIENCE_S = 60


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    return Trainer(points(), "cpu", Settings())


def named(name: str, asked: list[str]) -> Callable[[Trainer], str]:
    def question(_trainer: Trainer) -> str:
        asked.append(name)
        return name

    return question


def test_the_first_that_is_still_wanted_is_answered(trainer: Trainer) -> None:
    queue, asked = QuestionQueue(), list[str]()
    first, second, third = [queue.ask(named(name, asked)) for name in ("a", "b", "c")]
    first.cancel()
    queue.answer_one(trainer)
    assert asked == ["b"] and second.result() == "b"
    assert not third.done() and queue
    queue.answer_one(trainer)
    assert third.result() == "c" and not queue
    queue.answer_one(trainer)
    assert asked == ["b", "c"]


def test_a_queue_in_which_nobody_waits_any_more_is_empty() -> None:
    queue = QuestionQueue()
    for question in [queue.ask(named("a", [])) for _ in range(3)]:
        assert queue
        question.cancel()
    assert not queue


def test_one_too_many_is_refused_until_another_has_left() -> None:
    queue = QuestionQueue()
    waiting = [queue.ask(named("a", [])) for _ in range(MOST_QUESTIONS)]
    with pytest.raises(ExperimentError) as refused:
        queue.ask(named("a", [])).result(0)
    assert refused.value.faults == (Fault("", "too_busy"),)
    waiting[7].cancel()
    assert not queue.ask(named("a", [])).done()


def test_all_that_wait_are_refused_but_those_who_have_left() -> None:
    queue = QuestionQueue()
    left, stays = queue.ask(named("a", [])), queue.ask(named("b", []))
    left.cancel()
    queue.refuse(Fault("", "no_such_run"))
    assert left.cancelled() and not queue
    with pytest.raises(ExperimentError) as refused:
        stays.result(0)
    assert refused.value.faults == (Fault("", "no_such_run"),)


def test_no_network_is_built_for_somebody_who_has_left(engine: Engine) -> None:
    holds, goes_on = Event(), Event()

    def hold(_trainer: Trainer) -> Any:
        holds.set()
        assert goes_on.wait(PATIENCE_S)

    busy = engine.start(points(), owner="busy", paused=True)
    looked_at = engine.start(points(), owner="looked at", paused=True)
    held = busy.ask_soon(hold)
    assert holds.wait(PATIENCE_S)
    question = looked_at.ask_soon(lambda trainer: trainer.step)
    assert question.cancel()
    goes_on.set()
    held.result(PATIENCE_S)
    assert busy.ask(lambda trainer: trainer.step, PATIENCE_S) == 0
    assert not looked_at.is_built
    assert looked_at.ask(lambda trainer: trainer.step, PATIENCE_S) == 0
    assert looked_at.is_built
