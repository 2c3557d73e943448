"""Dates and times of day as people write them -> seconds since 1970.

A text is parsed by one pattern; what it alone does not say (day or month first, the century) is settled by its column.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from . import loading
from .calendars import is_foreign_year
from .listed import by_value

SHORTEST_DATE, LONGEST_DATE = 4, 60

# How the names of months begin, in the languages that files come in; the longest beginning that fits decides.
MONTHS = by_value(
    {
        1: "jan jän ene gen янв січ яну sty led oca ian tammi ιαν ม.ค มกรา",
        2: "feb fév fev фев лют lut úno şub helmi φεβ peb ก.พ กุมภา",
        3: "mar mär mrz maa mrt мар бер bře már μαρ มี.ค มีนา",
        4: "apr avr abr апр кві kwi dub nis ápr huhti απρ เม.ย เมษา",
        5: "may mai mag mei maj май мая тра kvě máj touko μαΐ μαϊ μάι μαι พ.ค พฤษภา",
        6: "jun juin giu июн чер юни cze červn červen haz jún iun kesä ιουν มิ.ย มิถุนา",
        7: "jul juil lug июл лип юли lip července červenec tem júl iul heinä ιουλ ก.ค กรกฎา",
        8: "aug aoû aou ago авг сер sie srp ağu elo αυγ agu ส.ค สิงหา",
        9: "sep set сен вер wrz zář eyl sze syys σεπ ก.ย กันยา",
        10: "oct okt ott out окт жов paź paz říj eki loka οκτ ต.ค ตุลา",
        11: "nov ноя лис ное lis kas noi marras νοε พ.ย พฤศจิกา",
        12: "dec dez déc dic des дек гру gru pro ara joulu δεκ ธ.ค ธันวา",
    }
)
ZONE_NAMES = (
    "Z|UTC|GMT|CES?T|E[SD]T|P[SD]T|C[SD]T|M[SD]T|BST|MES?Z|OES?Z|EES?T|WES?T|MSK|SGT|HKT|JST|KST|"
    "AE[SD]T|NZ[SD]T"
)
_BEFORE = r"(?:(?P<half_before>上午|下午|午前|午後|오전|오후)\s?)?"
TIME = (
    rf"(?:(?:[\sT,_:-]+|(?<=[日일]))(?:kl\.?\s*)?{_BEFORE}"
    r"(?P<hour>\d{1,2})(?:[:.h时時点시]\s?(?P<minute>\d{1,2})"
    r"(?:[:.m分분]\s?(?P<second>\d{1,2})(?P<fraction>[.,]\d{1,9})?)?)?[分秒분초]?"
    r"(?:\s*(?P<half>[AaPp]|vor|nach)\.?\s?[Mm]\.?)?"
    r"(?:\s*(?:h|Uhr|hrs?|时|時|点|시))?"
    r"(?:\s*(?P<zone>(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}(?::?\d{2})?|"
    rf"{ZONE_NAMES})"
    r"(?:\s\([\w\s]+\))?)?(?:\s*[-–]\s*(?:[\d./-]{6,10}\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?)?"
)
_ZONE = rf"(?:(?P<zone>{ZONE_NAMES}|[+-]\d{{4}})\s+)?"
_DAY_NAME = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_DAY_IN_BRACKETS = r"(?:\s?[(（][月火水木金土日월화수목금토일][)）])?"
_MONTH_NAME = (
    r"(?P<name>[^\W\d_]{3,12}|[ก-์.]{3,12})\.?"  # Thai letters, of which Python takes some for signs
)
_YEAR = r"(?P<year>\d{4}|\d{2})"
_OF = r"[-\s/.,']*(?:(?:del?|of|do)\s+)?"
_QUARTER = r"(?P<quarter>[1-4])"
_QUARTER_NAME = r"(?:[Qq]uart(?:al|er)|[Tt]rim(?:estre|\.)?|[Кк]в(?:артал|\.))"
_WEEK_NAME = r"(?:[KC]?W|[Ww]eek|[Ww]oche|[Ss]em(?:aine|ana|\.)?)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<year>\d{{4}})(?:[-/._:年 ]|년 ?|\. )(?P<month>\d{{1,2}})"
        rf"(?:(?:[-/._:月 ]|월 ?|\. )(?P<day>\d{{1,2}})(?:日|일|\.)?{_DAY_IN_BRACKETS}|[月월])?{TIME}",
        rf"{_DAY_NAME}(?P<first>\d{{1,2}})(?P<sign>[-/. ])\s?(?P<second_>\d{{1,2}})(?P=sign)\s?{_YEAR}{TIME}",
        r"(?:民國|民国)?\s?(?P<year>1\d{2})(?:[-/.]|\s?年\s?)(?P<month>\d{1,2})"
        r"(?:(?:[-/.]|\s?月\s?)(?P<day>\d{1,2})日?|\s?月)?",
        rf"(?P<era>明治|大正|昭和|平成|令和|[HR](?=\d+[-/.]\d+[-/.]\d))\s?(?P<era_year>\d{{1,2}}|元)(?:年|[-/.])"
        rf"(?:\s?(?P<month>\d{{1,2}})(?:(?:月|[-/.])(?:\s?(?P<day>\d{{1,2}})日?)?)?{TIME})?",
        rf"{_QUARTER}\.?\s?{_QUARTER_NAME}[,\s]*(?P<year>\d{{4}})",
        rf"{_DAY_NAME}\[?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[º°.])?{_OF}{_MONTH_NAME}{_OF}{_YEAR}(?:\s?г\.?)?{TIME}\]?",
        rf"{_DAY_NAME}{_MONTH_NAME}[-\s/.]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){TIME}",
        rf"{_DAY_NAME}{_MONTH_NAME}\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})"
        rf"(?::(?P<second>\d{{2}}))?\s+{_ZONE}(?P<year>\d{{4}})",
        rf"{_MONTH_NAME}{_OF}{_YEAR}",
        rf"(?P<year>\d{{4}})[-\s/.]*{_MONTH_NAME}(?:[-\s/.]*(?P<day>\d{{1,2}})\.?)?{TIME}",
        rf"(?P<year>\d{{2}})[-\s']{_MONTH_NAME}",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        r"(?P<year>\d{4})[-\s]?[Mm](?P<month>\d{1,2})",
        rf"(?P<year>\d{{4}})[-\s/:]*[QqTt]{_QUARTER}",
        rf"[QqTt]{_QUARTER}[-\s/':]*{_YEAR}",
        rf"{_QUARTER}[QqTt][-\s/']*{_YEAR}",
        rf"(?P<year>\d{{4}})[年년]?\s?第?{_QUARTER}(?:季度?|四半期|분기)",
        r"(?P<year>\d{4})[-\s]?[WwKk]W?(?P<week>\d{1,2})(?:-(?P<weekday>[1-7]))?",
        rf"{_WEEK_NAME}\s?(?P<week>\d{{1,2}})[-\s/,.]+(?P<year>\d{{4}})",
        r"(?P<year>\d{4})年?第(?P<week>\d{1,2})周",
        r"(?P<year>\d{4})-(?P<day_of_year>\d{3})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:[T_:]?(?P<hour>\d{2})(?:(?P<minute>\d{2})(?P<second>\d{2})?)?Z?)?",
    )
)  # fmt: skip
_DIGITS = _PATTERNS[-1]
_SEVEN_DIGITS = re.compile(r"(?P<year>\d{4})(?P<day_of_year>\d{3})")
_SIX_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})")
_BY_LENGTH = {6: _SIX_DIGITS, 7: _SEVEN_DIGITS}
# Groups of a pattern that are digits, or a zone that changes nothing.
FIELDS = frozenset(
    [
        "year",
        "month",
        "day",
        "first",
        "second_",
        "sign",
        "hour",
        "minute",
        "second",
        "fraction",
        "zone",
    ]
)
ZONES_H = by_value(
    {
        -8: "PST",
        -7: "MST PDT",
        -6: "CST MDT",
        -5: "EST CDT",
        -4: "EDT",
        0: "Z UTC GMT WET",
        1: "CET MEZ BST WEST",
        2: "CEST MESZ EET OEZ",
        3: "EEST OESZ MSK",
        8: "SGT HKT",
        9: "JST KST",
        10: "AEST",
        11: "AEDT",
        12: "NZST",
        13: "NZDT",
    }
)
YEARS = (1500, 2200)  # outside of these, digits were taken for a date
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text says. In `first` and `second` of 1/2/2024 it is not yet said which is the day.

    year: as written, of two or four digits. second_s: of the day. offset_s: of its zone, None where it names none.
    """

    year: int
    is_short_year: bool
    month: int
    day: int
    first: int
    second: int
    precision: str  # "year" | "quarter" | "month" | "week" | "day" | "time"
    second_s: float
    offset_s: int | None
    sign: str = ""

    @property
    def has_order(self) -> bool:
        """Whether first, second and year stand for day, month and year in an order that the column has to tell."""
        return bool(self.sign)


def parts_of(text: str) -> Parts | None:
    """What a date says; None for what is none."""
    if not SHORTEST_DATE <= len(text) <= LONGEST_DATE:
        return None
    match = pattern_of(text)
    return _parts(match.groupdict()) if match is not None else None


def pattern_of(text: str) -> re.Match[str] | None:
    """The first pattern that a date fits."""
    if text.isdecimal():
        return _BY_LENGTH.get(len(text), _DIGITS).fullmatch(text)
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match is not None:
            return match
    return None


def _parts(groups: dict[str, str | None]) -> Parts | None:
    is_era = bool(groups.get("era"))  # of a Japanese emperor
    year_text = str(loading.year_of_era(groups)) if is_era else groups.get("year") or ""
    year = int(year_text)
    is_short = len(year_text) == 2
    time = _time_of(groups)
    if time is None:
        return None
    second_s, offset_s, has_time = time
    first_text = groups.get("first")
    if first_text:
        first, second = int(first_text), int(groups["second_"] or 0)
        precision = "time" if has_time else "day"
        in_order = 1 <= min(first, second) <= 12 and max(first, second) <= 31
        # 55-01-31 begins with its year.
        year_leads = is_short and 1 <= second <= 12 and 1 <= year <= 31
        is_year = is_short or is_possible_year(year)
        if not (in_order or year_leads) or not is_year:
            return None
        sign = groups["sign"] or ""
        return Parts(year, is_short, 0, 0, first, second, precision, second_s, offset_s, sign)
    month, day, precision = _day_of(groups, year)
    return _checked(
        year, is_short, month, day, "time" if has_time else precision, second_s, offset_s
    )


def is_possible_year(year: int) -> bool:
    """Whether dates of our time have it, in our calendar or in another."""
    return YEARS[0] <= year <= YEARS[1] or is_foreign_year(year)


def _checked(
    year: int,
    is_short: bool,
    month: int,
    day: int,
    precision: str,
    second_s: float,
    offset_s: int | None,
) -> Parts | None:
    is_year = is_short or is_possible_year(year)
    if not is_year or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return Parts(year, is_short, month, day, 0, 0, precision, second_s, offset_s)


def _day_of(groups: dict[str, str | None], year: int) -> tuple[int, int, str]:
    """Month, day, and how exact they are. Month 0: no date."""
    quarter = groups.get("quarter")
    if quarter:
        return 3 * int(quarter) - 2, 1, "quarter"
    week = groups.get("week")
    if week:
        return _first_of_week(year, int(week), int(groups.get("weekday") or 1))
    if groups.get("day_of_year"):
        return _day_in_year(year, int(groups["day_of_year"] or 0))
    name = groups.get("name")
    month_text = groups.get("month")
    if groups.get("era") and not month_text:
        return 1, 1, "year"
    month = month_of(name) if name else int(month_text or 0)
    day = groups.get("day")
    return month, int(day or 1), "day" if day else "month"


def _first_of_week(year: int, week: int, weekday: int) -> tuple[int, int, str]:
    try:
        monday = date.fromisocalendar(year, week, weekday)
    except ValueError:
        return 0, 0, "week"
    if monday.year != year:  # the first week may begin in December
        return 1, 1, "week"
    return monday.month, monday.day, "week"


def _day_in_year(year: int, number: int) -> tuple[int, int, str]:
    try:
        found = date(year, 1, 1) + timedelta(days=number - 1)
    except (ValueError, OverflowError):
        return 0, 0, "day"
    is_day = found.year == year
    return (found.month, found.day, "day") if is_day else (0, 0, "day")


def month_of(name: str) -> int:
    """ "January", "Okt.", "июня" -> 1 … 12; 0 for another word."""
    return int(loading.month_of(name, MONTHS))


def _time_of(groups: dict[str, str | None]) -> tuple[float, int | None, bool] | None:
    """Seconds of the day, the zone's offset, whether a time is there; None for a time that no day has."""
    if not groups.get("hour"):
        return 0.0, None, False
    seconds = loading.second_of(groups)
    if seconds is None:
        return None
    zone = groups.get("zone")
    offset = loading.zone_of(zone, ZONES_H) if zone else None
    return seconds, offset, True


CLOCK = re.compile(
    rf"{_BEFORE}"
    r"(?P<hour>\d{1,2})[:.h时時시](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\s*(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
    r"(?:\s*[-–~]\s*\d{1,2}[:.h]\d{2})?(?:\s*Uhr)?"  # 00:00-01:00 begins at 00:00
)


def clock_seconds(text: str) -> float | None:
    """ "13:30", "1:30 PM", "24:00" -> seconds of the day; None for what is no time of day."""
    match = CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    time = _time_of(match.groupdict())
    return None if time is None else time[0]


def is_date_text(text: str) -> bool:
    """Whether a cell is a date by its look; digits without any sign between are not."""
    if len(text) > LONGEST_DATE or text.isdecimal():
        return False
    return any(letter.isdigit() for letter in text) and parts_of(text) is not None


def days_since_1970(year: int, month: int, day: int) -> int | None:
    """None for a day that no calendar has, such as the 31st of April."""
    try:
        return date(year, month, day).toordinal() - 719_163
    except ValueError:
        return None
