"""What the columns of a table are called."""

from collections.abc import Sequence

NAME_LENGTH = 80


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
    # A cell of a megabyte may stand where a name should.
    start = name.lstrip()[: 2 * NAME_LENGTH]
    characters = [character if character.isprintable() else " " for character in start]
    return "".join(characters).strip()[:NAME_LENGTH]
