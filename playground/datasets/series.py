"""Time series: windows of the past, and what came next."""

from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from .base import DATASETS, Dataset, Division, time_split

FILES = Path(__file__).with_name("files")
SHOWN = 1_200  # points of a series in a preview


def read_column(path):
    """A CSV file's second column -> float64 (n,), NaN where nothing stands. The first line names the columns."""
    with open(path, encoding="utf-8") as file:
        cells = [line.rstrip("\n").split(",")[1] for line in file][1:]
    return np.array([float(cell) if cell else np.nan for cell in cells])


def windows(values, window, horizon, from_last):
    """Every stretch of `window` steps and the `horizon` steps after it: x float32 (N, window, 1), y (N, horizon).

    A missing step counts as the last known one before it, so that nothing is known too early; a stretch of which a
    target is missing is left out. `from_last`: every number is measured from the last one of its window.
    """
    known = np.maximum.accumulate(np.where(np.isnan(values), 0, np.arange(len(values))))
    filled = values[known]
    starts = np.arange(len(values) - window - horizon + 1)
    x = filled[starts[:, None] + np.arange(window)]
    y = values[starts[:, None] + window + np.arange(horizon)]
    last = x[:, -1:] if from_last else np.zeros((len(x), 1))
    kept = ~(np.isnan(x) | np.isnan(y).any(1)[:, None]).any(1)
    x, y = x - last, y - last
    return x[kept][:, :, None].astype(np.float32), y[kept].astype(np.float32)


def window_starts(values: np.ndarray, window: int, horizon: int) -> np.ndarray:
    """Where in the series each sample of `windows` begins."""
    starts = np.arange(max(0, len(values) - window - horizon + 1))
    known = np.maximum.accumulate(~np.isnan(values))  # nothing to fill with before the first value
    target = np.array([not np.isnan(values[s + window : s + window + horizon]).any() for s in starts], dtype=bool)
    return starts[known[starts] & target] if len(starts) else starts


class Series(Dataset):
    """Windows of one series. Out: x (N, window, 1), y (N, horizon) what came next."""

    group = "series"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "series"
    task = "regression"
    unit: ClassVar[str] = ""
    step_name: ClassVar[str] = "step"
    window: int = Field(
        52, ge=2, le=520, description="Past steps that the network sees", json_schema_extra={"log": True}
    )
    horizon: int = Field(4, ge=1, le=52, description="Steps that it has to foretell")
    from_last: bool = Field(
        True, description="Measure every window from its last value, so that a level never seen before does no harm"
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
        return tuple(f"+{i + 1}" for i in range(self.horizon))

    def starts(self) -> np.ndarray:
        """Where in the series each sample begins."""
        return _starts(self._key(), self.window, self.horizon)

    def _key(self) -> bytes:
        return self.values().tobytes()

    def n_samples(self) -> int:
        return len(self.starts())

    def counts(self) -> tuple[int, int]:
        n, gap = self.n_samples(), self.horizon - 1
        held_out = min(n - 1 - gap, max(1, round(n * self.validation)))
        return n - held_out - gap, held_out

    def divided_by(self) -> Division:
        """The past trains, the future judges. Windows whose targets reach into the validation part are left out."""
        return Division(time_split, "len(x)", self.validation, self.horizon - 1)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return windows(self.values(), self.window, self.horizon, self.from_last)

    def encode(self, samples: Any) -> np.ndarray:
        """Rows of `window` numbers in the series's own unit -> (N, window, 1). None or NaN: the last known one before.

        Raises: ValueError for another length, or for what is no number.
        """
        found = []
        for i, sample in enumerate(samples):
            try:
                row = np.asarray(sample, dtype=np.float64).ravel()
            except (TypeError, ValueError):
                raise ValueError(f"this network takes numbers, but sample {i} holds something else") from None
            if len(row) != self.window:
                raise ValueError(f"this network takes {self.window} numbers, but sample {i} has {len(row)}")
            if np.isnan(row).all() or np.isinf(row).any():
                raise ValueError(f"sample {i} has no number to start from, or an infinite one")
            filled = row[np.maximum.accumulate(np.where(np.isnan(row), 0, np.arange(len(row))))]
            filled = np.where(np.isnan(filled), filled[~np.isnan(filled)][:1], filled)
            found.append(filled - (filled[-1] if self.from_last else 0))
        return np.stack(found).astype(np.float32)[:, :, None] if found else np.zeros((0, self.window, 1), np.float32)

    def naive(self) -> dict[str, float]:
        """Mean absolute error over the validation part of what needs no network, in the series's unit.

        `last`: the last value stays. `season`: the values of one season before. `season_change`: the last value, and
        the change since then of one season before.
        """
        values, (_, held_out) = self.values(), self.divide(np.empty(self.n_samples()))
        known = np.maximum.accumulate(np.where(np.isnan(values), 0, np.arange(len(values))))
        filled, ends = values[known], self.starts()[held_out] + self.window - 1
        ahead = ends[:, None] + 1 + np.arange(self.horizon)
        guesses = {"last": np.broadcast_to(filled[ends][:, None], ahead.shape)}
        if self.season and ends.min() >= self.season and self.horizon <= self.season:
            guesses["season"] = filled[ahead - self.season]
            guesses["season_change"] = filled[ends][:, None] + guesses["season"] - filled[ends - self.season][:, None]
        return {name: float(np.abs(guess - values[ahead]).mean()) for name, guess in guesses.items()}

    def preview(self) -> dict[str, Any] | None:
        """The series, thinned, with where its parts begin, one window and its targets, and the naive errors."""
        values, starts = self.values(), self.starts()
        train, held_out = self.divide(np.empty(len(starts)))
        every = -(-len(values) // SHOWN)
        times = self.times()
        return {
            "values": [None if np.isnan(v) else float(f"{v:.6g}") for v in values[::every]],
            "every": every, "n": len(values), "times": times[::every], "unit": self.unit,
            "train_until": int(starts[train[-1]] + self.window + self.horizon),
            "validation_from": int(starts[held_out[0]] + self.window),
            "starts": [int(s) for s in starts[held_out]],
            "window": self.window, "horizon": self.horizon, "from_last": self.from_last,
            "missing": int(np.isnan(values).sum()), "naive": self.naive(), "season": self.season,
            "step_name": self.step_name,
        }  # fmt: skip


@lru_cache(maxsize=32)
def _starts(series: bytes, window: int, horizon: int) -> np.ndarray:
    return window_starts(np.frombuffer(series, dtype=np.float64), window, horizon)


@lru_cache(maxsize=4)
def _file(name: str) -> tuple[np.ndarray, list[str]]:
    lines = (FILES / name).read_text(encoding="utf-8").splitlines()[1:]
    return read_column(FILES / name), [line.split(",")[0] for line in lines]


class Bundled(Series):
    """A series that lies with the playground."""

    file: ClassVar[str]

    def values(self) -> np.ndarray:
        return _file(self.file)[0]

    def times(self) -> list[str]:
        return _file(self.file)[1]

    def source(self) -> tuple[str, tuple[Any, ...]]:
        line = f"x, y = windows(read_column({self.file!r}), {self.window}, {self.horizon}, {self.from_last})"
        return line, (read_column, windows)


@DATASETS.register
class CarbonDioxide(Bundled):
    """Carbon dioxide in the air over Mauna Loa, Hawaii, week by week from 1958 to 2001: it rises, and it breathes.

    2,284 weeks, 59 of them without a value. Out: x (N, window, 1), y (N, horizon) in ppm.
    Source: Keeling and Whorf 2004, as packed by statsmodels.
    """

    id = "co2"
    label = "Carbon dioxide, weekly"
    files = ("co2_weekly.csv",)
    file = files[0]
    unit = "ppm"
    season = 52
    step_name = "week"


@DATASETS.register
class SeaTemperature(Bundled):
    """The sea's surface temperature off Peru, month by month from 1950 to 2010: seasons, and El Niño now and then.

    732 months, none missing. Out: x (N, window, 1), y (N, horizon) in °C. Source: NOAA, as packed by statsmodels.
    """

    id = "sea_temperature"
    label = "Sea temperature, monthly"
    files = ("sea_temperature.csv",)
    file = files[0]
    unit = "°C"
    season = 12
    step_name = "month"
    window: int = Field(
        24, ge=2, le=240, description="Past steps that the network sees", json_schema_extra={"log": True}
    )
    horizon: int = Field(6, ge=1, le=24, description="Steps that it has to foretell")
    from_last: bool = Field(
        False, description="Measure every window from its last value, so that a level never seen before does no harm"
    )
