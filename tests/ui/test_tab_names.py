"""The names of the tabs follow the page, whatever a browser sends."""

from typing import Any

import gradio as gr
import pytest

from playground.settings import Settings
from playground.ui import TABS, build_app
from playground.ui.tab_names import TabNames, label


@pytest.fixture(scope="module")
def demo() -> gr.Blocks:
    return build_app(Settings())


def test_a_tab_is_called_by_its_words_in_the_language_of_the_page() -> None:
    assert [label(tab) for tab in TABS] == ["Build", "Train", "Look inside", "Draw", "Code"]
    assert label("train", "zh") == "训练"


def test_only_images_are_drawn_and_other_data_are_tried() -> None:
    assert label("draw", "en", "other") == "Try it"
    assert label("build", "en", "other") == "Build"


@pytest.mark.parametrize("sent", ["zh image", "en other"])
def test_what_the_page_says_is_taken(demo: gr.Blocks, sent: str) -> None:
    assert names_of(demo).preprocess(sent) == sent


@pytest.mark.parametrize("sent", [None, 3, "", "zh", "xx image", "zh image more", {"a": 1}, "zh\n"])
def test_anything_else_is_english_and_a_drawing(demo: gr.Blocks, sent: Any) -> None:
    assert names_of(demo).preprocess(sent) == "en image"


def names_of(demo: gr.Blocks) -> TabNames:
    (names,) = (block for block in demo.blocks.values() if isinstance(block, TabNames))
    return names
