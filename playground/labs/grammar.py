"""A small language of formulas: text -> a tree. Nothing in it is ever evaluated as Python.

sum        = product (("+" | "-") product)*
product    = sign (("*" | "/" | "@") sign)*
sign       = ("-" | "+") sign | power
power      = atom ("**" sign)?
atom       = number | name | function "(" sum ")" | "(" sum ")"
"""

import keyword
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..faults import ExperimentError

FUNCTIONS = (
    "sin", "cos", "tanh", "exp", "log", "sqrt", "sigmoid", "relu", "abs", "sum", "mean", "max",
)  # fmt: skip
MOST_CHARACTERS = 300
MOST_PARTS = 120  # numbers, names and operations of one formula
MOST_DEPTH = 30
TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>\*\*|[-+*/@()]))",
    re.ASCII,
)
RESERVED = frozenset([*keyword.kwlist, "torch"])


@dataclass(frozen=True)
class Number:
    """A number as it was written."""

    value: float


@dataclass(frozen=True)
class Name:
    """A variable."""

    name: str


@dataclass(frozen=True)
class Operation:
    """An operator or a function with its operands: `-`, `*`, `sin` …; `neg` has one operand."""

    operator: str
    operands: tuple["Tree", ...]


Tree = Number | Name | Operation


def parse(text: str, place: str = "expression") -> Tree:
    """A formula as a tree. Raises: ExperimentError at `place`, saying where the text goes wrong."""
    if len(text) > MOST_CHARACTERS:
        raise ExperimentError.at(place, "formula_long", given=len(text), limit=MOST_CHARACTERS)
    return _Parser(list(_tokens(text, place)), place).whole()


def names_in(tree: Tree) -> list[str]:
    """The variables of a formula in the order in which they are first met."""
    names: list[str] = []
    for part in parts_of(tree):
        if isinstance(part, Name) and part.name not in names:
            names.append(part.name)
    return names


def parts_of(tree: Tree) -> Iterator[Tree]:
    """All parts of a formula, operands before their operation."""
    if isinstance(tree, Operation):
        for operand in tree.operands:
            yield from parts_of(operand)
    yield tree


@dataclass(frozen=True)
class _Token:
    kind: str  # "number", "name", "sign", "end"
    text: str
    column: int  # from 1


def _tokens(text: str, place: str) -> Iterator[_Token]:
    """The words of a formula. Raises: ExperimentError for a character that has no meaning here."""
    at = 0
    stripped = text.rstrip()
    while at < len(stripped):
        match = TOKEN.match(stripped, at)
        if match is None:
            at += len(stripped[at:]) - len(stripped[at:].lstrip())
            raise ExperimentError.at(place, "formula_sign", given=stripped[at], column=at + 1)
        kind = str(match.lastgroup)
        yield _Token(kind, match.group(kind), match.start(kind) + 1)
        at = match.end()
    yield _Token("end", "", len(stripped) + 1)


class _Parser:
    """Reads tokens from left to right; every rule of the grammar is one method."""

    def __init__(self, tokens: Sequence[_Token], place: str):
        self._tokens = tokens
        self._place = place
        self._at = 0
        self._n_parts = 0
        self._depth = 0

    def whole(self) -> Tree:
        """The whole text as one formula."""
        if self._next.kind == "end":
            raise ExperimentError.at(self._place, "formula_empty")
        tree = self._sum()
        if self._next.kind != "end":
            raise self._unexpected()
        return tree

    def _sum(self) -> Tree:
        tree = self._product()
        while self._next.text in ("+", "-"):
            operator = self._take().text
            tree = self._operation(operator, tree, self._product())
        return tree

    def _product(self) -> Tree:
        tree = self._sign()
        while self._next.text in ("*", "/", "@"):
            operator = self._take().text
            tree = self._operation(operator, tree, self._sign())
        return tree

    def _sign(self) -> Tree:
        if self._next.text not in ("-", "+"):
            return self._power()
        operator = self._take().text
        self._deeper()
        operand = self._sign()
        self._depth -= 1
        return operand if operator == "+" else self._operation("neg", operand)

    def _power(self) -> Tree:
        base = self._atom()
        if self._next.text != "**":
            return base
        self._take()
        self._deeper()
        exponent = self._sign()
        self._depth -= 1
        return self._operation("**", base, exponent)

    def _atom(self) -> Tree:
        token = self._take()
        if token.kind == "number":
            return self._counted(Number(float(token.text)))
        if token.kind == "name":
            return self._named(token)
        if token.text == "(":
            return self._bracket()
        self._at -= 1
        raise self._unexpected()

    def _named(self, token: _Token) -> Tree:
        is_call = self._next.text == "("
        if is_call and token.text in FUNCTIONS:
            self._take()
            return self._operation(token.text, self._bracket())
        if is_call or token.text in FUNCTIONS or token.text in RESERVED or "__" in token.text:
            code = "formula_function" if is_call else "formula_name"
            known = ", ".join(FUNCTIONS)
            raise ExperimentError.at(
                self._place, code, given=token.text[:30], column=token.column, known=known
            )
        return self._counted(Name(token.text))

    def _bracket(self) -> Tree:
        """What stands between "(", which was taken, and its ")"."""
        self._deeper()
        tree = self._sum()
        self._depth -= 1
        if self._next.text != ")":
            if self._next.kind == "end":
                raise ExperimentError.at(self._place, "formula_open")
            raise self._unexpected()
        self._take()
        return tree

    def _operation(self, operator: str, *operands: Tree) -> Tree:
        return self._counted(Operation(operator, operands))

    def _counted(self, tree: Tree) -> Tree:
        self._n_parts += 1
        if self._n_parts > MOST_PARTS:
            raise ExperimentError.at(self._place, "formula_large", limit=MOST_PARTS)
        return tree

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ExperimentError.at(self._place, "formula_deep", limit=MOST_DEPTH)

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        if token.kind != "end":
            self._at += 1
            return token
        raise ExperimentError.at(self._place, "formula_ends", column=token.column)

    def _unexpected(self) -> ExperimentError:
        token = self._next
        if token.kind == "end":
            return ExperimentError.at(self._place, "formula_ends", column=token.column)
        return ExperimentError.at(
            self._place, "formula_unexpected", given=token.text[:30], column=token.column
        )
