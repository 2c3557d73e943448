"""The learning-rate range test: which learning rate makes this network learn fastest."""

import math
import time
from dataclasses import dataclass

import numpy as np

from ..experiment import Experiment
from ..network.limits import admit
from ..settings import Settings
from .trainer import Diverged, Trainer

SMOOTHING = 0.9  # share of the past in the smoothed loss
BLOWN_UP = 4.0  # ends where the smoothed loss exceeds its least so many times
QUIET = 16  # steps before the loss can be judged
WINDOW = 7  # steps that are averaged for its slope
STEPS = 100
LOWEST, HIGHEST = 1e-6, 10.0  # learning rates


@dataclass(frozen=True)
class RangeTest:
    """The smoothed loss after a step at each learning rate, and where it fell fastest; None where it never fell.

    `cut_short` says that the time was over before the loss grew or the highest rate came.
    """

    lr: np.ndarray
    loss: np.ndarray
    suggestion: float | None
    cut_short: bool = False


def lr_range_test(
    experiment: Experiment,
    device: str = "cpu",
    steps: int = STEPS,
    settings: Settings | None = None,
    limit_s: float = math.inf,
) -> RangeTest:
    """A short run of its own whose learning rate grows from 1e-6 to 10 by the same factor at every step.

    After `limit_s` seconds it ends with what there is. The suggestion is where the smoothed loss falls most steeply
    over the logarithm of the rate. Disturbs no other run. Raises: ExperimentError for what cannot be trained.
    Source: Smith 2015, Cyclical Learning Rates.
    """
    settings = settings or Settings.unlimited()
    admit(experiment, settings)
    plain = experiment.model_dump(mode="json")
    plain["training"] |= {
        "schedule": {"schedule": "constant"},
        "epochs": 10_000,
        "patience": None,
        "accumulate": 1,
    }
    trainer = Trainer(Experiment.from_dict(plain), device, settings)
    rates: list[float] = []
    losses: list[float] = []
    mean, began, cut_short = 0.0, time.monotonic(), False
    for i in range(steps):
        cut_short = time.monotonic() - began > limit_s
        if cut_short:
            break
        rate = LOWEST * (HIGHEST / LOWEST) ** (i / (steps - 1))
        trainer.live.base_lr = rate
        try:
            with trainer.turn():  # of one step: runs on the same device go on between
                trainer.skip_validation()
                trainer.advance()
                trainer.flush()
        except Diverged:
            break
        loss = float(trainer.history.column("steps", "train_loss")[-1])
        mean = SMOOTHING * mean + (1 - SMOOTHING) * loss
        # The mean began at 0, and is too small by as much as is left of that. Source: Adam's bias correction.
        smooth = mean / (1 - SMOOTHING ** (i + 1))
        if not math.isfinite(smooth) or (losses and smooth > BLOWN_UP * max(min(losses), 1e-12)):
            break
        rates.append(rate)
        losses.append(smooth)
    return RangeTest(np.array(rates), np.array(losses), _suggestion(rates, losses), cut_short)


def _suggestion(rates: list[float], losses: list[float]) -> float | None:
    """Where the loss falls most steeply, once it falls by more than batches differ from each other.

    The first steps are left out: their smoothed loss is that of a few batches, and their rates are too low to matter.
    """
    if len(losses) <= QUIET + WINDOW:
        return None
    start = np.array(losses[QUIET // 2 : QUIET])
    fall = start.mean() - min(losses[QUIET:])
    if fall <= 2 * start.std():
        return None
    around = np.pad(losses, WINDOW // 2, mode="edge")
    mean = np.convolve(around, np.full(WINDOW, 1 / WINDOW), mode="valid")
    return _steepest(rates[QUIET:], mean[QUIET:].tolist())


def _steepest(rates: list[float], losses: list[float]) -> float | None:
    if len(losses) < 3:
        return None
    slopes = np.gradient(np.array(losses), np.log(np.array(rates)))
    # Only as far as the lowest loss: what comes after it is a run that falls apart.
    lowest = int(np.argmin(losses))
    steepest = int(np.argmin(slopes[: lowest + 1]))
    if slopes[steepest] >= 0:
        return None
    return float(f"{rates[steepest]:.1e}")
