"""A Python loop and PyTorch's own operation on the same numbers, timed. The functions are shown as the lab's code."""

import math
import sys
import time

import torch


def loop_add(a, b):
    """a + b, one number after the other."""
    result = []
    for i in range(len(a)):
        result.append(a[i] + b[i])
    return result


def vector_add(a, b):
    """a + b in one call."""
    return a + b


def loop_relu(a, b):
    """max(a, 0), one number after the other."""
    result = []
    for i in range(len(a)):
        result.append(a[i] if a[i] > 0 else 0.0)
    return result


def vector_relu(a, b):
    """max(a, 0) in one call."""
    return torch.relu(a)


def loop_sum(a, b):
    """The sum of a, one number after the other."""
    total = 0.0
    for i in range(len(a)):
        total += a[i]
    return total


def vector_sum(a, b):
    """The sum of a in one call."""
    return a.sum()


def loop_dot(a, b):
    """The dot product, one pair after the other."""
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


def vector_dot(a, b):
    """The dot product in one call."""
    return torch.dot(a, b)


def loop_matmul(a, b):
    """The matrix product, one product of numbers after the other."""
    n = len(a)
    result = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            for k in range(n):
                result[i][j] += a[i][k] * b[k][j]
    return result


def vector_matmul(a, b):
    """The matrix product in one call."""
    return a @ b


def inputs(size, is_matrix):
    """Two vectors (size,), or two matrices (size, size), in double precision, as Python's own numbers are."""
    n = size * size if is_matrix else size
    a = torch.linspace(-1, 1, n, dtype=torch.float64)
    b = torch.linspace(2, 1, n, dtype=torch.float64)
    if is_matrix:
        return a.reshape(size, size), b.reshape(size, size)
    return a, b


def now():
    """Seconds that this thread has worked so far: what others do meanwhile does not count."""
    # Windows measures the work of a thread in steps of 16 ms.
    return time.perf_counter() if sys.platform == "win32" else time.thread_time()


def seconds(function, a, b, round_s):
    """The time of one run: the best of three rounds, each of which is long enough for the clock."""
    start = now()
    function(a, b)
    once_s = max(now() - start, 1e-7)
    if once_s > 10 * round_s:
        return once_s
    n_runs = math.ceil(round_s / once_s)
    best_s = once_s
    for _ in range(3):
        start = now()
        for _ in range(n_runs):
            function(a, b)
        best_s = min(best_s, (now() - start) / n_runs)
    return best_s


def time_both(loop, vector, sizes, is_matrix, over_list, budget_s):
    """Seconds of loop and vector for every size. A loop that would take more than the budget gets None."""
    loop_s: list[float | None] = []
    vector_s: list[float] = []
    round_s = budget_s / 100
    left_s = budget_s
    expected_s = 0.0
    for size in sizes:
        a, b = inputs(size, is_matrix)
        vector_s.append(seconds(vector, a, b, round_s))
        if expected_s > left_s:
            loop_s.append(None)
            continue
        if over_list:
            a, b = a.tolist(), b.tolist()
        begun = now()
        size_s = seconds(loop, a, b, round_s)
        left_s -= now() - begun
        loop_s.append(size_s)
        expected_s = 10 * size_s  # a size is about ten times as much work as the one before
    return loop_s, vector_s


def difference_of(loop, vector, size, is_matrix):
    """The largest difference between what both make of the same numbers."""
    a, b = inputs(size, is_matrix)
    by_loop = torch.tensor(loop(a.tolist(), b.tolist()), dtype=torch.float64)
    return (by_loop - vector(a, b)).abs().max().item()
