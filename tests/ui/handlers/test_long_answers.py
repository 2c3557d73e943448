"""Reports that many ask for at once are made once; whoever began the run always gets a fresh one."""

import pytest

from playground.engine.clients import Client
from playground.engine.engine import Engine
from playground.engine.run import Run
from playground.preset_files import preset
from playground.questions.report import Report
from playground.ui.handlers.long_answers import LongAnswers

PAGE, STRANGER = Client("page" * 4, "127.0.0.1"), Client("stranger" * 2, "127.0.0.1")
ANSWER = {"step": 3}


@pytest.fixture
def run(engine: Engine) -> Run:
    return engine.start(preset("points-xor").experiment, client=PAGE, paused=True)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_stranger_is_told_what_another_was_told_a_moment_ago(run: Run) -> None:
    answers = LongAnswers(Clock())
    assert answers.recent(run, Report(), STRANGER) is None
    answers.keep(run, Report(), ANSWER, took_s=0.1)
    assert answers.recent(run, Report(), STRANGER) == ANSWER
    assert answers.recent(run, Report(limit=5), STRANGER) is None


def test_who_began_the_run_is_never_told_an_old_answer(run: Run) -> None:
    answers = LongAnswers(Clock())
    answers.keep(run, Report(), ANSWER, took_s=0.1)
    assert answers.recent(run, Report(), PAGE) is None


@pytest.mark.parametrize(("took_s", "serves_s"), [(0.1, 2.0), (3.0, 12.0)])
def test_an_answer_serves_four_times_as_long_as_it_took(
    run: Run, took_s: float, serves_s: float
) -> None:
    clock = Clock()
    answers = LongAnswers(clock)
    answers.keep(run, Report(), ANSWER, took_s)
    clock.now += serves_s
    assert answers.recent(run, Report(), STRANGER) == ANSWER
    clock.now += 0.1
    assert answers.recent(run, Report(), STRANGER) is None


def test_only_a_few_different_questions_are_remembered(run: Run) -> None:
    answers = LongAnswers(Clock())
    for limit in range(10):
        answers.keep(run, Report(limit), {"step": limit}, took_s=1)
    remembered = [answers.recent(run, Report(limit), STRANGER) for limit in range(10)]
    assert remembered == [None] * 6 + [{"step": limit} for limit in range(6, 10)]
