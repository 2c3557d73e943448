"""A series -> windows of the past and the steps after them. The exported script carries the functions without types."""

import numpy as np

from ...samples import time_split


def last_known(values):
    """Every missing value replaced by the last known one before it; NaN stays where none came before."""
    steps = np.arange(len(values))
    # A missing value has no place of its own, so that the running maximum still points at the last known one.
    known_at = np.where(np.isnan(values), 0, steps)
    last_known_at = np.maximum.accumulate(known_at)
    return values[last_known_at]


def windows(values, window, horizon, from_last):
    """Every stretch of `window` steps and the `horizon` steps after it: x float32 (N, window, F), y (N, horizon).

    In: one series (n,), or (n, F) with further columns beside it, of which only the past is seen. A missing step counts
    as the last known one before it, so that nothing is known too early; a stretch of which a target is missing is left
    out. `from_last`: the series is measured from the last value of its window.
    """
    columns = values.reshape(len(values), -1)
    n_windows = len(columns) - window - horizon + 1
    # Steps of the series as tables: a row for each window.
    starts = np.arange(n_windows)[:, None]
    past = starts + np.arange(window)
    future = starts + window + np.arange(horizon)
    filled = np.stack([last_known(column) for column in columns.T], axis=1)
    x = filled[past]
    y = columns[:, 0][future]

    lacks_past = np.isnan(x).any((1, 2))
    lacks_target = np.isnan(y).any(1)
    is_complete = ~(lacks_past | lacks_target)
    if from_last:
        last = x[:, -1:, 0]
        y = y - last
        x[:, :, 0] = x[:, :, 0] - last
    x = x[is_complete]
    y = y[is_complete]
    return x.astype(np.float32), y.astype(np.float32)


def windows_of_each(series, window, horizon, from_last):
    """The windows of several series, none across a border: x and y as in `windows`, and how many each series has."""
    parts = [windows(values, window, horizon, from_last) for values in series]
    x = np.concatenate([part_x for part_x, _ in parts])
    y = np.concatenate([part_y for _, part_y in parts])
    return x, y, [len(part_y) for _, part_y in parts]


def split_each(n_windows, validation, gap):
    """`time_split` inside every series. In: how many windows each has. One with too few for both parts only trains."""
    train, held_out = [], []
    first = 0
    for n in n_windows:
        past, future = np.arange(n), np.arange(0)
        if n > gap + 1:
            past, future = time_split(n, validation, gap)
        train.append(first + past)
        held_out.append(first + future)
        first += n
    return np.concatenate(train), np.concatenate(held_out)


def window_starts(values: np.ndarray, window: int, horizon: int) -> np.ndarray:
    """Where in the series each sample of `windows` begins. In: (n,) or (n, F)."""
    columns = values.reshape(len(values), -1)
    n_windows = len(columns) - window - horizon + 1
    starts = np.arange(max(0, n_windows))
    ends = starts + window
    # Row i: how many values of each column before step i are missing.
    is_missing = np.isnan(columns)
    before_first = np.zeros((1, columns.shape[1]), dtype=np.int64)
    n_missing = np.concatenate([before_first, np.cumsum(is_missing, axis=0)])
    # It is the same at both ends of a stretch without gaps.
    has_targets = n_missing[ends + horizon, 0] == n_missing[ends, 0]
    # Before the first known value there is nothing to fill a gap with.
    has_begun = (n_missing[starts + 1] <= starts[:, None]).all(1)
    return starts[has_targets & has_begun]
