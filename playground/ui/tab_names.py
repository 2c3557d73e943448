"""The names of the tabs follow the page: its language, and whether its data are drawn or tried in another way."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from .page import address
from .words import table

LANGUAGES = tuple(table())


class TabNames(gr.HTML):
    """Nothing to see: the page says "zh image" here, and an ordinary event renames the tabs."""

    def __init__(self) -> None:
        module = address("run/tab_names.js")
        super().__init__(
            html_template="",
            js_on_load=f"import(new URL('{module}', document.baseURI)).then((module) => "
            "module.default((value) => { props.value = value; trigger('change'); }))"
            ".catch(() => playgroundFallback.ofPage('failed'));",
            apply_default_css=False,
            container=False,
            padding=False,
            elem_classes="pg-hidden",
        )

    def preprocess(self, payload: Any) -> str:
        """A language and what is tried. What is neither becomes English and a drawing."""
        language, _, kind = str(payload).partition(" ")
        known = language in LANGUAGES and kind in ("image", "other")
        return f"{language} {kind}" if known else "en image"


def label(tab: str, language: str = "en", kind: str = "image") -> str:
    """What a tab is called. Only images are drawn; other data are tried in the same place."""
    key = "tab.try" if tab == "draw" and kind != "image" else f"tab.{tab}"
    return table()[language][key]


def follow(tabs: Mapping[str, gr.Tab]) -> None:
    """Renames the tabs whenever the page says so."""

    def rename(said: str) -> list[Any]:
        language, kind = said.split(" ")
        return [gr.update(label=label(tab, language, kind)) for tab in tabs]

    names = TabNames()
    names.change(
        rename,
        inputs=[names],
        outputs=list(tabs.values()),
        queue=False,
        show_progress="hidden",
        api_visibility="private",
        trigger_mode="always_last",
    )
