"""Generated formulas, most of them wrong: each becomes a tree or a sentence, and nothing is evaluated."""

import builtins
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch

from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.formula import value_of, written
from playground.labs.grammar import (
    FUNCTIONS,
    MOST_PARTS,
    Name,
    Number,
    Operation,
    Tree,
    names_in,
    parse,
    parts_of,
)

N_STRINGS = 100_000
LONGEST_CPU_S = (
    0.5  # of one formula; ten times what is promised, since a busy processor measures badly
)
OPERATORS = {"+", "-", "*", "/", "@", "**", "neg", *FUNCTIONS}
PIECES = [
    *FUNCTIONS,
    *"+-*/@()()().,",
    *("**", " ", "x", "y", "w1", "1", "2.5", ".5", "1e3", "1e999", "0", "007", "1_000"),
    *("__import__('os')", "x.real", "x[0]", "lambda: 0", "exec", "eval('1')", "__class__"),
    *("import", "None", "torch", "x=1", "x;y", "#", "'", '"', "\\", "\n", "\t", "{", "}", "%"),
    *("\x00", "\u00b2", "\uff11", "\u2212", "\u00d7", "\u4e58", "\ud800", "\U0001f600", "\u202e"),
]
FORMULAS = ["w*x + b", "sum(relu(W @ x + b))", "sin(x) / x ** 2", "-(x - 1) * exp(-x)", "max(x)"]


def pieces_in_a_row(generator: random.Random) -> str:
    return "".join(generator.choices(PIECES, k=generator.randint(0, 30)))


def a_formula_with_slips(generator: random.Random) -> str:
    """A right formula, with a few characters lost, doubled or replaced."""
    letters = list(generator.choice(FORMULAS))
    for _ in range(generator.randint(1, 4)):
        place = generator.randrange(len(letters))
        letters[place] = generator.choice(["", 2 * letters[place], *PIECES])
    return "".join(letters)


def a_long_row(generator: random.Random) -> str:
    """One piece over and over, or brackets inside of brackets."""
    piece = generator.choice(["(", "-", "x+", "x**", "sin(", "1", "x ", ")", "((x)", "a*b-"])
    return piece * generator.choice([10, 29, 30, 31, 119, 120, 121, 500, 10_000])


def any_characters(generator: random.Random) -> str:
    return "".join(map(chr, generator.choices(range(0x250), k=generator.randint(0, 40))))


KINDS: list[Callable[[random.Random], str]] = [
    pieces_in_a_row,
    a_formula_with_slips,
    any_characters,
]


def generated(n: int, seed: int = 0) -> Iterator[str]:
    """The same strings each time; every thousandth is a long one."""
    generator = random.Random(seed)
    for place in range(n):
        make = a_long_row if place % 1_000 == 0 else KINDS[place % len(KINDS)]
        yield make(generator)


def assert_within_the_grammar(tree: Tree) -> None:
    parts = list(parts_of(tree))
    assert len(parts) <= MOST_PARTS
    for part in parts:
        if isinstance(part, Operation):
            assert part.operator in OPERATORS
        elif isinstance(part, Name):
            assert part.name.isidentifier() and part.name.isascii() and "__" not in part.name
        else:
            assert isinstance(part, Number) and isinstance(part.value, float)


@pytest.mark.long
def test_a_hundred_thousand_strings_end_in_a_tree_or_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forbidden(*_args: Any, **_kwargs: Any) -> Any:
        raise AssertionError("a formula was evaluated")

    trees = sentences = 0
    longest = 0.0
    with monkeypatch.context() as without_python:
        for name in ("eval", "exec", "compile", "open", "__import__"):
            without_python.setattr(builtins, name, forbidden)
        for text in generated(N_STRINGS):
            start = time.process_time()
            try:
                assert_within_the_grammar(parse(text))
                trees += 1
            except ExperimentError as error:
                sentences += 1
                assert len(error.faults) == 1 and error.faults[0].place == "expression"
            longest = max(longest, time.process_time() - start)
    assert trees > 1_000 and sentences > 50_000
    assert longest < LONGEST_CPU_S


@pytest.mark.long
def test_what_was_parsed_has_the_value_of_what_is_written() -> None:
    n_compared = 0
    for text in generated(20_000, seed=1):
        try:
            tree = parse(text)
            variables = {name: torch.tensor(0.5).double() for name in names_in(tree)}
            value = value_of(tree, variables)
        except ExperimentError:
            continue
        # The text is ours by now, made from the tree.
        from_text = eval(written(tree), {"torch": torch, **variables})
        again = torch.as_tensor(from_text, dtype=torch.float64)
        torch.testing.assert_close(again, value, rtol=1e-9, atol=0, equal_nan=True)
        n_compared += 1
    assert n_compared > 300


@pytest.mark.long
def test_a_lab_answers_what_the_parser_accepts_and_refuses_the_rest_in_a_sentence() -> None:
    for text in generated(1_500, seed=2):
        for lab, field in (("graph", "expression"), ("derivatives", "function")):
            try:
                assert run(lab, **{field: text})["code"]
            except ExperimentError as error:
                assert str(error)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "x.__class__",
        "(lambda: 0)()",
        "open('x')",
        "x if x else y",
        "[x]",
        "x; y",
        "f'{x}'",
        "(" * 500 + "x" + ")" * 500,
        "x + " * 5_000,
        "\uff11 + x",
        "9**9**9**9@",
    ],
)
def test_python_is_not_this_grammar(text: str) -> None:
    with pytest.raises(ExperimentError, match=r"^expression: "):
        parse(text)
