"""The loop: one run, unit by unit. No threads, no screen."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import torch
from torch import Tensor, nn

from .builder import build_model, named_layers, task_of
from .cost import cost_of
from .experiment import Experiment
from .faults import Fault
from .history import EventRecord, History
from .models import Network, memory_format
from .randomness import RandomState
from .settings import Settings

MEASURE_S = 0.06  # predicted time between two measurements of the layers
VALIDATION_CHUNK = 256  # samples judged at a time, so that questions need not wait
GATHER_BYTES = 2**22  # batches gathered at a time


class Diverged(ArithmeticError):
    """NaN or infinity appeared; `fault` says at which step and in which layer."""

    def __init__(self, fault: Fault):
        self.fault = fault
        super().__init__(fault.message)


class Trainer:
    """Trains one experiment. `advance` does one unit of work: an optimisation step, or part of a validation.

    Every number depends on the experiment alone (and on machine, torch and thread count): what is measured,
    and when, never on time.
    """

    def __init__(self, experiment: Experiment, device: torch.device | str = "cpu", settings: Settings | None = None):
        self.experiment = experiment
        self.device = torch.device(device)
        training = experiment.training
        cost = cost_of(experiment)
        self.threads = cost.threads
        self.steps_per_epoch, self.total_steps = cost.steps_per_epoch, cost.steps
        self.measure_every = max(4, min(64, round(MEASURE_S / cost.step_s)))
        self.split = experiment.data.split()
        self.random = RandomState(training.seed, self.device)
        with self.random.building():
            self.model: Network = build_model(experiment, settings)
        self.format = memory_format(self.model)
        self.model.to(device=self.device, memory_format=self.format)
        with self.random.building():
            self.loss: nn.Module = training.loss.call(experiment.data).build().to(self.device)
        self.optimizer: torch.optim.Optimizer = training.optimizer.build(self.model, self.loss)
        self.task = task_of(experiment)
        self.base_lr: float = training.optimizer.lr
        self.generator = torch.Generator().manual_seed(training.seed)
        self.step = 0
        self.epoch = 0
        self.busy_s = 0.0
        self.validation_s = 0.0
        self._clip = training.clip_norm
        self._parameters = [p for p in (*self.model.parameters(), *self.loss.parameters()) if p.requires_grad]
        self._weights = {
            path: module.weight
            for path, module in named_layers(self.model).items()
            if isinstance(getattr(module, "weight", None), Tensor) and module.weight.ndim > 1
        }
        self._parts: Callable[[], dict[str, float]] | None = getattr(self.loss, "parts", None)
        self.history = History(
            tuple(self._weights), self.task.metric.names, tuple(self._parts()) if self._parts is not None else ()
        )
        self._autocast: Callable[[], AbstractContextManager[Any]] = nullcontext
        if training.precision == "bf16":
            self._autocast = lambda: torch.autocast(self.device.type, torch.bfloat16)
        self._check_each_step = self.device.type == "cpu"
        self._data = [each.to(self.device) for each in self._in_format()]
        self._batches: list[tuple[Tensor, Tensor]] = []
        self._order: Tensor | None = None
        self._taken = 0
        self._pending: list[tuple[int, Any, float]] = []
        self._pending_layers: list[dict[str, Any]] = []
        self._epoch_loss = 0.0
        self._epoch_s = 0.0
        self._validation: _Validation | None = None
        self._speed: float | None = None
        self._speed_s = 0.0
        self._speed_steps = 0

    @property
    def finished(self) -> bool:
        """Whether every epoch and its validation are done."""
        return self.step >= self.total_steps and self._validation is None

    @property
    def validating(self) -> bool:
        """Whether a validation is under way."""
        return self._validation is not None

    @property
    def steps_per_s(self) -> float | None:
        """Measured over the optimisation steps of the last second or so; None before the first."""
        return self._speed

    @property
    def lr(self) -> float:
        """The learning rate of the next step."""
        schedule = self.experiment.training.schedule
        step = min(self.step, self.total_steps - 1)
        return self.base_lr * schedule.factor(step, self.total_steps, self.steps_per_epoch)

    def set_lr(self, lr: float) -> None:
        """Changes the learning rate from the next step on; the schedule goes on from the new one."""
        self.base_lr = lr
        self.history.append_event(EventRecord(self.step, "lr", lr))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Around a stretch of work: this run's random state and thread count in force, its time counted."""
        if torch.get_num_threads() != self.threads:
            torch.set_num_threads(self.threads)
        began = time.perf_counter()
        try:
            with self.random.swapped_in():
                yield
        finally:
            self.busy_s += time.perf_counter() - began

    def advance(self) -> None:
        """One unit of work. Raises: Diverged where NaN or infinity appears."""
        if self._validation is not None:
            began = time.perf_counter()
            self._validate()
            self.validation_s += time.perf_counter() - began
        elif self.step < self.total_steps:
            began = time.perf_counter()
            self._train_step()
            self._count_time(time.perf_counter() - began)

    def release(self) -> None:
        """Gives back what only training needs; the model can still be asked."""
        self.optimizer.state.clear()
        self._batches.clear()
        self._data = self._data[:0]

    def _count_time(self, spent: float) -> None:
        self._epoch_s += spent
        self._speed_s += spent
        self._speed_steps += 1
        if self._speed_s > 0.5 or self._speed is None:
            self._speed = self._speed_steps / self._speed_s
        if self._speed_s > 0.5:
            self._speed_s, self._speed_steps = 0.0, 0

    def flush(self) -> None:
        """Makes the measurements so far visible in the history. Raises: Diverged (devices checked late)."""
        pending, self._pending = self._pending, []
        if not pending:
            return
        losses = [each[1] for each in pending]
        diverged: int | None = None
        if not self._check_each_step:
            losses = torch.stack(losses).tolist()
            self._epoch_loss += sum(losses)
            bad = next((i for i, loss in enumerate(losses) if not math.isfinite(loss)), None)
            if bad is not None:
                diverged = pending[bad][0]
                pending, losses = pending[:bad], losses[:bad]
        rows = [
            {"step": step, "train_loss": loss, "lr": lr} for (step, _, lr), loss in zip(pending, losses, strict=True)
        ]
        self.history.append("steps", rows)
        layers, self._pending_layers = self._pending_layers, []
        self.history.append("layers", [row for row in layers if diverged is None or row["step"] < diverged])
        if diverged is not None:
            raise Diverged(self._late_fault(diverged))

    def _train_step(self) -> None:
        x, y = self._next_batch()
        lr = self.lr
        for group in self.optimizer.param_groups:
            group["lr"] = lr
        with self._autocast():
            output = self.model(x)
            loss = self.loss(output, y)
        value: Any = loss.detach()
        if self._check_each_step:
            value = loss.item()
            if not math.isfinite(value):
                raise Diverged(self._fault_of(x, value))
            self._epoch_loss += value
        for parameter in self._parameters:
            parameter.grad = None
        loss.backward()
        if self._clip is not None:
            nn.utils.clip_grad_norm_(self._parameters, self._clip)
        if self.step % self.measure_every == 0:
            self._measured_update(output, y)
        else:
            self.optimizer.step()
        self.step += 1
        self._pending.append((self.step, value, lr))
        if self.step % self.steps_per_epoch == 0:
            self.flush()
            self._validation = _Validation(self)

    def _measured_update(self, output: Tensor, y: Tensor) -> None:
        """The optimiser's step, with gradient norms and update sizes by layer around it."""
        weights = list(self._weights.values())
        metric = self.new_metric()
        metric.add(output.detach(), y)
        before = [weight.detach().clone() for weight in weights]
        norms = torch._foreach_norm([weight.grad for weight in weights]) if weights else []
        self.optimizer.step()
        updates = torch._foreach_norm(torch._foreach_sub([w.detach() for w in weights], before)) if weights else []
        sizes = torch._foreach_norm(before) if weights else []
        stacked = [torch.stack(each) if each else torch.empty(0) for each in (norms, updates, sizes)]
        table = torch.stack(stacked).cpu().numpy()
        ratio = table[1] / (table[2] + 1e-12)
        row = {"step": self.step + 1, "grad_norm": table[0], "update_ratio": ratio}
        row |= {f"train_{name}": value for name, value in metric.result().items()}
        if self._parts is not None:
            row["loss_parts"] = list(self._parts().values())
        self._pending_layers.append(row)

    def new_metric(self) -> Any:
        """A fresh metric of the task, in the targets' own unit."""
        return self.task.build_metric(self.split.target_std)

    def _next_batch(self) -> tuple[Tensor, Tensor]:
        if not self._batches:
            self._gather()
        return self._batches.pop()

    def _gather(self) -> None:
        """The next few batches in one go, in the order of this epoch's permutation."""
        x, y = self._data[:2]
        if self._order is None or self._taken >= len(x):
            self._order = torch.randperm(len(x), generator=self.generator).to(self.device)
            self._taken = 0
            self.model.train()
        size = self.experiment.data.batch_size
        batches = max(1, GATHER_BYTES // (size * x[0].numel() * x.element_size()))
        chosen = self._order[self._taken : self._taken + batches * size]
        self._taken += len(chosen)
        xs, ys = x.index_select(0, chosen), y.index_select(0, chosen)
        if self.format is torch.channels_last and xs.ndim == 4:
            xs = xs.contiguous(memory_format=torch.channels_last)
        self._batches = list(zip(xs.split(size), ys.split(size), strict=True))[::-1]

    def _in_format(self) -> list[Tensor]:
        split = self.split
        xs = [split.train_x, split.val_x]
        if self.format is torch.channels_last and split.train_x.ndim == 4:
            xs = [x.contiguous(memory_format=torch.channels_last) for x in xs]
        return [xs[0], split.train_y, xs[1], split.val_y]

    def _validate(self) -> None:
        assert self._validation is not None
        if not self._validation.advance():
            return
        loss, scores = self._validation.result()
        self._validation = None
        self.model.train()
        self.epoch += 1
        n = self.steps_per_epoch
        self.history.append(
            "epochs",
            [
                {
                    "epoch": self.epoch,
                    "step": self.step,
                    "train_loss": self._epoch_loss / n,
                    "val_loss": loss,
                    **{f"val_{name}": value for name, value in scores.items()},
                    "lr": self.optimizer.param_groups[0]["lr"],
                    "seconds": self._epoch_s,
                    "samples_per_s": len(self._data[0]) / self._epoch_s if self._epoch_s else math.nan,
                }
            ],
        )
        self._epoch_loss, self._epoch_s = 0.0, 0.0

    def _fault_of(self, x: Tensor, value: float) -> Fault:
        """Where a non-finite loss comes from: the weights, the first layer to overflow, or the loss itself."""
        given = "NaN" if math.isnan(value) else "infinite"
        step = self.step + 1
        spoiled = self._spoiled_layer()
        if spoiled:
            return Fault("", "nan_update", {"given": given, "step": step, "before": self.step, "layer": spoiled})
        first = first_non_finite(self.model, x)
        if first:
            return Fault("", "nan_forward", {"given": given, "step": step, "layer": first})
        return Fault("", "nan_loss", {"given": given, "step": step})

    def _late_fault(self, step: int) -> Fault:
        """The same where the device is read now and then: the step is exact, the layer as found afterwards."""
        spoiled = self._spoiled_layer() or "output"
        return Fault("", "nan_update", {"given": "NaN", "step": step, "before": step - 1, "layer": spoiled})

    def _spoiled_layer(self) -> str | None:
        """The layer nearest the output with non-finite weights: the gradient came to it first."""
        for path, module in reversed(named_layers(self.model).items()):
            if any(not bool(p.detach().isfinite().all()) for p in module.parameters()):
                return path
        return None


class _Validation:
    """A validation in progress, a chunk at a time; uses no random numbers."""

    def __init__(self, trainer: Trainer):
        self._trainer = trainer
        self._x, self._y = trainer._data[2:]
        self._at = 0
        self._loss = 0.0
        self._metric = trainer.new_metric()
        trainer.model.eval()

    def advance(self) -> bool:
        """Judges one chunk; True when all are done."""
        trainer, end = self._trainer, self._at + VALIDATION_CHUNK
        with torch.inference_mode(), trainer._autocast():
            y = self._y[self._at : end]
            output = trainer.model(self._x[self._at : end])
            self._loss += trainer.loss(output, y).item() * len(y)
            self._metric.add(output, y)
        self._at = end
        return self._at >= len(self._y)

    def result(self) -> tuple[float, dict[str, float]]:
        """(mean loss, what the task is judged by)."""
        return self._loss / len(self._y), self._metric.result()


@torch.no_grad()
def first_non_finite(model: Network, x: Tensor) -> str | None:
    """Path of the first layer whose output is not finite at this input."""
    found: list[str] = []
    handles = []
    for path, module in named_layers(model).items():

        def look(_module: nn.Module, _inputs: Any, output: Tensor, path: str = path) -> None:
            if not bool(output.isfinite().all()):
                found.append(path)

        handles.append(module.register_forward_hook(look))
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return found[0] if found else None
