"""Time series: windows of the past, and what came next."""

from . import bundled, own  # noqa: F401  (they register their entries)
from .base import Series

__all__ = ["Series"]
