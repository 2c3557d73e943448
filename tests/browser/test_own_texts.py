"""A person's own texts, from the file to an answer: that they are texts, and which column holds the labels."""

from pathlib import Path
from typing import Any

import pytest

from .own_data import LANGUAGES, doubts, hand_in, settle, train_to_the_end

expect = pytest.importorskip("playwright.sync_api").expect

SAID = {"en-US": ("Texts", "Predict “topic”"), "zh-CN": ("文本", "预测“topic”")}
WORDS = (
    "please call me when you are back",
    "you win a prize of much money now",
    "the meeting is moved to the town hall",
    "claim your free cash before it is gone",
)


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    """Texts with two columns that may be their labels."""
    lines = ["kind,topic,message"]
    for i in range(160):
        kind = ("ham", "spam")[i % 2]
        topic = ("home", "money", "work", "money")[i % 4]
        lines.append(f'{kind},{topic},"{WORDS[i % 4]}, number {i}"')
    path = tmp_path / "mails.csv"
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("locale", LANGUAGES)
def test_texts_are_understood_asked_about_and_classified(
    visitor: Any, mails: Path, locale: str
) -> None:
    page = visitor.open(locale=locale)
    hand_in(page, mails)
    assert page.locator(".data-set").input_value() == "own_texts"
    page.locator(".data-set").select_option("own_table")  # the file stays
    page.wait_for_function("playground.state.understood?.kind === 'table'")
    texts, predict = SAID[locale]
    page.locator(".doubts").get_by_role("button", name=texts, exact=True).click()
    page.wait_for_function("playground.isChecked() && playground.state.understood?.kind === 'text'")
    assert page.locator(".data-set").input_value() == "own_texts"
    settle(page, predict)
    assert doubts(page) == []
    assert page.evaluate("playground.state.experiment.data.target") == "topic"
    expect(page.locator(".read-classes .chip")).to_have_text(["money 80", "home 40", "work 40"])
    train_to_the_end(page, locale)
    expect(page.locator("#sequence_try-rail")).to_be_visible()
