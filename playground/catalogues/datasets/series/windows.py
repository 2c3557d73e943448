"""A series -> windows of the past and the steps after them. The exported script carries `last_known` and `windows`."""

import numpy as np


def last_known(values):
    """Every missing value replaced by the last known one before it; NaN stays where none came before."""
    steps = np.arange(len(values))
    # A missing value has no place of its own, so that the running maximum still points at the last known one.
    known_at = np.where(np.isnan(values), 0, steps)
    last_known_at = np.maximum.accumulate(known_at)
    return values[last_known_at]


def windows(values, window, horizon, from_last):
    """Every stretch of `window` steps and the `horizon` steps after it: x float32 (N, window, 1), y (N, horizon).

    A missing step counts as the last known one before it, so that nothing is known too early; a stretch of which a
    target is missing is left out. `from_last`: every number is measured from the last one of its window.
    """
    n_windows = len(values) - window - horizon + 1
    # Steps of the series as tables: a row for each window.
    starts = np.arange(n_windows)[:, None]
    past = starts + np.arange(window)
    future = starts + window + np.arange(horizon)
    x = last_known(values)[past]
    y = values[future]

    lacks_past = np.isnan(x).any(1)
    lacks_target = np.isnan(y).any(1)
    is_complete = ~(lacks_past | lacks_target)
    if from_last:
        last = x[:, -1:]
        x = x - last
        y = y - last
    x = x[is_complete][:, :, None]
    y = y[is_complete]
    return x.astype(np.float32), y.astype(np.float32)


def window_starts(values: np.ndarray, window: int, horizon: int) -> np.ndarray:
    """Where in the series each sample of `windows` begins."""
    n_windows = len(values) - window - horizon + 1
    starts = np.arange(max(0, n_windows))
    ends = starts + window
    # n_missing[i]: how many values before step i are missing. It is the same at both ends of a stretch without gaps.
    is_missing = np.isnan(values)
    n_missing = np.concatenate([[0], np.cumsum(is_missing)])
    has_targets = n_missing[ends + horizon] == n_missing[ends]
    # Before the first known value there is nothing to fill a gap with.
    has_begun = n_missing[starts + 1] <= starts
    return starts[has_targets & has_begun]
