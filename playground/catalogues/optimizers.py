"""The catalogue of optimisers: those of `torch.optim` that train a network batch by batch.

Not here: LBFGS and Rprop, which want the gradient of all data at every step, and SparseAdam, which wants sparse ones.
"""

from typing import Any, ClassVar

import torch
from pydantic import Field
from torch import nn

from .base import Catalogue, Entry
from .modules import MuonWithAdamW


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
        return {"lr": self.lr, **({"weight_decay": self.weight_decay} if self.weight_decay else {})}

    def build(
        self,
        model: nn.Module,
        loss: nn.Module | None = None,
        groups: list[dict[str, Any]] | None = None,
    ) -> torch.optim.Optimizer:
        """The optimiser of all parameters, the loss's own among them, with torch's fused kernels where it has them.

        In: `groups`, where they are not all treated alike (`groups.parameter_groups`).
        """
        extra: dict[str, Any] = {"fused": True} if self.fused else {}
        own = loss.parameters() if loss is not None else ()
        return self.target(
            [*model.parameters(), *own] if groups is None else groups, **self.options(), **extra
        )

    def code(self, learned_loss: bool = False, groups: str | None = None) -> str:
        """The same as Python."""
        options = self.options() | ({"fused": True} if self.fused else {})
        text = ", ".join(f"{key}={value!r}" for key, value in options.items())
        parameters = (
            "[*model.parameters(), *loss_function.parameters()]"
            if learned_loss
            else "model.parameters()"
        )
        qualifier = "torch.optim." if self.target.__module__.startswith("torch.") else ""
        return f"{qualifier}{self.target.__name__}({groups or parameters}, {text})"

    def kept(self) -> int:
        """Numbers kept for each parameter with these options."""
        return self.slots

    def changed(self, **names: str) -> dict[str, Any]:
        """Keyword arguments of those fields (torch's name=ours) that differ from their default."""
        values = {theirs: getattr(self, ours) for theirs, ours in names.items()}
        return {
            key: value
            for key, value in values.items()
            if value != type(self).model_fields[names[key]].default
        }


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
        betas = (
            {"betas": (self.beta1, self.beta2)} if (self.beta1, self.beta2) != (0.9, 0.999) else {}
        )
        return super().options() | betas | self.changed(eps="eps")


OPTIMIZERS: Catalogue[Optimizer] = Catalogue("optimizer", Optimizer)


@OPTIMIZERS.register
class SGD(Optimizer):
    """Steps directly against the gradient, optionally with momentum.

    Source: torch.optim.SGD; Sutskever et al. 2013 for momentum.
    """

    id = "sgd"
    label = "SGD"
    target = torch.optim.SGD
    slots = 1
    lr: float = Field(
        0.05,
        gt=0,
        le=1_000,
        description="Learning rate: the size of a step",
        json_schema_extra={"log": True},
    )
    momentum: float = Field(
        0.0,
        ge=0,
        le=0.999,
        description="Share of the last step that is carried over",
        json_schema_extra={"step": 0.05},
    )
    nesterov: bool = Field(
        False,
        description="Nesterov momentum: looks ahead along the momentum; has no effect without it",
    )

    def options(self) -> dict[str, Any]:
        momentum = {"momentum": self.momentum} if self.momentum else {}
        return (
            super().options()
            | momentum
            | ({"nesterov": True} if self.nesterov and self.momentum else {})
        )


class WithAmsgrad(WithBetas):
    """Adam and AdamW."""

    amsgrad: bool = Field(
        False,
        description="Divide by the largest mean of squared gradients so far, so that step sizes never grow "
        "again",
        json_schema_extra={"more": True},
    )

    def options(self) -> dict[str, Any]:
        return super().options() | self.changed(amsgrad="amsgrad")

    def kept(self) -> int:
        return self.slots + self.amsgrad


@OPTIMIZERS.register
class Adam(WithAmsgrad):
    """Gives every weight its own step size, from running means of its gradients.

    Weight decay here is L2: it joins the gradient before the running means, so that weights with large gradients
    hardly feel it. Source: torch.optim.Adam; Kingma and Ba 2015.
    """

    id = "adam"
    label = "Adam"
    target = torch.optim.Adam


@OPTIMIZERS.register
class AdamW(WithAmsgrad):
    """Adam with weight decay that acts on the weights directly instead of through the gradient.

    Source: torch.optim.AdamW; Loshchilov and Hutter 2019.
    """

    id = "adamw"
    label = "AdamW"
    target = torch.optim.AdamW
    weight_decay: float = Field(
        0.01,
        ge=0,
        le=10,
        description="How strongly every weight is pulled towards zero",
        json_schema_extra={"log": True},
    )

    def options(self) -> dict[str, Any]:
        return super().options() | {"weight_decay": self.weight_decay}


@OPTIMIZERS.register
class RMSprop(Optimizer):
    """Divides each step by the recent size of the gradient.

    Source: torch.optim.RMSprop; Tieleman and Hinton 2012.
    """

    id = "rmsprop"
    label = "RMSprop"
    target = torch.optim.RMSprop
    fused = False
    slots = 1
    alpha: float = Field(
        0.99,
        ge=0,
        lt=1,
        description="Share of the past in the running mean of the squared gradient",
        json_schema_extra={"step": 0.01, "more": True},
    )
    momentum: float = Field(
        0.0,
        ge=0,
        le=0.999,
        description="Share of the last step that is carried over",
        json_schema_extra={"step": 0.05, "more": True},
    )
    centered: bool = Field(
        False,
        description="Divide by the standard deviation of the gradient instead of its size",
        json_schema_extra={"more": True},
    )

    def options(self) -> dict[str, Any]:
        return super().options() | self.changed(
            alpha="alpha", momentum="momentum", centered="centered"
        )

    def kept(self) -> int:
        return self.slots + (self.momentum > 0) + self.centered


@OPTIMIZERS.register
class Adagrad(Optimizer):
    """Divides each step by the size of all gradients so far.

    Source: torch.optim.Adagrad; Duchi et al. 2011.
    """

    id = "adagrad"
    label = "Adagrad"
    target = torch.optim.Adagrad
    slots = 1
    lr: float = Field(
        0.01,
        gt=0,
        le=1_000,
        description="Learning rate: the size of a step",
        json_schema_extra={"log": True},
    )


@OPTIMIZERS.register
class NAdam(WithBetas):
    """Adam with Nesterov momentum.

    Source: torch.optim.NAdam; Dozat 2016.
    """

    id = "nadam"
    label = "NAdam"
    target = torch.optim.NAdam
    fused = False
    lr: float = Field(
        0.002,
        gt=0,
        le=1_000,
        description="Learning rate: the size of a step",
        json_schema_extra={"log": True},
    )


@OPTIMIZERS.register
class RAdam(WithBetas):
    """Adam that trusts its step sizes only after it has seen enough gradients: a built-in warm-up.

    Source: torch.optim.RAdam; Liu et al. 2020.
    """

    id = "radam"
    label = "RAdam"
    target = torch.optim.RAdam
    fused = False


@OPTIMIZERS.register
class Adamax(WithBetas):
    """Adam that divides by the largest recent gradient instead of the mean square.

    Source: torch.optim.Adamax; Kingma and Ba 2015, section 7.
    """

    id = "adamax"
    label = "Adamax"
    target = torch.optim.Adamax
    fused = False
    lr: float = Field(
        0.002,
        gt=0,
        le=1_000,
        description="Learning rate: the size of a step",
        json_schema_extra={"log": True},
    )


@OPTIMIZERS.register
class Adadelta(Optimizer):
    """Sets its own step size from the ratio of recent steps to recent gradients; the learning rate stays near 1.

    Source: torch.optim.Adadelta; Zeiler 2012.
    """

    id = "adadelta"
    label = "Adadelta"
    target = torch.optim.Adadelta
    fused = False
    lr: float = Field(
        1.0,
        gt=0,
        le=1_000,
        description="Learning rate: the size of a step",
        json_schema_extra={"log": True},
    )
    rho: float = Field(
        0.9,
        ge=0,
        lt=1,
        description="Share of the past in both running means",
        json_schema_extra={"step": 0.05, "more": True},
    )

    def options(self) -> dict[str, Any]:
        return super().options() | self.changed(rho="rho")


@OPTIMIZERS.register
class ASGD(Optimizer):
    """SGD whose steps slowly shrink by themselves. The weight average that it also keeps is not used for validation.

    Source: torch.optim.ASGD; Polyak and Juditsky 1992.
    """

    id = "asgd"
    label = "ASGD"
    target = torch.optim.ASGD
    fused = False
    slots = 1
    lr: float = Field(
        0.05,
        gt=0,
        le=1_000,
        description="Learning rate: the size of a step",
        json_schema_extra={"log": True},
    )
    lambd: float = Field(
        0.0001,
        ge=0,
        le=1,
        description="How fast the steps shrink, and how strongly weights are pulled towards zero",
        json_schema_extra={"log": True, "more": True},
    )
    alpha: float = Field(
        0.75,
        ge=0,
        le=2,
        description="Power with which the steps shrink",
        json_schema_extra={"step": 0.05, "more": True},
    )

    def options(self) -> dict[str, Any]:
        return super().options() | self.changed(lambd="lambd", alpha="alpha")


@OPTIMIZERS.register
class Adafactor(Optimizer):
    """Adam's idea with very little memory: for a matrix it stores only one number per row and one per column.

    Source: torch.optim.Adafactor; Shazeer and Stern 2018.
    """

    id = "adafactor"
    label = "Adafactor"
    target = torch.optim.Adafactor
    fused = False
    slots = 1
    lr: float = Field(
        0.01,
        gt=0,
        le=1_000,
        description="Learning rate: the size of a step",
        json_schema_extra={"log": True},
    )
    clip: float = Field(
        1.0,
        ge=1,
        le=100,
        description="Largest mean size of an update",
        json_schema_extra={"step": 0.1, "more": True},
    )

    def options(self) -> dict[str, Any]:
        return super().options() | self.changed(d="clip")


@OPTIMIZERS.register
class Muon(Optimizer):
    """Makes the update of every weight matrix equally large in all directions; biases and filters use AdamW.

    Steps are scaled to AdamW's size, so that both share one learning rate.
    Source: torch.optim.Muon, torch.optim.AdamW; Jordan et al. 2024; Liu et al. 2025 for the scale.
    """

    id = "muon"
    label = "Muon"
    target = MuonWithAdamW
    fused = False
    weight_decay: float = Field(
        0.01,
        ge=0,
        le=10,
        description="How strongly every weight is pulled towards zero",
        json_schema_extra={"log": True},
    )
    momentum: float = Field(
        0.95,
        ge=0,
        le=0.999,
        description="Share of the last step that is carried over",
        json_schema_extra={"step": 0.05, "more": True},
    )

    def options(self) -> dict[str, Any]:
        return {"lr": self.lr, "weight_decay": self.weight_decay, "momentum": self.momentum}
