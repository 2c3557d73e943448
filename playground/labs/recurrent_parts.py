"""What the lab about recurrent cells draws: the answer, gates and states over time, fading gradients, packing."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch

from .parts import Array, Boxes, Figure, Part, Say, Table

ACTIVE = ("forget", "input", "output", "reset", "update")  # gates: from 0 to 1
SPACE = "␣"
COLOUR_OF_CELL = {"rnn": "fault", "lstm": "value", "gru": "accent"}
STRIP = 64  # pixels of the height of a gate in the figure


def shown(text: str) -> list[str]:
    """The characters; spaces become visible."""
    return [SPACE if character.isspace() else character for character in text]


def depths(text: str) -> list[int]:
    """How many brackets are open after each character. One that closes nothing is passed over."""
    depth = 0
    counted = []
    for character in text:
        if character in "(（":
            depth += 1
        elif character in ")）":
            depth = max(0, depth - 1)
        counted.append(depth)
    return counted


def _axis_of(text: str) -> dict[str, Any]:
    """An axis with a character at each place."""
    return {"tickvals": list(range(len(text))), "ticktext": shown(text), "tickangle": 0}


def _line_at(step: int) -> dict[str, Any]:
    """An upright line through the whole figure at the character that is looked at."""
    return {
        "type": "line",
        "x0": step,
        "x1": step,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": "accent", "width": 1.5, "dash": "dot"},
    }


def answer_figure(text: str, open_chances: torch.Tensor, step: int) -> Figure:
    """What is true, and what the network says, after each character."""
    places = list(range(len(text)))
    truth = [1 if depth else 0 for depth in depths(text)]
    traces = [
        {
            "x": places,
            "y": truth,
            "name": "truth",
            "color": "dim",
            "width": 1,
            "line": {"shape": "hvh"},  # a step in the middle between two characters
            "fill": "tozeroy",
            "fill_color": "dim",
        },
        {"x": places, "y": open_chances, "name": "says", "color": "value", "width": 3},
    ]
    layout = {
        "xaxis": _axis_of(text),
        "yaxis": {"range": [0, 1.05], "tickformat": ".0%"},
        "shapes": [_line_at(step)],
    }
    return Figure("answer", traces, layout=layout, title="answer", height=200)


def verdict(text: str, open_chances: torch.Tensor) -> Say:
    """After how many characters the network is right."""
    says_open = open_chances > 0.5
    is_open = torch.tensor(depths(text)) > 0
    errors = (says_open != is_open).nonzero().flatten().tolist()
    values = {"right": len(text) - len(errors), "n": len(text)}
    if not errors:
        return Say("verdict", "all_right", values, "good")
    return Say("verdict", "some_wrong", values | {"first": errors[0] + 1}, "fault")


def gates_figure(text: str, gates: Mapping[str, torch.Tensor], step: int) -> Figure:
    """A strip for each gate and state: units from top to bottom, characters from left to right."""
    traces = []
    lowest = "y" if len(gates) == 1 else f"y{len(gates)}"
    axis = _axis_of(text) | {"anchor": lowest}
    layout: dict[str, Any] = {"xaxis": axis, "shapes": [_line_at(step)]}
    share = 1 / len(gates)
    for place, (name, values) in enumerate(gates.items()):
        number = "" if place == 0 else str(place + 1)
        top = 1 - place * share
        layout[f"yaxis{number}"] = {
            "domain": [top - 0.85 * share, top],
            "title": name,
            "showticklabels": False,
            "autorange": "reversed",
        }
        traces.append(_strip(name, values) | {"yaxis": f"y{number}"})
    return Figure("gates", traces, layout=layout, title="gates", height=60 + STRIP * len(gates))


def _strip(name: str, values: torch.Tensor) -> dict[str, Any]:
    """A heat map (H, T). A gate is dark where it is closed and bright where it is open."""
    look: dict[str, Any] = {"colours": "values", "zmid": 0}
    if name in ACTIVE:
        look = {"colours": "levels", "zmin": 0, "zmax": 1}
    return {"type": "heatmap", "z": values.T, "name": name, "showlegend": False, **look}


def state_figure(hidden: torch.Tensor) -> Figure:
    """The state alone, for the card."""
    return Figure("state", [_strip("hidden", hidden)])


def reach_figure(text: str, reaches: Mapping[str, torch.Tensor], chosen: str) -> Figure:
    """How much of the gradient of the last state reaches each character, for each cell."""
    traces = []
    for cell, reach in reaches.items():
        is_chosen = cell == chosen
        traces.append(
            {
                "x": list(range(len(reach))),
                "y": reach,
                "name": cell,
                "color": COLOUR_OF_CELL[cell],
                "width": 3 if is_chosen else 1.5,
                "dash": "solid" if is_chosen else "dot",
            }
        )
    scale = {"type": "log", "exponentformat": "power", "dtick": 1}
    layout = {"xaxis": _axis_of(text), "yaxis": scale}
    return Figure("reach", traces, "", "norm", layout, title="reach", height=260)


def reach_words(text: str, reach: torch.Tensor) -> Say:
    """On which character the last state depends most, and how much of that is left for the first one."""
    place = int(reach.argmax())
    largest = reach[place].item()
    values = {
        "character": shown(text)[place],
        "distance": len(text) - 1 - place,
        "left": f"{reach[0].item() / largest:.2g}" if largest else "0",
    }
    return Say("depends", "depends", values)


def batch_parts(texts: Sequence[str], batch: Mapping[str, Any]) -> list[Part]:
    """Padding and packing: the batch as a grid, and the packed row that the cell really reads."""
    longest = max(batch["lengths"])
    cells = []
    for text in texts:
        padding = longest - len(text)
        cells.append(shown(text) + padding * ["·"])
    boxes = packed_characters(texts, batch["order"], batch["batch_sizes"])
    # Characters that are read at the same time have the same colour; two colours take turns.
    shades = []
    place = 0
    for time, size in enumerate(batch["batch_sizes"]):
        shades += [(place + offset, str(time % 2)) for offset in range(size)]
        place += size
    sizes = ", ".join(map(str, batch["batch_sizes"]))
    return [
        Array("padded", cells, (len(texts), longest), "padded", colours=""),
        Boxes("packed", boxes, shades, "packed", note=f"batch_sizes = [{sizes}]"),
        _last_states(texts, batch),
        Say("padding", "padding"),
    ]


def packed_characters(
    texts: Sequence[str], order: Sequence[int], batch_sizes: Sequence[int]
) -> list[str]:
    """The characters in the order of a PackedSequence: the first of all texts, then the second of all …"""
    characters = []
    for time, size in enumerate(batch_sizes):
        for row in order[:size]:
            characters.append(shown(texts[row])[time])
    return characters


def _last_states(texts: Sequence[str], batch: Mapping[str, Any]) -> Table:
    """How far the state after the padding is from the true last one."""
    differences = (batch["padded_last"] - batch["true_last"]).abs().amax(1)
    rows = []
    for text, length, difference in zip(texts, batch["lengths"], differences, strict=True):
        rows.append(["".join(shown(text)), length, float(f"{difference.item():.3g}")])
    return Table("last", ["read", "length", "difference"], rows)
