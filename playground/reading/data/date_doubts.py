"""Questions about dates: day or month first, from which year the years are counted, cells that are no dates."""

from collections.abc import Sequence

from ..refusals import refused
from .calendars import YEARS_AHEAD
from .choices import Choices
from .columns import Column
from .result import Doubt, Remedy
from .sheet import Sheet


def ask_open_dates(sheet: Sheet, choices: Choices) -> None:
    """1/2/2024 where no day above 12 settles which is the month."""
    for column in sheet.columns:
        if column.type != "date" or column.dates is None or not column.dates.is_open:
            continue
        cell = next(iter(column.counts))
        values = {
            "name": column.name,
            "cell": cell,
        }
        remedies = [
            Remedy(
                code="day_first",
                set=f"day_first.{column.name}=true",
                values=values,
            ),
            Remedy(
                code="month_first",
                set=f"day_first.{column.name}=false",
                values=values,
            ),
        ]
        # What is done until somebody decides comes first.
        if not column.dates.day_first:
            remedies.reverse()
        sheet.doubts.append(
            Doubt(
                code="day_or_month",
                place=column.name,
                values=values,
                remedies=remedies,
            )
        )


def odd_dates(column: Column) -> tuple[int, ...]:
    """Rows of a column of dates in which something stands, but no date."""
    if column.type != "date" or column.dates is None:
        return ()
    return column.dates.odd


def ask_odd_dates(sheet: Sheet, choices: Choices) -> None:
    """31/02/2023 or “soon” among dates. Raises: ExperimentError where its owner would rather stop."""
    for column in sheet.columns:
        odd = odd_dates(column)
        chosen = choices.of("odd", column.name)
        if not odd or chosen == "missing":
            continue
        values = {
            "name": column.name,
            "count": len(odd),
            "rows": len(column.cells),
            "cell": column.cells[odd[0]][:40],
            "line": sheet.lines[odd[0]],
        }
        if chosen == "stop":
            raise refused("data_odd_date", column.name, **values)
        missing = Remedy(
            code="count_as_missing",
            set=f"odd.{column.name}=missing",
            values=values,
        )
        out = Remedy(
            code="leave_out",
            set=f"columns.{column.name}=leave_out",
            values=values,
        )
        stop = Remedy(code="stop", set=f"odd.{column.name}=stop")
        remedies = [missing, out, stop]
        sheet.doubts.append(
            Doubt(
                code="odd_dates",
                place=column.name,
                values=values,
                remedies=remedies,
            )
        )


def ask_calendars(sheet: Sheet, columns: Sequence[Column], choices: Choices) -> None:
    """2567 in Thailand is 2024: asked, since a number may also be only a number. In: the columns that say when."""
    for column in columns:
        calendar = calendar_in(column)
        if calendar == "western" or choices.of("calendar", column.name) is not None:
            continue
        cell = next(iter(column.counts))
        values = {
            "name": column.name,
            "cell": cell,
            "ahead": abs(YEARS_AHEAD[calendar]),
        }
        remedies = [
            Remedy(code=f"years_{calendar}", set=f"calendar.{column.name}={calendar}"),
            Remedy(code="years_western", set=f"calendar.{column.name}=western"),
        ]
        code = f"calendar_{calendar}"
        sheet.doubts.append(
            Doubt(
                code=code,
                place=column.name,
                values=values,
                remedies=remedies,
            )
        )


def calendar_in(column: Column) -> str:
    """The calendar in which a column of dates or years counts."""
    if column.type == "date" and column.dates is not None:
        return column.dates.calendar
    for calendar, ahead in YEARS_AHEAD.items():
        if column.years_ahead == ahead:
            return calendar
    return "western"
