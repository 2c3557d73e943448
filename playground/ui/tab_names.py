"""The names of the tabs follow the page: its language, and whether its data are drawn or tried in another way."""

from collections.abc import Mapping

import gradio as gr

from .page import address
from .words import table


class TabNames(gr.HTML):
    """Nothing to see: here the page says that the tabs need other names. Gradio draws them, so Gradio renames them."""

    def __init__(self) -> None:
        super().__init__(
            html_template="",
            js_on_load=f"{_module()}.then((module) => module.default(() => trigger('change')))"
            ".catch(() => playgroundFallback.ofPage('failed'));",
            apply_default_css=False,
            container=False,
            padding=False,
            elem_classes="pg-hidden",
        )


def label(tab: str) -> str:
    """What a tab is called before the page has its language."""
    return table()["en"][f"tab.{tab}"]


def follow(tabs: Mapping[str, gr.Tab]) -> None:
    """Renames the tabs whenever the page says so: in the browser, so that no event of Gradio reaches the server."""
    TabNames().change(
        None,
        outputs=list(tabs.values()),
        js=f"() => {_module()}.then((module) => module.labels())",
        show_progress="hidden",
        api_visibility="private",
    )


def _module() -> str:
    return f"import(new URL('{address('run/tab_names.js')}', document.baseURI))"
