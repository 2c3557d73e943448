"""Texts: rows of token numbers, 0 for padding and 1 for whatever the vocabulary lacks."""

from . import hyphenation, names, reviews  # noqa: F401  (they register their entries)
from .base import ENDS, FIRST, Text

__all__ = ["ENDS", "FIRST", "Text"]
