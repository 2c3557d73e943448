"""Gradients cut to a limit, and how often that happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

COLUMNS = ("total_norm", "clipped_norm", "clipped_share", "clip_limit")


@dataclass(frozen=True)
class Clipping:
    """What the clipping did since the last measurement, as it lies on the device: reading it makes the loop wait."""

    before: (
        Tensor | None
    )  # length of the gradient; None where nothing was clipped in the measured step
    after: Tensor | None
    n_clipped: Tensor | int
    n_steps: int
    limit: float | None

    def numbers(self) -> dict[str, float]:
        """By column: the length before and after, the share of steps that were cut, and the limit."""
        if self.before is None or self.after is None:
            return dict.fromkeys(COLUMNS, float("nan"))
        return {
            "total_norm": float(self.before),
            "clipped_norm": float(self.after),
            "clipped_share": float(self.n_clipped) / self.n_steps,
            "clip_limit": float("nan") if self.limit is None else self.limit,
        }


class Clipper:
    """Cuts the gradient of everything that is trained, the loss's own parameters among it: first every value to
    ± `value`, then all of them together to the length `norm`.

    Source: torch.nn.utils.clip_grad_value_, clip_grad_norm_; Pascanu et al. 2013.
    """

    def __init__(
        self, parameters: Sequence[nn.Parameter], value: float | None, norm: float | None = None
    ):
        """In: everything that is trained; the limit of a value; the limit of the length at the start."""
        self.parameters = parameters
        self.is_used = value is not None or norm is not None
        self._value = value
        self._steps = 0
        self._clipped: Tensor | int = 0
        self._before: Tensor | None = None
        self._limit: float | None = None

    def clip(self, norm: float | None, measured: bool = False) -> None:
        """Cuts the gradients of this step. In: `measured` where `measurements` follows."""
        if norm is None and self._value is None:
            return
        self._limit = norm
        self._steps += 1
        cut: Tensor | bool = False
        if self._value is not None:
            gradients = self._gradients()
            if measured:
                self._before = nn.utils.get_total_norm(gradients)
            # The ∞-norm is the largest absolute value.
            largest = torch._foreach_norm(gradients, float("inf"))
            cut = torch.stack(list(largest)).max() > self._value
            nn.utils.clip_grad_value_(self.parameters, self._value)
        if norm is not None:
            total = nn.utils.clip_grad_norm_(self.parameters, norm)
            cut = (total > norm) | cut
            # Cut values make the gradient shorter: the length before that is already measured then.
            if self._value is None:
                self._before = total
        # Added up on the device: reading every one would make the loop wait.
        self._clipped = self._clipped + cut

    def _gradients(self) -> list[Tensor]:
        return [p.grad for p in self.parameters if p.grad is not None]

    def measurements(self) -> Clipping:
        """What was cut since the last call."""
        after = None if self._before is None else nn.utils.get_total_norm(self._gradients())
        found = Clipping(self._before, after, self._clipped, self._steps, self._limit)
        if self._before is not None:
            self._steps = 0
            self._clipped = 0
            self._before = None
        return found

    def state_dict(self) -> dict[str, Any]:
        """The count since the last measurement."""
        return {"steps": self._steps, "clipped": int(self._clipped)}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Goes on counting from there."""
        self._steps = int(state["steps"])
        self._clipped = int(state["clipped"])
