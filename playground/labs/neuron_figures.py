"""The pictures of the neuron lab: the plane with its lines, the curve, and the points as the output sees them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from .neuron_points import POINTS
from .parts import Figure, Handle

if TYPE_CHECKING:
    from .neuron import Neuron

REACH = 3.0  # the plane goes from −3 to 3
GRID_SIZE = 41
SUBSCRIPTS = ("₁", "₂")
LINE_COLOURS = ("4", "5")  # of each neuron's line, arrow and handles


def plane_figure(lab: "Neuron", bend: nn.Module, z: torch.Tensor) -> Figure:
    """What the network says everywhere, its lines with their arrows, and the points."""
    points, labels = POINTS[lab.data]
    traces = [_field(lab, bend)]
    handles = []
    for index in range(lab.n_neurons):
        weight, bias = lab.weights[index], lab.biases[index]
        subscript = SUBSCRIPTS[index] if lab.n_neurons > 1 else ""
        traces += _line_and_arrow(weight, bias, LINE_COLOURS[index], subscript)
        handles += _handles(lab, index, subscript)
    traces += _dots(torch.tensor(points), labels, z)
    return Figure(
        "plane",
        traces,
        x_title="x₁",
        y_title="x₂",
        layout=_square(-REACH, REACH),
        handles=handles,
        height=420,
    )


def _square(low: float, high: float) -> dict[str, Any]:
    """A layout whose axes have the same unit and do not move."""
    x_axis = {"range": [low, high], "fixedrange": True, "constrain": "domain"}
    y_axis = {**x_axis, "scaleanchor": "x"}
    return {"xaxis": x_axis, "yaxis": y_axis}


def _field(lab: "Neuron", bend: nn.Module) -> dict[str, Any]:
    """The output over the plane: of one neuron its bent sum, of the small network the sum of its output."""
    axis = torch.linspace(-REACH, REACH, GRID_SIZE)
    x2, x1 = torch.meshgrid(axis, axis, indexing="ij")
    places = torch.stack([x1, x2], dim=-1)
    weights = torch.tensor(lab.weights[: lab.n_neurons])
    bent = bend(places @ weights.T + torch.tensor(lab.biases[: lab.n_neurons]))
    middle = bend(torch.zeros(1)).item()
    heights = bent[..., 0]
    if lab.network == "two":
        heights = bent @ torch.tensor(lab.output) + lab.output_bias
        middle = 0.0
    return {
        "type": "heatmap",
        "x": axis,
        "y": axis,
        "z": heights,
        "zmid": middle,
        "colours": "values",
        "opacity": 0.55,
        "hoverinfo": "skip",
    }


def _line_and_arrow(
    weight: Sequence[float], bias: float, color: str, subscript: str, reach: float = REACH
) -> list[dict[str, Any]]:
    """The line on which the sum is zero, and the weights as an arrow at right angles to it."""
    w1, w2 = weight
    arrow = {
        "x": [0.0, w1],
        "y": [0.0, w2],
        "name": f"w{subscript}",
        "color": color,
        "dash": "dot",
        "width": 2,
    }
    ends = _crossings(weight, bias, reach)
    line = {
        "x": [x for x, _ in ends],
        "y": [y for _, y in ends],
        "name": f"z{subscript} = 0",
        "color": color,
        "width": 3,
    }
    return [line, arrow]


def _crossings(weight: Sequence[float], bias: float, reach: float) -> list[tuple[float, float]]:
    """Where the line w₁·x + w₂·y + b = 0 leaves the square from −reach to reach; two places, or none."""
    w1, w2 = weight
    places = []
    for side in (-reach, reach):
        if w2 != 0:
            places.append((side, -(w1 * side + bias) / w2))
        if w1 != 0:
            places.append((-(w2 * side + bias) / w1, side))
    inside = [place for place in places if max(map(abs, place)) <= reach * (1 + 1e-9)]
    return [min(inside), max(inside)] if inside else []


def _foot(weight: Sequence[float], bias: float) -> tuple[float, float] | None:
    """The point of the line that is closest to the origin; None without a line."""
    square = weight[0] ** 2 + weight[1] ** 2
    if square == 0:
        return None
    return -bias * weight[0] / square, -bias * weight[1] / square


def _handles(lab: "Neuron", index: int, subscript: str) -> list[Handle]:
    """The tip of the arrow moves the weights, the foot of the line its bias."""
    w1, w2 = lab.weights[index]
    tip = Handle(
        w1,
        w2,
        "weights",
        "weights",
        index=index,
        label=f"w{subscript}",
        whole=lab.weights,
        color=LINE_COLOURS[index],
    )
    foot = _foot(lab.weights[index], lab.biases[index])
    if foot is None:
        return [tip]
    bias = Handle(
        *foot,
        x_field="biases",
        index=index,
        label=f"b{subscript}",
        whole=lab.biases,
        color=LINE_COLOURS[index],
        along=(-w1, -w2, 0.0),
    )
    return [tip, bias]


def _dots(places: torch.Tensor, labels: Sequence[bool], z: torch.Tensor) -> list[dict[str, Any]]:
    """The points by their class, those on the wrong side in a ring."""
    truth = torch.tensor(labels)
    looks = [
        (~truth, "class_no", "negative", "square", 11),
        (truth, "class_yes", "value", "circle", 11),
        ((z > 0) != truth, "wrong", "fault", "circle-open", 20),
    ]
    traces = []
    for which, name, color, symbol, size in looks:
        traces.append(
            {
                "x": places[which, 0],
                "y": places[which, 1],
                "name": name,
                "mode": "markers",
                "color": color,
                "symbol": symbol,
                "size": size,
            }
        )
    return traces


def activation_figure(bend: nn.Module, sums: torch.Tensor, labels: Sequence[bool]) -> Figure:
    """The curve and its derivative, with the points where they stand on it."""
    places = torch.linspace(-6.0, 6.0, 121, requires_grad=True)
    heights = bend(places)
    (slopes,) = torch.autograd.grad(heights.sum(), places)
    traces = [
        {"x": places, "y": heights, "name": "curve", "color": "value", "width": 3},
        {"x": places, "y": slopes, "name": "slope", "color": "gradient", "width": 2},
    ]
    per_point = sums.reshape(len(labels), -1)
    truth = torch.tensor(labels)
    for name, color, which in (("class_no", "negative", ~truth), ("class_yes", "value", truth)):
        at = per_point[which].flatten()
        traces.append(
            {"x": at, "y": bend(at), "name": name, "mode": "markers", "color": color, "size": 8}
        )
    low, high = heights.min().item(), min(3.0, heights.max().item())
    layout = {
        "xaxis": {"range": [-6.0, 6.0]},
        "yaxis": {"range": [max(-2.0, low) - 0.2, high + 0.3]},
    }
    return Figure("curve", traces, x_title="sum", layout=layout, title="curve_title", height=260)


def hidden_figure(lab: "Neuron", hidden: torch.Tensor, z: torch.Tensor) -> Figure:
    """The points as the output neuron sees them: the two hidden values as a plane, in which one line is enough."""
    labels = POINTS[lab.data][1]
    reach = max(2.0, 1.2 * hidden.abs().max().item())
    traces = _line_and_arrow(lab.output, lab.output_bias, "accent", "", reach)
    traces += _dots(hidden, labels, z)
    v1, v2 = lab.output
    handles = [Handle(v1, v2, "output", "output", label="v")]
    foot = _foot(lab.output, lab.output_bias)
    if foot is not None:
        along = (-v1, -v2, 0.0)
        handles.append(Handle(*foot, x_field="output_bias", label="c", along=along))
    return Figure(
        "hidden",
        traces,
        x_title="h₁",
        y_title="h₂",
        layout=_square(-reach, reach),
        handles=handles,
        title="hidden_title",
        height=360,
    )
