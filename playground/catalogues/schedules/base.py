"""What every schedule has: its factor for each step, and the same as lines of the exported script."""

from collections.abc import Callable
from typing import Any, ClassVar

from pydantic import Field

from ..base import Catalogue, Entry
from .plateau_watch import PlateauWatch
from .warmup import after_warmup, warmed_up


class Schedule(Entry):
    """How the learning rate changes from step to step.

    `factor` calculates it for the run, `code` writes the same line for the exported script.
    """

    family = "schedule"
    warmup_steps: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Steps over which the learning rate rises to its full size",
    )

    def watch(self) -> PlateauWatch | None:
        """A fresh watch that is told every epoch's validation loss; None where the factor does not depend on it."""
        return None

    def watch_code(self) -> str:
        """The constructor call of that watch as Python; "" where there is none."""
        return ""

    def factor(
        self, step: int, total_steps: int, steps_per_epoch: int, watch: PlateauWatch | None = None
    ) -> float:
        """The factor of the optimiser's learning rate at a step.

        In: step counted from 0, steps of the whole run and of an epoch, the run's own watch where it has one.
        """
        factor = 1.0 if watch is None else watch.factor
        return warmed_up(step, factor, self.warmup_steps)

    def code(self) -> str:
        """The factor as Python; the script has `step`, `total_steps`, `steps_per_epoch` and perhaps `watch`."""
        factor = "1.0" if self.watch() is None else "watch.factor"
        return f"warmed_up(step, {factor}, {self.warmup_steps})"

    def functions(self) -> list[Callable[..., Any]]:
        """The functions and classes that `code` and `watch_code` use, in the order of the script."""
        if self.watch() is None:
            return [warmed_up]
        return [PlateauWatch, warmed_up]


class Curve(Schedule):
    """A schedule whose learning rate moves along a curve that is known before the run.

    `curve(step, total_steps, steps_per_epoch, **options)` gives the factor; steps are counted from 0 and without the
    warm-up. The options are the entry's own fields, by their names.
    """

    curve: ClassVar[Callable[..., float]]
    # Set where an experiment of version 1 is opened: its warm-up came on top of the curve, and its numbers stay.
    warmup_multiplies: bool = Field(
        False,
        description="The warm-up scales the first steps of the schedule instead of coming before it: "
        "the rate may then never reach its full size",
        json_schema_extra={"more": True},
    )

    def options(self) -> dict[str, Any]:
        """What the curve takes besides the steps: every field except those of the warm-up."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        for name in ("warmup_steps", "warmup_multiplies"):
            del values[name]
        return values

    def factor(
        self, step: int, total_steps: int, steps_per_epoch: int, watch: PlateauWatch | None = None
    ) -> float:
        curve = type(self).curve  # from the class, where a plain function has no `self`
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
        arguments = f"{name}, step, total_steps, steps_per_epoch, {self.warmup_steps}{options}"
        return f"after_warmup({arguments})"

    def functions(self) -> list[Callable[..., Any]]:
        used = [type(self).curve]
        if not self.warmup_steps:
            return used
        used.append(warmed_up)
        if not self.warmup_multiplies:
            used.append(after_warmup)
        return used


SCHEDULES: Catalogue[Schedule] = Catalogue("schedule", Schedule)
