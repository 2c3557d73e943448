"""The learning-rate range test: a short run of its own, its curve, and a rate to take."""

from . import Component


class RangeTest(Component):
    """The learning-rate range test: a short run of its own, its curve, and a rate to take."""

    name = "range_test"
