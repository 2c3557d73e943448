"""The usual schedules: a constant rate, steps and smooth falls.

A curve is a plain function of the step, counted from 0. The exported script carries it as it stands, so it uses `math`
and nothing else from outside. `total_steps`, `steps_per_epoch`: optimisation steps, the former without the warm-up.
"""

import math

from pydantic import Field

from .base import SCHEDULES, Curve, Schedule


@SCHEDULES.register
class Constant(Schedule):
    """The same learning rate from start to finish.

    Out: factor 1. Source: torch.optim.lr_scheduler.ConstantLR at factor 1.
    """

    id = "constant"
    label = "Constant"


def cosine(step: int, total_steps: int, steps_per_epoch: int, final: float) -> float:
    return final + (1.0 - final) * 0.5 * (1.0 + math.cos(math.pi * min(1.0, step / total_steps)))


@SCHEDULES.register
class Cosine(Curve):
    """Falls along half a cosine wave: slowly at the start and at the end.

    Out: factor 1 → final. Source: torch.optim.lr_scheduler.CosineAnnealingLR; Loshchilov and Hutter 2017.
    """

    id = "cosine"
    label = "Cosine"
    curve = staticmethod(cosine)
    final: float = Field(
        0.0, ge=0, le=1, description="Share of the learning rate that is left at the end"
    )


def stepwise(step: int, total_steps: int, steps_per_epoch: int, every: int, gamma: float) -> float:
    return gamma ** (step // steps_per_epoch // every)


@SCHEDULES.register
class StepWise(Curve):
    """Drops abruptly every few epochs.

    Out: factor gamma^(epoch // every). Source: torch.optim.lr_scheduler.StepLR.
    """

    id = "step"
    label = "Step"
    curve = staticmethod(stepwise)
    every: int = Field(
        2,
        ge=1,
        le=10_000,
        description="Epochs between two drops",
        json_schema_extra={"unit": "epochs"},
    )
    gamma: float = Field(0.5, gt=0, le=1, description="Factor at every drop")


def exponential(step: int, total_steps: int, steps_per_epoch: int, gamma: float) -> float:
    return gamma ** (step // steps_per_epoch)


@SCHEDULES.register
class Exponential(Curve):
    """Shrinks by the same factor after every epoch.

    Out: factor gamma^epoch. Source: torch.optim.lr_scheduler.ExponentialLR.
    """

    id = "exponential"
    label = "Exponential"
    curve = staticmethod(exponential)
    gamma: float = Field(0.9, gt=0, le=1, description="Factor after every epoch")


def polynomial(step: int, total_steps: int, steps_per_epoch: int, power: float) -> float:
    return (1.0 - min(1.0, step / total_steps)) ** power


@SCHEDULES.register
class Polynomial(Curve):
    """Falls to zero as a power of the remaining time; power 1 is a straight line.

    Out: factor (1 − step / steps)^power. Source: torch.optim.lr_scheduler.PolynomialLR.
    """

    id = "polynomial"
    label = "Polynomial"
    curve = staticmethod(polynomial)
    power: float = Field(
        1.0, gt=0, le=10, description="1 is a straight line; higher values fall sooner"
    )


def one_cycle(
    step: int, total_steps: int, steps_per_epoch: int, rise: float, start: float, end: float
) -> float:
    # The peak may lie between two steps, in a run of a few steps even before the first: so torch counts.
    peak = rise * total_steps - 1.0
    if step == 0 and peak == 0.0:
        return start
    if step <= peak:
        rising = 0.5 * (1.0 + math.cos(math.pi * step / peak))
        return 1.0 + (start - 1.0) * rising
    progress = min(1.0, (step - peak) / (total_steps - 1.0 - peak))
    falling = 0.5 * (1.0 + math.cos(math.pi * progress))
    return end + (1.0 - end) * falling


@SCHEDULES.register
class OneCycle(Curve):
    """Rises to the full learning rate, then falls far below its starting point.

    Out: factor start → 1 → end. Source: torch.optim.lr_scheduler.OneCycleLR; Smith and Topin 2018.
    """

    id = "one_cycle"
    label = "One cycle"
    curve = staticmethod(one_cycle)
    rise: float = Field(0.3, gt=0, lt=1, description="Share of the run in which the rate rises")
    start: float = Field(0.04, gt=0, le=1, description="Factor at the first step")
    end: float = Field(
        0.000004, ge=0, le=1, description="Factor at the last step", json_schema_extra={"log": True}
    )
