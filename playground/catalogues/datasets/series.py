"""Time series: windows of the past, and what came next."""

import csv
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from ...faults import ExperimentError
from . import cells, clocks, uploads
from .base import DATASETS, Dataset, Division, time_split
from .cells import as_number

FILES = Path(__file__).with_name("files")
EXAMPLE = "co2_weekly.csv"
LEAST_WINDOWS = 10  # besides those that the horizon leaves out between training and validation
MOST_NUMBERS = 20_000_000  # in all windows together
MOST_STEPS = 200_000
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
    missing = np.concatenate([[0], np.cumsum(np.isnan(values))])
    complete = missing[starts + window + horizon] == missing[starts + window]
    return starts[
        complete & (missing[starts + 1] <= starts)
    ]  # nothing to fill with before the first value


class Series(Dataset):
    """Windows of one series. Out: x (N, window, 1), y (N, horizon) what came next.

    Where `from_last` holds, both are measured from the window's last value, and so is what a network predicts.
    """

    group = "series"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "series"
    task = "regression"
    unit: ClassVar[str] = ""
    step_name: ClassVar[str] = "step"
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
        return tuple(f"+{i + 1}" for i in range(self.horizon))

    def starts(self) -> np.ndarray:
        """Where in the series each sample begins. Raises: ExperimentError where there are too few or too many."""
        values = self.values()
        found = _starts(values.tobytes(), self.window, self.horizon)
        if len(found) < self.horizon + LEAST_WINDOWS:
            needed = self.window + 2 * self.horizon + LEAST_WINDOWS - 1
            raise ExperimentError.at(
                "data.window", "series_too_short", given=len(values), windows=len(found), window=self.window,
                horizon=self.horizon, needed=needed,
            )  # fmt: skip
        if len(found) * self.window > MOST_NUMBERS:
            limit = max(2, MOST_NUMBERS // len(found))
            raise ExperimentError.at(
                "data.window", "series_too_long", windows=len(found), limit=limit
            )
        return found

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
        self.starts()
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
                raise ValueError(
                    f"this network takes numbers, but sample {i} holds something else"
                ) from None
            if len(row) != self.window:
                raise ValueError(
                    f"this network takes {self.window} numbers, but sample {i} has {len(row)}"
                )
            if np.isnan(row).all() or np.isinf(row).any():
                raise ValueError(f"sample {i} has no number to start from, or an infinite one")
            filled = row[np.maximum.accumulate(np.where(np.isnan(row), 0, np.arange(len(row))))]
            filled = np.where(np.isnan(filled), filled[~np.isnan(filled)][:1], filled)
            found.append(filled - (filled[-1] if self.from_last else 0))
        return (
            np.stack(found).astype(np.float32)[:, :, None]
            if found
            else np.zeros((0, self.window, 1), np.float32)
        )

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
            guesses["season_change"] = (
                filled[ends][:, None] + guesses["season"] - filled[ends - self.season][:, None]
            )
        return {
            name: float(np.abs(guess - values[ahead]).mean()) for name, guess in guesses.items()
        }

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
    """Carbon dioxide in the air over Mauna Loa, Hawaii, weekly from 1958 to 2001: it rises, with a yearly cycle.

    2,284 weeks, 59 of them without a value. Out: x (N, window, 1), y (N, horizon) in ppm.
    Source: Keeling and Whorf 2004, from the package statsmodels. Licence: public domain.
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
    """Sea surface temperature off Peru, monthly from 1950 to 2010: seasons, and El Niño from time to time.

    732 months, none missing. Out: x (N, window, 1), y (N, horizon) in °C. Source: NOAA, from the package statsmodels.
    Licence: public domain.
    """

    id = "sea_temperature"
    label = "Sea temperature, monthly"
    files = ("sea_temperature.csv",)
    file = files[0]
    unit = "°C"
    season = 12
    step_name = "month"
    window: int = Field(
        24,
        ge=2,
        le=240,
        description="Past steps that the network sees",
        json_schema_extra={"log": True},
    )
    horizon: int = Field(6, ge=1, le=24, description="Future steps that the network has to predict")
    from_last: bool = Field(
        False,
        description="Subtract the last value of each window, so that levels never seen before cause no trouble",
    )


def load_column(path, encoding, delimiter, first_row, decimal, column):
    """One column of a CSV file -> float64 (n,), NaN where no number stands. `first_row`: how many rows are names."""
    with open(path, "rb") as file:
        rows = series_rows(file.read(), encoding, delimiter)
    return np.array(
        [
            as_number(row[column], decimal) if column < len(row) else np.nan
            for row in rows[first_row:]
        ]
    )


def first_cells(path, encoding, delimiter, first_row):
    """The first cell of every row of a CSV file behind the names: what orders the rows in time."""
    with open(path, "rb") as file:
        rows = series_rows(file.read(), encoding, delimiter)
    return [row[0] if row else "" for row in rows[first_row:]]


def series_rows(data, encoding, delimiter):
    """The bytes of a CSV file -> its rows of cells; a blank row is a missing step, save at both ends."""
    import csv
    import io

    rows = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(data.decode(encoding)), delimiter=delimiter)
    ]
    filled = [i for i, row in enumerate(rows) if any(row)]
    return rows[filled[0] : filled[-1] + 1] if filled else []


@dataclass(frozen=True)
class Column:
    """One column of a file as a series in order of time, how the file is written, and which columns it has."""

    values: np.ndarray
    times: list[str]
    names: tuple[str, ...]
    place: int
    encoding: str
    delimiter: str
    first_row: int
    decimal: str
    clock: clocks.Clock | None


def column_of(data: bytes, column: str = "", first_row: str = "auto") -> Column:
    """A column of numbers, the last one that holds any unless it is named; the first may order the rows in time.

    Raises: ExperimentError.
    """
    encoding = cells.encoding_of(data)
    delimiter = cells.delimiter_of(data.decode(encoding))
    try:
        rows = series_rows(data, encoding, delimiter)
    except csv.Error:
        raise _fault("table_quotes") from None
    if not rows:
        raise _fault("upload_empty")
    width = max(map(len, rows))
    if width > cells.MAX_COLUMNS or width * len(rows) > cells.MAX_CELLS:
        limits = {"limit": f"{cells.MAX_CELLS:,}", "wide": f"{cells.MAX_COLUMNS:,}"}
        raise _fault("table_too_large", rows=len(rows), columns=width, **limits)
    rows = [row + [""] * (width - len(row)) for row in rows]
    decimal = cells.decimal_of(rows, delimiter)
    numeric = [[as_number(row[i], decimal) for row in rows] for i in range(width)]
    named = (
        not any(each[0] == each[0] for each in numeric)
        if first_row == "auto"
        else first_row == "names"
    )
    names = cells.unique_names(rows[0] if named else [""] * width)
    if column and column not in names:
        raise _fault(
            "table_no_column", "data.column", given=column[:40], known=", ".join(names[:20])[:200]
        )
    found = [np.array(each[named:], dtype=np.float64) for each in numeric]
    cut = [[row[i] for row in rows[named:]] for i in range(width)]
    usable = [i for i in range(width) if len(rows) > named and _trouble(found[i], cut[i]) is None]
    place = names.index(column) if column else (usable or [width - 1])[-1]
    trouble = _trouble(found[place], cut[place], names[place][:40], int(named))
    if trouble is not None:
        raise trouble
    clock = clocks.clock_of(cut[0], decimal) if place else None
    order = clock.positions(cut[0]) if clock else np.arange(len(cut[0]))
    times = [(cut[0][row] if place else "")[:40] or str(i + 1) for i, row in enumerate(order)]
    return Column(
        found[place][order], times, names, place, encoding, delimiter, int(named), decimal, clock
    )


def _trouble(
    values: np.ndarray, written: list[str], name: str = "", first_row: int = 0
) -> ExperimentError | None:
    """What keeps a column from being foretold, if anything."""
    if len(values) > MOST_STEPS:
        return _fault("series_too_many_steps", given=f"{len(values):,}", limit=f"{MOST_STEPS:,}")
    known = ~np.isnan(values)
    if not known.any():
        return _fault(
            "series_no_numbers", "data.column", column=name, cell=next(iter(written), "")[:40]
        )
    odd = [i for i, cell in enumerate(written) if not known[i] and not cells.is_missing(cell)]
    if odd:
        return _fault(
            "series_not_a_number", "data.column", column=name, row=odd[0] + 1 + first_row, cell=written[odd[0]][:40],
            others=len(odd) - 1,
        )  # fmt: skip
    if known.mean() < 0.5:
        return _fault(
            "series_gaps",
            "data.column",
            column=name,
            missing=int((~known).sum()),
            given=len(values),
        )
    if np.ptp(values[known]) == 0:
        return _fault("series_constant", "data.column", column=name, value=f"{values[known][0]:g}")
    return None


def _fault(code: str, place: str = "data.file", **values: Any) -> ExperimentError:
    return ExperimentError.at(place, code, **values)


@uploads.kind("series", "series.csv")
def series_facts(data: bytes) -> dict[str, Any]:
    """The file's columns, and the one that would be foretold. Raises: ExperimentError for what holds no series."""
    found = column_of(data)
    return {"columns": found.names, "column": found.names[found.place], "steps": len(found.values)}


@lru_cache(maxsize=8)
def _own_column(file: str, column: str, first_row: str) -> Column:
    return column_of(
        uploads.get(file) if file else (FILES / EXAMPLE).read_bytes(), column, first_row
    )


@DATASETS.register
class OwnSeries(Series):
    """A column of your own CSV file, one row per time step; carbon dioxide is shown until you choose a file.

    Dates in the first column put the rows in order; else they must be. Each counts as one step, however far from the
    one before. Out: x (N, window, 1), y (N, horizon) in the column's unit. Source: the file that was uploaded.
    Licence: your own.
    """

    id = "own_series"
    label = "Your own series (CSV)"
    takes_file = "series"
    file: str = Field(
        "", pattern=uploads.PATTERN, description="The uploaded file, identified by its content"
    )
    column: str = Field(
        "", max_length=200, description="Column to predict; blank: the last one that holds numbers"
    )
    first_row: Literal["auto", "names", "data"] = Field(
        "auto", description="Whether the first row contains the column names"
    )
    window: int = Field(
        24,
        ge=2,
        le=520,
        description="Past steps that the network sees",
        json_schema_extra={"log": True},
    )
    horizon: int = Field(4, ge=1, le=52, description="Future steps that the network has to predict")
    season_steps: int = Field(
        0,
        ge=0,
        le=1_000,
        description="Length of a season in steps, for the naive forecast; 0: no season",
    )

    @property
    def season(self) -> int:  # type: ignore[override]
        return self.season_steps

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.own_file() or EXAMPLE,)

    @property
    def needs(self) -> tuple[str, ...]:  # type: ignore[override]
        clock = self._column().clock
        return ("pandas",) if clock and clock.order == "sorted" else ()

    def own_file(self) -> str:
        return (uploads.name_of(self.file) or "series.csv") if self.file else ""

    def _column(self) -> Column:
        return _own_column(self.file, self.column, self.first_row)

    def origin(self) -> tuple[str, str]:
        return super().origin() if self.file else CarbonDioxide().origin()

    def values(self) -> np.ndarray:
        return self._column().values

    def times(self) -> list[str]:
        return self._column().times

    def source(self) -> tuple[str, tuple[Any, ...]]:
        found = self._column()
        path = "DATA_FILE" if self.file else repr(EXAMPLE)
        way_to_read = (found.encoding, found.delimiter, found.first_row)
        file = f"{path}, {', '.join(map(repr, way_to_read))}"
        functions: tuple[Any, ...] = (cells.as_number, series_rows, load_column, windows)
        order = found.clock.order if found.clock else "kept"
        line = f"values = load_column({file}, {found.decimal!r}, {found.place!r})"
        if order == "reversed":
            line += "[::-1]  # the file runs newest first"
        elif order == "sorted" and found.clock:
            line += f"\ntimes = first_cells({file})"
            line += f"\nvalues = values[time_order(times, {found.clock.form!r})]"
            functions += (first_cells, clocks.time_order)
        return (
            f"{line}\nx, y = windows(values, {self.window}, {self.horizon}, {self.from_last})",
            functions,
        )

    def preview(self) -> dict[str, Any] | None:
        found = self._column()
        return {
            **(super().preview() or {}), "own": True, "example": not self.file,
            "columns": [name[:80] for name in found.names[:200]], "column": found.names[found.place][:80],
            "clock": found.clock and {
                **{name: value for name, value in asdict(found.clock).items() if name != "form"},
                "name": found.names[0][:80], "after": found.times[found.clock.after],
            },
        }  # fmt: skip
