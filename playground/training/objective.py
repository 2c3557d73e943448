"""What training makes small: the loss, and what its means over batches are weighed by."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from ..experiment import Experiment


class Objective:
    """The loss of an experiment on a device. Called with outputs and targets it gives the mean over the batch."""

    def __init__(self, experiment: Experiment, device: torch.device, reads_late: bool):
        spec, data = experiment.training.loss, experiment.data
        self.loss: nn.Module = spec.call(data).build().to(device)
        self._weighing: nn.Module | None = None
        weighing = spec.weighing(data)
        if weighing is not None:
            self._weighing = weighing.build().to(device)
        self._reads_late = reads_late
        self._parts: Callable[[], dict[str, float]] | None = getattr(self.loss, "parts", None)

    def __call__(self, output: Tensor, target: Tensor) -> Tensor:
        """Out: scalar."""
        loss: Tensor = self.loss(output, target)
        return loss

    def weight_of(self, target: Tensor) -> Any:
        """What the mean loss over these targets was divided by; a tensor where the device is read late."""
        if self._weighing is None:
            return len(target)
        weight = self._weighing(target)
        return weight if self._reads_late else weight.item()

    @property
    def is_weighed(self) -> bool:
        """Whether a batch counts by something else than its number of samples."""
        return self._weighing is not None

    def parts(self) -> dict[str, float]:
        """What the loss has learned itself, by name; empty for most losses."""
        if self._parts is None:
            return {}
        return self._parts()
