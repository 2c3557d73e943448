"""The catalogue of layers: one entry = one class = the module, its fields, its help and its code."""

from . import dense, images, backbones, activations, sequences, blocks  # noqa: F401, I001 (the order of the menu)
from .base import (
    LAYERS,
    Complaint,
    ImageLayer,
    Layer,
    LayerList,
    Fix,
    Shape,
    Tokens,
    count_layers,
    every_layer,
    flat_complaint,
    sequence_complaint,
)

__all__ = [
    "LAYERS",
    "Complaint",
    "Fix",
    "ImageLayer",
    "Layer",
    "LayerList",
    "Shape",
    "Tokens",
    "count_layers",
    "every_layer",
    "flat_complaint",
    "sequence_complaint",
]
