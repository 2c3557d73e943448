"""A trained network on its way to another process and back: JSON and a safetensors file, nothing that runs code."""

from collections.abc import Mapping
from typing import Any

import torch

from ...experiment import Experiment
from ...files import safetensors_bytes
from ...network.builder import build_model
from ...results import STATISTICS, FinishedRun
from ...settings import Settings


def carried_network(finished: FinishedRun) -> tuple[dict[str, Any], bytes]:
    """Options and weights, as `network_again` takes them."""
    state: dict[str, torch.Tensor] = {}
    for name, value in finished.model.state_dict().items():
        state[name] = value.cpu().contiguous()
    options: dict[str, Any] = {"experiment": finished.experiment.model_dump(mode="json")}
    for name in STATISTICS:
        statistic = getattr(finished, name)
        options[name] = None if statistic is None else statistic.tolist()
    return options, safetensors_bytes(state)


def network_again(options: Mapping[str, Any], weights: bytes, settings: Settings) -> FinishedRun:
    """The network as it was sent. Raises: ExperimentError."""
    from safetensors.torch import load

    experiment = Experiment.from_dict(options["experiment"])
    model = build_model(experiment, settings, pretrained=False)
    model.load_state_dict(load(weights))
    statistics: dict[str, Any] = {}
    for name in STATISTICS:
        value = options[name]
        statistics[name] = None if value is None else torch.tensor(value).float().numpy()
    return FinishedRun(experiment=experiment, model=model, **statistics)
