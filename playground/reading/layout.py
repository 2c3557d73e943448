"""How a table is laid out: what parts its cells, and what its columns are called."""

import csv
from collections import Counter
from collections.abc import Sequence

DELIMITERS = ",;\t|"
# The beginning of a file, from which the delimiter is told.
HEAD_CHARACTERS = 50_000
HEAD_LINES = 60
NAME_LENGTH = 80


def delimiter_of(text: str) -> str:
    """The sign that cuts the first lines into the same number of cells as the very first, and into the most."""
    head = text[:HEAD_CHARACTERS].splitlines()[:HEAD_LINES]
    best = ","
    best_score = (False, 0.0, 0)
    for delimiter in DELIMITERS:
        try:
            score = _evenness(head, delimiter)
        except csv.Error:
            continue
        n_cells = score[-1]
        if n_cells > 1 and score > best_score:
            best = delimiter
            best_score = score
    return best


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[bool, float, int]:
    """How well a delimiter fits, the better the greater.

    Out: whether the first line has as many cells as most lines, the share of the lines that have, how many those are.
    """
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    counts = Counter(widths)
    usual = max(counts, key=lambda width: (counts[width], width), default=1)
    share = counts[usual] / max(1, len(widths))
    first_fits = widths[:1] == [usual]
    # Rounded, so that of two signs that fit almost equally well the one with more cells wins.
    return first_fits, round(share, 1), usual


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns as a screen can show them: nothing unprintable, none empty, none twice."""
    shown: list[str] = []
    taken: set[str] = set()
    for i, name in enumerate(names):
        plain = _printable(name) or f"column {i + 1}"
        unique = plain
        n = 2
        while unique in taken:
            unique = f"{plain} ({n})"
            n += 1
        shown.append(unique)
        taken.add(unique)
    return tuple(shown)


def _printable(name: str) -> str:
    characters = [character if character.isprintable() else " " for character in name]
    return "".join(characters).strip()[:NAME_LENGTH]
