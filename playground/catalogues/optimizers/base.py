"""What every optimiser has: its fields, and how it is built and written down."""

from typing import Any, ClassVar

import torch
from pydantic import Field
from torch import nn

from ..base import Catalogue, Entry

TORCH_BETAS = (0.9, 0.999)  # torch's own, which need not be said


class Optimizer(Entry):
    """How the weights follow the gradients."""

    family = "optimizer"
    target: ClassVar[type[torch.optim.Optimizer]]
    fused: ClassVar[bool] = True
    slots: ClassVar[int] = 2  # numbers kept for each parameter, for the memory estimate
    lr: float = Field(
        0.001,
        gt=0,
        le=1_000,
        description="Learning rate: the size of a step",
        json_schema_extra={"log": True},
    )
    weight_decay: float = Field(
        0.0,
        ge=0,
        le=10,
        description="How strongly every weight is pulled towards zero",
        json_schema_extra={"log": True},
    )
    matrices_only: bool = Field(
        False,
        description="Apply weight decay to matrices and filters only, not to biases and normalisation layers",
        json_schema_extra={"more": True},
    )

    def options(self) -> dict[str, Any]:
        """Keyword arguments of the torch class, those at torch's own default left out (lr is always there)."""
        options: dict[str, Any] = {"lr": self.lr}
        if self.weight_decay:
            options["weight_decay"] = self.weight_decay
        return options

    def build(
        self,
        model: nn.Module,
        loss: nn.Module | None = None,
        groups: list[dict[str, Any]] | None = None,
    ) -> torch.optim.Optimizer:
        """The optimiser of all parameters, the loss's own among them, with torch's fused kernels where it has them.

        In: `groups`, where they are not all treated alike (`groups.parameter_groups`).
        """
        options = self.options()
        if self.fused:
            options["fused"] = True
        if groups is not None:
            return self.target(groups, **options)
        of_loss = loss.parameters() if loss is not None else ()
        return self.target([*model.parameters(), *of_loss], **options)

    def code(self, learned_loss: bool = False, groups: str | None = None) -> str:
        """The same as Python."""
        options = self.options()
        if self.fused:
            options["fused"] = True
        text = ", ".join(f"{key}={value!r}" for key, value in options.items())
        parameters = "model.parameters()"
        if learned_loss:
            parameters = "[*model.parameters(), *loss_function.parameters()]"
        # An optimiser of ours stands in the script itself, without torch's name before it.
        qualifier = "torch.optim." if self.target.__module__.startswith("torch.") else ""
        return f"{qualifier}{self.target.__name__}({groups or parameters}, {text})"

    def kept(self) -> int:
        """Numbers kept for each parameter with these options."""
        return self.slots

    def changed(self, **names: str) -> dict[str, Any]:
        """Keyword arguments of those fields (torch's name=ours) that differ from their default."""
        changed = {}
        for theirs, ours in names.items():
            value = getattr(self, ours)
            if value != type(self).model_fields[ours].default:
                changed[theirs] = value
        return changed


class WithBetas(Optimizer):
    """Optimisers with running means of the gradient and of its square."""

    beta1: float = Field(
        0.9,
        ge=0,
        lt=1,
        description="Share of the past in the running mean of the gradient",
        json_schema_extra={"step": 0.05, "more": True},
    )
    beta2: float = Field(
        0.999,
        ge=0,
        lt=1,
        description="Share of the past in the running mean of its square",
        json_schema_extra={"step": 0.01, "more": True},
    )
    eps: float = Field(
        1e-8,
        gt=0,
        le=1,
        description="Prevents division by zero; larger values make it behave more like SGD",
        json_schema_extra={"log": True, "more": True},
    )

    def options(self) -> dict[str, Any]:
        options = super().options()
        betas = (self.beta1, self.beta2)
        if betas != TORCH_BETAS:
            options["betas"] = betas
        return options | self.changed(eps="eps")


OPTIMIZERS: Catalogue[Optimizer] = Catalogue("optimizer", Optimizer)
