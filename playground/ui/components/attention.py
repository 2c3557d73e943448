"""Which steps of the sample the network attends to; hidden where nothing attends."""

from . import Component


class Attention(Component):
    """Which steps of the sample the network attends to; hidden where nothing attends."""

    name = "attention"
