"""The pictures of a loss: its curve as one number moves, its surface as two do."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import nn

from .judged import Judged
from .parts import Figure, Handle

POINTS = 61  # of a curve
GRID = 25  # of a surface, each way
COARSE = 15  # where every height takes all pairs of points
MOST_CURVES = 5
LINES = ("0", "1", "3", "5", "8")  # of the curves: no green, which the gradient has
REACHES = (5.0, 10.0, 20.0, 50.0, 100.0, 1e3, 1e4, 1e5, 1e6)


def curves(module: nn.Module, batch: Judged, value: float) -> Figure:
    """The loss as each number of the first sample moves and the others stay; with one number its gradient, too."""
    first_row = batch.prediction
    is_nested = isinstance(first_row, list) and isinstance(first_row[0], list)
    numbers = batch.outputs.reshape(-1)[:MOST_CURVES].tolist()
    if is_nested:
        numbers = batch.outputs[0][:MOST_CURVES].tolist()
    points = _axis(numbers, POINTS)
    names = _names(batch, len(numbers))
    traces: list[dict[str, Any]] = []
    handles = []
    for place, number in enumerate(numbers):
        heights, slopes = _along(module, batch, place, points)
        color = "value" if len(numbers) == 1 else LINES[place]
        traces.append(
            {
                "x": points,
                "y": heights,
                "name": names[place],
                "color": color,
                "width": 2.5,
            }
        )
        if len(numbers) == 1:
            traces.append(
                {
                    "x": points,
                    "y": slopes,
                    "name": "gradient",
                    "color": "gradient",
                }
            )
        slope = _slope_at(module, batch, place)
        traces.append(_tangent(number, value, slope, points, is_first=place == 0))
        if not is_nested:
            handles.append(_handle(batch, place, number, value, names[place]))
    return Figure(
        "loss",
        traces,
        x_title="prediction",
        y_title="loss",
        handles=handles,
    )


def _names(batch: Judged, n: int) -> list[str]:
    if batch.kind == "values":
        return ["loss"] if n == 1 else [f"ŷ{place}" for place in range(n)]
    if n == 1:
        return ["loss"]
    names = [f"z{place}" for place in range(n)]
    if batch.kind == "two_tasks" and n == batch.shape[1]:
        names[-1] = "ŷ"
    return names


def _handle(batch: Judged, place: int, number: float, value: float, name: str) -> Handle:
    if not batch.typed_shape:
        return Handle(
            number,
            value,
            x_field="prediction",
            label="prediction",
        )
    whole = batch.prediction
    return Handle(
        number,
        value,
        x_field="prediction",
        index=place,
        label=name,
        whole=whole,
    )


def _axis(numbers: Sequence[float], n: int) -> torch.Tensor:
    """Points around zero that reach a round number beyond all that is shown, so that the picture stands still."""
    largest = max(abs(number) for number in numbers)
    reach = next(limit for limit in REACHES if largest <= limit)
    return torch.linspace(-reach, reach, n)


def _along(
    module: nn.Module, batch: Judged, place: int, points: torch.Tensor
) -> tuple[list[float], list[float]]:
    """The loss and its slope as one output moves. `place` counts the numbers of the batch in order."""
    heights, slopes = [], []
    for outputs in _moved(batch, [place], points[:, None]):
        outputs.requires_grad_()
        loss = module(outputs, batch.targets)
        loss.backward()
        heights.append(loss.item())
        slopes.append(outputs.grad.reshape(-1)[place].item())
    return heights, slopes


def _slope_at(module: nn.Module, batch: Judged, place: int) -> float:
    outputs = batch.outputs.requires_grad_()
    module(outputs, batch.targets).backward()
    slope: float = outputs.grad.reshape(-1)[place].item()
    return slope


def _moved(batch: Judged, places: Sequence[int], points: torch.Tensor) -> Iterator[torch.Tensor]:
    """The outputs with some of their numbers replaced. In: points (n, number of places)."""
    for point in points:
        outputs = batch.outputs
        outputs.view(-1)[list(places)] = point
        yield outputs


def _tangent(
    number: float, value: float, slope: float, points: torch.Tensor, is_first: bool
) -> dict[str, Any]:
    """A short line with the gradient's slope."""
    reach = (points[-1] - points[0]).item() / 16
    ends = [number - reach, number + reach]
    heights = [value - slope * reach, value + slope * reach]
    return {
        "x": ends,
        "y": heights,
        "name": "slope",
        "color": "gradient",
        "width": 3,
        "showlegend": is_first,
    }


def plane(module: nn.Module, batch: Judged, shows: str) -> Figure | None:
    """The loss over a plane; None where it depends on one number alone.

    Of numbers: prediction and target. Of scores: the first two. Of an embedding: where the first place might be.
    """
    if batch.kind == "values":
        return _over_prediction_and_target(module, batch, shows)
    if batch.shape[1] < 2:
        return None
    if batch.kind == "places":
        return _over_places(module, batch)
    numbers = batch.outputs[0][:2].tolist()
    axis = _axis(numbers, GRID)
    heights = _heights(module, batch, axis, axis)
    handles = []
    if batch.typed_shape == (2,):
        x, y = numbers
        handles = [
            Handle(
                x,
                y,
                "prediction",
                "prediction",
                label="prediction",
            )
        ]
    traces = [_surface(axis, axis, heights, shows), *_marker(numbers, shows)]
    return Figure(
        "loss_plane",
        traces,
        "z0",
        "z1",
        _layout(shows),
        handles,
    )


def _over_prediction_and_target(module: nn.Module, batch: Judged, shows: str) -> Figure:
    prediction = batch.outputs.reshape(-1)[0].item()
    target = batch.targets.reshape(-1)[0].item()
    axis = _axis([prediction, target], GRID)
    heights = []
    for right in axis:
        targets = batch.targets
        targets.view(-1)[0] = right
        row = [module(outputs, targets).item() for outputs in _moved(batch, [0], axis[:, None])]
        heights.append(row)
    handles = []
    if not batch.typed_shape:
        handles = [
            Handle(
                prediction,
                target,
                "prediction",
                "target",
                label="prediction",
            )
        ]
    traces = [_surface(axis, axis, heights, shows), *_marker([prediction, target], shows)]
    return Figure(
        "loss_plane",
        traces,
        "prediction",
        "target",
        _layout(shows),
        handles,
    )


def _over_places(module: nn.Module, batch: Judged) -> Figure:
    """All places as points that can be moved, over the loss as the first of them moves."""
    places = batch.outputs
    numbers = places[:, :2].reshape(-1).tolist()
    axis = _axis(numbers, COARSE)
    traces = [_surface(axis, axis, _heights(module, batch, axis, axis), "map")]
    handles = []
    labels = batch.targets.tolist()
    for label in dict.fromkeys(labels):
        members = [place for place, other in enumerate(labels) if other == label]
        traces.append(_points(places[members], label))
    if batch.typed_shape == (len(places), 2):
        for place, point in enumerate(places.tolist()):
            handle = _pair_handle(point, place, batch.prediction)
            handles.append(replace(handle, color=_class_color(labels[place])))
    return Figure(
        "loss_plane",
        traces,
        "x",
        "y",
        _layout("places"),
        handles,
    )


def _pair_handle(point: Sequence[float], place: int, whole: Any) -> Handle:
    name = str(place + 1)
    x, y = point
    return Handle(
        x,
        y,
        "prediction",
        "prediction",
        place,
        name,
        whole,
    )


def _class_color(label: float) -> str:
    return str(int(label) % 10)


def _points(places: torch.Tensor, label: int) -> dict[str, Any]:
    return {
        "x": places[:, 0],
        "y": places[:, 1],
        "mode": "markers",
        "name": f"{label}",
        "color": _class_color(label),
        "size": 12,
    }


def _heights(
    module: nn.Module, batch: Judged, across: torch.Tensor, up: torch.Tensor
) -> list[list[float | None]]:
    """The loss with the first two numbers at every place of a grid; None where it is not finite."""
    rows = []
    for y in up:
        points = torch.stack([across, y.expand_as(across)], 1)
        row = []
        for outputs in _moved(batch, [0, 1], points):
            height = module(outputs, batch.targets).item()
            row.append(height if math.isfinite(height) else None)
        rows.append(row)
    return rows


def _surface(x: torch.Tensor, y: torch.Tensor, z: Any, shows: str) -> dict[str, Any]:
    kind = "surface" if shows == "surface" else "contour"
    return {
        "type": kind,
        "x": x,
        "y": y,
        "z": z,
        "name": "loss",
        "colours": "levels",
    }


def _marker(numbers: Sequence[float], shows: str) -> list[dict[str, Any]]:
    """Where the prediction is; on a surface in space the page would hide it."""
    if shows == "surface":
        return []
    x, y = numbers
    marker = {
        "x": [x],
        "y": [y],
        "mode": "markers",
        "name": "prediction",
        "color": "accent",
    }
    return [{**marker, "size": 12}]


def _layout(shows: str) -> dict[str, Any]:
    """A plane of places has one scale both ways, so that distances are true, and ends where its heights end."""
    if shows != "places":
        return {}
    return {
        "xaxis": {"constrain": "domain"},
        "yaxis": {"scaleanchor": "x", "constrain": "domain"},
    }
