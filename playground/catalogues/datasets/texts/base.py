"""What all data sets of texts have in common."""

import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar, Literal

import numpy as np

from ...layers import Shape, Tokens
from ..base import Dataset
from .tokens import token_numbers, words_of

FIRST = 2  # the number of the vocabulary's first token
ENDS = "\n"  # stands before and after a name where the next character is asked for
SHOWN = 3  # samples of each class in a preview
SHOWN_UNLABELLED = 12  # samples in all, where a text has no class
READ_AT_MOST = 32  # characters of a text for each of the network's steps


class Text(Dataset):
    """Texts as token numbers. Out: x int64 (N, T), 0 = padding, 1 = unknown."""

    group = "texts"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "text"
    variable_length = True
    length: ClassVar[int]
    unit: ClassVar[Literal["character", "word"]] = "character"
    # Class k of a step is the vocabulary's token k, so that texts can be made.
    generates: ClassVar[bool] = False
    # A line break ends a text that is made up; else it is a letter like others, and the text goes on.
    ends_at_break: ClassVar[bool] = True

    def has_baselines(self) -> bool:
        """Not where texts are made: there the next token is drawn by chance, not guessed."""
        return not self.generates

    def vocabulary(self) -> tuple[str, ...]:
        """What the token numbers from 2 on stand for."""
        raise NotImplementedError

    def tokens(self, text: str) -> list[str]:
        """A text taken apart."""
        return words_of(text) if self.unit == "word" else list(text)

    def sample_shape(self) -> Shape:
        return Tokens(self.length, FIRST + len(self.vocabulary()))

    def encode(self, samples: Any) -> np.ndarray:
        """Texts -> int64 (N, T). Whatever is longer than the network's input is cut; what is not known becomes 1.

        Raises: ValueError for anything but a list of texts.
        """
        if isinstance(samples, str) or not hasattr(samples, "__iter__"):
            kind = type(samples).__name__
            raise ValueError(f"this network takes a list of texts, but got one {kind}")
        rows = []
        for i, sample in enumerate(samples):
            if not isinstance(sample, str):
                kind = type(sample).__name__
                raise ValueError(f"this network takes texts, but sample {i} is of type {kind}")
            text = self.prepared(sample)
            rows.append(self.tokens(text))
        return token_numbers(rows, self.vocabulary(), self.length)

    def prepared(self, text: str) -> str:
        """A text as somebody wrote it -> as the data has it. Most of a huge one is never looked at."""
        beginning = text[: READ_AT_MOST * self.length]
        return unicodedata.normalize("NFC", beginning.strip())

    def preparing_code(self) -> tuple[tuple[str, ...], tuple[Callable[..., Any], ...]]:
        """`prepared` for the example beside an ONNX file: lines that make `text` of `sample`, and what they call."""
        lines = (
            f"beginning = sample[:{READ_AT_MOST * self.length}].strip()",
            'text = unicodedata.normalize("NFC", beginning)',
        )
        return lines, ()

    def decode(self, numbers: Any) -> str:
        """Token numbers (T,) -> the text, a box for each unknown token."""
        vocabulary = self.vocabulary()
        tokens = []
        for number in numbers:
            place = int(number) - FIRST
            if 0 <= place < len(vocabulary):
                tokens.append(vocabulary[place])
            elif number > 0:
                tokens.append("□")
        between = " " if self.unit == "word" else ""
        return between.join(tokens).strip(ENDS)

    def step_names(self, x: np.ndarray) -> tuple[str, ...]:
        vocabulary = ("", "□", *self.vocabulary())
        numbers = [number for number in x.tolist() if number]
        return tuple(vocabulary[number] for number in numbers)

    def preview(self) -> dict[str, Any] | None:
        """A few samples with their tokens and labels. Token 1 stands for whatever is not in the vocabulary."""
        x, y = self.raw()
        vocabulary = ("", "", *self.vocabulary())
        samples = []
        for i in self._shown_places(y):
            samples.append(_sample(x[i], y[i], vocabulary))
        is_token = x != 0
        lengths = is_token.sum(1)
        return {
            "samples": samples,
            "unit": self.unit,
            "length": self.length,
            "generates": self.generates,
            "vocabulary": len(vocabulary) - FIRST,
            "longest": int(lengths.max()),
            "mean": round(float(lengths.mean()), 1),
            "task": self.task,
        }

    def _shown_places(self, y: np.ndarray) -> list[int]:
        """The first of each class; without classes, some from everywhere."""
        if self.task != "classification":
            evenly = np.linspace(0, len(y) - 1, SHOWN_UNLABELLED)
            return [int(place) for place in evenly]
        places: list[int] = []
        for label in range(len(self.class_names())):
            of_class = np.flatnonzero(y == label)
            places += of_class[:SHOWN].tolist()
        return places


def _sample(x: np.ndarray, y: np.ndarray, vocabulary: tuple[str, ...]) -> dict[str, Any]:
    """One text for the preview. In: token numbers (T,); its class, or labels (T,)."""
    numbers = [int(number) for number in x if number]
    sample: dict[str, Any] = {
        "tokens": [vocabulary[number] for number in numbers],
        "numbers": numbers,
        "label": None,
        "labels": None,
    }
    if y.ndim > 0:
        sample["labels"] = y[: len(numbers)].tolist()
    else:
        sample["label"] = int(y)
    return sample
