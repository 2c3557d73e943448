"""A trainer's state as a header and tensors, and back.

Nothing of a file is believed before it was compared with a freshly built trainer (`fitting.py`).
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .fitting import Fitting, Tensors, check_parts, last_changes, parameters_of
from .header import EventState, Header
from .history import EventRecord
from .live_settings import LIVE_SETTINGS
from .trainer import Trainer

PARTS_WITH_NUMBERS = ("live", "practice", "pace", "meter", "clipper", "precision")


def state_of(trainer: Trainer) -> tuple[Header, Tensors]:
    """All that changes while a run goes on. Raises: Diverged where the last steps turn out to have been spoiled."""
    # First of all: it reads what was measured, and where that is NaN there is nothing worth a checkpoint.
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
    tensors |= _optimizer_tensors(trainer)
    tensors |= _history_tensors(trainer)
    of_parts = {name: numbers[name] for name in PARTS_WITH_NUMBERS}
    header = Header(
        torch=torch.__version__,
        device=str(trainer.device),
        experiment=trainer.experiment.to_dict(),
        step=trainer.step,
        epoch=trainer.epoch,
        validating=trainer.validating,
        events=[_event_state(event) for event in trainer.history.events],
        **of_parts,
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
    check_parts(trainer, header)
    fitting = Fitting(trainer, header, _brought_here(trainer, header.device, tensors))
    state = fitting.checked()
    _apply(trainer, header, state)


def _brought_here(trainer: Trainer, device: str, tensors: Mapping[str, Tensor]) -> Tensors:
    """The tensors as a run on the trainer's device has them. In: the device that they come from.

    No generator can go on with the numbers of another kind of device: there, dropout and augmentation begin again
    from the seed. The order of the batches is drawn on the CPU, and goes on everywhere.
    """
    brought = dict(tensors)
    here = str(trainer.device)
    if here == device:
        return brought
    state = brought.pop(f"random/{device}", None) if device != "cpu" else None
    if is_of_kind(device, trainer.device):
        if state is not None:
            brought[f"random/{here}"] = state
        return brought
    if here != "cpu":
        brought[f"random/{here}"] = trainer.random.state_dict()[here]
    augmenter = trainer.batches.state_dict().get("augmenter")
    if augmenter is not None:
        brought["batches/augmenter"] = augmenter
    return brought


def is_of_kind(named: str, device: torch.device) -> bool:
    """Whether both are CPUs, or both GPUs of one maker. In: a device as torch writes it, such as cuda:1."""
    return named.partition(":")[0] == device.type


def _apply(trainer: Trainer, header: Header, tensors: Tensors) -> None:
    """Everything was compared: from here on nothing goes wrong."""
    trainer.model.load_state_dict(below("model/", tensors))
    trainer.loss.load_state_dict(below("loss/", tensors))
    trainer.random.load_state_dict(below("random/", tensors))
    steps_in_epoch = header.step % trainer.steps_per_epoch
    batches_used = steps_in_epoch * trainer.experiment.training.accumulate
    trainer.batches.load_state_dict(below("batches/", tensors), batches_used)
    _load_optimizer(trainer, tensors)
    for name, value in last_changes(header).items():
        LIVE_SETTINGS[name].put(trainer, value)
    trainer.live.load_state_dict(header.live.model_dump(), trainer.optimizer)
    is_over = header.step == trainer.total_steps or header.practice.stopped_early
    numbers = header.practice.model_dump()
    weights = below("practice/", tensors)
    is_settled = is_over and not header.validating
    trainer.practice.load_state_dict({**numbers, **weights}, is_settled)
    trainer.pace.load_state_dict(header.pace.model_dump())
    trainer.meter.load_state_dict(header.meter.model_dump())
    trainer.clipper.load_state_dict(header.clipper.model_dump())
    trainer.precision.load_state_dict(header.precision.model_dump())
    _load_history(trainer, header, tensors)
    trainer.step, trainer.epoch = header.step, header.epoch
    trainer.model.train()
    if trainer.epoch:
        trainer.compare()
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


def _optimizer_tensors(trainer: Trainer) -> Tensors:
    tensors: Tensors = {}
    for number, parameter in enumerate(parameters_of(trainer.optimizer)):
        state = trainer.optimizer.state.get(parameter, {})
        for name, value in state.items():
            if not isinstance(value, Tensor):
                raise TypeError(f"a checkpoint cannot hold the optimiser's {name}")
            tensors[f"optimizer/{number}/{name}"] = value.detach()
    return tensors


def _load_optimizer(trainer: Trainer, tensors: Tensors) -> None:
    trainer.optimizer.state.clear()
    for number, parameter in enumerate(parameters_of(trainer.optimizer)):
        state = below(f"optimizer/{number}/", tensors)
        if state:
            trainer.optimizer.state[parameter] = state


# ---- the history ----


def _history_tensors(trainer: Trainer) -> Tensors:
    tensors: Tensors = {}
    tables = trainer.history.state_dict()["tables"]
    for table, columns in tables.items():
        for name, column in columns.items():
            in_order = np.ascontiguousarray(column)
            tensors[f"history/{table}/{name}"] = torch.from_numpy(in_order)
    return tensors


def _load_history(trainer: Trainer, header: Header, tensors: Tensors) -> None:
    tables: dict[str, dict[str, np.ndarray]] = {}
    for path, value in below("history/", tensors).items():
        table, _, column = path.partition("/")
        columns = tables.setdefault(table, {})
        columns[column] = value.numpy()
    events = [(event.step, event.kind, _event_value(event)) for event in header.events]
    trainer.history.load_state_dict({"tables": tables, "events": events})


def _event_state(event: EventRecord) -> EventState:
    """JSON has no NaN, which stands for no value."""
    value = None if math.isnan(event.value) else event.value
    state = {"step": event.step, "kind": event.kind, "value": value}
    return EventState.model_validate(state)


def _event_value(event: EventState) -> float:
    return math.nan if event.value is None else event.value
