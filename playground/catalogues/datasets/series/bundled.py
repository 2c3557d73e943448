"""Series that lie with the playground."""

from functools import lru_cache
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from ..base import DATASETS, FOLDER
from .base import Series
from .windows import last_known, windows


def read_column(path):
    """A CSV file's second column -> float64 (n,), NaN where nothing stands. The first line names the columns."""
    values = []
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    for line in lines[1:]:
        cell = line.split(",")[1]
        values.append(float(cell) if cell else np.nan)
    return np.array(values)


@lru_cache(maxsize=4)
def _file(name: str) -> tuple[np.ndarray, list[str]]:
    """Values and times."""
    path = FOLDER / name
    lines = path.read_text(encoding="utf-8").splitlines()
    times = [line.split(",")[0] for line in lines[1:]]
    return read_column(path), times


class Bundled(Series):
    """A series that lies with the playground."""

    file: ClassVar[str]

    def values(self) -> np.ndarray:
        return _file(self.file)[0]

    def times(self) -> list[str]:
        return _file(self.file)[1]

    def source(self) -> tuple[str, tuple[Any, ...]]:
        column = f"read_column({self.file!r})"
        line = f"x, y = windows({column}, {self.window}, {self.horizon}, {self.from_last})"
        return line, (read_column, last_known, windows)


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
