"""Look inside sequences: where the network attends, and features by steps, for a typed text."""

import pytest
from playwright.sync_api import expect

from .actions import train
from .conftest import Visitor

NAME = "Ravenna"


@pytest.mark.quick
def test_attention_lies_over_the_letters_of_a_typed_name(visitor: Visitor) -> None:
    page = visitor.open("?preset=names-attention")
    train(page)
    page.locator("#sequence_try-rail").get_by_role("textbox").fill(NAME)
    page.evaluate("playground.tab('inside')")
    letters = page.locator(".attention-step:visible")
    expect(letters).to_have_count(len(NAME))
    shares = [int(text.split("\n")[-1].split()[0]) for text in letters.all_inner_texts()]
    assert abs(sum(shares) - 100) <= len(NAME)
    page.locator('.flow-block[data-path="layers[1]"]').click()
    expect(
        page.get_by_text(f"96 of 96 features, {len(NAME)} steps from left to right")
    ).to_be_visible()


def test_an_encoder_shows_a_square_a_head_and_other_networks_nothing(visitor: Visitor) -> None:
    page = visitor.open("?preset=names-transformer#inside")
    train(page)
    expect(page.locator(".attention-heads canvas:visible")).to_have_count(4)
    page.locator(".attention-heads canvas").first.hover(position={"x": 40, "y": 40})
    expect(page.get_by_text("looks at step")).to_be_visible()
    page = visitor.open("?preset=names-gru#inside")
    expect(page.locator(".attention")).to_be_hidden()
