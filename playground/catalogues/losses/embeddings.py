"""Losses of metric learning: the network gives every sample a place, like ones near each other."""

from typing import Literal

from pydantic import Field

from ..calls import Call
from ..datasets.base import Dataset
from .base import LOSSES, Loss
from .modules import Contrastive, Triplet


class EmbeddingLoss(Loss):
    """Class numbers tell only who is alike; the outputs are places. Source: see the entries."""

    tasks = frozenset({"classification"})
    task = "embedding"
    is_mean_of_samples = False
    dimensions: int = Field(
        2, ge=1, le=128, description="Size of the embedding; 2 dimensions can be drawn directly"
    )

    def n_outputs(self, data: Dataset) -> int:
        return self.dimensions


@LOSSES.register
class TripletMargin(EmbeddingLoss):
    """Every sample must be closer to one of its own class than to one of another class, by a margin.

    The triplets are found in each batch. In: places (N, D), class indices (N,). Out: scalar ≥ 0, the mean of
    max(0, d(anchor, same) − d(anchor, other) + margin); 0 where a batch has no triplet.
    Source: Schroff et al. 2015, FaceNet; sampling after Hermans et al. 2017; torch.nn.TripletMarginLoss.
    """

    id = "triplet_margin"
    label = "Triplet margin"
    margin: float = Field(
        1.0, gt=0, le=100, description="How far ahead the right score must be for a loss of zero"
    )
    sampling: Literal["all", "hard"] = Field(
        "all",
        description="all: every triplet with a loss above zero; hard: for each sample the farthest of its "
        "class and the nearest of another",
    )

    def call(self, data: Dataset) -> Call:
        return Call.of(Triplet, margin=self.margin, sampling=self.sampling)


@LOSSES.register
class ContrastiveLoss(EmbeddingLoss):
    """Pulls pairs of the same class together and pushes others apart until they are a margin away.

    Pairs are all of each batch. torch has no such loss; this one is written out. In: places (N, D), class indices
    (N,). Out: scalar ≥ 0, the mean of ½d² for like pairs and ½ max(0, margin − d)² for others.
    Source: Hadsell, Chopra and LeCun 2006, Dimensionality Reduction by Learning an Invariant Mapping.
    """

    id = "contrastive"
    label = "Contrastive"
    margin: float = Field(
        1.0, gt=0, le=100, description="Distance beyond which different classes cost nothing"
    )

    def call(self, data: Dataset) -> Call:
        return Call.of(Contrastive, margin=self.margin)
