"""Ten trainings with one fault each: short scripts, of which a single line is wrong.

Only the texts of this file are ever run; nothing in them comes from anybody else.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch

from ..training.randomness import RandomState

CURVES = ("losses", "accuracies", "gradients")
MARK = "  # ← here"

HEAD = """\
import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)  # more would only wait for each other
torch.manual_seed(0)
"""
RINGS = """\


def rings(n):
    \"\"\"n points on two rings, in millimetres, and the ring of each.\"\"\"
    ring = torch.arange(n) % 2
    angle = 2 * torch.pi * torch.rand(n)
    radius = 300 + 300 * ring + 40 * torch.randn(n)
    return torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1), ring


train_x, train_y = rings(200)
val_x, val_y = rings(200)
mean, std = train_x.mean(0), train_x.std(0)
train_x = (train_x - mean) / std
val_x = (val_x - mean) / std
order = torch.randperm(len(train_x))
train_x, train_y = train_x[order], train_y[order]
"""
NETWORK = """\
model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 2))
nn.init.zeros_(model[0].bias)
optimizer = torch.optim.SGD(model.parameters(), lr=0.3, momentum=0.9)
"""
LOOP = """\
losses, accuracies, gradients = [], [], []
for step in range(60):
    optimizer.zero_grad()
    loss = F.cross_entropy(model(train_x), train_y)
    loss.backward()
    norm = nn.utils.get_total_norm(p.grad for p in model.parameters())
    optimizer.step()
    losses.append(loss.item())
    gradients.append(norm.item())
    with torch.no_grad():
        is_right = model(val_x).argmax(1) == val_y
    accuracies.append(is_right.float().mean().item())
"""
POINTS = HEAD + RINGS + NETWORK + LOOP

# The clouds overlap, so that nobody can tell all points apart; a large network learns its few by heart.
NOISY = (
    HEAD
    + """\


def clouds(n):
    \"\"\"n points of two clouds that overlap, and the cloud of each.\"\"\"
    cloud = torch.arange(n) % 2
    return torch.randn(n, 2) + cloud[:, None], cloud


train_x, train_y = clouds(40)
val_x, val_y = clouds(200)
new_x, new_y = clouds(1000)
model = nn.Sequential(nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
"""
    + LOOP
    + """\
with torch.no_grad():
    is_right = model(new_x).argmax(1) == new_y
new_accuracy = is_right.float().mean().item()
"""
)
DROPOUT = (
    HEAD
    + RINGS
    + """\
model = nn.Sequential(
    nn.Linear(2, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 2)
)
optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
losses, accuracies, gradients = [], [], []
for step in range(40):
    model.train()
    optimizer.zero_grad()
    loss = F.cross_entropy(model(train_x), train_y)
    loss.backward()
    norm = nn.utils.get_total_norm(p.grad for p in model.parameters())
    optimizer.step()
    losses.append(loss.item())
    gradients.append(norm.item())
    model.eval()
    with torch.no_grad():
        answers = [model(few).argmax(1) for few in val_x.split(25)]
    is_right = torch.cat(answers) == val_y
    accuracies.append(is_right.float().mean().item())
"""
)
SEQUENCES = (
    HEAD
    + """\


def walks(n):
    \"\"\"n sequences of 20 steps to the left or right, and where each ends: left or right of its start.\"\"\"
    steps = torch.randn(n, 20, 1)
    return steps, (steps.sum((1, 2)) > 0).long()


class Reader(nn.Module):
    \"\"\"An RNN, and two scores made of its last state.\"\"\"

    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(1, 16, nonlinearity="relu", batch_first=True)
        self.head = nn.Linear(16, 2)
        self.rnn.weight_hh_l0 = nn.Parameter(1.05 * torch.eye(16))

    def forward(self, x):
        states, _ = self.rnn(x)
        return self.head(states[:, -1])


train_x, train_y = walks(100)
val_x, val_y = walks(100)
model = Reader()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
"""
    + LOOP.replace("range(60)", "range(40)").replace(
        "    optimizer.step()\n",
        "    nn.utils.clip_grad_norm_(model.parameters(), 0.5)\n    optimizer.step()\n",
    )
)


@dataclass(frozen=True)
class Case:
    """A training, the line that is right and what stands there instead; "" where it is left out."""

    fault: str
    script: str
    right_line: str
    wrong_line: str

    def text(self, is_broken: bool, is_marked: bool) -> str:
        """The script. In: whether with the fault; whether its line is pointed at."""
        line = self.wrong_line if is_broken else self.right_line
        if is_marked:
            line = f"{line or self.indent + 'pass'}{MARK}"
        first, second = self.script.split(f"{self.right_line}\n")
        middle = f"{line}\n" if line else ""
        kind = "broken" if is_broken else "healthy"
        names = ", ".join(f"{kind}_{name}" for name in CURVES)
        return f"{first}{middle}{second}{names} = {', '.join(CURVES)}\n"

    @property
    def indent(self) -> str:
        """The blanks before its line."""
        return " " * (len(self.right_line) - len(self.right_line.lstrip()))


MODEL_LINE = "model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 2))"
RATE_LINE = "optimizer = torch.optim.SGD(model.parameters(), lr=0.3, momentum=0.9)"
# In no order, so that the number of a case does not tell its fault.
CASES = (
    Case("zero_grad", POINTS, "    optimizer.zero_grad()", ""),
    Case(
        "softmax",
        POINTS,
        MODEL_LINE,
        MODEL_LINE.replace("2))", "2), nn.Softmax(dim=1))"),
    ),
    Case("rate_low", POINTS, RATE_LINE, RATE_LINE.replace("0.3", "0.0003")),
    Case("leakage", NOISY, "val_x, val_y = clouds(200)", "val_x, val_y = train_x, train_y"),
    Case(
        "dead_relus",
        POINTS,
        "nn.init.zeros_(model[0].bias)",
        "nn.init.constant_(model[0].bias, -10.0)",
    ),
    Case(
        "no_clipping",
        SEQUENCES,
        "    nn.utils.clip_grad_norm_(model.parameters(), 0.5)",
        "",
    ),
    Case("rate_high", POINTS, RATE_LINE, RATE_LINE.replace("0.3", "30.0")),
    Case(
        "labels_shuffled",
        POINTS,
        "train_x, train_y = train_x[order], train_y[order]",
        "train_x, train_y = train_x[order], train_y",
    ),
    Case("no_eval", DROPOUT, "    model.eval()", ""),
    Case(
        "no_normalisation",
        POINTS,
        "mean, std = train_x.mean(0), train_x.std(0)",
        "mean, std = 0.0, 1.0",
    ),
)
FAULTS = tuple(sorted(case.fault for case in CASES))


def curves(number: int, is_broken: bool) -> dict[str, Any]:
    """What the script of a case leaves behind: a list for each curve, one number a step. In: its number, from 1."""
    return _curves_of(CASES[number - 1].text(is_broken, is_marked=False))


# By the text: the healthy script is the same for most cases, and runs once.
@lru_cache(maxsize=2 * len(CASES))
def _curves_of(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    n_threads = torch.get_num_threads()
    try:
        # The scripts draw from torch's global generator, which belongs to the runs of this process.
        with RandomState(0, torch.device("cpu")).swapped_in():
            exec(compile(text, "a broken training", "exec"), names)
    finally:
        torch.set_num_threads(n_threads)
    return {name: names[name] for name in CURVES} | {"new_accuracy": names.get("new_accuracy")}
