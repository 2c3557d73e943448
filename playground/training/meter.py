"""What a run measures of itself: the loss of every step, now and then its layers, and each epoch."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ..catalogues.tasks import Task
from ..experiment import Experiment
from ..network.builder import matrices, trained
from ..network.models import Network
from .clipping import COLUMNS, Clipper, Clipping
from .divergence import Diverged, fault_read_late
from .history import History
from .measurements import MEASUREMENTS, Norms
from .objective import Objective

CLIPPED_BY_LAYER = "clipped_grad_norm"
StepRow = tuple[
    int, Any, float, Any
]  # step, loss (or tensors that add up to it), learning rate, weight
Answers = Sequence[tuple[Tensor, Tensor]]  # outputs and targets of a step's batches


@dataclass(frozen=True)
class Measured:
    """One row of the layers, as it lies on the device: reading it waits for all that was ordered before."""

    numbers: dict[str, Any]  # by column
    norms: Tensor  # (4, layers), in the order of `Norms`
    metric: Any  # with the step's answers in it
    clipping: Clipping | None

    def row(self) -> dict[str, Any]:
        """By column of the history."""
        norms = Norms(*self.norms.cpu().numpy())
        row = dict(self.numbers)
        for name, measure in MEASUREMENTS.items():
            row[name] = measure(norms)
        for name, value in self.metric.result().items():
            row[f"train_{name}"] = value
        if self.clipping is not None:
            row[CLIPPED_BY_LAYER] = norms.clipped_gradients
            row |= self.clipping.numbers()
        return row


class Meter:
    """Fills the history. `every` so many steps the layers are measured, at steps that depend on the experiment alone.

    A device that is read late keeps its losses until `flush`: reading each would make it wait.
    """

    def __init__(
        self,
        experiment: Experiment,
        model: Network,
        task: Task,
        objective: Objective,
        clipper: Clipper,
        every: int,
        reads_late: bool,
    ):
        self._experiment = experiment
        self._model = model
        self._objective = objective
        self._clipper = clipper
        self._every = every
        self._reads_late = reads_late
        self._weights = trained(matrices(model))
        clips = clipper.is_used
        self.history = History(
            layer_names=tuple(self._weights),
            metrics=task.metric.names,
            part_names=tuple(objective.parts()),
            sampled=COLUMNS if clips else (),
            by_layer=(CLIPPED_BY_LAYER,) if clips else (),
        )
        self._steps: list[StepRow] = []
        self._layers: list[Measured] = []
        self._loss = 0.0  # sum of the epoch's losses so far, each times its weight
        self._weight = 0.0

    def is_due(self, step: int) -> bool:
        """Whether the layers are measured in the step after so many."""
        return step % self._every == 0

    def measure_layers(
        self, step: int, metric: Any, clip: Callable[[], None], update: Callable[[], None]
    ) -> None:
        """Clips and updates, and measures gradients, sizes of updates and the batch's own score around that.

        In: the step's number, the metric with the step's answers in it.
        """
        weights: list[Tensor] = []
        for of_layer in self._weights.values():
            weights.extend(of_layer)
        before = [weight.detach().clone() for weight in weights]
        gradients = _norms([_gradient(weight) for weight in weights])
        clip()
        clipped = gradients
        if self._clipper.is_used:
            clipped = _norms([_gradient(weight) for weight in weights])
        update()
        after = [weight.detach() for weight in weights]
        changes = list(torch._foreach_sub(after, before)) if weights else []
        norms = self._by_layer(gradients, clipped, _norms(changes), _norms(before))
        numbers: dict[str, Any] = {"step": step}
        clipping = self._clipper.measurements() if self._clipper.is_used else None
        if self.history.part_names:
            numbers["loss_parts"] = list(self._objective.parts().values())
        self._layers.append(Measured(numbers, norms, metric, clipping))

    def _by_layer(self, *kinds: Sequence[Tensor]) -> Tensor:
        """One norm a layer, of all its matrices together. In: norms of the matrices, in the order of `Norms`."""
        rows: list[Tensor] = []
        for norms in kinds:
            remaining: Iterable[Tensor] = iter(norms)
            layers: list[Tensor] = []
            for weights in self._weights.values():
                parts = [next(remaining) for _ in weights]  # type: ignore[call-overload]
                if len(parts) == 1:
                    layers.append(parts[0])
                else:
                    # The length of several vectors in a row is that of their lengths.
                    layers.append(torch.stack(parts).norm())
            rows.append(torch.stack(layers) if layers else torch.empty(0))
        return torch.stack(rows)

    def add_step(self, step: int, losses: Sequence[Any], lr: float, weight: Any) -> None:
        """In: what adds up to the mean loss of the step's samples, and what that was divided by; tensors where they are
        read late."""
        if self._reads_late:
            self._steps.append((step, losses, lr, weight))
            return
        loss = sum(losses)
        self._steps.append((step, loss, lr, weight))
        self._loss += loss * weight
        self._weight += weight

    def flush(self) -> None:
        """Makes the measurements so far visible in the history. Raises: Diverged (devices that are read late)."""
        steps, self._steps = self._steps, []
        if not steps:
            return
        diverged: int | None = None
        if self._reads_late:
            steps = self._read(steps)
            diverged = _first_not_finite(steps)
        layers = [measured.row() for measured in self._layers]
        self._layers = []
        if diverged is not None:
            # What came before is still true, and is shown.
            steps = [row for row in steps if row[0] < diverged]
            layers = [row for row in layers if row["step"] < diverged]
        rows = [{"step": step, "train_loss": loss, "lr": lr} for step, loss, lr, _ in steps]
        self.history.append("steps", rows)
        self.history.append("layers", layers)
        if diverged is not None:
            raise Diverged(fault_read_late(self._experiment, self._model, diverged))

    def _read(self, steps: Sequence[StepRow]) -> list[StepRow]:
        """The same steps with plain numbers."""
        on_device = [loss for _, losses, _, _ in steps for loss in losses]
        numbers = iter(torch.stack(on_device).tolist())
        weights = [weight for _, _, _, weight in steps]
        if self._objective.is_weighed:
            weights = torch.stack(weights).tolist()
        read: list[StepRow] = []
        for (step, losses, lr, _), weight in zip(steps, weights, strict=True):
            # One by one: the sum must not depend on when it is looked at.
            loss = sum(next(numbers) for _ in losses)
            self._loss += loss * weight
            self._weight += weight
            read.append((step, loss, lr, weight))
        return read

    def end_epoch(self, row: dict[str, float]) -> None:
        """In: all columns of the epoch's row but `train_loss`, which is the mean over its samples."""
        mean = self._loss / self._weight
        self.history.append("epochs", [{**row, "train_loss": mean}])
        self._loss, self._weight = 0.0, 0.0

    def state_dict(self) -> dict[str, float]:
        """The sums of the epoch so far; the history keeps its own state."""
        return {"loss": self._loss, "weight": self._weight}

    def load_state_dict(self, state: dict[str, float]) -> None:
        """Goes on from there."""
        self._loss = state["loss"]
        self._weight = state["weight"]


def _first_not_finite(steps: Sequence[StepRow]) -> int | None:
    """The step whose loss is NaN or infinite; None where all are finite."""
    for step, loss, _, _ in steps:
        if not math.isfinite(loss):
            return step
    return None


def _gradient(weight: Tensor) -> Tensor:
    assert weight.grad is not None
    return weight.grad


def _norms(tensors: Sequence[Tensor]) -> Sequence[Tensor]:
    """The length of each."""
    return torch._foreach_norm(list(tensors)) if tensors else []
