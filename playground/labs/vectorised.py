"""A loop of Python against one call of PyTorch, measured here and now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field

from .base import LABS, Answer, Lab
from .loops import (
    difference_of,
    loop_add,
    loop_dot,
    loop_matmul,
    loop_relu,
    loop_sum,
    time_both,
    vector_add,
    vector_dot,
    vector_matmul,
    vector_relu,
    vector_sum,
)
from .parts import Figure, Part, Say, Table
from .program import Program

BUDGET_S = 0.025  # of the loops, so that an answer stays below the time that a hand waits for
MOST_NUMBERS = 30_000
MATRIX_SIDES = (1, 2, 4, 8, 16, 32, 64)
COMPARED = 1_000  # numbers of which loop and vector must make the same
COMPARED_MATRIX = 8

OPERATIONS: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "add": (loop_add, vector_add),
    "relu": (loop_relu, vector_relu),
    "sum": (loop_sum, vector_sum),
    "dot": (loop_dot, vector_dot),
    "matmul": (loop_matmul, vector_matmul),
}


@LABS.register
class Vectorised(Lab):
    """The same work as a loop over single numbers and as one call: both times, as the size grows.

    Source: time.thread_time around torch's own operations; the best of three rounds counts.
    """

    id, label, group = "vectorised", "Loop or vector", "tensors"
    rows = ("T2",)
    measures_time = True
    leads_to = ("broadcasting",)
    operation: Literal["add", "relu", "sum", "dot", "matmul"] = Field(
        "add", description="What is computed"
    )
    over: Literal["list", "elements"] = Field(
        "list", description="list: the loop reads Python's numbers; elements: those of a tensor"
    )
    largest: int = Field(
        MOST_NUMBERS, ge=1, le=MOST_NUMBERS, description="How many numbers the largest size has"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "one": {"largest": 1},
        "elements": {"over": "elements"},
        "matmul": {"operation": "matmul", "largest": 4_096},
        "order": {"operation": "sum"},
    }

    def answer(self) -> Answer:
        program = Program()
        loop, vector = OPERATIONS[self.operation]
        functions = program.use(loop), program.use(vector)
        compared = COMPARED_MATRIX if self._is_matrix else COMPARED
        difference = program.call(
            "difference", difference_of, *functions, compared, self._is_matrix
        )
        sizes = self._sizes()
        loop_s, vector_s = program.call(
            "loop_s, vector_s",
            time_both,
            *functions,
            program.let("sizes", sizes),
            is_matrix=self._is_matrix,
            over_list=self.over == "list",
            budget_s=BUDGET_S,
        )
        times = Times(sizes, loop_s, vector_s)
        values = {**times.values(), "difference": difference}
        parts = [times.figure(), *times.words(), _difference_words(difference, compared)]
        parts.append(times.table())
        checked = ["sizes", "difference"]
        return Answer(values, parts, program.code(), checked=checked, numbers=["ratio"])

    @property
    def _is_matrix(self) -> bool:
        return self.operation == "matmul"

    def _sizes(self) -> list[int]:
        """Growing sizes up to the largest."""
        if self._is_matrix:
            return [side for side in MATRIX_SIDES if side * side <= self.largest]
        powers = [10**power for power in range(5)]
        smaller = [size for size in powers if size < self.largest]
        return [*smaller, self.largest]


@dataclass(frozen=True)
class Times:
    """What was measured, by size; None for a loop that would have taken too long."""

    sizes: Sequence[int]
    loop_s: Sequence[float | None]
    vector_s: Sequence[float]

    def ratios(self) -> list[float | None]:
        """How many times as fast the vector is."""
        ratios: list[float | None] = []
        for loop_s, vector_s in zip(self.loop_s, self.vector_s, strict=True):
            ratios.append(None if loop_s is None else loop_s / vector_s)
        return ratios

    def last(self) -> int:
        """The place of the largest size of which both were measured."""
        return max(place for place, loop_s in enumerate(self.loop_s) if loop_s is not None)

    def values(self) -> dict[str, Any]:
        """The main numbers."""
        ratios = self.ratios()
        return {
            "sizes": list(self.sizes),
            "loop_s": list(self.loop_s),
            "vector_s": list(self.vector_s),
            "ratios": ratios,
            "ratio": float(f"{ratios[self.last()]:.3g}"),
        }

    def figure(self) -> Figure:
        """Both times over the size; both axes grow by factors."""
        measured = self.last() + 1
        loop = {"x": self.sizes[:measured], "y": _microseconds(self.loop_s), "name": "loop"}
        vector = {"x": self.sizes, "y": _microseconds(self.vector_s), "name": "vector"}
        marked = {"mode": "lines+markers", "width": 3}
        traces = [
            {**loop, **marked, "color": "negative"},
            {**vector, **marked, "color": "value"},
        ]
        layout = {"xaxis": {"type": "log"}, "yaxis": {"type": "log"}}
        return Figure("times", traces, "size", "microseconds", layout)

    def words(self) -> list[Part]:
        """The ratio at the largest size, and what happens at the smallest."""
        last = self.last()
        about = {
            "n": self.sizes[last],
            "loop": time_text(self.loop_s[last]),
            "vector": time_text(self.vector_s[last]),
            "ratio": ratio_text(self.ratios()[last]),
        }
        is_faster = (self.ratios()[last] or 0) > 1
        parts: list[Part] = [Say("result", "faster" if is_faster else "slower", about)]
        if last < len(self.sizes) - 1:
            parts.append(Say("stopped", "stopped", {"n": self.sizes[last + 1]}))
        return parts

    def table(self) -> Table:
        """Every size with both times."""
        rows = []
        for size, loop_s, vector_s, ratio in zip(
            self.sizes, self.loop_s, self.vector_s, self.ratios(), strict=True
        ):
            row = [f"{size:,}", time_text(loop_s), time_text(vector_s), ratio_text(ratio)]
            rows.append(row)
        return Table("rows", ["size", "loop", "vector", "ratio"], rows)


def _microseconds(times_s: Sequence[float | None]) -> list[float]:
    return [time_s * 1e6 for time_s in times_s if time_s is not None]


def _difference_words(difference: float, n: int) -> Say:
    if difference == 0:
        return Say("difference", "same", {"n": n}, "good")
    return Say("difference", "order", {"n": n, "difference": f"{difference:.1e}"})


def time_text(time_s: float | None) -> str:
    """0.0000123 -> "12.3 µs"."""
    if time_s is None:
        return "–"
    if time_s >= 1e-3:
        return f"{time_s * 1e3:.3g} ms"
    return f"{time_s * 1e6:.3g} µs"


def ratio_text(ratio: float | None) -> str:
    """41.3 -> "× 41"."""
    if ratio is None:
        return "–"
    return f"× {ratio:,.0f}" if ratio >= 10 else f"× {ratio:.2g}"
