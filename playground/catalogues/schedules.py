"""The catalogue of learning-rate schedules: a factor of the optimiser's learning rate for every step.

Each curve is one plain function of the step, which the exported script carries as it stands.
"""

import math
from collections.abc import Callable
from typing import Annotated, Any, ClassVar

from pydantic import Field

from .base import Catalogue, Entry


def warmed_up(step: int, factor: float, warmup_steps: int) -> float:
    """`factor` times a linear warm-up; step 0 already has 1 / (warmup_steps + 1) of it, never 0."""
    return factor * min(1.0, (step + 1) / (warmup_steps + 1))


def after_warmup(curve, step, total_steps, steps_per_epoch, warmup_steps, **options):
    """A linear warm-up to where the curve begins; then the curve, over the steps that are left.

    Source: torch.optim.lr_scheduler.SequentialLR of LinearLR and the curve.
    """
    curve_steps = max(1, total_steps - warmup_steps)
    if step < warmup_steps:
        first = curve(0, curve_steps, steps_per_epoch, **options)
        return warmed_up(step, first, warmup_steps)
    return curve(step - warmup_steps, curve_steps, steps_per_epoch, **options)


def cosine(step: int, total_steps: int, steps_per_epoch: int, final: float) -> float:
    return final + (1.0 - final) * 0.5 * (1.0 + math.cos(math.pi * min(1.0, step / total_steps)))


def stepwise(step: int, total_steps: int, steps_per_epoch: int, every: int, gamma: float) -> float:
    return gamma ** (step // steps_per_epoch // every)


def exponential(step: int, total_steps: int, steps_per_epoch: int, gamma: float) -> float:
    return gamma ** (step // steps_per_epoch)


def polynomial(step: int, total_steps: int, steps_per_epoch: int, power: float) -> float:
    return (1.0 - min(1.0, step / total_steps)) ** power


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


def multi_step(
    step: int, total_steps: int, steps_per_epoch: int, milestones: list[int], gamma: float
) -> float:
    return gamma ** sum(step // steps_per_epoch >= milestone for milestone in milestones)


def linear(step: int, total_steps: int, steps_per_epoch: int, start: float, end: float) -> float:
    return start + (end - start) * min(1.0, step / total_steps)


def warm_restarts(
    step: int, total_steps: int, steps_per_epoch: int, first: int, stretch: int, final: float
) -> float:
    length = first * steps_per_epoch
    while step >= length:
        step, length = step - length, length * stretch
    return final + (1.0 - final) * 0.5 * (1.0 + math.cos(math.pi * step / length))


def cyclic(
    step: int, total_steps: int, steps_per_epoch: int, rise: int, low: float, halving: bool
) -> float:
    half = rise * steps_per_epoch
    cycle, at = divmod(step, 2 * half)
    height = 1.0 - abs(at / half - 1.0)
    return low + (1.0 - low) * height * (0.5**cycle if halving else 1.0)


class PlateauWatch:
    """The factor of the learning rate after the validation losses so far, one an epoch.

    Source: torch.optim.lr_scheduler.ReduceLROnPlateau at its threshold of a 0.0001th of the best loss.
    """

    def __init__(
        self, gamma: float, patience: int, cooldown: int, least: float, threshold: float = 1e-4
    ):
        self.gamma, self.patience, self.cooldown, self.least, self.threshold = (
            gamma,
            patience,
            cooldown,
            least,
            threshold,
        )
        self.factor, self.best, self.bad, self.resting = 1.0, math.inf, 0, 0

    def add(self, val_loss: float) -> None:
        if val_loss < self.best * (1.0 - self.threshold):
            self.best, self.bad = val_loss, 0
        else:
            self.bad += 1
        if self.resting > 0:
            self.resting, self.bad = self.resting - 1, 0
        if self.bad > self.patience:
            self.factor = max(self.factor * self.gamma, self.least)
            self.resting, self.bad = self.cooldown, 0

    def state_dict(self) -> dict[str, float]:
        return {"factor": self.factor, "best": self.best, "bad": self.bad, "resting": self.resting}

    def load_state_dict(self, state: dict[str, float]) -> None:
        self.factor, self.best = state["factor"], state["best"]
        self.bad, self.resting = int(state["bad"]), int(state["resting"])


class Schedule(Entry):
    """How the learning rate changes from step to step."""

    family = "schedule"
    warmup_steps: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Steps over which the learning rate rises to its full size",
    )

    def watch(self) -> PlateauWatch | None:
        """What is to be told every epoch's validation loss, where the curve depends on it."""
        return None

    def watch_code(self) -> str:
        """The same as Python."""
        return ""

    def factor(
        self, step: int, total_steps: int, steps_per_epoch: int, watch: PlateauWatch | None = None
    ) -> float:
        """In: step counted from 0. Out: factor of the optimiser's learning rate."""
        factor = 1.0 if watch is None else watch.factor
        return warmed_up(step, factor, self.warmup_steps)

    def code(self) -> str:
        """The factor in the exported script, where `step`, `total_steps` and `steps_per_epoch` are known."""
        factor = "1.0" if self.watch() is None else "watch.factor"
        return f"warmed_up(step, {factor}, {self.warmup_steps})"

    def functions(self) -> list[Callable[..., Any]]:
        """The functions and classes that `code` uses."""
        return [warmed_up] if self.watch() is None else [PlateauWatch, warmed_up]


class Curve(Schedule):
    """A schedule whose learning rate moves along a curve that is known before the run."""

    curve: ClassVar[Callable[..., float]]
    warmup_multiplies: bool = Field(
        False,
        description="The warm-up scales the first steps of the schedule instead of coming before it: "
        "the rate may then never reach its full size",
        json_schema_extra={"more": True},
    )

    def options(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        for name in ("warmup_steps", "warmup_multiplies"):
            del values[name]
        return values

    def factor(
        self, step: int, total_steps: int, steps_per_epoch: int, watch: PlateauWatch | None = None
    ) -> float:
        curve = type(self).curve
        if self.warmup_multiplies:
            plain = curve(step, total_steps, steps_per_epoch, **self.options())
            return warmed_up(step, plain, self.warmup_steps)
        return after_warmup(
            curve, step, total_steps, steps_per_epoch, self.warmup_steps, **self.options()
        )

    def code(self) -> str:
        name = type(self).curve.__name__
        options = "".join(f", {key}={value!r}" for key, value in self.options().items())
        plain = f"{name}(step, total_steps, steps_per_epoch{options})"
        if not self.warmup_steps:
            return plain
        if self.warmup_multiplies:
            return f"warmed_up(step, {plain}, {self.warmup_steps})"
        given = f"{name}, step, total_steps, steps_per_epoch, {self.warmup_steps}{options}"
        return f"after_warmup({given})"

    def functions(self) -> list[Callable[..., Any]]:
        used = [type(self).curve]
        if self.warmup_steps:
            used.append(warmed_up)
        if self.warmup_steps and not self.warmup_multiplies:
            used.append(after_warmup)
        return used


SCHEDULES: Catalogue[Schedule] = Catalogue("schedule", Schedule)


@SCHEDULES.register
class Constant(Schedule):
    """The same learning rate from start to finish.

    Out: factor 1. Source: torch.optim.lr_scheduler.ConstantLR at factor 1.
    """

    id = "constant"
    label = "Constant"


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


@SCHEDULES.register
class Exponential(Curve):
    """Shrinks by the same factor after every epoch.

    Out: factor gamma^epoch. Source: torch.optim.lr_scheduler.ExponentialLR.
    """

    id = "exponential"
    label = "Exponential"
    curve = staticmethod(exponential)
    gamma: float = Field(0.9, gt=0, le=1, description="Factor after every epoch")


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
