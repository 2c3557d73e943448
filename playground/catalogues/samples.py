"""How samples are dealt out and scaled: plain functions that the exported script carries as they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

SPLIT_SEED = 0
BATCHES_AT_LEAST = 8  # an epoch, or so few steps that a small data set teaches nothing
USUAL_BATCH = 64


def suited_batch(n_samples: int, most: int = USUAL_BATCH) -> int:
    """The batch for so many samples: a power of two, no more than an eighth of them, unless `most` is less."""
    an_eighth = max(1, n_samples // BATCHES_AT_LEAST)
    power_of_two = 2 ** (an_eighth.bit_length() - 1)
    return min(most, max(2, power_of_two))


def stratified_split(y, validation, seed):
    """Positions of the training and of the validation part: every class gives the same share to each.

    In: labels (N,), share 0…1. Out: two int64 arrays, shuffled. Source: numpy's PCG64 generator.
    """
    generator = np.random.default_rng(seed)
    train = []
    held_out = []
    for label in np.unique(y):
        positions = np.flatnonzero(y == label)
        positions = generator.permutation(positions)
        wanted = round(len(positions) * validation)
        # At least one in either part.
        n = max(1, wanted)
        n = min(len(positions) - 1, n)
        held_out.append(positions[:n])
        train.append(positions[n:])
    # Without this the classes would stand one after the other; the training part comes first.
    mixed_train = generator.permutation(np.concatenate(train))
    mixed_held_out = generator.permutation(np.concatenate(held_out))
    return mixed_train, mixed_held_out


def stratified_counts(sizes: Sequence[int], validation: float) -> tuple[int, int]:
    """Samples for training and for validation that `stratified_split` gives, from the sizes of the classes."""
    n_held_out = 0
    for size in sizes:
        wanted = round(size * validation)
        n_held_out += min(size - 1, max(1, wanted))
    n_train = sum(sizes) - n_held_out
    return n_train, n_held_out


def random_split(n, validation, seed):
    """Positions of the training and of the validation part, drawn at random.

    In: number of samples, share 0…1. Out: two int64 arrays. Source: numpy's PCG64 generator.
    """
    generator = np.random.default_rng(seed)
    order = generator.permutation(n)
    wanted = round(n * validation)
    n_held_out = min(n - 1, max(1, wanted))
    train = order[n_held_out:]
    held_out = order[:n_held_out]
    return train, held_out


def given_split(held_out, seed):
    """Positions of the training and of the validation part where the samples say themselves which is which.

    In: bool (N,). Out: two int64 arrays, shuffled. Source: numpy's PCG64 generator.
    """
    generator = np.random.default_rng(seed)
    train = generator.permutation(np.flatnonzero(~held_out))
    validation = generator.permutation(np.flatnonzero(held_out))
    return train, validation


def time_split(n, validation, gap):
    """The training part is the past, the validation part the future; `gap` samples between see both and are left out.

    In: number of samples in order of time, share 0…1, samples. Out: two int64 arrays.
    """
    wanted = round(n * validation)
    n_held_out = min(n - 1 - gap, max(1, wanted))
    first_held_out = n - n_held_out
    past = np.arange(first_held_out - gap)
    future = np.arange(first_held_out, n)
    return past, future


def statistics(x, axes):
    """Mean and spread over these axes, missing values left out: float32, shaped to go with one sample."""
    # All known values of a column may lie in the other part: NumPy would warn of their mean.
    is_empty = np.isnan(x).all(axes, keepdims=True)
    if is_empty.any():
        x = np.where(is_empty, np.float32(0), x)
    mean = np.nanmean(x, axes, keepdims=True, dtype=np.float64)
    std = np.nanstd(x, axes, keepdims=True, dtype=np.float64)
    # Without the dimension of the samples, which is 1 now.
    mean = np.asarray(mean, np.float32)[0]
    std = np.asarray(std, np.float32)[0]
    # A column without a value counts as 0, one that never varies is left as large as it is.
    mean = np.where(np.isfinite(mean), mean, np.float32(0))
    std = np.where(std > 1e-6, std, np.float32(1))
    return mean, std.astype(np.float32)


def normalised(x, mean, std):
    """(x − mean) / std as float32; missing values become 0, the mean."""
    scaled = (x.astype(np.float32) - mean) / std
    scaled = scaled.astype(np.float32)
    return np.nan_to_num(scaled, copy=False)


def scaled_targets(y, train):
    """Values in units of their spread in the training part, counted from their mean there.

    In: float32 (N, K), positions of the training part. Out: the same shape, the means and the spreads (K,).
    """
    mean, std = statistics(y[train], (0,))
    scaled = normalised(y, mean, std)
    return scaled, mean, std


def scaled_value(y, train):
    """The same for the value alone where a class number stands before it. In: float32 (N, 2): class, value."""
    labels = y[:, :1]
    values = y[:, 1:]
    mean, std = statistics(y[train][:, 1:], (0,))
    scaled = normalised(values, mean, std)
    both = np.concatenate([labels, scaled], axis=1)
    return both, mean, std


@dataclass(frozen=True)
class Division:
    """`function(of, share, last)`: `of` is Python over x and y, in the script as here."""

    function: Callable[..., tuple[np.ndarray, np.ndarray]]
    of: Literal["y", "y[:, 0]", "len(x)"]
    share: float
    last: int

    def build(self, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Carries it out."""
        if self.of == "len(x)":
            return self.function(len(y), self.share, self.last)
        labels = y if self.of == "y" else y[:, 0]
        return self.function(labels, self.share, self.last)

    def code(self) -> str:
        """The same as Python."""
        return f"{self.function.__name__}({self.of}, {self.share!r}, {self.last!r})"


@dataclass(frozen=True, eq=False)
class GivenDivision:
    """A division that the samples say themselves: in the script `held_out` holds what is `held_out` here, bool (N,)."""

    held_out: np.ndarray
    last: int = SPLIT_SEED
    function: ClassVar[Callable[..., tuple[np.ndarray, np.ndarray]]] = staticmethod(given_split)

    def build(self, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Carries it out."""
        return given_split(self.held_out, self.last)

    def code(self) -> str:
        """The same as Python."""
        return f"given_split(held_out, {self.last!r})"
