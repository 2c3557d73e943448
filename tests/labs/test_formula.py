"""A formula carried out, against the same formula written as Python."""

import pytest
import torch

from playground.labs.formula import value_of, written
from playground.labs.grammar import parse

X = torch.tensor(0.5, dtype=torch.float64)


@pytest.mark.parametrize(
    "text",
    [
        "x - (2 - x)",
        "(x ** 2) ** 3",
        "x ** 2 ** 3",
        "-x ** 2",
        "2 / 3 * x",
        # Where Python's own numbers would not do: no function of torch takes them, and they raise instead of ∞.
        "sin(2) * x",
        "exp(cos(1 + 1)) + x",
        "x + 1 / 0",
        "x * (0 / 0)",
        "x + 1 / (1 - 1)",
        "2 ** 10 ** 10 * x",
        "0 ** -1 + x",
        "max(3) - x",
        "x / 1e999",
        "-1e999 + x",
    ],
)
def test_the_written_formula_gives_the_value_of_the_tree(text: str) -> None:
    tree = parse(text)
    value = value_of(tree, {"x": X})
    from_text = eval(written(tree), {"torch": torch, "x": X})
    torch.testing.assert_close(from_text, value, rtol=1e-12, atol=0, equal_nan=True)
