"""What is measured of every layer, every few steps. One entry here is a column of the history; a chart may draw it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

TINY = 1e-12  # a layer of zeros has no update ratio of infinity


@dataclass(frozen=True)
class Norms:
    """Lengths around one step, one number a layer: all of its matrices together. Each has the shape (layers,)."""

    gradients: np.ndarray  # before clipping
    clipped_gradients: np.ndarray
    changes: np.ndarray  # of the weights, by this step
    weights: np.ndarray  # before this step


def gradient_norm(norms: Norms) -> np.ndarray:
    """How long the gradient is, before clipping. In: norms. Out: (layers,)."""
    return norms.gradients


def update_ratio(norms: Norms) -> np.ndarray:
    """How far the weights move, as a share of their own length. In: norms. Out: (layers,)."""
    ratio: np.ndarray = norms.changes / (norms.weights + TINY)
    return ratio


MEASUREMENTS: dict[str, Callable[[Norms], np.ndarray]] = {
    "grad_norm": gradient_norm,
    "update_ratio": update_ratio,
}
