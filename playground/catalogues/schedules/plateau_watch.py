"""When the validation loss has stopped falling. The exported script carries this class as it stands."""

import math

# `bad` counts epochs since the loss last got better, `resting` the epochs of the cooldown that are left.


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
