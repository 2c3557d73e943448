"""The points of the neuron lab, and the three functions that its code shows."""

import torch

CORNERS = [[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]


def one_neuron(points, weight, bias):
    """The weighted sum of each point. In: (N, 2), (2,), a number. Out: (N,)."""
    return points @ weight + bias


def two_neurons(points, weights, biases, bend, output, output_bias):
    """Two neurons and an output after them. In: (N, 2), (2, 2), (2,), …, (2,), a number. Out: (N, 2), (N,)."""
    hidden = bend(points @ weights.T + biases)
    return hidden, hidden @ output + output_bias


def accuracy_of(z, labels):
    """The share of points on the right side: the answer is yes where the sum is above zero."""
    return ((z > 0) == labels).double().mean().item()


def _clouds() -> tuple[list[list[float]], list[bool]]:
    """Twelve points around each of two centres, with two decimals."""
    generator = torch.Generator().manual_seed(4)
    centres = torch.tensor([[-1.0, -0.6], [1.1, 0.7]]).repeat_interleave(12, dim=0)
    points = centres + 0.55 * torch.randn(24, 2, generator=generator)
    rounded = [[round(x, 2), round(y, 2)] for x, y in points.tolist()]
    return rounded, [False] * 12 + [True] * 12


POINTS = {
    "clouds": _clouds(),
    "and": (CORNERS, [False, False, False, True]),
    "or": (CORNERS, [False, True, True, True]),
    "xor": (CORNERS, [False, True, True, False]),
}
