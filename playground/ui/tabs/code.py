"""Code: the script of the experiment on the screen, and the experiment as a file."""

from ..page import place


def panel() -> None:
    """Places the script, then weights and checkpoints."""
    place("code_view")
    place("weights")
