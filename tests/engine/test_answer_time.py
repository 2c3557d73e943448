"""Answers take at most a quarter of a device."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from playground.engine import work
from playground.engine.answer_time import AnswerTime
from playground.engine.engine import Engine
from playground.engine.run import Run
from playground.engine.worker import ASKED_SLICE_S, SLICE_S, turn_s
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


@pytest.mark.parametrize(
    ("answered_s", "has_built", "owed_s"),
    [
        (20.0, False, 0.5),  # the most after a long answer
        (0.04, True, 0.12),  # a small network, built quickly, counts as any other answer
        (0.2, True, 1.2),  # a large one is owed six times
        (20.0, True, 1.5),  # and this is the most
    ],
)
def test_what_training_is_owed_after_one_answer(
    answered_s: float, has_built: bool, owed_s: float
) -> None:
    burst_s = 0.015
    share = AnswerTime(burst_s)
    share.answered(answered_s, has_built)
    share.trained(owed_s - burst_s - 0.005)
    assert not share.is_left
    share.trained(0.01)
    assert share.is_left


def test_it_says_how_much_training_comes_before_the_next_answer() -> None:
    share = AnswerTime(burst_s=0.015)
    assert share.left_in_s == 0
    share.answered(0.1)
    assert share.left_in_s == pytest.approx(0.3 - 0.015)
    share.trained(0.2)
    assert share.left_in_s == pytest.approx(0.1 - 0.015)
    share.trained(0.2)
    assert share.left_in_s == 0


@pytest.mark.parametrize(
    ("answers_in_s", "seconds"),
    [
        (None, SLICE_S),  # nobody asks
        (0.0, ASKED_SLICE_S),
        (0.02, 0.02),  # they may come when the turn ends
        (1.5, SLICE_S),  # shorter turns would bring them no sooner
    ],
)
def test_turns_are_short_only_where_an_answer_may_come(
    answers_in_s: float | None, seconds: float
) -> None:
    assert turn_s(answers_in_s) == seconds


def test_a_short_answer_makes_no_less_of_what_is_owed() -> None:
    share = AnswerTime(burst_s=0.015)
    share.answered(0.2, has_built=True)
    share.answered(0.01)
    share.trained(1.18)
    assert not share.is_left


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


class SlowlyBuilt(Trainer):
    """Takes several turns' time before it is there."""

    def __init__(self, *arguments: Any):
        super().__init__(*arguments)
        end = time.perf_counter() + 3 * SLICE_S
        while time.perf_counter() < end:
            pass


def test_to_build_a_large_network_takes_a_turn_without_a_step(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "Trainer", SlowlyBuilt)
    run = engine.start(LONG, paused=True)
    turns = turns_of(run)
    run.resume()
    assert run.wait_until(lambda _: len(turns) > 1, PATIENCE_S)
    run.stop()
    steps = [n_steps for _, _, n_steps, _ in turns]
    assert steps[0] == 0 and steps[1] > 0


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
