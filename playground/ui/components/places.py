"""The embedding: where the network puts the validation samples; hidden for other tasks."""

from . import Component


class Places(Component):
    """The embedding: where the network puts the validation samples; hidden for other tasks."""

    name = "places"
