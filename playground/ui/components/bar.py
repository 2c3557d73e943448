"""The bar: preset, device, training controls, progress, share, language, and the strip of tabs."""

from . import Component


class Bar(Component):
    """The bar: preset, device, training controls, progress, share, language, and the strip of tabs."""

    name = "bar"
