"""The network as blocks with what flows in them now."""

from . import Component


class Flow(Component):
    """The network as blocks with what flows in them now."""

    name = "flow"
