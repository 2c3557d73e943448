"""The catalogue of optimisers."""

from typing import Any, ClassVar

import torch
from pydantic import Field
from torch import nn

from .catalogue import Catalogue, Entry


class Optimizer(Entry):
    """How the weights follow the gradients."""

    family = "optimizer"
    target: ClassVar[type[torch.optim.Optimizer]]
    fused: ClassVar[bool] = True
    slots: ClassVar[int] = 2  # numbers kept for each parameter, for the memory estimate
    lr: float = Field(
        0.001, gt=0, le=1_000, description="Learning rate: the size of a step", json_schema_extra={"log": True}
    )
    weight_decay: float = Field(
        0.0, ge=0, le=10, description="Pull of every weight towards zero", json_schema_extra={"log": True}
    )

    def options(self) -> dict[str, Any]:
        """Keyword arguments of the torch class, those at torch's own default left out (lr is always there)."""
        return {"lr": self.lr, **({"weight_decay": self.weight_decay} if self.weight_decay else {})}

    def build(self, model: nn.Module, loss: nn.Module | None = None) -> torch.optim.Optimizer:
        """The optimiser of all parameters, the loss's own among them, with torch's fused kernels where it has them."""
        extra: dict[str, Any] = {"fused": True} if self.fused else {}
        own = loss.parameters() if loss is not None else ()
        return self.target([*model.parameters(), *own], **self.options(), **extra)

    def code(self, learned_loss: bool = False) -> str:
        """The same as Python."""
        options = self.options() | ({"fused": True} if self.fused else {})
        text = ", ".join(f"{key}={value!r}" for key, value in options.items())
        parameters = "[*model.parameters(), *loss_function.parameters()]" if learned_loss else "model.parameters()"
        return f"torch.optim.{self.target.__name__}({parameters}, {text})"


OPTIMIZERS: Catalogue[Optimizer] = Catalogue("optimizer", Optimizer)


@OPTIMIZERS.register
class SGD(Optimizer):
    """Steps straight down the gradient, with momentum if wanted.

    Source: torch.optim.SGD; Sutskever et al. 2013 for momentum.
    """

    id = "sgd"
    label = "SGD"
    target = torch.optim.SGD
    slots = 1
    lr: float = Field(
        0.05, gt=0, le=1_000, description="Learning rate: the size of a step", json_schema_extra={"log": True}
    )
    momentum: float = Field(
        0.0, ge=0, le=0.999, description="Share of the last step that carries on", json_schema_extra={"step": 0.05}
    )
    nesterov: bool = Field(False, description="Look ahead along the momentum; has no effect without it")

    def options(self) -> dict[str, Any]:
        momentum = {"momentum": self.momentum} if self.momentum else {}
        return super().options() | momentum | ({"nesterov": True} if self.nesterov and self.momentum else {})


@OPTIMIZERS.register
class Adam(Optimizer):
    """Gives every weight a step size of its own, from running means of its gradients.

    Source: torch.optim.Adam; Kingma and Ba 2015.
    """

    id = "adam"
    label = "Adam"
    target = torch.optim.Adam


@OPTIMIZERS.register
class AdamW(Optimizer):
    """Adam whose weight decay acts on the weights directly, apart from the gradient.

    Source: torch.optim.AdamW; Loshchilov and Hutter 2019.
    """

    id = "adamw"
    label = "AdamW"
    target = torch.optim.AdamW
    weight_decay: float = Field(
        0.01, ge=0, le=10, description="Pull of every weight towards zero", json_schema_extra={"log": True}
    )

    def options(self) -> dict[str, Any]:
        return {"lr": self.lr, "weight_decay": self.weight_decay}


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
        0.01, gt=0, le=1_000, description="Learning rate: the size of a step", json_schema_extra={"log": True}
    )


@OPTIMIZERS.register
class NAdam(Optimizer):
    """Adam with Nesterov's look ahead.

    Source: torch.optim.NAdam; Dozat 2016.
    """

    id = "nadam"
    label = "NAdam"
    target = torch.optim.NAdam
    fused = False
    lr: float = Field(
        0.002, gt=0, le=1_000, description="Learning rate: the size of a step", json_schema_extra={"log": True}
    )
