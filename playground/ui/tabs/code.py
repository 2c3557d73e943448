"""Code: the script of the experiment on the screen, and the experiment as a file."""

from ..components.code_view import CodeView
from ..components.weights import Weights


def panel() -> None:
    """Places the script."""
    CodeView()
    Weights()
