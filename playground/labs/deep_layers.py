"""A deep network of equal blocks: how far its values and gradients spread, measured, and as theory predicts it."""

import math
from dataclasses import dataclass

import torch
from torch import nn

from ..catalogues.calls import Call, sequential
from ..catalogues.layers import LAYERS
from ..catalogues.layers.dense import Linear
from ..catalogues.modules import Residual

GRID = torch.linspace(-8.0, 8.0, 2_001, dtype=torch.float64)
DENSITY = torch.exp(-GRID.square() / 2)
BELL = DENSITY / DENSITY.sum()  # weights of a standard normal distribution over the grid


def deep_network(depth, block):
    """`depth` blocks one after another."""
    return nn.Sequential(*[block() for _ in range(depth)])


def spreads(model, x, upstream):
    """Root mean square of the output of every block, and of the gradient that comes back to it.

    In: x (N, F), the input; upstream (N, F), the gradient at the end. Out: two lists, a number a block; the outputs.
    """
    outputs = []
    for block in model:
        x = block(x)
        outputs.append(x)
    grads = torch.autograd.grad(x, outputs, upstream)
    return list(map(root_mean_square, outputs)), list(map(root_mean_square, grads)), outputs


def root_mean_square(values):
    """√ of the second moment; in double precision, in which the squares of large numbers stay finite."""
    norm = torch.linalg.vector_norm(values.detach(), dtype=torch.float64)
    return norm.item() / math.sqrt(values.numel())


@dataclass(frozen=True)
class Plan:
    """Equal blocks: Linear, normalisation and activation, with the input added at the end where they are residual."""

    depth: int
    width: int
    activation: str
    normalisation: str
    is_residual: bool

    def bend(self) -> Call:
        """The activation."""
        if self.activation == "none":
            return Call.of(nn.Identity)
        return LAYERS[self.activation]().call((self.width,))

    def block(self) -> Call:
        """One block."""
        calls = [Linear(units=self.width).call((self.width,))]
        if self.normalisation != "none":
            calls.append(LAYERS[self.normalisation]().call((self.width,)))
        if self.activation != "none":
            calls.append(self.bend())
        body = sequential(calls)
        return Call.of(Residual, body, Call.of(nn.Identity)) if self.is_residual else body


@dataclass(frozen=True)
class Start:
    """Mean squares of the first weights and biases."""

    weight_square: float
    bias_square: float


@dataclass(frozen=True)
class Theory:
    """What an infinitely wide network would do. factor: of the second moment, over the first block.

    drift: how far chance moves the logarithm of the second moment at this width, as a standard deviation.
    """

    spread: list[float]
    grad_spread: list[float] | None
    factor: float
    drift: float


def predicted(plan: Plan, start: Start) -> Theory:
    """From the mean squares of the weights and biases alone. Source: Poole et al. 2016; Schoenholz et al. 2017."""
    bend = plan.bend().build()
    is_normalised = plan.normalisation != "none"
    moment, mean = 1.0, 0.0  # of the input, which is standard normal
    spread: list[float] = []
    slopes: list[float] = []
    drift = 0.0
    for _ in range(plan.depth):
        gain = plan.width * start.weight_square
        variance = gain * moment + start.bias_square
        if is_normalised:
            gain, variance = gain / variance, 1.0
        curve = _curve_over(bend, variance)
        slopes.append(gain * curve.slope)
        if plan.is_residual:
            moment += 2 * mean * curve.mean + curve.second
            mean += curve.mean
        else:
            moment, mean = curve.second, curve.mean
        spread.append(math.sqrt(moment))
        drift += (curve.peakedness - 1) / plan.width
    # A batch norm takes away what all samples share, and that is not followed here.
    is_followed = plan.normalisation != "batchnorm1d"
    grads = _backwards(slopes, plan.is_residual) if is_followed else None
    return Theory(spread, grads, spread[0] ** 2, math.sqrt(drift))


def _backwards(slopes: list[float], is_residual: bool) -> list[float]:
    """The gradient at every block's output, 1 at the last one."""
    square = 1.0
    squares = [square]
    for slope in reversed(slopes[1:]):
        square *= slope + (1.0 if is_residual else 0.0)
        squares.append(square)
    return [math.sqrt(value) for value in reversed(squares)]


@dataclass(frozen=True)
class Curve:
    """Means over a normal distribution: of an activation, its square, and its squared slope.

    peakedness: the mean of the fourth power over the square of that of the second.
    """

    mean: float
    second: float
    peakedness: float
    slope: float


def _curve_over(bend: nn.Module, variance: float) -> Curve:
    places = (GRID * math.sqrt(variance)).requires_grad_()
    heights = bend(places)
    (slopes,) = torch.autograd.grad(heights.sum(), places)
    heights = heights.detach()
    second = (BELL * heights.square()).sum().item()
    scaled = heights / math.sqrt(second) if second > 0 else torch.ones_like(heights)
    return Curve(
        mean=(BELL * heights).sum().item(),
        second=second,
        peakedness=(BELL * scaled**4).sum().item(),
        slope=(BELL * slopes.square()).sum().item(),
    )
