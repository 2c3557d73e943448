"""What the weights of a network look like: the first filters, and how weights and gradients are distributed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from ..experiment import Experiment
from ..network.builder import matrices, named_layers
from ..training.trainer import Trainer
from .base import Answer, PageQuestion, asked_as
from .encoding import is_finite, short_numbers, signed

MOST_KERNELS = 64
BINS = 40
# Width of a histogram as a share of its largest value: equal values need room for bins, too.
NARROWEST = 1e-6


@dataclass(frozen=True)
class Filters:
    """Filters float32 (channels, k, k) of the layer at `path`, averaged over its input channels; it has `of` in all."""

    path: str
    kernels: np.ndarray
    of: int


@asked_as("kernels")
@dataclass(frozen=True)
class Kernels(PageQuestion[Filters | None]):
    """Filters of the first convolution; None where there is none."""

    limit: int = MOST_KERNELS

    def __call__(self, trainer: Trainer) -> Filters | None:
        for path, module in named_layers(trainer.model).items():
            if isinstance(module, nn.Conv2d):
                kernels = module.weight.detach().mean(1)[: self.limit]
                return Filters(path, kernels.float().cpu().numpy().copy(), module.out_channels)
        return None

    def tell(self, found: Filters | None, experiment: Experiment) -> Answer:
        if found is None:
            return {"path": None}
        kernels = signed(found.kernels)
        return {
            "path": found.path,
            "kernels": kernels,
            "of": found.of,
            "finite": is_finite(found.kernels),
        }


@dataclass(frozen=True)
class Histogram:
    """Counts of finite values in equal bins; `edges` has one more entry than `counts`.

    not_finite: how many values stand in no bin.
    """

    edges: np.ndarray
    counts: np.ndarray
    not_finite: int = 0

    @classmethod
    def of(cls, values: Sequence[Tensor], bins: int) -> "Histogram":
        """Of all numbers of some tensors together. In: tensors of any shape, number of bins."""
        numbers = torch.cat([tensor.detach().flatten() for tensor in values]).cpu().double().numpy()
        finite = numbers[np.isfinite(numbers)]
        low, high = 0.0, 0.0
        if len(finite):
            low, high = float(finite.min()), float(finite.max())
        least_width = NARROWEST * max(abs(low), abs(high), NARROWEST)
        missing_width = max(0.0, least_width - (high - low))
        counts, edges = np.histogram(finite, bins, (low, high + missing_width))
        return cls(edges, counts, len(numbers) - len(finite))

    def told(self) -> Answer:
        """As JSON."""
        return {
            "edges": short_numbers(self.edges),
            "counts": self.counts.tolist(),
            "not_finite": self.not_finite,
        }


LayerHistograms = tuple[Histogram, Histogram | None]  # of the weights, of their gradients


@asked_as("histograms")
@dataclass(frozen=True)
class Histograms(PageQuestion[dict[str, LayerHistograms]]):
    """Weights and last gradients of every layer that has weights. Out: path -> (weights, gradients or None)."""

    bins: int = BINS

    def __call__(self, trainer: Trainer) -> dict[str, LayerHistograms]:
        histograms: dict[str, LayerHistograms] = {}
        for path, weights in matrices(trainer.model).items():
            gradients = [weight.grad for weight in weights if weight.grad is not None]
            has_all = len(gradients) == len(weights)
            of_gradients = Histogram.of(gradients, self.bins) if has_all else None
            histograms[path] = Histogram.of(weights, self.bins), of_gradients
        return histograms

    def tell(self, found: dict[str, LayerHistograms], experiment: Experiment) -> Answer:
        layers = []
        finite = True
        for path, (weights, gradients) in found.items():
            told_gradients = None if gradients is None else gradients.told()
            layers.append({"path": path, "weights": weights.told(), "gradients": told_gradients})
            finite = finite and not weights.not_finite
        return {"layers": layers, "finite": finite}
