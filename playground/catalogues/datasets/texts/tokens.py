"""Texts and labels -> numbers. The exported script carries these functions as they stand."""

import numpy as np


def token_numbers(rows, vocabulary, length):
    """Rows of tokens -> int64 (N, length): a token's place in the vocabulary + 2, 1 if it lacks it, then 0 to the end.

    In: lists of tokens (a text is a list of its characters); what is longer is cut. An empty row becomes one unknown.
    """
    padding, unknown, first = 0, 1, 2
    number_of = {token: first + place for place, token in enumerate(vocabulary)}
    numbers = np.full((len(rows), length), padding, dtype=np.int64)
    for i, row in enumerate(rows):
        known = [number_of.get(token, unknown) for token in row[:length]]
        # A row of nothing but padding would have no last step to read.
        known = known or [unknown]
        numbers[i, : len(known)] = known
    return numbers


def step_labels(rows, length):
    """Rows of labels -> int64 (N, length), −100 (which no loss counts) behind the last of each."""
    labels = np.full((len(rows), length), -100, dtype=np.int64)
    for i, row in enumerate(rows):
        beginning = row[:length]
        labels[i, : len(beginning)] = beginning
    return labels


def next_tokens(numbers):
    """Token numbers (N, T + 1) -> what is seen, x (N, T), and what follows each step, y: its number − 2.

    y is −100 (which no loss counts) where what follows is not in the vocabulary, or the row is over.
    """
    following = numbers[:, 1:]
    # The last token of a row has none after it, so that it is no input.
    x = np.where(following > 0, numbers[:, :-1], 0)
    y = np.where(following > 1, following - 2, -100)
    return x, y


def frequent_tokens(rows, least=1, most=None):
    """The tokens that occur at least so often, the most frequent first (in equal numbers: sorted), at most `most`."""
    counts: dict[str, int] = {}
    for row in rows:
        for token in row:
            counts[token] = counts.get(token, 0) + 1
    frequent = [token for token, n in counts.items() if n >= least]
    # By count downwards, then by the token upwards.
    frequent.sort(key=lambda token: (-counts[token], token))
    return frequent[:most]


def words_of(text):
    """The words of a text in small letters, with its exclamation and question marks."""
    import re

    # [^\W\d_] is a letter of any script; don't and o'clock are one word.
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?|[!?]", text.lower())


def read_pairs(path):
    """Lines `label <tab> text` -> the labels, the texts."""
    labels = []
    texts = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            label, text = line.split("\t")
            labels.append(label)
            texts.append(text)
    return labels, texts
