"""What people do beside the straight way: half-typed numbers, another experiment while one trains, a pasted picture."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .actions import train
from .conftest import Visitor


def test_letters_in_a_number_field_are_a_fault_with_its_name_and_nothing_else(page: Page) -> None:
    page.get_by_role("tab", name="Train", exact=True).click()
    for name, text, words in (
        ("learning rate", "abc", "learning rate: needs a number"),
        ("learning rate", "", "learning rate: needs a number"),
        ("epochs", "abc", "epochs: needs a whole number"),
    ):
        box = page.locator(".pg-training_fields").get_by_role("textbox", name=name, exact=True)
        before = box.input_value()
        box.fill(text)
        page.wait_for_function("playground.isChecked()")
        expect(page.locator(".pg-training_fields .fault-line:visible")).to_contain_text(words)
        expect(page.locator("#pad-rail")).to_be_visible()
        box.fill(before)
        page.wait_for_function("playground.isChecked()")
        expect(page.locator(".pg-training_fields .fault-line:visible")).to_have_count(0)


def test_train_with_a_fault_goes_to_it_and_names_it(page: Page) -> None:
    page.locator(".pg-data_card").get_by_role("textbox", name="batch size").fill("0")
    page.wait_for_function("playground.isChecked()")
    page.get_by_role("tab", name="Code").click()
    page.locator("button.train").click()
    expect(page.locator("#pg-toasts")).to_contain_text("Fix this first: batch size: must be")
    expect(page.get_by_role("tab", name="Build")).to_have_attribute("aria-selected", "true")


def test_a_presets_name_goes_with_its_data(page: Page) -> None:
    name = page.locator("button.chooser.preset")
    expect(name).to_contain_text("BasicCNN")
    page.locator("select.data-set").select_option("moons")
    expect(name).to_have_text("Your own experiment")
    page.evaluate("playground.undo()")
    expect(name).to_contain_text("BasicCNN")


def test_a_warm_up_longer_than_the_run_is_said(page: Page) -> None:
    page.get_by_role("tab", name="Train", exact=True).click()
    line = page.locator(".pg-training_fields .line[data-part=schedule]")
    hint, steps = line.locator(".hint"), page.evaluate("playground.state.check.totals.steps")
    expect(hint).to_be_hidden()
    line.get_by_role("textbox", name="warm-up steps").fill(str(steps))
    expect(hint).to_contain_text(f"({steps:,} steps) is not over when the run ends")
    line.get_by_role("textbox", name="warm-up steps").fill(str(steps - 1))
    expect(hint).to_be_hidden()


def test_one_press_trains_the_preset_that_was_chosen_while_another_trains(visitor: Visitor) -> None:
    page = visitor.open()
    train(page)
    first = page.evaluate("playground.state.run.id")
    expect(page.locator("button.train")).to_have_text("Pause")
    page.evaluate(
        """(preset) => {
          const { experiment } = playground.state.boot.presets.find((each) => each.id === preset);
          playground.load(experiment, "edit.preset", { preset });
        }""",
        "points-spiral",
    )
    expect(page.locator("button.train")).to_have_text("Train")
    expect(page.locator(".numbers.other")).to_have_attribute(
        "title", re.compile("BasicCNN, which is still training")
    )
    page.keyboard.press("Control+z")
    expect(page.locator("button.train")).to_have_text("Pause")
    page.keyboard.press("Control+y")
    page.locator("button.train").click()
    page.wait_for_function(
        "(id) => playground.state.run.id !== id && playground.state.run.step > 0", arg=first
    )
    assert page.evaluate("playground.state.run.experiment.data.dataset") == "spirals"


def test_a_finished_run_takes_no_single_step_and_no_stop(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-xor")
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()
    train(page)
    page.wait_for_function("playground.state.run.state === 'done'")
    expect(page.locator("button.train")).to_have_text("Train again")
    for name in ("Stop", "One step"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    expect(page.locator(".number.left")).to_be_hidden()


@pytest.fixture
def seven() -> str:
    """A photo of a seven, dark ink on light paper, as base64 of a PNG."""
    paper = np.full((200, 160), 230, np.uint8)
    paper[40:55, 40:120] = 20
    for row in range(55, 170):
        left = 112 - (row - 55) // 2
        paper[row, left - 12 : left] = 20
    file = io.BytesIO()
    Image.fromarray(paper).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def test_a_picture_is_pasted_with_the_keyboard(page: Page, seven: str) -> None:
    page.get_by_role("tab", name="Draw").click()
    expect(page.locator(".photo-line")).to_be_attached()
    page.evaluate(
        """(data) => {
          const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0)), carried = new DataTransfer();
          carried.items.add(new File([bytes], "seven.png", { type: "image/png" }));
          const options = { clipboardData: carried, bubbles: true, cancelable: true };
          document.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        seven,
    )
    page.wait_for_function(
        "playground.state.sample?.photo === true && playground.state.answer?.sample === playground.state.sample"
    )
    expect(page.locator(".photo-line")).not_to_be_empty()


def test_a_menu_on_a_phone_ends_above_the_controls(visitor: Visitor) -> None:
    page = visitor.open(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="Add layer").tap()
    menu = page.locator(".pg-menu")
    expect(menu).to_be_visible()
    box, controls = menu.bounding_box(), page.locator(".pg-bar .numbers").bounding_box()
    assert box and controls
    assert box["y"] >= 0 and box["y"] + box["height"] <= controls["y"]
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
