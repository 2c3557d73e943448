"""The weights that a network starts with: whether they are here, and what they are."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..catalogues.backbones import LABELS
from ..catalogues.datasets.downloads import DOWNLOADS, SOURCES, sha256_in, sha256_of
from ..catalogues.layers import Layer
from ..experiment import Experiment
from ..faults import ExperimentError, Fault, Repair
from .repairing import repaired

FAULT_OF = {
    "running": "weights_downloading",
    "failed": "weights_failed",
    "absent": "weights_not_downloaded",
}
COUNT = "num_batches_tracked"  # files from before torch 0.4.1 lack it, and torch sets it to 0


def weight_faults(experiment: Experiment) -> list[Fault]:
    """A fault for every layer of which the weights are not here (yet)."""
    faults: list[Fault] = []
    for path, layer in _waiting(experiment.layers, "layers"):
        view = DOWNLOADS.view(layer.download)
        if view.state == "here":
            continue
        values = {
            "name": LABELS[layer.download],
            "file": _place_of(layer.download),
            "detail": view.detail or "–",
        }
        faults.append(
            Fault(
                f"{path}.weights", FAULT_OF[view.state], values, _repairs(experiment, path, layer)
            )
        )
    return faults


def _repairs(experiment: Experiment, path: str, layer: Layer) -> tuple[Repair, ...]:
    """To fetch them, which changes nothing in the experiment, or to start without."""
    fetch = Repair("download_weights", download=layer.download)
    random = layer.model_copy(update={"weights": "random", "frozen": False})
    layers = repaired(experiment.layers, path, (random,), layer)
    return fetch, Repair("start_random", layers)


def _waiting(layers: Sequence[Layer], prefix: str) -> Iterator[tuple[str, Layer]]:
    """Layers that need a download, with their paths, those in blocks too."""
    for i, layer in enumerate(layers):
        path = f"{prefix}[{i}]"
        if layer.download:
            yield path, layer
        if layer.body_field:
            yield from _waiting(getattr(layer, layer.body_field), f"{path}.{layer.body_field}")


def _place_of(name: str) -> str:
    """Where the file belongs, for sentences."""
    return f"{DOWNLOADS.folder_text}/{SOURCES[name].files[0]}"


def pretrained_weights(name: str) -> Mapping[str, Tensor]:
    """What a network of torchvision learned, by torchvision's names. Raises: ExperimentError where it cannot be had."""
    path = DOWNLOADS.folder / SOURCES[name].files[0]
    try:
        stat = path.stat()
        return _read(name, path, stat.st_mtime_ns, stat.st_size)
    except FileNotFoundError:
        code, detail = "weights_not_downloaded", "–"
    except Exception as error:  # torch's reader fails with many kinds of errors
        code = "weights_damaged"
        lines = str(error).splitlines() or [type(error).__name__]
        detail = lines[0][:160]
    values = {"name": LABELS[name], "file": _place_of(name), "detail": detail}
    raise ExperimentError(Fault("layers", code, values)) from None


@lru_cache(maxsize=2)
def _read(name: str, path: Path, mtime_ns: int, size: int) -> Mapping[str, Tensor]:
    """Raises: ValueError, or whatever torch's reader raises, for a file that is not the one that was meant."""
    if not sha256_of(path).startswith(sha256_in(path.name)):
        raise ValueError("its checksum does not match")
    weights: Any = torch.load(path, map_location="cpu", weights_only=True)
    _check(name, weights)
    checked: Mapping[str, Tensor] = weights
    return checked


def _check(name: str, weights: Any) -> None:
    """Raises: ValueError where names, shapes, types or numbers are not those of the network."""
    import torchvision

    with torch.device("meta"):
        expected = torchvision.models.get_model(name, weights=None).state_dict()
    if not isinstance(weights, Mapping):
        raise ValueError("it holds no weights by their names")
    for key in weights:
        if key not in expected:
            raise ValueError(f"nothing of the network is called {str(key)[:60]}")
    for key, template in expected.items():
        value = weights.get(key)
        if value is None and key.endswith(COUNT):
            continue
        if not isinstance(value, Tensor):
            raise ValueError(f"{key} is missing")
        if value.shape != template.shape or value.dtype != template.dtype:
            raise ValueError(f"{key} has another shape or type")
        if not bool(value.isfinite().all()):
            raise ValueError(f"{key} holds NaN or infinity")
