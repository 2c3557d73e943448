"""Questions about sequences: a text as the network reads it, the next values of a series, a text made up."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..catalogues.datasets.series import Series
from ..catalogues.datasets.texts import ENDS, FIRST, Text
from ..faults import ExperimentError
from ..network.builder import named_layers
from ..training.trainer import Trainer
from .inspection import Sample, answers, step_names

MOST_TEXTS, MOST_PROMPT = 16, 200
COLD = 1e-3  # below this temperature the likeliest token is taken


@dataclass(frozen=True)
class Reading:
    """A text as the network reads it, and what it says.

    tokens: the words or characters, `known` whether the vocabulary has each. shares: float32 (C,) for a text, (T, C)
    where steps are labelled. truth: the class number, those of the steps (−100: none), or None for a text from outside.
    """

    tokens: tuple[str, ...]
    known: tuple[bool, ...]
    shares: np.ndarray
    truth: tuple[int, ...] | int | None


@dataclass(frozen=True)
class Read:
    """How a text is read and answered. Out: Reading. Raises: ExperimentError where the data are no texts."""

    sample: Sample

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Reading:
        data = trainer.experiment.data
        if not isinstance(data, Text):
            raise _refused("this network does not read texts")
        x = self.sample.inputs(trainer)
        numbers = [int(n) for n in x[0].tolist() if n > 0]
        vocabulary = data.vocabulary()
        written = (
            data.tokens(data.prepared(self.sample.raw)) if isinstance(self.sample.raw, str) else []
        )
        tokens = [
            vocabulary[n - FIRST] if n >= FIRST else (written[i] if i < len(written) else "□")
            for i, n in enumerate(numbers)
        ]
        truth: Any = None
        if self.sample.index is not None:
            y = trainer.split.val_y[self.sample.index]
            truth = int(y) if y.ndim == 0 else tuple(y[: len(tokens)].tolist())
        return Reading(
            tuple(tokens), tuple(n >= FIRST for n in numbers), answers(trainer, x)[0], truth
        )


@dataclass(frozen=True)
class Weights:
    """Where the attention of a network lies for one sample.

    layers: path -> float32 (T,) of a pool, (heads, T, T) of an encoder (a row looks at its columns); rows sum to 1.
    steps: what the steps are called.
    """

    layers: dict[str, np.ndarray]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Attention:
    """How much each step of one sample counts, in every layer that attends. Out: Weights, without padding."""

    sample: Sample

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Weights:
        x = self.sample.inputs(trainer)
        found: dict[str, np.ndarray] = {}
        handles = []
        try:
            for path, module in named_layers(trainer.model).items():
                if not hasattr(module, "attention"):
                    continue

                def keep(module: Any, inputs: Any, _output: Tensor, path: str = path) -> None:
                    found[path] = module.attention(*inputs)[0].float().cpu().numpy()

                handles.append(module.register_forward_hook(keep))
            trainer.model(x)
        finally:
            for handle in handles:
                handle.remove()
        n = max((weights.shape[-1] for weights in found.values()), default=0)
        return Weights(found, step_names(trainer, self.sample, n))


@dataclass(frozen=True)
class Forecast:
    """A window of a series, float32 (window,), what came next (horizon,) where it is known, and what the network says.

    All in the series's own unit. start: where in the series the window begins, −1 for numbers from outside.
    """

    window: np.ndarray
    guess: np.ndarray
    future: np.ndarray | None
    start: int


@dataclass(frozen=True)
class Foretell:
    """The next values after a window. Out: Forecast. Raises: ExperimentError where the data are no series."""

    sample: Sample

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Forecast:
        data, split = trainer.experiment.data, trainer.split
        if not isinstance(data, Series):
            raise _refused("this network does not foretell a series")
        x = self.sample.inputs(trainer)
        guess = answers(trainer, x)[0]
        if self.sample.index is None:
            given = np.asarray(self.sample.raw, dtype=np.float64).ravel()
            last = given[np.isfinite(given)][-1] if data.from_last else 0.0
            return Forecast(given.astype(np.float32), (guess + last).astype(np.float32), None, -1)
        values, start = data.values(), int(data.starts()[split.val_index[self.sample.index]])
        window = values[start : start + data.window]
        future = values[start + data.window : start + data.window + data.horizon]
        last = window[np.isfinite(window)][-1] if data.from_last else 0.0
        return Forecast(
            window.astype(np.float32),
            (guess + last).astype(np.float32),
            future.astype(np.float32),
            start,
        )


@dataclass(frozen=True)
class Generated:
    """What was made up: the beginning that was given, as the network read it, and what it wrote after it."""

    prompt: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Generate:
    """Goes on from `prompt`: each next token drawn by the network's probabilities, then read as input.

    temperature: the scores are divided by it: near 0 the likeliest token always wins, above 1 rare ones win more often.
    seed: of a generator of its own, so that asking changes nothing in the run. length: tokens at most; a text that the
    network ends is shorter. Out: Generated, with `count` texts. Raises: ExperimentError for data without next tokens.
    """

    prompt: str = ""
    length: int = 40
    temperature: float = 0.8
    seed: int = 0
    count: int = 8

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Generated:
        data = trainer.experiment.data
        if not isinstance(data, Text) or not data.generates or trainer.task.id != "labelling":
            raise _refused(
                "this network does not learn which token comes next, so it cannot make up texts"
            )
        if not math.isfinite(self.temperature) or not 0 <= self.temperature <= 10:
            raise _refused("the temperature must be from 0 to 10")
        vocabulary = data.vocabulary()
        end = vocabulary.index(ENDS) if ENDS in vocabulary else -1
        start = torch.from_numpy(data.encode([self.prompt[:MOST_PROMPT]])[0])
        start = start[start > 0]
        rows = start.repeat(min(max(1, self.count), MOST_TEXTS), 1)
        generator = torch.Generator().manual_seed(self.seed)
        over = torch.zeros(len(rows), dtype=torch.bool)
        texts = [""] * len(rows)
        for _ in range(min(max(1, self.length), data.length - len(start) + 1)):
            scores = trainer.model(rows[:, -data.length :].to(trainer.device))[:, -1].float().cpu()
            if not bool(scores.isfinite().all()):
                raise _refused("the network's numbers are no longer finite")
            chosen = draw(scores, self.temperature, generator)
            over |= chosen == end
            texts = [
                text if done else text + vocabulary[token]
                for text, done, token in zip(texts, over.tolist(), chosen.tolist(), strict=True)
            ]
            if bool(over.all()):
                break
            rows = torch.cat([rows, chosen[:, None] + FIRST], 1)
        return Generated(data.decode(start), tuple(texts))


def draw(scores: Tensor, temperature: float, generator: torch.Generator) -> Tensor:
    """One class a row by the probabilities softmax(scores / temperature); the likeliest where that is nearly 0.

    In: (N, C). Out: int64 (N,).
    """
    if temperature < COLD:
        return scores.argmax(1)
    return torch.multinomial((scores.double() / temperature).softmax(1), 1, generator=generator)[
        :, 0
    ]


def _refused(detail: str) -> ExperimentError:
    return ExperimentError.at("", "bad_question", detail=detail)
