"""The data set with its options and a preview."""

from . import Component


class DataCard(Component):
    """The data set with its options and a preview."""

    name = "data_card"
