"""The Labs tab: index, each lab in both languages, controls, undo, links, phone, keyboard; nothing loads before it."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from playground.labs import LABS

from .conftest import Visitor, ready

N_CARDS = len(LABS) + 1  # and the challenges

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def opened(page: Page, lab: str) -> Locator:
    """The lab, once its first answer is drawn."""
    element = page.locator(f".lab[data-lab={lab}]")
    expect(element.locator(".lab-code code")).not_to_be_empty()
    return element


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[id='lab-field-{name}']")


def code(page: Page) -> Locator:
    return page.locator(".lab-code code")


def test_nothing_of_the_labs_is_loaded_before_their_tab_is_opened(visitor: Visitor) -> None:
    page = visitor.open()
    seen: list[str] = []

    def note(request: Request) -> None:
        seen.append(request.url)

    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in loaded if re.search(r"/labs|/lab\b", name)] == []
    assert (
        page.evaluate(
            "Object.keys(playground.state.boot.text.en).some((k) => k.startsWith('labs.'))"
        )
        is False
    )
    page.on("request", note)
    page.get_by_role("tab", name="Labs").click()
    expect(page.locator(".lab-card")).to_have_count(N_CARDS)
    assert any(url.endswith("/playground/labs") for url in seen)
    assert not any("plotly" in url for url in seen)


def test_the_index_finds_labs_by_group_and_by_words_and_hides_the_rail(visitor: Visitor) -> None:
    page = visitor.open("?tab=labs")
    cards = page.locator(".lab-card")
    expect(cards).to_have_count(N_CARDS)
    expect(page.locator("#rail")).to_be_hidden()
    page.get_by_role("button", name="Autograd").click()
    expect(page.locator(".lab-card[data-lab=graph]")).to_be_visible()
    expect(page.locator(".lab-card[data-lab=broadcasting]")).to_have_count(0)
    page.locator("[data-group='']").click()
    page.get_by_role("searchbox", name="Search labs").fill("stretches clash")
    expect(cards).to_have_count(1)
    page.get_by_role("searchbox").fill("nothing like this")
    expect(page.get_by_text("No lab has these words.")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    page.locator(".lab-card[data-lab=broadcasting]").click()
    lab = opened(page, "broadcasting")
    expect(lab.locator("h2")).to_be_focused()
    page.go_back()
    expect(cards).to_have_count(N_CARDS)
    page.get_by_role("tab", name="Build").click()
    expect(page.locator("#rail")).to_be_visible()


@pytest.mark.parametrize("lab", [lab.id for lab in LABS])
def test_each_lab_shows_its_picture_and_its_code_in_both_languages(
    visitor: Visitor, lab: str
) -> None:
    page = visitor.open(f"?lab={lab}")
    element = opened(page, lab)
    expect(element.locator(".lab-parts > *").first).to_be_visible()
    expect(element.locator(".lab-fault")).to_be_hidden()
    page.wait_for_function("location.hash === '#labs'")
    english = element.locator("h2").inner_text()
    page.evaluate("playground.setLanguage('zh')")
    expect(element.locator("h2")).not_to_have_text(english)
    assert CHINESE.search(element.locator(".lab-notice").inner_text())
    # each case that most people get wrong is one click away
    for button in element.locator(".lab-surprises button").all():
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    expect(element.locator(".is-stale")).to_have_count(0)
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_change_is_answered_goes_into_the_address_and_can_be_undone(visitor: Visitor) -> None:
    page = visitor.open("?lab=broadcasting")
    opened(page, "broadcasting")
    field(page, "shapes").fill("[[2, 3], [3, 2]]")
    expect(page.get_by_text("Axis -1 clashes")).to_be_visible()
    page.wait_for_function("location.search === '?lab=broadcasting&shapes=[[2,3],[3,2]]'")
    page.locator(".lab h2").click()
    page.keyboard.press("Control+z")
    expect(field(page, "shapes")).to_have_value("[[5, 3, 4], [3, 1]]")
    expect(page.get_by_text("Axis -1 clashes")).to_have_count(0)
    page.keyboard.press("Control+y")
    expect(field(page, "shapes")).to_have_value("[[2, 3], [3, 2]]")
    # the experiment stays as it was
    assert page.evaluate("playground.state.preset") is not None


def test_what_is_wrong_is_said_at_its_field_and_the_last_picture_stays(visitor: Visitor) -> None:
    visitor.allowed.append("422")
    page = visitor.open("?lab=broadcasting")
    lab = opened(page, "broadcasting")
    box = lab.locator("[data-lab-field=shapes]")
    field(page, "shapes").fill("[[-2]]")
    expect(box.locator(".fault")).to_have_text("must be at least 0, but is -2")
    expect(lab.locator(".is-stale")).to_have_count(1)
    expect(lab.locator(".lab-part-axes")).to_be_visible()
    field(page, "shapes").fill("[[4], [2")
    expect(box.locator(".fault")).to_contain_text("This cannot be read")
    field(page, "shapes").fill("(4,), (4, 4)")
    expect(box.locator(".fault")).to_contain_text("This cannot be read")
    field(page, "shapes").fill("[(4,), (4, 4)]")
    expect(box.locator(".fault")).to_be_hidden()
    expect(lab.locator(".is-stale")).to_have_count(0)


def test_of_many_changes_the_last_one_wins(visitor: Visitor) -> None:
    page = visitor.open("?lab=derivatives")
    opened(page, "derivatives")
    slider = page.locator("[data-lab-field=at] input[type=range]")
    slider.evaluate(
        """(slider) => { for (let place = 0; place <= 300; place += 5) {
          slider.value = place; slider.dispatchEvent(new Event("input", { bubbles: true })); } }"""
    )
    shown = page.locator("[data-lab-field=at] input[type=text]").input_value()
    expect(code(page)).to_contain_text(f"torch.tensor({float(shown)}")


def test_a_link_opens_the_state_and_is_copied_as_it_is(visitor: Visitor) -> None:
    state = quote(json.dumps({"x": 3.0}))
    page = visitor.open(f"?lab=graph&expression={quote('x*x + x')}&at={state}&step=2")
    opened(page, "graph")
    expect(field(page, "expression")).to_have_value("x*x + x")
    expect(page.locator("[data-number=value] b")).to_have_text("12")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#pg-toasts")).to_contain_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(visitor.home) and "#" not in link
    other = visitor.open(link.removeprefix(visitor.home))
    opened(other, "graph")
    expect(field(other, "expression")).to_have_value("x*x + x")
    expect(field(other, "step")).to_have_value("2")


def test_a_link_asks_its_answer_once(visitor: Visitor) -> None:
    context = visitor.context()
    seen: list[str] = []

    def note(request: Request) -> None:
        seen.append(request.url)

    context.on("request", note)
    page = visitor.open("?lab=derivatives&order=2", context=context)
    opened(page, "derivatives")
    page.wait_for_load_state("networkidle")
    assert len([url for url in seen if url.endswith("/playground/lab")]) == 1


def test_a_link_to_what_there_is_not_says_so_and_shows_what_there_is(visitor: Visitor) -> None:
    visitor.allowed.append("422")
    page = visitor.open("?lab=nothing")
    expect(page.get_by_text("no lab called “nothing”")).to_be_visible()
    expect(page.locator(".lab-card")).to_have_count(N_CARDS)
    page = visitor.open("?lab=derivatives&nothing=1&at=999&order=2")
    opened(page, "derivatives")
    expect(page.locator(".lab-fault")).to_contain_text("it was left out")
    expect(field(page, "at")).to_have_value("2")
    expect(field(page, "order")).to_have_value("2")


def test_tabs_and_labs_are_steps_of_the_history(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-xor")
    page.get_by_role("tab", name="Labs").click()
    page.locator(".lab-card[data-lab=graph]").click()
    opened(page, "graph")
    page.locator("[data-door=next]").click()
    following = page.evaluate("new URLSearchParams(location.search).get('lab')")
    opened(page, following)
    page.get_by_role("tab", name="Train").click()
    page.wait_for_function("location.search + location.hash === '?preset=points-xor#train'")
    page.go_back()
    opened(page, following)
    page.go_back()
    opened(page, "graph")
    page.go_back()
    expect(page.locator(".lab-card").first).to_be_visible()
    page.go_back()
    expect(page.locator("#panel-build")).to_be_visible()
    page.get_by_role("tab", name="Labs").click()
    expect(page.locator(".lab-card").first).to_be_visible()


def test_the_last_lab_leads_to_the_challenges(visitor: Visitor) -> None:
    page = visitor.open("?lab=find_the_fault#labs")
    page.locator("[data-door=next]").click()
    expect(page.locator("#panel-labs h2").first).to_have_text("Challenges")


@pytest.mark.parametrize(
    ("address", "kind", "wanted"),
    [
        ("?lab=optimizers&optimizer=sgd&lr=0.02", "optimizer", {"optimizer": "sgd", "lr": 0.02}),
        ("?lab=imbalance&gamma=3", "loss", {"loss": "focal", "gamma": 3}),
        ("?lab=schedules&schedule=cosine", "schedule", {"schedule": "cosine"}),
    ],
)
def test_what_a_lab_shows_is_put_into_the_experiment_with_one_click(
    visitor: Visitor, address: str, kind: str, wanted: dict[str, Any]
) -> None:
    page = visitor.open(f"{address}#labs")
    opened(page, address.split("&")[0].removeprefix("?lab="))
    page.get_by_role("button", name="Use in the experiment").click()
    page.wait_for_function("playground.state.tab === 'train'")
    entry = page.evaluate("(kind) => playground.state.experiment.training[kind]", kind)
    assert {name: entry[name] for name in wanted} == wanted
    ready(page)
    assert page.evaluate("playground.state.check.faults") == []
    page.evaluate("playground.undo()")
    assert page.evaluate("(kind) => playground.state.experiment.training[kind]", kind) != entry


def test_a_lab_opens_its_experiment_and_words_of_the_page_open_their_lab(visitor: Visitor) -> None:
    page = visitor.open("?lab=schedules")
    opened(page, "schedules")
    page.get_by_role("button", name="Open in the playground").click()
    expect(page.locator("#panel-build")).to_be_visible()
    assert page.evaluate("playground.state.preset") == LABS["schedules"].opens
    assert "lab=" not in page.evaluate("location.search")
    page.get_by_role("tab", name="Train").click()
    page.locator("[data-part=schedule] .to-lab").click()
    opened(page, "schedules")
    page.go_back()
    expect(page.locator("#panel-train")).to_be_visible()
    page.locator("[data-field=lr] .to-lab").first.click()
    opened(page, "schedules")
    page.get_by_role("tab", name="Train").click()
    page.locator("[data-part=loss] .to-lab").click()
    opened(page, "losses")
    page.get_by_role("tab", name="Build").click()
    page.evaluate("playground.edit('edit.load', (e) => { e.layers.unshift({ layer: 'conv2d' }); })")
    row = page.locator(".row[data-layer=conv2d]").first
    row.hover()
    row.locator(".to-lab").click()
    opened(page, "convolution")


@pytest.mark.parametrize("lab", [lab.id for lab in LABS])
def test_on_a_phone_a_lab_is_one_column_without_sideways_scrolling(
    visitor: Visitor, lab: str
) -> None:
    page = visitor.open(f"?lab={lab}", **PHONE)
    element = opened(page, lab)
    assert page.evaluate(SIDEWAYS) <= 0
    # All in one moment: figures grow while they are drawn.
    boxes = element.evaluate(
        "(lab, parts) => parts.map((part) => lab.querySelector(part).getBoundingClientRect().toJSON())",
        [".lab-notice", ".lab-picture", ".lab-fields", ".lab-try", ".lab-code"],
    )
    tops = [box["top"] for box in boxes]
    assert tops == sorted(tops)
    assert all(box["left"] >= 0 and box["right"] <= 390 for box in boxes)


def test_the_keyboard_alone_opens_a_lab_changes_it_and_comes_back(visitor: Visitor) -> None:
    page = visitor.open("#labs")
    card = page.locator(".lab-card[data-lab=derivatives]")
    card.focus()
    page.keyboard.press("Enter")
    opened(page, "derivatives")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "lab-field-order":
            break
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    expect(code(page)).to_contain_text("range(1)")
    page.keyboard.press("ArrowUp")
    expect(code(page)).to_contain_text("range(2)")
    page.locator(".lab-back").focus()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()


def test_the_theme_and_the_language_change_while_a_lab_is_open(visitor: Visitor) -> None:
    page = visitor.open("?lab=graph&step=1")
    element = opened(page, "graph")
    page.locator(".pg-bar .theme").click()
    expect(page.locator("body.dark")).to_be_attached()
    page.locator(".pg-bar .language").click()
    expect(element.locator("h2")).to_have_text("梯度的计算图")
    expect(page.get_by_role("tab", name="实验室")).to_be_visible()
    expect(field(page, "step")).to_have_value("1")
