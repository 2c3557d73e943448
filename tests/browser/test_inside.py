"""Look inside: a text as its tokens, a sequence over the whole card, blocks walked by the arrow keys."""

import pytest
from playwright.sync_api import Page, expect

from .actions import open_whole_tab
from .conftest import Visitor

REVIEW = ["i", "love", "it", "!"]


def look_at(page: Page, text: str) -> None:
    page.evaluate("(text) => playground.setSample({ kind: 'raw', value: text })", text)
    expect(page.locator(".picker-name")).to_have_text("your own input")


def test_a_texts_input_is_drawn_as_its_tokens(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-reviews#inside")
    look_at(page, "I love it!")
    block = page.locator('.flow-block[data-path="input"]')
    expect(block.locator(".flow-tokens span")).to_have_text(REVIEW)
    block.click()
    maps = page.locator(".pg-feature_maps")
    expect(maps.locator(".maps-text .token")).to_have_text(REVIEW)
    expect(maps.locator("canvas.maps-canvas")).to_be_hidden()
    page.locator('.flow-block[data-path="layers[0]"]').click()
    expect(maps.locator("canvas.maps-canvas")).to_be_visible()
    expect(maps.locator(".maps-text")).to_be_hidden()


def test_a_sequence_fills_the_card_and_every_step_is_named(visitor: Visitor) -> None:
    page = visitor.open("?preset=names-lstm#inside")
    look_at(page, "Ravenna")
    page.locator('.flow-block[data-path="layers[1]"]').click()
    canvas = page.locator(".pg-feature_maps canvas.maps-canvas")
    expect(page.locator(".pg-feature_maps header")).to_contain_text("7 steps")
    box, board = canvas.bounding_box(), page.locator(".maps-board").first.bounding_box()
    assert box and board and box["width"] >= 0.95 * board["width"]
    canvas.hover(position={"x": box["width"] - 10, "y": 40})
    expect(page.locator(".pg-feature_maps .maps-line")).to_contain_text("at step 7 “a”")


def test_the_arrow_keys_walk_along_the_blocks(page: Page) -> None:
    page.get_by_role("tab", name="Look inside").click()
    chosen = page.locator('.flow-block[aria-pressed="true"]')
    expect(chosen).to_contain_text("3 ReLU")
    expect(page.locator('.flow-block[tabindex="0"]')).to_have_count(1)
    chosen.focus()
    page.keyboard.press("ArrowRight")
    expect(chosen).to_contain_text("4 MaxPool2d")
    expect(chosen).to_be_focused()
    expect(page.locator(".pg-feature_maps header")).to_contain_text("After 4 MaxPool2d")


CARDS = ["sample_picker", "flow", "feature_maps", "digit_pad", "photo", "try_row", "sequence_try"]
TOO_SMALL = """(cards) => cards.flatMap((card) => [...document.querySelectorAll(
    `.pg-${card} :is(button, input, select):not(.visually-hidden)`)])
  .filter((control) => control.getClientRects().length && control.offsetHeight < 40)
  .map((control) => `${control.closest("[data-pg]").dataset.pg} ${control.outerHTML.slice(0, 80)}`)"""


@pytest.mark.parametrize("preset", ["digits-basic-cnn", "text-reviews", "table-house-prices"])
def test_on_touch_every_control_is_large_enough_for_a_finger(visitor: Visitor, preset: str) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visitor.open(f"?preset={preset}#inside", **phone)
    open_whole_tab(page, "inside")
    expect(page.locator(".flow-block").nth(1)).to_be_visible()
    assert page.evaluate(TOO_SMALL, CARDS) == []
    open_whole_tab(page, "draw")
    assert page.evaluate(TOO_SMALL, CARDS) == []
