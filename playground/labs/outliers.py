"""What an outlier does to the best answer, by the loss that calls it best."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

import torch
from pydantic import Field
from torch import nn

from ..catalogues.losses import LOSSES, Loss
from .base import LABS, Answer, Lab
from .chosen import chosen
from .judged import ImaginedValues, kind_of
from .parts import Figure, Handle, Part, Say, Table
from .program import Program, Ref

CURVE = 61
# Fields of losses that say where their linear part begins.
THRESHOLDS = ("delta", "beta")
Number = Annotated[float, Field(ge=-1_000, le=1_000)]


def best_constant(loss_function, points):
    """The one number that has the smallest loss for all points, by cutting off the worse third again and again.

    Right for losses with one valley, as those of numbers are.
    """
    points = torch.tensor(points, dtype=torch.float64)

    def cost(guess):
        return loss_function(torch.full_like(points, guess), points).item()

    low, high = points.min().item(), points.max().item()
    for _ in range(80):  # 0.67 to the power of 80 is 1e-14
        third = (high - low) / 3
        if cost(low + third) <= cost(high - third):
            high -= third
        else:
            low += third
    return (low + high) / 2


def pulls(loss_function, points, guess):
    """How hard each point pulls at the guess: minus the gradient of its share of the loss. Out: upwards is positive."""
    guesses = torch.full((len(points),), guess, dtype=torch.float64, requires_grad=True)
    loss_function(guesses, torch.tensor(points, dtype=torch.float64)).backward()
    return (-guesses.grad).tolist()


@LABS.register
class Outliers(Lab):
    """One number is to stand for several: each loss has another best one, and an outlier pulls each differently.

    Source: the losses of the catalogue for numbers; the mean and the median as those of squares and of distances.
    """

    id, label, group = "outliers", "Outliers", "losses"
    rows = ("L1",)
    leads_to = ("losses",)
    opens = "table-house-prices"
    points: list[Number] = Field(
        [1.0, 1.5, 2.0, 2.2, 2.6, 3.0, 9.0],
        min_length=1,
        max_length=20,
        description="Values that one number is to stand for",
    )
    delta: float = Field(
        1.0,
        gt=0,
        le=100,
        description="Where Huber and Smooth L1 become linear",
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "no_outlier": {"points": [1.0, 1.5, 2.0, 2.2, 2.6, 3.0, 3.4]},
        "far": {"points": [1.0, 1.5, 2.0, 2.2, 2.6, 3.0, 100.0]},
        "near_l1": {"delta": 0.01},
        "near_mse": {"delta": 50.0},
        "even": {"points": [1.0, 2.0, 5.0, 6.0]},
        "majority": {"points": [1.0, 1.2, 9.0, 9.1, 9.2]},
    }

    def answer(self) -> Answer:
        program = Program()
        program.let("points", self.points)
        best: dict[str, float] = {}
        pull: dict[str, list[float]] = {}
        labels: dict[str, str] = {}
        curves = []
        for loss in self._losses():
            module = program.build(f"loss_{loss.id}", loss.call(ImaginedValues(n_classes=1)))
            given = (Ref(f"loss_{loss.id}"), Ref("points"))
            best[loss.id] = program.call(f"best_{loss.id}", best_constant, *given)
            last = Ref(f"best_{loss.id}")
            pull[loss.id] = program.call(f"pull_{loss.id}", pulls, *given, last)
            labels[loss.id] = loss.label
            curves.append(self._curve(module, loss))
        values: dict[str, Any] = {f"best_{name}": number for name, number in best.items()}
        values |= {f"pull_{name}": numbers for name, numbers in pull.items()}
        checked = list(values)
        values["best"] = best
        values |= {"mean": sum(self.points) / len(self.points), "median": self._median()}
        parts: list[Part] = [self._figure(best, labels), self._pulls(pull, labels)]
        parts.append(
            Figure(
                "curves",
                curves,
                "guess",
                "loss",
                height=260,
            )
        )
        rows = [[labels[name], number, max(map(abs, pull[name]))] for name, number in best.items()]
        parts.append(Table("best", ["loss", "best_number", "largest_pull"], rows))
        middle = {"mean": f"{values['mean']:.4g}", "median": f"{values['median']:.4g}"}
        parts.append(Say("middle", "even" if len(self.points) % 2 == 0 else "middle", middle))
        return Answer(
            values,
            parts,
            program.code(),
            checked,
            ["mean", "median"],
        )

    def _losses(self) -> list[Loss]:
        """Every loss of the catalogue for numbers."""
        losses = []
        for entry in LOSSES:
            if kind_of(entry) != "values":
                continue
            options = {name: self.delta for name in THRESHOLDS if name in entry.model_fields}
            losses.append(chosen(LOSSES, entry.id, options))
        return losses

    def _median(self) -> float:
        ordered = sorted(self.points)
        half = len(ordered) // 2
        if len(ordered) % 2:
            return ordered[half]
        return (ordered[half - 1] + ordered[half]) / 2

    def _figure(self, best: Mapping[str, float], labels: Mapping[str, str]) -> Figure:
        """The points, which can be moved up and down, and a line at the best number of each loss."""
        places = list(range(1, len(self.points) + 1))
        ends = [0.5, len(self.points) + 0.5]
        traces: list[dict[str, Any]] = []
        for place, (name, height) in enumerate(best.items()):
            traces.append(
                {
                    "x": ends,
                    "y": [height, height],
                    "name": labels[name],
                    "color": str(place),
                    "width": 2.5,
                }
            )
        traces.append(
            {
                "x": places,
                "y": self.points,
                "mode": "markers",
                "name": "value",
                "color": "dim",
                "size": 8,
            }
        )
        handles = []
        for place, height in enumerate(self.points):
            label = str(place + 1)
            handles.append(
                Handle(
                    place + 1,
                    height,
                    "",
                    "points",
                    place,
                    label,
                    whole=self.points,
                )
            )
        return Figure(
            "points",
            traces,
            "number",
            "value",
            handles=handles,
        )

    def _pulls(self, pull: Mapping[str, Sequence[float]], labels: Mapping[str, str]) -> Figure:
        traces = []
        places = [str(place) for place in range(1, len(self.points) + 1)]
        for place, (name, strengths) in enumerate(pull.items()):
            traces.append(
                {
                    "type": "bar",
                    "x": places,
                    "y": strengths,
                    "name": labels[name],
                    "color": str(place),
                }
            )
        layout = {"xaxis": {"type": "category"}}
        return Figure(
            "pulls",
            traces,
            "number",
            "pull",
            layout,
            height=260,
        )

    def _curve(self, module: nn.Module, loss: Loss) -> dict[str, Any]:
        """The loss of every guess, as a share of the largest in the picture, so that all fit into it."""
        points = torch.tensor(self.points, dtype=torch.float64)
        low, high = points.min().item(), points.max().item()
        room = (high - low) / 10 or 1.0
        guesses = torch.linspace(low - room, high + room, CURVE, dtype=torch.float64)
        costs = torch.tensor([module(guess.expand_as(points), points) for guess in guesses])
        color = str([entry.id for entry in self._losses()].index(loss.id))
        shares = costs / costs.max().clamp(min=1e-12)
        return {
            "x": guesses,
            "y": shares,
            "name": loss.label,
            "color": color,
            "width": 2,
        }
