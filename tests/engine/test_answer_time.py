"""Answers take at most a quarter of a device."""

import time
from collections.abc import Callable
from typing import Any

from playground.engine.answer_time import AnswerTime
from playground.engine.engine import Engine
from playground.engine.run import Run
from playground.training.trainer import Trainer

from ..conftest import points

PATIENCE_S = 60
QUESTION_S = 0.2  # many times a slice
LONG = points(epochs=10_000)


def test_after_a_long_answer_training_comes_first_for_three_times_as_long() -> None:
    share = AnswerTime(burst_s=0.015)
    assert share.is_left
    share.answered(0.1)
    assert not share.is_left
    share.trained(0.2)
    assert not share.is_left
    share.trained(0.1)
    assert share.is_left


def test_who_asks_after_a_very_long_question_waits_half_a_second_of_training_at_most() -> None:
    share = AnswerTime(burst_s=0.015)
    share.answered(20.0)
    share.trained(0.48)
    assert not share.is_left
    share.trained(0.01)
    assert share.is_left


def test_for_a_large_network_that_was_built_for_an_answer_six_times_as_much_is_owed() -> None:
    share = AnswerTime(burst_s=0.015)
    share.answered(0.2, has_built=True)
    share.answered(0.01)  # a short answer afterwards makes no less of it
    share.trained(1.18)
    assert not share.is_left
    share.trained(0.01)
    assert share.is_left


def test_a_small_network_that_was_built_is_owed_as_any_other_answer() -> None:
    share = AnswerTime(burst_s=0.015)
    share.answered(0.04, has_built=True)
    share.trained(0.1)
    assert not share.is_left
    share.trained(0.01)
    assert share.is_left


def test_after_a_network_that_was_built_for_very_long_answers_wait_a_second_and_a_half() -> None:
    share = AnswerTime(burst_s=0.015)
    share.answered(20.0, has_built=True)
    share.trained(1.48)
    assert not share.is_left
    share.trained(0.01)
    assert share.is_left


def test_short_answers_come_together_and_nothing_is_saved_up() -> None:
    share = AnswerTime(burst_s=0.015)
    share.trained(100.0)
    n_answers = 0
    while share.is_left:
        share.answered(0.004)
        n_answers += 1
    assert n_answers == 2


def turns_of(*runs: Run) -> list[tuple[str, bool, int, float]]:
    """Filled with each turn from now on: whose, whether for answers only, the steps made in it, its seconds."""
    turns: list[tuple[str, bool, int, float]] = []
    for run in runs:

        def counted(
            *arguments: Any, run: Run = run, take_turn: Callable[..., None] = run.take_turn
        ) -> None:
            before, began = run._work.step, time.perf_counter()
            take_turn(*arguments)
            seconds = time.perf_counter() - began
            turns.append((run.owner, arguments[-1], run._work.step - before, seconds))

        run.take_turn = counted  # type: ignore[method-assign]
    return turns


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
    turns = turns_of(asked, training)
    questions = [asked.ask_soon(slow) for _ in range(5)]
    for question in questions:
        question.result(PATIENCE_S)
    trained_s = sum(seconds for owner, _, _, seconds in turns if owner == "trains")
    answered_s = sum(seconds for owner, _, _, seconds in turns if owner == "asked")
    longest_s = max(seconds for *_, seconds in turns)
    assert trained_s >= answered_s - 2 * longest_s
    training.stop()
    asked.stop()


def test_slow_questions_to_one_run_leave_half_of_the_time_to_its_training(engine: Engine) -> None:
    run = engine.start(LONG)
    assert run.wait_until(lambda run: run.view().step > 0, PATIENCE_S)
    run.ask(slow, PATIENCE_S)
    turns = turns_of(run)
    n_answers = 6
    for question in [run.ask_soon(slow) for _ in range(n_answers)]:
        question.result(PATIENCE_S)
    answered_s = n_answers * QUESTION_S
    trained_s = sum(seconds for *_, seconds in turns) - answered_s
    # One answer may come before the training that is owed for it, and one in a turn to train.
    assert trained_s >= answered_s - 2 * QUESTION_S
    run.stop()


def test_who_is_asked_answers_before_its_turn_to_train_and_makes_no_step_for_it(
    engine: Engine,
) -> None:
    asked, other = engine.start(LONG, owner="asked"), engine.start(LONG, owner="trains")
    for run in (asked, other):
        assert run.wait_until(lambda run: run.view().step > 0, PATIENCE_S)
    turns = turns_of(asked)
    for _ in range(30):
        asked.ask(lambda trainer: trainer.step, PATIENCE_S)
    steps = [n_steps for _, answers_only, n_steps, _ in turns if answers_only]
    assert steps and not any(steps)
    for run in (asked, other):
        run.stop()
