"""Cards in the page: placed by name, with the modules that they need."""

import gradio as gr
import pytest

from playground.settings import Settings
from playground.ui.app import FIRST_CARDS, build_app
from playground.ui.page import Card, files, modules_of, place, stamp, styles


def test_a_card_that_does_not_exist_is_refused_by_name() -> None:
    with gr.Blocks(), pytest.raises(ValueError, match="no card “nothing”"):
        place("nothing")


def test_a_card_is_imported_under_the_stamp_and_gets_what_place_said() -> None:
    with gr.Blocks():
        card = Card("flow", elem_id=None, place="rail")
    assert f"static/{stamp()}/cards/flow.js" in str(card.js_on_load)
    assert card.props["place"] == "rail"
    assert card.preprocess({"anything": 1}) is None


def test_no_two_cards_of_the_page_share_an_id() -> None:
    demo = build_app(Settings())
    ids = [block.elem_id for block in demo.blocks.values() if isinstance(block, Card)]
    named = [name for name in ids if name]
    assert len(named) == len(set(named))


def test_the_first_screen_fetches_all_that_its_modules_import_and_each_once() -> None:
    modules = modules_of(FIRST_CARDS)
    assert modules[0] == "start.js"
    assert {"core/state.js", "run/stream.js", "cards/bar.js", "kit/card.js"} <= set(modules)
    assert len(modules) == len(set(modules)) and set(modules) <= files().keys()


def test_the_theme_comes_before_the_styles_of_the_cards() -> None:
    assert styles()[0] == "theme.css"
    # Those of the labs come with their tab.
    early = {name for name in files() if name.endswith(".css") and not name.startswith("labs/")}
    assert set(styles()) == early
