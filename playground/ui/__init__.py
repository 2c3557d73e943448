"""The page: everything that knows Gradio."""

import hashlib
from pathlib import Path
from typing import Any

import gradio as gr

from ..settings import Settings
from .components import scripts, styles
from .components.bar import Bar
from .rail import rail
from .tabs import build, code, draw, inside, train

# A tab is one file with a `panel()`; its words are `tab.<name>`, its place in the strip is the one here.
TABS = {"build": build, "train": train, "inside": inside, "draw": draw, "code": code}
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
        Bar(elem_id="bar")
        with gr.Row(elem_id="main"):
            with gr.Column(elem_id="panels"):
                for name, tab in TABS.items():
                    with gr.Column(elem_id=f"panel-{name}"):
                        tab.panel()
            with gr.Column(elem_id="rail"):
                rail()
    return demo


def version() -> str:
    """Changes with any of our files, so that a browser may keep them for long."""
    digest = hashlib.sha256()
    for path in [*scripts(), *styles()]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def head() -> str:
    """Our scripts, in order, and styles. Nothing shows before the theme is there."""
    stamp = version()

    def at(path: Path) -> str:
        return f"playground/static/{path.name}?v={stamp}"

    first, *others = scripts()
    shown = (f'body[data-tab="{name}"] #panel-{name}{{display:flex!important}}' for name in TABS)
    lines = [
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
        f"<style>gradio-app{{visibility:hidden}}{''.join(shown)}</style>",
        *(f'<link rel="stylesheet" href="{at(path)}">' for path in styles()),
        f'<script src="{at(first)}" data-tabs="{" ".join(TABS)}"></script>',
        *(f'<script src="{at(path)}"></script>' for path in others),
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
