"""Build: the data, and the list of layers."""

from ..components.data_card import DataCard
from ..components.layer_list import LayerList


def panel() -> None:
    """Places the data card above the layers."""
    DataCard()
    LayerList()
