"""Each run owns its random numbers: torch's global generators are lent to one run at a time, with its turn."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import torch
from torch import nn

CPU = torch.device("cpu")
_locks: defaultdict[str, RLock] = defaultdict(RLock)


class RandomState:
    """The states of torch's global generators as one run sees them.

    Building draws from the CPU's generator; training draws from that of the run's device. Only one thread at a
    time has a generator: another that wants it waits for the end of the turn.
    """

    def __init__(self, seed: int, device: torch.device):
        self._device = device
        self._restarts = False
        self._lent_now: set[torch.device] = set()
        self._states = {
            str(each): torch.Generator(each).manual_seed(seed).get_state() for each in {CPU, device}
        }

    @contextmanager
    def building(self) -> Iterator[None]:
        """Inside, the CPU's global generator continues this run's numbers: for initialising the weights."""
        with self._lent(CPU):
            yield

    @contextmanager
    def swapped_in(self) -> Iterator[None]:
        """Inside, the global generator of the run's device continues this run's numbers; outside, nobody notices."""
        with self._lent(self._device):
            yield

    def serve(self, model: nn.Module) -> None:
        """Says whose steps the numbers are for."""
        drops = (isinstance(part, nn.RNNBase) and part.dropout for part in model.modules())
        self._restarts = self._device.type == "cuda" and any(drops)

    def begin_step(self) -> None:
        """Before each step, inside of `swapped_in`.

        Between the layers of a recurrent network cuDNN drops out by numbers of its own, which no checkpoint holds. It
        begins them again from torch's generator when that one's state is written.
        """
        if self._restarts:
            _write(self._device, _read(self._device))

    def state_dict(self) -> dict[str, torch.Tensor]:
        """The states by device, of this moment."""
        return self._states | {str(device): _read(device) for device in self._lent_now}

    def load_state_dict(self, states: dict[str, torch.Tensor]) -> None:
        """Raises: KeyError where the device of this run is not among them."""
        self._states = {device: states[device] for device in self._states}
        for device in self._lent_now:
            _write(device, self._states[str(device)])

    @contextmanager
    def _lent(self, device: torch.device) -> Iterator[None]:
        with _locks[str(device)]:
            before = _read(device)
            _write(device, self._states[str(device)])
            outer = device in self._lent_now
            self._lent_now.add(device)
            try:
                yield
            finally:
                if not outer:
                    self._lent_now.remove(device)
                self._states[str(device)] = _read(device)
                _write(device, before)


def _read(device: torch.device) -> torch.Tensor:
    if device.type == "cuda":
        return torch.cuda.get_rng_state(device)
    return torch.mps.get_rng_state() if device.type == "mps" else torch.get_rng_state()


def _write(device: torch.device, state: torch.Tensor) -> None:
    if device.type == "cuda":
        torch.cuda.set_rng_state(state, device)
    elif device.type == "mps":
        torch.mps.set_rng_state(state)
    else:
        torch.set_rng_state(state)
