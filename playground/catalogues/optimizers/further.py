"""Relatives of Adam and SGD, and two that work on whole matrices."""

from typing import Any

import torch
from pydantic import Field

from ..modules import MuonWithAdamW
from .base import OPTIMIZERS, Optimizer, WithBetas


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
