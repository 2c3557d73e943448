"""Every preset in the browser: it opens without a fault, one press trains it, and each tab has something to show."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from playground.preset_files import presets

from .conftest import Visitor

OPEN = """(id) => {
  const { experiment } = playground.state.boot.presets.find((preset) => preset.id === id);
  playground.load(experiment, "edit.preset", { preset: id });
}"""


@pytest.fixture(scope="module")
def somebody(chromium: Browser, app: str) -> Iterator[Visitor]:
    visitor = Visitor(chromium, app)
    yield visitor
    visitor.close()


@pytest.fixture(scope="module")
def one_page(somebody: Visitor) -> Page:
    """One page for all of them, as somebody browses from preset to preset."""
    return somebody.open()


@pytest.mark.parametrize("preset_id", presets())
def test_a_preset_trains_with_one_press(one_page: Page, somebody: Visitor, preset_id: str) -> None:
    page = one_page
    page.evaluate(OPEN, preset_id)
    page.evaluate("playground.tab('build')")
    page.wait_for_function("playground.isChecked()")
    assert (
        page.evaluate(
            "playground.state.check.faults.map((fault) => `${fault.place}: ${fault.message.en}`)"
        )
        == []
    )
    page.wait_for_function("playground.state.preview !== null")
    page.locator("button.train").click()
    page.wait_for_function(
        "!playground.isStarting() && !playground.isEdited() && playground.history.steps.step.length > 0",
        timeout=60_000,
    )
    page.evaluate("playground.tab('train')")
    expect(page.locator("#chart-loss .chart-plot .trace").first).to_be_attached()
    page.evaluate("playground.tab('inside')")
    expect(page.locator(".pg-flow .flow-block").nth(1)).to_be_visible()
    page.evaluate("playground.tab('code')")
    expect(page.locator(".pg-code_view")).to_contain_text("torch.manual_seed(SEED)")
    page.evaluate("playground.stop()")
    page.wait_for_function("playground.isEnded()")
    # a busy machine answers a question about the largest networks with "later", and the page asks again
    told = [error for error in somebody.errors if "429" not in error]
    somebody.errors.clear()  # those of this preset are no fault of the next one
    assert told == []
