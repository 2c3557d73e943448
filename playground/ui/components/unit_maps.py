"""What every unit says at every point of the plane; hidden for other data."""

from . import Component


class UnitMaps(Component):
    """What every unit says at every point of the plane; hidden for other data."""

    name = "unit_maps"
