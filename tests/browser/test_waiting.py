"""Where the only place is taken: a second person waits in line, sees where, and begins without pressing anything."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .actions import prolong, train
from .conftest import Visitor, ready

XOR = "?preset=points-xor"


@pytest.fixture(scope="module")
def small_house(serve: Callable[..., str]) -> str:
    """The address of an app with one place, which an address may have whole."""
    return serve(max_live_runs=1, address_share=1)


@pytest.fixture
def people(chromium: Browser, small_house: str) -> Iterator[Visitor]:
    """Opens a browser of its own for each person."""
    someone = Visitor(chromium, small_house)
    yield someone
    someone.close()


def press_train(page: Page) -> None:
    prolong(page)
    page.locator("button.train").click()


def waits(page: Page, words: str) -> None:
    expect(page.locator("button.train")).to_have_text(words)
    expect(page.locator("button.train")).to_be_disabled()
    expect(page.locator(".now-card small")).to_contain_text(words)


def trains(page: Page) -> None:
    page.wait_for_function("playground.history.steps.step.length > 0")
    expect(page.locator("button.train")).to_have_text("Pause")


def test_who_waits_sees_the_position_and_begins_when_a_place_is_free(people: Visitor) -> None:
    first, second, third = (people.open(XOR) for _ in range(3))
    prolong(first)
    train(first)
    press_train(second)
    waits(second, "Waiting: next in line")
    press_train(third)
    waits(third, "Waiting: 2nd in line")

    third.reload()
    ready(third)
    waits(third, "Waiting: 2nd in line")
    third.locator("button.language").click()
    waits(third, "等候中：第 2 位")

    first.get_by_role("button", name="Stop", exact=True).click()
    trains(second)
    waits(third, "等候中：下一位")


def test_stop_leaves_the_line_and_train_joins_it_again(people: Visitor) -> None:
    first, second = people.open(XOR), people.open(XOR)
    prolong(first)
    train(first)
    press_train(second)
    waits(second, "Waiting: next in line")
    second.get_by_role("button", name="Stop", exact=True).click()
    expect(second.locator("button.train")).to_have_text("Train again")
    first.get_by_role("button", name="Stop", exact=True).click()
    expect(first.locator("button.train")).to_have_text("Train again")
    assert second.evaluate("playground.state.run.step") == 0
    second.locator("button.train").click()
    trains(second)


def test_a_page_that_was_closed_gives_way_and_says_so_when_it_comes_back(people: Visitor) -> None:
    leaving = people.context()
    first = people.open(XOR, context=leaving)
    prolong(first)
    train(first)
    address = first.url
    first.goto("about:blank")
    second = people.open(XOR)
    press_train(second)
    trains(second)
    first.goto(address)
    ready(first)
    expect(first.locator(".now-reason")).to_contain_text("others were waiting for a place")
