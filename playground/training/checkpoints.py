"""Checkpoints: all that a run needs to go on as if it had never stopped, in one file that holds no code."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from pydantic import ValidationError
from torch import Tensor

from ..experiment import Experiment
from ..faults import ExperimentError
from ..files import HEADER_SIZE, safetensors_bytes
from . import checkpoints_0_2
from .header import FORMAT, MAX_BYTES, Header
from .state import Tensors, is_of_kind, restore, state_of
from .trainer import Trainer

# Of the file's own header: ours, escaped as a text in it, and the name and place of each tensor.
MAX_HEADER_BYTES = 8 * MAX_BYTES
MAX_TENSORS = 20_000


@dataclass(frozen=True)
class Checkpoint:
    """A run at one moment. Called with a fresh trainer of its experiment it puts that into the very same state."""

    experiment: Experiment
    header: Header
    tensors: Mapping[str, Tensor]

    @property
    def step(self) -> int:
        return self.header.step

    @property
    def epoch(self) -> int:
        return self.header.epoch

    @property
    def device(self) -> str:
        """Where the run was."""
        return self.header.device

    def comes_from(self, device: torch.device) -> bool:
        """Whether the run was on a device of this kind; on others chance begins again from the seed."""
        return is_of_kind(self.device, device)

    def __call__(self, trainer: Trainer) -> None:
        """Raises: ExperimentError where the state does not fit the trainer, which is then left as it was."""
        try:
            restore(trainer, self.header, self.tensors)
        except ExperimentError:
            raise
        except Exception as error:
            raise _not_ours(error) from None


class Kept:
    """The question that takes a checkpoint of a run that somebody watches. Out: the file's bytes."""

    def __call__(self, trainer: Trainer) -> bytes:
        """Raises: ExperimentError for a run that has ended: its optimiser's state is gone."""
        if trainer.settled:
            raise ExperimentError.at("", "no_checkpoint")
        # A question finds the averaged weights in the network: swapped again, it has those that are trained.
        with trainer.judged():
            return to_bytes(trainer)


def to_bytes(trainer: Trainer) -> bytes:
    """The checkpoint as safetensors: the tensors, and the header as JSON among the metadata."""
    header, on_device = state_of(trainer)
    tensors: Tensors = {}
    for name, value in on_device.items():
        tensors[name] = value.to("cpu", copy=True).contiguous()
    text = header.model_dump_json()
    about = {"checkpoint": text, "sha256": _checksum(text, tensors)}
    return safetensors_bytes(tensors, about)


def from_bytes(data: bytes) -> Checkpoint:
    """Raises: ExperimentError for anything else than a whole checkpoint of ours."""
    try:
        return _read(data)
    except ExperimentError:
        raise
    except Exception as error:
        raise _not_ours(error) from None


def _read(data: bytes) -> Checkpoint:
    from safetensors.torch import load

    length = int.from_bytes(data[:HEADER_SIZE], "little")
    if length > MAX_HEADER_BYTES:
        raise ValueError("its header is too long")
    tensors = load(data)  # checks the header's form, before it is read here
    if len(tensors) > MAX_TENSORS:
        raise ValueError("it holds too many tensors")
    about = json.loads(data[HEADER_SIZE : HEADER_SIZE + length]).get("__metadata__", {})
    if "checkpoint" not in about:
        raise ValueError("it holds weights alone, which “Load weights” takes")
    text = about["checkpoint"]
    if about["sha256"] != _checksum(text, tensors):
        raise ValueError("it is damaged: its checksum does not match")
    if len(text.encode()) > MAX_BYTES:
        raise ValueError("its header is too long")
    if _format_of(text) == checkpoints_0_2.FORMAT:
        header, tensors = checkpoints_0_2.upgraded(text, tensors)
    else:
        header = Header.model_validate_json(text)
    experiment = Experiment.from_dict(header.experiment)
    return Checkpoint(experiment, header, tensors)


def _format_of(text: str) -> int:
    """Raises: ValueError for a format that this version does not read."""
    version: Any = json.loads(text)["format"]
    if version not in (FORMAT, checkpoints_0_2.FORMAT):
        raise ValueError(f"its format is {str(version)[:20]}; this version reads {FORMAT}")
    return int(version)


def _not_ours(error: Exception) -> ExperimentError:
    lines = str(error).splitlines() or [type(error).__name__]
    detail = lines[0][:200]
    if isinstance(error, KeyError):
        detail = f"{detail} is missing"
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "its header"
        detail = f"{place[:100]}: {first['msg'][:200]}"
    return ExperimentError.at("", "bad_checkpoint", detail=detail)


def _checksum(text: str, tensors: Mapping[str, Tensor]) -> str:
    digest = hashlib.sha256(text.encode())
    for name in sorted(tensors):
        tensor = tensors[name]
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        if tensor.numel():
            digest.update(tensor.reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()
