"""Words that are whole, at every width and in both languages; no part of a card that waits empty."""

import pytest
from playwright.sync_api import Page, expect

from .actions import open_whole_tab, prolong, train
from .conftest import Visitor, ready

WIDTHS = [1440, 900, 390]
TABS = ["build", "train", "inside", "draw", "code"]
# What heads of cards say and is cut; or the whole page is wider than the window.
CUT = """() => {
  const hints = [...document.querySelectorAll(".card > header small, .card > header h2, .hint, .maps-line")];
  const isCut = (element) => element.checkVisibility()
    && (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline");
  const cut = hints.filter(isCut).map(({ textContent }) => textContent);
  if (document.documentElement.scrollWidth > innerWidth) cut.push("the page is wider than the window");
  return cut;
}"""


def size(width: int) -> dict[str, object]:
    phone = {"has_touch": True, "is_mobile": True} if width < 500 else {}
    return {"viewport": {"width": width, "height": 900}, **phone}


def show(page: Page, tab: str) -> None:
    open_whole_tab(page, tab)
    expect(page.locator("#tabs > .tabitem .card > header:visible").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_hints_are_whole_sentences(visitor: Visitor, width: int) -> None:
    page = visitor.open("?preset=digits-clipping", **size(width))
    for language in ("en", "zh"):
        page.evaluate("(language) => playground.setLanguage(language)", language)
        for tab in TABS:
            show(page, tab)
            assert page.evaluate(CUT) == [], (language, tab)


@pytest.mark.parametrize("preset", ["digits-basic-cnn", "digits-imbalanced-cross-entropy"])
def test_a_phone_shows_the_whole_name_of_the_preset(visitor: Visitor, preset: str) -> None:
    page = visitor.open(f"?preset={preset}", **size(390))
    name = page.locator(".pg-bar .preset .chosen")
    whole = (
        "({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>"
        " scrollWidth <= clientWidth && scrollHeight <= clientHeight"
    )
    assert name.evaluate(whole)
    page.evaluate("playground.edit('test', (e) => { e.training.epochs += 1; })")  # “… (edited)”
    ready(page)
    assert name.evaluate(whole)


def test_no_column_waits_for_the_first_gradient(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax#inside")
    prolong(page)
    card = page.locator(".pg-histograms")
    gradients = card.locator(".of-gradients").first
    expect(card.get_by_text("Gradients appear beside them")).to_be_visible()
    expect(gradients).to_be_hidden()
    board, cell = (
        card.locator(".histograms").bounding_box(),
        card.locator("canvas").first.bounding_box(),
    )
    assert board and cell and cell["width"] > 0.8 * board["width"]
    train(page)
    expect(gradients).to_be_visible()
    expect(card.get_by_text("Gradients appear beside them")).to_be_hidden()


# Words of the page that still hold a gap such as {name}.
GAPS = """() => [...document.querySelectorAll("[data-pg], [data-pg] *")].flatMap((element) =>
  [element.title, element.getAttribute?.("aria-label"), element.placeholder]
    .filter((words) => typeof words === "string" && /\\{\\w+\\}/.test(words)))"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_name_of_a_control_has_an_unfilled_gap(visitor: Visitor, language: str) -> None:
    page = visitor.open("?preset=digits-basic-cnn")
    for tab in [*TABS, "labs"]:
        open_whole_tab(page, tab)
        if tab == "labs":
            expect(page.locator(".lab-card").first).to_be_visible()
        page.evaluate("(language) => playground.setLanguage(language)", language)
        assert page.evaluate(GAPS) == []
        page.evaluate("playground.setLanguage('en')")
