"""Checkpoints: all that a run needs to go on as if it had never stopped, in one file that holds no code."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..experiment import Experiment
from ..faults import ExperimentError
from ..files import safetensors_bytes, sweep, write_whole
from .practice import Average, Patience
from .trainer import Trainer

FORMAT = 1
PREFIX, SUFFIX = "checkpoint-", ".safetensors"
KEPT = 2  # checkpoints kept in a folder: where the newest is damaged, the one before still goes
MAX_DEPTH = 40
# What a fresh trainer of the same experiment has anyway, and what is worked out again (see `Trainer.go_on`).
REBUILT = frozenset(
    {
        "experiment",
        "device",
        "threads",
        "steps_per_epoch",
        "total_steps",
        "measure_every",
        "split",
        "format",
        "task",
    }
    | {
        "_parameters",
        "_weights",
        "_weighing",
        "_parts",
        "_autocast",
        "_check_each_step",
        "_data",
        "_batches",
        "_validation",
    }
    | {"_pending", "_pending_layers"}
)
Plain = bool | int | float | str | None


@dataclass(frozen=True)
class Checkpoint:
    """A run at one moment. Called with a fresh trainer of its experiment it puts that into the very same state."""

    experiment: Experiment
    device: str
    step: int
    epoch: int
    state: Mapping[str, Any]

    def __call__(self, trainer: Trainer) -> None:
        """Raises: ExperimentError where the state does not fit the trainer."""
        try:
            _restore(trainer, self.state)
        except ExperimentError:
            raise
        except Exception as error:
            raise _not_ours(error) from None


def kept(value: Any) -> bool:
    """Whether a checkpoint keeps an attribute of a trainer with this value."""
    known = isinstance(value, Plain | Tensor | torch.Generator | Average | Patience)
    return known or hasattr(value, "state_dict")


def state_of(trainer: Trainer) -> dict[str, Any]:
    """All that changes while a run goes on. Raises: Diverged where the last steps turn out to have been spoiled."""
    trainer.flush()
    attributes = {
        name: value for name, value in vars(trainer).items() if name not in REBUILT and kept(value)
    }
    state = {name: _state(value) for name, value in attributes.items()}
    return {"attributes": state, "left": len(trainer._batches), "validating": trainer.validating}


def _state(value: Any) -> Any:
    if isinstance(value, torch.Generator):
        return value.get_state()
    if isinstance(value, Average | Patience):
        return dict(vars(value))
    return value if isinstance(value, Plain | Tensor) else value.state_dict()


def _restore(trainer: Trainer, state: Mapping[str, Any]) -> None:
    given = state["attributes"]
    for name, value in list(vars(trainer).items()):
        if name in REBUILT or not kept(value):
            continue
        new = given[name]
        if isinstance(value, torch.Generator):
            value.set_state(new)
        elif isinstance(value, Average | Patience):
            vars(value).update({key: _on(trainer.device, new[key]) for key in vars(value)})
        elif hasattr(value, "state_dict"):
            value.load_state_dict(new)
        elif isinstance(new, Plain | Tensor) and not isinstance(new, str):
            setattr(trainer, name, _on(trainer.device, new))
        else:
            raise ValueError(f"{name} is not a number")
    _check_optimizer(trainer.optimizer)
    trainer.go_on(int(state["left"]), bool(state["validating"]))


def _on(device: torch.device, value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.to(device)
    if isinstance(value, list):
        return [_on(device, each) for each in value]
    return (
        {key: _on(device, each) for key, each in value.items()}
        if isinstance(value, dict)
        else value
    )


def _check_optimizer(optimizer: torch.optim.Optimizer) -> None:
    """Raises: ValueError where a tensor does not belong to its parameter: fused kernels do not look themselves."""
    for parameter, own in optimizer.state.items():
        for name, value in own.items():
            if isinstance(value, Tensor) and value.ndim and _form(value) != _form(parameter):
                raise ValueError(f"{name} of the optimiser has shape {tuple(value.shape)}")


def _form(tensor: Tensor) -> list[tuple[int, int]]:
    """Sizes with their strides; how a dimension of one lies does not matter."""
    pairs = zip(tensor.shape, tensor.stride(), strict=True)
    return [(size, stride if size > 1 else 0) for size, stride in pairs]


class Kept:
    """The question that takes a checkpoint of a run that somebody watches. Out: the file's bytes."""

    def __call__(self, trainer: Trainer) -> bytes:
        """Raises: ExperimentError for a run that has ended: its optimiser's state is gone."""
        if trainer.settled:
            raise ExperimentError.at("", "no_checkpoint")
        with (
            trainer.judged()
        ):  # who asks finds the averaged weights: the second time gives back what training has
            return to_bytes(trainer)


# ---- one file ----


def to_bytes(trainer: Trainer) -> bytes:
    """The checkpoint as safetensors: the tensors, and everything else as JSON among the metadata."""
    tensors: dict[str, Tensor] = {}
    about = {
        "format": FORMAT,
        "torch": torch.__version__,
        "device": str(trainer.device),
        "step": trainer.step,
        "epoch": trainer.epoch,
        "experiment": trainer.experiment.to_dict(),
        "state": _packed(state_of(trainer), tensors),
    }
    text = json.dumps(about)
    return safetensors_bytes(tensors, {"checkpoint": text, "sha256": _checksum(text, tensors)})


def from_bytes(data: bytes) -> Checkpoint:
    """Raises: ExperimentError for anything else than a whole checkpoint of ours."""
    from safetensors.torch import load

    try:
        tensors = load(data)
        length = int.from_bytes(data[:8], "little")
        about = json.loads(data[8 : 8 + length]).get("__metadata__", {})
        if "checkpoint" not in about:
            raise ValueError("it holds weights alone, which “Load weights” takes")
        text = about["checkpoint"]
        if about["sha256"] != _checksum(text, tensors):
            raise ValueError("it is damaged: its checksum is another")
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise ValueError(f"its format is {found['format']}; this version reads {FORMAT}")
        experiment = Experiment.from_dict(found["experiment"])
        state = _unpacked(found["state"], tensors)
        return Checkpoint(
            experiment, str(found["device"]), int(found["step"]), int(found["epoch"]), state
        )
    except ExperimentError:
        raise
    except Exception as error:
        raise _not_ours(error) from None


def _not_ours(error: Exception) -> ExperimentError:
    detail = (str(error).splitlines() or [type(error).__name__])[0][:200]
    if isinstance(error, KeyError):
        detail = f"{detail} is missing"
    return ExperimentError.at("", "bad_checkpoint", detail=detail)


def _checksum(text: str, tensors: Mapping[str, Tensor]) -> str:
    digest = hashlib.sha256(text.encode())
    for name in sorted(tensors):
        tensor = tensors[name]
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        if tensor.numel():
            digest.update(tensor.reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()


def _packed(value: Any, tensors: dict[str, Tensor]) -> Any:
    """Nested state as JSON; every tensor goes into `tensors` and leaves its name, and its order in memory."""
    if isinstance(value, np.ndarray):
        return {"array": _packed(torch.from_numpy(np.ascontiguousarray(value)), tensors)}
    if isinstance(value, Tensor):
        name = str(len(tensors))
        order = sorted(range(value.ndim), key=lambda i: (-value.stride(i), i))
        plain = value.is_contiguous()
        tensors[name] = value.detach().to("cpu", copy=True).contiguous()
        return {"tensor": name} if plain else {"tensor": name, "order": order}
    if isinstance(value, Mapping):
        return {
            "dict": [[_packed(key, tensors), _packed(each, tensors)] for key, each in value.items()]
        }
    if isinstance(value, tuple):
        return {"tuple": [_packed(each, tensors) for each in value]}
    if isinstance(value, list):
        return [_packed(each, tensors) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Plain):
        return value
    raise TypeError(f"a checkpoint cannot hold a {type(value).__name__}")


def _unpacked(value: Any, tensors: Mapping[str, Tensor], depth: int = 0) -> Any:
    if depth > MAX_DEPTH:
        raise ValueError("it is nested too deeply")
    if isinstance(value, list):
        return [_unpacked(each, tensors, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return _unpacked(value["array"], tensors, depth + 1).numpy()
    if "tensor" in value:
        return _in_order(tensors[value["tensor"]], value.get("order"))
    if "tuple" in value:
        return tuple(_unpacked(value["tuple"], tensors, depth + 1))
    pairs = value["dict"]
    return {
        _unpacked(key, tensors, depth + 1): _unpacked(each, tensors, depth + 1)
        for key, each in pairs
    }


def _in_order(tensor: Tensor, order: list[int] | None) -> Tensor:
    """The tensor with its dimensions in memory as they were (channels_last): fused kernels count on it."""
    if order is None:
        return tensor
    back = sorted(range(len(order)), key=order.__getitem__)
    return tensor.permute(order).contiguous().permute(back)


# ---- a folder of them ----


def save_checkpoint(trainer: Trainer, folder: Path) -> Path:
    """Writes the trainer's state whole, then removes all but the newest few."""
    path = (
        folder
        / f"{PREFIX}{trainer.step:010d}-{'v' if trainer.validating else 't'}{trainer.epoch:05d}{SUFFIX}"
    )
    write_whole(path, to_bytes(trainer))
    for old in checkpoints_in(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return path


def checkpoints_in(folder: Path) -> list[Path]:
    """The newest first."""
    return sorted(folder.glob(f"{PREFIX}*{SUFFIX}"), key=_place, reverse=True)


def _place(path: Path) -> tuple[str, str]:
    """By step, then by epoch: after the last step of an epoch, its validation has begun or is over."""
    step, _, rest = path.name.removeprefix(PREFIX).removesuffix(SUFFIX).partition("-")
    return step, rest[1:]


def latest_checkpoint(folder: Path) -> Checkpoint | None:
    """The newest one that is whole; None where there is none. Raises: ExperimentError where all are damaged."""
    fault: ExperimentError | None = None
    for path in checkpoints_in(folder):
        try:
            return from_bytes(path.read_bytes())
        except ExperimentError as error:
            fault = fault or error
    if fault is not None:
        raise fault
    return None


class Keeper:
    """Writes a checkpoint into a folder every so many seconds or epochs, and when training ends."""

    def __init__(self, folder: Path, every_s: float = 60.0, every_epochs: int | None = None):
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder, PREFIX)
        self._folder, self._every_s, self._every_epochs = folder, every_s, every_epochs
        self._saved_at, self._epoch = time.monotonic(), 0

    def first(self, experiment: Experiment, resume: bool) -> Checkpoint | None:
        """What to go on from; None for a start. Raises: ExperimentError where the folder belongs to another run."""
        if not resume:
            if checkpoints_in(self._folder):
                raise ExperimentError.at("checkpoint", "has_checkpoints", folder=str(self._folder))
            return None
        found = latest_checkpoint(self._folder)
        if found is not None and found.experiment != experiment:
            raise ExperimentError.at("checkpoint", "other_checkpoint", folder=str(self._folder))
        self._epoch = found.epoch if found else 0
        return found

    def after(self, trainer: Trainer) -> None:
        """To be called after every unit of work."""
        due = trainer.epoch - self._epoch >= self._every_epochs if self._every_epochs else False
        if due or trainer.finished or time.monotonic() - self._saved_at >= self._every_s:
            save_checkpoint(trainer, self._folder)
            self._saved_at, self._epoch = time.monotonic(), trainer.epoch
