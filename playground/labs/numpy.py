"""Arrays of NumPy and tensors of PyTorch: when they share memory, and what stops the crossing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np
import torch
from pydantic import Field

from .base import LABS, Answer, Lab
from .parts import Array, Boxes, Note, Part, Say, Table
from .program import Program, Ref

NUMBERS = [
    1,
    2,
    3,
    4,
]  # none of them is 0, so that a 0 that is written shows in every kind of number
WRITTEN = 0
A = Ref("a")  # the array
T = Ref("t")  # the tensor

Dtype = Literal[
    "float64",
    "float32",
    "float16",
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "bool",
]
WayName = Literal[
    "from_numpy",
    "as_tensor",
    "torch_tensor",
    "float",
    "reversed",
    "weights",
    "numpy",
    "copy",
    "detach",
    "grad",
    "bfloat16",
    "cpu",
    "gpu",
]


def same_memory(array, tensor):
    """Whether a NumPy array and a tensor look at the same memory."""
    return array.ctypes.data == tensor.data_ptr()


def differs_from(now, before):
    """Whether an array or a tensor holds another number than before. In: before: a list."""
    return now.tolist() != before


def other_device() -> str:
    """A device whose memory NumPy cannot read: the GPU, or "meta" where none is in use."""
    return "cuda" if torch.cuda.is_initialized() else "meta"


def _reversed(program: Program) -> None:
    program.item("a", A, slice(None, None, -1))
    program.call("t", torch.from_numpy, A)


def _weighted(program: Program) -> None:
    program.call("t", torch.from_numpy, A)
    program.call("weights", torch.ones, len(NUMBERS))
    program.call("y", torch.matmul, Ref("weights"), T)


def _as_array(program: Program) -> None:
    program.method("a", T, "numpy")


def _copied(program: Program) -> None:
    program.method("shared", T, "numpy")
    program.method("a", Ref("shared"), "copy")


def _detached(program: Program) -> None:
    program.method("stopped", T, "detach")
    program.method("a", Ref("stopped"), "numpy")


def _by_the_cpu(program: Program) -> None:
    program.method("on_cpu", T, "cpu")
    program.method("a", Ref("on_cpu"), "numpy")


@dataclass(frozen=True)
class Way:
    """From an array to a tensor, or back. settings: of the tensor that it starts with, where it starts with one."""

    starts_with: Literal["array", "tensor"]
    cross: Callable[[Program], Any]
    settings: Mapping[str, Any] = field(default_factory=dict)


WAYS: Mapping[str, Way] = {
    "from_numpy": Way("array", lambda program: program.call("t", torch.from_numpy, A)),
    "as_tensor": Way("array", lambda program: program.call("t", torch.as_tensor, A)),
    "torch_tensor": Way("array", lambda program: program.call("t", torch.tensor, A)),
    "float": Way(
        "array", lambda program: program.call("t", torch.as_tensor, A, dtype=torch.float32)
    ),
    "reversed": Way("array", _reversed),
    "weights": Way("array", _weighted),
    "numpy": Way("tensor", _as_array),
    "copy": Way("tensor", _copied),
    "detach": Way("tensor", _detached, {"requires_grad": True}),
    "grad": Way("tensor", _as_array, {"requires_grad": True}),
    "bfloat16": Way("tensor", _as_array, {"dtype": torch.bfloat16}),
    "cpu": Way("tensor", _by_the_cpu),
    "gpu": Way("tensor", _as_array),
}

# What both make of the same numbers, asked of them whenever the table is drawn.
DEFAULTS: Mapping[str, Callable[[], Any]] = {
    "np.array([1.5])": lambda: np.array([1.5]),
    "torch.tensor([1.5])": lambda: torch.tensor([1.5]),
    "torch.tensor(np.array([1.5]))": lambda: torch.tensor(np.array([1.5])),
    "np.array([1]) / 2": lambda: np.array([1]) / 2,
    "torch.tensor([1]) / 2": lambda: torch.tensor([1]) / 2,
    "np.array([1.0], np.float32) + np.array([1])": (
        lambda: np.array([1.0], np.float32) + np.array([1])
    ),
    "torch.tensor([1.0]) + torch.tensor([1])": lambda: torch.tensor([1.0]) + torch.tensor([1]),
}


@LABS.register
class NumPy(Lab):
    """An array and a tensor can be one memory under two names; kinds of numbers and gradients stop the crossing.

    Source: torch.from_numpy, torch.Tensor.numpy, torch.as_tensor.
    """

    id, label, group = "numpy", "NumPy and back", "tensors"
    rows = ("T5",)
    leads_to = ("graph",)
    way: WayName = Field("from_numpy", description="How one is made of the other")
    dtype: Dtype = Field("float64", description="Kind of number that it starts with")
    writes: Literal["array", "tensor"] = Field(
        "array", description="Which of the two has its first number set to 0"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "weights": {"way": "weights"},
        "float": {"way": "float"},
        "float_shared": {"way": "float", "dtype": "float32"},
        "grad": {"way": "grad"},
        "detach": {"way": "detach"},
        "gpu": {"way": "gpu"},
        "reversed": {"way": "reversed"},
        "bfloat16": {"way": "bfloat16"},
    }

    def answer(self) -> Answer:
        crossing = Crossing(self.way, self.dtype, self.writes)
        values = {
            "shares": crossing.shares,
            "changed": crossing.changed,
            "numpy_dtype": crossing.dtype_of("a"),
            "torch_dtype": crossing.dtype_of("t"),
            "message": crossing.message,
        }
        checked = [name for name in ("shares", "changed", "message") if values[name] is not None]
        parts = [*_pictures(crossing), *_words(crossing), _defaults()]
        numbers = ["shares", "numpy_dtype", "torch_dtype"]
        return Answer(values, parts, crossing.program.code(), checked, numbers)


class Crossing:
    """One way carried out: array and tensor are made, one is written, the other is looked at again.

    `message`: what was refused, in PyTorch's words; what comes after it is None.
    """

    def __init__(self, way: str, dtype: str, writes: str):
        self.way = way
        self.program = Program()
        self.touched: tuple[str, ...] = ()  # which of "a" and "t" show the 0 that was written
        self.shares: bool | None = None
        self.changed: bool | None = None
        self.message = self.program.attempt("message", lambda: self._make(dtype))
        if self.message is None:
            self._write(writes)

    def object(self, name: str) -> Any:
        """The array "a" or the tensor "t", None where it was not made, or has no numbers here."""
        made = self.program.value(name) if self.program.has(name) else None
        if isinstance(made, torch.Tensor) and made.is_meta:
            return None
        return made

    def dtype_of(self, name: str) -> str | None:
        """Its kind of number: "float32"."""
        if not self.program.has(name):
            return None
        return str(self.program.value(name).dtype).removeprefix("torch.")

    def _make(self, dtype: str) -> None:
        way = WAYS[self.way]
        if way.starts_with == "array":
            self.program.call("a", np.array, NUMBERS, dtype=dtype)
        else:
            settings: dict[str, Any] = {"dtype": getattr(torch, dtype), **way.settings}
            if self.way == "gpu":
                settings["device"] = other_device()
            self.program.call("t", torch.tensor, NUMBERS, **settings)
        way.cross(self.program)

    def _write(self, writes: str) -> None:
        program = self.program
        written, other = (A, T) if writes == "array" else (T, A)
        self.shares = program.call("shares", same_memory, A, T)
        program.method("before", other, "tolist")
        self.message = program.attempt("message", lambda: program.put(written, (0,), WRITTEN))
        if self.message is not None:
            return
        self.changed = program.call("changed", differs_from, other, Ref("before"))
        self.touched = ("a", "t") if self.changed else (written.name,)


def _pictures(crossing: Crossing) -> list[Part]:
    """Array, tensor, and the memory behind them."""
    parts: list[Part] = []
    for name in ("a", "t"):
        made = crossing.object(name)
        if made is None:
            continue
        marks = [([0], "changed")] if name in crossing.touched else []
        note = f"{tuple(made.shape)} · {crossing.dtype_of(name)}"
        parts.append(Array(name, made, tuple(made.shape), name, note, marks, colours=""))
    if crossing.shares:
        parts.append(_boxes(crossing, "a", "memory_shared", "shared"))
    elif crossing.shares is not None:
        parts.append(_boxes(crossing, "a", "memory_a", ""))
        parts.append(_boxes(crossing, "t", "memory_t", ""))
    return parts


def _boxes(crossing: Crossing, name: str, title: str, role: str) -> Boxes:
    """The memory of the array or of the tensor, box by box."""
    made = crossing.object(name)
    marks = [(place, role) for place in range(len(NUMBERS)) if role]
    if name in crossing.touched:
        marks.append((0, "changed"))
    note = f"{made.nbytes} bytes"
    return Boxes(f"memory_{name}", made.tolist(), marks, title, note, made.nbytes // len(NUMBERS))


def _words(crossing: Crossing) -> list[Part]:
    """What was seen, and why."""
    why = f"why.{crossing.way}"
    if crossing.way == "float" and crossing.shares:
        why = "why.float_shared"
    parts: list[Part] = []
    if crossing.message is not None:
        first_line = crossing.message.split("\n", maxsplit=1)[0]
        parts += [Say("seen", "refused", {}, "fault"), Note("message", first_line)]
    else:
        key = "both" if crossing.changed else "copy"
        parts.append(Say("seen", key, {}, "good" if crossing.changed else ""))
    parts.append(Say("why", why))
    if crossing.way == "gpu" and other_device() == "meta":
        parts.append(Say("stand_in", "stand_in"))
    return parts


def _defaults() -> Table:
    """Which kind of number comes out where nobody says which."""
    rows = []
    for text, make in DEFAULTS.items():
        rows.append([text, str(make().dtype).removeprefix("torch.")])
    return Table("defaults", ["expression", "kind"], rows, title="defaults")
