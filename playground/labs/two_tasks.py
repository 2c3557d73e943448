"""Two tasks at once, and the weights that find their balance by themselves."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

import torch
from pydantic import Field
from torch import nn

from ..catalogues.calls import Call
from ..catalogues.losses.modules import FixedTwoTasks, LearnedTwoTasks
from .base import LABS, Answer, Lab
from .parts import Figure, Part, Say, Table
from .program import Program, Ref

SAMPLES = 90
IF_FIXED: dict[str, Any] = {"shown_when": {"weighting": ["fixed"]}}


def two_task_data(n, noise, unit, flipped):
    """Points of the plane with a class and a value. In: the value's noise, its unit, the share of wrong labels.

    Out: x (n, 2), targets (n, 2): class number, value.
    """
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(n, 2, generator=generator)
    labels = (x[:, 0] + x[:, 1] > 0).float()
    is_wrong = torch.rand(n, generator=generator) < flipped
    labels[is_wrong] = 1 - labels[is_wrong]
    values = x[:, 0] - x[:, 1] + noise * torch.randn(n, generator=generator)
    return x, torch.stack([labels, unit * values], 1)


def weights_now(loss_function):
    """What a loss of two tasks multiplies the loss of the class and that of the value with."""
    if list(loss_function.parameters()):
        weights = loss_function.parts()
        return weights["class_weight"], weights["value_weight"]
    return loss_function.class_weight, loss_function.value_weight


def balance(loss_function, data, steps, lr):
    """Trains a linear network, and the weights of the loss with it.

    Out: for every step the weights of class and value, and both losses, as four lists.
    """
    x, targets = data
    # Without random weights that would only be drawn to be written over.
    network = nn.utils.skip_init(nn.Linear, 2, 3)  # scores of two classes, and the value
    nn.init.zeros_(network.weight)
    nn.init.zeros_(network.bias)
    parameters = [*network.parameters(), *loss_function.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=lr, fused=True)
    weights, outputs = [], []
    for _ in range(steps):
        optimizer.zero_grad()
        given = network(x)
        outputs.append(given.detach())
        weights.append(weights_now(loss_function))
        loss_function(given, targets).backward()
        optimizer.step()
    scores, values = torch.stack(outputs).split((2, 1), dim=2)  # (steps, N, 2), (steps, N, 1)
    labels, true_values = targets[:, 0].long().expand(steps, -1), targets[:, 1:].expand_as(values)
    of_class = nn.functional.cross_entropy(scores.mT, labels, reduction="none").mean(1)
    of_value = nn.functional.mse_loss(values, true_values, reduction="none").mean((1, 2))
    of_both = torch.tensor(weights).T
    return [*of_both.tolist(), of_class.tolist(), of_value.tolist()]


@LABS.register
class TwoTasks(Lab):
    """A class and a value learned at once: learned weights become large where the error is small.

    Each weight settles where it is half of 1 / loss. Source: Kendall, Gal and Cipolla 2018.
    """

    id, label, group = "two_tasks", "Two tasks", "losses"
    rows = ("L5",)
    leads_to = ("losses", "optimizers")
    opens = "digits-two-tasks"
    weighting: Literal["learned", "fixed"] = Field("learned", description="Who sets the weights")
    noise: float = Field(
        0.5,
        ge=0,
        le=5,
        description="Noise of the value",
    )
    flipped: float = Field(
        0.1,
        ge=0,
        le=0.5,
        description="Share of labels that are wrong",
    )
    unit: float = Field(
        1.0,
        ge=0.01,
        le=100,
        description="Factor of the value: 100 for centimetres instead of metres",
        json_schema_extra={"log": True},
    )
    class_weight: float = Field(
        1.0,
        ge=0,
        le=100,
        description="Weight of the class, if fixed",
        json_schema_extra=IF_FIXED,
    )
    value_weight: float = Field(
        1.0,
        ge=0,
        le=100,
        description="Weight of the value, if fixed",
        json_schema_extra=IF_FIXED,
    )
    steps: int = Field(
        100,
        ge=1,
        le=150,
        description="Steps of the training",
    )
    lr: float = Field(
        0.1,
        gt=0,
        le=1,
        description="Learning rate",
        json_schema_extra={"log": True},
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "other_unit": {"unit": 10.0, "lr": 0.3},
        "other_unit_fixed": {
            "unit": 10.0,
            "lr": 0.3,
            "weighting": "fixed",
        },
        "hopeless_class": {"flipped": 0.5},
        "no_noise": {
            "noise": 0.0,
            "flipped": 0.0,
            "steps": 150,
        },
        "ignored": {"weighting": "fixed", "value_weight": 0.0},
    }

    def answer(self) -> Answer:
        program = Program()
        program.call("data", two_task_data, SAMPLES, self.noise, self.unit, self.flipped)
        program.build("loss_function", self._loss())
        names = "class_weights, value_weights, class_losses, value_losses"
        given = (Ref("loss_function"), Ref("data"), self.steps, self.lr)
        columns: list[list[float]] = program.call(names, balance, *given)
        values: dict[str, Any] = dict(zip(names.split(", "), columns, strict=True))
        checked = list(values)
        last = {
            "class_weight": columns[0][-1],
            "value_weight": columns[1][-1],
            "class_loss": columns[2][-1],
            "value_loss": columns[3][-1],
        }
        values |= last
        parts: list[Part] = [self._weights(columns), self._losses(columns)]
        parts.append(_table(last))
        parts.append(self._words(last))
        numbers = ["class_weight", "value_weight"]
        loss: dict[str, Any] = {"loss": "two_tasks", "weighting": self.weighting}
        experiment = {"training": {"loss": loss}}
        return Answer(
            values,
            parts,
            program.code(),
            checked,
            numbers,
            experiment,
        )

    def _loss(self) -> Call:
        if self.weighting == "learned":
            return Call.of(LearnedTwoTasks)
        weights = {"class_weight": self.class_weight, "value_weight": self.value_weight}
        return Call.of(FixedTwoTasks, **weights)

    def _weights(self, columns: Sequence[Sequence[float]]) -> Figure:
        """The weights by step, and dotted where theory has them for the losses of that step."""
        steps = list(range(self.steps))
        traces = []
        for place, name in enumerate(("class_weight", "value_weight")):
            color = str(place)
            line = {
                "x": steps,
                "y": columns[place],
                "name": name,
                "color": color,
                "width": 2.5,
            }
            traces.append(line)
            if self.weighting == "learned":
                goals = [0.5 / loss if loss else None for loss in columns[place + 2]]
                traces.append(
                    {
                        "x": steps,
                        "y": goals,
                        "name": "theory",
                        "color": color,
                        "dash": "dot",
                        "width": 1.5,
                        "showlegend": place == 0,
                    }
                )
        return Figure(
            "weights",
            traces,
            "step",
            "weight",
            {"yaxis": {"type": "log"}},
        )

    def _losses(self, columns: Sequence[Sequence[float]]) -> Figure:
        steps = list(range(self.steps))
        traces = []
        for place, name in enumerate(("class_loss", "value_loss")):
            traces.append(
                {
                    "x": steps,
                    "y": columns[place + 2],
                    "name": name,
                    "color": str(place),
                    "width": 2,
                }
            )
        return Figure(
            "losses",
            traces,
            "step",
            "loss",
            {"yaxis": {"type": "log"}},
            height=280,
        )

    def _words(self, last: Mapping[str, float]) -> Say:
        if self.weighting == "fixed":
            shares = _shares(last)
            return Say("balance", "fixed", {"share": f"{shares[1]:.0%}"})
        goal = {"class": _half_inverse(last["class_loss"])}
        goal["value"] = _half_inverse(last["value_loss"])
        return Say("balance", "learned", {name: f"{weight:.3g}" for name, weight in goal.items()})


def _half_inverse(loss: float) -> float:
    return 0.5 / loss if loss else math.inf


def _shares(last: Mapping[str, float]) -> tuple[float, float]:
    """The part of class and of value in the loss."""
    of_class = last["class_weight"] * last["class_loss"]
    of_value = last["value_weight"] * last["value_loss"]
    total = of_class + of_value or 1.0
    return of_class / total, of_value / total


def _table(last: Mapping[str, float]) -> Table:
    rows = []
    for name, share in zip(("class", "value"), _shares(last), strict=True):
        rows.append([name, last[f"{name}_weight"], last[f"{name}_loss"], share])
    return Table("parts", ["task", "weight", "loss", "share"], rows)
