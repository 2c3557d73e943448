"""A repair as the whole layer list after it, so that a click on it is an ordinary edit."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..catalogues.layers import LAYERS, Layer
from ..catalogues.layers.dense import Linear


def repaired(
    layers: Sequence[Layer], path: str, instead: Sequence[Layer], layer: Layer | None
) -> list[dict[str, Any]]:
    """The whole list as JSON, with `instead` in the place of the layer at `path` (at the end for the output)."""
    if layer is None:
        added = [each for each in instead if not isinstance(each, Linear)] or [LAYERS["flatten"]()]
        return [each.model_dump(mode="json", exclude_defaults=True) for each in (*layers, *added)]
    return list(_replaced(layers, "layers", path, instead))


def _replaced(
    layers: Sequence[Layer], prefix: str, path: str, instead: Sequence[Layer]
) -> Iterator[dict[str, Any]]:
    for i, layer in enumerate(layers):
        here = f"{prefix}[{i}]"
        if here == path:
            yield from (each.model_dump(mode="json", exclude_defaults=True) for each in instead)
        elif layer.body_field and path.startswith(here + "."):
            body = list(
                _replaced(
                    getattr(layer, layer.body_field), f"{here}.{layer.body_field}", path, instead
                )
            )
            if body:  # a block that loses its last layer goes with it
                yield layer.model_dump(mode="json", exclude_defaults=True) | {
                    layer.body_field: body
                }
        else:
            yield layer.model_dump(mode="json", exclude_defaults=True)
