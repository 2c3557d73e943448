"""Look inside sequences: where the network attends, and features by steps, for a typed text."""

from playwright.sync_api import expect

from .actions import train
from .conftest import Visitor

NAME = "Ravenna"


def test_attention_lies_over_the_letters_of_a_typed_name(visitor: Visitor) -> None:
    page = visitor.open("?preset=names-attention")
    train(page)
    page.locator("#sequence_try-rail").get_by_role("textbox").fill(NAME)
    page.evaluate("playground.tab('inside')")
    letters = page.locator(".attention-step:visible")
    expect(letters).to_have_count(len(NAME))
    # In one look: while it trains, each answer draws the letters again.
    page.wait_for_function(
        """(n) => {
            const steps = [...document.querySelectorAll(".attention-step")];
            const texts = steps.filter((step) => step.offsetParent).map((step) => step.innerText);
            const shares = texts.map((text) => parseInt(text.split("\\n").at(-1), 10));
            const sum = shares.reduce((before, share) => before + share, 0);
            return texts.length === n && Math.abs(sum - 100) <= n;
        }""",
        arg=len(NAME),
    )
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
