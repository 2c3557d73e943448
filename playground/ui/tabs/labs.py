"""Labs: single ideas to play with. Nothing of it is loaded before the tab is opened."""

from ..page import place

TEXT = {"tab.labs": ("Labs", "实验室")}


def panel() -> None:
    """Places the one card that shows all labs."""
    place("labs", elem_id="labs")
