"""A function with a backward pass of one's own."""

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

import torch
from pydantic import Field

from ..faults import ExperimentError
from .base import LABS, Answer, Lab
from .formula import value_of
from .grammar import Tree, names_in, parse
from .hand_written import (
    FORWARDS,
    HandWritten,
    checked,
    differences_by_step,
    jacobians,
    worst_entry,
)
from .own_speed import timed_pairs
from .parts import Array, Figure, Handle, Note, Part, Say, Table
from .program import Program, Ref

# The backward passes to choose from, as formulas of what forward computed and of the gradient that arrives.
BACKWARDS: Mapping[str, Mapping[str, str]] = {
    "sigmoid": {
        "right": "grad * y * (1 - y)",
        "forgets_grad": "y * (1 - y)",
        "wrong_value": "grad * x * (1 - x)",
        "wrong_sign": "-grad * y * (1 - y)",
        "passes_through": "grad",
        "wrong_shape": "sum(grad * y * (1 - y))",
        "unsaved": "grad * y * (1 - y)",
    },
    "bias_relu": {
        "right": "grad * mask",
        "forgets_grad": "mask",
        "wrong_value": "grad * y",
        "wrong_sign": "-grad * mask",
        "passes_through": "grad",
        "wrong_shape": "sum(grad * mask)",
        "unsaved": "grad * mask",
    },
}
MOST_NUMBERS = 12  # of x, so that its Jacobian can be drawn
Value = Annotated[float, Field(ge=-50, le=50)]
Row = Annotated[list[Value], Field(min_length=1, max_length=4)]
DTYPES = {"double": torch.float64, "single": torch.float32}
EXPONENTS = [float(exponent) for exponent in range(-14, 0)]
LEAST_SHOWN = -17.0  # a difference of nothing, as a power of ten


@LABS.register
class OwnFunction(Lab):
    """A backward pass written by hand, and gradcheck, which compares it with small steps to both sides.

    Source: torch.autograd.Function; torch.autograd.gradcheck.
    """

    id, label, group = "own_function", "Your own function", "autograd"
    rows = ("A4", "A5", "A6")
    measures_time = True
    leads_to = ("neuron",)
    function: Literal["sigmoid", "bias_relu"] = Field(
        "sigmoid", description="bias_relu: adds a bias and cuts off below zero, in one function"
    )
    backward: Literal[
        "right",
        "forgets_grad",
        "wrong_value",
        "wrong_sign",
        "passes_through",
        "wrong_shape",
        "unsaved",
        "typed",
    ] = Field("right", description="Its backward pass: right, wrong in one of six ways, or typed")
    formula: str = Field(
        "grad * y * (1 - y)",
        max_length=12_000,
        description="The typed backward pass; names: grad, x, y, and for bias_relu b, z, mask",
    )
    precision: Literal["double", "single"] = Field(
        "double", description="Numbers of 64 or of 32 bits"
    )
    exponent: float = Field(-6.0, ge=-14, le=-1, description="gradcheck's step is ten to this")
    x: list[Row] = Field(
        [[-1.0, 0.5, 2.0], [1.5, -0.25, -2.5]],
        min_length=1,
        max_length=4,
        description="The input: rows of equal length",
    )
    b: list[Value] = Field(
        [0.5, -1.0, 1.0], min_length=1, max_length=4, description="The bias: a number a column"
    )
    timed: bool = Field(
        False, description="Measure it against PyTorch's own operations, here and now"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "forgets_grad": {"backward": "forgets_grad"},
        "unsaved": {"function": "bias_relu", "backward": "unsaved"},
        "single": {"precision": "single"},
        "kink": {"function": "bias_relu", "x": [[-0.5, 1.0, -2.0]]},
        "tiny_step": {"exponent": -14.0},
        "speed": {"function": "bias_relu", "timed": True},
    }

    def answer(self) -> Answer:
        self._check_lengths()
        about = HandWritten(
            FORWARDS[self.function], self._gradient(), saves=self.backward != "unsaved"
        )
        self._try_out(about)
        own = about.build().apply
        eps = 10**self.exponent
        program = Program()
        name = about.forward.name
        function = program.define("own", own, f"{about.code()}\n\n\nown = {name}.apply\n")
        leaves = []
        for name, value in self._inputs().items():
            dtype = DTYPES[self.precision]
            leaf = program.call(name, torch.tensor, value, dtype=dtype, requires_grad=True)
            leaves.append(leaf)
        names = list(self._inputs())
        inputs = [Ref(name) for name in names]
        passed, error = program.call("gradcheck, error", checked, function, inputs, eps)
        has_jacobian = error is None or "Jacobian" in error or "backward not multiplied" in error
        worst = None
        if passed or not has_jacobian:
            program.let("worst", None)
        else:
            worst = program.call("worst", worst_entry, function, names, inputs, eps)
        values: dict[str, Any] = {"gradcheck": passed, "worst": worst, "error": error}
        parts = self._verdict(values)
        if has_jacobian:
            parts += self._drawn(about, leaves, worst, eps)
        if self.timed and passed:
            values["milliseconds"] = timed_pairs(self.function, own)
            parts.append(_speed_table(values["milliseconds"]))
        return Answer(values, parts, program.code(), checked=["gradcheck", "worst", "error"])

    def preview(self) -> Part | None:
        """Both Jacobians agree, or they do not: one of them for the card."""
        for part in self.answer().parts:
            if isinstance(part, Array):
                return part
        return None

    def _inputs(self) -> dict[str, Any]:
        return {"x": self.x} if self.function == "sigmoid" else {"x": self.x, "b": self.b}

    def _check_lengths(self) -> None:
        """Raises: ExperimentError for rows or a bias that do not fit."""
        width = len(self.x[0])
        for place, row in enumerate(self.x):
            if len(row) != width:
                raise ExperimentError.at(f"x[{place}]", "lab_length", wanted=width, given=len(row))
        if len(self.x) * width > MOST_NUMBERS:
            raise ExperimentError.at("x", "too_long", limit=MOST_NUMBERS)
        if self.function == "bias_relu" and len(self.b) != width:
            raise ExperimentError.at("b", "lab_length", wanted=width, given=len(self.b))

    def _gradient(self) -> Tree:
        """The formula of the backward pass. Raises: ExperimentError for one that cannot be read."""
        if self.backward != "typed":
            return parse(BACKWARDS[self.function][self.backward], "formula")
        tree = parse(self.formula, "formula")
        known = FORWARDS[self.function].names
        for name in names_in(tree):
            if name not in known:
                raise ExperimentError.at(
                    "formula", "formula_unknown", given=name[:30], known=", ".join(known)
                )
        return tree

    def _try_out(self, about: HandWritten) -> None:
        """Raises: ExperimentError where the formula does not work with these shapes."""
        inputs = [torch.tensor(value, dtype=torch.float64) for value in self._inputs().values()]
        values = about.forward.values(*inputs)
        try:
            value_of(about.gradient, {"grad": torch.ones_like(values["y"]), **values})
        except ExperimentError as error:
            fault = error.faults[0]
            raise ExperimentError.at("formula", fault.code, **fault.values) from None

    def _verdict(self, values: Mapping[str, Any]) -> list[Part]:
        if values["gradcheck"]:
            return [Say("verdict", "passes", {"eps": f"1e{self.exponent:g}"}, "good")]
        worst = values["worst"]
        if worst is None:
            return [Say("verdict", "refused", {}, "fault"), Note("torch", values["error"])]
        shown = {
            "input": worst["input"],
            "place": _element(worst["index"][0], self._width_of(worst["input"])),
            "output": _element(worst["index"][1], len(self.x[0])),
            "analytical": worst["analytical"],
            "numerical": worst["numerical"],
        }
        return [Say("verdict", "fails", shown, "fault"), Note("torch", values["error"])]

    def _width_of(self, name: str) -> int:
        """Columns of an input; 0 for a vector."""
        return len(self.x[0]) if name == "x" else 0

    def _drawn(
        self,
        about: HandWritten,
        leaves: Sequence[torch.Tensor],
        worst: Mapping[str, Any] | None,
        eps: float,
    ) -> list[Part]:
        """Both Jacobians, of the input with the worst entry, and how their difference hangs on the step."""
        names = list(self._inputs())
        place = names.index(worst["input"]) if worst else 0
        analytical, numerical = jacobians(about.build().apply, leaves, eps)[place]
        return [
            self._array("analytical", "by_backward", analytical, names[place], worst),
            self._array("numerical", "by_steps", numerical, names[place], worst),
            self._precision_figure(about),
        ]

    def _array(
        self,
        part_name: str,
        title: str,
        jacobian: torch.Tensor,
        input_name: str,
        worst: Mapping[str, Any] | None,
    ) -> Array:
        """One Jacobian: a row for each element of the input, a column for each of the output."""
        n_rows, n_columns = jacobian.shape
        width = self._width_of(input_name)
        return Array(
            part_name,
            jacobian,
            shape=(n_rows, n_columns),
            title=title,
            marks=[(worst["index"], "fault")] if worst else [],
            row_names=[input_name + _element(row, width) for row in range(n_rows)],
            column_names=["y" + _element(column, len(self.x[0])) for column in range(n_columns)],
        )

    def _precision_figure(self, about: HandWritten) -> Figure:
        """The largest difference over the step, in both precisions: rounding on the left, the curve on the right."""
        exponents = sorted({*EXPONENTS, self.exponent})
        traces = []
        height = LEAST_SHOWN
        for precision, color in (("double", "value"), ("single", "negative")):
            leaves = self._leaves(precision)
            steps = [10**exponent for exponent in exponents]
            heights = list(map(_power_of_ten, differences_by_step(about, leaves, steps)))
            is_chosen = precision == self.precision
            if is_chosen:
                height = heights[exponents.index(self.exponent)]
            traces.append(
                {
                    "x": exponents,
                    "y": heights,
                    "name": f"choice.{precision}",
                    "color": color,
                    "width": 3 if is_chosen else 1.5,
                }
            )
        handle = Handle(self.exponent, height, x_field="exponent", label="step")
        return Figure(
            "precision",
            traces,
            x_title="axis.step",
            y_title="axis.difference",
            layout={"yaxis": {"range": [LEAST_SHOWN - 0.5, 2.0]}},
            handles=[handle],
            title="over_step",
            height=280,
        )

    def _leaves(self, precision: str) -> list[torch.Tensor]:
        dtype = DTYPES[precision]
        return [torch.tensor(value, dtype=dtype) for value in self._inputs().values()]


def _power_of_ten(difference: float) -> float:
    """Its logarithm, for the picture; nothing at all stands at the lower edge."""
    if not math.isfinite(difference):
        return difference
    return max(LEAST_SHOWN, math.log10(difference)) if difference > 0 else LEAST_SHOWN


def _element(place: int, width: int) -> str:
    """[1, 2] of an element counted in order of memory."""
    return f"[{place // width}, {place % width}]" if width else f"[{place}]"


def _speed_table(milliseconds: Mapping[str, float]) -> Table:
    rows = [[f"speed.{name}", f"{value:.2f}"] for name, value in milliseconds.items()]
    return Table("speed", ["operations", "milliseconds"], rows, title="speed")
