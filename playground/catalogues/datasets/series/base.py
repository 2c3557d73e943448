"""What all data sets of one series have in common."""

from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from ....faults import ExperimentError
from ...baselines import Baseline
from ..base import Dataset, Division, time_split
from .naive import naive_errors
from .windows import last_known, window_starts, windows

LEAST_WINDOWS = 10  # besides those that the horizon leaves out between training and validation
MOST_NUMBERS = 20_000_000  # in all windows together
SHOWN = 1_200  # points of a series in a preview


class Series(Dataset):
    """Windows of one series. Out: x (N, window, 1), y (N, horizon) what came next.

    Where `from_last` holds, both are measured from the window's last value, and so is what a network predicts.
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
        """The series, float64 (n,), NaN where a value is missing."""
        raise NotImplementedError

    def times(self) -> list[str]:
        """What stands under each step of the series."""
        raise NotImplementedError

    @property
    def input_shape(self) -> tuple[int, ...]:  # type: ignore[override]
        return (self.window, 1)

    def target_names(self) -> tuple[str, ...]:
        return tuple(f"+{ahead}" for ahead in range(1, self.horizon + 1))

    def starts(self) -> np.ndarray:
        """Where in the series each sample begins. Raises: ExperimentError where there are too few or too many."""
        values = self.values()
        starts = _starts(values.tobytes(), self.window, self.horizon)
        if len(starts) < self.horizon + LEAST_WINDOWS:
            raise self._too_short(len(values), len(starts))
        if len(starts) * self.window > MOST_NUMBERS:
            limit = max(2, MOST_NUMBERS // len(starts))
            raise ExperimentError.at(
                "data.window", "series_too_long", windows=len(starts), limit=limit
            )
        return starts

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
        # As `time_split` divides them.
        n = self.n_samples()
        gap = self.horizon - 1
        wished = max(1, round(n * self.validation))
        n_held_out = min(n - 1 - gap, wished)
        return n - n_held_out - gap, n_held_out

    def divided_by(self) -> Division:
        """The past trains, the future judges. Windows whose targets reach into the validation part are left out."""
        return Division(time_split, "len(x)", self.validation, self.horizon - 1)

    def parts(self) -> tuple[np.ndarray, np.ndarray]:
        """Positions of the training and of the validation part among the windows, without making them."""
        return self.divide(np.empty(self.n_samples()))

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        self.starts()  # too few or too many windows are refused before they are made
        return windows(self.values(), self.window, self.horizon, self.from_last)

    def encode(self, samples: Any) -> np.ndarray:
        """Rows of `window` numbers in the series's own unit -> (N, window, 1). None or NaN: the last known one before.

        Raises: ValueError for another length, or for what is no number.
        """
        rows = [self._encode_row(i, sample) for i, sample in enumerate(samples)]
        if not rows:
            return np.zeros((0, self.window, 1), np.float32)
        x = np.stack(rows).astype(np.float32)
        return x[:, :, None]

    def _encode_row(self, i: int, sample: Any) -> np.ndarray:
        """One window as the network takes it; `i` is its number in messages."""
        try:
            row = np.asarray(sample, dtype=np.float64).ravel()
        except (TypeError, ValueError):
            detail = f"this network takes numbers, but sample {i} holds something else"
            raise ValueError(detail) from None
        if len(row) != self.window:
            raise ValueError(
                f"this network takes {self.window} numbers, but sample {i} has {len(row)}"
            )
        is_missing = np.isnan(row)
        if is_missing.all() or np.isinf(row).any():
            raise ValueError(f"sample {i} has no number to start from, or an infinite one")
        first = row[~is_missing][0]
        filled = last_known(row)
        # Nothing came before the first number: it stands for what is missing there.
        filled = np.where(np.isnan(filled), first, filled)
        return filled - filled[-1] if self.from_last else filled

    def naive(self) -> dict[str, float]:
        """Mean absolute error over the validation part of what needs no network, in the series's unit."""
        _, held_out = self.parts()
        ends = self.starts()[held_out] + self.window - 1
        return naive_errors(self.values(), ends, self.horizon, self.season)

    def own_baselines(self) -> tuple[Baseline, ...]:
        """The naive forecasts, the last value and the season."""
        errors = self.naive()
        return tuple(Baseline(name, {"mae": error}) for name, error in errors.items())

    def preview(self) -> dict[str, Any] | None:
        """The series, thinned, with where its parts begin, one window and its targets, and the naive errors."""
        values = self.values()
        starts = self.starts()
        train, held_out = self.parts()
        last_of_train = starts[train[-1]]
        first_held_out = starts[held_out[0]]
        every = -(-len(values) // SHOWN)  # rounded up, so that no more than SHOWN are left
        return {
            "values": [_shown(value) for value in values[::every]],
            "every": every,
            "n": len(values),
            "times": self.times()[::every],
            "unit": self.unit,
            "train_until": int(last_of_train + self.window + self.horizon),
            "validation_from": int(first_held_out + self.window),
            "starts": starts[held_out].tolist(),
            "window": self.window,
            "horizon": self.horizon,
            "missing": int(np.isnan(values).sum()),
            "naive": self.naive(),
            "season": self.season,
        }


def _shown(value: float) -> float | None:
    """Six digits are as many as a chart can show; JSON has no NaN."""
    return None if np.isnan(value) else float(f"{value:.6g}")


@lru_cache(maxsize=32)
def _starts(series: bytes, window: int, horizon: int) -> np.ndarray:
    """Kept, since the page asks for it many times an edit. In: the series as bytes, which can be a key."""
    return window_starts(np.frombuffer(series, dtype=np.float64), window, horizon)
