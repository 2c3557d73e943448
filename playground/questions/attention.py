"""Where attention lies."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..experiment import Experiment
from ..network.builder import named_layers
from ..training.trainer import Trainer
from .base import Answer, asked_as
from .encoding import is_finite, short_numbers
from .probes import Hook, hooked, step_names
from .sample import SampleQuestion


@dataclass(frozen=True)
class AttentionWeights:
    """Where the attention of a network lies for one sample.

    layers: path -> float32 (T,) of a pool, (heads, T, T) of an encoder (a row looks at its columns); rows sum to 1.
    steps: what the steps are called.
    """

    layers: dict[str, np.ndarray]
    steps: tuple[str, ...]


@asked_as("attention")
@dataclass(frozen=True)
class Attention(SampleQuestion[AttentionWeights]):
    """How much each step of one sample counts, in every layer that attends. Out: its weights, without padding."""

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> AttentionWeights:
        x = self.sample.inputs(trainer)
        layers: dict[str, np.ndarray] = {}

        def keeps(path: str) -> Hook:
            def keep(module: Any, inputs: Any, _output: Tensor) -> None:
                weights = module.attention(*inputs)[0]
                layers[path] = weights.float().cpu().numpy()

            return keep

        hooks: dict[str, Hook] = {}
        for path, module in named_layers(trainer.model).items():
            if hasattr(module, "attention"):  # one of ours that can say where it looks
                hooks[path] = keeps(path)
        with hooked(trainer.model, hooks):
            trainer.model(x)
        lengths = [weights.shape[-1] for weights in layers.values()]
        n_steps = max(lengths, default=0)
        return AttentionWeights(layers, step_names(trainer, self.sample, n_steps))

    def tell(self, found: AttentionWeights, experiment: Experiment) -> Answer:
        """A row of weights for a pool, one a head for an encoder: (heads, T, T) as nested lists."""
        layers = []
        for path, weights in found.layers.items():
            layers.append({"path": path, "weights": short_numbers(weights.round(4))})
        finite = is_finite(*found.layers.values())
        return {"layers": layers, "steps": found.steps, "finite": finite}
