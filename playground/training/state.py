"""A trainer's state as a header and tensors, and back. Nothing of a file is believed before it was compared with a
freshly built trainer: names, shapes, types; the order in memory is the fresh one's."""

import copy
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ..network.builder import build_optimizer
from .header import EventState, Header
from .history import EventRecord
from .live_settings import LIVE_SETTINGS
from .trainer import Trainer

Tensors = dict[str, Tensor]


def state_of(trainer: Trainer) -> tuple[Header, Tensors]:
    """All that changes while a run goes on. Raises: Diverged where the last steps turn out to have been spoiled."""
    trainer.flush()
    numbers: dict[str, Any] = {}
    tensors: Tensors = {}
    for part, state in _parts(trainer).items():
        numbers[part] = {}
        for name, value in state.items():
            if isinstance(value, Tensor):
                tensors[f"{part}/{name}"] = value.detach()
            else:
                numbers[part][name] = value
    tensors |= {name: value.detach() for name, value in _optimizer_tensors(trainer)}
    tensors |= _history_tensors(trainer)
    header = Header(
        torch=torch.__version__,
        device=str(trainer.device),
        experiment=trainer.experiment.to_dict(),
        step=trainer.step,
        epoch=trainer.epoch,
        validating=trainer.validating,
        events=[_event_state(event) for event in trainer.history.events],
        **{
            name: numbers[name]
            for name in ("live", "practice", "pace", "meter", "clipper", "precision")
        },
    )
    return header, tensors


def _parts(trainer: Trainer) -> dict[str, Mapping[str, Any]]:
    """The state of every part by its name: numbers and tensors."""
    return {
        "model": trainer.model.state_dict(),
        "loss": trainer.loss.state_dict(),
        "random": trainer.random.state_dict(),
        "batches": trainer.batches.state_dict(),
        "live": trainer.live.state_dict(),
        "practice": trainer.practice.state_dict(),
        "pace": trainer.pace.state_dict(),
        "meter": trainer.meter.state_dict(),
        "clipper": trainer.clipper.state_dict(),
        "precision": trainer.precision.state_dict(),
    }


def restore(trainer: Trainer, header: Header, tensors: Mapping[str, Tensor]) -> None:
    """Puts a fresh trainer into that state. Raises: ValueError before anything is changed where it does not fit."""
    header.check_against(trainer.steps_per_epoch, trainer.total_steps)
    _check_parts(trainer, header)
    fitting = _Fitting(trainer, header, tensors)
    state = fitting.checked()
    _apply(trainer, header, state)


def _check_parts(trainer: Trainer, header: Header) -> None:
    """Raises: ExperimentError for a change that no person could make; ValueError where file and trainer differ in what
    has a state of its own."""
    watches = trainer.live.state_dict()["plateau"] is not None
    if watches != (header.live.plateau is not None):
        raise ValueError("its schedule is another")
    scales = bool(trainer.precision.state_dict())
    if scales != (header.precision.scale is not None):
        raise ValueError("its precision is another")
    for name, value in _last_changes(header).items():
        LIVE_SETTINGS[name].checked(trainer.experiment, value)


def _last_changes(header: Header) -> dict[str, float | None]:
    """What each live setting was changed to last."""
    return {event.kind: event.value for event in header.events}


class _Fitting:
    """Compares the tensors of a file with those that a trainer at the header's step has."""

    def __init__(self, trainer: Trainer, header: Header, tensors: Mapping[str, Tensor]):
        self._trainer = trainer
        self._header = header
        self._tensors = tensors
        self._fitting: Tensors = {}

    def checked(self) -> Tensors:
        """All tensors, each on its device and in its order in memory. Raises: ValueError."""
        trainer, header = self._trainer, self._header
        model = trainer.model.state_dict()
        self._take("model", model)
        self._take("loss", trainer.loss.state_dict())
        generators = trainer.random.state_dict()
        self._take("random", generators)
        for device in generators:
            self._check_generator(f"random/{device}", torch.device(device))
        self._take_batches()
        practice = trainer.practice
        if practice.average is not None and header.step:
            averages = dict(enumerate(trainer.model.parameters()))
            self._take("practice/average", {str(i): value for i, value in averages.items()})
        if practice.patience.keep_best and header.practice.lowest is not None:
            self._take("practice/best", model)
        self._take_optimizer()
        self._take_history()
        unknown = next((name for name in self._tensors if name not in self._fitting), None)
        if unknown is not None:
            raise ValueError(f"nothing of this experiment is called {unknown[:80]}")
        return self._fitting

    def _take(self, part: str, templates: Mapping[str, Tensor]) -> None:
        for name, template in templates.items():
            self._take_one(f"{part}/{name}", template)

    def _take_one(self, name: str, template: Tensor) -> None:
        if name not in self._tensors:
            raise ValueError(f"{name} is missing")
        value = self._tensors[name]
        if value.shape != template.shape or value.dtype != template.dtype:
            found = f"{tuple(value.shape)} {value.dtype}"
            raise ValueError(f"{name} is {found}, not {tuple(template.shape)} {template.dtype}")
        # `empty_like` has the template's order in memory, which kernels count on.
        placed = torch.empty_like(template, requires_grad=False)
        self._fitting[name] = placed.copy_(value)

    def _check_generator(self, name: str, device: torch.device) -> None:
        """Raises: RuntimeError for bytes that are the state of no generator."""
        torch.Generator(device).set_state(self._fitting[name])

    def _take_batches(self) -> None:
        trainer, header = self._trainer, self._header
        fresh = trainer.batches.state_dict()
        self._take("batches", fresh)
        self._check_generator("batches/generator", torch.device("cpu"))
        if "augmenter" in fresh:
            self._check_generator("batches/augmenter", trainer.device)
        is_inside_epoch = header.step % trainer.steps_per_epoch > 0
        repeats_one = trainer.experiment.training.overfit_batch and header.step > 0
        if not is_inside_epoch and not repeats_one:
            return
        n = trainer.batches.order_length
        self._take_one("batches/order", torch.empty(n, dtype=torch.int64, device=trainer.device))
        order = self._fitting["batches/order"]
        if int(order.min()) < 0 or int(order.max()) >= len(trainer.batches):
            raise ValueError("the order of its batches names samples that are not there")

    def _take_optimizer(self) -> None:
        prefix = "optimizer/"
        if not any(name.startswith(prefix) for name in self._tensors):
            return
        for number, templates in enumerate(optimizer_templates(self._trainer)):
            here = f"{prefix}{number}/"
            # A parameter that has had no gradient yet has no state.
            if not any(name.startswith(here) for name in self._tensors):
                continue
            self._take(f"{prefix}{number}", templates)
            step = self._fitting.get(f"{here}step")
            if step is not None and not 0 <= float(step) <= self._header.step:
                raise ValueError(f"the optimiser is at step {float(step):g}")

    def _take_history(self) -> None:
        for table, columns in self._trainer.history.state_dict()["tables"].items():
            names = [f"history/{table}/{column}" for column in columns]
            missing = next((name for name in names if name not in self._tensors), None)
            if missing is not None:
                raise ValueError(f"{missing} is missing")
            rows = len(self._tensors[names[0]])
            if rows > self._trainer.history.capacity(table):
                raise ValueError(f"the history has {rows:,} rows of {table}")
            for name, column in zip(names, columns.values(), strict=True):
                template = torch.empty(rows, *column.shape[1:], dtype=torch.float64)
                self._take_one(name, template)
            self._check_steps(table)

    def _check_steps(self, table: str) -> None:
        steps = self._fitting[f"history/{table}/step"]
        limits = torch.tensor([0.0, self._header.step])
        ascending = torch.cat([limits[:1], steps]).diff()
        is_whole = torch.equal(steps, steps.floor())
        if not is_whole or not bool((ascending > 0).all()) or bool((steps > limits[1]).any()):
            raise ValueError(f"the steps of the history's {table} are not in order")
        if table == "epochs":
            epochs = self._fitting["history/epochs/epoch"]
            if not torch.equal(epochs * self._trainer.steps_per_epoch, steps):
                raise ValueError("the epochs of the history are not those of its steps")


def _apply(trainer: Trainer, header: Header, tensors: Tensors) -> None:
    """Everything was compared: from here on nothing goes wrong."""
    trainer.model.load_state_dict(below("model/", tensors))
    trainer.loss.load_state_dict(below("loss/", tensors))
    trainer.random.load_state_dict(below("random/", tensors))
    steps_in_epoch = header.step % trainer.steps_per_epoch
    batches_used = steps_in_epoch * trainer.experiment.training.accumulate
    trainer.batches.load_state_dict(below("batches/", tensors), batches_used)
    _load_optimizer(trainer, tensors)
    for name, value in _last_changes(header).items():
        LIVE_SETTINGS[name].put(trainer, value)
    trainer.live.load_state_dict(header.live.model_dump(), trainer.optimizer)
    is_over = header.step == trainer.total_steps or header.practice.stopped_early
    practice = {**header.practice.model_dump(), **below("practice/", tensors)}
    trainer.practice.load_state_dict(practice, settled=is_over and not header.validating)
    trainer.pace.load_state_dict(header.pace.model_dump())
    trainer.meter.load_state_dict(header.meter.model_dump())
    trainer.clipper.load_state_dict(header.clipper.model_dump())
    trainer.precision.load_state_dict(header.precision.model_dump())
    _load_history(trainer, header, tensors)
    trainer.step, trainer.epoch = header.step, header.epoch
    trainer.model.train()
    if header.validating:
        # A validation uses no random numbers and changes nothing, so it begins again.
        trainer.begin_validation()


def below(prefix: str, tensors: Mapping[str, Tensor]) -> Tensors:
    """Those whose names begin so, without that beginning."""
    chosen = {}
    for name, value in tensors.items():
        if name.startswith(prefix):
            chosen[name.removeprefix(prefix)] = value
    return chosen


# ---- the optimiser ----


def _parameters_of(optimizer: torch.optim.Optimizer) -> list[Tensor]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def _optimizer_tensors(trainer: Trainer) -> Iterator[tuple[str, Tensor]]:
    for number, parameter in enumerate(_parameters_of(trainer.optimizer)):
        for name, value in trainer.optimizer.state.get(parameter, {}).items():
            if not isinstance(value, Tensor):
                raise TypeError(f"a checkpoint cannot hold the optimiser's {name}")
            yield f"optimizer/{number}/{name}", value


def optimizer_templates(trainer: Trainer) -> list[dict[str, Tensor]]:
    """What state a fresh optimiser has of each parameter after its first step: it alone knows the shapes."""
    # With the loss beside it, so that parameters of both are copied once and stay the same objects.
    pair = copy.deepcopy(nn.ModuleList([trainer.model, trainer.loss]))
    optimizer = build_optimizer(trainer.experiment, pair[0], pair[1])
    parameters = _parameters_of(optimizer)
    for parameter in parameters:
        parameter.grad = torch.zeros_like(parameter)
    optimizer.step()
    return [optimizer.state[parameter] for parameter in parameters]


def _load_optimizer(trainer: Trainer, tensors: Tensors) -> None:
    trainer.optimizer.state.clear()
    for number, parameter in enumerate(_parameters_of(trainer.optimizer)):
        state = below(f"optimizer/{number}/", tensors)
        if state:
            trainer.optimizer.state[parameter] = state


# ---- the history ----


def _history_tensors(trainer: Trainer) -> Tensors:
    tensors: Tensors = {}
    for table, columns in trainer.history.state_dict()["tables"].items():
        for name, column in columns.items():
            tensors[f"history/{table}/{name}"] = torch.from_numpy(np.ascontiguousarray(column))
    return tensors


def _load_history(trainer: Trainer, header: Header, tensors: Tensors) -> None:
    tables: dict[str, dict[str, np.ndarray]] = {}
    for path, value in below("history/", tensors).items():
        table, _, column = path.partition("/")
        tables.setdefault(table, {})[column] = value.numpy()
    events = [(event.step, event.kind, _event_value(event)) for event in header.events]
    trainer.history.load_state_dict({"tables": tables, "events": events})


def _event_state(event: EventRecord) -> EventState:
    value = None if math.isnan(event.value) else event.value
    return EventState.model_validate({"step": event.step, "kind": event.kind, "value": value})


def _event_value(event: EventState) -> float:
    return math.nan if event.value is None else event.value
