"""The feature maps of the chosen layer as one mosaic."""

from . import Component


class FeatureMaps(Component):
    """The feature maps of the chosen layer as one mosaic."""

    name = "feature_maps"
