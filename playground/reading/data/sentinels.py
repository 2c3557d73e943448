"""Numbers that may stand for “missing”: −999 and the like, far from everything else in their column."""

import numpy as np

STRONG = frozenset(
    (
        -200.0, -99.0, -99.9, -99.99, -999.0, -999.9, -999.99, -9999.0, -9999.9, -9999.99, -99999.0, -999999.0, -7777.0,
        -8888.0, -888.0, -777.0, -32768.0, -1000.0, -10000.0,
    )
)  # fmt: skip
SMALL_CODES = frozenset((-1.0, -2.0, -9.0, -9.9, -9.99))
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
SUSPECTS = np.array(sorted(STRONG | {999.0, 9999.0, 99999.0}))
LEAST_VALUES = 8
LEAST_DIFFERENT = 4
FEW_CODES = frozenset(
    (-9.0, -99.0, -999.0, 99.0, 999.0, 9999.0)
)  # of answers to a question, beside 1 to 5
LONE_CODES = frozenset(
    (-99.9, -99.99, -999.0, -999.9, -999.99, -9999.0, -9999.9, -9999.99, -99999.0)
)
OFTEN = 10  # how many times as often as usual a lone -1 is met
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
        return _suspect_code(different, counts)
    lowest = _is_suspect(different, counts, 0)
    if lowest:
        return float(different[0])
    if _is_suspect(different, counts, len(different) - 1):
        return float(different[-1])
    return None


def _suspect_code(different: np.ndarray, counts: np.ndarray) -> float | None:
    """Of a few whole numbers one that is far off and rare: 99 beside 1 and 2."""
    if len(different) < 3:
        return _lone_code(different)
    for place in (0, len(different) - 1):
        rest = np.delete(different, place)
        value = float(different[place])
        gap = float(np.abs(rest - value).min())
        is_far = gap > VERY_FAR * float(np.ptp(rest))
        is_rare = counts[place] < counts.sum() / 2
        if is_far and (value in LONE_CODES or (value in FEW_CODES and is_rare)):
            return value
    return None


def _lone_code(different: np.ndarray) -> float | None:
    """−9999 beside a single other number, which is not below 0."""
    if len(different) != 2:
        return None
    low, high = map(float, different)
    return low if low in LONE_CODES and high >= 0 else None


def _is_suspect(different: np.ndarray, counts: np.ndarray, place: int) -> bool:
    """Whether the lowest or highest value stands alone. In: different values in order, how often each is met."""
    value = float(different[place])
    # Of two numbers that both mean “missing” none stands alone.
    is_rest = ~np.isin(different, SUSPECTS)
    is_rest[place] = False
    if is_rest.sum() < LEAST_DIFFERENT - 1:
        is_rest = np.arange(len(different)) != place
    rest, rest_counts = different[is_rest], counts[is_rest]
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
    if value in SMALL_CODES and other_side:
        is_often = n >= 3 and n > OFTEN * float(np.median(rest_counts))
        return is_often or (is_repeated and gap > NOT_SO_FAR * width)
    # Any other number: only where it is met again and again, and nothing is near.
    return value != 0 and n >= 3 and is_repeated and gap > VERY_FAR * width


def number_text(value: float) -> str:
    """-999.0 -> "-999"."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
