"""The catalogue of learning-rate schedules: a factor of the optimiser's learning rate for every step.

Each curve is one plain function of the step, which the exported script carries as it stands.
"""

import math
from collections.abc import Callable
from typing import Any, ClassVar

from pydantic import Field

from .catalogue import Catalogue, Entry


def warmed_up(step: int, factor: float, warmup_steps: int) -> float:
    """`factor` after a linear warm-up; step 0 already has 1 / (warmup_steps + 1) of it, never 0."""
    return factor * min(1.0, (step + 1) / (warmup_steps + 1))


def constant(step: int, total_steps: int, steps_per_epoch: int) -> float:
    return 1.0


def cosine(step: int, total_steps: int, steps_per_epoch: int, final: float) -> float:
    return final + (1.0 - final) * 0.5 * (1.0 + math.cos(math.pi * min(1.0, step / total_steps)))


def stepwise(step: int, total_steps: int, steps_per_epoch: int, every: int, gamma: float) -> float:
    return gamma ** (step // steps_per_epoch // every)


def exponential(step: int, total_steps: int, steps_per_epoch: int, gamma: float) -> float:
    return gamma ** (step // steps_per_epoch)


def polynomial(step: int, total_steps: int, steps_per_epoch: int, power: float) -> float:
    return (1.0 - min(1.0, step / total_steps)) ** power


def one_cycle(step: int, total_steps: int, steps_per_epoch: int, rise: float, start: float, end: float) -> float:
    peak = max(1.0, rise * total_steps - 1.0)
    if step <= peak:
        return 1.0 + (start - 1.0) * 0.5 * (1.0 + math.cos(math.pi * step / peak))
    progress = min(1.0, (step - peak) / max(1.0, total_steps - 1.0 - peak))
    return end + (1.0 - end) * 0.5 * (1.0 + math.cos(math.pi * progress))


class Schedule(Entry):
    """How the learning rate changes from step to step."""

    family = "schedule"
    curve: ClassVar[Callable[..., float]]
    warmup_steps: int = Field(
        0, ge=0, le=1_000_000, description="Steps over which the learning rate rises to its full size"
    )

    def options(self) -> dict[str, Any]:
        """What the curve needs beside the step and the run's length."""
        return {name: getattr(self, name) for name in type(self).model_fields if name != "warmup_steps"}

    def factor(self, step: int, total_steps: int, steps_per_epoch: int) -> float:
        """In: step counted from 0. Out: factor of the optimiser's learning rate."""
        plain = type(self).curve(step, total_steps, steps_per_epoch, **self.options())
        return warmed_up(step, plain, self.warmup_steps)


SCHEDULES: Catalogue[Schedule] = Catalogue("schedule", Schedule)


@SCHEDULES.register
class Constant(Schedule):
    """The same learning rate from beginning to end.

    Out: factor 1. Source: torch.optim.lr_scheduler.ConstantLR at factor 1.
    """

    id = "constant"
    label = "Constant"
    curve = staticmethod(constant)


@SCHEDULES.register
class Cosine(Schedule):
    """Falls along half a cosine wave, slowly at first and at last.

    Out: factor 1 → final. Source: torch.optim.lr_scheduler.CosineAnnealingLR; Loshchilov and Hutter 2017.
    """

    id = "cosine"
    label = "Cosine"
    curve = staticmethod(cosine)
    final: float = Field(0.0, ge=0, le=1, description="Share of the learning rate left at the end")


@SCHEDULES.register
class StepWise(Schedule):
    """Drops at once every few epochs.

    Out: factor gamma^(epoch // every). Source: torch.optim.lr_scheduler.StepLR.
    """

    id = "step"
    label = "Step"
    curve = staticmethod(stepwise)
    every: int = Field(2, ge=1, le=10_000, description="Epochs between two drops", json_schema_extra={"unit": "epochs"})
    gamma: float = Field(0.5, gt=0, le=1, description="Factor at every drop")


@SCHEDULES.register
class Exponential(Schedule):
    """Shrinks by the same factor after every epoch.

    Out: factor gamma^epoch. Source: torch.optim.lr_scheduler.ExponentialLR.
    """

    id = "exponential"
    label = "Exponential"
    curve = staticmethod(exponential)
    gamma: float = Field(0.9, gt=0, le=1, description="Factor after every epoch")


@SCHEDULES.register
class Polynomial(Schedule):
    """Falls to zero along a power of the time left; a straight line at power 1.

    Out: factor (1 − step / steps)^power. Source: torch.optim.lr_scheduler.PolynomialLR.
    """

    id = "polynomial"
    label = "Polynomial"
    curve = staticmethod(polynomial)
    power: float = Field(1.0, gt=0, le=10, description="1 is a straight line; higher falls sooner")


@SCHEDULES.register
class OneCycle(Schedule):
    """Rises to the full learning rate, then falls far below where it began.

    Out: factor start → 1 → end. Source: torch.optim.lr_scheduler.OneCycleLR; Smith and Topin 2018.
    """

    id = "one_cycle"
    label = "One cycle"
    curve = staticmethod(one_cycle)
    rise: float = Field(0.3, gt=0, lt=1, description="Share of the run that rises")
    start: float = Field(0.04, gt=0, le=1, description="Factor at the first step")
    end: float = Field(0.000004, ge=0, le=1, description="Factor at the last step", json_schema_extra={"log": True})
