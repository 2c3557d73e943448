"""One step of a recurrent cell as a graph, with the numbers of one unit. Letters are those of torch's own formulas."""

from collections.abc import Mapping

import torch

from .parts import Graph, Node

# From what each value is made. Gates see the whole state and the whole input, of which one unit is shown.
OPERANDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "rnn": {"h": ("x", "h′")},
    "lstm": {
        "f": ("x", "h′"),
        "i": ("x", "h′"),
        "g": ("x", "h′"),
        "o": ("x", "h′"),
        "f·c′": ("f", "c′"),
        "i·g": ("i", "g"),
        "c": ("f·c′", "i·g"),
        "tanh c": ("c",),
        "h": ("o", "tanh c"),
    },
    "gru": {
        "r": ("x", "h′"),
        "z": ("x", "h′"),
        "n": ("x", "h′", "r"),
        "z·h′": ("z", "h′"),
        "(1−z)·n": ("z", "n"),
        "h": ("z·h′", "(1−z)·n"),
    },
}
LETTERS = {
    "lstm": {"f": "forget", "i": "input", "g": "candidate", "o": "output", "c": "cell"},
    "gru": {"r": "reset", "z": "update", "n": "candidate"},
    "rnn": {},
}


def cell_graph(
    cell: str, gates: Mapping[str, torch.Tensor], step: int, unit: int, character: str
) -> Graph:
    """The step that reads this character. h′ and c′ are the states before it."""
    numbers = unit_values(cell, gates, step, unit)
    nodes = [Node("x", "x", character if not character.isspace() else "␣", role="leaf")]
    for name, number in numbers.items():
        nodes.append(Node(name, name, f"{number:.3g}".replace("-", "−"), role=_role(name)))
    edges = []
    for name, operands in OPERANDS[cell].items():
        edges += [(operand, name, "") for operand in operands]
    return Graph("step", nodes, edges, 0, title="one_step")


def unit_values(
    cell: str, gates: Mapping[str, torch.Tensor], step: int, unit: int
) -> dict[str, float]:
    """Every value of one unit at one step, by its letter."""
    values = {"h′": _before(gates["hidden"], step, unit)}
    if cell == "lstm":
        values["c′"] = _before(gates["cell"], step, unit)
    for letter, name in LETTERS[cell].items():
        values[letter] = gates[name][step, unit].item()
    values["h"] = gates["hidden"][step, unit].item()
    if cell == "lstm":
        values["f·c′"] = values["f"] * values["c′"]
        values["i·g"] = values["i"] * values["g"]
        values["tanh c"] = gates["cell"][step, unit].tanh().item()
    if cell == "gru":
        values["z·h′"] = values["z"] * values["h′"]
        values["(1−z)·n"] = (1 - values["z"]) * values["n"]
    return values


def _before(states: torch.Tensor, step: int, unit: int) -> float:
    """The state that the step starts from; zero at the beginning."""
    return states[step - 1, unit].item() if step else 0.0


def _role(name: str) -> str:
    if name in ("h′", "c′"):
        return "leaf"
    return "result" if name == "h" else ""
