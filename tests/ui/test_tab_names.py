"""The names of the tabs are changed in the browser: no event of the page reaches Gradio's server."""

import pytest

from playground.settings import Settings
from playground.ui.app import TABS, build_app
from playground.ui.tab_names import label


def test_a_tab_is_called_by_its_words() -> None:
    labels = [label(tab) for tab in TABS]
    assert labels == ["Build", "Train", "Look inside", "Draw", "Labs", "Code"]


@pytest.mark.parametrize("event", build_app(Settings()).fns.values(), ids=str)
def test_no_event_of_the_page_has_anything_to_run_on_the_server(event: object) -> None:
    assert event.fn is None and event.js.startswith("() => import(")  # type: ignore[attr-defined]


def test_there_is_such_an_event() -> None:
    assert len(build_app(Settings()).fns) == 1
