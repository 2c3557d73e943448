"""A function of one's own against PyTorch's operations, measured here and now."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import torch

ROWS, COLUMNS = 128, 512
REPEATS = 7
LONGEST_S = 0.03  # for one of the two; a busy machine measures less often


def timed_pairs(function: str, own: Callable[..., Any]) -> dict[str, float]:
    """Milliseconds of a forward and backward pass over 128 × 512 numbers: ours, and PyTorch's own operations."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(ROWS, COLUMNS, generator=generator, requires_grad=True)
    b = torch.randn(COLUMNS, generator=generator, requires_grad=True)
    if function == "sigmoid":
        return {"own": _median_ms(own, (x,)), "torch": _median_ms(torch.sigmoid, (x,))}
    return {"own": _median_ms(own, (x, b)), "torch": _median_ms(_unfused, (x, b))}


def _unfused(x: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return torch.relu(x + b)


def _median_ms(work: Callable[..., torch.Tensor], inputs: tuple[torch.Tensor, ...]) -> float:
    upstream = torch.ones(ROWS, COLUMNS)
    torch.autograd.grad(work(*inputs), inputs, upstream)  # the first one warms up
    times: list[float] = []
    while len(times) < REPEATS and sum(times) < 1_000 * LONGEST_S:
        start = time.perf_counter()
        torch.autograd.grad(work(*inputs), inputs, upstream)
        times.append(1_000 * (time.perf_counter() - start))
    return statistics.median(times)
