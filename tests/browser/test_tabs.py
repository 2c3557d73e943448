"""Gradio's tabs: a card is drawn once, the address names the tab, the browser's history goes from tab to tab."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitor, ready

NAMES = ("build", "train", "inside", "draw", "code")
QUICK = "?preset=points-xor"
# From now on: each element that comes into the page as a card's, by the name of its place.
WATCH = """() => {
  const cards = new Set();
  const nameOf = (card) => card.closest(".block")?.id || card.dataset.pg;
  window.arrivals = () => [...cards].map(nameOf);
  new MutationObserver(() => {
    for (const card of document.querySelectorAll("[data-pg]")) if (!card.wasThere) cards.add(card);
  }).observe(document.body, { childList: true, subtree: true });
  for (const card of document.querySelectorAll("[data-pg]")) card.wasThere = true;
}"""
MARK = "() => { for (const card of document.querySelectorAll('[data-pg]')) card.wasThere = true; }"
UNMARKED = """() => [...document.querySelectorAll("[data-pg]")].filter((card) => !card.wasThere)
  .map((card) => card.dataset.pg)"""
ZOOM = "Plotly.relayout(document.querySelector('#chart-loss .js-plotly-plot'), {'xaxis.range': [3, 7]})"
ZOOMED = "document.querySelector('#chart-loss .js-plotly-plot')._fullLayout.xaxis.range.join()"


def show(page: Page, name: str) -> None:
    page.locator(f"#tabs [data-tab-id={name}]").click()
    page.wait_for_function("(name) => playground.state.tab === name", arg=name)
    expect(page.locator(f"#panel-{name}")).to_be_visible()


def test_no_card_is_drawn_twice_and_zoom_stays_over_tabs_and_languages(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.evaluate(WATCH)
    page.locator("button.train").click()
    for name in NAMES:
        show(page, name)
    show(page, "train")
    page.wait_for_function("document.querySelector('#chart-loss .js-plotly-plot')?._fullLayout")
    page.evaluate(MARK)
    page.evaluate(ZOOM)
    for name in ("inside", "train", "draw", "code"):
        show(page, name)
    page.evaluate("playground.setLanguage('zh')")
    expect(page.locator("#tabs [data-tab-id=train]")).to_have_text("训练")
    show(page, "train")
    page.evaluate("playground.setLanguage('en')")
    expect(page.locator("#tabs [data-tab-id=train]")).to_have_text("Train")
    assert page.evaluate(ZOOMED) == "3,7"
    assert page.evaluate(UNMARKED) == []
    arrivals = page.evaluate("arrivals()")
    assert len(arrivals) == len(set(arrivals)) and "chart-loss" in arrivals


@pytest.mark.quick
def test_back_goes_to_the_tab_before_and_not_off_the_page(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    show(page, "train")
    show(page, "code")
    page.go_back()
    expect(page.locator("#panel-train")).to_be_visible()
    assert page.evaluate("location.hash") == "#train"
    page.go_back()
    expect(page.locator("#panel-build")).to_be_visible()
    page.go_forward()
    expect(page.locator("#panel-train")).to_be_visible()
    page.reload()
    ready(page)
    expect(page.locator("#panel-train")).to_be_visible()
    expect(page.locator("#panel-build")).to_be_hidden()


def test_an_address_may_name_the_tab(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#inside")
    assert page.evaluate("playground.state.tab") == "inside"
    page.evaluate("location.hash = '#draw'")
    expect(page.locator("#panel-draw")).to_be_visible()
    page.evaluate("location.hash = '#nowhere'")
    expect(page.locator("#panel-build")).to_be_visible()


def test_the_tab_of_the_pad_is_called_after_what_is_tried(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    button = page.locator("#tabs [data-tab-id=draw]")
    expect(button).to_have_text("Draw")
    page.locator("select.data-set").select_option("moons")
    expect(button).to_have_text("Try it")
    page.evaluate("playground.setLanguage('zh')")
    expect(button).to_have_text("试一试")


def test_all_tabs_have_room_on_a_small_phone(visitor: Visitor) -> None:
    page = visitor.open(QUICK, viewport={"width": 360, "height": 700})
    for name in [*NAMES, "labs"]:
        expect(page.locator(f"#tabs [data-tab-id={name}]")).to_be_visible()
    expect(page.get_by_label("More tabs")).to_be_hidden()


def test_the_arrows_go_from_tab_to_tab_and_the_strip_is_one_stop(page: Page) -> None:
    page.get_by_role("tab", name="Build").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Train")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Code")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Build")).to_be_focused()
    stops = page.locator("#tabs [role=tab][tabindex='0']")
    expect(stops).to_have_count(1)
    expect(page.get_by_role("tablist")).to_have_attribute("aria-label", "Parts of the playground")


@pytest.mark.parametrize("width", [390, 900, 1440])
def test_light_and_dark_are_a_press_apart_at_every_width(visitor: Visitor, width: int) -> None:
    page = visitor.open(viewport={"width": width, "height": 800})
    button = page.locator(".pg-bar .theme")
    button.click()
    expect(page.locator("body.dark")).to_be_attached()
    button.click()
    expect(page.locator("body:not(.dark)")).to_be_attached()
