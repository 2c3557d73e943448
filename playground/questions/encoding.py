"""Numbers and arrays for the page: what is not finite becomes null, arrays travel as bytes with their scale."""

import base64
import math
from collections.abc import Iterable
from typing import Any

import numpy as np

# Around calculations whose overflow is no surprise: the answer says itself that it is not finite.
overflowing = np.errstate(over="ignore", invalid="ignore")


def number(value: float | None) -> float | None:
    """Six significant digits, more than a screen can show; None for what is not finite."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.6g}")


def short_numbers(column: np.ndarray) -> list[Any]:
    """The same of every value of an array, in nested lists."""
    if column.ndim > 1:
        return [short_numbers(row) for row in column]
    return [number(value) for value in column.tolist()]


def five_digits(values: Iterable[float]) -> list[float | None]:
    """Five significant digits of each; None for what is not finite."""
    return [float(f"{value:.5g}") if math.isfinite(value) else None for value in values]


def shares(row: np.ndarray) -> list[float | None]:
    """Probabilities with five decimals; None for what is not finite."""
    return [float(f"{share:.5f}") if math.isfinite(share) else None for share in row.tolist()]


def is_finite(*arrays: np.ndarray | None) -> bool:
    """Whether every number of these arrays is finite."""
    return all(array is None or bool(np.isfinite(array).all()) for array in arrays)


def as_bytes(values: np.ndarray) -> str:
    """In base 64."""
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def picture(image: np.ndarray) -> np.ndarray:
    """(C, H, W), 0…1 -> uint8 (H, W, C), as screens have it."""
    return (image.clip(0, 1) * 255).round().astype(np.uint8).transpose(1, 2, 0)


def levels(
    values: np.ndarray, low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    """Floats as 256 levels between their finite extremes, or between the two that are named."""
    finite = values[np.isfinite(values)].astype(np.float64)
    if low is None:
        low = float(finite.min()) if len(finite) else 0.0
    if high is None:
        high = float(finite.max()) if len(finite) else 0.0
    filled = np.nan_to_num(values.astype(np.float64), nan=low, posinf=low, neginf=low)
    scaled = (filled - low) / max(high - low, 1e-12) * 255
    return _array(scaled.round(), low, high, is_finite(values))


def signed(values: np.ndarray) -> dict[str, Any]:
    """Floats as levels around zero: 128 is 0, 0 and 255 are ± the largest finite size."""
    filled = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    limit = float(np.abs(filled).max()) or 1.0
    return _array((filled / limit * 127 + 128).round(), -limit, limit, is_finite(values))


def _array(scaled: np.ndarray, low: float, high: float, finite: bool) -> dict[str, Any]:
    """Levels with what the lowest and the highest stand for, and whether all values were finite."""
    return {
        "b64": as_bytes(scaled.clip(0, 255).astype(np.uint8)),
        "dtype": "uint8",
        "shape": scaled.shape,
        "min": low,
        "max": high,
        "finite": finite,
    }
