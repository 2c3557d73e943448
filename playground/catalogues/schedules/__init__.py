"""The catalogue of learning-rate schedules: a factor of the optimiser's learning rate for every step."""

from . import common, further  # noqa: F401  (they register their entries, in the order of the menu)
from .base import SCHEDULES, Curve, Schedule
from .common import Constant
from .plateau_watch import PlateauWatch

__all__ = ["SCHEDULES", "Constant", "Curve", "PlateauWatch", "Schedule"]
