"""Connected parts of a picture of ink: which of them are the digit, and which are clutter."""

from typing import Any

import numpy as np

NEAR = 0.25  # of the digit's longer side: farther parts are not its own
LEAST_MASS = 0.04  # of the heaviest part's ink
AT_THE_EDGE = 0.02  # what ink counts there: mostly the shadow of a hand or the edge of the paper
FAR = 1 << 30  # farther than any pixel


def main_parts(weak: np.ndarray, strong: np.ndarray) -> np.ndarray:
    """The connected parts of `weak` that make up the digit: the heaviest, and what is near it and not too small.

    In: masks (H, W); `strong` says how heavy a part is. Out: a mask (H, W).
    """
    labels, n = connected(weak)
    mass = np.bincount(labels[strong], minlength=n + 1).astype(float)
    mass[0] = 0  # what is outside of every part
    boxes = _boxes(labels, n)
    at_edge = _touch_edge(boxes, weak.shape)
    weight = mass * np.where(at_edge, AT_THE_EDGE, 1.0)
    main = int(np.argmax(weight))

    is_near = _near(boxes, main)
    is_heavy = mass >= LEAST_MASS * mass[main]
    # A digit that touches the edge itself may have parts there; any other may not.
    may_touch = ~at_edge | at_edge[main]
    chosen = is_heavy & is_near & may_touch
    chosen[0] = False
    chosen[main] = mass[main] > 0
    return chosen[labels]


def _touch_edge(boxes: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Which boxes reach the edge of a picture of this shape (H, W)."""
    height, width = shape
    top, bottom, left, right = boxes.T
    above_or_below = (top == 0) | (bottom == height - 1)
    beside = (left == 0) | (right == width - 1)
    return np.asarray(above_or_below | beside)


def _near(boxes: np.ndarray, main: int) -> np.ndarray:
    """Which boxes are no farther from that of the main part than the parts of a digit are."""
    top, bottom, left, right = boxes.T
    main_top, main_bottom, main_left, main_right = boxes[main]
    main_height = main_bottom - main_top
    main_width = main_right - main_left
    # Of the two distances at most one is positive, and none where the boxes overlap.
    gap_down = np.maximum(top - main_bottom, main_top - bottom)
    gap_across = np.maximum(left - main_right, main_left - right)
    gap = np.maximum(gap_down, gap_across)
    reach = NEAR * max(main_height, main_width)
    return np.asarray(gap <= reach)


def _boxes(labels: np.ndarray, n: int) -> np.ndarray:
    """(n + 1, 4): first row, last row, first column, last column of every label."""
    rows, columns = np.indices(labels.shape)

    def bound(operation: np.ufunc, start: int, places: Any) -> np.ndarray:
        extreme = np.full(n + 1, start)
        operation.at(extreme, labels.ravel(), places.ravel())
        return extreme

    first_row = bound(np.minimum, FAR, rows)
    last_row = bound(np.maximum, -1, rows)
    first_column = bound(np.minimum, FAR, columns)
    last_column = bound(np.maximum, -1, columns)
    return np.stack([first_row, last_row, first_column, last_column], 1)


def connected(mask: np.ndarray) -> tuple[np.ndarray, int]:
    """Numbers the 8-connected parts of a mask: labels int (H, W), 0 outside, and how many there are.

    Horizontal runs are the nodes; runs that touch in neighbouring rows are joined by union-find.
    """
    padded = np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)
    step = np.diff(padded, axis=1)
    run_row, start = np.nonzero(step == 1)
    _, end = np.nonzero(step == -1)
    # Plain lists from here on: numpy is slow at looking up single numbers.
    parent = _joined(run_row, start.tolist(), end.tolist(), mask.shape[0])
    root_of_run = [_root(parent, run) for run in range(len(parent))]
    roots, part_of_run = np.unique(np.array(root_of_run, int), return_inverse=True)

    labels = np.zeros(mask.shape, int)
    for run, row in enumerate(run_row.tolist()):
        labels[row, start[run] : end[run]] = part_of_run[run] + 1
    return labels, len(roots)


def _joined(run_row: np.ndarray, start: list[int], end: list[int], n_rows: int) -> list[int]:
    """A forest in which runs of one part have one root: each run's parent, itself where it is a root."""
    parent = list(range(len(run_row)))
    first_of_row = np.searchsorted(run_row, np.arange(n_rows + 1)).tolist()
    for row in range(1, n_rows):
        above = first_of_row[row - 1]
        here = end_above = first_of_row[row]
        end_here = first_of_row[row + 1]
        while above < end_above and here < end_here:
            # An end is one behind the last pixel, so that runs touch at their corners too.
            if start[above] <= end[here] and start[here] <= end[above]:
                parent[_root(parent, here)] = _root(parent, above)
            if end[above] < end[here]:  # the one that ends first meets no further run
                above += 1
            else:
                here += 1
    return parent


def _root(parent: list[int], run: int) -> int:
    """The root of a run's tree. Shortens the way there for those who ask next."""
    while parent[run] != run:
        parent[run] = parent[parent[run]]
        run = parent[run]
    return run
