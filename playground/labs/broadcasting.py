"""How shapes meet."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

import torch
from pydantic import Field

from .base import LABS, Answer, Lab
from .parts import Axes, Note, Part, Say
from .program import Program

MOST_AXES = 8
Size = Annotated[int, Field(ge=0, le=10**6)]
ShapeField = Annotated[list[Size], Field(max_length=MOST_AXES)]
MOST_SHOWN = 10**15  # elements that a sentence counts


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
                names=[chr(ord("a") + place) for place in range(len(rows))],
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
        memory = self._memory(program, result, values["elements"])
        if memory is not None:
            values |= memory
            parts.append(Say("memory", "memory", memory))
        return Answer(
            values,
            parts,
            program.code(),
            checked=["result", "clash_axis"],
            numbers=["elements"],
        )

    def _clash(self, rows: Sequence[Sequence[int | None]], axis: int) -> list[Part]:
        """Which sizes clash, and what torch says of it."""
        sizes = [row[axis] for row in rows if row[axis] is not None]
        said = Say("result", "clash", {"axis": axis, "sizes": ", ".join(map(str, sizes))}, "fault")
        try:
            torch.broadcast_shapes(*self.shapes)
        except RuntimeError as error:
            return [said, Note("torch", str(error).split("\n", maxsplit=1)[0])]
        return [said]

    def _memory(self, program: Program, result: Any, n: int) -> dict[str, Any] | None:
        """What stretching the first shape costs; None where nothing stretches, or it is too large to be made."""
        shape = self.shapes[0]
        if shape == result or n > 10**7 or not n:
            return None
        return program.call("memory", stretched_memory, shape, result)


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
