"""Modules that torch does not have. Each class stands alone: the exported script carries its source."""

import torch
from torch import nn


def through(modules, x, lengths):
    """x through one module after another; those that look along time are told the lengths (N,), None for all of T."""
    for module in modules:
        x = module(x, lengths) if getattr(module, "takes_lengths", False) else module(x)
    return x


class Residual(nn.Module):
    """shortcut(x) + body(x).

    In: (N, …). Out: the shape of body(x). Source: He et al. 2015, Deep Residual Learning.
    """

    takes_lengths = True
    uses = (through,)

    def __init__(self, body: nn.Sequential, shortcut: nn.Module):
        super().__init__()
        self.body = body
        self.shortcut = shortcut

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        return self.shortcut(x) + through(self.body, x, lengths)


class Chain(nn.Module):
    """One module after another, as one branch of a block.

    In: (N, …). Out: that of the last.
    """

    takes_lengths = True
    uses = (through,)

    def __init__(self, body: nn.Sequential):
        super().__init__()
        self.body = body

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        return through(self.body, x, lengths)


class Parallel(nn.Module):
    """The same input through every branch; the results added, or laid side by side.

    In: (N, …). Out: that of the branches, with `how` "concat" their channels (images) or features one after the other.
    Source: Szegedy et al. 2014, Going Deeper with Convolutions.
    """

    takes_lengths = True
    uses = (through,)

    def __init__(self, how: str, *branches: nn.Module):
        super().__init__()
        self.how = how
        self.body = nn.ModuleList(branches)

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        found = [through([branch], x, lengths) for branch in self.body]
        if self.how == "add":
            return torch.stack(found).sum(0)
        return torch.cat(found, 1 if x.ndim == 4 else -1)


class TimePool(nn.Module):
    """One vector for a sequence: the last true step, the mean or the largest value of the true steps.

    In: (N, T, F), lengths (N,) or None where all steps are true. Out: (N, F).
    """

    takes_lengths = True

    def __init__(self, how: str = "last"):
        super().__init__()
        self.how = how

    def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
        if lengths is None:
            return x[:, -1] if self.how == "last" else x.mean(1) if self.how == "mean" else x.amax(1)
        if self.how == "last":
            return x[torch.arange(len(x), device=x.device), lengths - 1]
        padding = (torch.arange(x.shape[1], device=x.device) >= lengths[:, None])[..., None]
        if self.how == "mean":
            return x.masked_fill(padding, 0).sum(1) / lengths[:, None]
        return x.masked_fill(padding, float("-inf")).amax(1)


class PerStep(nn.Module):
    """A loss over the steps of sequences: the mean over all true steps.

    In: scores (N, T, C), class numbers (N, T or longer), −100 for padding. Out: scalar.
    """

    def __init__(self, loss: nn.Module):
        super().__init__()
        self.loss = loss

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        target = target[:, : output.shape[1]]
        return self.loss(output.reshape(-1, output.shape[-1]), target.reshape(-1))
