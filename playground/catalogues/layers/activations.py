"""Activations: a curve applied to every value by itself."""

from typing import ClassVar

from pydantic import Field
from torch import nn

from ..calls import Call
from .base import LAYERS, Layer, Shape


class Activation(Layer):
    """A curve applied to every value by itself. In: (N, …). Out: the same."""

    family = "act"
    group = "activation"
    module: ClassVar[type[nn.Module]]

    def call(self, shape: Shape) -> Call:
        return Call.of(self.module)


@LAYERS.register
class ReLU(Activation):
    """Negative values become zero.

    In: (N, …). Out: the same. Source: torch.nn.ReLU.
    """

    id = "relu"
    label = "ReLU"
    module = nn.ReLU
    can_die = True


@LAYERS.register
class LeakyReLU(Activation):
    """Negative values are scaled down instead of being set to zero.

    In: (N, …). Out: the same. Source: torch.nn.LeakyReLU.
    """

    id = "leaky_relu"
    label = "LeakyReLU"
    slope: float = Field(
        0.01, ge=0, le=1, description="Factor for negative values", json_schema_extra={"step": 0.01}
    )

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.LeakyReLU, self.slope)


@LAYERS.register
class ELU(Activation):
    """Negative values bend smoothly towards −1.

    In: (N, …). Out: the same. Source: torch.nn.ELU; Clevert et al. 2015.
    """

    id = "elu"
    label = "ELU"
    module = nn.ELU


@LAYERS.register
class GELU(Activation):
    """A smooth ReLU, weighted by the normal distribution; common in transformers.

    In: (N, …). Out: the same. Source: torch.nn.GELU; Hendrycks and Gimpel 2016.
    """

    id = "gelu"
    label = "GELU"
    module = nn.GELU


@LAYERS.register
class SiLU(Activation):
    """A smooth ReLU: the value times its sigmoid; also called Swish.

    In: (N, …). Out: the same. Source: torch.nn.SiLU.
    """

    id = "silu"
    label = "SiLU"
    module = nn.SiLU


@LAYERS.register
class Tanh(Activation):
    """Squeezes every value smoothly between −1 and 1.

    In: (N, …). Out: the same. Source: torch.nn.Tanh.
    """

    id = "tanh"
    label = "Tanh"
    module = nn.Tanh


@LAYERS.register
class Sigmoid(Activation):
    """Squeezes every value smoothly between 0 and 1.

    In: (N, …). Out: the same. Source: torch.nn.Sigmoid.
    """

    id = "sigmoid"
    label = "Sigmoid"
    module = nn.Sigmoid
