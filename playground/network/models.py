"""The two kinds of network that a layer list becomes; both also usable by hand."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise
from typing import Self

import torch
from torch import nn

from ..catalogues.modules import through


class Network(nn.Sequential):
    """`features`, the person's layers, and `head`, the output layer that the data set asks for.

    In: (N, *input_shape). Out: (N, outputs).
    """

    features: nn.Sequential
    head: nn.Module

    @classmethod
    def of(cls, features: Sequence[nn.Module], head: nn.Module) -> Self:
        """The network made of these modules, whatever the constructor of the class takes."""
        network = cls.__new__(cls)
        nn.Sequential.__init__(network, cls._parts(features, head))
        return network

    @classmethod
    def _parts(
        cls, features: Sequence[nn.Module], head: nn.Module
    ) -> "OrderedDict[str, nn.Module]":
        return OrderedDict(features=nn.Sequential(*features), head=head)

    @property
    def classifier(self) -> nn.Module:
        """The head by the name that it has in a classifier."""
        return self.head


class DynamicMLP(Network):
    """Linear and ReLU for every hidden size, dropout after every one but the last; flattens images itself.

    In: (N, …) with input_dim values a sample. Out: (N, output_dim).
    """

    flatten: nn.Flatten

    def __init__(
        self, input_dim: int, hidden_dims: Sequence[int], output_dim: int, dropout: float = 0.2
    ):
        features: list[nn.Module] = []
        sizes = [input_dim, *hidden_dims]
        for i, (fan_in, fan_out) in enumerate(pairwise(sizes)):
            features += [nn.Linear(fan_in, fan_out), nn.ReLU()]
            if dropout and i < len(hidden_dims) - 1:
                features.append(nn.Dropout(dropout))
        super().__init__(self._parts(features, nn.Linear(sizes[-1], output_dim)))

    @classmethod
    def _parts(
        cls, features: Sequence[nn.Module], head: nn.Module
    ) -> "OrderedDict[str, nn.Module]":
        return OrderedDict(flatten=nn.Flatten(), **super()._parts(features, head))


class CNN(Network):
    """BasicCNN: Conv3×3-BatchNorm-ReLU blocks with max-pooling after all but the last, then a hidden layer.

    In: (N, *input_shape) with input_shape (C, H, W). Out: (N, output_dim). Follows the input's size.
    """

    def __init__(
        self,
        input_shape: Sequence[int],
        channels: Sequence[int] = (32, 64, 128),
        hidden_dim: int = 256,
        output_dim: int = 10,
        dropout: float = 0.5,
    ):
        features: list[nn.Module] = []
        depth, height, width = input_shape
        for i, out in enumerate(channels):
            features += [nn.Conv2d(depth, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU()]
            if i < len(channels) - 1:
                features.append(nn.MaxPool2d(2))
                height, width = height // 2, width // 2
            depth = out
        features += [
            nn.Flatten(),
            nn.Linear(depth * height * width, hidden_dim),
            nn.ReLU(),
            nn.Dropout(dropout),
        ]
        super().__init__(self._parts(features, nn.Linear(hidden_dim, output_dim)))


class SequenceNetwork(Network):
    """A network over sequences: tells every layer that looks along time how long each sequence really is.

    In: int64 (N, T) token numbers, 0 for padding, cut to the longest of the batch; or float (N, T, F), all of one
    length. Out: (N, outputs), or (N, T, outputs) where steps are labelled.
    """

    uses = (through,)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        lengths = None
        if x.dtype == torch.int64:
            is_token = x != 0
            # An empty text counts as one step of padding: a sequence of no steps has no last one.
            lengths = is_token.sum(1).clamp(min=1)
            longest = int(lengths.max())
            x = x[:, :longest]
        features = through(self.features, x, lengths)
        return self.head(features)


def is_image_format(model: nn.Module) -> bool:
    """Whether the model has convolutions, so that channels_last pays."""
    return any(isinstance(module, nn.Conv2d) for module in model.modules())


def parameter_count(model: nn.Module) -> int:
    """Trainable parameters."""
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


def memory_format(model: nn.Module) -> torch.memory_format:
    """channels_last for convolutional networks, the ordinary format for others."""
    return torch.channels_last if is_image_format(model) else torch.contiguous_format


def keep_gradient_format(model: nn.Module) -> None:
    """Lets the gradient of a Flatten after a ReLU come back in channels_last, as its input is.

    The ReLU otherwise reads two formats side by side, which is several times slower. It gives on the same numbers in
    the same format either way; other layers would sum in another order, so their gradient is left as it comes.
    """
    for module in model.modules():
        if not isinstance(module, nn.Sequential):
            continue
        for before, after in pairwise(module):
            if isinstance(before, nn.ReLU) and isinstance(after, nn.Flatten):
                after.register_forward_pre_hook(_answer_in_format)


def _answer_in_format(_module: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
    if inputs[0].requires_grad and inputs[0].ndim == 4:
        inputs[0].register_hook(
            lambda gradient: gradient.contiguous(memory_format=torch.channels_last)
        )
