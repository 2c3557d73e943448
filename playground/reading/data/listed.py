"""Tables of words, written by what they mean."""

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def by_value(listed: Mapping[Value, str]) -> dict[str, Value]:
    """{12: "dec dez"} -> {"dec": 12, "dez": 12}. Words that hold blanks stand between bars: "a b | c"."""
    return {word: value for value, words in listed.items() for word in words_of(words)}


def words_of(listed: str) -> list[str]:
    """ "yes no" or "not known | yes" -> its words."""
    words = " ".join(listed.split())
    return words.split(" | " if " | " in words else " ")
