"""The catalogue of initialisers: what the weights are before the first step.

Each fills one matrix or filter bank by one plain function, which the exported script carries as it stands.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from pydantic import Field
from torch import Tensor, nn

from .base import Catalogue, Entry

Rules = dict[
    str, tuple[Callable[..., None] | None, dict[str, Any]]
]  # name of a module -> what fills it, with options


def matrices_of(module, weight):
    """The matrices that lie in a weight: one a gate in a recurrent layer; query, key and value in attention."""
    if isinstance(module, nn.RNNBase):
        return weight.chunk(max(1, weight.shape[0] // module.hidden_size))
    if isinstance(module, nn.MultiheadAttention):
        return weight.chunk(max(1, weight.shape[0] // module.embed_dim))
    return [weight]


def initialise(model, rules):
    """Fills the weights of linear, convolutional, recurrent and attention layers; their biases become 0.

    In: module name -> (function, options), None for PyTorch's default; the longest name that fits decides, "" fits
    all. Normalisation keeps its ones and zeros, an embedding PyTorch's default, a forget gate the bias chosen for it.
    """
    for name, module in model.named_modules():
        fitting = [each for each in rules if not each or f"{name}.".startswith(f"{each}.")]
        if not fitting or isinstance(module, nn.Embedding):
            continue
        fill, options = rules[max(fitting, key=len)]
        own = dict(module.named_parameters(recurse=False))
        if fill is None or not any("weight" in each and own[each].ndim > 1 for each in own):
            continue
        for each, parameter in own.items():
            if "bias" in each:
                nn.init.zeros_(parameter)
            elif parameter.ndim > 1:
                for matrix in matrices_of(module, parameter.data):
                    fill(matrix, **options)
    for module in model.modules():
        if hasattr(module, "open_gates"):
            module.open_gates()


def fan_of(weight, mode):
    """auto: fan_in for a matrix, fan_out for the filters of a convolution."""
    if mode == "auto":
        return "fan_out" if weight.ndim > 2 else "fan_in"
    return mode


def fill_kaiming_normal(weight, mode, nonlinearity):
    nn.init.kaiming_normal_(weight, mode=fan_of(weight, mode), nonlinearity=nonlinearity)


def fill_kaiming_uniform(weight, mode, nonlinearity):
    nn.init.kaiming_uniform_(weight, mode=fan_of(weight, mode), nonlinearity=nonlinearity)


def fill_xavier_normal(weight, nonlinearity):
    nn.init.xavier_normal_(weight, gain=nn.init.calculate_gain(nonlinearity))


def fill_xavier_uniform(weight, nonlinearity):
    nn.init.xavier_uniform_(weight, gain=nn.init.calculate_gain(nonlinearity))


def fill_orthogonal(weight, nonlinearity):
    nn.init.orthogonal_(weight, gain=nn.init.calculate_gain(nonlinearity))


def fill_lecun_normal(weight):
    nn.init.kaiming_normal_(weight, mode="fan_in", nonlinearity="linear")


def fill_normal(weight, std):
    nn.init.normal_(weight, std=std)


def fill_equal(weight, value):
    nn.init.constant_(weight, value)


class Initializer(Entry):
    """What the weights are before the first step; biases are 0, normalisation starts with ones and zeros."""

    family = "init"
    fill: ClassVar[Callable[..., None] | None] = None
    uses: ClassVar[tuple[Callable[..., Any], ...]] = ()

    def rule(self) -> tuple[Callable[..., None], dict[str, Any]] | None:
        """Function and options; None: PyTorch's default stays."""
        fill = type(self).fill
        return (
            None
            if fill is None
            else (fill, {name: getattr(self, name) for name in type(self).model_fields})
        )

    def apply(self, weight: Tensor) -> Tensor:
        """Fills one weight from torch's global generator, and gives it back."""
        rule = self.rule()
        if rule is not None:
            rule[0](weight, **rule[1])
        return weight


INITIALIZERS: Catalogue[Initializer] = Catalogue("init", Initializer)
Nonlinearity = Literal["relu", "tanh", "sigmoid", "selu", "linear"]


class Kaiming(Initializer):
    """Keeps the spread from layer to layer where half of the values are cut off, as ReLU does."""

    uses = (fan_of,)
    mode: Literal["auto", "fan_in", "fan_out"] = Field(
        "auto",
        description="fan_in preserves the standard deviation in the forward pass, fan_out in the backward "
        "pass; auto: fan_in, but fan_out for convolutions",
    )
    nonlinearity: Nonlinearity = Field("relu", description="The activation that follows the layers")


class Xavier(Initializer):
    """Keeps the spread about the same forwards and backwards."""

    nonlinearity: Nonlinearity = Field(
        "linear", description="The activation that follows the layers"
    )


@INITIALIZERS.register
class TorchDefault(Initializer):
    """PyTorch's default: uniform within ± 1 / √inputs, also for biases.

    Source: reset_parameters of torch.nn.Linear and its like.
    """

    id = "torch"
    label = "PyTorch default"


@INITIALIZERS.register
class KaimingNormal(Kaiming):
    """Normally distributed with standard deviation gain / √fan; made for ReLU.

    Source: torch.nn.init.kaiming_normal_; He et al. 2015.
    """

    id = "kaiming_normal"
    label = "Kaiming normal"
    fill = staticmethod(fill_kaiming_normal)


@INITIALIZERS.register
class KaimingUniform(Kaiming):
    """Uniformly distributed with standard deviation gain / √fan; made for ReLU.

    Source: torch.nn.init.kaiming_uniform_; He et al. 2015.
    """

    id = "kaiming_uniform"
    label = "Kaiming uniform"
    fill = staticmethod(fill_kaiming_uniform)


@INITIALIZERS.register
class XavierNormal(Xavier):
    """Normally distributed with standard deviation gain × √(2 / (inputs + outputs)); made for tanh and sigmoid.

    Source: torch.nn.init.xavier_normal_; Glorot and Bengio 2010.
    """

    id = "xavier_normal"
    label = "Xavier normal"
    fill = staticmethod(fill_xavier_normal)


@INITIALIZERS.register
class XavierUniform(Xavier):
    """Uniformly distributed with standard deviation gain × √(2 / (inputs + outputs)); made for tanh and sigmoid.

    Source: torch.nn.init.xavier_uniform_; Glorot and Bengio 2010.
    """

    id = "xavier_uniform"
    label = "Xavier uniform"
    fill = staticmethod(fill_xavier_uniform)


@INITIALIZERS.register
class Orthogonal(Xavier):
    """Rows or columns are at right angles to each other, which preserves lengths however deep the network is.

    Source: torch.nn.init.orthogonal_; Saxe et al. 2014.
    """

    id = "orthogonal"
    label = "Orthogonal"
    fill = staticmethod(fill_orthogonal)


@INITIALIZERS.register
class LecunNormal(Initializer):
    """Normally distributed with standard deviation 1 / √inputs; for SELU and for layers without an activation.

    Source: torch.nn.init.kaiming_normal_ with gain 1; LeCun et al. 1998.
    """

    id = "lecun_normal"
    label = "LeCun normal"
    fill = staticmethod(fill_lecun_normal)


@INITIALIZERS.register
class FixedNormal(Initializer):
    """Bad on purpose: one standard deviation for all layers. At 1, deep networks explode; at 0.001 the signal dies.

    Source: torch.nn.init.normal_.
    """

    id = "normal"
    label = "Same spread everywhere (bad)"
    fill = staticmethod(fill_normal)
    std: float = Field(
        1.0,
        gt=0,
        le=100,
        description="Standard deviation of the weights",
        json_schema_extra={"log": True},
    )


@INITIALIZERS.register
class Equal(Initializer):
    """Bad on purpose: all units of a layer compute the same value and get the same gradient, so they stay identical.

    Source: torch.nn.init.constant_.
    """

    id = "equal"
    label = "All equal (bad)"
    fill = staticmethod(fill_equal)
    value: float = Field(
        0.0,
        ge=-10,
        le=10,
        description="The value of every weight",
        json_schema_extra={"step": 0.05},
    )
