"""A public data set is fetched from the page: how far it is, cancelled, failed, and here. The network is the test's."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

RUNNING: dict[str, Any] = {"state": "running", "file": 1, "files": 2, "detail": ""}


class Fetching:
    """Stands in for the server's downloads; `view` is what it says of any of them."""

    def __init__(self, page: Page):
        self.view: dict[str, Any] = {"state": "absent", "file": 0, "files": 0, "got_bytes": 0}
        self.asked: list[Any] = []
        page.route("**/playground/downloads/*", self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.method == "POST":
            wish = json.loads(route.request.post_data or "{}")
            self.asked.append(wish)
            if wish.get("cancel"):
                self.view = {**self.view, "state": "absent"}
            else:
                self.view = {**RUNNING, "got_bytes": 0, "total_bytes": None}
        route.fulfill(json={"total_bytes": None, "detail": "", **self.view})


@pytest.mark.parametrize(
    ("locale", "begin", "cancel", "connecting"),
    [("en-US", "Download", "Cancel", "connecting…"), ("zh-CN", "下载", "取消", "正在连接…")],
)
def test_a_data_set_is_fetched_with_progress_and_can_be_cancelled(
    visitor: Visitor, locale: str, begin: str, cancel: str, connecting: str
) -> None:
    page = visitor.open(locale=locale)
    fetching = Fetching(page)
    page.evaluate("playground.edit('data', (e) => { e.data = { dataset: 'cifar10' } })")
    box = page.locator(".download:visible").first
    box.get_by_role("button", name=begin).click()
    expect(box).to_contain_text(connecting)
    bar = box.get_by_role("progressbar")
    assert bar.get_attribute("value") is None
    fetching.view = {**RUNNING, "got_bytes": 5_000_000, "total_bytes": 20_000_000}
    expect(bar).to_have_js_property("value", 0.25)
    expect(box).to_contain_text("5")
    expect(box.get_by_role("button", name=begin)).to_be_hidden()
    box.get_by_role("button", name=cancel).click()
    expect(box.get_by_role("button", name=begin)).to_be_visible()
    expect(bar).to_be_hidden()
    assert fetching.asked == [{}, {"cancel": True}]
