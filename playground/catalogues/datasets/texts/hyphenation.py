"""English words, letter by letter: where may they be broken?"""

from typing import Any

import numpy as np

from ..base import DATASETS, FOLDER
from .base import Text
from .tokens import step_labels, token_numbers

FILE = "hyphenation.txt"
WORD_LENGTH = 14


def load_hyphenation(path, length):
    """6,000 words, letter by letter: x int64 (6000, length), y int64 (6000, length), 1 where a hyphen may follow."""
    words = []
    labels = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            parts = line.strip().split("-")
            word = "".join(parts)
            may_break = [0] * len(word)
            ends = np.cumsum([len(part) for part in parts]).tolist()
            for end in ends[:-1]:  # no hyphen follows the end of the word
                may_break[end - 1] = 1
            words.append(word)
            labels.append(may_break)
    x = token_numbers(words, "abcdefghijklmnopqrstuvwxyz", length)
    return x, step_labels(labels, length)


@DATASETS.register
class Hyphenation(Text):
    """6,000 common English words, read letter by letter; the answer is after which letters a hyphen may be placed.

    Out: x (N, 14) letter numbers, y (N, 14) 1 where the word may be broken behind the letter, −100 behind its end.
    Source: the hyphenation dictionary for American English from the package pyphen, applied to
    the word list of zxcvbn.
    Licence: BSD-style (the dictionary), MIT (the word list).
    """

    id = "hyphenation"
    label = "Hyphenation"
    files = (FILE,)
    task = "labelling"
    length = WORD_LENGTH
    input_shape = (WORD_LENGTH,)
    classes = ("goes on", "hyphen")

    def n_samples(self) -> int:
        return 6_000

    def vocabulary(self) -> tuple[str, ...]:
        return tuple("abcdefghijklmnopqrstuvwxyz")

    def prepared(self, text: str) -> str:
        return super().prepared(text).lower()

    def preparing_code(self) -> tuple[tuple[str, ...], tuple[Any, ...]]:
        lines, functions = super().preparing_code()
        return (*lines, "text = text.lower()"), functions

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_hyphenation(FOLDER / FILE, self.length)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f'x, y = load_hyphenation("hyphenation.txt", {self.length})'
        return line, (token_numbers, step_labels, load_hyphenation)
