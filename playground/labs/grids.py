"""Rows of numbers that somebody typed, as a tensor."""

import math
from collections.abc import Sequence
from typing import Any

import torch

from ..faults import ExperimentError

LARGEST = 1e6


def grid(place: str, value: Any, axes: Sequence[int], most: int) -> torch.Tensor:
    """Nested lists as float64. In: allowed numbers of axes, the largest size of each axis.

    Raises: ExperimentError at `place` for lists of unequal length, for too many, and for what is no number.
    """
    sizes = _sizes(value)
    fits = len(sizes) in axes and all(1 <= size <= most for size in sizes)
    if not fits or not _is_filled(value, sizes):
        raise ExperimentError.at(place, "lab_grid", limit=most, largest=f"{LARGEST:,.0f}")
    return torch.tensor(value, dtype=torch.float64)


def _sizes(value: Any) -> list[int]:
    """The shape that nested lists seem to have: the length of the first list of each depth, at most five deep."""
    sizes: list[int] = []
    while isinstance(value, list) and len(sizes) < 5:
        sizes.append(len(value))
        value = value[0] if value else None
    return sizes


def _is_filled(value: Any, sizes: Sequence[int]) -> bool:
    """True where lists of these sizes are nested, with numbers inside."""
    if not sizes:
        return _is_number(value)
    if not isinstance(value, list) or len(value) != sizes[0]:
        return False
    return all(_is_filled(inner, sizes[1:]) for inner in value)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # A whole number too large for a float fails in this order alone.
    return abs(value) <= LARGEST and math.isfinite(value)
