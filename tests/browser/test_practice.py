"""Practice of training in a browser: single layers, the range test, weights and checkpoints out and in."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitor, ready

QUICK = "?preset=points-circles"


def learning(page: Page, layer: int) -> dict | None:
    return page.evaluate("(i) => pg.state.experiment.layers[i].learning ?? null", layer)


def open_layers(page: Page):
    """The table of single layers, open."""
    card = page.locator(".pg-layer_learning")
    card.get_by_role("button", name="Set learning rates").click()
    return card


# Layer by layer


def test_first_weights_of_one_layer_have_their_own_fields(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    card = open_layers(page)
    first = card.get_by_role("listitem", name="1 Linear")
    expect(first.get_by_label("1 Linear: nonlinearity")).to_have_count(0)
    first.get_by_label("1 Linear: first weights").select_option("xavier_uniform")
    first.get_by_label("1 Linear: nonlinearity").select_option("tanh")
    ready(page)
    assert learning(page, 0)["init"] == {"init": "xavier_uniform", "nonlinearity": "tanh"}
    assert learning(page, 2) is None
    page.get_by_role("tab", name="Code").click()
    script = page.locator(".pg-code_view pre")
    expect(script).to_contain_text('"features.0": (fill_xavier_uniform, {"nonlinearity": "tanh"})')


def test_a_layer_keeps_its_row_while_a_value_of_it_is_no_good(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    card = open_layers(page)
    card.get_by_label("Output: first weights").select_option("normal")
    spread = card.get_by_label("Output: std")
    spread.fill("much")
    ready(page)
    expect(spread).to_have_attribute("aria-invalid", "true")
    expect(card.locator(".fault-line")).to_contain_text("needs a number")
    rate = card.get_by_label("1 Linear: learning rate")
    expect(rate).to_be_visible()
    spread.fill("0.5")
    ready(page)
    expect(card.locator(".fault-line")).to_have_count(0)
    assert page.evaluate("pg.state.experiment.training.output.init") == {"init": "normal", "std": 0.5}


def test_a_layer_with_its_own_learning_rate_keeps_it_as_a_scale(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    card = open_layers(page)
    rate = card.get_by_label("3 Linear: learning rate")
    rate.press_sequentially("0.002")
    rate.press("Tab")
    ready(page)
    assert learning(page, 2)["lr_scale"] == pytest.approx(0.2)
    expect(card).to_contain_text("1 of 3 layers learn otherwise.")
    page.locator(".pg-training_fields").get_by_label("learning rate", exact=True).fill("0.1")
    expect(rate).to_have_value("0.02")
    page.locator("button.train").click()
    page.wait_for_function("pg.state.run?.step > 0")
    card.get_by_role("button", name="All alike").click()
    assert learning(page, 2) is None
    expect(rate).to_have_value("")
