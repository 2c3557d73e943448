"""Learning rates by step, before anything is trained."""

import math
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from ..catalogues.schedules import SCHEDULES, Schedule
from .base import LABS, Answer, Lab
from .chosen import MOST_OPTIONS, RESETS, IdOf, chosen
from .parts import Figure, Handle, Part, Say
from .program import Program

MOST_EPOCHS = 60
# A validation loss as it often is: it falls, stands still, falls again after a smaller rate, stands still.
USUAL_LOSSES = (2.0, 1.2, 0.9, 0.8, 0.79, 0.79, 0.79, 0.6, 0.55, 0.54, 0.54, 0.54)
Loss = Annotated[float, Field(ge=0, le=1e6)]


@LABS.register
class Schedules(Lab):
    """The learning rate at every step, known before the run; on a plateau it follows the losses that you draw.

    Source: the catalogue of schedules; torch.optim.lr_scheduler.
    """

    id, label, group = "schedules", "Schedules", "optimisation"
    rows = ("O3", "O6")
    explains = ("schedule", "field.lr")
    leads_to = ("find_the_fault",)
    opens = "digits-warmup-adamw"
    schedule: Annotated[str, IdOf(SCHEDULES)] = Field(
        "cosine",
        description="Which schedule",
        json_schema_extra=RESETS,
    )
    options: dict[str, Any] = Field(
        default_factory=dict,
        max_length=MOST_OPTIONS,
        description="Its options",
    )
    lr: float = Field(
        0.1,
        gt=0,
        le=1_000,
        description="Learning rate that the schedule is a factor of",
        json_schema_extra={"log": True},
    )
    steps: int = Field(
        100,
        ge=1,
        le=2_000,
        description="Steps of the whole run",
    )
    steps_per_epoch: int = Field(
        10,
        ge=1,
        le=2_000,
        description="Steps of an epoch",
    )
    warmup_steps: int = Field(
        0,
        ge=0,
        le=2_000,
        description="Steps of the warm-up",
    )
    beside: list[Annotated[str, IdOf(SCHEDULES)]] = Field(
        ["step", "one_cycle"],
        max_length=12,
        description="Other schedules, drawn behind it",
    )
    losses: list[Loss] = Field(
        list(USUAL_LOSSES),
        min_length=1,
        max_length=MOST_EPOCHS,
        description="Validation loss of each epoch, for a schedule that waits for a plateau",
        json_schema_extra={"shown_when": {"schedule": ["plateau"]}},
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "plateau": {
            "schedule": "plateau",
            "steps": 120,
            "options": {"patience": 1},
            "beside": [],
        },
        "never_full": {
            "options": {"warmup_multiplies": True},
            "warmup_steps": 50,
            "beside": [],
        },
        "all_warmup": {"warmup_steps": 100, "beside": []},
        "first_step": {
            "schedule": "constant",
            "warmup_steps": 9,
            "steps": 20,
            "beside": [],
        },
        "warm_up": {"warmup_steps": 20, "beside": ["constant", "linear"]},
        "one_epoch": {
            "schedule": "step",
            "steps_per_epoch": 100,
            "beside": ["exponential"],
        },
        "restarts": {
            "schedule": "warm_restarts",
            "options": {"first": 1, "stretch": 2},
            "beside": ["cyclic"],
        },
    }

    def answer(self) -> Answer:
        schedule = self._schedule()
        program = Program()
        rates = self._rates(schedule)
        code = self._code(schedule, program)
        parts: list[Part] = [self._figure(rates)]
        if schedule.watch() is not None:
            parts.append(self._losses_figure(rates))
        parts += self._words(schedule, rates)
        values = {
            "lr": rates,
            "largest": max(rates),
            "last": rates[-1],
        }
        training = {"schedule": schedule.model_dump(mode="json"), "optimizer": {"lr": self.lr}}
        return Answer(
            values,
            parts,
            code,
            checked=["lr"],
            numbers=["largest", "last"],
            experiment={"training": training},
        )

    def _schedule(self) -> Schedule:
        entry: Schedule = chosen(
            SCHEDULES, self.schedule, {"warmup_steps": self.warmup_steps, **self.options}
        )
        return entry

    def _rates(self, schedule: Schedule) -> list[float]:
        """The learning rate of every step."""
        watch = schedule.watch()
        rates = []
        for step in range(self.steps):
            epoch, place = divmod(step, self.steps_per_epoch)
            if watch is not None and place == 0 and 0 < epoch <= len(self.losses):
                watch.add(self.losses[epoch - 1])
            factor = schedule.factor(step, self.steps, self.steps_per_epoch, watch)
            rates.append(self.lr * factor)
        return rates

    def _code(self, schedule: Schedule, program: Program) -> str:
        """The same as the exported script has it: the schedule's own function and one line for the factor."""
        for function in schedule.functions():
            program.use(function)
        program.let("total_steps", self.steps)
        program.let("steps_per_epoch", self.steps_per_epoch)
        lines = ["lr = []"]
        if schedule.watch() is not None:
            program.let("losses", self.losses)
            lines.append(f"watch = {schedule.watch_code()}")
        lines.append("for step in range(total_steps):")
        if schedule.watch() is not None:
            lines += [
                "    epoch, place = divmod(step, steps_per_epoch)",
                "    if place == 0 and 0 < epoch <= len(losses):",
                "        watch.add(losses[epoch - 1])",
            ]
        lines.append(f"    lr.append({self.lr!r} * {schedule.code()})")
        return "\n".join([program.code(), *lines])

    def _figure(self, rates: list[float]) -> Figure:
        traces: list[dict[str, Any]] = []
        steps = list(range(self.steps))
        for place, other in enumerate(dict.fromkeys(self.beside)):
            if other == self.schedule:
                continue
            entry = chosen(SCHEDULES, other, {})
            heights = self._rates(entry)
            name = entry.label
            traces.append(
                {
                    "x": steps,
                    "y": heights,
                    "name": name,
                    "color": str(place),
                    "width": 1,
                }
            )
        label = SCHEDULES[self.schedule].label
        traces.append(
            {
                "x": steps,
                "y": rates,
                "name": label,
                "color": "value",
                "width": 3,
            }
        )
        return Figure(
            "rates",
            traces,
            "step",
            "rate",
            {"yaxis": {"rangemode": "tozero"}},
            self._knots(rates),
        )

    def _knots(self, rates: list[float]) -> list[Handle]:
        """The end of the warm-up, and the full rate, which is the same point where the schedule begins with it."""
        if self.warmup_steps >= self.steps:
            return []
        height = rates[self.warmup_steps]
        begins_full = math.isclose(height, self.lr)
        rate_field = "lr" if begins_full else ""
        knots = [
            Handle(
                self.warmup_steps,
                height,
                "warmup_steps",
                rate_field,
                label="warmup_end",
            )
        ]
        if not begins_full:
            highest = rates.index(max(rates))
            knots.append(
                Handle(
                    highest,
                    self.lr,
                    y_field="lr",
                    label="full_rate",
                )
            )
        return knots

    def _losses_figure(self, rates: list[float]) -> Figure:
        """The losses that are drawn by hand, with the epochs after which the rate dropped."""
        epochs = list(range(1, len(self.losses) + 1))
        line = {
            "x": epochs,
            "y": self.losses,
            "name": "val_loss",
            "color": "accent",
        }
        traces: list[dict[str, Any]] = [
            {
                **line,
                "mode": "lines+markers",
                "width": 2,
            }
        ]
        drops = [epoch for epoch in self._drops(rates) if epoch <= len(self.losses)]
        if drops:
            heights = [self.losses[epoch - 1] for epoch in drops]
            traces.append(
                {
                    "x": drops,
                    "y": heights,
                    "mode": "markers",
                    "name": "drop",
                    "color": "fault",
                    "size": 14,
                    "symbol": "triangle-down",
                }
            )
        return Figure(
            "drawn_losses",
            traces,
            "epoch",
            "val_loss",
            handles=self._loss_handles(drops),
            height=280,
        )

    def _loss_handles(self, drops: list[int]) -> list[Handle]:
        """One for each loss, moved up and down."""
        handles = []
        for place, loss in enumerate(self.losses):
            label = str(place + 1)
            color = "fault" if place + 1 in drops else "window"
            handle = Handle(place + 1, loss, "", "losses", place, label, self.losses, color=color)
            handles.append(handle)
        return handles

    def _drops(self, rates: list[float]) -> list[int]:
        """The epochs, counted from 1, after which the rate is smaller, the warm-up left out."""
        drops = []
        for step in range(self.steps_per_epoch, self.steps, self.steps_per_epoch):
            if step > self.warmup_steps and rates[step] < rates[step - 1]:
                drops.append(step // self.steps_per_epoch)
        return drops

    def _words(self, schedule: Schedule, rates: list[float]) -> list[Part]:
        parts: list[Part] = []
        if self.warmup_steps:
            first = {"first": f"{rates[0]:.3g}", "n": self.warmup_steps}
            parts.append(Say("warmup", "warmup", first))
        if max(rates) < self.lr * (1 - 1e-9):
            share = {"largest": f"{max(rates):.3g}", "lr": f"{self.lr:g}"}
            parts.append(Say("never", "never_full", share, "fault"))
        if schedule.watch() is not None:
            drops = self._drops(rates)
            epochs = ", ".join(map(str, drops)) or "–"
            parts.append(Say("drops", "drops", {"n": len(drops), "epochs": epochs}))
        elif len(set(rates[self.warmup_steps :])) == 1 and self.schedule != "constant":
            parts.append(Say("flat", "flat", {"n": self.steps_per_epoch}, "fault"))
        return parts
