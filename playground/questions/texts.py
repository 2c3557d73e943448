"""Questions about texts: how one is read and answered, and how one goes on."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from torch import Tensor

from ..catalogues.datasets.texts import ENDS, FIRST, Text
from ..experiment import Experiment
from ..training.trainer import Trainer
from .base import Answer, PageQuestion, Request, asked_as, integer_of, number_of, refused, text_of
from .encoding import five_digits, is_finite
from .probes import answers
from .sample import SampleQuestion

MOST_TEXTS = 16
MOST_PROMPT = 200  # characters
MOST_WRITTEN = 400  # tokens, where a text does not end by itself
HOTTEST = 10.0  # temperature
COLD = 1e-3  # below this temperature the likeliest token is taken
SEEDS = 2**31  # how many there are: a larger one counts from 0 again
NO_GENERATOR = "this network does not learn which token comes next, so it cannot make up texts"
UNREADABLE = "□"  # stands for a token that the vocabulary does not have


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


@asked_as("read")
@dataclass(frozen=True)
class ReadText(SampleQuestion[Reading]):
    """How a text is read and answered. Out: Reading. Raises: ExperimentError where the data are no texts."""

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Reading:
        data = trainer.experiment.data
        if not isinstance(data, Text):
            raise refused("this network does not read texts")
        x = self.sample.inputs(trainer)
        numbers = [int(n) for n in x[0].tolist() if n > 0]
        tokens = self._tokens(data, numbers)
        is_known = tuple(n >= FIRST for n in numbers)  # below it are padding and the unknown token
        truth = self._truth(trainer, len(tokens))
        return Reading(tokens, is_known, answers(trainer, x)[0], truth)

    def _tokens(self, data: Text, numbers: list[int]) -> tuple[str, ...]:
        """The words behind the numbers; what the vocabulary does not have stands as it was written."""
        vocabulary = data.vocabulary()
        raw = self.sample.raw
        written = data.tokens(data.prepared(raw)) if isinstance(raw, str) else []
        tokens = []
        for i, n in enumerate(numbers):
            if n >= FIRST:
                tokens.append(vocabulary[n - FIRST])
            else:
                tokens.append(written[i] if i < len(written) else UNREADABLE)
        return tuple(tokens)

    def _truth(self, trainer: Trainer, n_tokens: int) -> tuple[int, ...] | int | None:
        if self.sample.index is None:
            return None
        y = trainer.split.val_y[self.sample.index]
        if y.ndim == 0:
            return int(y)
        return tuple(y[:n_tokens].tolist())

    def tell(self, found: Reading, experiment: Experiment) -> Answer:
        """Shares of the classes; where steps are labelled, the likeliest class of each step and its share."""
        truth = list(found.truth) if isinstance(found.truth, tuple) else found.truth
        answer: Answer = {
            "tokens": found.tokens,
            "known": found.known,
            "truth": truth,
            "finite": is_finite(found.shares),
        }
        if found.shares.ndim == 1:
            answer["probabilities"] = five_digits(found.shares.tolist())
            return answer
        largest = found.shares.max(1)
        answer["labels"] = [_likeliest(step) for step in found.shares]
        answer["shares"] = five_digits(largest.tolist())
        return answer


def _likeliest(shares: np.ndarray) -> int | None:
    """The class with the largest share; None where that cannot be told."""
    return int(shares.argmax()) if is_finite(shares) else None


@dataclass(frozen=True)
class Generated:
    """What was made up: the beginning that was given, as the network read it, and what it wrote after it.

    finite: false where the network's scores were no numbers, so that nothing could be drawn by them.
    """

    prompt: str
    texts: tuple[str, ...]
    finite: bool = True


@asked_as("generate")
@dataclass(frozen=True)
class Generate(PageQuestion[Generated]):
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

    @classmethod
    def read(cls, request: Request) -> Self:
        return cls(
            prompt=text_of(request, "prompt", cls.prompt),
            length=integer_of(request, "length", cls.length),
            temperature=number_of(request, "temperature", cls.temperature),
            seed=integer_of(request, "seed", cls.seed) % SEEDS,
            count=integer_of(request, "count", cls.count),
        )

    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Generated:
        data = trainer.experiment.data
        if not isinstance(data, Text) or not data.generates or not trainer.task.by_steps:
            raise refused(NO_GENERATOR)
        is_in_range = math.isfinite(self.temperature) and 0 <= self.temperature <= HOTTEST
        if not is_in_range:
            raise refused("the temperature must be from 0 to 10")
        prompt = self.prompt[:MOST_PROMPT]
        start = torch.from_numpy(data.encode([prompt])[0])
        start = start[start > 0]  # without padding
        read_prompt = data.decode(start)
        texts = self._continued(trainer, data, start)
        if texts is None:
            return Generated(read_prompt, (), finite=False)
        return Generated(read_prompt, tuple(texts))

    def _continued(self, trainer: Trainer, data: Text, start: Tensor) -> list[str] | None:
        """What follows `start`, token by token; None where the scores are not finite."""
        vocabulary = data.vocabulary()
        has_end = data.ends_at_break and ENDS in vocabulary
        end = vocabulary.index(ENDS) if has_end else -1  # −1: no text ends by itself
        n_texts = min(max(1, self.count), MOST_TEXTS)
        rows = start.repeat(n_texts, 1)
        generator = torch.Generator().manual_seed(self.seed)
        has_ended = torch.zeros(len(rows), dtype=torch.bool)
        texts = [""] * len(rows)
        most_tokens = data.length - len(start) + 1 if data.ends_at_break else MOST_WRITTEN
        n_tokens = min(max(1, self.length), most_tokens)
        for _ in range(n_tokens):
            read = rows[:, -data.length :].to(trainer.device)
            # Of the last step alone: what comes after all that was read.
            scores = trainer.model(read)[:, -1].float().cpu()
            if not bool(scores.isfinite().all()):
                return None
            drawn = draw(scores, self.temperature, generator)
            has_ended |= drawn == end
            for i, token in enumerate(drawn.tolist()):
                if not has_ended[i]:
                    texts[i] += vocabulary[token]
            if bool(has_ended.all()):
                break
            # Class k is the vocabulary's token k; token numbers begin behind padding and unknown.
            next_tokens = drawn[:, None] + FIRST
            rows = torch.cat([rows, next_tokens], 1)
        return texts

    def tell(self, found: Generated, experiment: Experiment) -> Answer:
        return {"prompt": found.prompt, "texts": found.texts, "finite": found.finite}


def draw(scores: Tensor, temperature: float, generator: torch.Generator) -> Tensor:
    """One class a row by the probabilities softmax(scores / temperature); the likeliest where that is nearly 0.

    In: (N, C). Out: int64 (N,).
    """
    if temperature < COLD:
        return scores.argmax(1)
    probabilities = (scores.double() / temperature).softmax(1)
    return torch.multinomial(probabilities, 1, generator=generator)[:, 0]
