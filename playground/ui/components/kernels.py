"""The first convolution's kernels; hidden where there is none."""

from . import Component


class Kernels(Component):
    """The first convolution's kernels; hidden where there is none."""

    name = "kernels"
