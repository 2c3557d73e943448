"""A formula's tree carried out in torch, and written as Python: the two are compared by a test."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import torch

from ..faults import ExperimentError
from .grammar import Name, Number, Operation, Tree

MOST_NUMBERS = 64  # of one variable
MOST_OF_RESULT = 4_096  # and of one result on the way

FUNCTIONS: Mapping[str, Callable[..., torch.Tensor]] = {
    "+": torch.add,
    "-": torch.sub,
    "*": torch.mul,
    "/": torch.div,
    "@": torch.matmul,
    "**": torch.pow,
    "neg": torch.neg,
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "abs": torch.abs,
    "sum": torch.sum,
    "mean": torch.mean,
    "max": torch.max,
}
# How strongly an operator binds, for brackets in the written form.
STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "@": 2, "neg": 3, "**": 4}


def value_of(tree: Tree, variables: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """A formula's value. Numbers are float scalars. Raises: ExperimentError with torch's words where shapes clash."""
    if isinstance(tree, Number):
        return torch.tensor(tree.value, dtype=_dtype_of(variables))
    if isinstance(tree, Name):
        return variables[tree.name]
    operands = [value_of(operand, variables) for operand in tree.operands]
    return carried_out(tree.operator, operands)


def _dtype_of(variables: Mapping[str, torch.Tensor]) -> torch.dtype:
    for value in variables.values():
        return value.dtype
    return torch.float64


def carried_out(operator: str, operands: list[torch.Tensor]) -> torch.Tensor:
    """One operation. Raises: ExperimentError with torch's words, or for a result that is too large to be shown."""
    try:
        result = FUNCTIONS[operator](*operands)
    except RuntimeError as error:
        detail = str(error).split("\n", maxsplit=1)[0]
        raise ExperimentError.at(
            "expression", "formula_torch", operator=operator, detail=detail
        ) from None
    if result.numel() > MOST_OF_RESULT:
        raise ExperimentError.at("expression", "formula_wide", limit=MOST_OF_RESULT)
    return result


def written(tree: Tree, outer: int = 0) -> str:
    """A formula as Python with torch's functions."""
    if isinstance(tree, Number):
        return number_text(tree.value)
    if isinstance(tree, Name):
        return tree.name
    strength = STRENGTH.get(tree.operator)
    if strength is None:
        return f"torch.{tree.operator}({_as_tensor(tree.operands[0])})"
    text = _operator_text(tree, strength)
    return f"({text})" if strength < outer else text


def _operator_text(tree: Operation, strength: int) -> str:
    if tree.operator == "neg":
        return f"-{written(tree.operands[0], strength)}"
    left, right = tree.operands
    # a - (b - c) keeps its brackets, and so does (a ** b) ** c.
    is_power = tree.operator == "**"
    left_text = written(left, strength + 1 if is_power else strength)
    if tree.operator in ("/", "**") and _is_number(left) and _is_risky(tree.operator, right):
        left_text = _as_tensor(left)
    right_text = written(right, strength if is_power else strength + 1)
    return f"{left_text} {tree.operator} {right_text}"


def _as_tensor(tree: Tree) -> str:
    """The argument of one of torch's functions, which do not take Python's numbers."""
    text = written(tree)
    return f"torch.tensor({text}, dtype=torch.float64)" if _is_number(tree) else text


def _is_number(tree: Tree) -> bool:
    """Whether its written form is a number of Python's, no tensor."""
    if isinstance(tree, Operation):
        is_plain = tree.operator in ("+", "-", "*", "neg")
        return is_plain and all(_is_number(operand) for operand in tree.operands)
    return isinstance(tree, Number)


def _is_risky(operator: str, right: Tree) -> bool:
    """Whether Python would raise, or compute for ever, where torch gives ∞ or NaN: 1 / 0, 10 ** 10 ** 10."""
    is_safe_divisor = isinstance(right, Number) and right.value != 0
    return operator == "**" or not is_safe_divisor


def number_text(value: float) -> str:
    """2.0 -> "2", 0.1 -> "0.1"; 1e999 is more than a float holds."""
    if math.isinf(value):
        return 'float("inf")'
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def variable(value: Any, name: str, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    """A number, a list or a list of lists as a leaf that wants its gradient. Raises: ExperimentError."""
    place = f"at.{name}"
    try:
        tensor = torch.tensor(value, dtype=dtype)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        raise ExperimentError.at(place, "lab_numbers") from None
    if tensor.dim() > 2 or not 0 < tensor.numel() <= MOST_NUMBERS:
        raise ExperimentError.at(place, "lab_numbers")
    return tensor.requires_grad_()
