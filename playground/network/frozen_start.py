"""A frozen backbone at the start of the list: nothing learns in it or before it, so its features can be kept."""

from dataclasses import dataclass
from math import prod

from ..catalogues.backbones import Backbone
from ..experiment import Experiment
from .tracing import Row, Trace

FLOAT_BYTES = 4
MOST_BYTES = 2**27  # of the features of a data set: more are computed again in every epoch


@dataclass(frozen=True)
class FrozenStart:
    """The first layer of a network that begins with a frozen backbone. kept_bytes: of its features, 0 where they are
    not kept."""

    row: Row
    kept_bytes: int

    @property
    def keeps_features(self) -> bool:
        return self.kept_bytes > 0

    @property
    def parameters(self) -> int:
        return self.row.parameters or 0

    @property
    def saved_bytes(self) -> int:
        """What the trace counted for a backward pass, which does not come this far."""
        return self.row.saved_bytes or 0

    def flops(self, n_samples: int) -> int:
        """Of looking at so many samples, the last piece filled up."""
        n_pieces = -(-n_samples // Backbone.piece)  # rounded up
        return (self.row.flops or 0) * n_pieces * Backbone.piece


def frozen_start(experiment: Experiment, traced: Trace) -> FrozenStart | None:
    """None where the list begins with anything else, or is at fault."""
    if not experiment.layers or not traced.rows:
        return None
    row = traced.rows[0]
    is_backbone = row.call is not None and row.call.target is Backbone
    if not is_backbone or not experiment.layers[0].stays_frozen:
        return None
    return FrozenStart(row, _kept_bytes(experiment, row))


def _kept_bytes(experiment: Experiment, row: Row) -> int:
    """Pictures that change by chance have other features each time; half precision is an affair of the moment."""
    training = experiment.training
    changes = experiment.data.augmentation() is not None and not training.overfit_batch
    if changes or training.precision != "float32":
        return 0
    n_samples = sum(experiment.data.counts())
    size = FLOAT_BYTES * n_samples * prod(row.shape or ())
    return size if size <= MOST_BYTES else 0
