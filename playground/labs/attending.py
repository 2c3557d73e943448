"""Attention in a few lines of torch. The lab about attention shows these functions as its code."""

import zlib

import torch

from ..catalogues.modules import SinusoidalPositions


def attention_scores(queries, keys):
    """How well each query fits each key. In: (…, T, F), (…, S, F). Out: (…, T, S).

    Long vectors have large products: the root of F keeps them from growing with the number of features.
    """
    return queries @ keys.mT / keys.shape[-1] ** 0.5


def attention_weights(scores, mask=None, causal=False, temperature=1.0):
    """A softmax over each row. In: (…, T, S); mask: 0 hides a key. Out: the same, each row summing to 1.

    The softmax of −∞ is 0; a row that holds nothing else has no answer: 0/0.
    """
    scores = scores / temperature
    if mask is not None:
        scores = scores.masked_fill(mask == 0, float("-inf"))
    if causal and scores.dim() > 1:
        later = torch.ones(scores.shape[-2:]).triu(1) == 1
        scores = scores.masked_fill(later, float("-inf"))
    return scores.softmax(-1)


def keys_in_use(weights):
    """How many keys a row looks at: 1 where one has all the weight, S where all have the same. Out: (…, T)."""
    entropy = torch.special.entr(weights).sum(-1)
    return entropy.exp()


def word_vectors(words, features, positions):
    """A vector for each word, the same for the same word, plus that of its place times `positions`. Out: (T, F)."""
    rows = []
    for word in words:
        generator = torch.Generator().manual_seed(zlib.crc32(word.encode()))
        rows.append(torch.randn(features, generator=generator))
    places = SinusoidalPositions(len(words), features).table
    return torch.stack(rows) + positions * places


def split_heads(vectors, heads):
    """Each head gets a part of the features. In: (T, F). Out: (heads, T, F / heads)."""
    return vectors.unflatten(-1, (heads, -1)).transpose(0, 1)
