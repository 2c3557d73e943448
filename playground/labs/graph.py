"""The graph of a computation."""

from collections.abc import Mapping
from typing import Any, ClassVar

import torch
from pydantic import Field

from ..faults import ExperimentError
from .base import LABS, Answer, Lab
from .formula import carried_out, number_text, variable, written
from .grammar import Name, Number, Operation, Tree, names_in, parse
from .parts import Graph as GraphPart
from .parts import Node, Part, Say, Table

MOST_NAMES = 8
USUAL = {"x": 2.0, "w": 3.0, "b": 1.0}
SIGNS = {"*": "×", "/": "÷", "-": "−", "neg": "−", "**": "xʸ"}


@LABS.register
class Graph(Lab):
    """A formula as the graph that autograd keeps: values go forward, gradients come back along the same edges.

    Source: torch.autograd; the chain rule.
    """

    id, label, group = "graph", "A graph of gradients", "autograd"
    rows = ("A1",)
    leads_to = ("stop_gradient", "derivatives")
    expression: str = Field("w*x + b", max_length=12_000, description="Formula")
    at: dict[str, Any] = Field(
        default_factory=lambda: dict(USUAL),
        max_length=MOST_NAMES,
        description="Values of its variables: numbers, lists or lists of lists",
    )
    step: int = Field(-1, ge=-1, le=500, description="How far the computation is; -1: to the end")
    passes: int = Field(
        1, ge=1, le=5, description="Backward passes without zeroing the gradients between them"
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "twice": {"expression": "x*x + x", "at": {"x": 3.0}},
        "accumulate": {"passes": 3},
        "relu": {"expression": "relu(x) * 5", "at": {"x": -1.0}},
        "matrix": {
            "expression": "sum(relu(W @ x + b))",
            "at": {"W": [[1.0, -2.0], [0.5, 1.0]], "x": [1.0, 2.0], "b": [0.5, 0.0]},
        },
        "infinite": {"expression": "sqrt(x)", "at": {"x": 0.0}},
    }

    def answer(self) -> Answer:
        tree = parse(self.expression)
        variables = self._variables(tree)
        work = Recorded(tree, variables)
        work.backward(self.passes)
        grads = {name: leaf.grad for name, leaf in variables.items()}
        values = {"value": work.value.detach(), "grads": grads, "steps": work.n_steps}
        parts: list[Part] = [
            GraphPart("graph", work.nodes(), work.edges(), work.n_steps, step_field="step"),
            Say("result", "result", {"formula": self.expression, "value": _text(work.value)}),
            Table("leaves", ["variable", "value", "gradient"], _rows(variables)),
        ]
        if self.passes > 1:
            parts.append(Say("passes", "accumulated", {"n": self.passes}))
        if not work.value_is_scalar:
            parts.append(Say("summed", "summed", {}))
        code = _code(tree, self.at, list(variables), self.passes, work.value_is_scalar)
        return Answer(values, parts, code, checked=["value", "grads"], numbers=["value"])

    def _variables(self, tree: Tree) -> dict[str, torch.Tensor]:
        """A leaf for every variable of the formula. Raises: ExperimentError for one without a value."""
        names = names_in(tree)
        if len(names) > MOST_NAMES:
            raise ExperimentError.at("expression", "formula_names", limit=MOST_NAMES)
        variables = {}
        for name in names:
            given = self.at.get(name, USUAL.get(name, 1.0))
            variables[name] = variable(given, name)
        return variables


class Recorded:
    """A formula carried out, every value on the way kept with its gradient."""

    def __init__(self, tree: Tree, variables: Mapping[str, torch.Tensor]):
        self._variables = variables
        self._ids: dict[int, str] = {}
        self._order: list[tuple[str, Tree, torch.Tensor]] = []
        self._edges: list[tuple[str, str]] = []
        self._n_operations = 0
        root = self._record(tree)
        self.value = self._order[-1][2] if self._order else variables[root]

    def _record(self, tree: Tree) -> str:
        """Carries a part out and gives its node. A variable that is used twice is one node."""
        if isinstance(tree, Name):
            if not any(known == tree.name for known, _, _ in self._order):
                self._order.append((tree.name, tree, self._variables[tree.name]))
            return tree.name
        if isinstance(tree, Number):
            node = f"number {len(self._order)}"
            self._order.append((node, tree, torch.tensor(tree.value, dtype=torch.float64)))
            return node
        operands = [self._record(operand) for operand in tree.operands]
        value = carried_out(tree.operator, [self._tensor(node) for node in operands])
        if value.requires_grad:
            value.retain_grad()
        self._n_operations += 1
        node = f"step {self._n_operations}"
        self._order.append((node, tree, value))
        for operand in operands:
            self._edges.append((operand, node))
        return node

    def _tensor(self, wanted: str) -> torch.Tensor:
        for node, _, value in self._order:
            if node == wanted:
                return value
        raise KeyError(wanted)

    @property
    def value_is_scalar(self) -> bool:
        return self.value.dim() == 0

    @property
    def n_steps(self) -> int:
        """Forward and backward, one operation a step."""
        return 2 * self._n_operations

    def backward(self, passes: int) -> None:
        """The gradient of the value, or of its sum. Gradients of several passes add up."""
        if not self.value.requires_grad:
            return
        for _ in range(passes):
            self.value.sum().backward(retain_graph=True)

    def nodes(self) -> list[Node]:
        """In the order in which they are computed."""
        nodes = []
        operation = 0
        for node, tree, value in self._order:
            is_operation = isinstance(tree, Operation)
            operation += is_operation
            is_result = node == self._order[-1][0]
            nodes.append(
                Node(
                    id=node,
                    label=_label(tree),
                    value=_text(value),
                    grad="" if value.grad is None else _text(value.grad),
                    role=_role(tree, is_result),
                    forward=operation if is_operation else 0,
                    backward=self._backward_step(node, operation if is_operation else 0),
                )
            )
        return nodes

    def _backward_step(self, node: str, operation: int) -> int:
        """The step at which its gradient is whole: after all that uses it went back."""
        users = [int(target.split()[1]) for source, target in self._edges if source == node]
        first_user = min(users, default=self._n_operations + 1)
        return 2 * self._n_operations + 1 - first_user if users else self._n_operations

    def edges(self) -> list[tuple[str, str, str]]:
        """Each operand to its operation, with the gradient that comes back along it."""
        return [(source, target, "") for source, target in self._edges]


def _role(tree: Tree, is_result: bool) -> str:
    if is_result:
        return "result"
    if isinstance(tree, Name):
        return "leaf"
    return "constant" if isinstance(tree, Number) else ""


def _label(tree: Tree) -> str:
    if isinstance(tree, Name):
        return tree.name
    if isinstance(tree, Number):
        return number_text(tree.value)
    return SIGNS.get(tree.operator, tree.operator)


def _text(value: torch.Tensor) -> str:
    """A tensor in few characters."""
    value = value.detach()
    if value.dim() == 0:
        return f"{value.item():.4g}"
    if value.dim() == 1:
        return "[" + ", ".join(f"{number:.3g}" for number in value.tolist()) + "]"
    return "[" + ", ".join(_text(row) for row in value) + "]"


def _rows(variables: Mapping[str, torch.Tensor]) -> list[list[str]]:
    rows = []
    for name, leaf in variables.items():
        rows.append([name, _text(leaf), "–" if leaf.grad is None else _text(leaf.grad)])
    return rows


def _code(tree: Tree, at: Mapping[str, Any], names: list[str], passes: int, is_scalar: bool) -> str:
    """The same in PyTorch."""
    lines = ["import torch", ""]
    for name in names:
        given = at.get(name, USUAL.get(name, 1.0))
        lines.append(f"{name} = torch.tensor({given!r}, dtype=torch.float64, requires_grad=True)")
    lines.append(f"y = {written(tree)}")
    total = "y" if is_scalar else "y.sum()"
    if names and passes == 1:
        lines.append(f"{total}.backward()")
    elif names:
        lines += [f"for _ in range({passes}):", f"    {total}.backward(retain_graph=True)"]
    grads = ", ".join(f"{name!r}: {name}.grad" for name in names)
    value = "y.detach()" if names else "torch.as_tensor(y, dtype=torch.float64)"
    lines += [f"value = {value}", f"grads = {{{grads}}}"]
    return "\n".join(lines)
