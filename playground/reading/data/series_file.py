"""A person's own file as series: their values, when they were measured, and the recipe by which a script reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from ..messages import Message
from ..refusals import refused
from .as_trained import Trained, form_as_trained, name_in, new_file, with_known_decimal
from .cells import cells_of
from .choices import Choices
from .layouts import layout_of, parse_of
from .reader import Opened, sheet_in
from .recipes import number_recipe
from .series import SeriesParts, parts_of_series
from .series_loading import arranged, group_positions, row_moments, series_of, unfolded
from .series_recipe import Recipe, lines_of_groups, series_recipe
from .sheet import Sheet
from .time_across import across_of, unfolded_sheet
from .timeline import Timeline, time_facts

MOST_STEPS = 200_000
MOST_NUMBERS = 2_000_000
LEAST_KNOWN = 0.5  # share of the steps that must have a value
ORDERS = {"oldest first": "kept", "newest first": "reversed", "none": "sorted"}


@dataclass(frozen=True)
class SeriesFile:
    """values: (steps, F) of all series one behind the other, NaN where one is missing; sizes: the steps of each.

    seconds: since 1970, when each step was measured, NaN where nothing says it. about: what is told of them, JSON-able.
    """

    values: np.ndarray
    sizes: np.ndarray
    seconds: np.ndarray
    about: dict[str, Any]

    def to_message(self) -> Message:
        """For the journey between two processes."""
        arrays = {"values": self.values, "sizes": self.sizes, "seconds": self.seconds}
        return Message(self.about, arrays=arrays)

    @classmethod
    def from_message(cls, message: Message) -> Self:
        """The series again."""
        return cls(**message.arrays, about=message.value)


def series_file(data: bytes, choices: Choices, name: str, inputs: Sequence[str]) -> SeriesFile:
    """In: the bytes, what their owner said, what the file is called, further columns that the network sees.

    Raises: ExperimentError for what holds no series.
    """
    return _series_in(data, sheet_in(data, choices, name), choices, inputs, None)


def new_series_file(
    data: bytes, choices: Choices, inputs: Sequence[str], trained: Trained
) -> SeriesFile:
    """The series of a new file, read as the training's was.

    In: the bytes, what was said of the training's file, further columns; its forms by position, that of the column
    that is forecast first. Raises: ExperimentError.
    """
    opened, choices = new_file(data, choices, trained)
    names = [column.name for column in opened.sheet.columns]
    inputs = [name_in(names, name) for name in inputs]
    return _series_in(data, opened, choices, inputs, trained)


def _series_in(
    data: bytes, opened: Opened, choices: Choices, inputs: Sequence[str], trained: Trained | None
) -> SeriesFile:
    """In: the bytes and their columns; how a new file is read, None where it is the training's own."""
    sheet = opened.sheet
    across = across_of(sheet, choices)
    if across is not None:
        sheet = unfolded_sheet(sheet, across, choices)
    parts = parts_of_series(sheet, choices)
    recipe = series_recipe(sheet, parts, choices, inputs)
    if trained is not None:
        recipe["columns"] = _columns_as_trained(recipe["columns"], sheet, choices, trained)
    if across is not None:
        recipe["across"] = across.recipe()
    layout = layout_of(sheet, opened.packed)
    rows = cells_of(data, layout, parse_of(layout))
    series = series_of(rows, recipe)
    _check(series, sheet, parts)
    if across is not None:
        rows = unfolded(rows, across.recipe())
    seconds = _seconds_of_steps(rows, recipe, parts)
    return SeriesFile(
        values=np.concatenate(series),
        sizes=np.array([len(values) for values in series]),
        seconds=np.concatenate(seconds),
        about=_about(sheet, parts, {"layout": layout, **recipe}, choices),
    )


def _columns_as_trained(
    columns: Sequence[Recipe], sheet: Sheet, choices: Choices, trained: Trained
) -> list[Recipe]:
    """Columns of a new file, read with the units and, where nothing else settles it, the decimal sign of training."""
    read: list[Recipe] = []
    for position, about in enumerate(columns):
        key = str(position)
        column = with_known_decimal(sheet.columns[about["place"]], key, sheet, choices, trained)
        own = number_recipe(column, choices)
        form = form_as_trained(column, own, trained.form_of(key))
        read.append({**about, "form": form})
    return read


def _seconds_of_steps(
    rows: Sequence[Sequence[str]], recipe: Recipe, parts: SeriesParts
) -> list[np.ndarray]:
    """When each step was measured: seconds that were arranged as the values were."""
    local = np.full(len(rows), np.nan) if parts.times is None else parts.times.seconds
    moments = row_moments(rows, recipe["times"]) if recipe["times"] else None
    seconds = []
    for positions in group_positions(rows, recipe["groups"]):
        of_series = None if moments is None else moments[positions]
        seconds.append(arranged(local[positions, None], of_series, recipe)[:, 0])
    return seconds


def _check(series: Sequence[np.ndarray], sheet: Sheet, parts: SeriesParts) -> None:
    """Raises: ExperimentError for a column that cannot be forecast."""
    values = np.concatenate(series)
    n_steps = len(values)
    if n_steps > MOST_STEPS or values.size > MOST_NUMBERS:
        raise refused("series_too_many_steps", given=f"{n_steps:,}", limit=f"{MOST_STEPS:,}")
    name = parts.value.name[:40]
    is_known = ~np.isnan(values[:, 0])
    if not is_known.any():
        cell = parts.value.cells[0][:40] if sheet.n_rows else ""
        raise refused("series_no_numbers", "data.column", column=name, cell=cell)
    if is_known.mean() < LEAST_KNOWN:
        n_missing = int((~is_known).sum())
        raise refused("series_gaps", "data.column", column=name, missing=n_missing, given=n_steps)
    numbers = values[is_known, 0]
    if np.ptp(numbers) == 0:
        raise refused("series_constant", "data.column", column=name, value=f"{numbers[0]:g}")


def _about(sheet: Sheet, parts: SeriesParts, recipe: Recipe, choices: Choices) -> dict[str, Any]:
    """What is told of the series beside their values."""
    numbers = parts.value.numbers
    names = parts.groups.names if parts.groups is not None else ()
    chosen = recipe["groups"]["chosen"] if recipe["groups"] else ""
    time, precision = None, ""
    times, line = parts.times, parts.line
    if times is not None and line is not None and len(line.positions):
        n_steps = max(len(line.positions) for line in lines_of_groups(parts, choices) if line)
        time = time_facts(times, line, n_steps).model_dump(mode="json", by_alias=True)
        precision = times.precision
    return {
        "names": [column.name for column in sheet.columns],
        "numbers": [column.name for column in sheet.columns if column.numbers is not None],
        "column": parts.value.name,
        "unit": numbers.unit if numbers is not None else "",
        "groups": [chosen] if chosen else list(names),
        "all_groups": list(names),
        "time": time,
        "precision": precision,
        "clock": _clock(parts, recipe),
        "recipe": recipe,
    }


def _clock(parts: SeriesParts, recipe: Recipe) -> dict[str, Any] | None:
    """What was unusual about the times of the rows, after what was done about it; None where nothing says when."""
    line = parts.line
    if line is None:
        return None
    name = parts.times.columns[0].name if parts.times is not None else ""
    n_untimed = 0
    if parts.times is not None:
        n_untimed = int(np.isnan(parts.times.utc[parts.rows]).sum())
    is_filled = recipe["step"] is not None
    is_joined = bool(recipe["doubled"])
    return {
        "order": ORDERS[line.order],
        "name": name[:80],
        "untimed": n_untimed,
        "repeated": 0 if is_joined else line.doubled,
        "missing": 0 if is_filled else line.gaps,
        "gaps": line.n_gaps,
        "largest": line.largest[2],
        "after": _cell_of(parts, line),
        "uneven": parts.times is not None and line.step is None,
    }


def _cell_of(parts: SeriesParts, line: Timeline) -> str:
    """What stands in the row before the largest gap."""
    if parts.times is None or not line.gaps:
        return ""
    return parts.times.columns[0].cells[line.largest[0]][:40]
