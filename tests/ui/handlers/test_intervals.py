"""Few pages are served as often as they like; many share what the cores can do."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from playground.engine.engine import Engine
from playground.ui.handlers.feed import Feed
from playground.ui.handlers.intervals import (
    COUNT_S,
    LONGEST_QUESTION_S,
    LONGEST_UPDATE_S,
    Intervals,
)
from playground.ui.handlers.running import Running
from tests.event_loop import finished

from ...conftest import points


@pytest.mark.parametrize(
    ("watchers", "n_cores", "update_s", "question_s"),
    [
        (1, 2, 0.2, 0.025),
        (10, 2, 0.2, 0.25),  # as often as a card asks by itself
        (30, 2, 0.2, 0.75),
        (50, 2, 1 / 3, 1.25),  # a class on a free server
        (50, 16, 0.2, 0.15625),
        (0, 2, 0.2, 0.0),
        (1_000, 2, LONGEST_UPDATE_S, LONGEST_QUESTION_S),
    ],
)
def test_how_long_a_page_waits(
    watchers: int, n_cores: int, update_s: float, question_s: float
) -> None:
    intervals = Intervals(5, lambda: watchers, n_cores)
    assert intervals.update_s == pytest.approx(update_s)
    assert intervals.question_s == pytest.approx(question_s)


def test_who_watches_is_counted_once_a_second() -> None:
    now, watchers = [100.0], [50]
    intervals = Intervals(5, lambda: watchers[0], 2, lambda: now[0])
    assert intervals.ask_every_ms == 1_250
    watchers[0] = 0
    now[0] += COUNT_S / 2
    assert intervals.ask_every_ms == 1_250
    now[0] += COUNT_S
    assert intervals.ask_every_ms == 0


def test_pages_that_watch_a_run_which_rests_slow_nobody_down(engine: Engine) -> None:
    running = Running(engine)
    resting = engine.start(points(epochs=10_000), paused=True)
    resting.watch(+50)
    assert running._n_watching() == 0
    busy = engine.start(points(epochs=10_000))
    busy.watch(+2)
    busy.wait_until(lambda run: run.state == "running", 60)
    assert running._n_watching() == 2


def test_pages_are_told_how_often_they_may_ask(engine: Engine) -> None:
    run = engine.start(points(), paused=True)
    feed = Feed(Intervals(5, lambda: 50, 2))
    with ThreadPoolExecutor(1) as threads:
        _, news = finished(feed.first(run, threads))
    assert json.loads(news.json)["ask_every_ms"] == 1_250
