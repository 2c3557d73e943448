"""Files of weights changed at random, and what opening one must leave behind."""

import io
import random
import time
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from safetensors.torch import load

from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.files import safetensors_bytes
from playground.network.builder import build_model
from playground.training.weights import put_into, read_weights, weight_bytes

from .checkpoint_mutations import CNN, NET, PICTURES, PLANE, change_bytes, change_tensor
from .checkpoint_mutations import change_file_header as change_header_of_file

Base = tuple[str, bytes]
EXPERIMENTS = {
    "points": Experiment.from_dict({"data": PLANE, "layers": NET}),
    "pictures": Experiment.from_dict({"data": PICTURES, "layers": CNN}),
}
MOST_BYTES = 2**24


@cache
def bases() -> tuple[Base, ...]:
    """The sound files by name: both networks, both kinds of file."""
    sound = []
    for name, experiment in EXPERIMENTS.items():
        model = build_model(experiment)
        sound.append((f"{name} safetensors", weight_bytes(model)))
        sound.append((f"{name} pt", weight_bytes(model, as_pt=True)))
    return tuple(sound)


def mutated(chance: random.Random, sound: tuple[Base, ...]) -> tuple[bytes, str]:
    """A changed file, and what was changed."""
    name, data = chance.choice(sound)
    kinds = PT_KINDS if name.endswith("pt") else SAFETENSORS_KINDS
    kind = chance.choice(list(kinds))
    return kinds[kind](chance, data), f"{name}: {kind}"


def change_file_header(chance: random.Random, data: bytes) -> bytes:
    return change_header_of_file(chance, data)


def change_tensors(chance: random.Random, data: bytes) -> bytes:
    tensors = load(data)
    for _ in range(chance.choice([1, 1, 3])):
        change_tensor(chance, tensors)
    return safetensors_bytes(tensors)


def change_entry(chance: random.Random, data: bytes) -> bytes:
    """Bytes of one file inside torch's ZIP, which is whole again afterwards: of the pickle, mostly."""
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            files[name] = archive.read(name)
    pickles = [name for name in files if name.endswith(".pkl")]
    name = chance.choice(pickles if chance.random() < 0.8 else sorted(files))
    changed = bytearray(files[name])
    for _ in range(chance.choice([1, 1, 2, 8])):
        if changed:
            place = chance.randrange(len(changed))
            changed[place] = chance.randrange(256)
    files[name] = bytes(changed)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)
    return packed.getvalue()


def change_state(chance: random.Random, data: bytes) -> bytes:
    """Other tensors, saved by torch: of another shape, with steps in memory, not dense, or no tensors."""
    state: dict[str, Any] = torch.load(io.BytesIO(data), weights_only=True)
    name = chance.choice(sorted(state))
    value = state[name]
    first = value.reshape(-1)[:1].float()
    strange: list[Callable[[], Any]] = [
        lambda: first.expand(10**9),
        lambda: torch.as_strided(first, (10**6, 10**6), (0, 0)),
        lambda: value.float().to_sparse(),
        lambda: value.to(torch.complex64),
        lambda: torch.quantize_per_tensor(first, 0.1, 0, torch.qint8),
        lambda: first.to(torch.float8_e4m3fn),
        lambda: torch.nn.Parameter(first),
        lambda: torch.empty(3, device="meta"),
        lambda: torch.nested.nested_tensor([first, first]),
        lambda: [1, 2],
        lambda: "text",
        lambda: None,
        lambda: {"weight": value},
        lambda: value.T.clone() if value.ndim == 2 else value,
        lambda: value.flip(0),
        lambda: torch.full(value.shape, float("nan")),
    ]
    state[name] = chance.choice(strange)()
    if chance.random() < 0.1:
        state = {"state_dict": state}
    saved = io.BytesIO()
    torch.save(state, saved)
    return saved.getvalue()


PT_KINDS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "bytes": change_bytes,
    "an entry": change_entry,
    "state": change_state,
}
SAFETENSORS_KINDS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "bytes": change_bytes,
    "file header": change_file_header,
    "tensors": change_tensors,
}


class Opener:
    """Puts the weights of files into fresh networks."""

    def opened(self, data: bytes) -> dict[str, Any]:
        """What became of a file: "refused" with its sentence, "accepted", or what went wrong."""
        began = time.process_time()
        said = "it fits neither network"
        for experiment in EXPERIMENTS.values():
            model = build_model(experiment)
            before = {name: value.shape for name, value in model.state_dict().items()}
            try:
                put_into(model, read_weights(data, MOST_BYTES), what_fits=True)
            except ExperimentError as error:
                said = str(error)
                continue
            except Exception as error:
                return {"outcome": "exception", "said": f"{type(error).__name__}: {error}"[:300]}
            for name, value in model.state_dict().items():
                if value.shape != before[name] or not bool(value.isfinite().all()):
                    return {"outcome": "impossible", "said": f"{name} is no weight"}
            return {"outcome": "accepted", "seconds": time.process_time() - began}
        seconds = time.process_time() - began
        return {"outcome": "refused", "said": said[:200], "seconds": seconds}
