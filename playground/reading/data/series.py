"""A series: when its rows were measured, which column is forecast, and of which of several groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..refusals import refused
from .choices import EVERY, Choices
from .columns import Column, kinds_of
from .date_doubts import ask_calendars, ask_open_dates
from .dates import DateColumn
from .doubts import ask_missing_numbers, ask_odd_cells
from .result import Doubt, Remedy, Understood, ValueFacts
from .running import counts_rows
from .series_loading import one_a_time
from .sheet import Sheet, understood
from .sign_doubts import ask_signs
from .summer_time import is_autumn_hour
from .time_across import across_of, too_short, unfolded_sheet
from .time_columns import times_of
from .time_doubts import ask_order, ask_time, order_by_labels
from .timeline import Timeline, Times, time_facts, timeline_of
from .unit_doubts import ask_about_units

MOST_GROUPS = 2_000
GROUPED_BY = 3  # columns, at most
SHOWN = 4  # groups or columns that are offered
LEAST_STEPS = 4
LEAST_IN_GROUP = 6  # rows, in the mean
BETWEEN = " / "  # parts of a group's name


@dataclass(frozen=True)
class Groups:
    """Several series below each other: the columns that name them, and each row's group."""

    columns: tuple[Column, ...]
    names: tuple[str, ...]
    of_row: np.ndarray


@dataclass(frozen=True)
class SeriesParts:
    """A sheet as a series: when its rows were measured, which column is forecast, the rows of the shown group in order.

    line: None where nothing says in which order the rows lie.
    """

    times: Times | None
    groups: Groups | None
    value: Column
    rows: np.ndarray
    line: Timeline | None


def parts_of_series(sheet: Sheet, choices: Choices) -> SeriesParts:
    """What of a sheet is the series; what is doubtful is added to the sheet. Raises: ExperimentError."""
    times = times_of(sheet) if choices.time == "auto" else None
    if times is not None:
        _show_labels(times)
    groups = groups_of(sheet, times) if times is not None else None
    value = _value_column(sheet, times, groups, choices)
    rows = _rows_of_group(sheet, groups, choices)
    return SeriesParts(times, groups, value, rows, _line_of(sheet, times, rows, value, choices))


def _show_labels(times: Times) -> None:
    """A column of labels is shown as the dates that they were read as."""
    column = times.columns[0]
    if times.says == ("label",):
        column.dates = DateColumn(times.seconds, times.utc, times.precision)
        column.type, column.why = "date", ""


def series_understood(sheet: Sheet, choices: Choices) -> Understood:
    """Raises: ExperimentError for what holds no series."""
    across = across_of(sheet, choices)
    if across is not None:
        sheet = unfolded_sheet(sheet, across, choices)
    parts = parts_of_series(sheet, choices)
    times, groups, value, line = parts.times, parts.groups, parts.value, parts.line
    positions = line.positions if line is not None else parts.rows
    values = value.values()[positions]
    if times is not None and line is not None and len(line.positions):
        ask_time(sheet, times, line, choices)
        if joins_doubles(times, line):
            use = doubled_use(choices)
            values = one_a_time(values[:, None], times.utc[positions], use)[0][:, 0]
    if len(values) < LEAST_STEPS:
        raise too_short(sheet, len(values))
    n_missing = int(np.isnan(values).sum())
    n_steps = len(values)
    if choices.gaps == "fill" and line is not None:
        n_steps += line.gaps
        n_missing += line.gaps
    _ask_about_value(sheet, times, value, choices)
    facts = ValueFacts(
        column=value.name,
        first=_first_known(values),
        last=_first_known(values[::-1]),
        steps=n_steps,
        missing=n_missing,
    )
    has_times = times is not None and line is not None and len(line.positions) > 0
    return understood(
        "series",
        sheet,
        target=value.name if choices.value or not _is_open(sheet) else None,
        proposed=value.name,
        time=time_facts(times, line, n_steps) if has_times else None,  # type: ignore[arg-type]
        values=facts,
        groups=list(groups.names) if groups is not None else [],
    )


def _is_open(sheet: Sheet) -> bool:
    return any(doubt.code == "value" for doubt in sheet.doubts)


def _first_known(values: np.ndarray) -> float | None:
    known = values[~np.isnan(values)]
    return float(known[0]) if len(known) else None


def _value_column(
    sheet: Sheet, times: Times | None, groups: Groups | None, choices: Choices
) -> Column:
    """The column to forecast: the one that was chosen, else the last of numbers. Raises: ExperimentError."""
    if choices.value:
        chosen = sheet.named(choices.value)
        if chosen is None or chosen.numbers is None:
            names = ", ".join(column.name for column in sheet.columns[:12])
            raise refused("table_no_column", "value", given=choices.value, known=names)
        return chosen
    possible = possible_values(sheet, times, groups)
    if not possible:
        cell = sheet.columns[-1].cells[0][:40] if sheet.n_rows else ""
        raise refused("series_no_numbers", "value", column=sheet.columns[-1].name, cell=cell)
    value = possible[-1]
    if len(possible) > 1:
        remedies = []
        for column in reversed(possible[-SHOWN:]):
            values = {"name": column.name}
            remedies.append(
                Remedy(
                    code="forecast",
                    set=f"value={column.name}",
                    values=values,
                )
            )
        values = {
            "name": value.name,
            "count": str(len(possible)),
        }
        sheet.doubts.append(
            Doubt(
                code="value",
                values=values,
                remedies=remedies,
            )
        )
    return value


def possible_values(sheet: Sheet, times: Times | None, groups: Groups | None) -> list[Column]:
    """Columns of numbers that neither say when nor which."""
    used: list[Column] = []
    if times is not None:
        used += times.columns
    if groups is not None:
        used += groups.columns
    possible = []
    for column in sheet.columns:
        is_used = any(column is other for other in used)
        is_value = column.type in ("number", "flag") and column.numbers is not None
        if is_used or not is_value or not column.has_several() or counts_rows(column):
            continue
        possible.append(column)
    return possible or _only_column(sheet)


def _only_column(sheet: Sheet) -> list[Column]:
    return [column for column in sheet.columns[-1:] if column.numbers is not None and column.counts]


def groups_of(sheet: Sheet, times: Times) -> Groups | None:
    """The columns that tell apart the rows of one time; None where no time is met twice."""
    known = ~np.isnan(times.utc)
    moments = times.utc[known]
    is_single = len(np.unique(moments)) == len(moments)
    if is_single or is_autumn_hour(moments):
        return None
    candidates = []
    for column in sheet.columns:
        is_time = any(column is other for other in times.columns)
        is_kind = column.type in ("category", "flag", "number")
        n = len(column.counts)
        if not is_time and is_kind and 2 <= n <= min(MOST_GROUPS, sheet.n_rows // 3):
            candidates.append(column)
    candidates.sort(key=lambda column: (column.type == "number", column.place))
    for n_columns in range(1, GROUPED_BY + 1):
        for columns in combinations(candidates[:8], n_columns):
            groups = _groups_by(columns)
            if _tells_apart(groups, times):
                return groups
    return None


def _groups_by(columns: Sequence[Column]) -> Groups:
    parts = []
    for column in columns:
        parts.append([column.kind_of(cell) for cell in column.cells])
    names = [BETWEEN.join(row) for row in zip(*parts, strict=True)]
    different = sorted(set(names))
    place_of = {name: place for place, name in enumerate(different)}
    return Groups(tuple(columns), tuple(different), np.array([place_of[name] for name in names]))


def _tells_apart(groups: Groups, times: Times) -> bool:
    """Whether (nearly) no time is met twice in a group, and most groups go on for a while."""
    known = ~np.isnan(times.utc)
    pairs = np.stack([groups.of_row[known].astype(np.float64), times.utc[known]], axis=1)
    n_different = len(np.unique(pairs, axis=0))
    return n_different >= 0.98 * known.sum() and n_different >= LEAST_IN_GROUP * len(groups.names)


def _rows_of_group(sheet: Sheet, groups: Groups | None, choices: Choices) -> np.ndarray:
    """The rows of the one group; all where there is none. Raises: ExperimentError for a group that is not there."""
    rows = np.arange(sheet.n_rows)
    if groups is None:
        return rows
    chosen = choices.group or groups.names[0]
    if chosen == EVERY:
        chosen = groups.names[0]  # every group has its own windows; the first is shown
    if chosen not in groups.names:
        known = ", ".join(groups.names[:12])
        raise refused("data_no_group", "group", given=chosen[:60], known=known)
    if not choices.group:
        _ask_group(sheet, groups)
    return rows[groups.of_row == groups.names.index(chosen)]


def _ask_group(sheet: Sheet, groups: Groups) -> None:
    remedies = []
    for name in groups.names[:SHOWN]:
        values = {"name": name}
        remedies.append(
            Remedy(
                code="one_group",
                set=f"group={name}",
                values=values,
            )
        )
    remedies.append(Remedy(code="every_group", set=f"group={EVERY}"))
    by = BETWEEN.join(column.name for column in groups.columns)
    values = {
        "count": str(len(groups.names)),
        "by": by,
        "name": groups.names[0],
    }
    sheet.doubts.append(
        Doubt(
            code="group",
            place=by,
            values=values,
            remedies=remedies,
        )
    )


def _line_of(
    sheet: Sheet, times: Times | None, rows: np.ndarray, value: Column, choices: Choices
) -> Timeline | None:
    """The rows in order of time; by a falling index where there is no time."""
    if times is not None:
        return timeline_of(times, rows)
    if choices.time == "newest_first":
        return Timeline(rows[::-1], "newest first", None, 0, 0, (0, 0, 0))
    line = order_by_labels(sheet, value, rows)
    if line is None and choices.time == "auto":
        ask_order(sheet, value, rows)
    return line


def joins_doubles(times: Times, line: Timeline) -> bool:
    """Whether rows of one time become one: not those of the hour that autumn has twice."""
    return line.doubled > 0 and not is_autumn_hour(times.utc[line.positions])


def doubled_use(choices: Choices) -> str:
    """What becomes of several rows of one time: the mean unless something else was chosen."""
    return choices.doubled if choices.doubled in ("first", "last") else "mean"


def _ask_about_value(sheet: Sheet, times: Times | None, value: Column, choices: Choices) -> None:
    """Only the column that is forecast is asked about: the others may be as they like."""
    others = sheet.columns
    sheet.columns = [value]
    ask_odd_cells(sheet, choices)
    ask_about_units(sheet, choices, [value])
    sheet.columns = others
    ask_signs(sheet, choices, value)
    ask_missing_numbers(sheet, choices)
    ask_open_dates(sheet, choices)
    in_time = times.columns if times is not None else ()
    ask_calendars(sheet, in_time, choices)
    for column in sheet.columns:
        is_used = column is value or any(column is other for other in in_time)
        if not is_used and column.type != "left out" and counts_rows(column):
            column.type, column.why = "left out", "row_number"


__all__ = [
    "Groups",
    "SeriesParts",
    "doubled_use",
    "groups_of",
    "joins_doubles",
    "kinds_of",
    "parts_of_series",
    "possible_values",
    "series_understood",
]
