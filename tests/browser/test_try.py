"""Try it and the Draw tab: photos, answers that are no numbers, samples of other data."""

import json
import re

from playwright.sync_api import Browser, Page, Route, expect

from .actions import show_tab, train
from .chromium import executable
from .conftest import FLAGS, Visitor
from .test_live import drag

CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
NOT_FINITE = "The outputs are not finite numbers"


def answer_with_nan(page: Page, answer: dict[str, object]) -> None:
    """From now on every question about a sample is answered like this, as by a network that diverged."""

    def answered(route: Route) -> None:
        if json.loads(route.request.post_data or "{}").get("question") != "predict":
            route.continue_()
            return
        route.fulfill(json={"run": "r", "step": 12, "finite": False, **answer})

    page.route("**/ask", answered)


# Outputs that are no numbers


def test_shares_that_are_not_finite_are_dashes_and_said(page: Page) -> None:
    answer_with_nan(page, {"probabilities": [None] * 10})
    page.evaluate("playground.setSample({ kind: 'validation', index: 0 })")
    card = page.locator("#pad-rail")
    expect(card.locator(".answer-line")).to_contain_text(NOT_FINITE)
    expect(card.locator(".prob .num")).to_have_text(["–"] * 10)
    expect(card.locator(".prob.top")).to_have_count(0)


def test_a_value_that_is_not_finite_is_a_dash_and_said(visitor: Visitor) -> None:
    page = visitor.open("?preset=table-house-prices")
    answer_with_nan(page, {"values": [None]})
    page.evaluate("playground.setSample({ kind: 'validation', index: 0 })")
    card = page.locator("#try_row-rail")
    expect(card.locator(".row-answer p")).to_contain_text(NOT_FINITE)
    expect(card.locator(".row-value")).to_have_text("–")


def test_shares_carry_their_unit_and_names_are_whole_in_tooltips(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-reviews")
    page.evaluate("playground.setSample({ kind: 'validation', index: 0 })")
    card = page.locator("#sequence_try-rail")
    expect(card.locator(".prob .num").first).to_have_text(re.compile(r"^\d+\.\d %$"))
    names = card.locator(".answer-class")
    assert names.first.get_attribute("title") == names.first.inner_text()


# Samples of other data


def test_a_typed_text_goes_away_when_a_table_is_chosen(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-reviews")
    page.locator("#sequence_try-rail").get_by_role("textbox").fill("I love it")
    page.wait_for_function("playground.state.answer !== null")
    page.locator("select.data-set").select_option("house_prices")
    page.wait_for_function("playground.isChecked() && playground.kind() === 'table'")
    page.wait_for_function("playground.state.sample === null")
    expect(page.locator("#try_row-rail .row-form input").first).to_have_value("")


def test_before_training_each_kind_of_data_says_what_to_do(visitor: Visitor) -> None:
    page = visitor.open("?preset=table-house-prices")
    expect(page.locator("#try_row-rail .row-answer")).to_contain_text("choose a row")
    expect(page.locator("#rail")).not_to_contain_text("as you draw")


# The Draw tab


def test_the_rails_small_card_steps_aside_where_the_large_one_stands(page: Page) -> None:
    expect(page.locator("#pad-rail")).to_be_visible()
    show_tab(page, "Draw")
    expect(page.locator("#pad-draw canvas.pad")).to_be_visible()
    expect(page.locator("#pad-rail")).to_be_hidden()


def test_a_picture_of_the_camera_is_read_and_the_camera_stops(chromium: Browser, app: str) -> None:
    camera_browser = chromium.browser_type.launch(
        executable_path=executable(chromium.browser_type.executable_path), args=[*FLAGS, *CAMERA]
    )
    visitor = Visitor(camera_browser, app)
    page = visitor.open("#draw")
    page.get_by_role("button", name="Use the camera").click()
    page.get_by_role("button", name="Take the picture").click()
    expect(page.locator(".photo-line")).to_have_text(re.compile("Photo read|No writing"))
    expect(page.locator(".photo-thumb")).to_be_visible()
    expect(page.locator(".photo-camera")).to_be_hidden()
    assert page.evaluate("document.querySelector('.photo-camera video').srcObject") is None
    visitor.close()
    camera_browser.close()


def test_without_a_camera_the_card_says_so(page: Page) -> None:
    show_tab(page, "Draw")
    page.get_by_role("button", name="Use the camera").click()
    expect(page.locator(".photo-line.fault")).to_have_text(
        re.compile("No camera was found|may not use the camera")
    )
    expect(page.get_by_role("button", name="Use the camera")).to_be_enabled()


def test_what_was_right_of_the_image_before_is_not_said_of_a_drawing(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    train(page)
    line = page.locator("#pad-rail .answer-line")
    expect(line).to_contain_text("it is 0")

    def hold_drawings(route: Route) -> None:
        if '"drawn"' not in (route.request.post_data or ""):
            route.continue_()

    page.route("**/ask", hold_drawings)
    drag(page, page.locator("#pad-rail canvas.pad"), (0.5, 0.2), (0.5, 0.8))
    expect(line).to_have_text("The network is being asked…")
    page.unroute("**/ask")  # what was held goes on
    expect(line).to_contain_text("%")


def test_at_900_pixels_the_answer_stands_beside_the_pad_and_the_small_pad_names_its_image(
    visitor: Visitor,
) -> None:
    page = visitor.open(viewport={"width": 900, "height": 900})
    show_tab(page, "Draw")
    # both places at one moment, once the cards around have theirs
    page.wait_for_function("""() => {
      const [board, answer] = [".pad-board", ".try-answer"].map((part) =>
        document.querySelector(`#pad-draw ${part}`)?.getBoundingClientRect());
      return board?.width && answer?.width && answer.x > board.right && answer.y < board.y + 10;
    }""")
    page.set_viewport_size({"width": 1440, "height": 900})
    show_tab(page, "Build")
    small = page.locator("#pad-rail")
    small.get_by_role("button", name="Use a validation image instead").click()
    caption = small.locator(".pad-caption")
    expect(caption).to_contain_text("validation image")
    line = caption.bounding_box()
    assert line is not None and line["height"] < 24
