"""Points in the plane: small enough to watch every weight, hard enough to need a network."""

from collections.abc import Callable
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from .base import DATASETS, Dataset


def make_gaussians(size, noise, seed, n_classes):
    """Round clouds, their centres evenly spread on the unit circle; each has a spread of 0.1 + noise."""
    rng = np.random.default_rng(seed)
    y = np.arange(size) % n_classes
    # An eighth of a turn on, so that no centre lies on an axis.
    angle = 2 * np.pi * y / n_classes + np.pi / 4
    centres = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    spread = 0.1 + noise
    x = centres + rng.normal(0, spread, (size, 2))
    return x.astype(np.float32), y.astype(np.int64)


def make_circles(size, noise, seed):
    """Two rings around the origin: radius 1 for class 0, radius 0.5 for class 1."""
    rng = np.random.default_rng(seed)
    y = np.arange(size) % 2
    angle = rng.uniform(0, 2 * np.pi, size)
    radius = np.where(y == 0, 1.0, 0.5)
    direction = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    x = radius[:, None] * direction
    x += rng.normal(0, noise, (size, 2))
    return x.astype(np.float32), y.astype(np.int64)


def make_xor(size, noise, seed):
    """Four squares: class 0 where both coordinates have the same sign, class 1 where they differ."""
    rng = np.random.default_rng(seed)
    y = np.arange(size) % 2
    # From 0.05 on, so that the squares do not touch.
    distance = rng.uniform(0.05, 1.0, (size, 2))
    # Both coordinates get the same sign; class 1 has the second one turned round.
    sign = rng.choice([-1.0, 1.0], (size, 1))
    turn = np.where(y == 0, 1.0, -1.0)
    x = distance * sign
    x[:, 1] *= turn
    x += rng.normal(0, noise, (size, 2))
    return x.astype(np.float32), y.astype(np.int64)


def make_moons(size, noise, seed):
    """Two half circles of radius 1 that reach into each other, one opening down, one opening up."""
    rng = np.random.default_rng(seed)
    y = np.arange(size) % 2
    angle = rng.uniform(0, np.pi, size)
    right = np.cos(angle) - 0.5
    up = np.sin(angle) - 0.25
    upper = np.stack([right, up], axis=1)
    # The lower moon is the upper one turned by half a turn around the origin.
    lower = np.stack([0.5 - np.cos(angle), 0.25 - np.sin(angle)], axis=1)
    is_upper = y[:, None] == 0
    x = np.where(is_upper, upper, lower)
    x += rng.normal(0, noise, (size, 2))
    return x.astype(np.float32), y.astype(np.int64)


def make_spirals(size, noise, seed, n_classes, turns):
    """Arms that wind around the origin `turns` times while their radius grows from 0.1 to 1."""
    rng = np.random.default_rng(seed)
    y = np.arange(size) % n_classes
    radius = rng.uniform(0.1, 1.0, size)
    # In turns: the farther out, the farther round; each arm starts where the one before has not come yet.
    first_turn = y / n_classes
    angle = 2 * np.pi * (turns * radius + first_turn)
    direction = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    x = radius[:, None] * direction
    x += rng.normal(0, noise, (size, 2))
    return x.astype(np.float32), y.astype(np.int64)


def noise_field(
    default: float, description: str = "How far each point is randomly shifted (standard deviation)"
) -> Any:
    """The field for the noise; only its default and, now and then, its meaning differ."""
    return Field(
        default,
        ge=0,
        le=1,
        description=description,
        json_schema_extra={"step": 0.01},
    )


class Toy(Dataset):
    """Points in the plane. Out: x (N, 2), y class numbers; the classes are as even as the size allows."""

    group = "points"
    shape_kind: ClassVar[Literal["image", "points"]] = "points"
    classes = ("A", "B")
    input_shape = (2,)
    make: ClassVar[Callable[..., tuple[np.ndarray, np.ndarray]]]

    size: int = Field(
        500,
        ge=40,
        le=10_000,
        description="Number of points",
        json_schema_extra={"step": 10, "log": True},
    )
    noise: float = noise_field(0.1)
    seed: int = Field(
        0,
        ge=0,
        le=2**31 - 1,
        description="Fixes the random points: same seed, same points",
    )

    def n_samples(self) -> int:
        return self.size

    def class_names(self) -> tuple[str, ...]:
        n_classes = getattr(self, "n_classes", 2)
        return tuple("ABCDEF"[:n_classes])

    def arguments(self) -> dict[str, Any]:
        """What the points are made from: every field but the common ones."""
        arguments: dict[str, Any] = {}
        for name in type(self).model_fields:
            if name not in Dataset.model_fields:
                arguments[name] = getattr(self, name)
        return arguments

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return type(self).make(**self.arguments())

    def source(self) -> tuple[str, tuple[Any, ...]]:
        function = type(self).make
        written = [f"{name}={value!r}" for name, value in self.arguments().items()]
        arguments = ", ".join(written)
        return f"x, y = {function.__name__}({arguments})", (function,)


@DATASETS.register
class Gaussians(Toy):
    """Round clouds of points, one per class: a single layer can separate them.

    Out: x (N, 2), y 0…n_classes - 1. Source: synthetic, generated here. Licence: none needed.
    """

    id = "gaussians"
    label = "Gaussians"
    make = staticmethod(make_gaussians)
    noise: float = noise_field(0.2, "Extra spread of the clouds, on top of 0.1")
    n_classes: int = Field(2, ge=2, le=6, description="Number of clouds")


@DATASETS.register
class Circles(Toy):
    """A ring inside a ring: no straight line can separate them.

    Out: x (N, 2), y 0 for the outer ring, 1 for the inner one.
    Source: synthetic, generated here. Licence: none needed.
    """

    id = "circles"
    label = "Circles"
    make = staticmethod(make_circles)


@DATASETS.register
class Xor(Toy):
    """A chessboard of four squares: the classic problem that a single layer cannot solve.

    Out: x (N, 2), y 1 where the signs of the coordinates differ. Source: synthetic, generated here, after
    Minsky and Papert 1969. Licence: none needed.
    """

    id = "xor"
    label = "XOR"
    make = staticmethod(make_xor)
    noise: float = noise_field(0.05)


@DATASETS.register
class Moons(Toy):
    """Two interleaving half moons.

    Out: x (N, 2), y 0 for the moon that opens down, 1 for the one that opens up.
    Source: synthetic, generated here. Licence: none needed.
    """

    id = "moons"
    label = "Moons"
    make = staticmethod(make_moons)


@DATASETS.register
class Spirals(Toy):
    """Arms wound around each other: the hardest of these point sets, which needs a deeper network.

    Out: x (N, 2), y 0…n_classes - 1. Source: synthetic, generated here. Licence: none needed.
    """

    id = "spirals"
    label = "Spirals"
    make = staticmethod(make_spirals)
    noise: float = noise_field(0.03)
    n_classes: int = Field(2, ge=2, le=6, description="Number of arms")
    turns: float = Field(
        1.5,
        ge=0.25,
        le=3,
        description="How many turns each arm makes",
        json_schema_extra={"step": 0.25},
    )
