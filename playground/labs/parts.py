"""What an answer is made of: a small closed set of parts, each of which the page draws in one way.

A number that is not finite travels as "NaN", "Infinity" or "-Infinity": JSON has none of them, but a lab shows them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import torch

Cells = Any  # numbers, nested as deep as the array has axes

# What a colour means, on every mark and every trace; "0" to "9" tell up to ten lines apart.
ROLES = (
    "value",  # blue: what goes forward
    "negative",  # orange: below zero
    "gradient",  # green: what comes back
    "accent",
    "dim",
    "fault",
    "good",
    "shared",  # the same memory, or an axis that stretches
    "changed",  # written just now
    "window",  # what is looked at
    "clash",
    *map(str, range(10)),
)


def plain(value: Any) -> Any:
    """Tensors, arrays, tuples and numbers as JSON, whatever they hold."""
    if isinstance(value, torch.Tensor):
        return plain(value.detach().cpu().tolist())
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, complex):
        return f"{value.real:g}{value.imag:+g}j"
    if isinstance(value, float) and not math.isfinite(value):
        return _not_finite(value)
    return value


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


@dataclass(frozen=True)
class Part:
    """One part. `name`: the page changes in place what has the name of before; `title`: a key of the lab's words."""

    kind: ClassVar[str]
    name: str

    def to_json(self) -> dict[str, Any]:
        """As JSON, under `part` what it is."""
        return {"part": self.kind, **plain(vars(self))}


@dataclass(frozen=True)
class Handle:
    """A point of a figure that can be dragged, and moved by arrows: x and y write into fields of the lab.

    `x_field`, `y_field`: names of fields; "" where the point does not move that way. Where both are the same field,
    it holds the pair [x, y]. `index`: of a list's element, which is a number or, for the same field twice, a pair.
    `whole`: that list as it is now, so that a page can send it back with one element changed; null where `index` is.
    `along`: (a, b, c) where x_field gets a·x + b·y + c; the point then moves in the direction (a, b) only.
    """

    x: float
    y: float
    x_field: str = ""
    y_field: str = ""
    index: int | None = None
    label: str = ""
    whole: Sequence[Any] | None = None
    color: str = "window"  # one of ROLES, where handles mean different things
    along: Sequence[float] | None = None


@dataclass(frozen=True)
class Figure(Part):
    """Plotly traces and layout, with a few short ways to say what all of them have.

    A trace: `color` is one of `ROLES`, `width` and `dash` are of its line, `size` and `symbol` of its points,
    `fill_color` is a role, too, `colours` ("values", "levels") the scale of a heat map, contour or surface. All
    else is Plotly's: type, mode, x, y, z, … `name`, titles and the text of an annotation may be keys of words.
    layout: Plotly's, without colours: they are the page's, light and dark.
    """

    kind = "figure"
    traces: Sequence[Mapping[str, Any]]
    x_title: str = ""
    y_title: str = ""
    layout: Mapping[str, Any] = field(default_factory=dict)
    handles: Sequence[Handle] = ()
    title: str = ""
    height: int = 360

    def to_json(self) -> dict[str, Any]:
        about = super().to_json()
        about["handles"] = [plain(vars(handle)) for handle in self.handles]
        return about


@dataclass(frozen=True)
class Array(Part):
    """Numbers in cells, up to four axes as a stack of grids.

    marks: cells by their index -> a role ("shared", "changed", "window", "clash", "accent"). colours: "values" (blue
    and orange around zero), "levels" (dark to light) or "" for none. row_names, column_names: beside the last two axes.
    """

    kind = "array"
    cells: Cells
    shape: Sequence[int]
    title: str = ""
    note: str = ""  # plain text under the title, such as a shape or an address
    marks: Sequence[tuple[Sequence[int], str]] = ()
    colours: str = "values"
    row_names: Sequence[str] = ()
    column_names: Sequence[str] = ()
    digits: int = 3


@dataclass(frozen=True)
class Boxes(Part):
    """A storage: one row of boxes in order of memory, with what each array sees of it."""

    kind = "boxes"
    cells: Sequence[Any]
    marks: Sequence[tuple[int, str]] = ()
    title: str = ""
    note: str = ""
    item_bytes: int = 0


@dataclass(frozen=True)
class Axes(Part):
    """Shapes aligned from the right. sizes: by row, None where a shape has no such axis. states: by axis "same",
    "stretched" or "clash"; stretched: the (row, axis) that stretch."""

    kind = "axes"
    names: Sequence[str]
    sizes: Sequence[Sequence[int | None]]
    states: Sequence[str]
    stretched: Sequence[tuple[int, int]] = ()
    result: Sequence[int | str | None] = ()
    title: str = ""


@dataclass(frozen=True)
class Node:
    """A node of a graph: value and gradient as text, null until the step at which it is known."""

    id: str
    label: str
    value: str = ""
    grad: str = ""
    role: str = ""  # "leaf", "constant", "result", "stopped"
    forward: int = 0  # the step at which its value is known
    backward: int = 0  # the step at which its gradient is known; 0: it has none


@dataclass(frozen=True)
class Graph(Part):
    """Nodes and edges, operands on the left; `step` of `steps` is where the computation stands.

    stopped: the edges (from, to) along which no gradient comes back, drawn broken.
    """

    kind = "graph"
    nodes: Sequence[Node]
    edges: Sequence[tuple[str, str, str]]  # from, to, what flows back along it ("" for nothing)
    steps: int
    step_field: str = ""
    title: str = ""
    stopped: Sequence[tuple[str, str]] = ()

    def to_json(self) -> dict[str, Any]:
        about = super().to_json()
        about["nodes"] = [plain(vars(node)) for node in self.nodes]
        return about


@dataclass(frozen=True)
class Picture(Part):
    """Pixels (H, W) or (H, W, 3) with a window on it; a click on a pixel writes its place into fields."""

    kind = "picture"
    pixels: Cells
    low: float = 0.0
    high: float = 1.0
    colours: str = "levels"
    window: Sequence[int] | None = None  # row, column, height, width
    cells_of_window: Sequence[
        Sequence[int]
    ] = ()  # the pixels that count, where a dilated kernel passes over some
    row_field: str = ""
    column_field: str = ""
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Table(Part):
    """Rows of cells. columns: keys of the lab's words; so is a cell with a point in it, such as "run.broken".

    marks: (row, column) -> a role.
    """

    kind = "table"
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    marks: Sequence[tuple[Sequence[int], str]] = ()
    title: str = ""


@dataclass(frozen=True)
class Say(Part):
    """A sentence of the lab's words, with values. tone: "", "good", "fault"."""

    kind = "say"
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    tone: str = ""


@dataclass(frozen=True)
class Note(Part):
    """Somebody else's words as they came, torch's message above all."""

    kind = "note"
    text: str
    tone: str = "fault"
