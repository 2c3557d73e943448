"""Each run owns its random numbers: torch's global state is swapped in and out with its turn."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


class RandomState:
    """The state of torch's global generators as one run sees them: the CPU's and its device's."""

    def __init__(self, seed: int, device: torch.device):
        self._device = device
        before = self._read()
        torch.manual_seed(seed)
        self._state = self._read()
        self._write(before)

    @contextmanager
    def swapped_in(self) -> Iterator[None]:
        """Inside, torch's global generators continue this run's numbers; outside, nobody notices."""
        before = self._read()
        self._write(self._state)
        try:
            yield
        finally:
            self._state = self._read()
            self._write(before)

    def _read(self) -> list[torch.Tensor]:
        states = [torch.get_rng_state()]
        if self._device.type in ("cuda", "mps"):
            states.append(getattr(torch, self._device.type).get_rng_state(*self._index))
        return states

    def _write(self, states: list[torch.Tensor]) -> None:
        torch.set_rng_state(states[0])
        if len(states) > 1:
            getattr(torch, self._device.type).set_rng_state(states[1], *self._index)

    @property
    def _index(self) -> tuple[torch.device, ...]:
        return (self._device,) if self._device.type == "cuda" else ()
