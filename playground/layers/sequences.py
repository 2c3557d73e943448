"""Layers over sequences. Padding (token 0) never leaks: every layer that looks along time is told the lengths."""

from typing import Literal

from pydantic import Field
from torch import nn

from ..calls import Call
from ..faults import shape_text
from ..modules import TimePool
from .base import LAYERS, Complaint, Layer, Shape, Tokens, sequence_complaint


@LAYERS.register
class EmbeddingLayer(Layer):
    """Gives every token a learned vector; padding keeps the vector 0.

    In: (N, T) token numbers. Out: (N, T, size). Source: torch.nn.Embedding.
    """

    id = "embedding"
    label = "Embedding"
    family = "dense"
    group = "sequence"
    dense = False
    takes_tokens = True
    size: int = Field(32, ge=1, le=1_024, description="Numbers that describe a token")

    def complaint(self, shape: Shape) -> Complaint | None:
        if isinstance(shape, Tokens):
            return None
        return Complaint("needs_tokens", {"layer": self.label, "shape": shape_text(shape)})

    def call(self, shape: Shape) -> Call:
        assert isinstance(shape, Tokens)
        return Call.of(nn.Embedding, shape.vocabulary, self.size, padding_idx=0)


@LAYERS.register
class TimePoolLayer(Layer):
    """Makes one vector of a sequence: its last true step, its mean, or the largest value of each feature.

    In: (N, T, F). Out: (N, F). Padding is left out. Source: torch.Tensor.mean, torch.Tensor.amax.
    """

    id = "time_pool"
    label = "Pool over time"
    family = "pool"
    group = "sequence"
    dense = False
    how: Literal["last", "mean", "max"] = Field("last", description="Which steps count: the last one, or all of them")

    def complaint(self, shape: Shape) -> Complaint | None:
        return sequence_complaint(self, shape)

    def call(self, shape: Shape) -> Call:
        return Call.of(TimePool, self.how)
