"""What a person may change while a run goes on: learning rate, weight decay, longest gradient."""

import math
from typing import Any

import torch

from ..catalogues.schedules import PlateauWatch
from ..experiment import Experiment


class Live:
    """The settings of the moment. The learning rate of a step is `base_lr` times the factor of the schedule."""

    def __init__(self, experiment: Experiment, steps_per_epoch: int, total_steps: int):
        training = experiment.training
        self.base_lr: float = training.optimizer.lr
        self.last_lr = self.base_lr  # of the step before
        self.weight_decay: float | None = None  # None: the experiment's
        self.clip_norm = training.clip_norm
        self._schedule = training.schedule
        self._steps_per_epoch = steps_per_epoch
        self._total_steps = total_steps
        self._watch: PlateauWatch | None = training.schedule.watch()

    def lr_at(self, step: int) -> float:
        """In: step counted from 0; after the end the last step's rate stays."""
        step = min(step, self._total_steps - 1)
        factor = self._schedule.factor(step, self._total_steps, self._steps_per_epoch, self._watch)
        return self.base_lr * factor

    def begin_step(self, optimizer: torch.optim.Optimizer, step: int) -> float:
        """Tells the optimiser the step's learning rate. Out: that rate, of layers that learn like the rest."""
        lr = self.last_lr = self.lr_at(step)
        for group in optimizer.param_groups:
            group["lr"] = lr * group.get("lr_scale", 1.0)
        return lr

    def set_weight_decay(self, value: float, optimizer: torch.optim.Optimizer) -> None:
        """Leaves alone the parameters that have a decay of their own, or none by choice."""
        self.weight_decay = value
        for group in optimizer.param_groups:
            if not group.get("fixed_decay"):
                group["weight_decay"] = value

    def after_validation(self, loss: float) -> None:
        """Tells a schedule that waits for it the epoch's validation loss."""
        if self._watch is not None:
            self._watch.add(loss)

    def state_dict(self) -> dict[str, Any]:
        """All of it, as plain numbers."""
        return {
            "base_lr": self.base_lr,
            "last_lr": self.last_lr,
            "weight_decay": self.weight_decay,
            "clip_norm": self.clip_norm,
            "plateau": self._plateau(),
        }

    def _plateau(self) -> dict[str, float | None] | None:
        if self._watch is None:
            return None
        state: dict[str, float | None] = dict(self._watch.state_dict())
        if self._watch.best == math.inf:  # JSON has no infinity, which stands for no loss yet
            state["best"] = None
        return state

    def load_state_dict(self, state: dict[str, Any], optimizer: torch.optim.Optimizer) -> None:
        """Goes on from there."""
        self.base_lr = state["base_lr"]
        self.last_lr = state["last_lr"]
        self.clip_norm = state["clip_norm"]
        if state["weight_decay"] is not None:
            self.set_weight_decay(state["weight_decay"], optimizer)
        if self._watch is not None:
            plateau = dict(state["plateau"])
            if plateau["best"] is None:
                plateau["best"] = math.inf
            self._watch.load_state_dict(plateau)
