"""The plane around points: what the network and each unit say there; and units that are dead."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from torch import Tensor, nn

from ..experiment import Experiment
from ..network.builder import named_layers
from ..training.trainer import Trainer
from .base import Answer, PageQuestion, Request, asked_as, integer_of, refused
from .encoding import is_finite, levels, number, signed
from .probes import answers, recorded, top_layers

RESOLUTION = 64  # points a side where a request does not say how many
LEAST_RESOLUTION, MOST_RESOLUTION = 8, 128
# Half a side of the square, as a share of the data's longer side: a tenth is added in all.
MARGIN = 0.55
JUDGED_DEAD_BY = 256  # validation samples

Extent = tuple[float, float, float, float]  # x0, x1, y0, y1 in the data's own units


@dataclass(frozen=True)
class Surface:
    """What the network says over the plane: float32 (C, n, n), row 0 at the lowest y."""

    probabilities: np.ndarray
    extent: Extent


@asked_as("boundary")
@dataclass(frozen=True)
class Boundary(PageQuestion[Surface]):
    """The class probabilities at every point of a grid around the data (2-D data only). resolution: points a side."""

    resolution: int = RESOLUTION

    @classmethod
    def read(cls, request: Request) -> Self:
        return cls(integer_of(request, "resolution", RESOLUTION))

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Surface:
        grid, n, extent = plane_grid(trainer, self.resolution)
        by_class = answers(trainer, grid).T
        return Surface(by_class.reshape(-1, n, n), extent)

    def tell(self, found: Surface, experiment: Experiment) -> Answer:
        return {
            "probabilities": levels(found.probabilities, 0.0, 1.0),
            "extent": found.extent,
            "finite": is_finite(found.probabilities),
        }


@dataclass(frozen=True)
class UnitMap:
    """The first units of a layer over the plane: float32 (units, n, n), row 0 at the lowest y; `of` units in all."""

    maps: np.ndarray
    of: int


@asked_as("unit_maps")
@dataclass(frozen=True)
class UnitMaps(PageQuestion[dict[str, UnitMap]]):
    """What every unit says at every point of the plane around the data (2-D data only). Out: path -> UnitMap.

    resolution: points a side. limit: units of a layer that are shown.
    """

    resolution: int = 20
    limit: int = 12

    def __call__(self, trainer: Trainer) -> dict[str, UnitMap]:
        grid, n, _ = plane_grid(trainer, self.resolution)
        paths = top_layers(trainer.model)
        with torch.inference_mode(), recorded(trainer.model, paths) as outputs:
            trainer.model(grid)
        maps = {}
        for path in paths:
            units = outputs[path].float().flatten(1).T.cpu().numpy()  # (units, n · n)
            maps[path] = UnitMap(units[: self.limit].reshape(-1, n, n), len(units))
        return maps

    def tell(self, found: dict[str, UnitMap], experiment: Experiment) -> Answer:
        layers = []
        for path, units in found.items():
            layers.append({"path": path, "of": units.of, "maps": signed(units.maps)})
        all_maps = [units.maps for units in found.values()]
        return {"layers": layers, "finite": is_finite(*all_maps)}


@asked_as("dead_units")
@dataclass(frozen=True)
class DeadUnits(PageQuestion[dict[str, float]]):
    """Share of each ReLU's units that are zero for every one of up to 256 validation samples; NaN if it gives NaN."""

    def __call__(self, trainer: Trainer) -> dict[str, float]:
        modules = named_layers(trainer.model)
        paths = [path for path, module in modules.items() if isinstance(module, nn.ReLU)]
        x = trainer.split.val_x[:JUDGED_DEAD_BY].to(trainer.device)
        with torch.inference_mode(), recorded(trainer.model, paths) as outputs:
            trainer.model(x)
        return {path: _dead_share(output) for path, output in outputs.items()}

    def tell(self, found: dict[str, float], experiment: Experiment) -> Answer:
        layers = [{"path": path, "share": number(share)} for path, share in found.items()]
        finite = all(map(math.isfinite, found.values()))
        return {"layers": layers, "finite": finite}


def _dead_share(output: Tensor) -> float:
    """In: outputs of a ReLU (N, …). Out: share of the units that are zero for all N."""
    if not bool(output.isfinite().all()):
        return math.nan
    is_dead = (output <= 0).all(0)
    return float(is_dead.float().mean())


def plane_grid(trainer: Trainer, resolution: int) -> tuple[Tensor, int, Extent]:
    """(n · n points as the network takes them, n, their extent). Raises: ExperimentError for data not in the plane."""
    split = trainer.split
    if split.input_shape != (2,) or trainer.experiment.data.shape_kind != "points":
        raise refused("this needs data in the plane")
    n = min(max(LEAST_RESOLUTION, resolution), MOST_RESOLUTION)
    extent = plane_extent(trainer)
    x0, x1, y0, y1 = extent
    columns = np.linspace(x0, x1, n)
    rows = np.linspace(y0, y1, n)
    xs, ys = np.meshgrid(columns, rows)
    points = np.stack([xs.ravel(), ys.ravel()], 1)
    grid = split.normalise(points)
    return grid.to(trainer.device), n, extent


def plane_extent(trainer: Trainer) -> Extent:
    """A square around all points, with a margin, in the data's own units."""
    split = trainer.split
    normalised = torch.cat([split.train_x, split.val_x]).numpy()
    points = normalised * split.std + split.mean
    low = points.min(0)
    high = points.max(0)
    middle = (low + high) / 2
    half = float((high - low).max()) * MARGIN
    x0, y0 = (middle - half).tolist()
    x1, y1 = (middle + half).tolist()
    return x0, x1, y0, y1
