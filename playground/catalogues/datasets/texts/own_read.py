"""Texts of a person's own file, read once and kept: the texts, how each is taken apart, how long they are."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from ....reading.calls import read
from ....reading.data.choices import Choices
from ....reading.data.text_recipe import MOST_LETTERS, TextsRead, texts_in
from .. import uploads
from ..base import FOLDER
from .learning import readable, text_pieces
from .tokens import words_of

EXAMPLE = "reviews.tsv"
Unit = Literal["word", "character"]
Learn = Literal["auto", "classes", "next"]

MOST_LENGTH = 512  # tokens of a text
USUAL_LENGTH = 200  # the most that is proposed
USUAL_PIECE = 64  # characters that a network sees where it learns to write
LEAST_PIECES = 8
COVERED = 0.95  # share of the texts that are read to their end
JUDGED = 20_000  # texts whose lengths are counted
JUDGED_SCRIPT = 300
# From here on scripts of Asia that part no words; and the letters of Thai.
FIRST_CJK = "\u2e80"
THAI = ("\u0e00", "\u0e7f")


@dataclass(frozen=True)
class Source:
    """What decides how a file is read: its id ("" for the example), its owner's choices as JSON, what is learnt."""

    file: str
    choices: str
    learn: Learn


@dataclass(frozen=True)
class OwnTextsRead:
    """The texts of a file. y: int64 (N,) class numbers. sizes: texts of each class; no classes: `writes`.

    held_out: bool (N,), the texts that folders name as the test part; None where none do.
    """

    recipe: dict[str, Any]
    classes: tuple[str, ...]
    texts: tuple[str, ...]
    y: np.ndarray
    held_out: np.ndarray | None = None

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many texts each class has."""
        return tuple(np.bincount(self.y, minlength=len(self.classes)).tolist())

    @property
    def writes(self) -> bool:
        """Whether nothing is told apart, so that a network can only learn how such texts go on."""
        return not self.classes


@lru_cache(maxsize=4)
def texts_of(source: Source) -> OwnTextsRead:
    """The texts of an uploaded file, or of the bundled one. Raises: ExperimentError."""
    if not source.file:
        # Our own file needs no process apart.
        data = (FOLDER / EXAMPLE).read_bytes()
        return _kept(texts_in(data, Choices(kind="text"), EXAMPLE, source.learn))
    options = {
        "choices": json.loads(source.choices),
        "name": uploads.name_of(source.file),
        "learn": source.learn,
    }
    answer = read("texts", options, uploads.get(source.file))
    recipe, classes = answer.value["recipe"], tuple(answer.value["classes"])
    labels = answer.arrays["labels"]
    # No text holds a NUL: the reader takes them out.
    texts = answer.body.decode().split("\0") if len(labels) else []
    return _kept(TextsRead(recipe, classes, texts, labels, answer.arrays.get("held_out")))


def _kept(found: TextsRead) -> OwnTextsRead:
    return OwnTextsRead(
        found.recipe, found.classes, tuple(found.texts), found.labels, found.held_out
    )


def tokens_by(unit: Unit) -> Callable[[str], list[str]]:
    """What takes a text apart."""
    return words_of if unit == "word" else list


@lru_cache(maxsize=32)
def natural_unit(source: Source) -> Unit:
    """Words, unless the texts are in a script that parts no words, or a network is to learn to write."""
    found = texts_of(source)
    if found.writes:
        return "character"
    sample = _evenly(found.texts, JUDGED_SCRIPT)
    n_letters = n_apart = 0
    for text in sample:
        for letter in text[:MOST_LENGTH]:
            n_letters += letter.isalpha()
            n_apart += letter >= FIRST_CJK or THAI[0] <= letter <= THAI[1]
    return "character" if n_apart > 0.3 * n_letters else "word"


@lru_cache(maxsize=32)
def natural_length(source: Source, unit: Unit) -> int:
    """Tokens that are read of a text: as many as 19 of 20 texts have, but no more than `USUAL_LENGTH`."""
    found = texts_of(source)
    if found.writes:
        n_letters = sum(map(len, found.texts))
        return max(2, min(USUAL_PIECE, n_letters // (2 * LEAST_PIECES)))
    tokens_of = tokens_by(unit)
    lengths = []
    for text in _evenly(found.texts, JUDGED):
        lengths.append(len(tokens_of(readable(text, MOST_LENGTH))))
    covering = int(np.quantile(lengths, COVERED, method="higher")) if lengths else 1
    return max(2, min(USUAL_LENGTH, covering))


def _evenly(texts: Sequence[str], most: int) -> Sequence[str]:
    """At most so many of them, from everywhere."""
    every = -(-len(texts) // most) if texts else 1  # rounded up
    return texts[::every]


@lru_cache(maxsize=4)
def pieces_of(source: Source, length: int) -> tuple[str, ...]:
    """The texts cut into pieces, where a network learns to write."""
    found = texts_of(source)
    return tuple(text_pieces(found.texts, length, MOST_LETTERS))
