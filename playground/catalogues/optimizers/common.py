"""The optimisers that most networks are trained with."""

from typing import Any

import torch
from pydantic import Field

from .base import OPTIMIZERS, Optimizer, WithBetas


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
        options = super().options()
        if self.momentum:
            options["momentum"] = self.momentum
            # torch refuses Nesterov without momentum.
            if self.nesterov:
                options["nesterov"] = True
        return options


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
