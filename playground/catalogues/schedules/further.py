"""Further schedules: drops at chosen moments, a straight line, and cycles. Their curves are as in `common`."""

import math
from typing import Annotated

from pydantic import Field

from .base import SCHEDULES, Curve, Schedule
from .plateau_watch import PlateauWatch


def multi_step(
    step: int, total_steps: int, steps_per_epoch: int, milestones: list[int], gamma: float
) -> float:
    return gamma ** sum(step // steps_per_epoch >= milestone for milestone in milestones)


@SCHEDULES.register
class MultiStep(Curve):
    """Drops abruptly at the given epochs.

    Out: factor gamma^(milestones passed). Source: torch.optim.lr_scheduler.MultiStepLR.
    """

    id = "multi_step"
    label = "Several steps"
    curve = staticmethod(multi_step)
    milestones: list[Annotated[int, Field(ge=1, le=10_000)]] = Field(
        default_factory=lambda: [3, 6],
        min_length=1,
        max_length=50,
        description="Epochs after which it drops, such as 3, 6",
        json_schema_extra={"unit": "epochs"},
    )
    gamma: float = Field(0.1, gt=0, le=1, description="Factor at every drop")


@SCHEDULES.register
class Plateau(Schedule):
    """Drops when the validation loss has stopped falling, which cannot be known in advance.

    Out: factor gamma^drops, at least `least`. Source: torch.optim.lr_scheduler.ReduceLROnPlateau.
    """

    id = "plateau"
    label = "On plateau"
    gamma: float = Field(0.5, gt=0, lt=1, description="Factor at every drop")
    patience: int = Field(
        2,
        ge=0,
        le=1_000,
        description="Epochs without a better validation loss before the rate drops",
        json_schema_extra={"unit": "epochs"},
    )
    cooldown: int = Field(
        0,
        ge=0,
        le=1_000,
        description="Epochs after a drop that are not counted",
        json_schema_extra={"unit": "epochs", "more": True},
    )
    least: float = Field(
        0.0,
        ge=0,
        le=1,
        description="The learning rate never falls below this share",
        json_schema_extra={"log": True, "more": True},
    )

    def watch(self) -> PlateauWatch:
        return PlateauWatch(self.gamma, self.patience, self.cooldown, self.least)

    def watch_code(self) -> str:
        return f"PlateauWatch({self.gamma!r}, {self.patience!r}, {self.cooldown!r}, {self.least!r})"


def warm_restarts(
    step: int, total_steps: int, steps_per_epoch: int, first: int, stretch: int, final: float
) -> float:
    length = first * steps_per_epoch
    while step >= length:
        step, length = step - length, length * stretch
    return final + (1.0 - final) * 0.5 * (1.0 + math.cos(math.pi * step / length))


@SCHEDULES.register
class WarmRestarts(Curve):
    """Falls along half a cosine wave, jumps back up and falls again, in longer and longer cycles.

    Out: factor 1 → final in every cycle. Source: torch.optim.lr_scheduler.CosineAnnealingWarmRestarts; Loshchilov
    and Hutter 2017.
    """

    id = "warm_restarts"
    label = "Cosine with warm restarts"
    curve = staticmethod(warm_restarts)
    first: int = Field(
        2,
        ge=1,
        le=10_000,
        description="Length of the first cycle",
        json_schema_extra={"unit": "epochs"},
    )
    stretch: int = Field(
        2, ge=1, le=10, description="How many times longer each cycle is than the one before"
    )
    final: float = Field(
        0.0, ge=0, le=1, description="Share of the learning rate that is left at the end of a cycle"
    )


def linear(step: int, total_steps: int, steps_per_epoch: int, start: float, end: float) -> float:
    return start + (end - start) * min(1.0, step / total_steps)


@SCHEDULES.register
class Linear(Curve):
    """Follows a straight line from one share of the learning rate to another.

    Out: factor start → end. Source: torch.optim.lr_scheduler.LinearLR.
    """

    id = "linear"
    label = "Straight line"
    curve = staticmethod(linear)
    start: float = Field(1.0, gt=0, le=1, description="Factor at the first step")
    end: float = Field(0.1, ge=0, le=1, description="Factor at the last step")


def cyclic(
    step: int, total_steps: int, steps_per_epoch: int, rise: int, low: float, halving: bool
) -> float:
    half = rise * steps_per_epoch
    cycle, at = divmod(step, 2 * half)
    height = 1.0 - abs(at / half - 1.0)
    return low + (1.0 - low) * height * (0.5**cycle if halving else 1.0)


@SCHEDULES.register
class Cyclic(Curve):
    """Rises and falls along straight lines, again and again.

    Out: factor low → 1 → low in every cycle. Source: torch.optim.lr_scheduler.CyclicLR; Smith 2017.
    """

    id = "cyclic"
    label = "Cyclic"
    curve = staticmethod(cyclic)
    rise: int = Field(
        1,
        ge=1,
        le=10_000,
        description="Epochs in which the rate rises; it falls for as many",
        json_schema_extra={"unit": "epochs"},
    )
    low: float = Field(
        0.1, gt=0, le=1, description="Factor at the lowest point, where each cycle begins"
    )
    halving: bool = Field(False, description="Each cycle rises half as far as the one before")
