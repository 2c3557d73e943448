"""Practice of training in a browser: single layers, the range test, weights and checkpoints out and in."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from safetensors.torch import load_file

from .actions import train
from .conftest import Visitor, ready

QUICK = "?preset=points-circles"


def learning(page: Page, layer: int) -> Any:
    return page.evaluate("(i) => playground.state.experiment.layers[i].learning ?? null", layer)


def open_layers(page: Page) -> Locator:
    """The table of single layers, open."""
    card = page.locator(".pg-layer_learning")
    card.get_by_role("button", name="Set the learning rate").click()
    return card


# Layer by layer


def test_first_weights_of_one_layer_have_their_own_fields(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    card = open_layers(page)
    first = card.get_by_role("listitem", name="1 Linear")
    expect(first.get_by_label("1 Linear: nonlinearity")).to_have_count(0)
    first.get_by_label("1 Linear: initialisation").select_option("xavier_uniform")
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
    card.get_by_label("Output: initialisation").select_option("normal")
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
    assert page.evaluate("playground.state.experiment.training.output.init") == {
        "init": "normal",
        "std": 0.5,
    }


def test_a_layer_with_its_own_learning_rate_keeps_it_as_a_scale(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    card = open_layers(page)
    rate = card.get_by_label("3 Linear: learning rate")
    rate.press_sequentially("0.002")
    rate.press("Tab")
    ready(page)
    assert learning(page, 2)["lr_scale"] == pytest.approx(0.2)
    expect(card).to_contain_text("1 of 3 layers differ.")
    page.locator(".pg-training_fields").get_by_label("learning rate", exact=True).fill("0.1")
    expect(rate).to_have_value("0.02")
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.step > 0")
    page.get_by_role("button", name="All settings").click()
    card.get_by_role("button", name="Same for all").click()
    assert learning(page, 2) is None
    expect(rate).to_have_value("")


# The range test


def test_the_range_tests_suggestion_becomes_the_learning_rate(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-spiral#train")
    card = page.locator(".pg-range_test")
    card.get_by_role("button", name="Try all rates").click()
    expect(card).to_contain_text("The loss falls fastest at")
    expect(card.locator(".figure-plot .trace")).to_have_count(1)
    assert page.evaluate("playground.state.run") is None
    before = page.evaluate("playground.state.experiment.training.optimizer.lr")
    use = card.get_by_role("button", name="Use")
    words = use.inner_text()
    use.click()
    ready(page)
    rate = page.evaluate("playground.state.experiment.training.optimizer.lr")
    assert 1e-4 < rate < 0.5 and rate != before
    assert (
        words
        == f"Use {page.evaluate('playground.format.lr(playground.state.experiment.training.optimizer.lr)')}"
    )
    box = page.locator(".pg-training_fields").get_by_label("learning rate", exact=True)
    assert float(box.input_value()) == rate


# Weights and checkpoints


def card_of_weights(page: Page) -> Locator:
    page.get_by_role("tab", name="Code").click()
    return page.locator(".pg-weights")


def downloaded(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as download:
        card_of_weights(page).get_by_role("button", name=name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def put(page: Page, path: Path) -> None:
    card_of_weights(page).locator("input[type=file][accept*='.pt']").set_input_files(path)


def go_on(page: Page, path: Path) -> None:
    card_of_weights(page).locator("input[type=file][accept='.safetensors']").set_input_files(path)


def test_weights_go_out_and_come_back_into_a_changed_network(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open(QUICK)
    card = card_of_weights(page)
    expect(card.get_by_role("button", name="Download .safetensors")).to_be_disabled()
    train(page)
    path = downloaded(page, "Download .safetensors", tmp_path)
    names = [
        "features.0.bias",
        "features.0.weight",
        "features.2.bias",
        "features.2.weight",
        "head.bias",
        "head.weight",
    ]
    assert sorted(load_file(path)) == names
    page.evaluate("playground.edit('test', (experiment) => { experiment.layers[2].units = 5; })")
    ready(page)
    before = page.evaluate("playground.state.run.id")
    put(page, path)
    expect(card).to_contain_text("3 of the network’s 6 tensors match")
    expect(card.get_by_role("row", name="features.2.weight")).to_contain_text(
        "8 × 8 in the file, 5 × 8 in the network"
    )
    assert page.evaluate("playground.state.run.id") == before
    card.get_by_role("button", name="Start with the 3 that match").click()
    page.wait_for_function("(before) => playground.state.run.id !== before", arg=before)
    expect(page.locator("#pg-toasts")).to_contain_text("The network now has these weights")
    assert page.evaluate(
        "[playground.state.run.state, playground.state.run.step, playground.isEdited()]"
    ) == [
        "paused",
        0,
        False,
    ]
    again = load_file(downloaded(page, "Download .safetensors", tmp_path))
    assert torch.equal(again["features.0.weight"], load_file(path)["features.0.weight"])


@pytest.mark.parametrize("take", [put, go_on], ids=["weights", "checkpoint"])
def test_files_without_weights_are_told_in_a_sentence(
    visitor: Visitor, tmp_path: Path, take: Callable[[Page, Path], None]
) -> None:
    visitor.allowed.append("422")
    page = visitor.open(QUICK)
    for i, content in enumerate(
        (b"", b"no weights at all", b"\xff" * 5000, b"PK\x03\x04" + bytes(100))
    ):
        path = tmp_path / f"strange{i}.safetensors"
        path.write_bytes(content)
        take(page, path)
        expect(page.locator(".weights-bad")).to_contain_text(
            re.compile(rf"^strange{i}\.safetensors: \w.{{20,}}")
        )
    assert page.evaluate("playground.state.run") is None
    train(page)


def test_a_run_goes_on_from_its_checkpoint_in_another_browser(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open(QUICK)
    page.evaluate(
        "playground.edit('test', (experiment) => { experiment.training.epochs = 10000; })"
    )
    ready(page)
    train(page)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run.state === 'paused'")
    path = downloaded(page, "Download a checkpoint", tmp_path)
    other = visitor.open("?preset=digits-softmax")
    go_on(other, path)
    expect(card_of_weights(other)).to_contain_text(
        re.compile(r"paused at step [\d,]+; press Resume to continue")
    )
    assert other.evaluate("playground.state.experiment.data.dataset") == "circles"
    at = other.evaluate("playground.state.run.step")
    losses = "(at) => playground.history.steps.step.at(-1) === at && playground.history.steps.train_loss.at(-1)"
    same = page.wait_for_function(losses, arg=at).json_value()
    assert other.wait_for_function(losses, arg=at).json_value() == same
    expect(other.locator("button.train")).to_have_text("Resume")
    other.locator("button.train").click()
    other.wait_for_function("(at) => playground.state.run.step > at", arg=at)
    assert page.evaluate("[playground.state.run.state, playground.state.run.step]") == [
        "paused",
        at,
    ]


def test_a_checkpoint_of_an_unedited_preset_brings_the_presets_name_back(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open("?preset=points-circles")
    name = page.locator("button.chooser.preset").inner_text()
    page.get_by_role("button", name="One step").click()
    page.wait_for_function("playground.state.run?.step === 1")
    path = downloaded(page, "Download a checkpoint", tmp_path)
    other = visitor.open("?preset=digits-softmax")
    go_on(other, path)
    expect(other.locator("button.chooser.preset")).to_have_text(name)
    expect(other.locator("button.train")).to_have_text("Resume")
    expect(other.locator("button.edited")).to_be_hidden()
