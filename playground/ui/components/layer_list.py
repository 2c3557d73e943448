"""The layers of the network: add, reorder, change, mend."""

from . import Component


class LayerList(Component):
    """The layers of the network: add, reorder, change, mend."""

    name = "layer_list"
