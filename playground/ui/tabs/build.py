"""Build: the data, and the list of layers."""

from ..page import place

TEXT = {"tab.build": ("Build", "搭建")}


def panel() -> None:
    """Places the data card and what images and tables need beside it above the layers."""
    place("data_card")
    place("image_data")
    place("table_data")
    place("layer_list")
