"""What a training loop adds to plain steps: averaged weights, and knowing when to stop.

The exported script carries `Average` and `Patience` as they stand.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from ..experiment import TrainingSpec
from ..faults import Fault


class Average:
    """A moving average of the weights, which is steadier than the weights themselves.

    Every update moves each average by 1 − decay of the way to the weight; the first takes the weights as they are.
    Source: torch.optim.swa_utils.AveragedModel with get_ema_multi_avg_fn; Polyak and Juditsky 1992.
    """

    def __init__(self, decay: float):
        self.decay = decay
        self.weights: list[torch.Tensor] = []

    def update(self, model: nn.Module) -> None:
        """After every optimisation step."""
        current = [parameter.detach() for parameter in model.parameters()]
        if not self.weights:
            self.weights = [weight.clone() for weight in current]
        else:
            torch._foreach_lerp_(self.weights, current, 1 - self.decay)

    def swap(self, model: nn.Module) -> None:
        """The model takes the averages, and its own weights are kept here; a second time takes it all back."""
        for i, parameter in enumerate(model.parameters()):
            if i < len(self.weights):  # before the first update there is nothing to swap
                # Only the two tensors change places, nothing is copied.
                parameter.data, self.weights[i] = self.weights[i], parameter.data


class Patience:
    """Remembers the best validation loss, its weights if wanted, and says when too many epochs brought nothing better.

    Source: Prechelt 1998, Early Stopping — But When?
    """

    def __init__(self, epochs: int | None, min_delta: float, keep_best: bool):
        self.epochs = epochs
        self.min_delta = min_delta
        self.keep_best = keep_best
        # As far as patience goes: lower than the best before by more than `min_delta`.
        self.best = float("inf")
        self.best_epoch = 0
        # As far as the best weights go: lower by anything at all.
        self.lowest = float("inf")
        self.weights: dict[str, torch.Tensor] = {}

    def is_over(self, epoch: int, loss: float, model: nn.Module) -> bool:
        """After every validation. Out: whether to stop."""
        if loss < self.best - self.min_delta:
            self.best = loss
            self.best_epoch = epoch
        if loss < self.lowest:
            self.lowest = loss
            if self.keep_best:
                state = model.state_dict()
                self.weights = {name: value.clone() for name, value in state.items()}
        if self.epochs is None:
            return False
        epochs_since = epoch - self.best_epoch
        return epochs_since >= self.epochs

    def restore(self, model: nn.Module) -> None:
        """Gives the model the best weights, where they were kept."""
        if self.weights:
            model.load_state_dict(self.weights)


class Practice:
    """Averaged weights, early stopping and the best weights of one run, as far as its experiment wants them.

    Once `settled`, the network has the weights that it keeps in the end, and training is over for good.
    """

    def __init__(self, training: TrainingSpec):
        self.average = None if training.ema is None else Average(training.ema)
        self.patience = Patience(training.patience, training.min_delta, training.keep_best)
        self.stopped_early = False
        self.settled = False

    @contextmanager
    def judged(self, model: nn.Module) -> Iterator[None]:
        """Inside, the network has the weights that it is judged and asked by: the averaged ones, where there are
        some."""
        average = None if self.settled else self.average
        if average is not None:
            average.swap(model)
        try:
            yield
        finally:
            if average is not None:
                average.swap(model)

    def after_step(self, model: nn.Module) -> None:
        """After every optimisation step."""
        if self.average is not None:
            self.average.update(model)

    def after_validation(self, epoch: int, loss: float, model: nn.Module) -> bool:
        """After every validation. Out: whether patience is at its end."""
        with self.judged(model):
            return self.patience.is_over(epoch, loss, model)

    def settle(self, model: nn.Module) -> None:
        """Leaves the network with the weights that are kept in the end: the averaged, or those of the best epoch."""
        if self.settled:
            return
        if self.average is not None:
            self.average.swap(model)
        self.patience.restore(model)
        self.settled = True

    def end_reason(self, epoch: int) -> Fault | None:
        """Why training ended before its last epoch; None where it did not."""
        if not self.stopped_early:
            return None
        patience = self.patience
        values = {"epoch": epoch, "best": patience.best_epoch, "patience": patience.epochs}
        return Fault("", "stopped_early", values)

    def state_dict(self) -> dict[str, Any]:
        """Plain numbers (None for a loss that is not there yet), and the tensors of both kinds of weights."""
        patience = self.patience
        state: dict[str, Any] = {
            "best": _or_none(patience.best),
            "best_epoch": patience.best_epoch,
            "lowest": _or_none(patience.lowest),
            "stopped_early": self.stopped_early,
        }
        if self.average is not None:
            for i, weight in enumerate(self.average.weights):
                state[f"average/{i}"] = weight
        for name, weight in patience.weights.items():
            state[f"best/{name}"] = weight
        return state

    def load_state_dict(self, state: dict[str, Any], settled: bool) -> None:
        """Goes on from there."""
        patience = self.patience
        patience.best = math.inf if state["best"] is None else state["best"]
        patience.lowest = math.inf if state["lowest"] is None else state["lowest"]
        patience.best_epoch = state["best_epoch"]
        patience.weights = _below("best/", state)
        if self.average is not None:
            self.average.weights = list(_below("average/", state).values())
        self.stopped_early = state["stopped_early"]
        self.settled = settled


def _or_none(loss: float) -> float | None:
    """JSON has no infinity, which stands for no loss yet."""
    return loss if math.isfinite(loss) else None


def _below(prefix: str, state: dict[str, Any]) -> dict[str, Tensor]:
    """Those whose names begin so, without that beginning."""
    chosen = {}
    for name, value in state.items():
        if name.startswith(prefix):
            chosen[name.removeprefix(prefix)] = value
    return chosen
