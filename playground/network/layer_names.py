"""What a layer is called in sentences: as on the screen, by its number in the list and its kind."""

import re
from collections.abc import Sequence
from typing import Any

OUTPUT = "Output"


def layer_name(layers: Sequence[Any], path: str) -> str:
    """`layers[2].body[1]` -> "3.2 Linear"; the output layer is "Output". In: an experiment's layers."""
    if path == "output":
        return OUTPUT
    numbers = [int(number) for number in re.findall(r"\[(\d+)\]", path)]
    inside, label = layers, ""
    for number in numbers:
        layer = inside[number]
        label = layer.label
        inside = getattr(layer, layer.body_field) if layer.body_field else ()
    counted = ".".join(str(number + 1) for number in numbers)
    return f"{counted} {label}"
