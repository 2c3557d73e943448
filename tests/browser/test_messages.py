"""What the page says of faults and failures: layers have the names that stand on the screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitor, ready

INNER_NAME = re.compile(r"layers\[|layers\.\d|output of output|body\[|\bundefined\b|\{\w+\}")


def words_on_the_page(page: Page) -> str:
    words: str = page.evaluate("document.body.innerText")
    return words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_failure_names_the_layer_as_the_list_does(visitor: Visitor, language: str) -> None:
    page = visitor.open("?preset=points-xor")
    page.evaluate("(language) => playground.setLanguage(language)", language)
    page.evaluate(
        "playground.edit('test', (e) => { e.training.optimizer = {optimizer: 'sgd', lr: 1000};"
        " e.layers = [{layer: 'linear', units: 64}, {layer: 'linear', units: 64}]; })"
    )
    ready(page)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.state === 'failed'")
    reason = page.locator(".now-reason")
    expect(reason).to_be_visible()
    expect(reason).to_contain_text(re.compile(r"[12] Linear|Output|输出"))
    assert not INNER_NAME.search(words_on_the_page(page))
    expect(page.locator("button.train")).to_be_enabled()


FAULTS = {
    "a kernel that is too large": "e.layers = [{layer: 'conv2d', kernel: 99}, {layer: 'flatten'}]",
    "a convolution after flatten": "e.layers = [{layer: 'flatten'}, {layer: 'conv2d'}]",
    "a fault inside of a block": "e.layers = [{layer: 'residual', body: [{layer: 'conv2d', channels: 3, stride: 2}]}]",
    "no layer that flattens": "e.layers = [{layer: 'conv2d'}]",
    "a number that is a word": "e.layers = [{layer: 'flatten'}, {layer: 'linear', units: 'many'}]",
    "an unknown layer": "e.layers = [{layer: 'flatten'}, {layer: 'nothing'}]",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_the_words_of_the_screen(visitor: Visitor, fault: str) -> None:
    page = visitor.open("?preset=digits-softmax")
    page.evaluate(f"playground.edit('test', (e) => {{ {FAULTS[fault]}; }})")
    ready(page)
    assert page.evaluate("playground.state.check.faults.length") > 0
    for language in ("en", "zh"):
        page.evaluate("(language) => playground.setLanguage(language)", language)
        expect(page.locator("#panels .fault-line:visible").first).to_be_visible()
        assert not INNER_NAME.search(words_on_the_page(page))
