"""Layer list -> network and optimiser; where each layer of a network is found."""

import torch
from torch import nn

from ..catalogues.backbones import start_pretrained
from ..catalogues.initializers import initialise
from ..catalogues.learning import group_rules, init_rules, parameter_groups
from ..experiment import Experiment
from ..faults import ExperimentError
from ..settings import Settings
from .models import Network
from .pretrained import pretrained_weights
from .tracing import Trace, trace


def build_model(
    experiment: Experiment,
    settings: Settings | None = None,
    traced: Trace | None = None,
    pretrained: bool = True,
) -> Network:
    """The network, its parameters drawn from torch's global generator in the order of the list.

    In: `traced` where the experiment was traced before; `pretrained`: False where all weights are replaced anyway.
    Raises: ExperimentError naming the layer at fault.
    """
    traced = traced or trace(experiment, settings)
    if traced.faults:
        raise ExperimentError(traced.faults)
    modules = [row.call.build() for row in traced.rows if row.depth == 0 and row.call]
    assert traced.output.call is not None
    model = traced.model_class.of(modules, traced.output.call.build())
    initialise(model, init_rules(experiment))
    if pretrained:
        start_pretrained(model, pretrained_weights)
    return model


def build_optimizer(
    experiment: Experiment, model: Network, loss: nn.Module
) -> torch.optim.Optimizer:
    """The optimiser of everything that is trained; freezes the layers that are not."""
    optimizer = experiment.training.optimizer
    rules = group_rules(experiment)
    if rules is None:
        return optimizer.build(model, loss)
    groups = parameter_groups(model, rules, optimizer.weight_decay, optimizer.matrices_only, loss)
    return optimizer.build(model, loss, groups)


def trained(weights: dict[str, list[nn.Parameter]]) -> dict[str, list[nn.Parameter]]:
    """Those among the weights of layers that are not frozen."""
    moving: dict[str, list[nn.Parameter]] = {}
    for path, parameters in weights.items():
        learning = [parameter for parameter in parameters if parameter.requires_grad]
        if learning:
            moving[path] = learning
    return moving


def named_layers(model: Network) -> dict[str, nn.Module]:
    """Paths of the layer list -> modules: `layers[2].body[0]`, and `output`."""
    layers: dict[str, nn.Module] = {}

    def walk(modules: nn.Sequential | nn.ModuleList, prefix: str) -> None:
        for i, module in enumerate(modules):
            path = f"{prefix}[{i}]"
            layers[path] = module
            body = getattr(module, "body", None)
            if isinstance(body, nn.Sequential | nn.ModuleList):
                walk(body, f"{path}.body")

    walk(model.features, "layers")
    layers["output"] = model.head
    return layers


def matrices(model: Network) -> dict[str, list[nn.Parameter]]:
    """The weights of every layer that has some, by its path; a block's stand with the layers in it."""
    weights: dict[str, list[nn.Parameter]] = {}
    for path, module in named_layers(model).items():
        if hasattr(module, "body"):
            continue
        weight = getattr(module, "weight", None)
        parameters = list(module.parameters())
        if isinstance(weight, nn.Parameter):
            parameters = [weight]
        of_matrices = [parameter for parameter in parameters if parameter.ndim > 1]
        if of_matrices:
            weights[path] = of_matrices
    return weights
