"""How questions look into a network: what it says of inputs, and what its layers give on the way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ..network.builder import named_layers
from ..network.goal import answers_of
from ..network.models import Network
from ..training.trainer import Trainer
from .encoding import overflowing
from .sample import Sample

# Called after a layer: with the layer, what went into it, and what came out.
Hook = Callable[[nn.Module, Any, Tensor], None]


@overflowing
def answers(trainer: Trainer, x: Tensor) -> np.ndarray:
    """What the network says of inputs (N, *input_shape): probabilities float32 (N, C), or values in their own unit."""
    output = trainer.model(x)
    scaled_answers = answers_of(trainer.experiment, output).cpu().numpy()
    split = trainer.split
    return trainer.task.in_own_unit(scaled_answers, split.target_mean, split.target_std)


@contextmanager
def recorded(model: Network, paths: Sequence[str]) -> Iterator[dict[str, Tensor]]:
    """Inside, the outputs of these layers are kept as they come. Out: path -> output, filled while the model runs."""
    outputs_by_path: dict[str, Tensor] = {}

    def keeps(path: str) -> Hook:
        def keep(_module: nn.Module, _inputs: Any, output: Tensor) -> None:
            outputs_by_path[path] = output.detach()

        return keep

    with hooked(model, {path: keeps(path) for path in paths}):
        yield outputs_by_path


@contextmanager
def hooked(model: Network, hooks: Mapping[str, Hook]) -> Iterator[None]:
    """Inside, each layer calls its hook; afterwards the hooks are gone, after a failure too. In: path -> hook."""
    modules = named_layers(model)
    handles = []
    try:
        for path, hook in hooks.items():
            handle = modules[path].register_forward_hook(hook)
            handles.append(handle)
        yield
    finally:
        for handle in handles:
            handle.remove()


def outputs(trainer: Trainer, sample: Sample, paths: Sequence[str]) -> dict[str, np.ndarray]:
    """Outputs of layers for one sample, without the batch: float32 (C, H, W), (T, F) or (F,), by path.

    The path "input" stands for the input itself.
    """
    x = sample.inputs(trainer)
    layers = [path for path in paths if path != "input"]
    with torch.inference_mode(), recorded(trainer.model, layers) as layer_outputs:
        trainer.model(x)
    if x.dtype == torch.int64:
        is_token = x[0] != 0
        x = x[:, is_token]  # as far as the text goes
    tensors: Mapping[str, Tensor] = {"input": x, **layer_outputs}
    arrays = {}
    for path in paths:
        of_sample = tensors[path][0]
        arrays[path] = of_sample.float().cpu().numpy()
    return arrays


def top_layers(model: Network) -> list[str]:
    """Paths of the layers that are not inside of a block, such as `layers[2].body[0]` is."""
    return [path for path in named_layers(model) if ".body" not in path]


def step_names(trainer: Trainer, sample: Sample, n: int) -> tuple[str, ...]:
    """What the n steps of a sequence are called: the tokens of a text, else their numbers from 1."""
    x = sample.inputs(trainer)[0].cpu().numpy()
    names = trainer.experiment.data.step_names(x)
    if len(names) >= n:
        return names[:n]
    return tuple(str(number) for number in range(1, n + 1))
