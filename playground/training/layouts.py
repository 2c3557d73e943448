"""The order in memory in which images are kept."""

import torch
from torch import Tensor


def in_layout(x: Tensor, layout: torch.memory_format) -> Tensor:
    """Images in the format of the network's weights; everything else as it is."""
    if layout is torch.channels_last and x.ndim == 4:
        return x.contiguous(memory_format=torch.channels_last)
    return x


def without_samples(x: Tensor) -> Tensor:
    """Samples of the same shape and type, but none, with a memory of its own: a slice would keep all of the old one."""
    return x.new_empty((0, *x.shape[1:]))
