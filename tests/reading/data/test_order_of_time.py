"""Rows of a series in their right order and step: nights when clocks are changed, days without weekends."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from playground.reading.data.choices import choices_of
from playground.reading.data.series_file import series_file

from .cases import WAVE, codes, read, table, told

N = len(WAVE)


def ordered(text: str, *sets: str) -> list[float]:
    """The values of the series as the script reads them, the oldest first."""
    file = series_file(text.encode(), choices_of(sets, kind="series"), "file", [])
    return [float(value) for value in file.values[:, 0]]


def local_times(place: str, start: datetime, minutes: int) -> list[str]:
    """What the clocks of a place show, without their zone."""
    zone = ZoneInfo(place)
    times = []
    for i in range(N):
        moment = start.replace(tzinfo=UTC) + timedelta(minutes=minutes * i)
        times.append(f"{moment.astimezone(zone):%Y-%m-%d %H:%M}")
    return times


@pytest.mark.parametrize("gaps", [(), ("gaps=fill",)])
@pytest.mark.parametrize("is_newest_first", [False, True])
@pytest.mark.parametrize("minutes", [10, 15, 30, 60])
@pytest.mark.parametrize(
    ("place", "start"),
    [
        ("Europe/Vienna", datetime(2021, 10, 30, 15)),
        ("America/New_York", datetime(2021, 11, 6, 20)),
    ],
)
def test_the_hour_that_autumn_has_twice_stays_in_its_order(
    place: str, start: datetime, minutes: int, is_newest_first: bool, gaps: tuple[str, ...]
) -> None:
    rows = list(zip(local_times(place, start, minutes), WAVE, strict=True))
    if is_newest_first:
        rows.reverse()
    text = table([["time", "load"], *rows])
    understood = read(text, *gaps)
    assert understood.time is not None and understood.time.doubled == 60 // minutes
    order = "newest first" if is_newest_first else "oldest first"
    assert understood.time.order == order and understood.time.gaps == 0
    assert codes(understood) == [] and "autumn_hour" in told(understood)
    assert ordered(text, *gaps) == WAVE


def test_rows_that_go_back_in_another_night_are_put_in_order_and_asked_about() -> None:
    times = local_times("UTC", datetime(2021, 6, 6, 0), 15)
    times[8:12] = times[4:8]
    understood = read(table([["time", "load"], *zip(times, WAVE, strict=True)]))
    assert understood.time is not None and understood.time.order == "none"
    assert "doubled" in codes(understood)


def trading_days(n: int) -> list[datetime]:
    """n days from Monday, the second of January 2023 on, without weekends."""
    days = np.busday_offset("2023-01-02", np.arange(n)).astype("datetime64[s]")
    return [day.astype(datetime) for day in days]


def yahoo(day: datetime, i: int) -> str:
    offset = "-04:00" if day.month > 3 else "-05:00"
    return f"{day:%Y-%m-%d} 00:00:00{offset}"


def tokyo(day: datetime, i: int) -> str:
    return f"{day:%Y-%m-%d}T00:00:00+09:00"


def close(day: datetime, i: int) -> str:
    return f"{day.month}/{day.day}/{day.year} 16:00:00"


def early_close(day: datetime, i: int) -> str:
    return f"{day:%Y-%m-%d} {13 if i % 40 == 7 else 16}:00"


@pytest.mark.parametrize("cell", [yahoo, tokyo, close, early_close])
def test_days_of_an_exchange_with_a_time_of_day_have_no_weekends(cell) -> None:  # type: ignore[no-untyped-def]
    rows = [[cell(day, i), WAVE[i]] for i, day in enumerate(trading_days(N))]
    understood = read(table([["Date", "Close"], *rows]))
    assert understood.time is not None and codes(understood) == []
    assert (understood.time.step, understood.time.season) == ("weekday", 5)
    assert understood.time.gaps == 0
    # A holiday is one step, also for the script.
    text = table([["Date", "Close"], *rows[:9], *rows[10:]])
    filled = ordered(text, "gaps=fill")
    np.testing.assert_array_equal(filled, [*WAVE[:9], np.nan, *WAVE[10:]])


def test_days_with_weekends_keep_them() -> None:
    days = [datetime(2023, 1, 2, 16) + timedelta(days=i) for i in range(N)]
    understood = read(table([["Date", "Close"], *zip(days, WAVE, strict=True)]))
    assert understood.time is not None
    assert (understood.time.step, understood.time.season) == ("day", 7)


LONG = "Jänner Feber März April Mai Juni Juli August September Oktober November Dezember"
AUSTRIAN = LONG.split()


@pytest.mark.parametrize("length", [3, 9])
def test_austrian_names_of_months(length: int) -> None:
    rows = []
    for i in range(N):
        rows.append([f"{AUSTRIAN[i % 12][:length]} {1990 + i // 12}", WAVE[i]])
    understood = read(table([["Monat", "Wert"], *rows]))
    assert understood.time is not None and understood.time.step == "month"
    assert (understood.time.start, understood.time.gaps) == ("1990-01-01", 0)


HALVES = {"a. m.": "p. m.", "am": "pm", "A.M.": "P.M."}


@pytest.mark.parametrize("morning", [*HALVES, "上午", "午前", "오전"])
@pytest.mark.parametrize("is_beside", [False, True])
def test_halves_of_a_day(morning: str, is_beside: bool) -> None:
    before = {"上午": "下午", "午前": "午後", "오전": "오후"}
    rows: list[list[object]] = []
    for i in range(N):
        moment = datetime(2020, 1, 30) + timedelta(minutes=30 * i)
        halves = (morning, HALVES.get(morning) or before[morning])
        half = halves[moment.hour >= 12]
        clock = f"{moment.hour % 12 or 12}:{moment.minute:02d}"
        clock = f"{half} {clock}" if morning in before else f"{clock} {half}"
        day = f"{moment:%Y/%m/%d}"
        rows.append([day, clock, WAVE[i]] if is_beside else [f"{day} {clock}", WAVE[i]])
    names = ["date", "time", "x"] if is_beside else ["date", "x"]
    understood = read(table([names, *rows]))
    assert understood.time is not None and codes(understood) == []
    assert (understood.time.step, understood.time.start) == ("30 minutes", "2020-01-30T00:00:00")
    assert (understood.time.order, understood.time.gaps) == ("oldest first", 0)


def test_large_numbers_are_looked_at_without_a_warning() -> None:
    rows = [[1577836800000 + 3600000 * i, WAVE[i], 1.7e18 + i] for i in range(N)]
    with np.errstate(all="raise"):
        assert read(table(rows)).rows == N
