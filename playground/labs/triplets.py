"""Three points of an embedding: who must be nearer to whom."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

import torch
from pydantic import Field
from torch import nn

from .base import LABS, Answer, Lab
from .parts import Figure, Handle, Part, Say, Table
from .program import Program

NAMES = ("anchor", "positive", "negative")
CIRCLE = 73
Coordinate = Annotated[float, Field(ge=-10, le=10)]


def triplet_loss(points, margin):
    """The loss of three places, anchor, positive and negative, and its gradient at each. In: (3, 2)."""
    places = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    anchor, positive, negative = places[:, None]
    loss = nn.TripletMarginLoss(margin)(anchor, positive, negative)
    loss.backward()
    return loss.item(), places.grad.tolist()


def walk(points, margin, lr, steps):
    """Where the places go by gradient descent.

    Out: the places before each step and after the last, (steps + 1, 3, 2).
    """
    path = [points]
    for _ in range(steps):
        _, grads = triplet_loss(path[-1], margin)
        moved = torch.tensor(path[-1], dtype=torch.float64) - lr * torch.tensor(grads)
        path.append(moved.tolist())
    return path


@LABS.register
class Triplets(Lab):
    """An anchor wants one of its own class nearer than one of another, by a margin.

    Source: torch.nn.TripletMarginLoss; Schroff et al. 2015, FaceNet.
    """

    id, label, group = "triplets", "Triplets", "losses"
    rows = ("L3",)
    leads_to = ("losses",)
    opens = "digits-triplet"
    anchor: list[Coordinate] = Field(
        [0.0, 0.0],
        min_length=2,
        max_length=2,
        description="The sample that is looked from",
    )
    positive: list[Coordinate] = Field(
        [3.0, 0.5],
        min_length=2,
        max_length=2,
        description="One of the same class",
    )
    negative: list[Coordinate] = Field(
        [-0.5, 1.5],
        min_length=2,
        max_length=2,
        description="One of another class",
    )
    margin: float = Field(
        1.0,
        gt=0,
        le=10,
        description="How much nearer the positive must be",
    )
    steps: int = Field(
        15,
        ge=0,
        le=60,
        description="Steps of gradient descent that are drawn",
    )
    lr: float = Field(
        0.1,
        gt=0,
        le=2,
        description="Learning rate of these steps",
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "easy": {"positive": [1.0, 0.0], "negative": [0.0, 3.0]},
        "semi_hard": {"positive": [1.5, 0.0], "negative": [0.0, 2.0]},
        "hard": {"positive": [3.0, 0.0], "negative": [0.0, 1.0]},
        "together": {"positive": [0.0, 0.0], "negative": [0.0, 0.0]},
        "in_line": {"positive": [2.0, 0.0], "negative": [1.0, 0.0]},
    }

    def answer(self) -> Answer:
        program = Program()
        points = program.let("points", [self.anchor, self.positive, self.negative])
        loss, grads = program.call("loss, grads", triplet_loss, points, self.margin)
        path = program.call("path", walk, points, self.margin, self.lr, self.steps)
        to_positive, to_negative = self._distances()
        kind = _kind(to_positive, to_negative, self.margin)
        values = {
            "loss": loss,
            "grads": grads,
            "path": path,
            "kind": kind,
        }
        values |= {"to_positive": to_positive, "to_negative": to_negative}
        parts: list[Part] = [self._figure(grads, path)]
        rows = []
        for name, grad in zip(NAMES, grads, strict=True):
            x, y = grad
            rows.append([name, x, y, torch.tensor(grad).norm().item()])
        parts.append(Table("gradients", ["point", "gradient_x", "gradient_y", "length"], rows))
        about = {
            "p": f"{to_positive:.3g}",
            "n": f"{to_negative:.3g}",
            "m": f"{self.margin:g}",
        }
        parts.append(Say("kind", kind, about, "good" if kind == "easy" else ""))
        checked = ["loss", "grads", "path"]
        return Answer(
            values,
            parts,
            program.code(),
            checked,
            ["loss"],
        )

    def _distances(self) -> tuple[float, float]:
        anchor, positive, negative = torch.tensor([self.anchor, self.positive, self.negative])
        return (anchor - positive).norm().item(), (anchor - negative).norm().item()

    def _figure(self, grads: list[list[float]], path: list[list[list[float]]]) -> Figure:
        """The places with their circles: a negative outside of the outer one costs nothing."""
        to_positive, _ = self._distances()
        traces = [
            self._circle(to_positive, "as_far_as_positive", "1"),
            self._circle(to_positive + self.margin, "free_beyond", "2"),
        ]
        handles = []
        for place, name in enumerate(NAMES):
            x, y = path[0][place]
            trail_x, trail_y = zip(*(step[place] for step in path), strict=True)
            color = str(place)
            traces.append(
                {
                    "x": trail_x,
                    "y": trail_y,
                    "mode": "lines+markers",
                    "size": 4,
                    "name": name,
                    "color": color,
                    "width": 2,
                }
            )
            traces += _pull(x, y, grads[place], is_first=place == 0)
            handles.append(
                Handle(
                    x,
                    y,
                    name,
                    name,
                    label=name,
                    color=color,
                )
            )
        layout = {"yaxis": {"scaleanchor": "x"}}
        return Figure(
            "places",
            traces,
            "x",
            "y",
            layout,
            handles,
            height=440,
        )

    def _circle(self, radius: float, name: str, color: str) -> dict[str, Any]:
        angle = torch.linspace(0, 2 * torch.pi, CIRCLE)
        x, y = self.anchor
        xs, ys = x + radius * angle.cos(), y + radius * angle.sin()
        return {
            "x": xs,
            "y": ys,
            "name": name,
            "color": color,
            "dash": "dot",
            "width": 1.5,
        }


def _pull(x: float, y: float, grad: list[float], is_first: bool) -> list[dict[str, Any]]:
    """An arrow against the gradient; nothing where there is none."""
    slope_x, slope_y = grad
    if not slope_x and not slope_y:
        return []
    marker = {
        "symbol": ["circle", "arrow"],
        "size": [1, 12],
        "angleref": "previous",
    }
    # Half as long as the gradient, so that the trail shows below it.
    line = {
        "x": [x, x - slope_x / 2],
        "y": [y, y - slope_y / 2],
        "mode": "lines+markers",
    }
    return [
        {
            **line,
            "name": "pull",
            "color": "gradient",
            "width": 3,
            "marker": marker,
            "showlegend": is_first,
        }
    ]


def _kind(to_positive: float, to_negative: float, margin: float) -> str:
    """easy: costs nothing; semi_hard: farther, but not by the margin; hard: the other class is nearer."""
    if to_negative >= to_positive + margin:
        return "easy"
    return "semi_hard" if to_negative > to_positive else "hard"
