"""Focal loss beside cross-entropy, on digits of which some are rare."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import torch
from pydantic import Field
from torch import nn

from ..catalogues.calls import Call
from ..catalogues.losses.modules import Focal, balanced_weights
from .base import LABS, Answer, Lab
from .parts import Figure, Part, Say, Table
from .program import Program, Ref

COMMON = 60  # training images of each common digit
HELD_OUT = 60  # images of every digit that are never trained on
POINTS = 41
NAMES = ("cross_entropy", "focal", "balanced")  # the three trainings


@functools.cache
def small_digits():
    """The playground's digits at 14 × 14 pixels, digit by digit. Out: float32 (10, 500, 196)."""
    from playground.catalogues.datasets.digits import FILE, load_digits

    x, y = load_digits(FILE)
    images = nn.functional.avg_pool2d(torch.from_numpy(x), 2)
    in_order = torch.from_numpy(y).argsort(stable=True)
    return images[in_order].reshape(10, -1, 196)


def digits_some_rare(rare, common, held_out):
    """Of the digits 0 to 4 `common` images each for training, of 5 to 9 `rare`; of each as many held out.

    Out: train_x (N, 196), train_y (N,), held_x (10, held_out, 196).
    """
    digits = small_digits()
    counts = [common] * 5 + [rare] * 5
    train_x = torch.cat([images[:n] for images, n in zip(digits, counts, strict=True)])
    train_y = torch.arange(10).repeat_interleave(torch.tensor(counts))
    return train_x, train_y, digits[:, -held_out:]


def weights_of(data):
    """The weight of each class that makes up for its rarity."""
    _, train_y, _ = data
    return balanced_weights(train_y, 10)


def recalls_of(loss_functions, data, steps):
    """Trains a linear network with each loss, side by side, all images at once.

    Out: for each loss the share of each digit's held-out images that is recognised, and the mean probability of the
    right digit.
    """
    train_x, train_y, held_x = data
    n = len(loss_functions)
    weights = torch.zeros(196, 10 * n, requires_grad=True)  # ten columns for each network
    biases = torch.zeros(10 * n, requires_grad=True)
    optimizer = torch.optim.Adam([weights, biases], lr=0.01, fused=True)
    for _ in range(steps):
        optimizer.zero_grad()
        scores = (train_x @ weights + biases).split(10, dim=1)
        losses = [f(given, train_y) for f, given in zip(loss_functions, scores, strict=True)]
        # The networks do not touch each other: the sum has the gradient of each.
        torch.stack(losses).sum().backward()
        optimizer.step()
    with torch.no_grad():
        scores = (held_x @ weights + biases).unflatten(-1, (n, 10))  # (10, held out, n, 10)
    chances = scores.softmax(-1)
    right = torch.arange(10)[:, None, None]
    recalls = (chances.argmax(-1) == right).float().mean(1).T
    confidence = chances[range(10), :, :, range(10)].mean((0, 1))
    return recalls.tolist(), confidence.tolist()


@LABS.register
class Imbalance(Lab):
    """Three losses train the same network on digits of which half are rare: cross-entropy, focal, weighted.

    Source: Lin et al. 2017, Focal Loss for Dense Object Detection; torch.nn.CrossEntropyLoss.
    """

    id, label, group = "imbalance", "Rare classes", "losses"
    rows = ("L4",)
    leads_to = ("losses", "two_tasks")
    opens = "digits-imbalanced-focal"
    gamma: float = Field(
        2.0,
        ge=0,
        le=10,
        description="How strongly sure samples are played down",
    )
    rare: int = Field(
        8,
        ge=1,
        le=60,
        description="Training images of each rare digit, 5 to 9",
    )
    steps: int = Field(
        40,
        ge=1,
        le=50,
        description="Steps of the training",
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "same": {"gamma": 0.0},
        "strong": {"gamma": 8.0},
        "very_rare": {"rare": 2},
        "balanced": {"rare": 60},
    }

    def answer(self) -> Answer:
        program = Program()
        program.call("data", digits_some_rare, self.rare, COMMON, HELD_OUT)
        for name in NAMES:
            self._build(program, name)
        losses = [Ref(name) for name in NAMES]
        found = program.call("recalls, confidence", recalls_of, losses, Ref("data"), self.steps)
        recalls: dict[str, list[float]] = dict(zip(NAMES, found[0], strict=True))
        confidence: dict[str, float] = dict(zip(NAMES, found[1], strict=True))
        values: dict[str, Any] = {"recalls": found[0], "confidence": found[1]}
        values |= {f"recall_{name}": recalls[name] for name in NAMES}
        values |= {f"confidence_{name}": confidence[name] for name in NAMES}
        values["rare_recall"] = {name: _mean(recalls[name][5:]) for name in NAMES}
        parts: list[Part] = [self._bars(recalls), self._curves()]
        rows = []
        for name in NAMES:
            row = [name, _mean(recalls[name][:5]), _mean(recalls[name][5:]), confidence[name]]
            rows.append(row)
        parts.append(Table("recalls", ["loss", "common", "rare", "confidence"], rows))
        parts.append(self._words(values["rare_recall"]))
        training = {"loss": {"loss": "focal", "gamma": self.gamma}}
        return Answer(
            values,
            parts,
            program.code(),
            ["recalls", "confidence"],
            experiment={"training": training},
        )

    def _build(self, program: Program, name: str) -> None:
        """The loss function of that name."""
        if name == "focal":
            # With alpha 1 a gamma of 0 is cross-entropy itself.
            program.build(name, Call.of(Focal, alpha=1.0, gamma=self.gamma))
        elif name == "balanced":
            program.call("weights", weights_of, Ref("data"))
            program.call(name, nn.CrossEntropyLoss, Ref("weights"))
        else:
            program.call(name, nn.CrossEntropyLoss)

    def _bars(self, recalls: Mapping[str, Sequence[float]]) -> Figure:
        traces = []
        digits = [str(digit) for digit in range(10)]
        for place, name in enumerate(NAMES):
            traces.append(
                {
                    "type": "bar",
                    "x": digits,
                    "y": recalls[name],
                    "name": name,
                    "color": str(place),
                }
            )
        layout = {"xaxis": {"type": "category"}, "yaxis": {"range": [0, 1]}}
        return Figure(
            "recalls_by_digit",
            traces,
            "digit",
            "recall",
            layout,
            height=300,
        )

    def _curves(self) -> Figure:
        """What a sample costs by the probability that the network gives to its right class."""
        p = torch.linspace(0.01, 1, POINTS)
        logits = torch.stack([p.log(), (1 - p).log()], 1)
        focal = Focal(alpha=1.0, gamma=self.gamma)
        right = torch.tensor([0])
        costs = [focal(row[None], right).item() for row in logits]
        plain = {
            "x": p,
            "y": -p.log(),
            "name": "cross_entropy",
            "color": "0",
            "width": 2,
        }
        turned_down = {
            "x": p,
            "y": costs,
            "name": "focal",
            "color": "1",
            "width": 2,
        }
        return Figure(
            "costs",
            [plain, turned_down],
            "probability",
            "loss",
            height=280,
        )

    def _words(self, rare: Mapping[str, float]) -> Say:
        shares = {name: f"{share:.0%}" for name, share in rare.items()}
        is_best = rare["focal"] > max(rare["cross_entropy"], rare["balanced"])
        return Say("rare", "rare_found", shares, "good" if is_best else "")


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
