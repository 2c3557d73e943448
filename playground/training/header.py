"""The numbers of a checkpoint: a small header, strictly typed. Everything large is a tensor beside it."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ..catalogues.base import Strict
from .live_settings import LIVE_SETTINGS

FORMAT = 2
MAX_BYTES = 256 * 1024
MAX_EVENTS = 2_000
LONGEST_S = 1e9  # thirty years
MOST_STEPS = 10**12

Seconds = Annotated[float, Field(ge=0, le=LONGEST_S)]
Count = Annotated[int, Field(ge=0, le=MOST_STEPS)]
Loss = float | None  # None: there is none yet


class PlateauState(Strict):
    """`PlateauWatch`: the factor of now, and how long nothing got better."""

    factor: float = Field(ge=0, le=1)
    best: Loss
    bad: Count
    resting: Count


class LiveState(Strict):
    """`Live`: what a person may change, and the schedule's own state."""

    base_lr: float = Field(gt=0, le=1_000)
    last_lr: float = Field(ge=0, le=1e6)  # a layer's scale and a schedule are in it
    weight_decay: float | None = Field(ge=0, le=10)
    clip_norm: float | None = Field(gt=0, le=1e6)
    plateau: PlateauState | None


class PracticeState(Strict):
    """`Practice`: the best epoch so far."""

    best: Loss
    best_epoch: Count
    lowest: Loss
    stopped_early: bool


class PaceState(Strict):
    """`Pace`: times, which are no part of the numbers of a run."""

    busy_s: Seconds
    validation_s: Seconds
    epoch_s: Seconds
    steps_per_s: float | None = Field(gt=0, le=1e9)
    window_s: Seconds
    window_steps: Count


class MeterState(Strict):
    """`Meter`: the sums of the epoch so far."""

    loss: float
    weight: float = Field(ge=0, le=1e15)


class ClipperState(Strict):
    """`Clipper`: steps since the last measurement, and how many of them were cut."""

    steps: Count
    clipped: Count

    @model_validator(mode="after")
    def _relations(self) -> Self:
        if self.clipped > self.steps:
            raise ValueError("more steps were clipped than made")
        return self


class PrecisionState(Strict):
    """`Precision`: the scale of a float16 loss."""

    scale: float | None = Field(None, gt=0, le=1e30)
    steps_since_change: Count | None = None

    @model_validator(mode="after")
    def _relations(self) -> Self:
        if (self.scale is None) != (self.steps_since_change is None):
            raise ValueError("it has half the state of a scaler")
        return self


class EventState(Strict):
    """One `EventRecord`; a value of None stands for “no limit”."""

    step: Count
    kind: str
    value: float | None

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.kind not in LIVE_SETTINGS:
            raise ValueError(f"it has a change of {self.kind[:40]}, which no run can change")
        return self


class Header(Strict):
    """All numbers of a checkpoint but those in tensors."""

    format: Literal[2] = 2
    torch: str = Field(max_length=100)
    device: str = Field(max_length=100)
    experiment: dict[str, Any]
    step: Count
    epoch: Count
    validating: bool
    live: LiveState
    practice: PracticeState
    pace: PaceState
    meter: MeterState
    clipper: ClipperState
    precision: PrecisionState
    events: list[EventState] = Field(max_length=MAX_EVENTS)

    @model_validator(mode="after")
    def _relations(self) -> Self:
        """What holds whatever the experiment; `check_against` looks at the rest."""
        if self.practice.best_epoch > self.epoch or self.epoch > self.step:
            raise ValueError("its epochs do not fit its steps")
        if any(event.step > self.step for event in self.events):
            raise ValueError("it has events of later steps")
        if (self.pace.steps_per_s is None) != (self.step == 0):
            raise ValueError("its speed does not fit its steps")
        return self

    def check_against(self, steps_per_epoch: int, total_steps: int) -> None:
        """Raises: ValueError where the numbers do not fit each other in a run of that length."""
        if self.step > total_steps:
            raise ValueError(f"it is at step {self.step} of {total_steps}")
        whole_epochs, steps_in_epoch = divmod(self.step, steps_per_epoch)
        if self.validating and (steps_in_epoch or not self.step):
            raise ValueError("it is in a validation, but not at the end of an epoch")
        if self.epoch != whole_epochs - self.validating:
            raise ValueError(f"epoch {self.epoch} is not that of step {self.step}")
        if self.practice.stopped_early and (self.validating or steps_in_epoch):
            raise ValueError("it stopped early, but not at the end of an epoch")
        has_sums = bool(steps_in_epoch) or self.validating
        if has_sums != (self.meter.weight > 0):
            raise ValueError("the sums of its epoch do not fit its steps")
