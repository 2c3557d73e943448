"""The loop: one run, unit by unit. No threads, no screen."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from ..catalogues.baselines import baselines_of
from ..experiment import Experiment
from ..faults import Fault
from ..network.builder import build_model, build_optimizer
from ..network.cost import Plan, plan_of
from ..network.frozen_start import frozen_start
from ..network.goal import task_of
from ..network.models import Network, keep_gradient_format, memory_format
from ..network.tracing import Trace
from ..settings import Settings
from .batches import Batch, Batches
from .clipping import Clipper
from .divergence import Diverged, fault_of_loss
from .features import KeepsFeatures, features_key
from .history import EventRecord, History
from .live import Live
from .live_settings import LIVE_SETTINGS
from .meter import Meter
from .objective import Objective
from .pace import Pace
from .practice import Practice
from .precision import Precision
from .randomness import RandomState
from .validation import VALIDATION_CHUNK, Validation

__all__ = ["VALIDATION_CHUNK", "Diverged", "Trainer"]

MEASURE_S = 0.06  # predicted time between two measurements of the layers
FEWEST, MOST = 4, 64  # steps between two of them


class Trainer:
    """Trains one experiment. `advance` does one unit of work: an optimisation step, or part of a validation.

    Every number depends on the experiment alone (and on machine, torch and thread count): what is measured, and when,
    never on time. What changes on the way belongs to its parts, each with a state of its own for checkpoints.
    """

    def __init__(
        self,
        experiment: Experiment,
        device: torch.device | str = "cpu",
        settings: Settings | None = None,
        plan: Plan | None = None,
        reads_late: bool | None = None,
    ):
        """In: `plan`, where the experiment was admitted before, so that its layers are traced once; `reads_late`,
        whether losses are read now and then (None: on devices other than the CPU)."""
        self.experiment = experiment
        self.device = torch.device(device)
        if reads_late is None:
            reads_late = self.device.type != "cpu"
        self._reads_late = reads_late
        training = experiment.training
        plan = plan or plan_of(experiment, settings)
        self.cost = plan.cost
        self.split = experiment.data.split()
        self.task = task_of(experiment)
        self.random = RandomState(training.seed, self.device)
        layout = self._build(plan.traced)
        self.live = Live(experiment, self.steps_per_epoch, self.total_steps)
        keeps_features = self._keeps_features(plan.traced)
        self.batches = Batches(experiment, self.split, self.device, layout, keeps_features)
        self.precision = Precision(training.precision, self.device)
        self.practice = Practice(training)
        self.pace = Pace()
        self.validation = Validation(
            self.split,
            self.device,
            layout,
            self.objective,
            self.new_metric,
            self.precision,
            keeps_features,
        )
        trained = [p for p in self._all_parameters() if p.requires_grad]
        self.clipper = Clipper(trained, training.clip_value, training.clip_norm)
        self.meter = Meter(
            experiment,
            self.model,
            self.task,
            self.objective,
            self.clipper,
            self._measured_every(),
            reads_late,
        )
        self.step = 0
        self.epoch = 0

    def _build(self, traced: Trace) -> torch.memory_format:
        """Network, loss and optimiser on the device. Out: the format that images have there."""
        if self.device.type == "cuda":
            torch.backends.cudnn.deterministic = True
        with self.random.building():
            self.model: Network = build_model(self.experiment, traced=traced)
        layout = memory_format(self.model)
        self.random.serve(self.model)
        self.model.to(device=self.device, memory_format=layout)
        if layout is torch.channels_last:
            keep_gradient_format(self.model)
        with self.random.building():
            self.objective = Objective(self.experiment, self.device, self._reads_late)
        self.optimizer = build_optimizer(self.experiment, self.model, self.loss)
        return layout

    def _keeps_features(self, traced: Trace) -> KeepsFeatures | None:
        """Where a frozen backbone begins the network, and what it makes of the data set is small enough to be kept."""
        start = frozen_start(self.experiment, traced)
        if start is None or not start.keeps_features:
            return None
        backbone = self.model.features[0]
        key = features_key(self.experiment, self.device, self.threads)
        return KeepsFeatures(backbone, start.row.shape or (), key)

    def _all_parameters(self) -> list[nn.Parameter]:
        return [*self.model.parameters(), *self.loss.parameters()]

    def _measured_every(self) -> int:
        return max(FEWEST, min(MOST, round(MEASURE_S / self.cost.step_s)))

    # ---- what a run is at the moment ----

    @property
    def loss(self) -> nn.Module:
        """The module of the loss, which may have parameters of its own."""
        return self.objective.loss

    @property
    def history(self) -> History:
        """What was measured so far."""
        return self.meter.history

    @property
    def threads(self) -> int:
        return self.cost.threads

    @property
    def steps_per_epoch(self) -> int:
        return self.cost.steps_per_epoch

    @property
    def total_steps(self) -> int:
        return self.cost.steps

    @property
    def finished(self) -> bool:
        """Whether every epoch and its validation are done."""
        return not self._may_step and not self.validating

    @property
    def _may_step(self) -> bool:
        return self.step < self.total_steps and not self.practice.stopped_early

    @property
    def end_reason(self) -> Fault | None:
        """Why training ended before its last epoch; None where it did not."""
        return self.practice.end_reason(self.epoch)

    @property
    def settled(self) -> bool:
        """Whether the model has its last weights, and training is over for good."""
        return self.practice.settled

    @property
    def validating(self) -> bool:
        """Whether a validation is under way."""
        return self.validation.is_under_way

    @property
    def steps_per_s(self) -> float | None:
        """Measured over the optimisation steps of the last second or so; None before the first."""
        return self.pace.steps_per_s

    @property
    def busy_s(self) -> float:
        """Seconds spent in turns."""
        return self.pace.busy_s

    @property
    def validation_s(self) -> float:
        """Seconds spent on validations."""
        return self.pace.validation_s

    @property
    def lr(self) -> float:
        """The learning rate of the next step."""
        return self.live.lr_at(self.step)

    def new_metric(self) -> Any:
        """A fresh metric of the task, in the targets' own unit."""
        return self.task.build_metric(self.split.target_std)

    # ---- what may be done with it ----

    def compare(self) -> None:
        """Works out, once, what its scores are to be compared with."""
        if self.history.baselines is None:
            self.history.baselines = baselines_of(self.experiment.data, self.task, self.split)

    def set(self, name: str, value: float | None) -> None:
        """Changes a live setting from the next step on, and writes that into the history (None as NaN).

        In: its name, and a value that `LiveSetting.checked` has let through. A value that was set before is no event:
        a page may send it twice, by the Enter key and when its field is left.
        """
        LIVE_SETTINGS[name].put(self, value)
        written = math.nan if value is None else value
        if str(self.history.last_value(name)) != str(
            float(written)
        ):  # as texts, since NaN differs from itself
            self.history.append_event(EventRecord(self.step, name, written))

    @contextmanager
    def judged(self) -> Iterator[None]:
        """Inside, the model has the weights that it is judged and asked by: the averaged ones, where there are some."""
        with self.practice.judged(self.model):
            yield

    def settle(self) -> None:
        """Leaves the model with the weights that are kept in the end: the averaged, or those of the best epoch."""
        self.practice.settle(self.model)

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
            self.pace.busy_s += time.perf_counter() - began

    def advance(self) -> None:
        """One unit of work. Raises: Diverged where NaN or infinity appears."""
        began = time.perf_counter()
        if self.validating:
            self._validate()
            self.pace.validation_s += time.perf_counter() - began
            if self.finished:
                self.settle()
        elif self.step < self.total_steps:
            self._train_step()
            self.pace.count_step(time.perf_counter() - began, self.step)

    def flush(self) -> None:
        """Makes the measurements so far visible in the history. Raises: Diverged (devices checked late)."""
        self.meter.flush()

    def skip_validation(self) -> None:
        """Leaves out the validation that is due: where only the steps matter."""
        if self.validating:
            self.validation.end()
            self.model.train()

    def release(self) -> None:
        """Gives back what only training needs; the model can still be asked."""
        self.settle()
        self.optimizer.state.clear()
        self.batches.release()
        self.validation.release()
        self.split = self.split.to_be_asked()

    # ---- one optimisation step ----

    def _train_step(self) -> None:
        self.random.begin_step()
        batches = self.batches.of_next_step()
        lr = self.live.begin_step(self.optimizer, self.step)
        weights = [self.objective.weight_of(y) for _, y in batches]
        losses, outputs = self._gradients(batches, weights)
        self.precision.unscale(self.optimizer)
        if self.meter.is_due(self.step):
            metric = self.new_metric()
            for output, (_, y) in zip(outputs, batches, strict=True):
                metric.add(output, y)
            self.meter.measure_layers(self.step + 1, metric, self._clip_measured, self._update)
        else:
            self.clipper.clip(self.live.clip_norm)
            self._update()
        self.practice.after_step(self.model)
        self.step += 1
        self.meter.add_step(self.step, losses, lr, sum(weights))
        if self.step % self.steps_per_epoch == 0:
            self.flush()
            self.begin_validation()

    def _gradients(
        self, batches: list[Batch], weights: list[Any]
    ) -> tuple[list[Any], list[Tensor]]:
        """Adds up the gradients of a step's batches. Out: losses that add up to the mean over all samples; outputs."""
        total = sum(weights)
        losses: list[Any] = []
        outputs: list[Tensor] = []
        for (x, y), weight in zip(batches, weights, strict=True):
            with self.precision.autocast():
                output = self.model(x)
                loss = self.objective(output, y)
            if len(batches) > 1:
                loss = loss * (weight / total)
            losses.append(self._checked(loss.detach(), x))
            if not outputs:
                self._forget_gradients()
            self.precision.backward(loss)
            outputs.append(output.detach())
        return losses, outputs

    def _checked(self, loss: Tensor, x: Tensor) -> Any:
        """The loss as a number, looked at before the backward pass: the weights are still those that produced it.

        A device that is read late gives the tensor back as it is.
        """
        if self._reads_late:
            return loss
        value = loss.item()
        if not math.isfinite(value):
            raise Diverged(fault_of_loss(self.experiment, self.model, x, value, self.step + 1))
        return value

    def _forget_gradients(self) -> None:
        for parameter in self.clipper.parameters:
            parameter.grad = None

    def _clip_measured(self) -> None:
        self.clipper.clip(self.live.clip_norm, measured=self.clipper.is_used)

    def _update(self) -> None:
        self.precision.update(self.optimizer)

    # ---- an epoch's validation ----

    def begin_validation(self) -> None:
        """The next units of work are parts of it."""
        self.model.eval()
        self.validation.begin()

    def _validate(self) -> None:
        with self.judged():
            if not self.validation.judge_chunk(self.model):
                return
        loss, scores = self.validation.result()
        self.validation.end()
        self.model.train()
        self.epoch += 1
        self.compare()
        self._write_epoch(loss, scores)
        self.live.after_validation(loss)
        is_over = self.practice.after_validation(self.epoch, loss, self.model)
        self.practice.stopped_early = is_over and self.step < self.total_steps

    def _write_epoch(self, loss: float, scores: dict[str, float]) -> None:
        seconds = self.pace.epoch_s
        row = {
            "epoch": self.epoch,
            "step": self.step,
            "val_loss": loss,
            "lr": self.live.last_lr,
            "seconds": seconds,
            "samples_per_s": len(self.batches) / seconds if seconds else math.nan,
        }
        row |= {f"val_{name}": value for name, value in scores.items()}
        self.meter.end_epoch(row)
        self.pace.epoch_s = 0.0
