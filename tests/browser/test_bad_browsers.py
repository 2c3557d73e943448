"""Browsers and connections that the page cannot run on say so, each in its way."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitor, ready

QUICK = "?preset=points-xor"
WITHOUT_MODULES = "delete HTMLScriptElement.prototype.noModule"
# Storage that is there and refuses every access, as where a person blocks all cookies.
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } })"""


def blank(visitor: Visitor, script: str = "") -> Page:
    """A page that was not opened yet."""
    visitor.allowed += ["ERR_FAILED", "Failed to load resource", "blocked"]
    page = visitor.context().new_page()
    if script:
        page.add_init_script(script)
    return page


def test_an_old_browser_is_told_so(visitor: Visitor) -> None:
    page = blank(visitor, WITHOUT_MODULES)
    page.goto(visitor.home)
    expect(page.get_by_role("alert").first).to_contain_text("too old for the playground")


def test_a_browser_without_scripts_is_told_so(visitor: Visitor) -> None:
    page = visitor.context(java_script_enabled=False).new_page()
    page.goto(visitor.home)
    expect(page.get_by_text("needs JavaScript")).to_be_visible()


@pytest.mark.parametrize("file", ["start.js", "run/stream.js", "theme.css"])
def test_a_file_of_the_page_that_does_not_come_is_said_with_a_way_to_reload(
    visitor: Visitor, file: str
) -> None:
    page = blank(visitor)
    page.route(f"**/{file}", lambda route: route.abort())
    page.goto(visitor.home + QUICK)
    box = page.locator("#page-failed")
    expect(box).to_contain_text("could not be loaded")
    page.unroute(f"**/{file}")
    box.get_by_role("button", name="Reload").click()
    ready(page)
    expect(box).to_have_count(0)


def test_a_card_that_does_not_come_says_so_in_its_place_and_all_others_work(
    visitor: Visitor,
) -> None:
    page = blank(visitor)
    page.route("**/cards/now.js", lambda route: route.abort())
    page.goto(visitor.home + QUICK)
    ready(page)
    place = page.locator(".pg-now")
    expect(place.get_by_role("alert")).to_contain_text("could not be loaded")
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.step > 0")
    page.unroute("**/cards/now.js")
    place.get_by_role("button", name="Reload").click()
    ready(page)
    expect(place.get_by_role("heading", name="Now")).to_be_visible()


def test_blocked_storage_changes_nothing_but_what_is_remembered(visitor: Visitor) -> None:
    page = blank(visitor, BLOCKED)
    page.goto(visitor.home + QUICK)
    ready(page)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.step > 0")
    page.locator("button.train").click()
    page.wait_for_function("['paused', 'done'].includes(playground.state.run.state)")
