"""What all data sets of one series have in common."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from ....faults import ExperimentError
from ....reading.data.choices import Choices
from ...baselines import Baseline
from ..base import Dataset, Division, time_split
from .division import EachDivision
from .naive import naive_errors, weighted_errors
from .new import NewSeries, read_new
from .windows import last_known, window_starts, windows_of_each

LEAST_WINDOWS = 10  # besides those that the horizon leaves out between training and validation
MOST_NUMBERS = 20_000_000  # in all windows together
SHOWN = 1_200  # points of a series in a preview


class Series(Dataset):
    """Windows of series. Out: x (N, window, F), y (N, horizon) what came next in the first of F columns.

    Where `from_last` holds, the first column and what a network predicts are measured from the window's last value.
    """

    group = "series"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "series"
    task = "regression"
    unit: ClassVar[str] = ""
    window: int = Field(
        52,
        ge=2,
        le=520,
        description="Past steps that the network sees",
        json_schema_extra={"log": True},
    )
    horizon: int = Field(4, ge=1, le=52, description="Future steps that the network has to predict")
    from_last: bool = Field(
        True,
        description="Subtract the last value of each window, so that levels never seen before cause no trouble",
    )
    season: ClassVar[int] = 0  # steps after which things come around again

    def values(self) -> np.ndarray:
        """The series, float64 (n,), NaN where a value is missing; several stand one behind the other."""
        raise NotImplementedError

    def series(self) -> Sequence[np.ndarray]:
        """Every series by itself, float64 (steps, F): what is forecast, then what is seen beside it."""
        return [self.values()[:, None]]

    def n_columns(self) -> int:
        """What is seen of every step: the value, and further columns."""
        return 1

    def times(self) -> list[str]:
        """What stands under each step of the series."""
        raise NotImplementedError

    @property
    def input_shape(self) -> tuple[int, ...]:  # type: ignore[override]
        return (self.window, self.n_columns())

    def target_names(self) -> tuple[str, ...]:
        return tuple(f"+{ahead}" for ahead in range(1, self.horizon + 1))

    def starts(self) -> np.ndarray:
        """Where in `values` each sample begins. Raises: ExperimentError where there are too few or too many."""
        starts, n_windows = self._cut()
        n_columns = self.n_columns()
        has_both_parts = max(n_windows) > self.horizon
        if len(starts) < self.horizon + LEAST_WINDOWS or not has_both_parts:
            raise self._too_short(len(self.values()), len(starts))
        if len(starts) * self.window * n_columns > MOST_NUMBERS:
            limit = max(2, MOST_NUMBERS // (len(starts) * n_columns))
            raise ExperimentError.at(
                "data.window", "series_too_long", windows=len(starts), limit=limit
            )
        return starts

    def _cut(self) -> tuple[np.ndarray, tuple[int, ...]]:
        """Where in `values` each sample begins, and how many samples each series gives."""
        series = self.series()
        sizes = tuple(len(values) for values in series)
        together = np.concatenate(series)
        return _cut(together.tobytes(), sizes, self.window, self.horizon)

    def _too_short(self, n_steps: int, n_windows: int) -> ExperimentError:
        return ExperimentError.at(
            "data.window",
            "series_too_short",
            given=n_steps,
            windows=n_windows,
            window=self.window,
            horizon=self.horizon,
            needed=self.window + 2 * self.horizon + LEAST_WINDOWS - 1,
        )

    def n_samples(self) -> int:
        return len(self.starts())

    def counts(self) -> tuple[int, int]:
        n = self.n_samples()
        if len(self.series()) > 1:
            train, held_out = self.parts()
            return len(train), len(held_out)
        # As `time_split` divides them.
        gap = self.horizon - 1
        wished = max(1, round(n * self.validation))
        n_held_out = min(n - 1 - gap, wished)
        return n - n_held_out - gap, n_held_out

    def divided_by(self) -> Division:
        """The past trains, the future judges. Windows whose targets reach into the validation part are left out."""
        gap = self.horizon - 1
        if len(self.series()) > 1:
            _, n_windows = self._cut()
            return EachDivision.of_series(n_windows, self.validation, gap)
        return Division(time_split, "len(x)", self.validation, gap)

    def parts(self) -> tuple[np.ndarray, np.ndarray]:
        """Positions of the training and of the validation part among the windows, without making them."""
        return self.divide(np.empty(self.n_samples()))

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        self.starts()  # too few or too many windows are refused before they are made
        x, y, _ = windows_of_each(self.series(), self.window, self.horizon, self.from_last)
        return x, y

    def encode(self, samples: Any) -> np.ndarray:
        """Windows of numbers in the series's own unit -> (N, window, F). None or NaN: the last known one before.

        In: (N, window), or (N, window, F) where further columns are seen.
        Raises: ValueError for another length, or for what is no number.
        """
        shape = (self.window, self.n_columns())
        x = np.zeros((len(samples), *shape), np.float32)
        for i, sample in enumerate(samples):
            window = filled_window(i, sample, shape)
            if self.from_last:
                window[:, 0] -= window[-1, 0]
            x[i] = window
        return x

    def offsets_of(self, samples: Any) -> np.ndarray | float:
        if not self.from_last:
            return 0.0
        shape = (self.window, self.n_columns())
        last = [filled_window(i, sample, shape)[-1, 0] for i, sample in enumerate(samples)]
        return np.array(last, dtype=np.float64)[:, None]

    def offsets_at(self, positions: np.ndarray) -> np.ndarray | float:
        if not self.from_last:
            return 0.0
        ends = self.starts()[positions] + self.window - 1
        # Every sample begins with a known value, so that none is filled from another series.
        return last_known(self.values())[ends][:, None]

    def new_series(self, content: bytes) -> list[NewSeries]:
        """The series of another file, one a group, in the same unit. In: its bytes. Raises: ExperimentError."""
        return read_new(content, Choices(), (), {})

    def naive(self) -> dict[str, float]:
        """Mean absolute error over the validation part of what needs no network, in the series's unit."""
        _, held_out = self.parts()
        ends = self.starts()[held_out] + self.window - 1
        errors, weights = [], []
        first = 0
        for values in self.series():
            is_inside = (ends >= first) & (ends < first + len(values))
            if is_inside.any():
                own_ends = ends[is_inside] - first
                errors.append(naive_errors(values[:, 0], own_ends, self.horizon, self.season))
                weights.append(len(own_ends))
            first += len(values)
        return weighted_errors(errors, weights)

    def own_baselines(self) -> tuple[Baseline, ...]:
        """The naive forecasts, the last value and the season."""
        errors = self.naive()
        return tuple(Baseline(name, {"mae": error}) for name, error in errors.items())

    def preview(self) -> dict[str, Any] | None:
        """A series, thinned, with where its parts begin, one window and its targets, and the naive errors.

        Of several series the first that is long enough for both parts.
        """
        starts = self.starts()
        train, held_out = self.parts()
        first, end = self._shown_part(starts[held_out])
        train_starts = _within(starts[train], first, end)
        held_out_starts = _within(starts[held_out], first, end)
        values = self.values()[first:end]
        every = -(-len(values) // SHOWN)  # rounded up, so that no more than SHOWN are left
        return {
            "values": [_shown(value) for value in values[::every]],
            "every": every,
            "n": len(values),
            "from": first,
            "times": self.times()[first:end:every],
            "unit": self.unit,
            "train_until": int(train_starts[-1] + self.window + self.horizon),
            "validation_from": int(held_out_starts[0] + self.window),
            "starts": held_out_starts.tolist(),
            "window": self.window,
            "horizon": self.horizon,
            "missing": int(np.isnan(values).sum()),
            "naive": self.naive(),
            "season": self.season,
        }

    def _shown_part(self, starts: np.ndarray) -> tuple[int, int]:
        """From which step of `values` to which the shown series reaches. In: where the windows that judge begin."""
        first = 0
        for values in self.series():
            end = first + len(values)
            if len(_within(starts, first, end)):
                return first, end
            first = end
        raise AssertionError("no series has a window that judges")


def _within(starts: np.ndarray, first: int, end: int) -> np.ndarray:
    """Those that lie between two steps, counted from the first."""
    is_within = (starts >= first) & (starts < end)
    return starts[is_within] - first


def filled_window(i: int, sample: Any, shape: tuple[int, int]) -> np.ndarray:
    """A window (window, F) of numbers, each missing one filled with the last known one before it. In: its number i.

    Raises: ValueError for another shape, or for what is no number.
    """
    try:
        numbers = np.array(sample, dtype=np.float64)
    except (TypeError, ValueError):
        detail = f"this network takes numbers, but sample {i} holds something else"
        raise ValueError(detail) from None
    n_wanted = shape[0] * shape[1]
    is_shaped = shape[1] == 1 or numbers.shape == shape
    if numbers.size != n_wanted or not is_shaped:
        wanted = f"{shape[0]} numbers" if shape[1] == 1 else f"{shape[0]} × {shape[1]} numbers"
        raise ValueError(f"this network takes {wanted}, but sample {i} has {_size_text(numbers)}")
    window = numbers.reshape(shape)
    is_missing = np.isnan(window)
    if is_missing.all(0).any() or np.isinf(window).any():
        raise ValueError(f"sample {i} has no number to start from, or an infinite one")
    for place, column in enumerate(window.T):
        first = column[~is_missing[:, place]][0]
        filled = last_known(column)
        # Nothing came before the first number: it stands for what is missing there.
        window[:, place] = np.where(np.isnan(filled), first, filled)
    return window


def _size_text(numbers: np.ndarray) -> str:
    return " × ".join(map(str, numbers.shape)) if numbers.ndim > 1 else str(numbers.size)


def _shown(value: float) -> float | None:
    """Six digits are as many as a chart can show; JSON has no NaN."""
    return None if np.isnan(value) else float(f"{value:.6g}")


@lru_cache(maxsize=32)
def _cut(
    together: bytes, sizes: tuple[int, ...], window: int, horizon: int
) -> tuple[np.ndarray, tuple[int, ...]]:
    """Kept, since the page asks for it many times an edit. In: all series as bytes, which can be a key; their steps."""
    table = np.frombuffer(together, dtype=np.float64).reshape(sum(sizes), -1)
    starts = []
    first = 0
    for size in sizes:
        starts.append(first + window_starts(table[first : first + size], window, horizon))
        first += size
    return np.concatenate(starts), tuple(map(len, starts))
