"""A file of new samples: what a trained network is asked about, and what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ...reading.data.as_trained import folded
from .strange_cells import Strange


@dataclass(frozen=True)
class LeftOut:
    """A sample that cannot be answered: where it stands, a line or a file, and why."""

    place: str
    why: str


@dataclass(frozen=True)
class Asked:
    """Samples of a new file, read as those of the training were.

    x: raw inputs as `Dataset.raw` gives them, N samples. names, cells: the columns that are handed back with the
    answers, and each sample's cells as CSV. places: the line or the file of each. y: targets as `raw` gives them,
    float64 with NaN where a sample has none; None where the file does not know them. strange: cells that mean nothing
    to the network and count as not known.
    """

    x: np.ndarray
    names: Sequence[str]
    cells: Sequence[str]
    places: Sequence[str]
    y: np.ndarray | None = None
    left_out: Sequence[LeftOut] = field(default_factory=tuple)
    strange: Sequence[Strange] = field(default_factory=tuple)


def numbers_of_classes(cells: Sequence[str], classes: Sequence[str]) -> np.ndarray:
    """Cells -> class numbers, capitals and blanks aside; NaN for what is no class. Out: float64 (N,)."""
    number_of = {folded(name): float(place) for place, name in enumerate(classes)}
    # A class that is written exactly so comes first: some differ in their capitals alone.
    exact = {name: float(place) for place, name in enumerate(classes)}
    numbers: list[float] = []
    for cell in cells:
        alike = number_of.get(folded(cell), np.nan)
        numbers.append(exact.get(cell, alike))
    return np.array(numbers, np.float64)
