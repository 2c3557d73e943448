"""A series -> windows of the past and the steps after them. The exported script carries `last_known` and `windows`."""

import numpy as np


def last_known(values):
    """Every missing value replaced by the last known one before it; NaN stays where none came before."""
    places = np.where(np.isnan(values), 0, np.arange(len(values)))
    return values[np.maximum.accumulate(places)]


def windows(values, window, horizon, from_last):
    """Every stretch of `window` steps and the `horizon` steps after it: x float32 (N, window, 1), y (N, horizon).

    A missing step counts as the last known one before it, so that nothing is known too early; a stretch of which a
    target is missing is left out. `from_last`: every number is measured from the last one of its window.
    """
    starts = np.arange(len(values) - window - horizon + 1)[:, None]
    x = last_known(values)[starts + np.arange(window)]
    y = values[starts + window + np.arange(horizon)]
    last = x[:, -1:] if from_last else np.zeros((len(x), 1))
    is_complete = ~(np.isnan(x).any(1) | np.isnan(y).any(1))
    x = (x - last)[is_complete]
    y = (y - last)[is_complete]
    return x[:, :, None].astype(np.float32), y.astype(np.float32)


def window_starts(values: np.ndarray, window: int, horizon: int) -> np.ndarray:
    """Where in the series each sample of `windows` begins."""
    starts = np.arange(max(0, len(values) - window - horizon + 1))
    # n_missing[i]: how many values before step i are missing.
    n_missing = np.concatenate([[0], np.cumsum(np.isnan(values))])
    ends = starts + window
    has_targets = n_missing[ends + horizon] == n_missing[ends]
    # Before the first known value there is nothing to fill a gap with.
    has_begun = n_missing[starts + 1] <= starts
    return starts[has_targets & has_begun]
