"""Weights in and out: files that hold numbers and no code, compared with the network key by key."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..faults import ExperimentError, size_text
from ..files import safetensors_bytes
from .trainer import Trainer

MAX_BYTES = 512 * 2**20
# How many batches a BatchNorm has seen: weights from before torch 0.4.1 lack it, and torch too loads them without.
COUNT = "num_batches_tracked"
PREFIXES = ("module.", "_orig_mod.", "model.")  # what wrappers put before every name
SHOWN = 40  # differences told of one kind
Shape = tuple[int, ...]


@dataclass(frozen=True)
class WeightReport:
    """A file's weights beside a network's. `missing`: the network has them, the file has not. `unexpected`: the other
    way round. `different`: both have them, of another shape; (name, shape in the file, shape in the network)."""

    loaded: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    different: tuple[tuple[str, Shape, Shape], ...] = field(default=())

    @property
    def fits(self) -> bool:
        """Whether file and network have the same names and shapes."""
        return not (self.missing or self.unexpected or self.different)

    def __str__(self) -> str:
        """A table: what of each is there, and what differs."""
        n_loaded = len(self.loaded)
        n_wanted = n_loaded + len(self.missing) + len(self.different)
        lines = [f"{n_loaded} of {n_wanted} tensors fit"]
        for name, given, wanted in self.different[:SHOWN]:
            lines.append(f"  {name}: {list(given)} in the file, {list(wanted)} in the network")
        lines += [f"  {name}: not in the file" for name in self.missing[:SHOWN]]
        lines += [f"  {name}: not in the network" for name in self.unexpected[:SHOWN]]
        return "\n".join(lines)


@dataclass(frozen=True)
class StartingWeights:
    """Weights for a run to begin from: called with a fresh trainer it puts those that fit into the network."""

    given: Mapping[str, Tensor]
    what_fits: bool = False

    def __call__(self, trainer: Trainer) -> WeightReport:
        """Raises: ExperimentError where they don't fit."""
        return put_into(trainer.model, self.given, self.what_fits)


def load_weights(
    model: nn.Module, source: str | Path | bytes, what_fits: bool = False
) -> WeightReport:
    """Reads safetensors or a `state_dict` and puts it into the network: all of it, or with `what_fits` whatever has a
    name and shape of the network's.

    Out: what was loaded and what differs. Raises: OSError; ExperimentError where the file is unusable or doesn't fit.
    """
    return put_into(model, read_weights(source), what_fits)


def read_weights(source: str | Path | bytes, max_bytes: int = MAX_BYTES) -> dict[str, Tensor]:
    """The tensors of a safetensors file or of `torch.save(model.state_dict())`, on the CPU.

    Raises: OSError; ExperimentError saying what is wrong: size, format, code, or a tensor that claims too much.
    """
    if not isinstance(source, bytes):
        path = Path(source)
        # Before it is read: a file too large must not fill the memory.
        _check_size(path.stat().st_size, max_bytes)
        source = path.read_bytes()
    _check_size(len(source), max_bytes)
    is_zip = source[:4] == b"PK\x03\x04"
    given = _from_zip(source, max_bytes) if is_zip else _from_safetensors(source)
    if not given:
        raise _unusable("it holds no tensors")
    for name, tensor in given.items():
        _check(name, tensor, max_bytes)
    return given


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        given, most = size_text(size), size_text(limit)
        raise ExperimentError.at("", "upload_too_large", given=given, limit=most)


def _from_safetensors(data: bytes) -> dict[str, Tensor]:
    from safetensors import SafetensorError
    from safetensors.torch import load

    # How pickles begin: those of protocol 2 and later, and the oldest ones.
    if data[:1] == b"\x80" or data[:2] == b"cc":
        raise _unusable(
            "it is a pickle, which can hold code, so it is not opened; "
            "write it again with torch.save(model.state_dict(), …) or as safetensors"
        )
    try:
        return dict(load(data))
    except (SafetensorError, ValueError, KeyError, TypeError, RuntimeError):
        raise _unusable("it is neither safetensors nor a state_dict saved by torch") from None


def _from_zip(data: bytes, max_bytes: int) -> dict[str, Tensor]:
    """torch.save's format, read without running any code in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise _unusable("it is damaged") from None
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise _unusable("it is compressed, as torch never saves; unpack it first")
    if sum(entry.file_size for entry in entries) > max_bytes:
        raise _unusable("it unpacks to more than is accepted")
    try:
        found: Any = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    except Exception as error:
        if "weights_only" in str(error) or "Unsupported" in str(error):
            raise _unusable(
                "it holds more than numbers: a whole module, say, whose pickle can run code, so it is not opened; "
                "write torch.save(model.state_dict(), …) instead"
            ) from None
        raise _unusable("it is damaged") from None
    for key in ("state_dict", "model_state_dict", "model"):
        if isinstance(found, Mapping) and isinstance(found.get(key), Mapping):
            found = found[key]
    if not isinstance(found, Mapping) or not all(isinstance(name, str) for name in found):
        raise _unusable("it is not a state_dict: names with a tensor each")
    other = next((name for name, value in found.items() if not isinstance(value, Tensor)), None)
    if other is not None:
        raise _unusable(f"“{other[:60]}” in it is not a tensor")
    return dict(found)


def _check(name: str, tensor: Tensor, max_bytes: int) -> None:
    """Raises: ExperimentError for a tensor that is more, on paper, than the bytes it brings."""
    is_dense = tensor.layout == torch.strided and not tensor.is_nested
    is_here = tensor.device.type == "cpu"
    if not (is_dense and is_here) or tensor.is_quantized or tensor.is_complex():
        raise _unusable(f"“{name[:60]}” is not an ordinary tensor of numbers")
    size = tensor.numel() * tensor.element_size()
    bytes_there = max(tensor.untyped_storage().nbytes(), 0)
    if size > min(max_bytes, bytes_there):
        raise _unusable(
            f"“{name[:60]}” claims {tensor.numel():,} numbers, which are not in the file"
        )


def compare(given: Mapping[str, Tensor], model: nn.Module) -> WeightReport:
    """Names and shapes of both, key by key."""
    wanted = model.state_dict()
    loaded: list[str] = []
    missing: list[str] = []
    different: list[tuple[str, Shape, Shape]] = []
    for name, value in wanted.items():
        in_file = given.get(name)
        if in_file is None:
            if not name.endswith(COUNT):
                missing.append(name)
        elif in_file.shape == value.shape and _same_kind(in_file, value):
            loaded.append(name)
        else:
            different.append((name, tuple(in_file.shape), tuple(value.shape)))
    return WeightReport(
        loaded=tuple(loaded),
        missing=tuple(missing),
        unexpected=tuple(name for name in given if name not in wanted),
        different=tuple(different),
    )


def _same_kind(given: Tensor, own: Tensor) -> bool:
    """Both fractions or both whole numbers: the exact type is cast."""
    return given.is_floating_point() == own.is_floating_point()


def put_into(
    model: nn.Module, given: Mapping[str, Tensor], what_fits: bool = False
) -> WeightReport:
    """Copies the tensors into the network. Raises: ExperimentError where they don't fit or are not finite."""
    given = unwrapped(given, model)
    report = compare(given, model)
    if not report.fits and not what_fits:
        raise ExperimentError.at("", "weights_differ", table=str(report))
    if not report.loaded:
        raise ExperimentError.at("", "weights_strange", table=str(report))
    own = model.state_dict()
    fitting: dict[str, Tensor] = {}
    for name in report.loaded:
        # Cast first: a float64 of 1e300 is finite in the file and infinite in a float32 network.
        in_file = given[name]
        value = in_file.to(own[name].dtype)
        if not bool(value.isfinite().all()):
            if bool(in_file.isfinite().all()):
                raise _unusable(f"“{name}” holds numbers too large for the network")
            raise _unusable(f"“{name}” holds NaN or infinity")
        fitting[name] = value
    model.load_state_dict(fitting, strict=False)
    return report


def unwrapped(given: Mapping[str, Tensor], model: nn.Module) -> Mapping[str, Tensor]:
    """The same without the word that DataParallel, torch.compile and others put before every name."""
    own = set(model.state_dict())
    for prefix in PREFIXES:
        is_wrapped = all(name.startswith(prefix) for name in given)
        if is_wrapped and own.isdisjoint(given):
            return {name.removeprefix(prefix): value for name, value in given.items()}
    return given


def weight_bytes(model: nn.Module, as_pt: bool = False) -> bytes:
    """A network's weights as safetensors, or as `torch.save(model.state_dict())` writes them."""
    state: dict[str, Tensor] = {}
    for name, value in model.state_dict().items():
        state[name] = value.detach().cpu().contiguous()
    if as_pt:
        buffer = io.BytesIO()
        torch.save(state, buffer)
        return buffer.getvalue()
    return safetensors_bytes(state)


def _unusable(detail: str) -> ExperimentError:
    return ExperimentError.at("", "bad_weights", detail=detail)
