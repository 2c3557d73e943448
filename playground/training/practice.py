"""What a training loop adds to plain steps: averaged weights, and knowing when to stop. The exported script carries
these classes as they stand; a checkpoint keeps their attributes."""

import torch
from torch import nn


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
        for i, (parameter, weight) in enumerate(
            zip(model.parameters(), self.weights, strict=False)
        ):
            parameter.data, self.weights[i] = weight, parameter.data


class Patience:
    """Remembers the best validation loss, its weights if wanted, and says when too many epochs brought nothing better.

    Source: Prechelt 1998, Early Stopping — But When?
    """

    def __init__(self, epochs: int | None, min_delta: float, keep_best: bool):
        self.epochs, self.min_delta, self.keep_best = epochs, min_delta, keep_best
        self.best, self.best_epoch = (
            float("inf"),
            0,
        )  # as far as patience goes: lower by more than `min_delta`
        self.lowest = float("inf")
        self.weights: dict[str, torch.Tensor] = {}

    def is_over(self, epoch: int, loss: float, model: nn.Module) -> bool:
        """After every validation. Out: whether to stop."""
        if loss < self.best - self.min_delta:
            self.best, self.best_epoch = loss, epoch
        if loss < self.lowest:
            self.lowest = loss
            if self.keep_best:
                self.weights = {name: value.clone() for name, value in model.state_dict().items()}
        return self.epochs is not None and epoch - self.best_epoch >= self.epochs

    def restore(self, model: nn.Module) -> None:
        """Gives the model the best weights, where they were kept."""
        if self.weights:
            model.load_state_dict(self.weights)
