"""The page: everything that knows Gradio."""

from typing import Any

import gradio as gr

from ..settings import Settings
from . import tab_names
from .page import FIRST_MODULE, address, modules_of, place, styles
from .rail import rail
from .tabs import TABS

# What a stranger sees first: fetched at once, together with all that it imports.
FIRST_CARDS = ("bar", "data_card", "layer_list", "now", "rail_strip", "digit_pad")
FONTS = (
    "system-ui",
    "Segoe UI",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
)


def build_app(settings: Settings) -> gr.Blocks:
    """The page. Whatever lives in it comes through the routes; no Gradio event trains."""
    with gr.Blocks(
        title="Neural network playground",
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(600, 600),
    ) as demo:
        place("bar", elem_id="bar")
        with gr.Row(elem_id="main"):
            with gr.Column(elem_id="panels"):
                tabs = _tabs()
            with gr.Column(elem_id="rail"):
                rail()
        place("rail_strip", elem_id="rail-strip")
        tab_names.follow(tabs)
    return demo


def _tabs() -> dict[str, gr.Tab]:
    """Gradio's own tabs. A card is drawn when its tab is first shown, and then stays as it is."""
    tabs = {}
    with gr.Tabs(elem_id="tabs"):
        for name, content in TABS.items():
            label = tab_names.label(name)
            with gr.Tab(label, id=name, elem_id=f"panel-{name}", render_children=True) as tab:
                content.panel()
            tabs[name] = tab
    return tabs


def head() -> str:
    """Our styles and modules. What cannot be loaded is said (`first_page`); nothing shows before the theme is there."""
    start = f'src="{address(FIRST_MODULE)}" data-tabs="{" ".join(TABS)}"'
    lines = [
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
        "<style>gradio-app{visibility:hidden}</style>",
        *(f'<link rel="stylesheet" href="{address(name)}" data-needed>' for name in styles()),
        *(f'<link rel="modulepreload" href="{address(name)}">' for name in modules_of(FIRST_CARDS)),
        f'<script type="module" {start} data-needed></script>',
    ]
    return "\n".join(lines)


def launch_options() -> dict[str, Any]:
    """What `launch()` needs beside the routes to make the page look like ours."""
    theme = gr.themes.Base(font=FONTS, font_mono=("ui-monospace", "Consolas", "monospace"))
    return {
        "theme": theme,
        "head": head(),
        "footer_links": [],
        "run_history": False,
        "ssr_mode": False,
    }
