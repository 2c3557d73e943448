"""Numbers that may stand for “missing”: −999 and the like, far from everything else in their column."""

import numpy as np

STRONG = frozenset(
    (
        -200.0, -99.0, -99.9, -99.99, -999.0, -999.9, -999.99, -9999.0, -9999.9, -9999.99, -99999.0, -999999.0, -7777.0,
        -8888.0, -888.0, -777.0, -32768.0, -1000.0, -10000.0,
    )
)  # fmt: skip
NINES = frozenset(
    (
        99.0,
        99.9,
        99.99,
        999.0,
        999.9,
        999.99,
        9999.0,
        9999.9,
        99999.0,
        999999.0,
        9999999.0,
        32767.0,
        65535.0,
    )
)
LEAST_VALUES = 8
LEAST_DIFFERENT = 4
FAR = 0.5  # gap to the next value, in widths of the rest
VERY_FAR = 3.0
NOT_SO_FAR = 0.1


def suspected_missing(values: np.ndarray) -> float | None:
    """The value of a column that may mean “missing”; None where there is none. In: float64 (n,), NaN allowed."""
    present = values[~np.isnan(values)]
    if len(present) < LEAST_VALUES:
        return None
    different, counts = np.unique(present, return_counts=True)
    if len(different) < LEAST_DIFFERENT:
        return None
    lowest = _is_suspect(different, counts, 0)
    if lowest:
        return float(different[0])
    if _is_suspect(different, counts, len(different) - 1):
        return float(different[-1])
    return None


def _is_suspect(different: np.ndarray, counts: np.ndarray, place: int) -> bool:
    """Whether the lowest or highest value stands alone. In: different values in order, how often each is met."""
    value = float(different[place])
    rest = np.delete(different, place)
    rest_counts = np.delete(counts, place)
    gap = float(np.abs(rest - value).min())
    width = float(rest[-1] - rest[0]) or 1.0
    n = int(counts[place])
    is_repeated = n >= 2 and n > 1.5 * float(np.median(rest_counts))
    other_side = value < 0 <= rest[0]
    if value in STRONG:
        return gap > FAR * width or (other_side and is_repeated and gap > NOT_SO_FAR * width)
    if value in NINES:
        is_frequent = n >= 3 and n > 3 * float(np.median(rest_counts))
        return gap > FAR * width or (is_frequent and gap > NOT_SO_FAR * width)
    # Any other number: only where it is met again and again, and nothing is near.
    return value != 0 and n >= 3 and is_repeated and gap > VERY_FAR * width


def number_text(value: float) -> str:
    """-999.0 -> "-999"."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
