"""Questions one may ask of a model: predictions, feature maps, kernels, histograms, decision boundary.

Each is called by a run's worker between two steps, with the model in evaluation mode; hooks are always removed.
Answers are plain numbers and arrays, never the live model.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ..faults import ExperimentError
from ..network.builder import answers_of, matrices, named_layers
from ..network.models import Network
from ..training.trainer import VALIDATION_CHUNK, Trainer

MINIATURES = 3
MINIATURE_SIDE = 28
MINIATURE_VALUES = 64
MAX_MAPS = 64
MAX_FEATURES = 128  # rows in the picture of a sequence
BINS = 40
NEIGHBOURS = 10  # that answer for an embedding, the nearest first of all
NEIGHBOURS_OF = 512  # validation samples that they are chosen from


@dataclass(frozen=True)
class Sample:
    """What is shown to the network: a validation sample by its index, a picture, or a point in the plane.

    pixels: uint8 (28, 28), light ink on dark. picture: bytes (H, W) or (H, W, 3) in the data's own
    size. point: (x, y) in the data's own units. raw: anything that the data
    set's `encode` takes as one sample: a text, a row of numbers.
    """

    index: int | None = None
    picture: bytes | None = None
    pixels: np.ndarray | None = None
    point: tuple[float, float] | None = None
    raw: Any = None

    def inputs(self, trainer: Trainer) -> Tensor:
        """(1, *input_shape) on the run's device. Raises: ExperimentError where it does not fit the data."""
        split = trainer.split
        if self.index is not None:
            if not 0 <= self.index < len(split.val_x):
                detail = f"there are {len(split.val_x)} validation samples, counted from 0"
                raise ExperimentError.at("sample.index", "bad_question", detail=detail)
            return split.val_x[self.index : self.index + 1].to(trainer.device)
        shape = split.input_shape
        if self.raw is not None:
            try:
                raw = trainer.experiment.data.encode([self.raw])[0]
            except ValueError as error:
                raise ExperimentError.at("sample", "bad_question", detail=str(error)) from None
        else:
            raw = self._raw(shape)
        return split.normalise(raw[None]).to(trainer.device)

    def _raw(self, shape: tuple[int, ...]) -> np.ndarray:
        if (
            self.picture is not None
            and len(shape) == 3
            and len(self.picture) == int(np.prod(shape))
        ):
            pixels = (
                np.frombuffer(self.picture, np.uint8)
                .reshape(*shape[1:], shape[0])
                .transpose(2, 0, 1)
            )
            return pixels.astype(np.float32) / np.float32(255)
        if self.pixels is not None and len(shape) == 3 and self.pixels.shape == shape[1:]:
            return np.broadcast_to(self.pixels.astype(np.float32) / np.float32(255), shape)
        if self.point is not None and shape == (2,):
            return np.asarray(self.point, dtype=np.float32)
        detail = f"this network takes samples of shape {shape}; this one has another"
        raise ExperimentError.at("sample", "bad_question", detail=detail)


@dataclass(frozen=True)
class Predict:
    """Probabilities of the classes. Out: float32 (C,), summing to 1."""

    sample: Sample

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> np.ndarray:
        if trainer.task.id == "embedding":
            return self._by_neighbours(trainer)
        return answers(trainer, self.sample.inputs(trainer))[0]

    def _by_neighbours(self, trainer: Trainer) -> np.ndarray:
        """Votes for the classes by the nearest validation samples, the sample itself left out."""
        split = trainer.split
        output = trainer.model(self.sample.inputs(trainer)).float().cpu()
        known, labels = places(trainer, NEIGHBOURS_OF), split.val_y[:NEIGHBOURS_OF]
        if self.sample.index is not None:
            others = torch.arange(len(labels)) != self.sample.index
            known, labels = known[others], labels[others]
        return neighbour_shares(output, known, labels, len(split.classes))[0].numpy()


@dataclass(frozen=True)
class Places:
    """Where validation samples lie: float32 (N, 2), their class numbers (N,), and the place of the sample asked.

    shown: share of the variance that the two axes show; 1 where the network itself gives two numbers or one.
    """

    places: np.ndarray
    labels: np.ndarray
    of: int
    dimensions: int
    shown: float
    asked: np.ndarray | None


@dataclass(frozen=True)
class Embeddings:
    """The outputs for up to 1,000 validation samples, as places in the plane (embeddings only).

    More than two dimensions are projected on the two in which the samples differ most. Source: Pearson 1901 (PCA).
    """

    sample: Sample | None = None
    limit: int = 1_000

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Places:
        if trainer.task.id != "embedding":
            raise ExperimentError.at(
                "",
                "bad_question",
                detail="this network gives no embedding; choose a loss that does",
            )
        split, n = trainer.split, min(max(1, self.limit), 1_000)
        known = places(trainer, n)
        flat, axes, shown = plane_of(known)
        asked = None
        if self.sample is not None:
            output = trainer.model(self.sample.inputs(trainer)).float().cpu()
            asked = ((output - known.mean(0)) @ axes if axes is not None else _in_plane(output))[
                0
            ].numpy()
        labels = split.val_y[:n].numpy()
        return Places(flat.numpy(), labels, len(split.val_y), known.shape[1], shown, asked)


@dataclass(frozen=True)
class Maps:
    """Feature maps of one layer for one sample. maps: float32 (n, H, W); channels: which of the `of` they are.

    Of a sequence: one map (1, features, T), channels the features; steps: what each step is called, where T columns are
    steps.
    """

    maps: np.ndarray
    channels: np.ndarray
    of: int
    steps: tuple[str, ...] | None = None


@dataclass(frozen=True)
class FeatureMaps:
    """The strongest channels of a layer's output, by their mean absolute value; a vector counts as one row.

    A sequence is one picture: a row a feature (the strongest, if they are very many), a column a step.
    """

    path: str
    sample: Sample
    limit: int = 16

    def __call__(self, trainer: Trainer) -> Maps:
        if self.path != "input" and self.path not in named_layers(trainer.model):
            raise ExperimentError.at(
                "path", "bad_question", detail=f"there is no layer “{self.path[:40]}” in this run"
            )
        output = outputs(trainer, self.sample, [self.path])[self.path]
        if output.ndim == 2:
            chosen = np.sort(np.argsort(-np.abs(output).mean(0), kind="stable")[:MAX_FEATURES])
            return Maps(
                output.T[None, chosen],
                chosen,
                output.shape[1],
                step_names(trainer, self.sample, len(output)),
            )
        if output.ndim != 3:
            return Maps(output.reshape(1, 1, -1), np.zeros(1, dtype=np.int64), 1)
        n = min(max(1, self.limit), MAX_MAPS, len(output))
        strongest = np.argsort(-np.abs(output).mean((1, 2)), kind="stable")[:n]
        channels = np.sort(strongest)
        return Maps(output[channels], channels, len(output))


@dataclass(frozen=True)
class Flow:
    """What passes through every layer for one sample, small: up to 3 maps or 64 values of each."""

    sample: Sample

    def __call__(self, trainer: Trainer) -> dict[str, np.ndarray]:
        paths = ["input", *(path for path in named_layers(trainer.model) if ".body" not in path)]
        return {
            path: _miniature(output)
            for path, output in outputs(trainer, self.sample, paths).items()
        }


@dataclass(frozen=True)
class Kernels:
    """Filters of the first convolution. Out: (path, float32 (channels, k, k), averaged over input channels)."""

    limit: int = MAX_MAPS

    def __call__(self, trainer: Trainer) -> tuple[str, np.ndarray] | None:
        for path, module in named_layers(trainer.model).items():
            if isinstance(module, nn.Conv2d):
                return path, module.weight.detach().mean(1)[
                    : self.limit
                ].float().cpu().numpy().copy()
        return None


@dataclass(frozen=True)
class Histogram:
    """Counts of values in equal bins; `edges` has one more entry than `counts`."""

    edges: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True)
class Histograms:
    """Weights and last gradients of every layer that has weights. Out: path -> (weights, gradients or None)."""

    bins: int = BINS

    def __call__(self, trainer: Trainer) -> dict[str, tuple[Histogram, Histogram | None]]:
        found = {}
        for path, weights in matrices(trainer.model).items():
            gradients = [weight.grad for weight in weights if weight.grad is not None]
            gradient = self._of(_in_a_row(gradients)) if len(gradients) == len(weights) else None
            found[path] = (self._of(_in_a_row(weights)), gradient)
        return found

    def _of(self, values: Tensor) -> Histogram:
        every = values.detach().cpu().double().numpy().ravel()
        finite = every[np.isfinite(every)]
        low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
        widened = max(
            0.0, 1e-6 * max(abs(low), abs(high), 1e-6) - (high - low)
        )  # equal values need room for bins
        counts, edges = np.histogram(finite, self.bins, (low, high + widened))
        return Histogram(edges, counts)


@dataclass(frozen=True)
class DeadUnits:
    """Share of each ReLU's units that are zero for every one of up to 256 validation samples."""

    def __call__(self, trainer: Trainer) -> dict[str, float]:
        modules = named_layers(trainer.model)
        paths = [path for path, module in modules.items() if isinstance(module, nn.ReLU)]
        x = trainer.split.val_x[:256].to(trainer.device)
        with torch.inference_mode(), recorded(trainer.model, paths) as found:
            trainer.model(x)
        return {path: float((output <= 0).all(0).float().mean()) for path, output in found.items()}


@dataclass(frozen=True)
class Fitted:
    """True and predicted values in their own unit, float32 (n,) each, and how many validation samples there are."""

    true: np.ndarray
    predicted: np.ndarray
    of: int


@dataclass(frozen=True)
class Fit:
    """Predicted against true: up to 500 validation samples, evenly chosen; of several values the first."""

    limit: int = 500

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Fitted:
        split = trainer.split
        if trainer.experiment.data.task != "regression":
            raise ExperimentError.at(
                "", "bad_question", detail="only values can be compared with the true ones"
            )
        n = min(max(2, self.limit), 500, len(split.val_x))
        chosen = torch.linspace(0, len(split.val_x) - 1, n).round().long()
        parts = split.val_x[chosen].split(VALIDATION_CHUNK)
        found = np.concatenate([answers(trainer, part.to(trainer.device)) for part in parts])
        true = split.natural(split.val_y[chosen].numpy())
        return Fitted(true.reshape(n, -1)[:, 0], found.reshape(n, -1)[:, 0], len(split.val_x))


@dataclass(frozen=True)
class Surface:
    """Probabilities over the plane: float32 (C, n, n), row 0 at the lowest y; extent x0, x1, y0, y1."""

    probabilities: np.ndarray
    extent: tuple[float, float, float, float]


@dataclass(frozen=True)
class Boundary:
    """The class probabilities at every point of a grid around the data (2-D data only)."""

    resolution: int = 64

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Surface:
        grid, n, extent = plane_grid(trainer, self.resolution)
        found = answers(trainer, grid)
        return Surface(found.T.reshape(-1, n, n), extent)


@dataclass(frozen=True)
class UnitMap:
    """The first units of a layer over the plane: float32 (units, n, n), row 0 at the lowest y; `of` units in all."""

    maps: np.ndarray
    of: int


@dataclass(frozen=True)
class UnitMaps:
    """What every unit says at every point of the plane around the data (2-D data only). Out: path -> UnitMap."""

    resolution: int = 20
    limit: int = 12

    def __call__(self, trainer: Trainer) -> dict[str, UnitMap]:
        grid, n, _ = plane_grid(trainer, self.resolution)
        paths = [path for path in named_layers(trainer.model) if ".body" not in path]
        with torch.inference_mode(), recorded(trainer.model, paths) as found:
            trainer.model(grid)
        flat = {path: found[path].float().flatten(1).T.cpu().numpy() for path in paths}
        return {
            path: UnitMap(units[: self.limit].reshape(-1, n, n), len(units))
            for path, units in flat.items()
        }


def plane_grid(
    trainer: Trainer, resolution: int
) -> tuple[Tensor, int, tuple[float, float, float, float]]:
    """(n · n points as the network takes them, n, their extent). Raises: ExperimentError for data not in the plane."""
    split = trainer.split
    if split.input_shape != (2,) or trainer.experiment.data.shape_kind != "points":
        raise ExperimentError.at("", "bad_question", detail="this needs data in the plane")
    n = min(max(8, resolution), 128)
    x0, x1, y0, y1 = extent = plane_extent(trainer)
    xs, ys = np.meshgrid(np.linspace(x0, x1, n), np.linspace(y0, y1, n))
    return split.normalise(np.stack([xs.ravel(), ys.ravel()], 1)).to(trainer.device), n, extent


def plane_extent(trainer: Trainer) -> tuple[float, float, float, float]:
    """A square around all points, with a margin, in the data's own units."""
    split = trainer.split
    points = torch.cat([split.train_x, split.val_x]).numpy() * split.std + split.mean
    low, high = points.min(0), points.max(0)
    middle, half = (low + high) / 2, float((high - low).max()) * 0.55
    return (
        float(middle[0] - half),
        float(middle[0] + half),
        float(middle[1] - half),
        float(middle[1] + half),
    )


def answers(trainer: Trainer, x: Tensor) -> np.ndarray:
    """What the network says of inputs (N, *input_shape): probabilities float32 (N, C); values in their own unit."""
    found = answers_of(trainer.experiment, trainer.model(x)).cpu().numpy()
    if trainer.task.id == "two_tasks":
        return np.concatenate([found[:, :-1], trainer.split.natural(found[:, -1:])], 1)
    return found if trainer.task.reads_scores else trainer.split.natural(found)


def places(trainer: Trainer, n: int) -> Tensor:
    """The outputs for the first n validation samples: float32 (n, D) on the CPU."""
    parts = trainer.split.val_x[:n].split(VALIDATION_CHUNK)
    return torch.cat([trainer.model(part.to(trainer.device)).float().cpu() for part in parts])


def neighbour_shares(
    x: Tensor, known: Tensor, labels: Tensor, n_classes: int, themselves: bool = False
) -> Tensor:
    """Votes for the classes by the nearest of the known places: float32 (N, n_classes), in all 1.

    Each neighbour counts twice as much as the next, so more than all behind it together: the nearest decides, as in
    `metrics.NearestNeighbour`, by which a run is judged; the others order the rest.
    In: places (N, D) and (M, D), the class numbers of the latter (M,). `themselves`: x is `known`, and none counts as
    its own neighbour.
    """
    if themselves:
        distance = torch.cdist(x, known).fill_diagonal_(
            float("inf")
        )  # to the last bit as the metric has it
    else:
        distance = torch.cdist(x, known, compute_mode="donot_use_mm_for_euclid_dist")
    k = min(NEIGHBOURS, len(known) - themselves)
    nearest = distance.topk(k, largest=False).indices
    votes = 0.5 ** torch.arange(k, dtype=torch.float32)
    return (torch.nn.functional.one_hot(labels[nearest], n_classes) * votes[:, None]).sum(
        1
    ) / votes.sum()


def plane_of(x: Tensor) -> tuple[Tensor, Tensor | None, float]:
    """Places (N, D) in the plane: as they are for one or two dimensions, else on their two principal axes.

    Out: (N, 2), the axes (D, 2) or None, the share of the variance that is shown.
    """
    if x.shape[1] <= 2:
        return _in_plane(x), None, 1.0
    centred = (x - x.mean(0)).double()
    spread, axes = torch.linalg.eigh(centred.T @ centred)  # ascending
    two = axes[:, [-1, -2]]
    largest = two.abs().argmax(0)
    two = (two * two[largest, [0, 1]].sign()).float()  # one of the two directions, always the same
    shown = float(spread[-2:].sum() / spread.sum().clamp(min=1e-30))
    return (x - x.mean(0)) @ two, two, shown


def _in_plane(x: Tensor) -> Tensor:
    return x if x.shape[1] == 2 else torch.cat([x, torch.zeros_like(x)], 1)


@contextmanager
def recorded(model: Network, paths: Sequence[str]) -> Iterator[dict[str, Tensor]]:
    """Inside, the outputs of these layers are kept as they come; the hooks are gone afterwards."""
    found: dict[str, Tensor] = {}
    modules = named_layers(model)
    handles = []
    try:
        for path in paths:

            def keep(_module: nn.Module, _inputs: Any, output: Tensor, path: str = path) -> None:
                found[path] = output.detach()

            handles.append(modules[path].register_forward_hook(keep))
        yield found
    finally:
        for handle in handles:
            handle.remove()


def outputs(trainer: Trainer, sample: Sample, paths: Sequence[str]) -> dict[str, np.ndarray]:
    """Outputs of layers for one sample, without the batch: float32 (C, H, W) or (F,). "input" is the input."""
    x = sample.inputs(trainer)
    with (
        torch.inference_mode(),
        recorded(trainer.model, [path for path in paths if path != "input"]) as found,
    ):
        trainer.model(x)
    if x.dtype == torch.int64:
        x = x[:, x[0] != 0]  # as far as the text goes
    tensors: Mapping[str, Tensor] = {"input": x, **found}
    return {path: tensors[path][0].float().cpu().numpy() for path in paths}


def step_names(trainer: Trainer, sample: Sample, n: int) -> tuple[str, ...]:
    """What the n steps of a sequence are called: the tokens of a text, else their numbers from 1."""
    named = trainer.experiment.data.step_names(sample.inputs(trainer)[0].cpu().numpy())
    return named[:n] if len(named) >= n else tuple(str(i + 1) for i in range(n))


def _in_a_row(values: Sequence[Tensor]) -> Tensor:
    return torch.cat([each.detach().flatten() for each in values])


def _miniature(output: np.ndarray) -> np.ndarray:
    if output.ndim == 2 and len(output):
        across, down = (-(-size // MINIATURE_SIDE) for size in output.shape)
        return output.T[None, ::down, ::across]
    if output.ndim != 3:
        flat = output.ravel()
        if len(flat) <= MINIATURE_VALUES:
            return flat
        return flat[np.linspace(0, len(flat) - 1, MINIATURE_VALUES).round().astype(int)]
    strongest = np.argsort(-np.abs(output).mean((1, 2)), kind="stable")[:MINIATURES]
    every = -(-max(output.shape[1:]) // MINIATURE_SIDE)
    return output[np.sort(strongest), ::every, ::every]
