"""What a tensor is: a row of bytes, and how to read it."""

import math
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import torch
from pydantic import Field

from ..faults import ExperimentError
from .base import LABS, Answer, Lab
from .formula import number_text
from .number_formats import bits_of, bytes_of, gap_after, whole_range
from .parts import Array, Boxes, Note, Part, Say, Table
from .program import Program, Ref
from .shapes import (
    RESETS_INDEX,
    boxes_of,
    checked_index,
    indices_where,
    need_axes,
    places_of,
    shares_storage,
)
from .views import VIEWS, counting, layout

MOST_DRAWN = 256  # numbers; of a larger tensor only shape and strides are worked out
DIGITS = 9  # as many as tell any two float32 numbers apart

Size = Annotated[int, Field(ge=0, le=1_000)]
Dtype = Literal[
    "float32",
    "float64",
    "float16",
    "bfloat16",
    "float8_e4m3fn",
    "float8_e5m2",
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "bool",
    "complex64",
    "complex128",
]
ViewName = Literal[
    "none",
    "transpose",
    "slice",
    "every_second",
    "row",
    "flatten",
    "diagonal",
    "expand",
    "contiguous",
    "flip",
]


@LABS.register
class Tensor(Lab):
    """A tensor is one row of bytes and a way to read it: shape, dtype, strides and offset.

    Source: torch.Tensor.stride, torch.Tensor.view, torch.finfo.
    """

    id, label, group = "tensor", "A tensor", "tensors"
    rows = ("T1",)
    leads_to = ("vectorised", "memory")
    shape: list[Size] = Field(
        [3, 4],
        max_length=4,
        description="Sizes of its axes; [] is a scalar",
        json_schema_extra=RESETS_INDEX,
    )
    dtype: Dtype = Field("float32", description="What kind of number each box holds")
    view: ViewName = Field(
        "none",
        description="A second way to read the same numbers",
        json_schema_extra=RESETS_INDEX,
    )
    start: float = Field(0.0, ge=-1e15, le=1e15, description="The first number")
    step: float = Field(
        1.0, ge=-1e12, le=1e12, description="What each number is more than the last"
    )
    index: list[Annotated[int, Field(ge=0, le=999)]] = Field(
        [], max_length=4, description="The element that is looked at; [] is the last one"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "transpose": {"view": "transpose", "index": [1, 2]},
        "gaps": {"shape": [2, 3], "start": 16_777_216.0, "index": [0, 1]},
        "wraps": {"shape": [2, 3], "dtype": "uint8", "start": 250.0, "step": 10.0},
        "overflow": {"shape": [2, 3], "dtype": "float16", "start": 65_470.0, "step": 10.0},
        "tenths": {"shape": [2, 3], "step": 0.1, "index": [1, 0]},
        "expand": {"view": "expand"},
        "flip": {"view": "flip"},
        "scalar": {"shape": []},
        "empty": {"shape": [0, 3]},
        "photos": {"shape": [64, 3, 224, 224]},
    }

    def answer(self) -> Answer:
        self._check()
        program = Program()
        x = self._made(program, getattr(torch, self.dtype))
        strides, n_bytes, is_contiguous = program.call(
            "strides, bytes, is_contiguous", layout, Ref("x")
        )
        storage_bytes = x.untyped_storage().nbytes()
        values: dict[str, Any] = {
            "shape": list(x.shape),
            "strides": strides,
            "bytes": n_bytes,
            "is_contiguous": is_contiguous,
            "storage_bytes": storage_bytes,
            "offset": x.storage_offset(),
            "lost": 0,
        }
        if x.is_meta:
            parts = [_about(x), Say("large", "large", {"n": x.numel(), "limit": MOST_DRAWN})]
        else:
            parts = self._drawn(program, x, values)
        return Answer(
            values,
            parts,
            program.code(),
            checked=["strides", "bytes", "is_contiguous"],
            numbers=["strides", "bytes", "is_contiguous"],
        )

    def _check(self) -> None:
        """Raises: ExperimentError where the view needs more axes, or an element that is not there."""
        if self.view == "none":
            return
        need_axes(self.shape, VIEWS[self.view].n_axes)
        if self.view == "row" and not self.shape[0]:
            raise ExperimentError.at("shape[0]", "too_small", limit=1, given=0)

    def _made(self, program: Program, dtype: torch.dtype) -> torch.Tensor:
        """The tensor that is looked at; on the meta device where it is too large to be drawn."""
        name = "x" if self.view == "none" else "base"
        shape = tuple(self.shape)
        if math.prod(shape) > MOST_DRAWN:
            x = program.call(name, torch.empty, shape, dtype=dtype, device="meta")
        else:
            x = program.call(name, counting, shape, dtype, self.start, self.step)
        if self.view != "none":
            VIEWS[self.view].take(program, shape)
            x = program.value("x")
        return x

    def _drawn(self, program: Program, x: torch.Tensor, values: dict[str, Any]) -> list[Part]:
        """Its numbers, its storage, and one element close up."""
        wanted = self._made(Program(), torch.float64)
        differs = as_wide(x) != wanted
        values["lost"] = int(differs.sum())
        index = self._index(x)
        parts: list[Part] = []
        if self.view == "none":
            parts += [_array(x, differs, index), _storage(x, index)]
        else:
            base = program.value("base")
            parts += [_base(base, x, index), _array(x, differs, index), _storage(x, index)]
            key = "shares" if shares_storage(x, base) else "copies"
            parts.append(Say("storage_words", key))
        if not x.is_contiguous():
            parts.append(Say("order", "not_contiguous", {"strides": tuple(x.stride())}))
        if values["lost"]:
            about = {"n": values["lost"], "all": x.numel(), "dtype": self.dtype}
            parts.append(Say("lost", "lost", about, "fault"))
        if index is not None:
            parts += _element(x, wanted, index)
        return [*parts, _about(x)]

    def _index(self, x: torch.Tensor) -> list[int] | None:
        """The element that is looked at; the last one where none is named, None where there is none at all."""
        if not x.numel():
            return None
        if self.index:
            return checked_index(self.index, x.shape)
        return [size - 1 for size in x.shape]


def as_wide(x: torch.Tensor) -> torch.Tensor:
    """Its numbers in double precision."""
    return x.to(torch.complex128 if x.is_complex() else torch.float64)


def _array(x: torch.Tensor, differs: torch.Tensor, index: list[int] | None) -> Array:
    marks: list[tuple[list[int], str]] = [(place, "fault") for place in indices_where(differs)]
    if index is not None:
        marks.append((index, "window"))
    note = f"{tuple(x.shape)} · stride {tuple(x.stride())}"
    return Array("x", x, x.shape, "x", note, marks=marks, colours="", digits=DIGITS)


def _base(base: torch.Tensor, x: torch.Tensor, index: list[int] | None) -> Array:
    """What x was made of, with the same element where both read the same box."""
    marks: list[tuple[list[int], str]] = []
    if index is not None and shares_storage(x, base):
        box = places_of(x)[tuple(index)]
        place = [int(number) for number in torch.unravel_index(box, base.shape)]
        marks.append((place, "window"))
    note = f"{tuple(base.shape)} · stride {tuple(base.stride())}"
    return Array("base", base, base.shape, "base", note, marks, colours="", digits=DIGITS)


def _storage(x: torch.Tensor, index: list[int] | None) -> Boxes:
    """The storage, with the boxes that are read, and the one that is looked at."""
    places = places_of(x)
    marks = [(place, "shared") for place in sorted(set(places.flatten().tolist()))]
    if index is not None:
        marks.append((int(places[tuple(index)]), "window"))
    boxes = boxes_of(x)
    note = f"{len(boxes)} × {x.element_size()} = {boxes.nbytes} bytes"
    return Boxes("storage", boxes, marks, "storage", note, x.element_size())


def _element(x: torch.Tensor, wanted: torch.Tensor, index: list[int]) -> list[Part]:
    """One element: where it stands, its bytes, its bits, and what was asked for."""
    number = x[tuple(index)]
    terms = [f"{place}·{stride}" for place, stride in zip(index, x.stride(), strict=True)]
    name = f"x[{', '.join(map(str, index))}]" if index else "x"
    about = {
        "name": name,
        "sum": " + ".join([str(x.storage_offset()), *terms]),
        "box": int(places_of(x)[tuple(index)]),
        "value": _text(number.item()),
    }
    parts: list[Part] = [
        Say("element", "element", about),
        Boxes("bytes", bytes_of(number), title="bytes", note=name, item_bytes=1),
    ]
    bits = bits_of(number)
    if bits is not None:
        parts.append(Table("bits", ["sign", "exponent", "fraction"], [bits], title="bits"))
    return parts + _held(number, wanted[tuple(index)].item())


def _held(number: torch.Tensor, wanted: float) -> list[Part]:
    """Which numbers the format has around this one, and what torch says of one that does not fit."""
    dtype = str(number.dtype).removeprefix("torch.")
    limits = whole_range(number.dtype)
    if limits is not None:
        low, high = limits
        parts: list[Part] = [Say("range", "range", {"dtype": dtype, "low": low, "high": high})]
        return parts + _refusal(number.dtype, wanted)
    about = {"dtype": dtype, "value": _text(number.item()), "wanted": _text(wanted)}
    if not number.dtype.is_floating_point:
        return []
    largest = torch.finfo(number.dtype).max
    gap = gap_after(number)
    if gap is None or abs(wanted) > largest:
        return [Say("overflow", "overflow", {**about, "largest": _text(largest)}, "fault")]
    key = "exact" if number.item() == wanted else "gap"
    return [Say("gap", key, {**about, "gap": f"{gap:.3g}"})]


def _text(value: float | int | bool | complex) -> str:
    """A number with all of its digits."""
    if isinstance(value, float) and math.isfinite(value):
        return number_text(value)
    return str(value)


def _refusal(dtype: torch.dtype, wanted: float) -> list[Part]:
    """torch.tensor refuses what a conversion wraps around."""
    try:
        torch.tensor(int(wanted), dtype=dtype)
    except (RuntimeError, OverflowError) as error:
        return [
            Say("direct", "direct", {"value": int(wanted)}),
            Note("refusal", str(error).split("\n", maxsplit=1)[0]),
        ]
    return []


def _about(x: torch.Tensor) -> Table:
    """What a tensor answers about itself, in PyTorch's names."""
    rows = [
        ["x.shape", str(tuple(x.shape))],
        ["x.dim()", str(x.dim())],
        ["x.numel()", f"{x.numel():,}"],
        ["x.dtype", str(x.dtype)],
        ["x.device", str(x.device)],
        ["x.element_size()", f"{x.element_size()} bytes"],
        ["x.nbytes", f"{x.nbytes:,} bytes"],
        ["x.untyped_storage().nbytes()", f"{x.untyped_storage().nbytes():,} bytes"],
        ["x.stride()", str(tuple(x.stride()))],
        ["x.storage_offset()", str(x.storage_offset())],
        ["x.is_contiguous()", str(x.is_contiguous())],
    ]
    return Table("about", ["ask", "reply"], rows)
