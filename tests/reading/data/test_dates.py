"""Dates in any column, and what they say of the rows of a series."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from playground.faults import ExperimentError
from playground.reading.data.date_parts import DateParts, date_parts
from playground.reading.data.moments import parts_of

from .cases import WAVE, codes, column, hours, months, people, read, table, told


def series(times: list[Any], values: list[float] = WAVE, name: str = "time") -> str:
    return table([[name, "value"], *zip(times, values[: len(times)], strict=True)])


FORMS = [
    "%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%Y年%m月%d日",
    "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%a, %d %b %Y", "%d-%b-%y", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_days_are_read_in_whatever_form_they_are_written(form: str) -> None:
    days = [date(2019, 12, 1) + timedelta(i) for i in range(60)]
    times = [datetime(day.year, day.month, day.day).strftime(form) for day in days]
    understood = read(series(times))
    assert understood.kind == "series" and understood.time is not None
    assert (understood.time.step, understood.time.season) == ("day", 7)
    assert understood.time.start[:10] == "2019-12-01" and understood.time.end[:10] == "2020-01-29"
    assert codes(understood) == [] and understood.time.order == "oldest first"


@pytest.mark.parametrize(
    "form", ["%Y-%m", "%m/%Y", "%b %Y", "%B %Y", "%Y%m", "%b-%y", "%Y年%m月", "%Y-%b"]
)
def test_months(form: str) -> None:
    understood = read(series([day.strftime(form) for day in months(60)], name="month"))
    assert understood.time is not None
    facts = understood.time
    assert (facts.step, facts.season, facts.start, facts.end) == (
        "month",
        12,
        "1990-01-01",
        "1994-12-01",
    )


@pytest.mark.parametrize(
    ("times", "step", "season"),
    [
        ([f"{1990 + i // 4}Q{i % 4 + 1}" for i in range(40)], "quarter", 4),
        ([f"Q{i % 4 + 1} {1990 + i // 4}" for i in range(40)], "quarter", 4),
        ([str(1900 + i) for i in range(60)], "year", None),
        ([f"{date(2020, 1, 6) + timedelta(7 * i)}" for i in range(96)], "week", None),
        ([f"{t:%Y-%m-%d %H:%M}" for t in hours(96)], "hour", 24),
        ([f"{t:%d.%m.%Y %H:%M}" for t in hours(96)], "hour", 24),
        ([f"{t:%m/%d/%Y %I:%M %p}" for t in hours(96)], "hour", 24),
        (
            [f"{datetime(2024, 1, 1) + timedelta(minutes=15 * i)}" for i in range(96)],
            "15 minutes",
            None,
        ),
        (
            [
                f"{date(2024, 1, 31) if i == 0 else months(60, 2024)[i + 1] - timedelta(1)}"
                for i in range(40)
            ],
            "month",
            12,
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_the_step_and_the_season_are_proposed(
    times: list[str], step: str, season: int | None
) -> None:
    understood = read(series(times, name="year" if step == "year" else "time"))
    assert understood.time is not None
    assert (understood.time.step, understood.time.season, codes(understood)) == (step, season, [])


def test_weekends_without_rows_are_no_gaps() -> None:
    days = [date(2024, 1, 1) + timedelta(i) for i in range(90)]
    understood = read(series([day for day in days if day.weekday() < 5]))
    assert understood.time is not None
    assert (understood.time.step, understood.time.gaps, codes(understood)) == ("weekday", 0, [])


def test_the_newest_row_first_is_turned_around_and_told() -> None:
    understood = read(series(list(reversed(months(96))), list(reversed(WAVE))))
    assert understood.time is not None and understood.values is not None
    assert understood.time.order == "newest first" and told(understood) == ["newest_first"]
    assert (understood.values.first, understood.values.last) == (WAVE[0], WAVE[-1])


def test_rows_in_no_order_are_sorted() -> None:
    rows = list(zip(months(60), WAVE, strict=False))
    shuffled = rows[1::2] + rows[::2]
    understood = read(table([["time", "value"], *shuffled]), kind="series")
    assert understood.time is not None and understood.values is not None
    assert understood.time.order == "none" and told(understood) == ["sorted"]
    assert (understood.values.first, understood.values.last) == (WAVE[0], WAVE[59])


def test_midnight_may_be_called_24_hours() -> None:
    times = [
        f"{t - timedelta(hours=1):%Y-%m-%d} {(t - timedelta(hours=1)).hour + 1:02d}:00"
        for t in hours(60)[1:]
    ]
    assert any(" 24:00" in time for time in times)
    understood = read(series(times))
    assert understood.time is not None
    assert (understood.time.step, understood.time.gaps, understood.time.doubled) == ("hour", 0, 0)


@pytest.mark.parametrize("written", ["{:%H:%M}", "{:%Hh%M}", "{:%H}", "{:%I:%M %p}", "{:%H:%M:%S}"])
def test_date_and_hour_in_two_columns_are_joined(written: str) -> None:
    rows = [
        [f"{t:%Y-%m-%d}", written.format(t), value]
        for t, value in zip(hours(96), WAVE, strict=True)
    ]
    understood = read(table([["date", "hour", "price"], *rows]))
    assert understood.time is not None
    facts = understood.time
    assert (facts.columns, facts.step, facts.doubled, codes(understood)) == (
        ["date", "hour"],
        "hour",
        0,
        [],
    )


@pytest.mark.parametrize("form", ["%m", "%B", "%b"])
def test_year_and_month_in_two_columns_are_joined(form: str) -> None:
    rows = [
        [day.year, day.strftime(form), value] for day, value in zip(months(96), WAVE, strict=True)
    ]
    understood = read(table([["Year", "Month", "Sales"], *rows]))
    assert understood.kind == "series" and understood.time is not None
    assert (understood.time.columns, understood.time.step) == (["Year", "Month"], "month")
    assert understood.time.end == "1997-12-01"


@pytest.mark.parametrize(
    ("start", "end"), [(1950, 2003), (1901, 1954), (1960, 2013), (1999, 2005), (2001, 2020)]
)
def test_years_of_two_digits_follow_the_order_of_the_file(start: int, end: int) -> None:
    times = [f"{m}/1/{year % 100:02d}" for year in range(start, end + 1) for m in (1, 7)][:96]
    understood = read(series(times, [float(i) for i in range(len(times))]))
    assert understood.time is not None
    first, last = understood.time.start, understood.time.end
    assert (first[:4], last[:4]) == (str(start), str(start + (len(times) - 1) // 2))


def test_no_date_of_two_digits_lies_in_the_future() -> None:
    born = [f"{i % 28 + 1:02d}.{i % 12 + 1:02d}.{30 + i % 60:02d}" for i in range(60)]
    facts = column(read(people(born=born), "target=left", kind="table"), "born")
    assert facts.type == "date" and all(str(value) < "1990" for value in facts.first)


def test_one_day_above_12_settles_the_whole_column() -> None:
    days = [f"{i % 12 + 1}/{i % 11 + 1}/2020" for i in range(60)]
    understood = read(people(joined=[*days[:-1], "25/3/2020"]), "target=left", kind="table")
    assert codes(understood) == [] and column(understood, "joined").first[1] == "2020-02-02"
    assert column(understood, "joined").first[2] == "2020-03-03"


def test_day_or_month_is_asked_where_nothing_settles_it() -> None:
    days = [f"{i * 7 % 12 + 1}/{i * 5 % 11 + 1}/2020" for i in range(60)]
    understood = read(people(joined=days), "target=left", kind="table")
    (doubt,) = understood.doubts
    assert (doubt.code, doubt.place) == ("day_or_month", "joined")
    firsts = {}
    for remedy in doubt.remedies:
        settled = read(people(joined=days), "target=left", remedy.set, kind="table")
        assert codes(settled) == []
        firsts[remedy.code] = column(settled, "joined").first[1]
    assert firsts == {"day_first": "2020-06-08", "month_first": "2020-08-06"}


def test_the_order_of_the_rows_settles_day_and_month() -> None:
    times = [f"{i % 12 + 1:02d}/01/{2000 + i // 12}" for i in range(60)]
    understood = read(series(times))
    assert understood.time is not None
    assert (understood.time.step, codes(understood)) == ("month", [])


def test_gaps_are_counted_and_settled_by_one_choice() -> None:
    days = [date(2024, 1, 1) + timedelta(i) for i in range(60) if i not in (20, 21, 40)]
    understood = read(series(days))
    (doubt,) = understood.doubts
    assert doubt.code == "gaps" and "3 steps of one day" in doubt.message
    assert "2 after 2024-01-20" in doubt.message
    as_rows, fill = (read(series(days), remedy.set) for remedy in doubt.remedies)
    assert as_rows.values is not None and as_rows.values.steps == 57 and codes(as_rows) == []
    assert fill.values is not None and (fill.values.steps, fill.values.missing) == (60, 3)


def test_doubled_times_are_counted_and_settled_by_one_choice() -> None:
    days = [date(2024, 1, 1) + timedelta(i) for i in range(30)]
    times = [*days[:10], days[9], *days[10:]]
    values = [*WAVE[:9], 10.0, 20.0, *WAVE[10:30]]
    understood = read(series(times, values))
    assert codes(understood) == ["doubled"]
    (doubt,) = understood.doubts
    for remedy in doubt.remedies:
        settled = read(series(times, values), remedy.set)
        assert settled.values is not None and settled.values.steps == 30 and codes(settled) == []


def test_zones_that_change_with_summer_time_are_in_order_and_without_gaps() -> None:
    times = []
    for i in range(72):
        moment = datetime(2024, 3, 30) + timedelta(hours=i)
        is_summer = moment >= datetime(2024, 3, 31, 1)
        local = moment + timedelta(hours=2 if is_summer else 1)
        times.append(f"{local:%Y-%m-%dT%H:%M}{'+02:00' if is_summer else '+01:00'}")
    understood = read(series(times))
    assert understood.time is not None
    assert (understood.time.step, understood.time.gaps, codes(understood)) == ("hour", 0, [])


def test_the_hour_that_summer_time_passes_over_is_told_and_not_asked() -> None:
    moments = [datetime(2024, 3, 30) + timedelta(hours=i) for i in range(72)]
    kept = [moment for moment in moments if moment != datetime(2024, 3, 31, 2)]
    understood = read(series([f"{moment:%Y-%m-%d %H:%M}" for moment in kept]))
    assert codes(understood) == [] and told(understood) == ["summer_time"]


def test_a_date_in_a_table_is_a_date_and_no_category() -> None:
    joined = [(date(2019, 1, 1) + timedelta(i * 37 % 1500)).isoformat() for i in range(60)]
    understood = read(people(joined=joined))
    assert understood.kind == "table" and column(understood, "joined").type == "date"
    assert column(understood, "joined").first[0] == "2019-01-01"


SHAPES = [
    "%Y-%m-%d",
    "%d.%m.%Y %H:%M:%S",
    "%m/%d/%y",
    "%Y%m%d",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y/%m/%d %H:%M",
    "%Y-%m",
    "%H:%M",
]


@pytest.mark.parametrize("form", SHAPES)
def test_cells_of_one_shape_say_together_what_each_says_alone(form: str) -> None:
    moments = [datetime(1995, 1, 1) + timedelta(seconds=12_345_678 * i) for i in range(80)]
    cells = list(dict.fromkeys(moment.strftime(form) for moment in moments))
    cells += [cell.replace("1", "9") for cell in cells]  # months and hours that there are not
    together = date_parts(cells)
    for place, cell in enumerate(cells):
        alone = DateParts.empty(1)
        parts = parts_of(cell)
        if parts is not None:
            alone.put(0, parts)
        assert bool(together.is_date[place]) == bool(alone.is_date[0]), cell
        for name in ("year", "month", "day", "first", "second", "precision", "second_s"):
            if parts is not None:
                assert getattr(together, name)[place] == getattr(alone, name)[0], (cell, name)


def test_months_of_counted_years_are_in_order() -> None:
    understood = read(series([f"{i // 12 + 1}-{i % 12 + 1:02d}" for i in range(36)], name="Month"))
    assert understood.time is not None
    assert (understood.time.step, understood.time.season, codes(understood)) == ("month", 12, [])


def test_seconds_since_1970_are_times_where_the_column_says_so() -> None:
    understood = read(series([1_700_000_000 + 3600 * i for i in range(60)], name="timestamp"))
    assert understood.time is not None
    assert (understood.time.step, understood.time.start) == ("hour", "2023-11-14T22:13:20")


def test_years_of_two_digits_may_come_first() -> None:
    times = [f"{(55 + i // 12) % 100:02d}-{i % 12 + 1:02d}-01" for i in range(90)]
    understood = read(series(times))
    assert understood.time is not None
    assert (understood.time.start, understood.time.step) == ("1955-01-01", "month")


@pytest.mark.parametrize("sign", ["/", "-"])
def test_rows_in_no_order_are_no_reason_for_a_century(sign: str) -> None:
    born = [f"{i * 11 % 28 + 1}{sign}{i * 7 % 12 + 1}{sign}{i * 37 % 100:02d}" for i in range(60)]
    facts = column(read(people(born=born), "target=left", kind="table"), "born")
    assert (
        facts.type == "date" and codes(read(people(born=born), "target=left", kind="table")) == []
    )
    assert facts.first == ["2000-01-01", "1937-08-12", "1974-03-23"]


def test_days_without_a_year_are_no_dates() -> None:
    days = [f"{i % 28 + 1:02d}-Jan" for i in range(60)]
    assert column(read(people(day=days), "target=left"), "day").type == "category"
    rising = [f"{i // 12 + 98:02d}"[-2:] + "-" + months(60)[i].strftime("%b") for i in range(60)]
    understood = read(series(rising))
    assert understood.time is not None and understood.time.start == "1998-01-01"


def test_year_and_quarter_in_two_columns_are_joined() -> None:
    rows = [[1990 + i // 4, i % 4 + 1, value] for i, value in enumerate(WAVE[:60])]
    understood = read(table([["year", "quarter", "gdp"], *rows]))
    assert understood.time is not None
    assert (understood.time.columns, understood.time.step) == (["year", "quarter"], "quarter")


def test_hours_from_1_to_24_are_hours_whatever_their_column_is_called() -> None:
    rows = [
        [date(2024, 1, 1) + timedelta(i // 24), i % 24 + 1, value] for i, value in enumerate(WAVE)
    ]
    understood = read(table([["date", "HE", "mw"], *rows]))
    assert understood.time is not None
    assert (understood.time.columns, understood.time.step) == (["date", "HE"], "hour")


def test_the_hour_that_is_met_twice_in_autumn_is_told_and_both_are_kept() -> None:
    moments = [datetime(2024, 10, 26) + timedelta(hours=i if i < 27 else i - 1) for i in range(90)]
    understood = read(series([f"{moment:%Y-%m-%d %H:%M}" for moment in moments]))
    assert codes(understood) == [] and told(understood) == ["autumn_hour"]
    assert understood.values is not None and understood.values.steps == 90


def test_the_hours_settle_day_and_month() -> None:
    moments = [datetime(2024, 1, 1) + timedelta(minutes=30 * i) for i in range(96)]
    rows = [[f"{m:%d/%m/%Y}", f"{m:%H:%M}", value] for m, value in zip(moments, WAVE, strict=True)]
    understood = read(table([["Date", "Time", "v"], *rows]))
    assert understood.time is not None and codes(understood) == []
    assert understood.time.end == "2024-01-02T23:30:00"


THAI_MONTHS = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
FOREIGN_YEARS = {
    "Thailand, days": ("thai", lambda day: f"{day:%d/%m}/{day.year + 543}"),
    "Thailand, ISO": ("thai", lambda day: f"{day.year + 543}-{day:%m-%d}"),
    "Thailand, names": ("thai", lambda day: f"{THAI_MONTHS[day.month - 1]} {day.year + 543}"),
    "Taiwan": ("taiwan", lambda day: f"{day.year - 1911}/{day:%m/%d}"),
    "Taiwan, characters": ("taiwan", lambda day: f"民國{day.year - 1911}年{day.month}月"),
}


@pytest.mark.parametrize("written", FOREIGN_YEARS)
def test_years_of_another_calendar_are_counted_as_ours_and_asked_about(written: str) -> None:
    calendar, text_of = FOREIGN_YEARS[written]
    days = months(96, 2012)
    rows = [[text_of(day), value] for day, value in zip(days, WAVE, strict=True)]
    text = table([["when", "value"], *rows])
    understood = read(text)
    assert understood.time is not None
    assert (understood.time.start, understood.time.end) == ("2012-01-01", "2019-12-01")
    (doubt,) = [doubt for doubt in understood.doubts if doubt.code.startswith("calendar")]
    assert doubt.remedies[0].set == f"calendar.when={calendar}"
    assert "calendar" not in str(codes(read(text, doubt.remedies[0].set)))


def test_a_column_of_thai_years_beside_months_is_counted_as_ours() -> None:
    days = months(96, 2012)
    rows = [[d.year + 543, d.month, value] for d, value in zip(days, WAVE, strict=True)]
    understood = read(table([["ปี", "เดือน", "value"], *rows]))
    assert understood.time is not None and codes(understood) == ["calendar_thai"]
    assert (understood.time.start, understood.time.step) == ("2012-01-01", "month")
    assert read(table([["ปี", "เดือน", "value"], *rows]), "calendar.ปี=western").time is None


def test_a_leap_day_of_thailand_is_one() -> None:
    days = [f"{day}/02/2563" for day in range(1, 30)]
    facts = column(read(table([["day", "v"], *zip(days, WAVE, strict=False)])), "day")
    assert (facts.type, facts.missing) == ("date", 0)


DAYS = [date(2023, i % 12 + 1, i % 27 + 1) for i in range(60)]


def dated(*odd: str) -> str:
    """Days without an order, a few of them no days."""
    cells = [*odd, *DAYS[len(odd) :]]
    return table([["day", "n", "k"], *zip(cells, range(60), "abc" * 20, strict=True)])


@pytest.mark.parametrize("odd", [("2023-02-31",), ("soon", "2023-13-01"), ("soon", "?")])
def test_cells_that_are_no_dates_are_counted_and_asked_about(odd: tuple[str, ...]) -> None:
    text = dated(*odd)
    understood = read(text, "columns.n=leave_out")
    (doubt,) = [doubt for doubt in understood.doubts if doubt.place == "day"]
    (facts,) = [facts for facts in understood.columns if facts.name == "day"]
    assert (facts.type, facts.missing, facts.first[0]) == ("date", len(odd), None)
    assert doubt.code == "odd_dates" and f"“{odd[0]}” in line 2" in doubt.message
    for remedy in doubt.remedies[:2]:
        assert "odd_dates" not in codes(read(text, remedy.set))
    with pytest.raises(ExperimentError, match="not a date"):
        read(text, doubt.remedies[2].set)
    assert "odd_dates" not in codes(read(dated()))


@pytest.mark.parametrize(
    ("text", "seconds", "offset"),
    [
        ("2023/01/01 3:00:22 PM GMT+1", 54_022, 3_600),
        ("2023/01/01 3:00:22 PM GMT-5", 54_022, -18_000),
        ("2023/01/01 3:00:22 PM GMT+5:30", 54_022, 19_800),
        ("2023/01/01 1:00:22 nachm. MEZ", 46_822, 3_600),
        ("2023/01/01 12:00:22 vorm. MESZ", 22, 7_200),
        ("2023/01/01 3:00:22 p. m. EET", 54_022, 7_200),
        ("2023-01-01 15:00 +02", 54_000, 7_200),
        ("2023-01-01 15:00+0530", 54_000, 19_800),
    ],
)
def test_halves_of_the_day_and_zones_as_forms_write_them(
    text: str, seconds: int, offset: int
) -> None:
    parts = parts_of(text)
    assert parts is not None and (parts.second_s, parts.offset_s) == (seconds, offset)


def test_january_has_its_austrian_name() -> None:
    parts = parts_of("Jän 18")
    assert parts is not None and (parts.year, parts.month) == (18, 1)
