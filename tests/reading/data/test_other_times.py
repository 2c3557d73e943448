"""Dates and series as other programs, offices and languages write them."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from .cases import WAVE, N, codes, column, hours, months, people, read, table, told

MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
LONG = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου "
    "Δεκεμβρίου",
}
EN = MONTHS_EN.split()
RUSSIAN = LONG["ru"].split()
DAYS = [datetime(2019, 1, 1, 8, 30) + timedelta(days=37 * i % 1500) for i in range(N)]
FIRST_OF_SPREADSHEETS = date(1899, 12, 30)
Written = Callable[[datetime], object]
DATES: dict[str, Written] = {
    "ctime": lambda day: day.ctime(),
    "mails": lambda day: format_datetime(day.replace(tzinfo=UTC)),
    "Twitter": lambda day: f"{day:%a} {EN[day.month - 1]} {day:%d %H:%M:%S} +0000 {day.year}",
    "with a zone before the year": lambda day: f"{day:%a} {EN[day.month - 1]} {day:%d %H:%M:%S} PDT {day.year}",
    "JavaScript": lambda day: f"{day:%a} {EN[day.month - 1]} {day:%d %Y %H:%M:%S} GMT+0100 (CET)",
    "web servers": lambda day: f"[{day:%d}/{EN[day.month - 1]}/{day:%Y:%H:%M:%S} +0000]",
    "Russian": lambda day: f"{day.day} {RUSSIAN[day.month - 1]} {day.year} г.",
    "Korean": lambda day: f"{day.year}년 {day.month}월 {day.day}일",
    "Korean, points": lambda day: f"{day.year}. {day.month}. {day.day}.",
    "Hungarian": lambda day: f"{day:%Y.%m.%d}.",
    "Japanese, with hours": lambda day: f"{day:%Y年%m月%d日%H時%M分}",
    "the day of the year, seven digits": lambda day: f"{day:%Y%j}",
    "the day of the year": lambda day: f"{day:%Y-%j}",
    "days of a spreadsheet": lambda day: (day.date() - FIRST_OF_SPREADSHEETS).days,
    "ten digits": lambda day: f"{day:%Y%m%d%H}",
}  # fmt: skip


@pytest.mark.parametrize("name", DATES)
def test_dates_are_dates(name: str) -> None:
    facts = column(
        read(people(**{"joined date": [DATES[name](day) for day in DAYS]}), "target=left"),
        "joined date",
    )
    assert facts.type == "date"
    assert str(facts.first[1])[:10] == DAYS[1].date().isoformat()


@pytest.mark.parametrize("language", LONG)
def test_months_have_names_in_many_languages(language: str) -> None:
    names = LONG[language].split()
    cells = [f"{day.day}. {names[day.month - 1]} {day.year}" for day in months(60)]
    rows = zip(cells, WAVE, strict=False)
    understood = read(table([["x", "value"], *rows]))
    assert understood.time is not None and understood.time.start == "1990-01-01"
    assert (understood.time.step, understood.time.gaps) == ("month", 0)


def test_a_date_that_no_calendar_has_is_missing() -> None:
    cells = ["0000-00-00" if i % 9 == 0 else f"{day:%Y-%m-%d}" for i, day in enumerate(DAYS)]
    facts = column(read(people(joined=cells), "target=left"), "joined")
    assert (facts.type, facts.missing) == ("date", 7)


MONTHS = months(96)
SERIES: dict[str, tuple[list[object], str]] = {
    "IMF": ([f"{day.year}M{day.month:02d}" for day in MONTHS], "month"),
    "Korean months": ([f"{day.year}년 {day.month}월" for day in MONTHS], "month"),
    "a point": ([f"{day:%Y.%m}" for day in MONTHS], "month"),
    "the month first": ([f"{day:%m.%Y}" for day in MONTHS], "month"),
    "a colon": ([f"{day:%Y:%m}" for day in MONTHS], "month"),
    "quarters, short years": ([f"Q{i % 4 + 1}-{i // 4 + 70:02d}" for i in range(96)], "quarter"),
    "the quarter first": ([f"{i % 4 + 1}Q{1970 + i // 4}" for i in range(96)], "quarter"),
    "quarters after a colon": ([f"{1970 + i // 4}:Q{i % 4 + 1}" for i in range(96)], "quarter"),
    "Chinese quarters": ([f"{1970 + i // 4}年第{i % 4 + 1}季度" for i in range(96)], "quarter"),
    "German quarters": ([f"{i % 4 + 1}. Quartal {1970 + i // 4}" for i in range(96)], "quarter"),
    "German weeks": ([f"KW {i % 52 + 1:02d}/{2018 + i // 52}" for i in range(96)], "week"),
    "hours from-to": (
        [f"{hour:%d.%m.%Y %H:%M} - {hour + timedelta(hours=1):%d.%m.%Y %H:%M}" for hour in hours(96)],
        "hour",
    ),
    "hours from-to, one day": ([f"{h:%Y-%m-%d %H:%M}-{(h.hour + 1) % 25:02d}:00" for h in hours(96)], "hour"),
    "weather offices": ([f"{hour:%Y%m%d%H}" for hour in hours(96)], "hour"),
}  # fmt: skip


@pytest.mark.parametrize("name", SERIES)
def test_a_series_is_in_order_of_time(name: str) -> None:
    times, step = SERIES[name]
    understood = read(table([["Date", "value"], *zip(times, WAVE, strict=True)], ";"))
    assert understood.kind == "series" and understood.time is not None
    assert (understood.time.step, understood.time.gaps, understood.time.doubled) == (step, 0, 0)
    assert understood.values is not None
    assert (understood.values.first, understood.values.last) == (WAVE[0], WAVE[-1])
    assert codes(understood) == []


def test_one_column_of_decimal_commas_is_one_column() -> None:
    cells = [str(value).replace(".", ",") for value in WAVE]
    understood = read("Wert\n" + "\n".join(cells) + "\n")
    assert understood.kind == "series" and understood.values is not None
    assert (understood.values.steps, understood.values.last) == (96, WAVE[-1])


def test_hours_that_go_from_one_to_the_next_stand_in_a_column_of_their_own() -> None:
    rows = [
        [f"{h:%Y-%m-%d}", f"{h:%H}:00-{h.hour + 1:02d}:00", v]
        for h, v in zip(hours(96), WAVE, strict=True)
    ]
    understood = read(table([["Date", "Hour", "load"], *rows]))
    assert understood.time is not None and understood.time.columns == ["Date", "Hour"]
    assert (understood.time.step, understood.time.doubled) == ("hour", 0)


HOURS: dict[str, tuple[str, Callable[[int], str]]] = {
    "0100": ("Hour", lambda hour: f"{hour + 1:02d}00"),
    "0000": ("Time", lambda hour: f"{hour:02d}00"),
    "100, the zero lost": ("hour", lambda hour: f"{(hour + 1) * 100}"),
    "HE01": ("Hour Ending", lambda hour: f"HE{hour + 1:02d}"),
    "HE 1": ("HE", lambda hour: f"HE {hour + 1}"),
    "H1": ("Hour", lambda hour: f"H{hour + 1}"),
    "12 AM": ("hour of day", lambda hour: f"{hour % 12 or 12} {'PM' if hour > 11 else 'AM'}"),
    "0 Uhr": ("Stunde", lambda hour: f"{hour} Uhr"),
}


@pytest.mark.parametrize("written", HOURS)
def test_hours_in_words_are_joined_with_their_date(written: str) -> None:
    name, text_of = HOURS[written]
    rows = [
        [f"{moment:%Y-%m-%d}", text_of(moment.hour), value]
        for moment, value in zip(hours(96), WAVE, strict=True)
    ]
    understood = read(table([["Date", name, "load"], *rows]))
    assert understood.time is not None and understood.time.columns == ["Date", name]
    assert (understood.time.step, understood.time.gaps, understood.time.doubled) == ("hour", 0, 0)
    begins_at_one = text_of(0) not in ("0000", "12 AM", "0 Uhr")
    assert understood.time.start == f"2024-01-01T0{int(begins_at_one)}:00:00"
    assert codes(understood) == [] and understood.values is not None
    assert understood.values.last == WAVE[-1]


QUARTERS: dict[str, tuple[str, Sequence[str]]] = {
    "Q1": ("Quarter", ("Q1", "Q2", "Q3", "Q4")),
    "Q1, called a period": ("period", ("Q1", "Q2", "Q3", "Q4")),
    "Roman": ("Quartal", ("I", "II", "III", "IV")),
    "1st": ("Qtr", ("1st", "2nd", "3rd", "4th")),
    "Spanish": ("trimestre", ("1er trimestre", "2º trimestre", "3er trimestre", "4º trimestre")),
    "Chinese": ("季度", ("第一季度", "第二季度", "第三季度", "第四季度")),
}


@pytest.mark.parametrize("written", QUARTERS)
def test_year_and_quarter_in_two_columns_are_joined(written: str) -> None:
    name, words = QUARTERS[written]
    rows = [[1990 + i // 4, words[i % 4], value] for i, value in enumerate(WAVE)]
    understood = read(table([["Year", name, "GDP"], *rows]))
    assert understood.time is not None and understood.time.columns == ["Year", name]
    assert (understood.time.step, understood.time.season) == ("quarter", 4)
    assert understood.time.end == "2013-10-01" and codes(understood) == []


def test_the_mean_of_a_year_among_its_months_is_no_month() -> None:
    rows = []
    for i, value in enumerate(WAVE):
        rows.append([1990 + i // 12, f"M{i % 12 + 1:02d}", value])
        if i % 12 == 11:
            rows.append([1990 + i // 12, "M13", 0])
    understood = read(table([["year", "period", "value"], *rows]))
    assert understood.time is not None and understood.values is not None
    assert (understood.time.step, understood.time.gaps) == ("month", 0)
    assert understood.values.steps == 96 and told(understood) == ["other_steps"]
    assert codes(understood) == []
