"""The gradient of a vector function: its Jacobian."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import torch
from pydantic import Field

from ..faults import ExperimentError
from .base import LABS, Answer, Lab
from .formula import value_of, written
from .grammar import Tree, names_in, parse
from .parts import Array, Figure, Handle, Part, Say

MOST_FUNCTIONS = 4
VARIABLES = ("x", "y")
LINES = 5  # of the small grid, in each direction
POINTS = 21  # of each of its lines
WINDOW = 4.0  # half of the plane that is shown
ROUNDING = 1e-12  # a determinant that is smaller, next to the slopes, is rounding


@LABS.register
class Jacobian(Lab):
    """Several functions of two variables have a table of slopes. Close by, a function is as flat as that table.

    Source: torch.autograd.grad, a backward pass for each row; torch.autograd.functional.jacobian.
    """

    id, label, group = "jacobian", "The Jacobian", "autograd"
    rows = ("A3",)
    leads_to = ("own_function", "neuron")
    functions: str = Field(
        "x*cos(y), x*sin(y)",
        max_length=12_000,
        description="One to four functions of x and y, with commas between them",
    )
    x: float = Field(2.0, ge=-100, le=100, description="Where they are looked at")
    y: float = Field(0.5, ge=-100, le=100, description="Where they are looked at")
    size: float = Field(0.5, ge=0.01, le=2, description="Half of the side of the small square")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "fold": {"functions": "x**2, y", "x": 0.0, "y": 1.0},
        "element_wise": {"functions": "sigmoid(x), sigmoid(y)", "x": 1.0, "y": -2.0},
        "softmax": {
            "functions": "exp(x) / (exp(x) + exp(y)), exp(y) / (exp(x) + exp(y))",
            "x": 0.5,
            "y": 0.0,
        },
        "gradient": {"functions": "x**2 + y**2", "x": 1.0, "y": 2.0},
        "kink": {"functions": "relu(x - y), x + y", "x": 1.0, "y": 1.0},
    }

    def answer(self) -> Answer:
        trees = self._trees()
        values, rows = jacobian_at(trees, self.x, self.y)
        determinant = _determinant(rows)
        about = {"values": values, "jacobian": rows, "determinant": determinant}
        names = [f"f{_subscript(place)}" for place in range(len(trees))]
        table = Array(
            "jacobian",
            rows,
            shape=(len(rows), 2),
            title="jacobian",
            row_names=[f"∂{name}" for name in names],
            column_names=["∂x", "∂y"],
            digits=4,
        )
        parts: list[Part] = [self._square()]
        if len(trees) == 2 and _is_finite(rows):
            parts.append(self._image(trees, values, rows))
        parts += [table, self._words(names, values)]
        parts += self._about_area(determinant, rows)
        numbers = [] if determinant is None else ["determinant"]
        return Answer(
            about, parts, self._code(trees), checked=["values", "jacobian"], numbers=numbers
        )

    def preview(self) -> Part | None:
        """What becomes of the square, for the card."""
        for part in self.answer().parts:
            if part.name == "image":
                return part
        return None

    def _trees(self) -> list[Tree]:
        """A formula for each function. Raises: ExperimentError for too many, or for other variables."""
        texts = self.functions.split(",")
        if len(texts) > MOST_FUNCTIONS:
            raise ExperimentError.at("functions", "too_long", limit=MOST_FUNCTIONS)
        trees = [parse(text, "functions") for text in texts]
        for tree in trees:
            for name in names_in(tree):
                if name not in VARIABLES:
                    raise ExperimentError.at(
                        "functions", "formula_unknown", given=name[:30], known="x, y"
                    )
        return trees

    def _square(self) -> Figure:
        """The small square around the point, which is dragged."""
        traces = []
        for line in _grid(self.x, self.y, self.size):
            traces.append(_trace(line, "value", 1.5))
        handle = Handle(self.x, self.y, x_field="x", y_field="y", label="point")
        # A window that stays where it is while the point is dragged.
        layout = {
            "xaxis": {"range": _window(self.x), "constrain": "domain"},
            "yaxis": {"range": _window(self.y), "constrain": "domain", "scaleanchor": "x"},
            "showlegend": False,
        }
        return Figure(
            "square", traces, "x", "y", layout, handles=[handle], title="before", height=300
        )

    def _image(
        self, trees: Sequence[Tree], values: Sequence[float], rows: Sequence[Sequence[float]]
    ) -> Figure:
        """What becomes of the square: by the functions, and by the Jacobian alone."""
        traces = []
        step = torch.tensor(rows, dtype=torch.float64)
        centre = torch.tensor(values, dtype=torch.float64)
        here = torch.tensor([self.x, self.y], dtype=torch.float64)
        for line in _grid(self.x, self.y, self.size):
            flat = centre + (line - here) @ step.T
            traces.append(_trace(flat, "gradient", 1.5, "dot"))
        for line in _grid(self.x, self.y, self.size):
            traces.append(_trace(_mapped(trees, line), "value", 2))
        layout = {"yaxis": {"scaleanchor": "x"}, "showlegend": False}
        return Figure("image", traces, "f₁", "f₂", layout, title="after", height=360)

    def _words(self, names: Sequence[str], values: Sequence[float]) -> Say:
        listed = ", ".join(
            f"{name} = {value:.5g}" for name, value in zip(names, values, strict=True)
        )
        return Say("values", "values", {"listed": listed, "n": len(names)})

    def _about_area(self, determinant: float | None, rows: Sequence[Sequence[float]]) -> list[Part]:
        if not _is_finite(rows):
            return [Say("area", "nowhere", {}, "fault")]
        if determinant is None:
            return []
        largest = max(abs(slope) for row in rows for slope in row)
        if abs(determinant) <= ROUNDING * largest**2:
            return [Say("area", "flattened", {}, "fault")]
        key = "area" if determinant > 0 else "turned_over"
        return [Say("area", key, {"factor": abs(determinant)})]

    def _code(self, trees: Sequence[Tree]) -> str:
        functions = ", ".join(written(tree) for tree in trees)
        lines = ["import torch", ""]
        for name, place in (("x", self.x), ("y", self.y)):
            lines.append(
                f"{name} = torch.tensor({place!r}, dtype=torch.float64, requires_grad=True)"
            )
        return "\n".join(
            [
                *lines,
                f"functions = [{functions}]",
                "values, jacobian = [], []",
                "for f in functions:",
                "    f = f + 0 * x + 0 * y  # a constant has slopes, too: zeros",
                "    values.append(f.item())",
                "    # one backward pass gives one row: the slopes of one function by all variables",
                "    row = torch.autograd.grad(f, [x, y], retain_graph=True)",
                "    jacobian.append([slope.item() for slope in row])",
            ]
        )


def jacobian_at(trees: Sequence[Tree], x: float, y: float) -> tuple[list[float], list[list[float]]]:
    """Values and slopes, a backward pass for each function. Out: (functions,), (functions, 2)."""
    variables = {}
    for name, place in zip(VARIABLES, (x, y), strict=True):
        variables[name] = torch.tensor(place, dtype=torch.float64, requires_grad=True)
    values = []
    rows = []
    for tree in trees:
        value = _value(tree, variables) + 0 * variables["x"] + 0 * variables["y"]
        slopes = torch.autograd.grad(value, list(variables.values()))
        values.append(value.item())
        rows.append([slope.item() for slope in slopes])
    return values, rows


def _value(tree: Tree, variables: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Raises: ExperimentError at `functions`."""
    try:
        return value_of(tree, variables)
    except ExperimentError as error:
        fault = error.faults[0]
        raise ExperimentError.at("functions", fault.code, **fault.values) from None


def _mapped(trees: Sequence[Tree], places: torch.Tensor) -> torch.Tensor:
    """The functions at many places; `sum`, `mean` and `max` are of one number each. In, out: (N, 2)."""
    x, y = places.unbind(1)

    def at_one_place(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        variables = {"x": x, "y": y}
        return torch.stack([_value(tree, variables) + 0 * x for tree in trees])

    return torch.func.vmap(at_one_place)(x, y)


def _grid(x: float, y: float, size: float) -> list[torch.Tensor]:
    """The lines of a small grid around a point, each (N, 2)."""
    offsets = torch.linspace(-size, size, LINES, dtype=torch.float64)
    fine = torch.linspace(-size, size, POINTS, dtype=torch.float64)
    lines = []
    for offset in offsets:
        fixed = torch.full_like(fine, offset.item())
        lines.append(torch.stack([x + fine, y + fixed], dim=1))
        lines.append(torch.stack([x + fixed, y + fine], dim=1))
    return lines


def _window(place: float) -> list[float]:
    """An interval of 8 around zero, or around another multiple of 4 for what is far away."""
    centre = 0.0 if abs(place) <= WINDOW else WINDOW * round(place / WINDOW)
    return [centre - WINDOW, centre + WINDOW]


def _trace(line: torch.Tensor, color: str, width: float, dash: str = "solid") -> dict[str, Any]:
    return {"x": line[:, 0], "y": line[:, 1], "color": color, "width": width, "dash": dash}


def _determinant(rows: Sequence[Sequence[float]]) -> float | None:
    """How much areas grow; None where the Jacobian is not square."""
    if len(rows) != 2:
        return None
    return torch.linalg.det(torch.tensor(rows, dtype=torch.float64)).item()


def _is_finite(rows: Sequence[Sequence[float]]) -> bool:
    return bool(torch.tensor(rows, dtype=torch.float64).isfinite().all())


def _subscript(place: int) -> str:
    return "₁₂₃₄"[place]
