"""Numbers and arrays for the page: what is not finite becomes null, arrays travel as bytes with their scale.

Numbers are shortened: an answer costs by its characters, and no screen shows more of them.
"""

import base64
import math
from collections.abc import Iterable
from typing import Any

import numpy as np

# Around calculations whose overflow is no surprise: the answer says itself that it is not finite.
overflowing = np.errstate(over="ignore", invalid="ignore")


def number(value: float | None) -> float | None:
    """Six significant digits; None for what is not finite."""
    return None if value is None else _shortened(value, ".6g")


def short_numbers(column: np.ndarray) -> list[Any]:
    """`number` of every value of an array, in lists nested as deep as the array has axes."""
    if column.ndim > 1:
        return [short_numbers(row) for row in column]
    return [number(value) for value in column.tolist()]


def five_digits(values: Iterable[float]) -> list[float | None]:
    """Five significant digits of each; None for what is not finite."""
    return [_shortened(value, ".5g") for value in values]


def shares(row: np.ndarray) -> list[float | None]:
    """Probabilities (C,) with five decimals; None for what is not finite."""
    return [_shortened(share, ".5f") for share in row.tolist()]


def _shortened(value: float, digits: str) -> float | None:
    """In: how `format` writes it, such as ".5g"."""
    return float(format(value, digits)) if math.isfinite(value) else None


def is_finite(*arrays: np.ndarray | None) -> bool:
    """Whether every number of these arrays is finite."""
    present = [array for array in arrays if array is not None]
    return all(bool(np.isfinite(array).all()) for array in present)


def as_bytes(values: np.ndarray) -> str:
    """The array's memory, row by row, in base 64."""
    data = np.ascontiguousarray(values).tobytes()
    return base64.b64encode(data).decode()


def picture(image: np.ndarray) -> np.ndarray:
    """Pixels (C, H, W) from 0 to 1 -> uint8 (H, W, C), as screens have them."""
    pixels = (image.clip(0, 1) * 255).round()
    return pixels.astype(np.uint8).transpose(1, 2, 0)


def levels(
    values: np.ndarray, low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    """Floats of any shape as 256 levels between their finite extremes, or between the two that are named.

    Out: the levels with what 0 and 255 stand for; a value that is not finite becomes level 0.
    """
    finite = values[np.isfinite(values)].astype(np.float64)
    if low is None:
        low = float(finite.min()) if len(finite) else 0.0
    if high is None:
        high = float(finite.max()) if len(finite) else 0.0
    filled = np.nan_to_num(values.astype(np.float64), nan=low, posinf=low, neginf=low)
    span = max(high - low, 1e-12)  # equal values have a span of 0, which cannot be divided by
    scaled = (filled - low) / span * 255
    return _told_levels(scaled.round(), low, high, is_finite(values))


def signed(values: np.ndarray) -> dict[str, Any]:
    """Floats of any shape as levels around zero: 128 is 0, and 1 and 255 are ± the largest finite size."""
    filled = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    limit = float(np.abs(filled).max()) or 1.0
    scaled = filled / limit * 127 + 128
    return _told_levels(scaled.round(), -limit, limit, is_finite(values))


def _told_levels(scaled: np.ndarray, low: float, high: float, finite: bool) -> dict[str, Any]:
    """Levels with what the lowest and the highest stand for, and whether all values were finite."""
    levels_of_byte = scaled.clip(0, 255).astype(np.uint8)
    return {
        "b64": as_bytes(levels_of_byte),
        "dtype": "uint8",
        "shape": scaled.shape,
        "min": low,
        "max": high,
        "finite": finite,
    }
