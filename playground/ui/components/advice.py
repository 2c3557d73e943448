"""What the numbers say, in a few sentences with the figures that they were read from."""

from . import Component


class Advice(Component):
    """What the numbers say, in a few sentences with the figures that they were read from."""

    name = "advice"
