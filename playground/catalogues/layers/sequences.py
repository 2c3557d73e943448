"""Layers over sequences. Padding (token 0) never leaks: every layer that looks along time is told the lengths."""

from typing import Any, ClassVar, Literal

from pydantic import Field
from torch import nn

from ...faults import shape_text
from ..calls import Call, sequential
from ..modules import (
    AttentionPool,
    LearnedPositions,
    Recurrent,
    SinusoidalPositions,
    TimeConv,
    TimePool,
    Transformer,
)
from .base import LAYERS, Complaint, Fix, Layer, Shape, Tokens, sequence_complaint


@LAYERS.register
class EmbeddingLayer(Layer):
    """Gives every token a learned vector; padding always has the zero vector.

    In: (N, T) token numbers. Out: (N, T, size). Source: torch.nn.Embedding.
    """

    id = "embedding"
    label = "Embedding"
    family = "dense"
    group = "sequence"
    dense = False
    takes_tokens = True
    takes_init = False
    size: int = Field(32, ge=1, le=1_024, description="How many numbers describe a token")

    def complaint(self, shape: Shape) -> Complaint | None:
        if isinstance(shape, Tokens):
            return None
        return Complaint("needs_tokens", {"layer": self.label, "shape": shape_text(shape)})

    def call(self, shape: Shape) -> Call:
        assert isinstance(shape, Tokens)
        return Call.of(nn.Embedding, shape.vocabulary, self.size, padding_idx=0)


class SequenceLayer(Layer):
    """A layer over sequences. In: (N, T, F)."""

    group = "sequence"
    dense: ClassVar[bool] = False

    def complaint(self, shape: Shape) -> Complaint | None:
        return sequence_complaint(self, shape)


class RecurrentLayer(SequenceLayer):
    """Reads a sequence step by step and keeps a state."""

    family = "seq"
    linear_in_time = True
    cell: ClassVar[type[nn.RNNBase]]
    units: int = Field(64, ge=1, le=2_048, description="Size of the state of each direction")
    layers: int = Field(
        1, ge=1, le=8, description="Number of layers; each reads the states of the one below"
    )
    bidirectional: bool = Field(False, description="Also read from the end to the beginning")
    dropout: float = Field(
        0.0, ge=0, le=0.95, description="Dropout between the layers; has no effect with a single layer",
        json_schema_extra={"step": 0.05},
    )  # fmt: skip
    returns: Literal["sequence", "last"] = Field(
        "sequence",
        description="sequence: the state after every step; last: only the state after the last real step of "
        "each direction",
    )

    def options(self) -> dict[str, Any]:
        """What only this kind of cell takes."""
        return {}

    def outer(self) -> dict[str, Any]:
        """What the wrapper takes beside the cell."""
        return {} if self.returns == "sequence" else {"returns": self.returns}

    def call(self, shape: Shape) -> Call:
        options: dict[str, Any] = {} if self.layers == 1 else {"num_layers": self.layers}
        if self.layers > 1 and self.dropout:
            options["dropout"] = self.dropout
        if self.bidirectional:
            options["bidirectional"] = True
        cell = Call.of(
            self.cell, shape[-1], self.units, batch_first=True, **options, **self.options()
        )
        return Call.of(Recurrent, cell, **self.outer())


@LAYERS.register
class RNNLayer(RecurrentLayer):
    """The simplest recurrent network: the new state is the tanh of the weighted input plus the weighted old state.

    In: (N, T, F). Out: (N, T, units · directions), or (N, units · directions). Source: torch.nn.RNN; Elman 1990.
    """

    id = "rnn"
    label = "RNN"
    cell = nn.RNN
    nonlinearity: Literal["tanh", "relu"] = Field(
        "tanh", description="The activation of the new state"
    )

    def options(self) -> dict[str, Any]:
        return {} if self.nonlinearity == "tanh" else {"nonlinearity": self.nonlinearity}


@LAYERS.register
class LSTMLayer(RecurrentLayer):
    """A recurrent network with long-lasting memory: three gates control what is written, forgotten and read.

    In: (N, T, F). Out: (N, T, units · directions), or (N, units · directions).
    Source: torch.nn.LSTM; Hochreiter and Schmidhuber 1997; the open forget gate: Gers et al. 2000.
    """

    id = "lstm"
    label = "LSTM"
    cell = nn.LSTM
    forget_bias: float | None = Field(
        None,
        ge=-10,
        le=10,
        description="Initial bias of the forget gates; above 0 the memory lasts longer; blank: default",
        json_schema_extra={"step": 0.5},
    )  # fmt: skip

    def outer(self) -> dict[str, Any]:
        return super().outer() | (
            {} if self.forget_bias is None else {"forget_bias": self.forget_bias}
        )


@LAYERS.register
class GRULayer(RecurrentLayer):
    """A lighter LSTM: two gates decide how much of the state is updated.

    In: (N, T, F). Out: (N, T, units · directions), or (N, units · directions). Source: torch.nn.GRU; Cho et al. 2014.
    """

    id = "gru"
    label = "GRU"
    cell = nn.GRU


@LAYERS.register
class Conv1dLayer(SequenceLayer):
    """Slides small learned filters along time; the number of steps stays the same.

    In: (N, T, F). Out: (N, T, channels). Padding counts as 0. Source: torch.nn.Conv1d; Bai et al. 2018.
    """

    id = "conv1d"
    label = "Conv1d over time"
    family = "conv"
    channels: int = Field(64, ge=1, le=4_096, description="Output channels, one per filter")
    kernel: int = Field(
        3,
        ge=1,
        le=31,
        description="Steps that the filter sees",
        json_schema_extra={"unit": "steps"},
    )
    dilation: int = Field(
        1, ge=1, le=256, description="Distance between these steps: 2 skips every other one"
    )
    causal: bool = Field(
        False, description="Only look at this step and earlier ones, as a forecast must"
    )
    bias: bool = Field(
        True,
        description="Add a learned constant to every channel; has no effect before a BatchNorm",
    )

    def call(self, shape: Shape) -> Call:
        options: dict[str, Any] = {} if self.dilation == 1 else {"dilation": self.dilation}
        if not self.bias:
            options["bias"] = False
        conv = Call.of(nn.Conv1d, shape[-1], self.channels, self.kernel, **options)
        return Call.of(TimeConv, conv, **({"causal": True} if self.causal else {}))


@LAYERS.register
class PositionalEmbedding(SequenceLayer):
    """Adds information about its position to every step, since attention alone does not know the order.

    In: (N, T, F). Out: the same. Source: Vaswani et al. 2017, section 3.5; learned: Gehring et al. 2017.
    """

    id = "positional_embedding"
    label = "Positions"
    family = "dense"
    how: Literal["learned", "sinusoidal"] = Field(
        "learned",
        description="learned: one vector per position; sinusoidal: fixed waves of different frequencies",
    )

    def call(self, shape: Shape) -> Call:
        return Call.of(LearnedPositions if self.how == "learned" else SinusoidalPositions, *shape)


@LAYERS.register
class TransformerEncoder(SequenceLayer):
    """Lets every step look at every other through attention, then processes each step on its own.

    In: (N, T, F), F divisible by the heads. Out: the same. No step looks at padding.
    Source: torch.nn.TransformerEncoderLayer; Vaswani et al. 2017.
    """

    id = "transformer_encoder"
    label = "Transformer encoder"
    family = "seq"
    attends = True
    heads: int = Field(
        4,
        ge=1,
        le=64,
        description="Number of attention heads, each working on its part of the features",
    )
    feedforward: int = Field(
        128, ge=1, le=8_192, description="Hidden units of the part that processes each step"
    )
    dropout: float = Field(
        0.1,
        ge=0,
        le=0.95,
        description="Share of values set to zero",
        json_schema_extra={"step": 0.05},
    )
    norm_first: bool = Field(
        True, description="Normalise before each part instead of after it, which is easier to train"
    )

    def complaint(self, shape: Shape) -> Complaint | None:
        found = super().complaint(shape)
        if found or shape[-1] % self.heads == 0:
            return found
        fitting = max(n for n in range(1, min(self.heads, shape[-1]) + 1) if shape[-1] % n == 0)
        fix = Fix("use_fitting_heads", (self.model_copy(update={"heads": fitting}),))
        return Complaint(
            "heads_do_not_divide", {"heads": self.heads, "features": shape[-1]}, "heads", (fix,)
        )

    def call(self, shape: Shape) -> Call:
        options = {"norm_first": True} if self.norm_first else {}
        sizes = (shape[-1], self.heads, self.feedforward, self.dropout)
        return Call.of(
            Transformer, Call.of(nn.TransformerEncoderLayer, *sizes, batch_first=True, **options)
        )


@LAYERS.register
class AttentionPoolLayer(SequenceLayer):
    """Turns a sequence into one vector: the mean of its steps, weighted by how much each one matters.

    In: (N, T, F). Out: (N, F). The weights are a softmax over the true steps; padding gets 0.
    Source: torch.nn.Softmax; Bahdanau et al. 2015.
    """

    id = "attention_pool"
    label = "Attention pool"
    family = "pool"
    ends_features = True
    attends = True
    hidden: int | None = Field(
        None,
        ge=1,
        le=1_024,
        description="Hidden tanh units between a step and its score; blank: none",
    )

    def call(self, shape: Shape) -> Call:
        if self.hidden is None:
            return Call.of(AttentionPool, Call.of(nn.Linear, shape[-1], 1))
        first, last = (
            Call.of(nn.Linear, shape[-1], self.hidden),
            Call.of(nn.Linear, self.hidden, 1, bias=False),
        )
        return Call.of(AttentionPool, sequential([first, Call.of(nn.Tanh), last]))


@LAYERS.register
class TimePoolLayer(SequenceLayer):
    """Turns a sequence into one vector: its last real step, its mean, or the largest value of each feature.

    In: (N, T, F). Out: (N, F). Padding is left out. Source: torch.Tensor.mean, torch.Tensor.amax.
    """

    id = "time_pool"
    label = "Pool over time"
    family = "pool"
    ends_features = True
    how: Literal["last", "mean", "max"] = Field(
        "last", description="Which steps count: the last one or all of them"
    )

    def call(self, shape: Shape) -> Call:
        return Call.of(TimePool, self.how)
