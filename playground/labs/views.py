"""How one tensor comes from another: views that read the same storage in another way, and two copies."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from .program import Program, Ref

BASE = Ref("base")


def counting(shape, dtype, start, step):
    """Numbers that count up from `start` by `step`, converted to `dtype`. Out: a tensor of this shape."""
    numbers = start + step * torch.arange(math.prod(shape), dtype=torch.float64)
    has_fractions = dtype.is_floating_point or dtype.is_complex or dtype == torch.bool
    if not has_fractions:
        # The fraction is cut off; what is too large wraps around in the next line.
        numbers = numbers.to(torch.int64)
    return numbers.to(dtype).reshape(shape)


def layout(x):
    """How a tensor reads its memory: its strides, its bytes, and whether it goes through them in order."""
    return list(x.stride()), x.nbytes, x.is_contiguous()


def _expand(program: Program, shape: Sequence[int]) -> None:
    program.item("column", BASE, ..., slice(None, 1))
    program.method("x", Ref("column"), "expand", *shape)


@dataclass(frozen=True)
class View:
    """How `x` comes from `base`. n_axes: as many axes as it needs."""

    n_axes: int
    take: Callable[[Program, Sequence[int]], Any]


VIEWS: Mapping[str, View] = {
    "transpose": View(2, lambda program, _: program.method("x", BASE, "transpose", -2, -1)),
    "slice": View(1, lambda program, _: program.item("x", BASE, ..., slice(1, None))),
    "every_second": View(1, lambda program, _: program.item("x", BASE, ..., slice(None, None, 2))),
    "row": View(1, lambda program, _: program.item("x", BASE, -1)),
    "flatten": View(0, lambda program, _: program.method("x", BASE, "view", -1)),
    "diagonal": View(2, lambda program, _: program.method("x", BASE, "diagonal")),
    "expand": View(1, _expand),
    "contiguous": View(2, lambda program, _: program.method("x", BASE, "mT.contiguous")),
    "flip": View(1, lambda program, _: program.method("x", BASE, "flip", -1)),
}
