"""Predicted against true values: a point a row of the validation part."""

from . import Component


class Fit(Component):
    """A picture of how well values are predicted; hidden where no values are."""

    name = "fit"
