"""Sound checkpoints, and how they are changed at random: bytes, numbers of the header, tensors."""

import copy
import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load
from torch import Tensor

from playground.experiment import Experiment
from playground.files import HEADER_SIZE, safetensors_bytes
from playground.training.checkpoints import _checksum, to_bytes
from playground.training.trainer import Trainer

OLD = Path(__file__).parents[1] / "tests/training/fixtures/0.2.0"
Base = tuple[str, bytes]
Tensors = dict[str, Tensor]

PLANE: dict[str, Any] = {"dataset": "xor", "size": 100, "batch_size": 20}
NET: list[dict[str, Any]] = [
    {"layer": "linear", "units": 4},
    {"layer": "batchnorm1d"},
    {"layer": "relu"},
]
PICTURES: dict[str, Any] = {"dataset": "digits", "batch_size": 512}
CNN: list[dict[str, Any]] = [
    {"layer": "conv2d", "channels": 2, "kernel": 3},
    {"layer": "batchnorm2d"},
    {"layer": "relu"},
    {"layer": "maxpool2d"},
    {"layer": "flatten"},
]
# Name -> data, layers, training, units of work before it is saved (steps and validations; an epoch has four steps).
RUNS: dict[str, tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any], int]] = {
    "Adam": (PLANE, NET, {}, 7),
    "momentum": (PICTURES, CNN, {"optimizer": {"optimizer": "sgd", "momentum": 0.9}}, 3),
    "average": (PLANE, NET, {"ema": 0.9, "keep_best": True, "clip_norm": 0.5}, 8),
    "stopped early": (PLANE, NET, {"patience": 1, "min_delta": 1.0, "epochs": 8}, 40),
    "accumulated": (PLANE, NET, {"accumulate": 2, "schedule": {"schedule": "plateau"}}, 4),
    "a validation": (PLANE, NET, {"keep_best": True}, 4),
    "one batch": (PLANE, NET, {"overfit_batch": True, "clip_value": 0.1}, 6),
    "Adafactor": (PLANE, NET, {"optimizer": {"optimizer": "adafactor"}}, 6),
    "the beginning": (PLANE, NET, {"ema": 0.5, "patience": 2}, 0),
    "the end": (PLANE, NET, {"epochs": 1, "ema": 0.5}, 40),
}
WILD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 5, 6, 7, 2**31, 2**63, -(2**63), 10**30, -(10**15), 10**400, 0.0, -0.0, 0.5, 1e-45,
    1e38, 1e300, -1e300, float("nan"), float("inf"), float("-inf"), "", "a", "1", "lr", "{}", "\ud800", "x" * 5000,
    [], {}, [1], [[[]]], {"a": 1}, {"tensor": "0"}, {"dict": []},
)  # fmt: skip


@cache
def bases() -> tuple[Base, ...]:
    """The sound files by name."""
    sound = []
    for name, (data, layers, training, units) in RUNS.items():
        parts = {"data": data, "layers": layers, "training": {"epochs": 4, **training}}
        sound.append((name, saved(Experiment.from_dict(parts), units)))
    for path in sorted(OLD.glob("*.safetensors")):
        sound.append((f"0.2.0 {path.stem}", path.read_bytes()))
    return tuple(sound)


def saved(experiment: Experiment, units: int) -> bytes:
    """A run's checkpoint after so many units of work, or at its end."""
    trainer = Trainer(experiment)
    with trainer.turn():
        for unit in range(units):
            if trainer.finished:
                break
            trainer.advance()
            if unit == 2 and not trainer.finished:
                trainer.set("lr", 0.02)
    return to_bytes(trainer)


def mutated(chance: random.Random, sound: tuple[Base, ...]) -> tuple[bytes, str]:
    """A changed file, and what was changed."""
    name, data = chance.choice(sound)
    kind = chance.choice(list(KINDS))
    changed = KINDS[kind](chance, data)
    return changed, f"{name}: {kind}"


# ---- bytes ----


def change_bytes(chance: random.Random, data: bytes) -> bytes:
    """A few bytes exchanged, cut out, doubled, or the end cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        # The first thousand are names, shapes and places.
        end = chance.choice([9, 1_000, len(changed)])
        start = chance.randrange(max(1, min(end, len(changed))))
        length = chance.choice([1, 1, 4, 8, 100])
        piece = bytes(changed[start : start + length])
        how = chance.randrange(5)
        if how == 0:
            changed[start : start + length] = chance.randbytes(length)
        elif how == 1:
            del changed[start : start + length]
        elif how == 2:
            changed[start:start] = piece * chance.choice([1, 3, 1000])
        elif how == 3:
            del changed[start + 1 :]
        elif changed:
            changed[start % len(changed)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def change_file_header(chance: random.Random, data: bytes) -> bytes:
    """The safetensors header: a tensor's type, shape or place, or the length of all of it."""
    length = int.from_bytes(data[:HEADER_SIZE], "little")
    header = json.loads(data[HEADER_SIZE : HEADER_SIZE + length])
    names = [name for name in header if name != "__metadata__"]
    entry = header[chance.choice(names)]
    how = chance.randrange(5)
    if how == 0:
        types = ["F64", "F32", "F16", "I64", "U8", "BOOL", "BF16", "X", "F4", "C64"]
        entry["dtype"] = chance.choice(types)
    elif how == 1:
        sizes = [[], [0], [1], [2**62, 4], [-1], entry["shape"][::-1], [*entry["shape"], 1]]
        entry["shape"] = chance.choice(sizes)
    elif how == 2:
        other = header[chance.choice(names)]
        places = [[0, 0], [0, 2**63], [8, 4], [-8, 8], other["data_offsets"]]
        entry["data_offsets"] = chance.choice(places)
    elif how == 3:
        header["__metadata__"] = chance.choice([None, [], {}, {"checkpoint": ""}, {"sha256": ""}])
    text = json.dumps(header).encode()
    claimed = len(text) if how < 4 else chance.choice([0, 1, 2**31, 2**63, len(text) - 1])
    return claimed.to_bytes(HEADER_SIZE, "little") + text + data[HEADER_SIZE + length :]


# ---- the header's numbers ----


def change_header(chance: random.Random, data: bytes) -> bytes:
    """Values of our own header exchanged for wild ones, left out, or added."""
    header, tensors = parts_of(data)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        change_value(chance, header)
    return signed(header, tensors)


def change_value(chance: random.Random, root: Any) -> None:
    """One value somewhere in a tree of dicts and lists."""
    inner = root
    while True:
        places = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        if not places:
            return
        place = chance.choice(places)
        value = inner[place]
        goes_deeper = isinstance(value, dict | list) and value and chance.random() < 0.85
        if not goes_deeper:
            break
        inner = value
    how = chance.randrange(8)
    if how == 0:
        del inner[place]
    elif how == 1 and isinstance(inner, dict):
        inner[chance.choice(["more", "__class__", "step", "_speed", ""])] = wild(chance)
    elif how <= 3 and type(value) in (int, float):
        # Near the truth: these have to be caught by their relation to others.
        inner[place] = chance.choice([value + 1, value - 1, 2 * value, -value, value // 3])
    else:
        inner[place] = wild(chance)


def change_header_text(chance: random.Random, data: bytes) -> bytes:
    """The header as text: numbers that are none, deep nesting, keys twice."""
    header, tensors = parts_of(data)
    text = json.dumps(header)
    numbers = ["1e400", "-1e999", "NaN", "Infinity", "1" * 5000, "1.5e-400", "-0", "0x1", "01"]
    how = chance.randrange(5)
    digits = [i for i, sign in enumerate(text) if sign.isdecimal()]
    place = chance.choice(digits)
    if how <= 1:
        text = text[:place] + chance.choice(numbers) + text[place + 1 :]
    elif how == 2:
        text = text[:place] + "[" * chance.choice([10, 1_000, 100_000]) + text[place:]
    elif how == 3:
        text = text[:1] + '"step": 3, ' + text[1:]
    else:
        text = text.replace('"step": ', '"step": -', 1)
    return signed(text, tensors)


def wild(chance: random.Random) -> Any:
    return copy.deepcopy(chance.choice(WILD))


# ---- tensors ----


def change_tensors(chance: random.Random, data: bytes) -> bytes:
    """Tensors of another shape, type or value, exchanged, left out, or added."""
    header, tensors = parts_of(data)
    for _ in range(chance.choice([1, 1, 1, 3])):
        change_tensor(chance, tensors)
    return signed(header, tensors)


def change_tensor(chance: random.Random, tensors: Tensors) -> None:
    if not tensors:
        return
    name = chance.choice(sorted(tensors))
    value = tensors[name]
    how = chance.randrange(7)
    if how == 0:
        del tensors[name]
    elif how == 1:
        tensors[name + chance.choice(["x", "/0", ".1"])] = value.clone()
    elif how == 2:
        other = chance.choice(sorted(tensors))
        tensors[name], tensors[other] = tensors[other].clone(), value.clone()
    elif how == 3:
        tensors[name] = reshaped(chance, value)
    elif how == 4:
        types = [torch.float64, torch.float32, torch.float16, torch.int64, torch.uint8, torch.bool]
        tensors[name] = value.to(chance.choice(types))
    else:
        tensors[name] = other_values(chance, value)


def reshaped(chance: random.Random, value: Tensor) -> Tensor:
    """Other dimensions."""
    first = value.reshape(-1)[:1].clone()
    shapes: list[Callable[[], Tensor]] = [
        lambda: first.sum().to(value.dtype),
        lambda: first,
        lambda: value.reshape(-1)[:0].clone(),
        lambda: value.unsqueeze(0).clone(),
        lambda: value.reshape(-1).clone(),
        lambda: value.reshape(-1)[:-1].clone(),
        lambda: torch.cat([value.reshape(-1), first]),
        lambda: value.flip(0).T.contiguous() if value.ndim == 2 else first,
    ]
    return chance.choice(shapes)()


def other_values(chance: random.Random, value: Tensor) -> Tensor:
    """The same shape and type."""
    changed = value.clone().reshape(-1)
    if not len(changed):
        return value
    some = chance.randrange(len(changed))
    if value.dtype == torch.uint8:
        changed[some] = chance.randrange(256)
        if chance.random() < 0.5:
            changed = torch.randint(0, 256, changed.shape, dtype=torch.uint8)
    elif value.is_floating_point():
        numbers = [0.0, -1.0, 1.5, 7.0, 1e30, -1e30, 1e-40, float("nan"), float("inf"), 3e38]
        number = chance.choice(numbers)
        changed[some] = number
        if chance.random() < 0.3:
            changed[:] = number
    elif value.dtype != torch.bool:
        changed[some] = chance.choice([-1, 0, 1, 99, 2**31, 2**62, -(2**63)])
    return changed.reshape(value.shape)


def parts_of(data: bytes) -> tuple[dict[str, Any], Tensors]:
    """Our header and the tensors of a file."""
    length = int.from_bytes(data[:HEADER_SIZE], "little")
    about = json.loads(data[HEADER_SIZE : HEADER_SIZE + length])["__metadata__"]
    return json.loads(about["checkpoint"]), load(data)


def signed(header: dict[str, Any] | str, tensors: Tensors) -> bytes:
    """A file as anybody can write it: the checksum protects from damage alone."""
    text = header if isinstance(header, str) else json.dumps(header)
    text = text.encode("utf-8", "replace").decode()
    return safetensors_bytes(tensors, {"checkpoint": text, "sha256": _checksum(text, tensors)})


KINDS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "bytes": change_bytes,
    "file header": change_file_header,
    "header": change_header,
    "header and tensors": lambda chance, data: change_tensors(chance, change_header(chance, data)),
    "header text": change_header_text,
    "tensors": change_tensors,
}
