"""The pictures of a race: a surface from above or in space, the trails on it, arrows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch

from .parts import Figure, Handle
from .surfaces import Surface, heights_of

GRID = 41
LINES = ("0", "3", "1", "5")  # of the racers: no blue and no green, which the arrows have
STEEP = 100.0  # a surface that is higher than this is drawn by its logarithm
ARROW = 0.12  # of the picture's width
Trail = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Arrow:
    """A direction at a place. name: a key of the lab's words. color: a role."""

    name: str
    color: str
    place: torch.Tensor
    direction: torch.Tensor


class Terrain:
    """A surface with its heights, and what is odd about them."""

    def __init__(self, surface: Surface):
        self.surface = surface
        self.x, self.y, self.heights = heights_of(surface, GRID)
        self._finite = self.heights[self.heights.isfinite()]

    @property
    def missing(self) -> float:
        """The share of the picture where there is no finite height."""
        return 1 - len(self._finite) / self.heights.numel()

    @property
    def is_constant(self) -> bool:
        return len(self._finite) > 0 and bool(self._finite.min() == self._finite.max())

    @cached_property
    def lowest(self) -> float:
        return self._finite.min().item() if len(self._finite) else 0.0

    @cached_property
    def is_logarithmic(self) -> bool:
        return len(self._finite) > 0 and self._finite.max().item() - self.lowest > STEEP

    def height_at(self, place: Sequence[float]) -> float:
        """In: (x, y)."""
        x, y = torch.tensor(place, dtype=torch.float64)
        with torch.no_grad():
            height: float = self.surface.height(x[None], y[None]).item()
        return height

    def drawn(self, heights: torch.Tensor) -> list[Any]:
        """Heights as they are drawn; None where there is none."""
        if self.is_logarithmic:
            heights = torch.log10(1 + (heights - self.lowest).clamp(min=0))
        rows: list[Any] = heights.tolist()
        return _without_odd_numbers(rows)

    def trace(self, kind: str) -> dict[str, Any]:
        """The surface itself. In: "contour" or "surface"."""
        name = "log_height" if self.is_logarithmic else "height"
        heights = self.drawn(self.heights)
        return {
            "type": kind,
            "x": self.x,
            "y": self.y,
            "z": heights,
            "name": name,
            "colours": "levels",
        }


def _without_odd_numbers(rows: list[Any]) -> list[Any]:
    cleaned: list[Any] = []
    for row in rows:
        if isinstance(row, list):
            cleaned.append(_without_odd_numbers(row))
        else:
            cleaned.append(row if math.isfinite(row) else None)
    return cleaned


def on_map(
    terrain: Terrain, names: Sequence[str], trails: Sequence[Trail], arrows: Sequence[Arrow]
) -> Figure:
    """From above; the start can be moved."""
    lines = {
        "ncontours": 24,
        "showscale": False,
        "contours": {"coloring": "lines"},
    }
    traces = [{**terrain.trace("contour"), **lines}]
    for place, (name, trail) in enumerate(zip(names, trails, strict=True)):
        xs, ys = zip(*trail, strict=True)
        traces.append(
            {
                "x": xs,
                "y": ys,
                "mode": "lines+markers",
                "name": name,
                "color": LINES[place],
                "width": 2,
                "size": 4,
            }
        )
    for arrow in arrows:
        traces += _drawn(arrow, terrain)
    x, y = trails[0][0]
    start = Handle(
        x,
        y,
        "start",
        "start",
        label="start",
    )
    layout = {
        "xaxis": {"range": list(terrain.surface.x)},
        "yaxis": {"range": list(terrain.surface.y)},
    }
    return Figure(
        "race",
        traces,
        "x",
        "y",
        layout,
        [start],
        height=460,
    )


def _drawn(arrow: Arrow, terrain: Terrain) -> list[dict[str, Any]]:
    """An arrow of one length, since what it stands for may be of any; nothing where it has no direction."""
    length = arrow.direction.norm()
    if not length.isfinite() or length == 0:
        return []
    left, right = terrain.surface.x
    shown = arrow.direction / length * ARROW * (right - left)
    (x, y), (end_x, end_y) = arrow.place.tolist(), (arrow.place + shown).tolist()
    marker = {
        "symbol": ["circle", "arrow"],
        "size": [1, 12],
        "angleref": "previous",
    }
    return [
        {
            "x": [x, end_x],
            "y": [y, end_y],
            "mode": "lines+markers",
            "name": arrow.name,
            "color": arrow.color,
            "width": 3,
            "marker": marker,
        }
    ]


def in_space(terrain: Terrain, names: Sequence[str], trails: Sequence[Trail]) -> Figure:
    """The surface in three dimensions, the trails on it; what leaves the picture is cut off."""
    traces = [
        {
            **terrain.trace("surface"),
            "showscale": False,
            "opacity": 0.85,
        }
    ]
    for place, (name, trail) in enumerate(zip(names, trails, strict=True)):
        inside = [point for point in trail if _is_inside(point, terrain.surface)]
        if not inside:
            continue
        x, y = torch.tensor(inside, dtype=torch.float64).T
        with torch.no_grad():
            heights = terrain.drawn(terrain.surface.height(x, y))
        traces.append(
            {
                "type": "scatter3d",
                "x": x,
                "y": y,
                "z": heights,
                "mode": "lines",
                "name": name,
                "color": LINES[place],
                "width": 6,
            }
        )
    height = {"title": "log_height" if terrain.is_logarithmic else "height"}
    layout = {
        "scene": {
            "xaxis": {"title": "x"},
            "yaxis": {"title": "y"},
            "zaxis": height,
        }
    }
    return Figure(
        "race_space",
        traces,
        layout=layout,
        height=520,
    )


def _is_inside(point: Sequence[float], surface: Surface) -> bool:
    x, y = point
    return surface.x[0] <= x <= surface.x[1] and surface.y[0] <= y <= surface.y[1]
