"""The page's own controls: gr.HTML components, each a .js and a .css file beside a small class."""

from pathlib import Path
from typing import Any, ClassVar

import gradio as gr

FOLDER = Path(__file__).parent

# The page's own scripts come first, in this order; the last script of all opens the page.
CORE_SCRIPTS = ("page.js", "icons.js", "pixels.js", "menu.js", "fields.js", "store.js", "runs.js")
LAST_SCRIPT = "ready.js"


class Component(gr.HTML):
    """An empty place in the page that the script `<name>.js` fills and keeps up to date; no value goes to Python."""

    name: ClassVar[str] = ""

    def __init__(self, **options: Any):
        options.setdefault("elem_classes", "pg-place")
        super().__init__(
            html_template=f'<div class="pg-{self.name}" data-pg="{self.name}"></div>',
            js_on_load=f"window.pg ? pg.mount('{self.name}', element)"
            f" : (window.pgWaiting ??= []).push(['{self.name}', element]);",
            apply_default_css=False,
            container=False,
            padding=False,
            **options,
        )

    def preprocess(self, payload: Any) -> None:
        """Nothing that a browser sends is taken."""
        return None


def scripts() -> list[Path]:
    """The core scripts in their order, those of the components, the last one."""
    others = sorted({path.name for path in FOLDER.glob("*.js")} - {*CORE_SCRIPTS, LAST_SCRIPT})
    return [FOLDER / name for name in (*CORE_SCRIPTS, *others, LAST_SCRIPT)]


def styles() -> list[Path]:
    """The theme, then the styles of the components."""
    return [FOLDER.parent / "theme.css", *sorted(FOLDER.glob("*.css"))]
