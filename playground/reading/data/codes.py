"""Digits that are no numbers: codes such as 01067, zones such as 94105-1234, seats such as 12E4, grades such as 2-."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

LEAST_LENGTH = 3
MOSTLY = 0.5  # share of the codes that have one length
EXPONENT = re.compile(r"\d+E\d+")
SEAT = re.compile(r"\d+[A-DF-Z]\d+")
PLUS = re.compile(r"\d+(?:[.,]\d+)?\s?\+")
MINUS = re.compile(r"\d+(?:[.,]\d+)?\s?-")


def are_codes(cells: Collection[str]) -> bool:
    """Whether digits in these different cells are codes rather than numbers."""
    return _are_padded(cells) or _are_seats(cells) or bool(grades_in(cells))


def _are_padded(cells: Collection[str]) -> bool:
    """01067, 94105-1234: some begin with 0, and most have one length."""
    zeros = [cell for cell in cells if cell[:1] == "0" and len(cell) > 1 and cell.isdecimal()]
    if not zeros:
        return False
    plain = [cell for cell in cells if cell.isdecimal()]
    lengths = Counter(map(len, plain))
    length, n = lengths.most_common(1)[0]
    has_zero = any(len(cell) == length for cell in zeros)
    # In 01, 02 … 12 the 0 only fills up.
    return has_zero and length >= LEAST_LENGTH and n > MOSTLY * len(cells)


def _are_seats(cells: Collection[str]) -> bool:
    """12E4 beside 12A4, or beside 7E2: 120,000 is seldom written so."""
    powers = [cell for cell in cells if "E" in cell and EXPONENT.fullmatch(cell)]
    if not powers:
        return False
    if any(SEAT.fullmatch(cell) for cell in cells):
        return True
    has_several_digits = any(cell.index("E") > 1 for cell in powers)
    are_all_whole = all(cell.replace("E", "", 1).isdecimal() for cell in cells)
    return has_several_digits and are_all_whole


def grades_in(cells: Collection[str]) -> Sequence[str]:
    """Cells such as 2- and 3+, where both are met: marks between two grades, and no signs."""
    ends = [cell for cell in cells if cell[-1:] in ("+", "-")]
    has_minus = any(MINUS.fullmatch(cell) for cell in ends)
    has_plus = any(PLUS.fullmatch(cell) for cell in ends)
    return ends if has_minus and has_plus else []
