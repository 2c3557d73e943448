"""The tabs: one file each, with a `panel()` that places its cards, and its words."""

from typing import Protocol

from . import build, code, draw, inside, labs, train


class Tab(Protocol):
    """What the file of a tab has. Its words as key: (English, Chinese); `tab.<name>` is what it is called."""

    TEXT: dict[str, tuple[str, str]]

    def panel(self) -> None:
        """Places its cards."""


# By their names in the address, in the order of the strip.
TABS: dict[str, Tab] = {
    "build": build,
    "train": train,
    "inside": inside,
    "draw": draw,
    "labs": labs,
    "code": code,
}
