"""Few pages are served as often as they like; many share what the cores can do."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from playground.engine.engine import Engine
from playground.ui.handlers.feed import Feed
from playground.ui.handlers.intervals import Intervals
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
    ],
)
def test_how_long_a_page_waits(
    watchers: int, n_cores: int, update_s: float, question_s: float
) -> None:
    intervals = Intervals(5, lambda: watchers, n_cores)
    assert intervals.update_s == pytest.approx(update_s)
    assert intervals.question_s == pytest.approx(question_s)


def test_pages_are_told_how_often_they_may_ask(engine: Engine) -> None:
    run = engine.start(points(), paused=True)
    feed = Feed(Intervals(5, lambda: 50, 2))
    with ThreadPoolExecutor(1) as threads:
        _, news = finished(feed.first(run, threads))
    assert json.loads(news.json)["ask_every_ms"] == 1_250
