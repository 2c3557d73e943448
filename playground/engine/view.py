"""A run at one moment, to look at."""

from dataclasses import dataclass
from typing import Literal

from ..faults import Fault

State = Literal["waiting", "queued", "running", "paused", "done", "stopped", "failed"]


@dataclass(frozen=True)
class RunView:
    """Plain facts. epoch: the one under way, from 1; 0 before the first step. position: in the line, from 1."""

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
    samples_per_s: float | None
    time_left_s: float | None
    lr: float
    threads: int
    watchers: int
    loaded: bool
