"""The catalogue of optimisers: those of `torch.optim` that train a network batch by batch.

Not here: LBFGS and Rprop, which want the gradient of all data at every step, and SparseAdam, which wants sparse ones.
"""

from . import common, further  # noqa: F401  (they register their entries, in the order of the menu)
from .base import OPTIMIZERS, Optimizer
from .common import Adam

__all__ = ["OPTIMIZERS", "Adam", "Optimizer"]
