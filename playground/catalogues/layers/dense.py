"""Layers over vectors, or over anything value by value: linear, normalisation, dropout, flatten."""

from pydantic import Field
from torch import nn

from ..calls import Call
from .base import LAYERS, Complaint, Fix, Layer, Shape, flat_complaint


@LAYERS.register
class Linear(Layer):
    """Every output is a weighted sum of all inputs, plus a bias.

    In: (N, F), or (N, T, F) for every step by itself. Out: (N, units) or (N, T, units). Source: torch.nn.Linear.
    """

    id = "linear"
    label = "Linear"
    family = "dense"
    group = "dense"
    units: int = Field(64, ge=1, le=65_536, description="Number of outputs")
    bias: bool = Field(True, description="Add a learned constant to every output")

    def complaint(self, shape: Shape) -> Complaint | None:
        return None if len(shape) == 2 else flat_complaint(self, shape)

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.Linear, shape[-1], self.units, **({} if self.bias else {"bias": False}))


@LAYERS.register
class BatchNorm1d(Layer):
    """Gives every feature mean 0 and standard deviation 1 over the batch, then a learned scale and shift.

    In: (N, F). Out: (N, F). Source: torch.nn.BatchNorm1d; Ioffe and Szegedy 2015.
    """

    id = "batchnorm1d"
    label = "BatchNorm1d"
    family = "norm"
    group = "normalisation"
    takes_init = False
    spreads_over_batch = True

    def complaint(self, shape: Shape) -> Complaint | None:
        found = flat_complaint(self, shape)
        if found is None or len(shape) != 3:
            return found
        return Complaint(
            found.code,
            found.values,
            fixes=(Fix("use_batchnorm2d", (LAYERS["batchnorm2d"](),)), *found.fixes[:1]),
        )

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.BatchNorm1d, shape[0])


@LAYERS.register
class LayerNorm(Layer):
    """Gives every sample (or step of a sequence) mean 0 and standard deviation 1, then a learned scale and shift.

    In: (N, …). Out: the same. Source: torch.nn.LayerNorm; Ba et al. 2016.
    """

    id = "layernorm"
    label = "LayerNorm"
    family = "norm"
    group = "normalisation"
    takes_init = False

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.LayerNorm, shape if len(shape) == 3 else shape[-1])


@LAYERS.register
class Dropout(Layer):
    """Sets a random share of the values to zero during training, so that the network relies on none of them.

    In: (N, …). Out: the same. Source: torch.nn.Dropout; Srivastava et al. 2014.
    """

    id = "dropout"
    label = "Dropout"
    family = "reg"
    group = "regularisation"
    p: float = Field(
        0.5,
        ge=0,
        le=0.95,
        description="Share of values set to zero",
        json_schema_extra={"step": 0.05},
    )

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.Dropout, self.p)


@LAYERS.register
class Flatten(Layer):
    """Turns all values of a sample into one long vector.

    In: (N, …). Out: (N, F). Source: torch.nn.Flatten.
    """

    id = "flatten"
    label = "Flatten"
    family = "shape"
    group = "shape"
    ends_features = True
    mixes_steps = True

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.Flatten)
