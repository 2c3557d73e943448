"""Tables that no sign separates: drawn with bars as in Markdown, or laid out by blanks in columns of a fixed width."""

from collections.abc import Sequence

import numpy as np

from .cells import is_rule

LOOKED_AT = 400  # lines that tell where the columns of a fixed table stand


def is_markdown(lines: Sequence[str]) -> bool:
    """Whether one of the first lines is a rule with bars, and most lines have bars."""
    first = [line for line in lines[:30] if line.strip()]
    has_rule = any(is_rule(line) for line in first)
    with_bars = sum(any(bar in line for bar in "|│┃║") for line in first)
    with_bars += sum(map(is_rule, first))
    has_bars = any(bar in line for line in first for bar in "|│┃║")
    return has_rule and has_bars and with_bars >= 0.6 * len(first)


def column_edges(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where the columns of a fixed table begin and end: between positions that are blank in every line."""
    used = [line for line in lines[:LOOKED_AT] if line.strip() and not is_rule(line)]
    head = [line.expandtabs() for line in used]
    width = max((len(line) for line in head), default=0)
    if not width:
        return []
    is_used = np.zeros(width, dtype=bool)
    for line in head:
        letters = np.frombuffer(line.ljust(width).encode("utf-32-le"), np.uint32)
        is_used |= letters != ord(" ")
    padded = np.concatenate([[False], is_used, [False]]).astype(np.int8)
    changes = np.flatnonzero(np.diff(padded))
    edges: list[tuple[int, int]] = []
    for start, end in zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True):
        edges.append((start, end))
    return edges
