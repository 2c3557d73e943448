"""Weights and gradients of each layer as histograms."""

from . import Component


class Histograms(Component):
    """Weights and gradients of each layer as histograms."""

    name = "histograms"
