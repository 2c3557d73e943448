"""Files of the server's own kinds, sound ones and such as claim what no run of it ever wrote."""

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from typing import Any

import torch
from safetensors.torch import load

from playground.experiment import Experiment
from playground.files import HEADER_SIZE, safetensors_bytes
from playground.training.checkpoints import _checksum, to_bytes
from playground.training.trainer import Trainer
from playground.training.weights import weight_bytes

Header = dict[str, Any]
Tensors = dict[str, torch.Tensor]
Change = Callable[[Header, Tensors], None]

EXPERIMENT = Experiment.from_dict(
    {
        "data": {"dataset": "digits"},
        "layers": [{"layer": "linear", "units": 64}, {"layer": "relu"}],
        "training": {"epochs": 50},
    }
)
STEPS = 3
ENDLESS = "1e400"  # JSON allows it, a float does not hold it


def trained() -> Trainer:
    trainer = Trainer(EXPERIMENT)
    with trainer.turn():
        for _ in range(STEPS):
            trainer.advance()
    return trainer


def parts_of(data: bytes) -> tuple[Header, Tensors]:
    """The header and the tensors of a checkpoint."""
    length = int.from_bytes(data[:HEADER_SIZE], "little")
    about = json.loads(data[HEADER_SIZE : HEADER_SIZE + length])["__metadata__"]
    return json.loads(about["checkpoint"]), load(data)


def signed(text: str, tensors: Tensors) -> bytes:
    """Anybody can compute the checksum: it protects from damage alone."""
    return safetensors_bytes(tensors, {"checkpoint": text, "sha256": _checksum(text, tensors)})


def put(part: str, name: str, value: Any) -> Change:
    """A number of a part of the header."""

    def change(header: Header, _tensors: Tensors) -> None:
        header[part][name] = value

    return change


def put_first(name: str, value: Any) -> Change:
    """A number of the header itself."""

    def change(header: Header, _tensors: Tensors) -> None:
        header[name] = value

    return change


def states_of_no_dimension(_header: Header, tensors: Tensors) -> None:
    for name in tensors:
        if name.startswith("optimizer/") and not name.endswith("/step"):
            tensors[name] = torch.zeros(())


def steps_of_two(_header: Header, tensors: Tensors) -> None:
    for name in tensors:
        if name.endswith("/step"):
            tensors[name] = torch.zeros(2)


def states_too_short(_header: Header, tensors: Tensors) -> None:
    for name in tensors:
        if "exp_avg" in name:
            tensors[name] = torch.zeros(1)


def other_types(_header: Header, tensors: Tensors) -> None:
    for name in tensors:
        tensors[name] = tensors[name].to(torch.float64)


def not_numbers(_header: Header, tensors: Tensors) -> None:
    for name, tensor in tensors.items():
        if tensor.is_floating_point():
            tensors[name] = torch.full_like(tensor, float("nan"))


def names_of_attributes(_header: Header, tensors: Tensors) -> None:
    tensors["model/__class__"] = torch.zeros(1)
    tensors["practice/_speed"] = torch.zeros(1)


def random_state_of_zeros(_header: Header, tensors: Tensors) -> None:
    for name in tensors:
        if name.startswith("random/"):
            tensors[name] = torch.zeros_like(tensors[name])[:7]


CHANGES: dict[str, Change] = {
    "states_of_no_dimension": states_of_no_dimension,
    "steps_of_two": steps_of_two,
    "states_too_short": states_too_short,
    "other_types": other_types,
    "not_numbers": not_numbers,
    "names_of_attributes": names_of_attributes,
    "random_state_of_zeros": random_state_of_zeros,
    "speed_of_zero": put("pace", "steps_per_s", 0),
    "busy_before_it_began": put("pace", "busy_s", -1e12),
    "step_far_below": put_first("step", -(10**15)),
    "step_far_above": put_first("step", 10**18),
    "epoch_of_1e30": put_first("epoch", 10**30),
    "endless_rate": put("live", "base_lr", ENDLESS),
    "format_of_text": put_first("format", "2"),
    "unknown_part": put_first("_speed", 0),
    "experiment_of_another": put_first("experiment", {"layers": [{"layer": "linear"}] * 500}),
    "events_without_end": put_first("events", [{"step": 0, "kind": "lr", "value": 1}] * 100_000),
}


def poisoned(whole: bytes, change: Change) -> bytes:
    """A sound checkpoint with one change, signed again."""
    header, tensors = parts_of(whole)
    change(header, tensors)
    text = json.dumps(header).replace(f'"{ENDLESS}"', ENDLESS)
    return signed(text, tensors)


def saved(value: Any) -> bytes:
    file = io.BytesIO()
    torch.save(value, file)
    return file.getvalue()


def packed(data: bytes) -> bytes:
    """The same ZIP with its entries deflated."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return file.getvalue()


def lying_header(shape: list[int], end: int) -> bytes:
    """A safetensors file that promises more than it has."""
    header = {"model.0.weight": {"dtype": "F32", "shape": shape, "data_offsets": [0, end]}}
    text = json.dumps(header).encode()
    return len(text).to_bytes(HEADER_SIZE, "little") + text + bytes(16)


def weights_files() -> dict[str, Callable[[], bytes]]:
    name = "model.0.weight"
    return {
        "view.pt": lambda: saved({name: torch.zeros(1).expand(10**6, 10**6)}),
        "packed.pt": lambda: packed(saved({name: torch.zeros(10_000, 5_000)})),
        "pickle.pt": lambda: pickle.dumps({name: print}),
        "loop.pt": lambda: saved({name: [[[]]] * 1_000}),
        "large.safetensors": lambda: lying_header([2**40, 2**20], 2**62),
        "short.safetensors": lambda: lying_header([10, 10], 400),
        "negative.safetensors": lambda: lying_header([-1, 4], 16),
    }


def state_files() -> dict[str, Callable[[], bytes]]:
    """Name → how it is made."""
    trainer = trained()
    checkpoint = to_bytes(trainer)
    weights = weight_bytes(trainer.model)
    files: dict[str, Callable[[], bytes]] = {
        "checkpoint.bin": lambda: checkpoint,
        "weights.safetensors": lambda: weights,
        "link.txt": EXPERIMENT.to_link().encode,
    }
    for name, change in CHANGES.items():
        files[f"poisoned/{name}.bin"] = lambda change=change: poisoned(checkpoint, change)  # type: ignore[misc]
    for name, build in weights_files().items():
        files[f"weights/{name}"] = build
    return files
