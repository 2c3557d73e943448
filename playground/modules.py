"""Modules that torch does not have. Each class stands alone: the exported script carries its source."""

import torch
from torch import nn


class Residual(nn.Module):
    """shortcut(x) + body(x).

    In: (N, …). Out: the shape of body(x). Source: He et al. 2015, Deep Residual Learning.
    """

    def __init__(self, body: nn.Module, shortcut: nn.Module):
        super().__init__()
        self.body = body
        self.shortcut = shortcut

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.shortcut(x) + self.body(x)
