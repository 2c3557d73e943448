"""Texts: rows of token numbers, 0 for padding and 1 for whatever the vocabulary lacks."""

from . import names, reviews, hyphenation, own  # noqa: F401, I001 (they register their entries, in the order of the menu)
from .base import ENDS, FIRST, Text

__all__ = ["ENDS", "FIRST", "Text"]
