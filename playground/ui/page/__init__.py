"""The page's own modules and styles, and the cards that Gradio places: a card is `cards/<name>.js`, and its .css."""

import functools
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gradio as gr

FOLDER = Path(__file__).parent
STATIC = "playground/static"  # our route, below the page's own address
FIRST_MODULE = "start.js"
LAZY = "labs/"  # its styles come with its card, when its tab is opened
IMPORT = re.compile(r'(?:from|import) "(\.[^"]+)"')


class Card(gr.HTML):
    """An empty place in the page that the card's module fills and keeps up to date; no value goes to Python."""

    def __init__(self, name: str, *, elem_id: str | None, **props: Any):
        module = f"{STATIC}/{stamp()}/cards/{name}.js"
        super().__init__(
            html_template=f'<div class="pg-{name}" data-pg="{name}"></div>',
            js_on_load=f"import(new URL('{module}', document.baseURI))"
            ".then((module) => module.default(element, props))"
            ".catch(() => playgroundFallback.ofCard(element));",
            apply_default_css=False,
            container=False,
            padding=False,
            elem_id=elem_id,
            elem_classes="pg-place",
            **props,
        )

    def preprocess(self, payload: Any) -> None:
        """Nothing that a browser sends is taken."""
        return None


def place(name: str, *, elem_id: str | None = None, **props: Any) -> None:
    """Places a card where it is called. `props` reach its module, as the second argument of its `setup`.

    Raises: ValueError where there is no such card.
    """
    if f"cards/{name}.js" not in files():
        raise ValueError(f"no card “{name}” in {FOLDER / 'cards'}")
    Card(name, elem_id=elem_id, **props)


@functools.cache
def files() -> dict[str, Path]:
    """All modules and styles by their path in this folder. Nothing else of it is served."""
    paths = [*FOLDER.rglob("*.js"), *FOLDER.rglob("*.css")]
    return {path.relative_to(FOLDER).as_posix(): path for path in sorted(paths)}


@functools.cache
def stamp() -> str:
    """Changes with any of the files. It stands in their addresses, so that a browser may keep them for long."""
    digest = hashlib.sha256()
    for name, path in files().items():
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def address(name: str) -> str:
    """Where the page finds one of the files."""
    return f"{STATIC}/{stamp()}/{name}"


def styles() -> list[str]:
    """Those of the first screen. The theme first, so that the cards' styles stand above it."""
    others = []
    for name in files():
        is_lazy = name.startswith(LAZY)
        if name.endswith(".css") and name != "theme.css" and not is_lazy:
            others.append(name)
    return ["theme.css", *others]


def modules_of(cards: Iterable[str]) -> list[str]:
    """The modules that a page with these cards needs: the first module, the cards, and whatever they import."""
    waiting = [FIRST_MODULE, *(f"cards/{name}.js" for name in cards)]
    reached: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name in reached:
            continue
        reached.append(name)
        waiting.extend(_imports_of(name))
    return reached


def _imports_of(name: str) -> list[str]:
    path = files()[name]
    found = IMPORT.findall(path.read_text("utf-8"))
    targets = [(path.parent / relative).resolve() for relative in found]
    return [target.relative_to(FOLDER.resolve()).as_posix() for target in targets]
