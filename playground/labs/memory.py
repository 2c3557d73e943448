"""Which operations look at the same memory, and which copy it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

import torch
from pydantic import Field

from .base import LABS, Answer, Lab
from .parts import Array, Boxes, Note, Part, Say, Table
from .program import Program, Ref
from .shapes import (
    RESETS_INDEX,
    boxes_of,
    checked_index,
    indices_where,
    need_axes,
    need_few_numbers,
    places_of,
    shares_storage,
)

MOST_NUMBERS = 64
WRITTEN = 99.0
A = Ref("a")
B = Ref("b")
YES, NO, REFUSED, UNFIT = "✓", "–", "✗", "·"  # cells of the table: the same in every language

OperationName = Literal[
    "same",
    "view",
    "slice",
    "transpose",
    "reshape",
    "detach",
    "contiguous",
    "iadd",
    "clone",
    "add",
    "pick",
    "t_contiguous",
    "t_reshape",
    "t_view",
]


def differs(now, before):
    """Whether a tensor holds another number than before."""
    return not torch.equal(now, before)


@dataclass(frozen=True)
class Operation:
    """How `b` comes from `a`. text: as it is written; n_axes: as many as it needs."""

    text: str
    n_axes: int
    make: Callable[[Program], Any]


def _add_in_place(program: Program) -> None:
    program.let("b", A)
    program.add_to(B, 1.0)


OPERATIONS: Mapping[str, Operation] = {
    "same": Operation("b = a", 0, lambda program: program.let("b", A)),
    "view": Operation("a.view(-1)", 0, lambda program: program.method("b", A, "view", -1)),
    "slice": Operation("a[:2]", 1, lambda program: program.item("b", A, slice(None, 2))),
    "transpose": Operation(
        "a.transpose(-2, -1)", 2, lambda program: program.method("b", A, "transpose", -2, -1)
    ),
    "reshape": Operation("a.reshape(-1)", 0, lambda program: program.method("b", A, "reshape", -1)),
    "detach": Operation("a.detach()", 0, lambda program: program.method("b", A, "detach")),
    "contiguous": Operation(
        "a.contiguous()", 0, lambda program: program.method("b", A, "contiguous")
    ),
    "iadd": Operation("b = a; b += 1", 0, _add_in_place),
    "clone": Operation("a.clone()", 0, lambda program: program.method("b", A, "clone")),
    "add": Operation("a + 1", 0, lambda program: program.call("b", torch.add, A, 1)),
    "pick": Operation("a[[0]]", 1, lambda program: program.item("b", A, [0])),
    "t_contiguous": Operation(
        "a.mT.contiguous()", 2, lambda program: program.method("b", A, "mT.contiguous")
    ),
    "t_reshape": Operation(
        "a.mT.reshape(-1)", 2, lambda program: program.method("b", A, "mT.reshape", -1)
    ),
    "t_view": Operation("a.mT.view(-1)", 2, lambda program: program.method("b", A, "mT.view", -1)),
}


class Trial:
    """One operation tried: `b` is made of `a`, one element of `a` is written, and `b` is looked at again.

    `message`: what torch says where it refuses; `shares` and `changed` are None then.
    """

    def __init__(self, operation: str, shape: Sequence[int], index: Sequence[int]):
        self.program = Program()
        self.shares: bool | None = None
        self.changed: bool | None = None
        self.before: torch.Tensor | None = None
        self.program.call("numbers", torch.arange, float(math.prod(shape)))
        self.a = self.program.method("a", Ref("numbers"), "reshape", tuple(shape))
        self.message = self.program.attempt(
            "message", lambda: OPERATIONS[operation].make(self.program)
        )
        if self.message is None:
            self._write(index)

    @property
    def b(self) -> torch.Tensor:
        """What the operation made. Raises: KeyError where it was refused."""
        made: torch.Tensor = self.program.value("b")
        return made

    def _write(self, index: Sequence[int]) -> None:
        program = self.program
        self.before = program.method("before", B, "clone")
        program.put(A, index, WRITTEN)
        self.shares = program.call("shares", shares_storage, A, B)
        self.changed = program.call("changed", differs, B, Ref("before"))


@LABS.register
class Memory(Lab):
    """Two names, one memory or two: write one element of `a` and see whether `b` changes.

    Source: torch.Tensor.view, torch.Tensor.reshape, torch.Tensor.contiguous; "Tensor Views" of PyTorch's documentation.
    """

    id, label, group = "memory", "Views and copies", "tensors"
    rows = ("T4",)
    leads_to = ("numpy", "stop_gradient")
    shape: list[Annotated[int, Field(ge=1, le=MOST_NUMBERS)]] = Field(
        [3, 4],
        max_length=4,
        description="Shape of a; [] is a scalar",
        json_schema_extra=RESETS_INDEX,
    )
    index: list[Annotated[int, Field(ge=0, lt=MOST_NUMBERS)]] = Field(
        [], max_length=4, description="The element of a that is written; [] is the first one"
    )
    operation: OperationName = Field("view", description="How b is made of a")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "refused": {"operation": "t_view"},
        "reshape": {"operation": "t_reshape"},
        "in_place": {"operation": "iadd"},
        "unseen": {"operation": "slice", "index": [2, 1]},
        "brackets": {"operation": "pick"},
        "contiguous": {"operation": "contiguous"},
        "column": {"operation": "t_contiguous", "shape": [4, 1]},
    }

    def answer(self) -> Answer:
        need_axes(self.shape, OPERATIONS[self.operation].n_axes)
        need_few_numbers(self.shape, MOST_NUMBERS)
        index = self._index()
        trial = Trial(self.operation, self.shape, index)
        values = {"shares": trial.shares, "changed": trial.changed, "message": trial.message}
        overview = _overview(self.operation, self.shape, index)
        if trial.message is not None:
            parts = [*_refused(trial, self.operation), overview]
            return Answer(values, parts, trial.program.code(), checked=["message"])
        parts = [*_pictures(trial, index), *_words(trial, self.operation), overview]
        return Answer(
            values,
            parts,
            trial.program.code(),
            checked=["shares", "changed"],
            numbers=["shares", "changed"],
        )

    def _index(self) -> list[int]:
        """The element that is written, the first one where none is named."""
        if not self.index:
            return [0] * len(self.shape)
        return checked_index(self.index, self.shape)


def _pictures(trial: Trial, index: list[int]) -> list[Part]:
    """Both tensors and what is behind them."""
    assert trial.before is not None
    changed_cells = indices_where(trial.b != trial.before)
    marks_of_b = [(place, "changed") for place in changed_cells]
    parts: list[Part] = [
        Array("a", trial.a, trial.a.shape, "a", _about(trial.a), [(index, "changed")], ""),
        Array("b", trial.b, trial.b.shape, "b", _about(trial.b), marks_of_b, ""),
        _storage_of_a(trial, index),
    ]
    if not trial.shares:
        parts.append(Boxes("storage_b", boxes_of(trial.b), title="storage_b"))
    return parts


def _storage_of_a(trial: Trial, index: list[int]) -> Boxes:
    """The memory of `a`: what `b` reads of it, and the box that was written."""
    marks: list[tuple[int, str]] = []
    if trial.shares:
        seen = set(places_of(trial.b).flatten().tolist())
        marks += [(place, "shared") for place in sorted(seen)]
    written = int(places_of(trial.a)[tuple(index)])
    marks.append((written, "changed"))
    title = "storage_shared" if trial.shares else "storage_a"
    return Boxes("storage_a", boxes_of(trial.a), marks, title)


def _about(tensor: torch.Tensor) -> str:
    return f"{tuple(tensor.shape)} · stride {tuple(tensor.stride())}"


def _words(trial: Trial, operation: str) -> list[Part]:
    """What was seen, and why."""
    if trial.changed:
        seen = Say("seen", "both", {}, "good")
    elif trial.shares:
        seen = Say("seen", "unseen", {})
    else:
        seen = Say("seen", "copy", {})
    why = f"why.{operation}"
    if operation.startswith("t_") and trial.shares:
        why += "_shared"  # an axis of size 1: the transpose is contiguous already
    return [seen, Say("why", why)]


def _refused(trial: Trial, operation: str) -> list[Part]:
    """What torch says, and what helps."""
    first_line = str(trial.message).split("\n", maxsplit=1)[0]
    turned = trial.a.mT
    return [
        Array("a", turned, turned.shape, "turned", _about(turned), colours=""),
        Boxes("storage_a", boxes_of(trial.a), title="storage_a"),
        Say("seen", "refused", {}, "fault"),
        Note("message", first_line),
        Say("why", f"why.{operation}"),
    ]


def _overview(chosen: str, shape: Sequence[int], index: Sequence[int]) -> Table:
    """Every operation with the same write."""
    rows: list[list[str]] = []
    marks: list[tuple[list[int], str]] = []
    for name, operation in OPERATIONS.items():
        if name == chosen:
            marks.append(([len(rows), 0], "accent"))
        rows.append([operation.text, *_outcome(name, shape, index)])
    return Table("overview", ["operation", "shares", "changed"], rows, marks, title="overview")


def _outcome(name: str, shape: Sequence[int], index: Sequence[int]) -> list[str]:
    if len(shape) < OPERATIONS[name].n_axes:
        return [UNFIT, UNFIT]
    trial = Trial(name, shape, index)
    if trial.message is not None:
        return [REFUSED, REFUSED]
    return [YES if trial.shares else NO, YES if trial.changed else NO]
