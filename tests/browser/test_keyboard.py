"""By keyboard: a row of like controls is one stop for the Tab key, on every tab, and the arrows go along it."""

from playwright.sync_api import expect

from .actions import open_whole_tab
from .conftest import Visitor

TOOLBARS = {
    "build": ["Training", "This page"],
    "train": ["Lines of the chart", "Buttons of the chart"],
    "inside": ["Choose a sample", "The network now"],
    "draw": ["Drawing tools"],
    "code": ["Take the script along"],
    "labs": [],
}

# The toolbars that can be seen: their names, and how many of their controls the Tab key stops at.
STOPS = """() => [...document.querySelectorAll("[role=toolbar]")]
  .filter((row) => row.checkVisibility() && row.querySelector(":enabled"))
  .map((row) => [row.getAttribute("aria-label"), [...row.querySelectorAll("button, input, select")]
    .filter((control) => control.checkVisibility() && !control.disabled && control.tabIndex === 0).length])"""


def test_every_row_of_like_controls_is_one_stop_and_has_a_name(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-basic-cnn")
    for tab, names in TOOLBARS.items():
        open_whole_tab(page, tab)
        for name in names:
            expect(page.get_by_role("toolbar", name=name).first).to_be_visible()
        stops: list[tuple[str | None, int]] = page.evaluate(STOPS)
        assert [(name, n) for name, n in stops if not name or n != 1] == []


def test_the_sample_picker_is_passed_with_one_tab_and_walked_with_arrows(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-basic-cnn#inside")
    picker = page.get_by_role("toolbar", name="Choose a sample")
    expect(page.locator(".picker-name")).to_contain_text("validation image 0")
    picker.get_by_role("button", name="Previous").focus()
    page.keyboard.press("ArrowRight")
    number = picker.get_by_label("number")
    expect(number).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".picker-name")).to_contain_text("validation image 1")
    number.fill("12")
    page.keyboard.press("ArrowLeft")
    expect(number).to_be_focused()  # the caret is in the number
    page.keyboard.press("Enter")
    expect(page.locator(".picker-name")).to_contain_text("validation image 12")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(picker.get_by_role("button", name="Next")).to_be_focused()
    # blocks that come while the focus is beyond them would be the stop that Shift+Tab finds
    blocks = page.get_by_role("toolbar", name="The network now").locator(".flow-block")
    expect(blocks.first).to_be_visible()
    page.keyboard.press("Tab")
    expect(blocks.locator(":scope:focus")).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    expect(picker.get_by_role("button", name="Next")).to_be_focused()


def test_a_tool_that_can_no_longer_be_used_hands_its_stop_on(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-basic-cnn#draw")
    tools = page.locator("#pad-draw").get_by_role("toolbar", name="Drawing tools")
    page.evaluate("playground.setSample({ kind: 'validation', index: 0 })")
    clear = tools.get_by_role("button", name="Clear")
    expect(clear).to_be_enabled()
    clear.focus()
    clear.press("Enter")
    expect(clear).to_be_disabled()
    assert tools.locator(":enabled[tabindex='0']").count() == 1
    tools.locator(":enabled[tabindex='0']").focus()
    page.keyboard.press("End")
    brush = tools.get_by_label("brush")
    expect(brush).to_be_focused()
    wide = float(brush.input_value())
    page.keyboard.press("ArrowUp")  # a slider's own keys
    assert float(brush.input_value()) > wide
    page.keyboard.press("ArrowLeft")
    expect(tools.get_by_role("button", name="Use a validation image")).to_be_focused()


def test_the_settings_of_a_layer_are_one_stop_a_row(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-xor#train")
    page.get_by_role("button", name="Set the learning rate, weight decay").click()
    rows = page.locator(".pg-layer_learning .row[data-path]")
    rows.first.get_by_label("learning rate").focus()
    page.keyboard.press("Tab")
    expect(rows.nth(1).get_by_label("learning rate")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(rows.nth(1).get_by_label("weight decay")).to_be_focused()
