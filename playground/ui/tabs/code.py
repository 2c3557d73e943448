"""Code: the script of the experiment on the screen, and the experiment as a file."""

from ..page import place

TEXT = {"tab.code": ("Code", "代码")}


def panel() -> None:
    """Places the script, then weights and checkpoints."""
    place("code_view")
    place("weights")
