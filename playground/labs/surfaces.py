"""Hills and valleys for optimisers: heights over a plane, by name, typed, or of a real network."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from ..catalogues.datasets.toys import make_moons
from ..faults import ExperimentError
from .formula import value_of, written
from .grammar import Operation, Tree, names_in, parse, parts_of
from .program import Program, Ref

# They join numbers, but a surface has one number at every point.
NOT_OF_A_POINT = ("@", "sum", "mean", "max")
Height = Callable[[Tensor, Tensor], Tensor]  # x, y -> heights, all of one shape


def rosenbrock(x, y):
    """A bent valley: down to its floor is easy, along it is slow. The lowest point is (1, 1)."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(x, y):
    """Flat, with steep corners. The lowest point is (3, 0.5)."""
    xy = x * y
    first = 1.5 - x + xy
    second = 2.25 - x + xy * y
    third = 2.625 - x + xy * y * y
    return first**2 + second**2 + third**2


def saddle(x, y):
    """Up along x, down along y, and flat in the middle."""
    return x**2 - y**2


def ravine(x, y):
    """25 times as steep along y as along x. The lowest point is (2, 1)."""
    return 0.5 * (x - 2) ** 2 + 12.5 * (y - 1) ** 2


def plateau(x, y):
    """A hole in a plain: far from it there is hardly a slope. The lowest point is (0, 0)."""
    return 1 - torch.exp(-(x**2 + y**2) / 4)


def himmelblau(x, y):
    """Four lowest points of one depth; (3, 2) is one of them."""
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def moon_outputs(weights, points):
    """A network with six hidden units, and its 25 weights in one row. In: (…, 25), (N, 2). Out: scores (…, N)."""
    shape = weights.shape[:-1]
    into_hidden = weights[..., :12].reshape(*shape, 2, 6)
    hidden = torch.tanh(points @ into_hidden + weights[..., None, 12:18])
    return (hidden @ weights[..., 18:24, None])[..., 0] + weights[..., 24:]


def moon_loss(weights, points, labels):
    """Its loss on two classes. Out: one number for every row of weights (…)."""
    scores = moon_outputs(weights, points)
    losses = nn.functional.binary_cross_entropy_with_logits(
        scores, labels.expand_as(scores), reduction="none"
    )
    return losses.mean(-1)


@functools.cache
def network_surface():
    """The loss of a small trained network, as its 25 weights move along two directions by x and y.

    Both directions are drawn by chance, and are as long as the trained weights. Source: Li et al. 2018, Visualizing
    the Loss Landscape of Neural Nets.
    """
    points, labels = make_moons(60, 0.15, 0)
    points, labels = torch.tensor(points).double(), torch.tensor(labels).double()
    generator = torch.Generator().manual_seed(3)
    weights = torch.randn(25, generator=generator, dtype=torch.float64).requires_grad_()
    optimizer = torch.optim.Adam([weights], lr=0.05)
    for _ in range(120):
        optimizer.zero_grad()
        moon_loss(weights, points, labels).backward()
        optimizer.step()
    trained = weights.detach()
    directions = torch.randn(2, 25, generator=generator, dtype=torch.float64)
    directions *= trained.norm() / directions.norm(dim=1, keepdim=True)

    def height(x, y):
        moved = trained + x[..., None] * directions[0] + y[..., None] * directions[1]
        return moon_loss(moved, points, labels)

    return height


@dataclass(frozen=True)
class Surface:
    """A surface to descend. x, y: from where to where it is shown. start: where a race usually begins."""

    height: Height
    x: tuple[float, float]
    y: tuple[float, float]
    start: tuple[float, float]
    tree: Tree | None = None  # of a typed formula

    def bind(self, program: Program) -> Ref:
        """The height as an argument of a call in the script."""
        if self.tree is not None:
            return program.define("surface", self.height, _typed_code(self.tree))
        if self.height.__name__ != "height":
            return program.use(self.height)
        program.call("surface", network_surface)
        return Ref("surface")


SURFACES: Mapping[str, Surface] = {
    "rosenbrock": Surface(
        rosenbrock,
        (-2, 2),
        (-1, 3),
        (-1.5, 2.0),
    ),
    "beale": Surface(
        beale,
        (-4.5, 4.5),
        (-4.5, 4.5),
        (-2.0, 2.0),
    ),
    "saddle": Surface(
        saddle,
        (-2, 2),
        (-2, 2),
        (1.5, 0.01),
    ),
    "ravine": Surface(
        ravine,
        (-3, 5),
        (-2, 4),
        (-2.0, 3.0),
    ),
    "plateau": Surface(
        plateau,
        (-6, 6),
        (-6, 6),
        (4.0, 3.0),
    ),
    "himmelblau": Surface(
        himmelblau,
        (-6, 6),
        (-6, 6),
        (0.5, -0.5),
    ),
}


def surface_of(name: str, formula: str, reach: float) -> Surface:
    """A surface by its name; "typed" is that of the formula, shown from −reach to reach. Raises: ExperimentError."""
    if name == "network":
        return Surface(
            network_surface(),
            (-1.5, 1.5),
            (-1.5, 1.5),
            (-1.0, 1.0),
        )
    if name != "typed":
        return SURFACES[name]
    tree = parse(formula, "formula")
    others = [given for given in names_in(tree) if given not in ("x", "y")]
    if others:
        raise ExperimentError.at("formula", "formula_x_y", given=", ".join(others[:5]))
    for part in parts_of(tree):
        if isinstance(part, Operation) and part.operator in NOT_OF_A_POINT:
            raise ExperimentError.at("formula", "formula_of_points", operator=part.operator)
    ends = (-reach, reach)
    start = (-0.6 * reach, 0.6 * reach)
    return Surface(
        _typed_height(tree),
        ends,
        ends,
        start,
        tree,
    )


def _typed_height(tree: Tree) -> Height:
    def surface(x: Tensor, y: Tensor) -> Tensor:
        # A constant has a slope, too: zero.
        heights: Tensor = value_of(tree, {"x": x, "y": y}) + 0 * x + 0 * y
        return heights

    return surface


def _typed_code(tree: Tree) -> str:
    lines = [
        "def surface(x, y):",
        f"    return {written(tree)} + 0 * x + 0 * y  # a constant has a slope, too: zero",
        "",
    ]
    return "\n".join(lines)


def heights_of(surface: Surface, n: int) -> tuple[Tensor, Tensor, Tensor]:
    """A grid of heights. Out: x (n,), y (n,), heights (n, n) with y downwards."""
    x = torch.linspace(*surface.x, n, dtype=torch.float64)
    y = torch.linspace(*surface.y, n, dtype=torch.float64)
    up, across = torch.meshgrid(y, x, indexing="ij")
    with torch.no_grad():
        heights = surface.height(across, up)
    return x, y, heights


def race(surface, racers, start, steps, clip_norm):
    """Lets optimisers descend from one place, side by side.

    In: surface(x, y) -> heights; (class, options) of each optimiser; the place (x, y); the longest gradient that is
    followed, 0 for any. Out: a path for each, the place before every step and after the last.
    """
    rows = torch.tensor([start] * len(racers), dtype=torch.float64, requires_grad=True)
    rows.grad = torch.zeros_like(rows)
    # Each moves a row of its own, (1, 2), so that optimisers for matrices see one.
    points, optimizers = rows.detach().split(1), []
    for point, gradient, (optimizer_class, options) in zip(
        points, rows.grad.split(1), racers, strict=True
    ):
        point.grad = gradient
        optimizers.append(optimizer_class([point], **options))
    places = [rows.detach().clone()]
    for _ in range(steps):
        rows.grad.zero_()
        # The racers do not touch each other: the sum has the gradient of each.
        surface(*rows.T).sum().backward()
        if clip_norm:
            for point in points:
                nn.utils.clip_grad_norm_([point], clip_norm)
        for optimizer in optimizers:
            optimizer.step()
        places.append(rows.detach().clone())
    return torch.stack(places, 1).tolist()


def moments(
    height: Height, racer: tuple[Any, Mapping[str, Any]], trail: Any, clip_norm: float
) -> tuple[Tensor, dict[str, Tensor]]:
    """What an optimiser knows when it steps on from the last place of its trail.

    In: the places (x, y) where it has been. Out: the gradient there before clipping, (2,); its running means by
    torch's names.
    """
    places = torch.tensor(trail, dtype=torch.float64, requires_grad=True)
    # The trail is known: all gradients at once take a fraction of the time of one after the other.
    height(*places.T).sum().backward()
    assert places.grad is not None
    optimizer_class, options = racer
    point = places[:1].detach().clone().requires_grad_()
    optimizer = optimizer_class([point], **options)
    for gradient in places.grad.split(1):
        point.grad = gradient.clone()
        if clip_norm:
            nn.utils.clip_grad_norm_([point], clip_norm)
        optimizer.step()
    kept = {}
    for name, value in optimizer.state[point].items():
        if isinstance(value, Tensor) and value.shape == point.shape:
            kept[name] = value[0].detach()
    return places.grad[-1], kept
