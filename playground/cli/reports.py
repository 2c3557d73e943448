"""How the command line tells of training: a filling bar for people, a line of JSON an epoch for programs."""

import json
import math
import sys

from ..catalogues.baselines import unbeaten
from ..results import FinishedRun
from ..training.trainer import Trainer

BAR_WIDTH = 24
# The bar is drawn at every fifth step: the terminal is slower than a small network.
STEPS_A_DRAWING = 5
CLEAR_LINE = "\r\x1b[2K"  # to the left edge, and everything there erased
WHOLE_NUMBERS = ("epoch", "step")  # columns of a history, which holds floats alone
METRIC_NAMES = {"mae": "mean absolute error", "r2": "R²"}


class JsonReport:
    """One object a line for every epoch."""

    def step(self, trainer: Trainer) -> None:
        """Says nothing."""

    def epoch(self, trainer: Trainer) -> None:
        """Prints the measurements of the epoch."""
        row: dict[str, float | int | None] = {}
        for name, value in last_epoch(trainer).items():
            row[name] = int(value) if name in WHOLE_NUMBERS else _finite(value)
        print(json.dumps(row), flush=True)

    def end(self) -> None:
        """Leaves everything as it is: each line is complete."""

    def compare(self, finished: FinishedRun) -> None:
        """Says nothing: every line is an epoch."""


class BarReport:
    """A line that fills up, and a line of results for every epoch."""

    def __init__(self) -> None:
        # A bar that is drawn again and again would fill a file.
        self._is_terminal = sys.stdout.isatty()

    def step(self, trainer: Trainer) -> None:
        """Fills the bar a little, where somebody is looking."""
        if not self._is_terminal or trainer.step % STEPS_A_DRAWING:
            return
        n_steps = trainer.steps_per_epoch
        n = (trainer.step - 1) % n_steps + 1  # of the steps of this epoch, from 1
        filled = "█" * round(BAR_WIDTH * n / n_steps)
        bar = filled.ljust(BAR_WIDTH, "·")
        n_epochs = trainer.experiment.training.epochs
        epoch = f"epoch {trainer.epoch + 1}/{n_epochs}"
        print(f"\r{epoch} {bar} {n}/{n_steps}", end="", flush=True)

    def epoch(self, trainer: Trainer) -> None:
        """Prints the results of the epoch in the place of the bar."""
        last = last_epoch(trainer)
        n_epochs = trainer.experiment.training.epochs
        parts = [
            f"epoch {int(last['epoch'])}/{n_epochs}",
            f"train loss {last['train_loss']:.4f}",
            f"validation loss {last['val_loss']:.4f}",
        ]
        for name in trainer.history.metrics:
            parts.append(score_text(name, last[f"val_{name}"]))
        parts.append(f"{last['samples_per_s']:,.0f} samples/s")
        start = CLEAR_LINE if self._is_terminal else ""
        print(start + "  ".join(parts), flush=True)

    def end(self) -> None:
        """Takes a bar away that was begun."""
        if self._is_terminal:
            print(CLEAR_LINE, end="", flush=True)

    def compare(self, finished: FinishedRun) -> None:
        """Prints what answers without a network score, and whether the network is no better than one of them."""
        for baseline in finished.baselines:
            scores = [score_text(name, score) for name, score in baseline.scores.items()]
            print(f"without a network, {baseline.words}: {'  '.join(scores)}")
        found = unbeaten(finished.scores(), finished.baselines)
        if found is not None:
            baseline, metric = found
            score = score_text(metric, baseline.scores[metric])
            print(f"this network is no better than {baseline.words} ({score})")


def last_epoch(trainer: Trainer) -> dict[str, float]:
    """The measurements of the epoch that just ended, by column."""
    history = trainer.history
    scores = [f"val_{name}" for name in history.metrics]
    names = [
        "epoch",
        "step",
        "train_loss",
        "val_loss",
        *scores,
        "lr",
        "samples_per_s",
        "seconds",
    ]
    return {name: history.column("epochs", name)[-1] for name in names}


def score_text(name: str, value: float) -> str:
    """("accuracy", 0.5) -> "accuracy 50.00 %"."""
    if name == "accuracy":
        return f"accuracy {100 * value:.2f} %"
    label = METRIC_NAMES.get(name, name)
    return f"{label} {value:.4g}"


def _finite(value: float) -> float | None:
    """JSON has no NaN and no infinity: they become null."""
    return float(value) if math.isfinite(value) else None
