"""The loop: one run, unit by unit. No threads, no screen."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import torch
from torch import Tensor, nn

from ..catalogues.datasets.augment import Augmenter
from ..experiment import Experiment
from ..faults import Fault
from ..network.builder import build_model, build_optimizer, matrices, named_layers, task_of, trained
from ..network.cost import Plan, plan_of
from ..network.layer_names import layer_name
from ..network.models import Network, keep_gradient_format, memory_format
from ..settings import Settings
from .clipping import COLUMNS, Clipper
from .history import EventRecord, History
from .live_settings import LIVE_SETTINGS
from .practice import Average, Patience
from .randomness import RandomState

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
    and when, never on time. A checkpoint keeps its plain numbers and whatever attribute has a `state_dict`, so that
    new state of either kind is kept by itself.
    """

    def __init__(
        self,
        experiment: Experiment,
        device: torch.device | str = "cpu",
        settings: Settings | None = None,
        plan: Plan | None = None,
    ):
        """In: `plan`, where the experiment was admitted before, so that its layers are traced once."""
        self.experiment = experiment
        self.device = torch.device(device)
        if self.device.type == "cuda":
            torch.backends.cudnn.deterministic = True
        training = experiment.training
        plan = plan or plan_of(experiment, settings)
        cost = plan.cost
        self.threads = cost.threads
        self.steps_per_epoch, self.total_steps = cost.steps_per_epoch, cost.steps
        self.measure_every = max(4, min(64, round(MEASURE_S / cost.step_s)))
        self.split = experiment.data.split()
        self.random = RandomState(training.seed, self.device)
        with self.random.building():
            self.model: Network = build_model(experiment, settings, plan.traced)
        self.format = memory_format(self.model)
        self.model.to(device=self.device, memory_format=self.format)
        if self.format is torch.channels_last:
            keep_gradient_format(self.model)
        with self.random.building():
            self.loss: nn.Module = training.loss.call(experiment.data).build().to(self.device)
        weighing = training.loss.weighing(experiment.data)
        self._weighing = None if weighing is None else weighing.build().to(self.device)
        self.optimizer: torch.optim.Optimizer = build_optimizer(experiment, self.model, self.loss)
        self.task = task_of(experiment)
        self.base_lr: float = training.optimizer.lr
        self.generator = torch.Generator().manual_seed(training.seed)
        augment = None if training.overfit_batch else experiment.data.augmentation()
        self.augmenter = None if augment is None else Augmenter(augment, training.seed, self.device)
        self.step = 0
        self.epoch = 0
        self.busy_s = 0.0
        self.validation_s = 0.0
        self._clip = training.clip_norm
        self._average = Average(training.ema) if training.ema is not None else None
        self._patience = Patience(training.patience, training.min_delta, training.keep_best)
        self._stopped_early = False
        self._settled = False
        self._parameters = [
            p for p in (*self.model.parameters(), *self.loss.parameters()) if p.requires_grad
        ]
        self._clipper = Clipper(self._parameters, training.clip_value)
        self._clips = training.clip_norm is not None or training.clip_value is not None
        self._watch = training.schedule.watch()
        self._last_lr = self.base_lr
        self._weights = trained(matrices(self.model))
        self._parts: Callable[[], dict[str, float]] | None = getattr(self.loss, "parts", None)
        self.history = History(
            tuple(self._weights),
            self.task.metric.names,
            tuple(self._parts()) if self._parts is not None else (),
            COLUMNS if self._clips else (),
        )
        self._autocast: Callable[[], AbstractContextManager[Any]] = nullcontext
        if training.precision != "float32":
            half = torch.bfloat16 if training.precision == "bf16" else torch.float16
            self._autocast = lambda: torch.autocast(self.device.type, half)
        self._scaler = (
            torch.amp.GradScaler(self.device.type) if training.precision == "fp16" else None
        )
        self._check_each_step = self.device.type == "cpu"
        self._data = [each.to(self.device) for each in self._in_format()]
        self._batches: list[tuple[Tensor, Tensor]] = []
        self._order: Tensor | None = None
        self._taken = 0
        self._gathered_from = 0
        self._pending: list[tuple[int, Any, float, Any]] = []
        self._pending_layers: list[dict[str, Any]] = []
        self._epoch_loss = 0.0  # sum of the losses so far, each times its weight
        self._epoch_weight = 0.0
        self._epoch_s = 0.0
        self._validation: _Validation | None = None
        self._speed: float | None = None
        self._speed_s = 0.0
        self._speed_steps = 0

    @property
    def finished(self) -> bool:
        """Whether every epoch and its validation are done."""
        return (self.step >= self.total_steps or self._stopped_early) and self._validation is None

    @property
    def end_reason(self) -> Fault | None:
        """Why training ended before its last epoch; None where it did not."""
        if not self._stopped_early:
            return None
        values = {
            "epoch": self.epoch,
            "best": self._patience.best_epoch,
            "patience": self._patience.epochs,
        }
        return Fault("", "stopped_early", values)

    @property
    def settled(self) -> bool:
        """Whether the model has its last weights, and training is over for good."""
        return self._settled

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
        return self.base_lr * schedule.factor(
            step, self.total_steps, self.steps_per_epoch, self._watch
        )

    def set(self, name: str, value: float | None) -> None:
        """Changes a live setting from the next step on, and writes that into the history (None as NaN).

        In: its name, and a value that `LiveSetting.checked` has let through.
        """
        LIVE_SETTINGS[name].put(self, value)
        self.history.append_event(
            EventRecord(self.step, name, math.nan if value is None else value)
        )

    @contextmanager
    def judged(self) -> Iterator[None]:
        """Inside, the model has the weights that it is judged and asked by: the averaged ones, where there are some."""
        average = None if self._settled else self._average
        if average is not None:
            average.swap(self.model)
        try:
            yield
        finally:
            if average is not None:
                average.swap(self.model)

    def settle(self) -> None:
        """Leaves the model with the weights that are kept in the end: the averaged, or those of the best epoch."""
        if self._settled:
            return
        if self._average is not None:
            self._average.swap(self.model)
        self._patience.restore(self.model)
        self._settled = True

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
            if self.finished:
                self.settle()
        elif self.step < self.total_steps:
            began = time.perf_counter()
            self._train_step()
            self._count_time(time.perf_counter() - began)

    def skip_validation(self) -> None:
        """Leaves out the validation that is due: for whoever looks at the steps alone."""
        if self._validation is not None:
            self._validation = None
            self.model.train()

    def release(self) -> None:
        """Gives back what only training needs; the model can still be asked."""
        self.settle()
        self.optimizer.state.clear()
        self._batches.clear()
        self._data = self._data[:0]

    def _count_time(self, spent: float) -> None:
        self._epoch_s += spent
        self._speed_s += spent
        self._speed_steps += 1
        now = self._speed_steps / self._speed_s
        if self._speed is None or self._speed_steps == self.step:
            self._speed = now
        elif self._speed_s > 0.5:  # smoothed, so that the time left does not jump
            self._speed += 0.4 * (now - self._speed)
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
            weights = [each[3] for each in pending]
            if self._weighing is not None:
                weights = torch.stack(weights).tolist()
            # One by one: the sum must not depend on when it is looked at.
            for loss, weight in zip(losses, weights, strict=True):
                self._epoch_loss += loss * weight
                self._epoch_weight += weight
            bad = next((i for i, loss in enumerate(losses) if not math.isfinite(loss)), None)
            if bad is not None:
                diverged = pending[bad][0]
                pending, losses = pending[:bad], losses[:bad]
        rows = [
            {"step": step, "train_loss": loss, "lr": lr}
            for (step, _, lr, _), loss in zip(pending, losses, strict=True)
        ]
        self.history.append("steps", rows)
        layers, self._pending_layers = self._pending_layers, []
        self.history.append(
            "layers", [row for row in layers if diverged is None or row["step"] < diverged]
        )
        if diverged is not None:
            raise Diverged(self._late_fault(diverged))

    def _train_step(self) -> None:
        batches = self._step_batches()
        weights = [self.weight_of(y) for _, y in batches]
        weight = sum(weights)
        lr = self._last_lr = self.lr
        for group in self.optimizer.param_groups:
            group["lr"] = lr * group.get("lr_scale", 1.0)
        value: Any = None
        answers: list[tuple[Tensor, Tensor]] = []
        for (x, y), batch_weight in zip(batches, weights, strict=True):
            with self._autocast():
                output = self.model(x)
                loss = self.loss(output, y)
            if len(batches) > 1:
                loss = loss * (batch_weight / weight)
            part: Any = loss.detach()
            if self._check_each_step:
                part = loss.item()
                if not math.isfinite(part):
                    raise Diverged(self._fault_of(x, part))
            if not answers:
                for parameter in self._parameters:
                    parameter.grad = None
            (loss if self._scaler is None else self._scaler.scale(loss)).backward()
            value = part if value is None else value + part
            answers.append((output.detach(), y))
        if self._check_each_step:
            self._epoch_loss += value * weight
            self._epoch_weight += weight
        if self._scaler is not None:
            self._scaler.unscale_(self.optimizer)
        self._clipper.clip(self._clip, self._clips and self.step % self.measure_every == 0)
        if self.step % self.measure_every == 0:
            self._measured_update(answers)
        else:
            self._update()
        if self._average is not None:
            self._average.update(self.model)
        self.step += 1
        self._pending.append((self.step, value, lr, weight))
        if self.step % self.steps_per_epoch == 0:
            self.flush()
            self._validation = _Validation(self)

    def _update(self) -> None:
        if self._scaler is None:
            self.optimizer.step()
        else:
            self._scaler.step(self.optimizer)
            self._scaler.update()

    def _measured_update(self, answers: list[tuple[Tensor, Tensor]]) -> None:
        """The optimiser's step, with gradient norms and update sizes by layer around it."""
        weights = [weight for every in self._weights.values() for weight in every]
        metric = self.new_metric()
        for output, y in answers:
            metric.add(output, y)
        before = [weight.detach().clone() for weight in weights]
        norms = torch._foreach_norm([weight.grad for weight in weights]) if weights else []
        self._update()
        updates = (
            torch._foreach_norm(torch._foreach_sub([w.detach() for w in weights], before))
            if weights
            else []
        )
        sizes = torch._foreach_norm(before) if weights else []
        table = (
            torch.stack([self._by_layer(each) for each in (norms, updates, sizes)]).cpu().numpy()
        )
        ratio = table[1] / (table[2] + 1e-12)
        row = {"step": self.step + 1, "grad_norm": table[0], "update_ratio": ratio}
        row |= {f"train_{name}": value for name, value in metric.result().items()}
        if self._clips:
            row |= self._clipper.measurements()
        if self._parts is not None:
            row["loss_parts"] = list(self._parts().values())
        self._pending_layers.append(row)

    def weight_of(self, y: Tensor) -> Any:
        """What the mean loss over these targets was divided by; a tensor where the device is read late."""
        if self._weighing is None:
            return len(y)
        weight = self._weighing(y)
        return weight.item() if self._check_each_step else weight

    def new_metric(self) -> Any:
        """A fresh metric of the task, in the targets' own unit."""
        return self.task.build_metric(self.split.target_std)

    def _by_layer(self, norms: Iterable[Tensor]) -> Tensor:
        """One norm a layer, of all its matrices together."""
        every = iter(norms)
        own = [[next(every) for _ in weights] for weights in self._weights.values()]
        whole = [each[0] if len(each) == 1 else torch.stack(each).norm() for each in own]
        return torch.stack(whole) if whole else torch.empty(0)

    def go_on(self, batches_left: int, validating: bool) -> None:
        """After the state of a checkpoint was put in: gathers again what had been gathered but not used yet, and
        begins again a validation that was under way (it uses no random numbers and changes nothing)."""
        self._batches.clear()
        if batches_left:
            self._taken = self._gathered_from
            self._gather()
            del self._batches[batches_left:]
        self.model.train()
        self._validation = _Validation(self) if validating else None

    def _step_batches(self) -> list[tuple[Tensor, Tensor]]:
        """The batches of one optimisation step: one, or as many as are accumulated and the epoch still has."""
        batches = [self._next_batch()]
        while len(batches) < self.experiment.training.accumulate and not self._at_epoch_end:
            batches.append(self._next_batch())
        return batches

    @property
    def _at_epoch_end(self) -> bool:
        return not self._batches and self._order is not None and self._taken >= len(self._order)

    def _next_batch(self) -> tuple[Tensor, Tensor]:
        if not self._batches:
            self._gather()
        x, y = self._batches.pop()
        if self.augmenter is not None:
            x, y = self.augmenter(x, y, self.task.gives_back_input)
            x = x.contiguous(memory_format=self.format)
        return x, y

    def _gather(self) -> None:
        """The next few batches in one go, in the order of this epoch's permutation."""
        x, y = self._data[:2]
        size = self.experiment.data.batch_size
        if self._order is None or self._taken >= len(self._order):
            if not self.experiment.training.overfit_batch:
                self._order = torch.randperm(len(x), generator=self.generator).to(self.device)
            elif (
                self._order is None
            ):  # the first batch of the first epoch, as many times as an epoch has batches
                chosen = torch.randperm(len(x), generator=self.generator)[:size].to(self.device)
                self._order = chosen.repeat(-(-len(x) // size))
            self._taken = 0
            self.model.train()
        batches = max(1, GATHER_BYTES // (size * x[0].numel() * x.element_size()))
        chosen = self._order[self._taken : self._taken + batches * size]
        self._gathered_from = self._taken
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
        with self.judged():
            if not self._validation.advance():
                return
        loss, scores = self._validation.result()
        self._validation = None
        self.model.train()
        self.epoch += 1
        self.history.append(
            "epochs",
            [
                {
                    "epoch": self.epoch,
                    "step": self.step,
                    "train_loss": self._epoch_loss / self._epoch_weight,
                    "val_loss": loss,
                    **{f"val_{name}": value for name, value in scores.items()},
                    "lr": self._last_lr,
                    "seconds": self._epoch_s,
                    "samples_per_s": len(self._data[0]) / self._epoch_s
                    if self._epoch_s
                    else math.nan,
                }
            ],
        )
        self._epoch_loss, self._epoch_weight, self._epoch_s = 0.0, 0.0, 0.0
        if self._watch is not None:
            self._watch.add(loss)
        with self.judged():
            is_over = self._patience.is_over(self.epoch, loss, self.model)
        self._stopped_early = is_over and self.step < self.total_steps

    def _fault_of(self, x: Tensor, value: float) -> Fault:
        """Where a non-finite loss comes from: the weights, the first layer to overflow, or the loss itself."""
        given = "NaN" if math.isnan(value) else "infinite"
        step = self.step + 1
        spoiled = self._spoiled_layer()
        if spoiled:
            return Fault(
                "",
                "nan_update",
                {"given": given, "step": step, "before": self.step, "layer": self._name(spoiled)},
            )
        first = first_non_finite(self.model, x)
        if first:
            values = {"given": given, "step": step, "layer": self._name(first)}
            return Fault("", "nan_forward", values)
        return Fault("", "nan_loss", {"given": given, "step": step})

    def _late_fault(self, step: int) -> Fault:
        """The same where the device is read now and then: the step is exact, the layer as found afterwards."""
        spoiled = self._spoiled_layer() or "output"
        layer = self._name(spoiled)
        values = {"given": "NaN", "step": step, "before": step - 1, "layer": layer}
        return Fault("", "nan_update", values)

    def _name(self, path: str) -> str:
        return layer_name(self.experiment.layers, path)

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
        self._weight = 0.0
        self._metric = trainer.new_metric()
        trainer.model.eval()

    def advance(self) -> bool:
        """Judges one chunk; True when all are done."""
        trainer, end = self._trainer, self._at + VALIDATION_CHUNK
        with torch.inference_mode(), trainer._autocast():
            y = self._y[self._at : end]
            output = trainer.model(self._x[self._at : end])
            weight = float(trainer.weight_of(y))
            self._loss += trainer.loss(output, y).item() * weight
            self._weight += weight
            self._metric.add(output, y)
        self._at = end
        return self._at >= len(self._y)

    def result(self) -> tuple[float, dict[str, float]]:
        """(mean loss, what the task is judged by)."""
        return self._loss / self._weight, self._metric.result()


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
