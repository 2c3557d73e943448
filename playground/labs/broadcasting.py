"""How shapes meet."""

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

import torch
from pydantic import Field

from .base import LABS, Answer, Lab
from .parts import Array, Axes, Note, Part, Say
from .program import Program, Ref

MOST_AXES = 8
Size = Annotated[int, Field(ge=0, le=10**6)]
ShapeField = Annotated[list[Size], Field(max_length=MOST_AXES)]
MOST_SHOWN = 10**15  # elements that a sentence counts
MOST_DRAWN = 64  # elements of a sum whose numbers are drawn
MOST_ADDED = 3  # tensors in that sum
FIRST_NUMBERS = (0, 100, 1_000)  # far apart, so that one sees in the sum what was added where


def aligned(shapes):
    """Shapes with None in front, where they have fewer axes than the longest. In: lists of sizes."""
    n_axes = max(len(shape) for shape in shapes)
    return [[None] * (n_axes - len(shape)) + list(shape) for shape in shapes]


def broadcast_shape(shapes):
    """The common shape, None for an axis that clashes, and that axis counted from the right (-1 is the last).

    An axis of size 1, or one that is missing on the left, stretches to any size.
    """
    rows = aligned(shapes)
    result: list[int | None] = []
    for sizes in zip(*rows, strict=True):
        wanted = {size for size in sizes if size not in (None, 1)}
        if len(wanted) > 1:
            result.append(None)
        else:
            result.append(wanted.pop() if wanted else 1)
    clashes = [axis - len(result) for axis, size in enumerate(result) if size is None]
    # Shapes are compared from the right, so that the last clash is the one that is met first.
    return result, clashes[-1] if clashes else None


def numbers(shape, first):
    """A tensor that counts up by 1 from 0, or by 100 from 100, so that each of its numbers is known by its size."""
    step = max(first, 1)
    return first + step * torch.arange(math.prod(shape)).reshape(shape)


def stretched_memory(shape, target):
    """Bytes of a float32 tensor of this shape, and of the same one expanded: they share one storage."""
    small = torch.zeros(shape)
    large = small.expand(target)
    return {
        "bytes": small.untyped_storage().nbytes(),
        "expanded_bytes": large.untyped_storage().nbytes(),
        "strides": list(large.stride()),
    }


@LABS.register
class Broadcasting(Lab):
    """Shapes meet from the right: an axis of 1 stretches, any other difference is a clash.

    Source: torch.broadcast_shapes; the broadcasting rules of NumPy.
    """

    id, label, group = "broadcasting", "Broadcasting", "tensors"
    rows = ("T3",)
    leads_to = ("memory",)
    shapes: list[ShapeField] = Field(
        [[5, 3, 4], [3, 1]], min_length=1, max_length=6, description="Shapes that meet"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "vectors": {"shapes": [[3], [3, 1]]},
        "clash": {"shapes": [[2, 3], [3, 2]]},
        "batch": {"shapes": [[64], [64, 10]]},
        "empty": {"shapes": [[0, 3], [1, 3]]},
        "scalar": {"shapes": [[], [2, 2]]},
    }

    def answer(self) -> Answer:
        program = Program()
        shapes = program.let("shapes", self.shapes)
        result, clash_axis = program.call("result, clash_axis", broadcast_shape, shapes)
        rows = aligned(self.shapes)
        stretched = _stretched(rows, result)
        parts: list[Part] = [
            Axes(
                name="axes",
                names=[_name(place) for place in range(len(rows))],
                sizes=rows,
                states=[_state(axis, result, stretched) for axis in range(len(result))],
                stretched=stretched,
                result=result,
            )
        ]
        values: dict[str, Any] = {"result": None, "clash_axis": clash_axis, "elements": None}
        if clash_axis is not None:
            parts += self._clash(rows, clash_axis)
            return Answer(values, parts, program.code(), checked=["clash_axis"])
        values |= {"result": result, "elements": _product(result)}
        parts.append(Say("result", "meet", {"result": tuple(result), "n": values["elements"]}))
        memory = self._memory(program, result, stretched, values["elements"])
        if memory is not None:
            values |= memory
            parts.append(Say("memory", "memory", memory))
        checked = ["result", "clash_axis"]
        if self._is_drawn(result):
            values["total"] = self._add(program, parts)
            checked.append("total")
        return Answer(values, parts, program.code(), checked, numbers=["elements"])

    def _is_drawn(self, result: Sequence[int]) -> bool:
        is_small = 0 < math.prod(result) <= MOST_DRAWN and len(result) <= 4
        return is_small and 2 <= len(self.shapes) <= MOST_ADDED

    def _add(self, program: Program, parts: list[Part]) -> torch.Tensor:
        """Adds tensors of these shapes, and draws them with their sum."""
        names = [_name(place) for place in range(len(self.shapes))]
        for name, shape, first in zip(names, self.shapes, FIRST_NUMBERS, strict=False):
            tensor = program.call(name, numbers, tuple(shape), first)
            parts.append(Array(name, tensor, shape, name, str(tuple(shape)), colours=""))
        total: torch.Tensor = program.call("total", torch.add, Ref(names[0]), Ref(names[1]))
        for name in names[2:]:
            total = program.call("total", torch.add, Ref("total"), Ref(name))
        note = str(tuple(total.shape))
        parts.append(Array("total", total, total.shape, " + ".join(names), note, colours=""))
        return total

    def _clash(self, rows: Sequence[Sequence[int | None]], axis: int) -> list[Part]:
        """Which sizes clash, and what torch says of it."""
        sizes = [row[axis] for row in rows if row[axis] is not None]
        said = Say("result", "clash", {"axis": axis, "sizes": ", ".join(map(str, sizes))}, "fault")
        try:
            torch.broadcast_shapes(*self.shapes)
        except RuntimeError as error:
            return [said, Note("torch", str(error).split("\n", maxsplit=1)[0])]
        return [said]

    def _memory(
        self,
        program: Program,
        result: Any,
        stretched: Sequence[tuple[int, int]],
        n: int,
    ) -> dict[str, Any] | None:
        """What stretching costs the first shape that stretches; None where none does, or the result is too large."""
        if not stretched or n > 10**7 or not n:
            return None
        row = stretched[0][0]
        cost = program.call("memory", stretched_memory, self.shapes[row], result)
        return {"name": _name(row), **cost}


def _name(place: int) -> str:
    """0 -> "a"."""
    return chr(ord("a") + place)


def _product(sizes: Sequence[int]) -> int:
    n = 1
    for size in sizes:
        n *= size
    return min(n, MOST_SHOWN)


def _stretched(
    rows: Sequence[Sequence[int | None]], result: Sequence[int | None]
) -> list[tuple[int, int]]:
    """The (row, axis) of everything that stretches."""
    places = []
    for row, sizes in enumerate(rows):
        for axis, size in enumerate(sizes):
            if result[axis] is not None and size != result[axis]:
                places.append((row, axis))
    return places


def _state(axis: int, result: Sequence[int | None], stretched: Sequence[tuple[int, int]]) -> str:
    if result[axis] is None:
        return "clash"
    return "stretched" if any(place[1] == axis for place in stretched) else "same"
