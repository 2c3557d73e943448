"""A lab computes on one thread: its tensors are small, and several threads would only wait for each other."""

import contextlib
from collections.abc import Iterator

import torch


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Torch's number of threads is one inside. It is a setting of the calling thread: those that train keep theirs."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
