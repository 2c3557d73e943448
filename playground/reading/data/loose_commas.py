"""Numbers such as 7,75 in a file whose commas part the cells: each row has more cells than there are names."""

from collections.abc import Sequence
from itertools import combinations

from .shapes import looks_like_number

MOST_COMMAS = 3  # columns of such numbers
MOST_NAMES = 20
LEAST_ROWS = 4
JUDGED_ROWS = 1_000


def loose_commas(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """In: rows, the names first. Out: the columns whose numbers were cut in two; none where nothing is sure."""
    names, body = rows[0], rows[1:JUDGED_ROWS]
    width = len(names)
    lengths = {len(row) for row in body}
    n_more = max(lengths, default=0) - width
    has_names = all(names) and not any(map(looks_like_number, names))
    is_small = 2 <= width <= MOST_NAMES and len(body) >= LEAST_ROWS
    if not is_small or not has_names or not 1 <= n_more <= MOST_COMMAS:
        return ()
    # A comma at the end of every line makes no number.
    if any(len(row) > width and not row[-1] for row in body):
        return ()
    # Of two such columns it is not known which of them holds a whole number.
    possible_lengths = {width, width + 1} if n_more == 1 else {width + n_more}
    if not lengths <= possible_lengths or _are_row_names(body, width):
        return ()
    fits = [places for places in combinations(range(width), n_more) if _fits(body, width, places)]
    return fits[0] if len(fits) == 1 else ()


def _are_row_names(body: Sequence[Sequence[str]], width: int) -> bool:
    """Whether each row may begin with a name of its own, as R writes it, for which the head has no name."""
    is_one_more = all(len(row) == width + 1 for row in body)
    return is_one_more and len({row[0] for row in body}) == len(body)


def _fits(body: Sequence[Sequence[str]], width: int, places: Sequence[int]) -> bool:
    """Whether the cells at these places are the whole and the fraction of one number in all rows."""
    lengths = set()
    for row in body:
        is_whole = len(row) == width
        for n_before, place in enumerate(places):
            start = place if is_whole else place + n_before
            if not row[start].lstrip("-").isdecimal():
                return False
            if not is_whole:
                fraction = row[start + 1]
                lengths.add(len(fraction))
                if not fraction.isdecimal():
                    return False
    # 1,2 may be two numbers; behind a comma some programs always write two digits.
    has_whole = any(len(row) == width for row in body)
    return has_whole or (len(lengths) == 1 and min(lengths) > 1)


def has_open_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first column has no name, although it names no rows: its cells are met again. In: rows of values."""
    return len({row[0] for row in rows}) < len(rows)
