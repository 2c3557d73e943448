"""Functions with a backward pass of one's own: carried out by torch, and written as the class that one would write."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from .formula import FUNCTIONS, written
from .grammar import Name, Number, Tree, names_in


@dataclass(frozen=True)
class Forward:
    """The forward pass of one function.

    lines: how each value on the way is written. values: inputs -> all values by name, "y" the result.
    """

    name: str
    inputs: tuple[str, ...]
    lines: Mapping[str, str]
    values: Callable[..., dict[str, torch.Tensor]]

    @property
    def names(self) -> tuple[str, ...]:
        """What a formula of its backward pass may use."""
        return ("grad", *self.inputs, *self.lines)


def _sigmoid_values(x: torch.Tensor) -> dict[str, torch.Tensor]:
    return {"x": x, "y": 1 / (1 + torch.exp(-x))}


def _bias_relu_values(x: torch.Tensor, b: torch.Tensor) -> dict[str, torch.Tensor]:
    z = x + b
    mask = (z > 0).to(z.dtype)
    return {"x": x, "b": b, "z": z, "mask": mask, "y": z * mask}


FORWARDS = {
    "sigmoid": Forward("Sigmoid", ("x",), {"y": "1 / (1 + torch.exp(-x))"}, _sigmoid_values),
    "bias_relu": Forward(
        "BiasReLU",
        ("x", "b"),
        {"z": "x + b", "mask": "(z > 0).to(z.dtype)", "y": "z * mask"},
        _bias_relu_values,
    ),
}


@dataclass(frozen=True)
class HandWritten:
    """A function with the formula of its backward pass. saves: whether forward keeps what the formula needs."""

    forward: Forward
    gradient: Tree
    saves: bool = True

    @property
    def needed(self) -> tuple[str, ...]:
        """The values of the forward pass that the formula uses."""
        return tuple(name for name in names_in(self.gradient) if name != "grad")

    def build(self) -> type[torch.autograd.Function]:
        """The class; `apply` calls it."""
        about = self

        def forward(ctx: Any, *inputs: torch.Tensor) -> torch.Tensor:
            values = about.forward.values(*inputs)
            if about.saves:
                ctx.save_for_backward(*[values[name] for name in about.needed])
            return values["y"]

        def backward(ctx: Any, *grads: torch.Tensor) -> Any:
            saved = _unpacked(ctx.saved_tensors, about.needed)
            gradient = gradient_of(about.gradient, {"grad": grads[0], **saved})
            if len(about.forward.inputs) == 1:
                return gradient
            return gradient, gradient.sum(0)

        # Made by name: torch's messages say which class they are about.
        methods = {"forward": staticmethod(forward), "backward": staticmethod(backward)}
        return type(about.forward.name, (torch.autograd.Function,), methods)

    def code(self) -> str:
        """The class in PyTorch."""
        inputs = ", ".join(self.forward.inputs)
        lines = [f"class {self.forward.name}(torch.autograd.Function):", "    @staticmethod"]
        lines.append(f"    def forward(ctx, {inputs}):")
        for name, text in self.forward.lines.items():
            lines.append(f"        {name} = {text}")
        if self.saves and self.needed:
            lines.append(f"        ctx.save_for_backward({', '.join(self.needed)})")
        lines += ["        return y", "", "    @staticmethod", "    def backward(ctx, grad):"]
        lines += [f"        {line}" for line in self._backward_lines()]
        return "\n".join(lines)

    def _backward_lines(self) -> list[str]:
        names = ", ".join(self.needed)
        lines = []
        if self.needed:
            target = f"({names},)" if len(self.needed) == 1 else names
            lines.append(f"{target} = ctx.saved_tensors")
        gradient = written(self.gradient)
        if not names_in(self.gradient):
            gradient = f"torch.tensor({gradient}, dtype=grad.dtype)"
        if len(self.forward.inputs) == 1:
            return [*lines, f"return {gradient}"]
        lines.append(f"gradient = {gradient}")
        lines.append("return gradient, gradient.sum(0)  # b is added to every row")
        return lines


def _unpacked(saved: Sequence[torch.Tensor], names: Sequence[str]) -> dict[str, torch.Tensor]:
    """Saved tensors by name. Raises: ValueError in Python's own words where nothing was saved."""
    if len(names) == 1:
        (value,) = saved
        return {names[0]: value}
    return dict(zip(names, saved, strict=True))


def gradient_of(tree: Tree, values: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """The formula of a backward pass, for tensors of any size: it is measured on large ones, too."""
    if isinstance(tree, Number):
        return torch.tensor(tree.value, dtype=values["grad"].dtype)
    if isinstance(tree, Name):
        return values[tree.name]
    operands = [gradient_of(operand, values) for operand in tree.operands]
    return FUNCTIONS[tree.operator](*operands)


def differences_by_step(
    about: HandWritten, inputs: Sequence[torch.Tensor], steps: Sequence[float]
) -> list[float]:
    """How far the backward pass and small steps are apart at most, for each size of the step."""
    analytical = [pair[0] for pair in jacobians(about.build().apply, inputs, steps[0])]
    largest = []
    for eps in steps:
        differences = []
        for place, jacobian in enumerate(analytical):
            numerical = _numerical_at_once(about.forward, inputs, place, eps)
            differences.append((jacobian - numerical).abs().max().item())
        largest.append(max(differences))
    return largest


def _numerical_at_once(
    forward: Forward, inputs: Sequence[torch.Tensor], place: int, eps: float
) -> torch.Tensor:
    """The same as `numerical_jacobian`, all elements moved side by side along a new first axis."""
    leaf = inputs[place]
    moves = eps * torch.eye(leaf.numel(), dtype=leaf.dtype).view(-1, *leaf.shape)
    results = []
    for direction in (1, -1):
        moved = [value.detach().unsqueeze(0) for value in inputs]
        moved[place] = moved[place] + direction * moves
        # A bias gets an axis for the rows, to which it is added.
        rows = [value if value.dim() == 3 else value.unsqueeze(1) for value in moved]
        results.append(forward.values(*rows)["y"])
    above, below = results
    return ((above - below) / (2 * eps)).flatten(1)


def checked(function, inputs, eps):
    """What gradcheck says. Out: whether the backward pass is right, and the first line of the reason if not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # gradcheck warns of single precision
            torch.autograd.gradcheck(function, inputs, eps=eps)
    except (RuntimeError, ValueError) as reason:
        return False, str(reason).split("\n", 1)[0]
    return True, None


def jacobians(function, inputs, eps):
    """The Jacobian of each input twice: by the backward pass, and by small steps to both sides.

    In: a function of the tensors `inputs`; eps: the step. Out: pairs (analytical, numerical), each (inputs, outputs).
    """
    leaves = [value.detach().clone().requires_grad_() for value in inputs]
    outputs = function(*leaves).flatten()
    rows = []
    for output in outputs:
        rows.append(torch.autograd.grad(output, leaves, retain_graph=True))
    pairs = []
    for place, leaf in enumerate(leaves):
        analytical = torch.stack([row[place].flatten() for row in rows], dim=1)
        pairs.append((analytical, numerical_jacobian(function, leaves, leaf, eps)))
    return pairs


def numerical_jacobian(function, inputs, leaf, eps):
    """(f(x + eps) − f(x − eps)) / 2 eps, one element of `leaf` after another."""
    columns = []
    with torch.no_grad():
        entries = leaf.view(-1)
        for place in range(len(entries)):
            before = entries[place].item()
            entries[place] = before + eps
            above = function(*inputs).flatten()
            entries[place] = before - eps
            below = function(*inputs).flatten()
            entries[place] = before
            columns.append((above - below) / (2 * eps))
    return torch.stack(columns)


def worst_entry(function, names, inputs, eps):
    """Where the two Jacobians differ most. Out: the input, index (its element, the output's), and both values."""
    worst = None
    pairs = jacobians(function, inputs, eps)
    for name, (analytical, numerical) in zip(names, pairs, strict=True):
        difference = (analytical - numerical).abs().nan_to_num(nan=float("inf"))
        place = difference.argmax().item()
        index = [place // difference.shape[1], place % difference.shape[1]]
        entry = {
            "input": name,
            "index": index,
            "analytical": analytical.flatten()[place].item(),
            "numerical": numerical.flatten()[place].item(),
            "difference": difference.flatten()[place].item(),
        }
        if worst is None or entry["difference"] > worst["difference"]:
            worst = entry
    return worst
