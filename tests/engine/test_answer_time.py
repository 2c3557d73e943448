"""Answers take at most a third of a device."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from playground.engine.answer_time import AnswerTime
from playground.engine.engine import Engine
from playground.training.trainer import Trainer

from ..conftest import points

PATIENCE_S = 60
QUESTION_S = 0.2  # many times a slice
LONG = points(epochs=10_000)


def test_after_a_long_answer_training_comes_first_for_twice_as_long() -> None:
    share = AnswerTime(burst_s=0.015)
    assert share.is_left
    share.answered(0.2)
    assert not share.is_left
    share.trained(0.3)
    assert not share.is_left
    share.trained(0.1)
    assert share.is_left


def test_who_asks_after_a_very_long_question_waits_half_a_second_of_training_at_most() -> None:
    share = AnswerTime(burst_s=0.015, most_s=0.5)
    share.answered(20.0)
    share.trained(0.49)
    assert share.is_left


def test_short_answers_come_together_and_nothing_is_saved_up() -> None:
    share = AnswerTime(burst_s=0.015)
    share.trained(100.0)
    n_answers = 0
    while share.is_left:
        share.answered(0.004)
        n_answers += 1
    assert n_answers == 2


class Clock:
    """A clock that moves by a millisecond whenever it is looked at, and by more where a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def test_slow_questions_to_one_run_leave_half_of_the_time_to_its_training(
    engines: Callable[..., Engine],
) -> None:
    clock = Clock()
    run = engines(clock=clock).start(LONG)

    def slow(trainer: Trainer) -> int:
        clock.now += QUESTION_S
        return trainer.step

    questions = [run.ask_soon(slow) for _ in range(5)]
    steps = [question.result(PATIENCE_S) for question in questions]
    # A step is a look at the clock, a millisecond; several of them are others' looks.
    gaps = np.diff(steps)
    assert gaps.min() >= QUESTION_S * 1_000 / 10
    run.stop()


def slow(trainer: Trainer) -> int:
    """A question that holds its worker for a while."""
    end = time.perf_counter() + QUESTION_S
    while time.perf_counter() < end:
        pass
    return trainer.step


def test_slow_questions_to_a_run_that_rests_leave_half_of_the_time_to_another(
    engine: Engine,
) -> None:
    asked = engine.start(LONG, owner="asked", paused=True)
    training = engine.start(LONG, owner="trains")
    assert training.wait_until(lambda run: run.view().step > 0, PATIENCE_S)
    asked.ask(slow, PATIENCE_S)
    turns: list[Any] = []
    for run in (asked, training):
        take_turn = run.take_turn

        def timed(*arguments: Any, name: str = run.owner, take_turn: Any = take_turn) -> None:
            began = time.perf_counter()
            take_turn(*arguments)
            turns.append((name, time.perf_counter() - began))

        run.take_turn = timed  # type: ignore[method-assign]
    questions = [asked.ask_soon(slow) for _ in range(5)]
    for question in questions:
        question.result(PATIENCE_S)
    trained_s = sum(seconds for name, seconds in turns if name == "trains")
    answered_s = sum(seconds for name, seconds in turns if name == "asked")
    longest = max(seconds for _, seconds in turns)
    assert trained_s >= answered_s - 2 * longest
    training.stop()
    asked.stop()
