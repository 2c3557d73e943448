"""Build: the data, and the list of layers."""

from ..components.data_card import DataCard
from ..components.image_data import ImageData
from ..components.layer_list import LayerList
from ..components.table_data import TableData


def panel() -> None:
    """Places the data card and what images need beside it above the layers."""
    DataCard()
    ImageData()
    TableData()
    LayerList()
