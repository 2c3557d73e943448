"""Sentences of product reviews, word by word: are they positive?"""

from functools import lru_cache
from typing import Any

import numpy as np
from pydantic import Field

from ...samples import stratified_counts
from ..base import DATASETS, FOLDER, SPLIT_SEED, stratified_split
from .base import Text
from .tokens import frequent_tokens, read_pairs, token_numbers, words_of

FILE = "reviews.tsv"
REVIEW_LENGTH = 32
SIZES = (1_078, 1_604)  # negative, positive


def load_reviews(path, length, vocabulary, validation):
    """2,682 sentences of product reviews, word by word: x int64 (2682, length), y int64, 1 for a positive one.

    The vocabulary is of the most frequent words of the training part alone.
    """
    feelings, sentences = read_pairs(path)
    is_positive = [feeling == "positive" for feeling in feelings]
    y = np.array(is_positive, dtype=np.int64)
    rows = [words_of(sentence) for sentence in sentences]
    # The same division as in training, so that no word of the validation part is known.
    train, _ = stratified_split(y, validation, 0)
    train_rows = [rows[i] for i in train]
    words = frequent_tokens(train_rows, 1, vocabulary)
    return token_numbers(rows, words, length), y


@lru_cache(maxsize=8)
def _review_words(vocabulary: int, validation: float) -> tuple[str, ...]:
    feelings, sentences = read_pairs(FOLDER / FILE)
    y = np.array([feeling == "positive" for feeling in feelings])
    train, _ = stratified_split(y, validation, SPLIT_SEED)
    rows = [words_of(sentences[i]) for i in train]
    return tuple(frequent_tokens(rows, 1, vocabulary))


@DATASETS.register
class Reviews(Text):
    """2,682 real sentences from product reviews, read word by word; the answer is whether they are positive.

    Out: x (N, 32) word numbers, y 0 negative, 1 positive. The vocabulary comes from the training part alone; what is
    not in it is the one token "unknown". Source: Hutto and Gilbert 2014, from the package vaderSentiment.
    Licence: MIT, according to that package.
    """

    id = "reviews"
    label = "Product reviews"
    files = (FILE,)
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
        return sum(SIZES)

    def counts(self) -> tuple[int, int]:
        return stratified_counts(SIZES, self.validation)

    def vocabulary(self) -> tuple[str, ...]:
        return _review_words(self.max_words, self.validation)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_reviews(FOLDER / FILE, self.length, self.max_words, self.validation)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        arguments = f"{self.length}, {self.max_words}, {self.validation!r}"
        functions = (
            token_numbers,
            frequent_tokens,
            words_of,
            read_pairs,
            stratified_split,
            load_reviews,
        )
        return f'x, y = load_reviews("reviews.tsv", {arguments})', functions
