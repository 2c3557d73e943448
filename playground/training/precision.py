"""How finely a run calculates: float32, bfloat16, or float16 with a scaled loss."""

import inspect
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor

NOTHING = nullcontext()
HALVES = {"bf16": torch.bfloat16, "fp16": torch.float16}


class Precision:
    """Autocast where half precision is chosen, and the scaler that float16 needs.

    Small gradients would be 0 in float16: the loss is scaled up, the gradients are scaled back before the update.
    Source: torch.autocast, torch.amp.GradScaler.
    """

    def __init__(self, name: str, device: torch.device):
        self._half = HALVES.get(name)
        self._device = device.type
        self._scaler = torch.amp.GradScaler(device.type) if name == "fp16" else None

    def autocast(self) -> AbstractContextManager[Any]:
        """Around the forward pass and the loss."""
        if self._half is None:
            return NOTHING
        return torch.autocast(self._device, self._half)

    def backward(self, loss: Tensor) -> None:
        """Adds the gradients of the loss, scaled in float16, to the parameters."""
        if self._scaler is not None:
            loss = self._scaler.scale(loss)
        loss.backward()

    def unscale(self, optimizer: torch.optim.Optimizer) -> None:
        """Gives the gradients their true size, before they are measured or clipped."""
        if self._scaler is not None:
            self._scaler.unscale_(optimizer)

    def update(self, optimizer: torch.optim.Optimizer) -> None:
        """The optimiser's step; left out in float16 where a gradient is infinite."""
        if self._scaler is None:
            _take_step(optimizer)
        else:
            self._scaler.step(optimizer)
            self._scaler.update()

    def state_dict(self) -> dict[str, Any]:
        """The scale of now and the steps since it last changed; empty without a scaler."""
        if self._scaler is None:
            return {}
        state = self._scaler.state_dict()
        return {"scale": state["scale"], "steps_since_change": state["_growth_tracker"]}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Goes on from there."""
        if self._scaler is None:
            return
        plain = self._scaler.state_dict()
        plain |= {"scale": state["scale"], "_growth_tracker": state["steps_since_change"]}
        self._scaler.load_state_dict(plain)


def _take_step(optimizer: torch.optim.Optimizer) -> None:
    """The optimiser's step without what torch wraps around it: hooks, marks for a profiler and a compiler.

    Nothing here uses these, and for a small network they take a third of the update's time.
    """
    with torch.no_grad():
        inspect.unwrap(type(optimizer).step)(optimizer)
