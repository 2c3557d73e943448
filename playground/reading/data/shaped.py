"""Many texts of few shapes, taken apart together: what stands at the same place in all of them is one array."""

from collections.abc import Sequence

import numpy as np

from .shapes import shape_text

ZERO = ord("0")
MOST_DIGITS = 15  # that float64 holds exactly


def places_by_shape(cells: Sequence[str]) -> dict[str, list[int]]:
    """Shape -> places of its cells."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        places.setdefault(shape_text(cell), []).append(place)
    return places


def letters_of(cells: Sequence[str], length: int) -> np.ndarray:
    """Texts of one length as numbers of letters. Out: uint32 (n, length)."""
    texts = np.array(cells, dtype=f"<U{length}")
    return texts.view(np.uint32).reshape(len(cells), length)


def whole_numbers(letters: np.ndarray, places: Sequence[int]) -> np.ndarray:
    """The digits at these places as one number each. In: `letters_of`; at most 15 places. Out: float64 (n,)."""
    values = np.zeros(len(letters))
    for place in places:
        values = values * 10 + (letters[:, place].astype(np.float64) - ZERO)
    return values
