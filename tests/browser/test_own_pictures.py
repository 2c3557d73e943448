"""A person's own pictures, from the ZIP to an answer: what cannot be used, and identical ones under two classes."""

from pathlib import Path
from typing import Any

import pytest

from tests.reading.data.cases import coded, packed, picture, pictures

from .own_data import LANGUAGES, doubts, hand_in, train_to_the_end

expect = pytest.importorskip("playwright.sync_api").expect

SAID = {
    "en-US": (("Go on without them", "damaged"), ("Keep them", "identical")),
    "zh-CN": (("不用它们继续", "已损坏"), ("保留", "相同")),
}


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Ants and bees, with a loose picture, a damaged one, and one that lies in both folders."""
    members = pictures(n=12) | {"x.png": coded(picture(0)), "ants/b.png": b"?"}
    same = coded(picture(2))
    members |= {"ants/same.png": same, "bees/same.png": same}
    path = tmp_path / "insects.zip"
    path.write_bytes(packed(members))
    return path


@pytest.mark.parametrize("locale", LANGUAGES)
def test_pictures_are_understood_asked_about_and_trained(
    visitor: Any, album: Path, locale: str
) -> None:
    page = visitor.open(locale=locale)
    hand_in(page, album)
    assert page.locator(".data-set").input_value() == "own_images"
    assert len(doubts(page)) == 2
    for label, about in SAID[locale]:
        doubt = page.locator(".doubt", has_text=about)
        before = page.locator(".settled li").count()
        doubt.get_by_role("button", name=label).first.click()
        expect(page.locator(".settled li")).to_have_count(before + 1)
    assert doubts(page) == []
    assert page.evaluate("playground.state.experiment.data.choices") == [
        "pictures=go_on",
        "same_pictures=keep",
    ]
    expect(page.locator(".read-classes .chip")).to_have_text(["ants 13", "bees 13"])
    train_to_the_end(page, locale)
    assert page.evaluate("playground.state.answer !== null")
