"""Tables that no sign separates: drawn with bars as in Markdown, laid out by blanks in columns of a fixed width, or
with lines of a form of their own.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from .cells import is_rule
from .line_forms import unwrapped_line
from .shapes import looks_like_number

MOSTLY = 0.95  # share of the lines that have the form
LEAST_LINES = 3
PAIRS = re.compile(r"[-+]?[\d.]+(?:\s+(?:qid:\d+|[1-9]\d*:\S+))+\s*(?:#.*)?")
FRACTION = re.compile(r":-|:\d*\.\d|:1(?:\s|$)")
DASHES = re.compile(r"\s*-+(?: +-+)+\s*")
MOST_TITLES = 12  # lines above a rule
MOST_BELOW = 3  # lines below a table with a rule
MOST_PLACES = 2_000  # of a file of pairs: a column each
LOOKED_AT = 400  # lines that tell where the columns of a fixed table stand


def is_markdown(lines: Sequence[str]) -> bool:
    """Whether one of the first lines is a rule with bars, and most lines have bars."""
    first = [line for line in lines[:30] if line.strip()]
    has_rule = any(is_rule(line) for line in first)
    with_bars = sum(any(bar in line for bar in "|│┃║") for line in first)
    with_bars += sum(map(is_rule, first))
    has_bars = any(bar in line for line in first for bar in "|│┃║")
    return has_rule and has_bars and with_bars >= 0.6 * len(first)


def ruled_edges(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where the columns begin and end by a rule of dashes below the names, as databases print it; none without one."""
    first = [line.expandtabs() for line in lines[:LOOKED_AT] if line.strip()]
    rules = [place for place, line in enumerate(first[:MOST_TITLES]) if DASHES.fullmatch(line)]
    if not rules or rules[0] == 0:
        return []
    rule = first[rules[0]]
    between = [place for place, sign in enumerate(rule) if sign == " "]
    filled = [line.expandtabs() for line in lines if line.strip()]
    body = filled[rules[0] + 1 :]
    odd = [
        place
        for place, line in enumerate(body)
        if any(line[column : column + 1].strip() for column in between)
    ]
    # Only below the table a line may cross the columns: some programs draw the rule as long as the names.
    is_kept = len(body) > MOST_BELOW and all(place >= len(body) - MOST_BELOW for place in odd)
    return [match.span() for match in re.finditer("-+", rule)] if is_kept else []


def column_edges(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where the columns of a fixed table begin and end: by a rule, or between positions blank in all lines."""
    ruled = ruled_edges(lines)
    if ruled:
        return ruled
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


def are_labelled(lines: Sequence[str]) -> bool:
    """Whether the lines are labels and texts as for fastText."""
    filled = [line for line in lines if line.strip()]
    n = sum(line.lstrip().startswith("__label__") for line in filled)
    return len(filled) >= LEAST_LINES and n >= MOSTLY * len(filled)


def n_labels(line: str) -> int:
    """How many labels a line of that kind has."""
    return sum(word.startswith("__label__") for word in line.split())


def are_pairs(lines: Sequence[str]) -> bool:
    """Whether the lines are labels and pairs as for LIBSVM; 8 10:30 may be a place and a time of day."""
    filled = [line.strip() for line in lines if line.strip()]
    n = sum(PAIRS.fullmatch(line) is not None for line in filled)
    has_values = any(FRACTION.search(line) for line in filled)
    return len(filled) >= LEAST_LINES and n >= MOSTLY * len(filled) and has_values


def places_of_pairs(lines: Sequence[str]) -> int:
    """The highest place that the pairs name."""
    highest = 0
    for line in lines:
        for word in line.partition("#")[0].split()[1:]:
            place = word.partition(":")[0]
            highest = max(highest, int(place) if place.isdecimal() else 0)
    return highest


def sign_inside_lines(lines: Sequence[str], signs: Sequence[str]) -> str:
    """The sign that parts the cells of lines of which each stands between quotation marks; "" for other lines."""
    filled = [line.strip() for line in lines if line.strip()]
    # The names above may stand there without marks.
    wrapped = [line for line in filled if unwrapped_line(line) != line]
    if len(wrapped) < LEAST_LINES or len(wrapped) < len(filled) - 1:
        return ""
    inside = [unwrapped_line(line) for line in filled]
    for sign in signs:
        if _usual_cells(wrapped, sign) == 1 and _is_even_table(inside, sign):
            return sign
    return ""


def _usual_cells(lines: Sequence[str], sign: str) -> int:
    """How many cells that say something most lines have."""
    widths = Counter(sum(map(bool, row)) for row in csv.reader(lines, delimiter=sign))
    return widths.most_common(1)[0][0]


def _is_even_table(lines: Sequence[str], sign: str) -> bool:
    """Whether nearly all lines have the same number of cells, and most hold a number: sentences have commas, too."""
    rows = list(csv.reader(lines, delimiter=sign))
    width, n = Counter(map(len, rows)).most_common(1)[0]
    n_with_number = sum(any(map(looks_like_number, row)) for row in rows)
    return width > 1 and n >= MOSTLY * len(lines) and n_with_number > len(lines) / 2
