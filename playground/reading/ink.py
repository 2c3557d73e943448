"""The ink of a digit in a grey picture: paper, shadows and clutter taken away, thin strokes made wider."""

from collections.abc import Callable

import numpy as np

from .parts import main_parts

SIDE, BOX = 28, 20  # of MNIST's pictures, and of the digit in them
WINDOWS = (0.35, 0.12, 0.06)  # shares of the longer side that the paper is looked for in
LEAST_CONTRAST = 0.12
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
    return np.rint(_thickened(digit) * 255).astype(np.uint8)


def _best_digit(paper: Grey) -> Grey | None:
    """With the narrowest window that still sees whole strokes: the narrower, the better it follows a shadow."""
    if min(paper.shape) <= 2 * SIDE:
        return _digit(paper, WINDOWS[0], faint=0)
    digit, *others = (_digit(paper, window, FAINT) for window in WINDOWS)
    for narrower in others:
        if narrower is not None and (digit is None or _is_whole(narrower, digit)):
            digit = narrower
    return digit


def _digit(paper: Grey, window: float, faint: float) -> Grey | None:
    """The digit on its paper, 1 where the ink is full, 0 elsewhere.

    `window`, a share of the longer side, must be wider than a stroke; what has less than the share `faint` of the
    full ink is what a shadow left behind.
    """
    light = _background(paper, round(window * max(paper.shape)))
    ink = np.clip(1 - paper / np.maximum(light, 1e-3), 0, 1)
    floor = _noise_floor(ink)
    above_floor = ink[ink > max(floor, LEAST_INK)]
    if not len(above_floor):
        return None
    threshold = _otsu(above_floor)
    strong = ink > threshold
    full = float(np.quantile(ink[strong], 0.9)) if strong.any() else 0.0
    if full < max(LEAST_CONTRAST, 2 * floor):
        return None
    floor = max(floor, faint * full)
    of_digit = main_parts(ink > max(floor, 0.4 * threshold), strong)
    if of_digit.sum() < LEAST_PIXELS:
        return None
    strength = np.clip((ink - floor) / (full - floor), 0, 1)
    return strength * _dilated(of_digit, 3)


def _is_whole(narrow: Grey, wide: Grey) -> bool:
    """Whether the narrower window saw whole strokes: around its digit, the wide one finds hardly any more ink."""
    rows, columns = np.flatnonzero(narrow.any(1)), np.flatnonzero(narrow.any(0))
    around = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    inked = wide[around] > 0.5
    seen_narrow = float(narrow[around][inked].sum())
    seen_wide = float(wide[around][inked].sum())
    return seen_narrow > WHOLE * seen_wide


def _is_dark_ink(grey: Grey) -> bool:
    """Whether what stands out from its neighbourhood is darker than it, told by the skew of the differences.

    Across the edge of a shadow they are as often brighter as darker, so that it does not count.
    """
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
        padded = np.pad(values, [(before + 1, before), (0, 0)], mode="symmetric")
        sums = np.cumsum(padded, axis=0, dtype=np.float64)
        means = (sums[window:] - sums[:-window]) / window
        values = np.swapaxes(means, 0, axis)
    return values


def _background(paper: Grey, window: int) -> Grey:
    """The light on the paper without the ink: a grey closing, wider than any stroke, keeps the edges of shadows.

    The light goes on beyond the edge as it was there, and the window is odd: else slopes would look like ink.
    """
    window = max(3, window | 1)
    paper = np.pad(paper, window - 1, mode="edge")
    for operation in (np.maximum, np.minimum):
        for axis in (0, 1):
            paper = _running(paper, window, axis, operation)
    return paper


def _dilated(values: np.ndarray, width: int) -> np.ndarray:
    """Maximum over a square window around every pixel."""
    before = width // 2
    values = np.pad(values, (before, width - 1 - before), mode="edge")
    down = _running(values, width, 0, np.maximum)
    return _running(down, width, 1, np.maximum)


def _running(
    values: np.ndarray, width: int, axis: int, operation: Callable[..., np.ndarray]
) -> np.ndarray:
    """Maximum or minimum over every window along an axis, which gets shorter by width - 1; spans double."""
    values = np.swapaxes(values, 0, axis)
    span = 1
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
    return float(edges[1 + np.argmax(below * above * apart**2)])


def _thickened(digit: Grey) -> Grey:
    """Thin pen strokes widened to what MNIST's thinnest writers have, so that they survive the scaling to 20 pixels."""
    inked = digit > 0.3
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    scale = max(rows[-1] - rows[0], columns[-1] - columns[0], 1) / BOX
    padded = np.pad(inked, 1).astype(np.int8)
    outline = sum(np.abs(np.diff(padded, axis=axis)).sum() for axis in (0, 1))
    # Twice the area over the outline is the width of a long stroke; the outline runs in steps, 0.8 of it straight.
    stroke = 2 * inked.sum() / (0.8 * outline)
    missing = round(LEAST_STROKE * scale - stroke)
    return digit if missing < 1 else _dilated(digit, missing + 1)
