"""What a frozen backbone makes of pictures: computed when it is first asked for, and kept."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

import torch
from torch import Tensor, nn

from ..catalogues.layers import Shape
from ..experiment import Experiment
from ..network.frozen_start import MOST_BYTES
from .layouts import in_layout, without_samples


@dataclass
class Kept:
    """Features of a part of a data set, and which of them are there: (N, …) and bool (N,)."""

    features: Tensor
    is_there: Tensor

    @property
    def size_bytes(self) -> int:
        return self.features.numel() * self.features.element_size()


class Shelf:
    """Features that the next run on the same data and weights can use; the longest unused make room."""

    def __init__(self, max_bytes: int = MOST_BYTES):
        self._max_bytes = max_bytes
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Hashable, blank: Kept) -> Kept:
        """Those of this key; the blank ones where there are none, which are kept from now on."""
        with self._lock:
            kept = self._kept.setdefault(key, blank)
            self._kept.move_to_end(key)
            sizes = [other.size_bytes for other in self._kept.values()]
            while sum(sizes) > self._max_bytes:
                self._kept.popitem(last=False)
                sizes.pop(0)
            return kept


SHELF = Shelf()


class FrozenFeatures:
    """The features of a part of a data set, by position. Bit for bit those that the backbone gives for any batch."""

    def __init__(self, backbone: nn.Module, x: Tensor, shape: Shape, key: Hashable | None):
        """In: pictures on the backbone's device; the shape of one's features; `key` names data and weights, None:
        nobody else has the same."""
        self._backbone = backbone
        self._x = x
        self._shape = shape
        self._weights = _version_of(backbone)
        self._kept = self._blank()
        if key is not None:
            self._kept = SHELF.take(key, self._kept)

    def _blank(self) -> Kept:
        """As many as there are pictures, none of them there."""
        n = len(self._x)
        features = torch.zeros(n, *self._shape, device=self._x.device)
        is_there = torch.zeros(n, dtype=torch.bool, device=self._x.device)
        return Kept(features, is_there)

    def __call__(self, positions: Tensor) -> Tensor:
        """In: int64 (n,). Out: (n, …)."""
        self._forget_if_changed()
        kept = self._kept
        missing = positions[~kept.is_there[positions]].unique()
        if len(missing):
            x = in_layout(self._x.index_select(0, missing), torch.channels_last)
            with torch.no_grad():
                kept.features[missing] = self._backbone(x)
            kept.is_there[missing] = True
        features = kept.features.index_select(0, positions)
        return in_layout(features, torch.channels_last)

    def _forget_if_changed(self) -> None:
        """Somebody may load other weights into the network."""
        weights = _version_of(self._backbone)
        if weights != self._weights:
            self._weights = weights
            self._kept = self._blank()

    def release(self) -> None:
        """Gives the memory back, as far as it is this run's own."""
        self._x = without_samples(self._x)
        features, is_there = self._kept.features, self._kept.is_there
        self._kept = Kept(without_samples(features), without_samples(is_there))


@dataclass(frozen=True)
class KeepsFeatures:
    """Makes the stores of features for the parts of a data set. key: as `features_key` says."""

    backbone: nn.Module
    shape: Shape
    key: Hashable | None

    def of(self, x: Tensor, part: str) -> FrozenFeatures:
        """In: the pictures of that part, on the device."""
        key = None if self.key is None else (part, self.key)
        return FrozenFeatures(self.backbone, x, self.shape, key)


def _version_of(backbone: nn.Module) -> int:
    """Another number after every change of the weights: torch counts what is written into a tensor."""
    tensors = backbone.state_dict(keep_vars=True).values()
    return sum(tensor._version for tensor in tensors)


def features_key(experiment: Experiment, device: torch.device, threads: int) -> Hashable | None:
    """What the features hang on; None where no other run has these weights."""
    backbone = experiment.layers[0]
    if not backbone.download:
        return None
    data = experiment.data.model_dump(mode="json")
    for name in ("batch_size", "augment"):
        data.pop(name, None)
    return str(data), backbone.model_dump_json(), str(device), threads
