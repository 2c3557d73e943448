"""Numbers, arrays and samples between the page and the core: arrays travel as bytes with their scale."""

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..faults import ExperimentError
from ..questions.inspection import Histogram, Sample

MOST_PICTURE_TEXT = 100_000


# ---- to the page ----


def short_numbers(column: np.ndarray) -> list[Any]:
    """Six significant digits are more than a screen can show; NaN and infinity become null."""
    if column.ndim > 1:
        return [short_numbers(row) for row in column]
    return [number(value) for value in column.tolist()]


def number(value: float | None) -> float | None:
    """Six significant digits; None for what is not finite."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.6g}")


def picture(image: np.ndarray) -> np.ndarray:
    """(C, H, W), 0…1 -> uint8 (H, W, C), as screens have it."""
    return (image.clip(0, 1) * 255).round().astype(np.uint8).transpose(1, 2, 0)


def levels(
    values: np.ndarray, low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    """Floats as 256 levels between their extremes (or the given ones)."""
    finite = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low = float(finite.min()) if low is None else low
    high = float(finite.max()) if high is None else high
    scaled = (finite - low) / max(high - low, 1e-12) * 255
    return array(scaled.round().clip(0, 255).astype(np.uint8), low, high)


def signed(values: np.ndarray) -> dict[str, Any]:
    """Floats as levels around zero: 128 is 0, 0 and 255 are ± the largest size."""
    limit = float(np.abs(np.nan_to_num(values)).max()) or 1.0
    return array(
        (np.nan_to_num(values) / limit * 127 + 128).round().clip(0, 255).astype(np.uint8),
        -limit,
        limit,
    )


def array(values: np.ndarray, low: float, high: float) -> dict[str, Any]:
    """Levels with what the lowest and the highest stand for."""
    return {
        "b64": as_bytes(values),
        "dtype": "uint8",
        "shape": values.shape,
        "min": low,
        "max": high,
    }


def histogram(histogram: Histogram) -> dict[str, Any]:
    """Edges and counts."""
    return {"edges": short_numbers(histogram.edges), "counts": histogram.counts.tolist()}


def as_bytes(values: np.ndarray) -> str:
    """In base 64."""
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


# ---- from the page ----


def sample_of(value: Mapping[str, Any]) -> Sample:
    """The sample of a request: of the validation part, drawn, a picture, a point, or raw. Raises: ExperimentError."""
    sample = value.get("sample")
    if not isinstance(sample, Mapping):
        raise ExperimentError.at("sample", "bad_question", detail="a sample is missing")
    if sample.get("kind") == "validation":
        return Sample(index=integer_of(sample, "index", 0))
    if sample.get("kind") == "drawn":
        return Sample(pixels=_pixels(sample.get("pixels")))
    if sample.get("kind") == "picture":
        return Sample(picture=_picture_bytes(sample.get("pixels")))
    if sample.get("kind") == "point":
        return Sample(point=_point(sample.get("x")))
    if sample.get("kind") == "raw":  # a text, or a row of values; the data set checks it
        return Sample(raw=sample.get("value"))
    raise ExperimentError.at(
        "sample.kind", "bad_question", detail="a sample is a validation sample, drawn, or a point"
    )


def _pixels(text: Any) -> np.ndarray:
    try:
        data = base64.b64decode(
            text if isinstance(text, str) and len(text) < 2_000 else "", validate=True
        )
    except ValueError:
        data = b""
    if len(data) != 784:
        raise ExperimentError.at(
            "sample.pixels", "bad_question", detail="a picture must have 28 × 28 bytes"
        )
    return np.frombuffer(data, dtype=np.uint8).reshape(28, 28)


def _picture_bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(
            text if isinstance(text, str) and len(text) < MOST_PICTURE_TEXT else "", validate=True
        )
    except ValueError:
        return b""


def _point(value: Any) -> tuple[float, float]:
    numbers = [each for each in value if is_number(each)] if isinstance(value, Sequence) else []
    if len(numbers) != 2 or len(value) != 2 or not all(abs(each) < 1e6 for each in numbers):
        raise ExperimentError.at(
            "sample.x", "bad_question", detail="a point must be two finite numbers"
        )
    return float(numbers[0]), float(numbers[1])


def is_number(value: Any) -> bool:
    """Whether it is a number and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def text_of(value: Mapping[str, Any], name: str) -> str:
    """A text of a request. Raises: ExperimentError."""
    if not isinstance(value.get(name), str):
        raise ExperimentError.at(
            name, "wrong_type", expected="a text", given=type(value.get(name)).__name__
        )
    return str(value[name])


def integer_of(value: Mapping[str, Any], name: str, default: int) -> int:
    """A whole number of a request. Raises: ExperimentError."""
    given = value.get(name, default)
    if not isinstance(given, int) or isinstance(given, bool):
        raise ExperimentError.at(
            name, "wrong_type", expected="a whole number", given=repr(given)[:40]
        )
    return given
