"""The catalogue of data sets: one file a kind, one class an entry."""

from . import digit_variants, digits, images, memory, own_images, series, tables, texts, toys  # noqa: F401  (they register their entries)
from .base import DATASETS, Dataset, Split, bundled_files

__all__ = ["DATASETS", "Dataset", "Split", "bundled_files"]
