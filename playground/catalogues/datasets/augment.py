"""Augmentation: training images changed by chance, so that no two passes see the same picture. Validation never is.

The exported script carries `moved` and `spoiled` as they stand.
"""

from typing import Any

import torch
from pydantic import Field
from torch import Tensor

from ..base import Strict

MOVES = ("shift", "rotate", "scale", "flip")
SPOILS = ("erase", "noise")


def moved(x, generator, shift=0, rotate=0.0, scale=0.0, flip=False):
    """Every image shifted, turned, resized and mirrored by chance; where nothing was, its edge goes on.

    In: images (N, C, H, W); at most so many whole pixels, degrees, share of the size; half of them mirrored.
    Out: the same shape. Source: torch.nn.functional.affine_grid and grid_sample; Spatial Transformers, 2015.
    """
    n, _, height, width = x.shape
    # Always five numbers an image, so that a change stays the same whichever others go with it.
    chance = torch.rand(5, n, generator=generator, device=x.device)
    angle = torch.deg2rad(rotate * (2 * chance[0] - 1))
    size = 1 + scale * (2 * chance[1] - 1)
    zoom = 1 / size
    mirror = torch.ones_like(zoom)
    if flip:
        mirror = torch.where(chance[2] < 0.5, -1.0, 1.0)
    n_places = 2 * shift + 1
    right = torch.floor(n_places * chance[3]) - shift
    down = torch.floor(n_places * chance[4]) - shift

    # Where each pixel of the result comes from. Both axes run from −1 to 1 however long they are, so that turning
    # needs the ratio of the sides, and a pixel is 2 / width.
    cos = zoom * torch.cos(angle)
    sin = zoom * torch.sin(angle)
    across = torch.stack([mirror * cos, -sin * (height / width), 2 * right / width], 1)
    along = torch.stack([mirror * sin * (width / height), cos, 2 * down / height], 1)
    maps = torch.stack([across, along], 1)
    functional = torch.nn.functional
    grid = functional.affine_grid(maps, list(x.shape), align_corners=False)
    return functional.grid_sample(x, grid, padding_mode="border", align_corners=False)


def spoiled(x, generator, erase=0.0, noise=0.0):
    """A patch of some images erased (0 is the mean of all pixels), and noise added to every pixel.

    In: normalised images (N, C, H, W); share of the images; spread of the noise. Out: the same shape.
    Source: Zhong et al. 2017, Random Erasing Data Augmentation.
    """
    if erase:
        n, _, height, width = x.shape
        chance = torch.rand(5, n, 1, generator=generator, device=x.device)
        is_erased = (chance[4] < erase)[:, :, None]
        sides = (
            (height, chance[0], chance[1]),
            (width, chance[2], chance[3]),
        )
        inside = []
        for size, span, place in sides:
            # From the middle of each pixel to the middle of the patch, which is 0.2 to 0.5 of the side long.
            distance = torch.arange(size, device=x.device) + 0.5 - size * place
            half = size * (0.1 + 0.15 * span)
            inside.append(distance.abs() < half)
        rows, columns = inside
        patch = rows[:, :, None] & columns[:, None, :] & is_erased
        x = x.masked_fill(patch[:, None], 0.0)
    if noise:
        grain = torch.randn(x.shape, generator=generator, device=x.device)
        x = x + noise * grain
    return x


class Augment(Strict):
    """What is done to training images by chance, differently in every batch."""

    shift: int = Field(
        0,
        ge=0,
        le=32,
        description="Images move by at most this many pixels in each direction",
        json_schema_extra={"unit": "px"},
    )
    rotate: float = Field(
        0.0,
        ge=0,
        le=180,
        description="Images turn by at most this angle, either way",
        json_schema_extra={"unit": "degrees"},
    )
    scale: float = Field(
        0.0,
        ge=0,
        le=0.5,
        description="Images grow or shrink by at most this share",
        json_schema_extra={"step": 0.05},
    )
    flip: bool = Field(False, description="Mirror half of the images, left to right")
    erase: float = Field(
        0.0,
        ge=0,
        le=1,
        description="Share of the images in which a patch is erased",
        json_schema_extra={"step": 0.1},
    )
    noise: float = Field(
        0.0,
        ge=0,
        le=2,
        description="Noise that is added, in standard deviations of the pixels",
        json_schema_extra={"step": 0.05},
    )

    def chosen(self, names: tuple[str, ...]) -> dict[str, Any]:
        """Those of these fields that do something."""
        chosen: dict[str, Any] = {}
        for name in names:
            value = getattr(self, name)
            if value:
                chosen[name] = value
        return chosen

    @property
    def is_on(self) -> bool:
        """Whether anything is done at all."""
        return bool(self.chosen(MOVES + SPOILS))


class Augmenter:
    """Augments batch after batch with a generator of its own, so that the order of the batches stays what it was."""

    def __init__(self, augment: Augment, seed: int, device: torch.device | str = "cpu"):
        self.moves = augment.chosen(MOVES)
        self.spoils = augment.chosen(SPOILS)
        self.generator = torch.Generator(device).manual_seed(seed)

    def __call__(self, x: Tensor, y: Tensor, is_target: bool = False) -> tuple[Tensor, Tensor]:
        """In: normalised images (N, C, H, W), targets. Where the image itself is the target, that one moves along,
        but is not spoiled: the network learns to take noise away."""
        x = x.contiguous()
        if self.moves:
            x = moved(x, self.generator, **self.moves)
            y = x if is_target else y
        if self.spoils:
            x = spoiled(x, self.generator, **self.spoils)
        return x, y

    def lines(self, is_target: bool = False) -> list[str]:
        """The same for the exported script, about `inputs` and `targets`."""
        lines = []
        if self.moves:
            lines.append(_call("moved", self.moves))
            if is_target:
                lines.append("targets = inputs")
        if self.spoils:
            lines.append(_call("spoiled", self.spoils))
        return lines

    @property
    def functions(self) -> tuple[Any, ...]:
        """What the script needs for it."""
        functions: list[Any] = []
        if self.moves:
            functions.append(moved)
        if self.spoils:
            functions.append(spoiled)
        return tuple(functions)

    def state_dict(self) -> dict[str, Tensor]:
        """Where the generator stands, for a checkpoint."""
        return {"generator": self.generator.get_state()}

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        """Goes on from there."""
        self.generator.set_state(state["generator"])


def _call(name: str, options: dict[str, Any]) -> str:
    """A line of the script."""
    arguments = ["inputs", "chance"]
    for option, value in options.items():
        arguments.append(f"{option}={value!r}")
    joined = ", ".join(arguments)
    return f"inputs = {name}({joined})"
