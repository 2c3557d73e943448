"""Derivatives of a function that somebody typed."""

import math
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import torch
from pydantic import Field

from ..faults import ExperimentError
from .base import LABS, Answer, Lab
from .formula import value_of, written
from .grammar import Tree, names_in, parse
from .parts import Figure, Handle, Part, Say, Table

NAMES = ("f", "f′", "f″", "f‴")
POINTS = 181
NEWTON_STEPS = 8


def derivatives(tree: Tree, name: str, points: torch.Tensor, order: int) -> list[torch.Tensor]:
    """f and its first derivatives at every point. In: float64 (N,). Out: `order` + 1 tensors (N,)."""
    x = points.clone().requires_grad_()
    value = value_of(tree, {name: x}).expand_as(x)
    found = [value]
    for _ in range(order):
        value = _slope(value, x)
        found.append(value)
    return [value.detach() for value in found]


def _slope(value: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Its derivative at every point; points do not touch each other, so that the gradient of the sum is that."""
    if not value.requires_grad:
        return torch.zeros_like(x)
    (slope,) = torch.autograd.grad(value.sum(), x, create_graph=True, allow_unused=True)
    return torch.zeros_like(x) if slope is None else slope


@LABS.register
class Derivatives(Lab):
    """f, f′, f″ and f‴ of a function that you type: autograd differentiates its own gradients.

    Source: torch.autograd.grad with create_graph=True; Newton's method.
    """

    id, label, group = "derivatives", "Derivatives", "autograd"
    rows = ("A3",)
    leads_to = ("jacobian", "optimizers")
    function: str = Field("x**3", max_length=12_000, description="Function of one variable")
    at: float = Field(2.0, ge=-100, le=100, description="Where it is looked at")
    order: int = Field(3, ge=1, le=3, description="Highest derivative")
    low: float = Field(-3.0, ge=-100, le=100, description="Left end of the picture")
    high: float = Field(3.0, ge=-100, le=100, description="Right end of the picture")
    shows: Literal["tangent", "newton"] = Field(
        "tangent", description="tangent: the slope at the point; newton: steps to a zero"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "kink": {"function": "relu(x)", "at": 0.0},
        "flat": {"function": "sigmoid(x)", "at": 8.0, "low": -10.0, "high": 10.0},
        "newton": {"function": "x**2 - 2", "at": 3.0, "shows": "newton"},
        "lost": {"function": "x**3 - 2*x + 2", "at": 0.0, "shows": "newton"},
        "hidden": {"function": "sin(x) / x", "at": 0.0},
    }

    def answer(self) -> Answer:
        if self.low >= self.high:
            raise ExperimentError.at("high", "too_small_exclusive", limit=self.low, given=self.high)
        tree = parse(self.function, "function")
        name = self._variable(tree)
        point = torch.tensor([self.at], dtype=torch.float64)
        values = [value.item() for value in derivatives(tree, name, point, self.order)]
        parts: list[Part] = [self._figure(tree, name, values)]
        rows = [[NAMES[order], value] for order, value in enumerate(values)]
        parts.append(Table("values", ["derivative", "value"], rows))
        about: dict[str, Any] = {"values": values}
        if self.shows == "newton":
            path = newton(tree, name, self.at)
            about["newton"] = path
            parts.append(_newton_words(path))
        if not all(math.isfinite(value) for value in values):
            parts.append(Say("nan", "nowhere", {"x": self.at}, "fault"))
        return Answer(about, parts, self._code(tree, name), checked=["values"])

    def _variable(self, tree: Tree) -> str:
        """The one variable of the function; x where there is none. Raises: ExperimentError for several."""
        names = names_in(tree)
        if len(names) > 1:
            raise ExperimentError.at("function", "formula_one_name", given=", ".join(names[:5]))
        return names[0] if names else "x"

    def _figure(self, tree: Tree, name: str, values: list[float]) -> Figure:
        points = torch.linspace(self.low, self.high, POINTS, dtype=torch.float64)
        curves = derivatives(tree, name, points, self.order)
        roles = ("value", "gradient", "accent", "dim")
        traces = []
        for order, curve in enumerate(curves):
            traces.append(
                {
                    "x": points,
                    "y": curve,
                    "name": NAMES[order],
                    "color": roles[order],
                    "width": 3 if order == 0 else 1.5,
                }
            )
        traces.append(self._line(tree, name, values))
        handle = Handle(self.at, values[0], x_field="at", label=name)
        return Figure("curves", traces, x_title=name, handles=[handle])

    def _line(self, tree: Tree, name: str, values: list[float]) -> dict[str, Any]:
        """The tangent, or the steps of Newton's method."""
        if self.shows == "newton":
            xs: list[float] = []
            ys: list[float] = []
            for place in newton(tree, name, self.at):
                height = derivatives(tree, name, torch.tensor([place], dtype=torch.float64), 1)[0]
                xs += [place, place]
                ys += [0.0, height.item()]
            return {"x": xs, "y": ys, "name": "Newton", "color": "fault", "dash": "dot"}
        value, slope = values[0], values[1]
        reach = (self.high - self.low) / 6
        ends = [self.at - reach, self.at + reach]
        heights = [value - slope * reach, value + slope * reach]
        return {"x": ends, "y": heights, "name": "tangent", "color": "fault", "width": 2}

    def _code(self, tree: Tree, name: str) -> str:
        return "\n".join(
            [
                "import torch",
                "",
                f"{name} = torch.tensor({self.at!r}, dtype=torch.float64, requires_grad=True)",
                f"y = {written(tree)} + 0 * {name}  # a constant has derivatives, too: zeros",
                "values = [y.item()]",
                f"for _ in range({self.order}):",
                "    # create_graph: the gradient is computed by operations that can be differentiated again",
                f"    (y,) = torch.autograd.grad(y, {name}, create_graph=True)",
                f"    y = y + 0 * {name}",
                "    values.append(y.item())",
            ]
        )


def newton(tree: Tree, name: str, start: float) -> list[float]:
    """Steps towards a zero: x − f(x) / f′(x), until nothing moves, or it is lost."""
    path = [start]
    for _ in range(NEWTON_STEPS):
        point = torch.tensor([path[-1]], dtype=torch.float64)
        value, slope = (found.item() for found in derivatives(tree, name, point, 1))
        if not slope or not math.isfinite(value / slope):
            break
        following = path[-1] - value / slope
        path.append(following)
        if abs(following - path[-2]) < 1e-12:
            break
    return path


def _newton_words(path: list[float]) -> Say:
    has_arrived = len(path) > 1 and abs(path[-1] - path[-2]) < 1e-9
    key = "arrived" if has_arrived else "lost"
    return Say(
        "newton", key, {"x": path[-1], "n": len(path) - 1}, "good" if has_arrived else "fault"
    )
