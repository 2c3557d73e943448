"""Words that may say that nothing is known, or be a kind of their own: “none” beside “mild”, NA among countries."""

from collections.abc import Iterable

from .choices import Choices
from .columns import Column, are_letter_codes, put_back
from .result import Doubt, Remedy
from .sheet import Sheet
from .words import AMBIGUOUS

MOST_WORDS = 0.05  # share of a column of words from which a word like “none” is asked about


def open_words(column: Column) -> dict[str, int]:
    """Words of a column of kinds that count as missing, but may be kinds; how often each is met."""
    if column.type not in ("category", "flag"):
        return {}
    words = {}
    for word, n in column.missing_words.items():
        is_often = n >= MOST_WORDS * len(column.cells)
        is_namibia = word == "NA" and are_letter_codes(column)
        if (word.casefold() in AMBIGUOUS and is_often) or is_namibia:
            words[word] = n
    return words


def ask_words_that_may_be_missing(
    sheet: Sheet, columns: Iterable[Column], choices: Choices
) -> None:
    """“none” in a column of words: a gap, or a kind of its own? In: the columns that are asked about."""
    for column in columns:
        for word, n in open_words(column).items():
            if word in choices.words("missing", column.name):
                continue
            is_kind = not column.has_several()
            values = {"name": column.name, "word": word, "count": n}
            remedies = [
                word_remedy("is_missing", column, word),
                word_remedy("is_kind", column, word),
            ]
            # A label that had only one kind would tell nothing: the word is the other one at first.
            if is_kind:
                remedies.reverse()
                put_back(column, word)
            sheet.doubts.append(
                Doubt(code="word_missing", place=column.name, values=values, remedies=remedies)
            )


def word_remedy(code: str, column: Column, word: str) -> Remedy:
    """Says that a word of a column means “missing” (`is_missing`), or something that was measured."""
    field = "missing" if code == "is_missing" else "measured"
    return Remedy(
        code=code,
        set=f"{field}.{column.name}={word}",
        values={"value": word},
    )
