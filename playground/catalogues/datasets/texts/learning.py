"""Texts of a person's own -> what a network learns from. The exported script carries these functions as they stand."""

from ...samples import random_split, stratified_split
from .tokens import frequent_tokens, next_tokens, token_numbers


def readable(text, length):
    """A text as it is read: accents written one way, and of a huge one only what `length` tokens can come from."""
    import unicodedata

    beginning = text.strip()[: 32 * length]
    return unicodedata.normalize("NFC", beginning.strip())


def text_numbers(texts, y, tokens_of, length, most, validation):
    """Texts -> token numbers int64 (N, length). The vocabulary: the `most` frequent tokens of the training part alone.

    In: texts, their classes, what takes a text apart, tokens of a text, tokens of the vocabulary, share held out.
    """
    rows = [tokens_of(readable(text, length)) for text in texts]
    # The same division as in training, so that no token of the validation part alone is known.
    train, _ = stratified_split(y, validation, 0)
    vocabulary = frequent_tokens([rows[i] for i in train], 1, most)
    return token_numbers(rows, vocabulary, length)


def text_numbers_in_parts(texts, held_out, tokens_of, length, most):
    """The same where the texts say themselves which are held out: bool (N,)."""
    rows = [tokens_of(readable(text, length)) for text in texts]
    training = [row for row, is_held_out in zip(rows, held_out, strict=True) if not is_held_out]
    return token_numbers(rows, frequent_tokens(training, 1, most), length)


def written_alike(text):
    """A text with its accents and its line breaks written one way."""
    import unicodedata

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def text_pieces(texts, length, most):
    """Texts cut into pieces of `length` characters and the one that follows, of the first `most` characters of all."""
    pieces = []
    left = most
    for text in texts:
        text = written_alike(text)[:left]
        left -= len(text)
        for start in range(0, len(text) - 1, length):
            # One character more than the network sees: the last one is only ever asked for.
            pieces.append(text[start : start + length + 1])
    return pieces


def piece_numbers(pieces, length, most, validation):
    """Pieces of text, each character asked for the next: x int64 (N, length), y int64 (N, length).

    y is the next character's number − 2, −100 where it is not in the vocabulary or the piece is over.
    """
    train, _ = random_split(len(pieces), validation, 0)
    vocabulary = frequent_tokens([pieces[i] for i in train], 1, most)
    numbers = token_numbers(pieces, vocabulary, length + 1)
    return next_tokens(numbers)
