"""What happens when training leaves the range of finite numbers, and which layer it began in."""

import math
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from ..experiment import Experiment
from ..faults import Fault
from ..network.builder import named_layers
from ..network.layer_names import layer_name
from ..network.models import Network


class Diverged(ArithmeticError):
    """NaN or infinity appeared; `fault` says at which step and in which layer."""

    def __init__(self, fault: Fault):
        self.fault = fault
        super().__init__(fault.message)


def fault_of_loss(
    experiment: Experiment, model: Network, x: Tensor, loss: float, step: int
) -> Fault:
    """Where a non-finite loss comes from: the weights, the first layer to overflow, or the loss itself.

    In: the batch and the loss of `step`, whose update has not been made yet.
    """
    values: dict[str, Any] = {"given": "NaN" if math.isnan(loss) else "infinite", "step": step}
    name = partial(layer_name, experiment.layers)
    spoiled = spoiled_layer(model)
    if spoiled:
        return Fault("", "nan_update", {**values, "before": step - 1, "layer": name(spoiled)})
    first = first_non_finite(model, x)
    if first:
        return Fault("", "nan_forward", {**values, "layer": name(first)})
    return Fault("", "nan_loss", values)


def fault_read_late(experiment: Experiment, model: Network, step: int) -> Fault:
    """The same for a device that is read now and then: the step is exact, the layer as found afterwards."""
    layer = layer_name(experiment.layers, spoiled_layer(model) or "output")
    values = {"given": "NaN", "step": step, "before": step - 1, "layer": layer}
    return Fault("", "nan_update", values)


def spoiled_layer(model: Network) -> str | None:
    """The layer nearest the output with non-finite weights: the gradient came to it first."""
    for path, module in reversed(named_layers(model).items()):
        for parameter in module.parameters():
            if not bool(parameter.detach().isfinite().all()):
                return path
    return None


@torch.no_grad()
def first_non_finite(model: Network, x: Tensor) -> str | None:
    """Path of the first layer whose output is not finite at this input."""
    overflowing: list[str] = []
    handles = []
    for path, module in named_layers(model).items():

        def look(_module: nn.Module, _inputs: Any, output: Tensor, path: str = path) -> None:
            if not bool(output.isfinite().all()):
                overflowing.append(path)

        handles.append(module.register_forward_hook(look))
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return overflowing[0] if overflowing else None
