"""Loss, validation and learning rate of this moment, with one small chart."""

from . import Component


class Now(Component):
    """Loss, validation and learning rate of this moment, with one small chart."""

    name = "now"
