"""What was found out about a series, as literals by which it can be read again: the core -> `series_loading`."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..refusals import refused
from .choices import EVERY, Choices
from .columns import Column
from .moments import CLOCK
from .recipes import Form, date_recipe, number_recipe
from .series import BETWEEN, Groups, SeriesParts, doubled_use, joins_doubles
from .sheet import Sheet
from .time_columns import COUNTED_MONTH
from .time_parts import WORDS_OF
from .timeline import Timeline, Times, timeline_of

Recipe = dict[str, Any]
Lines = Sequence[Timeline | None]


def series_recipe(
    sheet: Sheet, parts: SeriesParts, choices: Choices, inputs: Sequence[str]
) -> Recipe:
    """How the rows become series, for `series_loading.series_of`. In: names of further columns that the network sees.

    Raises: ExperimentError at `data.inputs` for a column that is not there, or holds no numbers.
    """
    lines = lines_of_groups(parts, choices)
    columns = []
    for column in (parts.value, *_input_columns(sheet, parts.value, inputs)):
        columns.append({"place": column.place, "form": number_recipe(column, choices)})
    times = parts.times
    doubled = _doubled(times, lines, choices)
    step = _step(lines, choices)
    needs_times = times is not None and (doubled or step or _is_mixed(times, lines))
    newest_first = lines[0] is not None and lines[0].order == "newest first"
    # Days and months are counted by the clocks of the place.
    in_utc = step is None or step["unit"] == "seconds"
    return {
        "columns": columns,
        "times": _time_parts(times, choices, in_utc) if needs_times and times is not None else [],
        "newest_first": newest_first,
        **_kept_order(times, lines),
        "groups": _group_recipe(parts.groups, choices),
        "doubled": doubled,
        "step": step,
    }


def lines_of_groups(parts: SeriesParts, choices: Choices) -> list[Timeline | None]:
    """The rows of each series that is used, in order."""
    if choices.group != EVERY or parts.groups is None or parts.times is None:
        return [parts.line]
    lines: list[Timeline | None] = []
    for place in range(len(parts.groups.names)):
        rows = np.flatnonzero(parts.groups.of_row == place)
        lines.append(timeline_of(parts.times, rows))
    return lines


def _input_columns(sheet: Sheet, value: Column, inputs: Sequence[str]) -> list[Column]:
    columns = []
    for name in dict.fromkeys(inputs):
        column = sheet.named(name)
        if column is None or column.numbers is None:
            known = [column.name for column in sheet.columns if column.numbers is not None]
            raise refused("table_no_column", "data.inputs", given=name, known=", ".join(known[:12]))
        if column is not value:
            columns.append(column)
    return columns


def _doubled(times: Times | None, lines: Lines, choices: Choices) -> str:
    if times is None:
        return ""
    is_joined = any(line is not None and joins_doubles(times, line) for line in lines)
    return doubled_use(choices) if is_joined else ""


def _step(lines: Lines, choices: Choices) -> Form | None:
    """By what step gaps are filled; None where they are not, or no step is usual."""
    if choices.gaps != "fill":
        return None
    for line in lines:
        if line is not None and line.step is not None:
            return {"unit": line.unit, "size": line.size}
    return None


def _is_mixed(times: Times, lines: Lines) -> bool:
    """Whether the rows must be put in order by their times: turning all of them round is not enough."""
    if np.isnan(times.utc).any():
        return True
    return _order(lines) == "none"


def _kept_order(times: Times | None, lines: Lines) -> Recipe:
    """The order of the file, if sorting would mix up the hour that autumn has twice."""
    if times is None or _doubled_hours(times, lines) == 0:
        return {}
    return {"order": _order(lines)}


def _doubled_hours(times: Times, lines: Lines) -> int:
    """Rows of an hour that clocks show twice."""
    doubled = [line for line in lines if line is not None and line.doubled]
    return sum(line.doubled for line in doubled if not joins_doubles(times, line))


def _order(lines: Lines) -> str:
    """The order of the rows of all series; "none" where they differ in it."""
    orders = {line.order for line in lines if line is not None}
    return orders.pop() if len(orders) == 1 else "none"


def _time_parts(times: Times, choices: Choices, in_utc: bool) -> list[Form]:
    parts = []
    for column, says in zip(times.columns, times.says, strict=True):
        form = _time_form(column, says, choices, in_utc)
        part = {"place": column.place, "says": says, "form": form}
        if any(column is other for other in times.filled):
            part["filled"] = True
        parts.append(part)
    return parts


def _time_form(column: Column, says: str, choices: Choices, in_utc: bool) -> Form:
    if says == "date":
        return date_recipe(column, choices, in_utc)
    if says == "clock":
        return {"pattern": CLOCK.pattern}
    if says == "counted month":
        return {"pattern": COUNTED_MONTH.pattern}
    words = WORDS_OF[says](column) if says in WORDS_OF else None
    if words is not None:
        return {"words": dict(words)}
    form = number_recipe(column, choices)
    # Most files count their years as we do.
    return {**form, "years_ahead": column.years_ahead} if column.years_ahead else form


def _group_recipe(groups: Groups | None, choices: Choices) -> Form | None:
    """Which columns name the group of a row, other spellings of their words, and which group is used ("": all)."""
    if groups is None:
        return None
    columns = []
    for column in groups.columns:
        other_spellings = {}
        for spelling, usual in column.merged.items():
            if spelling != usual:
                other_spellings[spelling] = usual
        columns.append([column.place, other_spellings])
    chosen = "" if choices.group == EVERY else choices.group or groups.names[0]
    return {"columns": columns, "between": BETWEEN, "chosen": chosen}
