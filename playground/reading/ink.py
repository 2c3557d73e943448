"""The ink of a digit in a grey picture: paper, shadows and clutter taken away, thin strokes made wider."""

from collections.abc import Callable

import numpy as np

from .parts import main_parts

SIDE = 28  # of MNIST's pictures
BOX = 20  # of the digit in them
WINDOWS = (0.35, 0.12, 0.06)  # shares of the longer side that the paper is looked for in
LEAST_CONTRAST = 0.12  # of full ink, where paper is 0 and black on white is 1
FAINT = 0.12  # of the full ink: less is what a shadow left behind
LEAST_INK = 0.04  # below it everything is paper
LEAST_PIXELS = 6
LEAST_STROKE = 1.6  # pixels of MNIST's thinnest writers
WHOLE = 0.93  # of the ink that a wider window finds
SPREAD = 1.4826  # standard deviation of normal noise over its median deviation

Grey = np.ndarray


def ink_of(grey: Grey) -> np.ndarray | None:
    """The digit's ink alone, uint8 (H, W), 255 where it is full; None where there is none.

    In: float32 (H, W) from 0 (black) to 1.
    """
    paper = grey if _is_dark_ink(grey) else 1 - grey
    digit = _best_digit(paper)
    if digit is None:
        return None
    thick = _thickened(digit)
    return np.rint(thick * 255).astype(np.uint8)


def box_of(ink: np.ndarray) -> tuple[slice, slice]:
    """The rows and columns from the first to the last with ink. In: (H, W) with some ink."""
    rows = np.flatnonzero(ink.any(1))
    columns = np.flatnonzero(ink.any(0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _best_digit(paper: Grey) -> Grey | None:
    """With the narrowest window that still sees whole strokes: the narrower, the better it follows a shadow."""
    # So small a picture is a scan or a screenshot: its strokes fill any narrower window, and it has no shadows.
    if min(paper.shape) <= 2 * SIDE:
        return _digit(paper, WINDOWS[0], faint=0)
    best: Grey | None = None
    for window in WINDOWS:
        digit = _digit(paper, window, FAINT)
        if digit is None:
            continue
        if best is None or _is_whole(digit, best):
            best = digit
    return best


def _digit(paper: Grey, window: float, faint: float) -> Grey | None:
    """The digit on its paper, 1 where the ink is full, 0 elsewhere.

    `window`, a share of the longer side, must be wider than a stroke; what has less than the share `faint` of the
    full ink is what a shadow left behind.
    """
    light = _background(paper, round(window * max(paper.shape)))
    # The share of the light that ink swallows, whether it lies in the sun or in the shadow.
    ink = np.clip(1 - paper / np.maximum(light, 1e-3), 0, 1)
    floor = _noise_floor(ink)
    above_floor = ink[ink > max(floor, LEAST_INK)]
    if not len(above_floor):
        return None

    threshold = _otsu(above_floor)
    strong = ink > threshold
    full = 0.0
    if strong.any():
        # Not the maximum, which one odd pixel would set.
        full = float(np.quantile(ink[strong], 0.9))
    if full < max(LEAST_CONTRAST, 2 * floor):
        return None

    floor = max(floor, faint * full)
    # Strokes end softly: their edges lie below the threshold that tells ink from paper.
    weak = ink > max(floor, 0.4 * threshold)
    of_digit = main_parts(weak, strong)
    if of_digit.sum() < LEAST_PIXELS:
        return None
    strength = np.clip((ink - floor) / (full - floor), 0, 1)
    # A pixel wider, so that the soft edges are not cut off.
    return strength * _dilated(of_digit, 3)


def _is_whole(narrow: Grey, wide: Grey) -> bool:
    """Whether the narrower window saw whole strokes: around its digit, the wide one finds hardly any more ink."""
    around = box_of(narrow)
    inked = wide[around] > 0.5
    seen_narrow = float(narrow[around][inked].sum())
    seen_wide = float(wide[around][inked].sum())
    return seen_narrow > WHOLE * seen_wide


def _is_dark_ink(grey: Grey) -> bool:
    """Whether what stands out from its neighbourhood is darker than it, told by the skew of the differences.

    Across the edge of a shadow they are as often brighter as darker, so that it does not count.
    """
    # Logarithms turn the share of light that a shadow takes into one step; 0.1 keeps black finite.
    light = np.log(grey + 0.1)
    window = max(3, round(WINDOWS[0] * max(grey.shape)))
    difference = light - _local_mean(light, window)
    return bool((difference**3).sum() < 0)


def _local_mean(values: np.ndarray, width: int) -> np.ndarray:
    """Mean over a centred square window; the picture goes on as its mirror image."""
    for axis in (0, 1):
        values = np.swapaxes(values, 0, axis)
        before = min(width // 2, len(values) - 1)
        window = 2 * before + 1
        # One row more in front: the sum of a window is the sum up to its end minus that up to its beginning.
        padded = np.pad(values, [(before + 1, before), (0, 0)], mode="symmetric")
        sums = np.cumsum(padded, axis=0, dtype=np.float64)
        means = (sums[window:] - sums[:-window]) / window
        values = np.swapaxes(means, 0, axis)
    return values


def _background(paper: Grey, window: int) -> Grey:
    """The light on the paper without the ink: a grey closing, wider than any stroke, keeps the edges of shadows.

    The light goes on beyond the edge as it was there, and the window is odd: else slopes would look like ink.
    """
    window = max(3, window | 1)  # the next odd number
    paper = np.pad(paper, window - 1, mode="edge")
    # The brightest of each window is paper, even under a stroke; the darkest of those puts the edges back in place.
    for operation in (np.maximum, np.minimum):
        for axis in (0, 1):
            paper = _running(paper, window, axis, operation)
    return paper


def _dilated(values: np.ndarray, width: int) -> np.ndarray:
    """Maximum over a square window around every pixel."""
    before = width // 2
    after = width - 1 - before
    values = np.pad(values, (before, after), mode="edge")
    down = _running(values, width, 0, np.maximum)
    return _running(down, width, 1, np.maximum)


def _running(
    values: np.ndarray, width: int, axis: int, operation: Callable[..., np.ndarray]
) -> np.ndarray:
    """Maximum or minimum over every window along an axis, which gets shorter by width - 1.

    Two spans side by side make one of twice the length, so that a wide window costs few passes.
    """
    values = np.swapaxes(values, 0, axis)
    span = 1  # of the values that each value stands for by now
    while span < width:
        step = min(span, width - span)
        values = operation(values[:-step], values[step:])
        span += step
    return np.swapaxes(values, 0, axis)


def _noise_floor(ink: Grey) -> float:
    """Three times the spread of what is paper: its median and median deviation; 0 for a clean drawing."""
    middle = float(np.median(ink))
    deviation = float(np.median(np.abs(ink - middle)))
    return middle + 3 * SPREAD * deviation


def _otsu(values: np.ndarray) -> float:
    """The threshold that parts the values into the two most separate groups. Source: Otsu 1979."""
    counts, edges = np.histogram(values, 128, (0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = counts.sum() - below
    sums = np.cumsum(counts * middles)
    mean_below = sums / np.maximum(below, 1)
    mean_above = (sums[-1] - sums) / np.maximum(above, 1)
    apart = mean_below - mean_above
    separation = below * above * apart**2
    # Bin i ends at edge i + 1.
    return float(edges[1 + np.argmax(separation)])


def _thickened(digit: Grey) -> Grey:
    """Thin pen strokes widened to what MNIST's thinnest writers have, so that they survive the scaling to 20 pixels."""
    inked = digit > 0.3
    rows, columns = box_of(inked)
    height = rows.stop - 1 - rows.start
    width = columns.stop - 1 - columns.start
    # Pixels here that become one pixel of MNIST's.
    scale = max(height, width, 1) / BOX
    padded = np.pad(inked, 1).astype(np.int8)
    outline = 0
    for axis in (0, 1):
        steps = np.diff(padded, axis=axis)
        outline += np.abs(steps).sum()
    # Twice the area over the outline is the width of a long stroke; the outline runs in steps, 0.8 of it straight.
    stroke = 2 * inked.sum() / (0.8 * outline)
    missing = round(LEAST_STROKE * scale - stroke)
    return digit if missing < 1 else _dilated(digit, missing + 1)
