"""A run at one moment, to look at."""

from dataclasses import dataclass
from typing import Literal

from ..catalogues.baselines import Baseline
from ..faults import Fault

State = Literal["waiting", "queued", "running", "paused", "done", "stopped", "failed"]


@dataclass(frozen=True)
class RunView:
    """Plain facts. Speeds are as measured.

    epoch: the one under way, from 1; 0 before the first step. position: in the line, from 1. baselines: what its
    scores are to be compared with; none before the first of them.
    """

    id: str
    name: str
    device: str
    state: State
    reason: Fault | None
    position: int | None
    epoch: int
    epochs: int
    step: int
    total_steps: int
    steps_per_epoch: int
    steps_per_s: float | None
    samples_per_s: float | None
    lr: float
    threads: int
    watchers: int
    loaded: bool
    baselines: tuple[Baseline, ...] = ()

    @property
    def time_left_s(self) -> float | None:
        """As long as it goes on at the present speed; None before that is known."""
        if self.steps_per_s is None:
            return None
        return (self.total_steps - self.step) / self.steps_per_s
