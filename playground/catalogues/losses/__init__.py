"""The catalogue of losses: one class an entry, a file a kind. The first that suits a task is its usual one."""

from . import classes, embeddings, joint, values, yes_no  # noqa: F401  (they register their entries)
from .base import LOSSES, Loss, fitting_losses
from .classes import CrossEntropy

__all__ = ["LOSSES", "CrossEntropy", "Loss", "fitting_losses"]
