"""Where an embedding puts samples, and what their nearest neighbours say of one."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from torch import Tensor

from ..experiment import Experiment
from ..training.trainer import VALIDATION_CHUNK, Trainer
from .base import Answer, PageQuestion, Request, asked_as, refused
from .encoding import as_bytes, is_finite, number
from .sample import Sample

NEIGHBOURS = 10  # that answer for an embedding, the nearest first of all
NEIGHBOURS_OF = 512  # validation samples that they are chosen from
MOST_PLACES = 1_000


@dataclass(frozen=True)
class Places:
    """Where validation samples lie: float32 (N, 2), and their class numbers, int64 (N,).

    of: how many validation samples there are. dimensions: of the embedding itself. shown: share of the variance that
    the two axes show; 1 where the network itself gives two numbers or one. asked: where the sample of the question
    lies, float32 (2,).
    """

    places: np.ndarray
    labels: np.ndarray
    of: int
    dimensions: int
    shown: float
    asked: np.ndarray | None


@asked_as("embeddings")
@dataclass(frozen=True)
class Embeddings(PageQuestion[Places]):
    """The outputs for up to 1,000 validation samples, as places in the plane (embeddings only).

    More than two dimensions are projected on the two in which the samples differ most. Source: Pearson 1901 (PCA).
    """

    sample: Sample | None = None
    limit: int = MOST_PLACES

    @classmethod
    def read(cls, request: Request) -> Self:
        if request.get("sample") is None:
            return cls()
        return cls(Sample.read(request))

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Places:
        if trainer.task.answer != "embedding":
            raise refused("this network gives no embedding; choose a loss that does")
        split = trainer.split
        n = min(max(1, self.limit), MOST_PLACES)
        outputs = outputs_of_first(trainer, n)
        labels = split.val_y[:n].numpy()
        of = len(split.val_y)
        dimensions = outputs.shape[1]
        if not bool(outputs.isfinite().all()):  # no axes can be found among such numbers
            nowhere = np.full((len(outputs), 2), np.nan, np.float32)
            return Places(nowhere, labels, of, dimensions, shown=np.nan, asked=None)
        flat, axes, shown = plane_of(outputs)
        asked = None
        if self.sample is not None:
            output = trainer.model(self.sample.inputs(trainer)).float().cpu()
            # Into the same plane as the others, so counted from their mean.
            place = _in_plane(output) if axes is None else (output - outputs.mean(0)) @ axes
            asked = place[0].numpy()
        return Places(flat.numpy(), labels, of, dimensions, shown, asked)

    def tell(self, found: Places, experiment: Experiment) -> Answer:
        """Places as float32 (n, 2) in bytes, labels as uint16 (n,); none of either where they are not finite."""
        finite = is_finite(found.places)
        n = len(found.places) if finite else 0
        # Little-endian, as every browser's machine reads them.
        places = found.places[:n].astype("<f4")
        labels = found.labels[:n].astype("<u2")
        asked = found.asked
        return {
            "places": as_bytes(places),
            "labels": as_bytes(labels),
            "of": found.of,
            "dimensions": found.dimensions,
            "shown": number(found.shown),
            "asked": None if asked is None else [number(value) for value in asked.tolist()],
            "finite": finite and is_finite(asked),
        }


def votes_for_sample(trainer: Trainer, sample: Sample) -> np.ndarray:
    """Votes for the classes by the validation samples nearest to a sample, itself left out: float32 (C,), in all 1.

    NaN where the network's outputs are not finite, since nothing is near to such a place.
    """
    split = trainer.split
    output = trainer.model(sample.inputs(trainer)).float().cpu()
    neighbours = outputs_of_first(trainer, NEIGHBOURS_OF)
    labels = split.val_y[:NEIGHBOURS_OF]
    n_classes = len(split.classes)
    if not bool(output.isfinite().all() and neighbours.isfinite().all()):
        return np.full(n_classes, np.nan, np.float32)
    if sample.index is not None:
        is_other = torch.arange(len(labels)) != sample.index
        neighbours = neighbours[is_other]
        labels = labels[is_other]
    shares = neighbour_shares(output, neighbours, labels, n_classes)
    return shares[0].numpy()


def outputs_of_first(trainer: Trainer, n: int) -> Tensor:
    """The outputs for the first n validation samples: float32 (n, D) on the CPU."""
    outputs = []
    for chunk in trainer.split.val_x[:n].split(VALIDATION_CHUNK):
        output = trainer.model(chunk.to(trainer.device))
        outputs.append(output.float().cpu())
    return torch.cat(outputs)


def neighbour_shares(
    x: Tensor, others: Tensor, labels: Tensor, n_classes: int, themselves: bool = False
) -> Tensor:
    """Votes for the classes by the nearest of the other places: float32 (N, n_classes), in all 1.

    Each neighbour counts twice as much as the next, so more than all behind it together: the nearest decides, as in
    `metrics.NearestNeighbour`, by which a run is judged; the rest put the other classes in order.
    In: places (N, D) and (M, D), the class numbers of the latter (M,). `themselves`: x is `others`, and none counts
    as its own neighbour.
    """
    if themselves:
        # To the last bit as the metric has it: among places that are equally near, both choose the same.
        distance = torch.cdist(x, others)
        distance = distance.fill_diagonal_(float("inf"))
    else:
        # torch's quicker way loses digits where two places are close, which is what matters here.
        distance = torch.cdist(x, others, compute_mode="donot_use_mm_for_euclid_dist")
    n_others = len(others) - 1 if themselves else len(others)
    k = min(NEIGHBOURS, n_others)
    nearest = distance.topk(k, largest=False).indices
    votes = 0.5 ** torch.arange(k, dtype=torch.float32)
    classes = torch.nn.functional.one_hot(labels[nearest], n_classes)  # (N, k, n_classes)
    votes_by_class = classes * votes[:, None]
    return votes_by_class.sum(1) / votes.sum()


def plane_of(x: Tensor) -> tuple[Tensor, Tensor | None, float]:
    """Places (N, D) in the plane: as they are for one or two dimensions, else on their two principal axes.

    Out: (N, 2), counted from their mean where they are projected; the axes (D, 2) or None; the share of the variance
    that is shown.
    """
    if x.shape[1] <= 2:
        return _in_plane(x), None, 1.0
    centred = x - x.mean(0)
    precise = centred.double()
    variances, axes = torch.linalg.eigh(precise.T @ precise)  # the smallest first
    principal = axes[:, [-1, -2]]
    # Of the two directions of an axis always the one in which its largest part is positive: nothing flips over.
    largest = principal.abs().argmax(0)
    signs = principal[largest, [0, 1]].sign()
    principal = (principal * signs).float()
    total = variances.sum().clamp(min=1e-30)  # 0 where all places are the same
    shown = float(variances[-2:].sum() / total)
    return centred @ principal, principal, shown


def _in_plane(x: Tensor) -> Tensor:
    """Places (N, 1) or (N, 2) as (N, 2): single numbers lie on a line, at height 0."""
    if x.shape[1] == 2:
        return x
    return torch.cat([x, torch.zeros_like(x)], 1)
