"""Sequences that must be remembered: synthetic, made to show how far a gradient reaches back."""

from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from .base import DATASETS, Dataset

SHOWN = 1_500  # points in a preview


def make_long_memory(size, steps, seed):
    """A point of the plane at the first step, then zeros: x float32 (size, steps, 2), y the quarter that it lies in."""
    rng = np.random.default_rng(seed)
    y = np.arange(size) % 4
    # Inside its quarter, and away from the borders.
    quarters = y + rng.uniform(0.1, 0.9, size)
    angle = 2 * np.pi * quarters / 4
    radius = rng.uniform(0.5, 1.5, size)
    direction = np.stack([np.cos(angle), np.sin(angle)])
    points = (radius * direction).T
    x = np.zeros((size, steps, 2), dtype=np.float32)
    x[:, 0] = points
    return x, y.astype(np.int64)


@DATASETS.register
class LongMemory(Dataset):
    """Synthetic: a point in the plane at the first step, then zeros; the answer is the quadrant of the point.

    Out: x (N, steps, 2), y 0…3. Silence is 0 exactly, so that the first layer learns from the first step alone: its
    gradient is what came back through all the steps between. Source: synthetic, generated here, after
    Hochreiter and Schmidhuber 1997, section 5. Licence: none needed.
    """

    id = "long_memory"
    label = "Remember the start"
    group = "series"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "series"
    classes = ("upper right", "upper left", "lower left", "lower right")
    size: int = Field(
        1_000, ge=40, le=10_000, description="Number of sequences", json_schema_extra={"log": True}
    )
    steps: int = Field(40, ge=2, le=200, description="Steps until the question")
    seed: int = Field(
        0, ge=0, le=2**31 - 1, description="Fixes the random points: same seed, same points"
    )

    @property
    def input_shape(self) -> tuple[int, ...]:  # type: ignore[override]
        return self.steps, 2

    def n_samples(self) -> int:
        return self.size

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return make_long_memory(self.size, self.steps, self.seed)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f"x, y = make_long_memory({self.size!r}, {self.steps!r}, {self.seed!r})"
        return line, (make_long_memory,)

    def statistic_axes(self) -> tuple[int, ...] | None:
        """None: silence has to stay 0."""
        return None

    def preview(self) -> dict[str, Any] | None:
        """The points of the first step."""
        x, y = self.raw()
        first_step = x[:SHOWN, 0]
        _, held_out = self.divide(y)
        part = np.zeros(len(y), dtype=np.int64)
        part[held_out] = 1
        return {
            "kind": "points",
            "x": first_step.round(4).tolist(),
            "y": y[:SHOWN].tolist(),
            "part": part[:SHOWN].tolist(),
        }
