"""Trainings with something wrong, each beside the same one in order: find what it is."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from .base import LABS, Answer, Lab
from .broken_trainings import CASES, CURVES, FAULTS, curves
from .parts import Figure, Part, Say, Table

HIGHEST = 1e6  # of a loss that is drawn: a curve that leaves the picture has made its point


@LABS.register
class FindTheFault(Lab):
    """Ten trainings, of which one line is wrong. They run for real, beside the healthy ones: find the line.

    Source: the usual slips of first trainings; the code that is shown is what ran.
    """

    id, label, group = "find_the_fault", "Find the fault", "practice"
    rows = ("D1",)
    opens = "points-circles"
    case: int = Field(1, ge=1, le=len(CASES), description="Which training")
    guess: Literal[("", *FAULTS)] = Field(  # type: ignore[valid-type]
        "", description="What is wrong with it; blank: nothing was chosen"
    )
    shown: Literal["broken", "fixed"] = Field(
        "broken", description="broken: the code as it is; fixed: with the line put right"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "good_score": {"case": 4},
        "silence": {"case": 5},
        "same_loss": {"case": 9},
        "still_learns": {"case": 2},
        "fixed": {"case": 1, "guess": "zero_grad", "shown": "fixed"},
    }

    def answer(self) -> Answer:
        case = CASES[self.case - 1]
        broken, healthy = curves(self.case, True), curves(self.case, False)
        is_solved = self.guess == case.fault
        is_told = is_solved or self.shown == "fixed"
        values: dict[str, Any] = {"right": is_solved if self.guess else None}
        values["fault"] = case.fault if is_told else None
        for name in CURVES:
            values[f"broken_{name}"] = broken[name]
            values[f"healthy_{name}"] = healthy[name]
        is_broken = self.shown == "broken"
        kind = "broken" if is_broken else "healthy"
        return Answer(
            values,
            [
                _curve("losses", broken, healthy, "loss"),
                _curve("accuracies", broken, healthy, "accuracy"),
                _figures(broken, healthy),
                *self._words(case.fault, is_told),
            ],
            case.text(is_broken, is_marked=is_told),
            checked=[f"{kind}_{name}" for name in CURVES],
        )

    def _words(self, fault: str, is_told: bool) -> list[Part]:
        said: list[Part] = []
        if not self.guess:
            said.append(Say("verdict", "ask"))
        elif self.guess == fault:
            said.append(Say("verdict", "right", tone="good"))
        else:
            said.append(Say("verdict", f"not.{self.guess}", tone="fault"))
        if is_told:
            said.append(Say("why", f"why.{fault}"))
        return said


def _curve(
    name: str, broken: Mapping[str, Sequence[float]], healthy: Mapping[str, Sequence[float]], y: str
) -> Figure:
    """Both runs over the steps; the loss on a logarithmic axis, since a broken one may leave every scale."""
    layout = {"yaxis": {"type": "log"}} if name == "losses" else {"yaxis": {"range": [0, 1.05]}}
    traces = []
    for run, numbers in (("healthy", healthy), ("broken", broken)):
        drawn = [_drawn(number) for number in numbers[name]]
        color = "fault" if run == "broken" else "dim"
        traces.append({"y": drawn, "name": run, "color": color, "width": 2.5})
    return Figure(name, traces, x_title="step", y_title=y, layout=layout, height=240)


def _drawn(number: float) -> float | None:
    """What a curve shows of a number: nothing where it is none, or far outside."""
    return number if math.isfinite(number) and number <= HIGHEST else None


def _figures(broken: Mapping[str, Any], healthy: Mapping[str, Any]) -> Table:
    """What both runs came to."""
    rows = []
    for run, numbers in (("broken", broken), ("healthy", healthy)):
        last = [numbers[name][-1] for name in CURVES]
        rows.append([f"run.{run}", *last, numbers["new_accuracy"]])
    columns = ["run", "last_loss", "validation_accuracy", "gradient_norm", "new_accuracy"]
    if broken["new_accuracy"] is None:
        columns.pop()
        rows = [row[:-1] for row in rows]
    return Table("figures", columns, rows)
