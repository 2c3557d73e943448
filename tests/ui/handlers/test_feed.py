"""The news of a run are made once for all who watch it from the same place."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from playground.engine.engine import Engine
from playground.engine.run import Run
from playground.ui.handlers import feed as feed_module
from playground.ui.handlers.feed import Feed, Feeds, News
from playground.ui.handlers.intervals import Intervals
from tests.event_loop import finished

from ...conftest import points

PATIENCE_S = 60


@pytest.fixture
def run(engine: Engine) -> Run:
    """A run that has ended: nothing changes any more."""
    run = engine.start(points())
    run.wait(PATIENCE_S)
    engine.close()  # the worker shows a run once more after its last turn
    return run


@pytest.fixture
def made(monkeypatch: Any) -> list[str]:
    """The cursors for which news were made."""
    cursors: list[str] = []
    really = feed_module.run_answer

    def counted(run: Run, cursor: str) -> Any:
        cursors.append(cursor)
        return really(run, cursor)

    monkeypatch.setattr(feed_module, "run_answer", counted)
    return cursors


def told(run: Run, feed: Feed, cursors: list[str]) -> list[News]:
    """What watchers at these cursors are told, all at once."""

    async def ask() -> list[News]:
        asked = []
        for cursor in cursors:
            asked.append(feed.news(run, feed.look(run), cursor, threads))
        return await asyncio.gather(*asked)

    with ThreadPoolExecutor(1) as threads:
        return finished(ask())


def test_watchers_at_the_same_place_are_told_the_same_bytes_made_once(
    run: Run, made: list[str]
) -> None:
    feed = Feed(Intervals(5))
    news = told(run, feed, [""] * 20)
    assert made == [""]
    assert all(piece.json is news[0].json for piece in news)
    assert json.loads(news[0].json)["steps"]["step"] == [1] * 24


def test_whoever_comes_later_is_told_the_same_as_long_as_nothing_changed(
    run: Run, made: list[str]
) -> None:
    feed = Feed(Intervals(1_000))
    first = told(run, feed, [""])
    later = told(run, feed, [""])
    assert made == [""] and later == first


def test_who_begins_a_moment_later_gets_the_same_history_with_the_look_it_was_made_at(
    engine: Engine, made: list[str]
) -> None:
    run = engine.start(points(), paused=True)
    feed = Feed(Intervals(1e9, lambda: 0))  # every look is another one

    async def begin(threads: ThreadPoolExecutor) -> Any:
        before = await feed.first(run, threads)
        run.share_files(True)
        return before, await feed.first(run, threads), feed.look(run)

    with ThreadPoolExecutor(1) as threads:
        before, later, now = finished(begin(threads))
    assert made == [""]
    assert later[0] == before[0] != now  # so that the next tick tells what it lacks
    assert later[1] is before[1]


def test_what_changes_after_the_end_is_told_to_who_opens_it_then(run: Run) -> None:
    feed = Feed(Intervals(1_000_000, lambda: 0))  # every look is one of its own
    with ThreadPoolExecutor(1) as threads:
        look, news = finished(feed.first(run, threads))
        assert look.has_ended and json.loads(news.json)["shares_files"] is False
        run.share_files(True)
        look, news = finished(feed.first(run, threads))
    assert look.has_ended and json.loads(news.json)["shares_files"] is True


def test_watchers_elsewhere_are_told_what_they_lack(run: Run, made: list[str]) -> None:
    feed = Feed(Intervals(5))
    whole, rest = told(run, feed, ["", "12.-1.-1.0"])
    assert len(made) == 2
    assert len(json.loads(whole.json)["steps"]["step"]) == 24
    assert len(json.loads(rest.json)["steps"]["step"]) == 12


def test_only_the_latest_news_are_kept(run: Run, made: list[str]) -> None:
    feed = Feed(Intervals(5))
    told(run, feed, [f"{step}.-1.-1.0" for step in range(20)])
    assert len(feed._news) == feed_module.MOST_KEPT


def test_news_are_made_beside_the_event_loop(run: Run, monkeypatch: Any) -> None:
    names = []

    def seen(run: Run, cursor: str) -> Any:
        names.append(threading.current_thread().name)
        return {"step": 1}, ""

    monkeypatch.setattr(feed_module, "run_answer", seen)
    with ThreadPoolExecutor(1, thread_name_prefix="beside") as threads:
        feed = Feed(Intervals(5))
        finished(_news(run, feed, threads))
    assert names[0].startswith("beside")


async def _news(run: Run, feed: Feed, threads: ThreadPoolExecutor) -> News:
    return await feed.news(run, feed.look(run), "", threads)


def test_a_watcher_that_leaves_does_not_cancel_what_others_wait_for(
    run: Run, monkeypatch: Any
) -> None:
    may_end = threading.Event()

    def slow(run: Run, cursor: str) -> Any:
        may_end.wait(PATIENCE_S)
        return {"step": 1}, "next"

    monkeypatch.setattr(feed_module, "run_answer", slow)

    async def both(threads: ThreadPoolExecutor) -> News:
        feed = Feed(Intervals(5))
        leaving = asyncio.ensure_future(_news(run, feed, threads))
        staying = asyncio.ensure_future(_news(run, feed, threads))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.sleep(0)
        may_end.set()
        return await staying

    with ThreadPoolExecutor(1) as threads:
        assert finished(both(threads)).cursor == "next"


def test_a_look_stays_the_same_during_a_tick(engine: Engine) -> None:
    run = engine.start(points(), paused=True)
    slow, quick = Feed(Intervals(0.001)), Feed(Intervals(1e9, lambda: 0))
    before, quick_before = slow.look(run), quick.look(run)
    run.stop()
    run.wait(PATIENCE_S)
    assert slow.look(run) == before and not before.has_ended
    assert quick.look(run) != quick_before and quick.look(run).has_ended


def test_a_run_has_one_feed_which_goes_with_it(engine: Engine) -> None:
    feeds = Feeds(Intervals(5))
    run = engine.start(points(), paused=True)
    assert feeds.of(run) is feeds.of(run)
    assert len(feeds._feeds) == 1
