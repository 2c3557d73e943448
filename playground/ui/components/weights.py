"""Weights out and in: of the run as it is, and from a file that is compared with the network key by key."""

from . import Component


class Weights(Component):
    """Weights out and in: of the run as it is, and from a file that is compared with the network key by key."""

    name = "weights"
