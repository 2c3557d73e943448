"""What columns that say a part of a time are called, in the languages that files come in."""

import re
from collections.abc import Sequence

HOUR_NAMES = (
    "hour",
    "hr",
    "hh",
    "he",
    "hour ending",
    "hour_ending",
    "hourending",
    "hour ended",
    "hours",
    "hrs",
    "std",
    "godzina",
    "hodina",
    "óra",
    "saat",
    "timme",
    "ชั่วโมง",
    "เวลา",
    "time",
    "stunde",
    "uhrzeit",
    "zeit",
    "heure",
    "hora",
    "ora",
    "час",
    "время",
    "时",
    "小时",
    "時",
    "时间",
    "時刻",
    "시",
    "시간",
)
YEAR_NAMES = (
    "year",
    "yr",
    "yy",
    "yyyy",
    "jahr",
    "année",
    "annee",
    "año",
    "ano",
    "anno",
    "год",
    "rok",
    "yıl",
    "év",
    "år",
    "vuosi",
    "jaar",
    "ปี",
    "ปี พ.ศ.",
    "พ.ศ.",
    "年",
    "年份",
    "연도",
    "년",
)
MONTH_NAMES = (
    "month",
    "mon",
    "mo",
    "mm",
    "mn",
    "monat",
    "mois",
    "mes",
    "mese",
    "месяц",
    "miesiąc",
    "maand",
    "ay",
    "měsíc",
    "månad",
    "เดือน",
    "月",
    "月份",
    "월",
)
QUARTER_NAMES = (
    "quarter", "qtr", "qtr.", "q", "quartal", "trimestre", "trim", "kwartaal", "kwartał", "kvartal",
    "季度", "квартал", "四半期", "분기", "ไตรมาส",
)  # fmt: skip
DAY_NAMES = (
    "day",
    "dd",
    "วัน",
    "วันที่",
    "tag",
    "jour",
    "dia",
    "día",
    "giorno",
    "день",
    "日",
    "일",
    "dayofmonth",
    "dy",
    "mday",
    "dag",
)
MINUTE_NAMES = ("minute", "min", "minutes", "mn", "mi", "mm", "分", "分钟")
WEEK_NAMES = (
    "week",
    "woche",
    "kalenderwoche",
    "kw",
    "wk",
    "semaine",
    "settimana",
    "semana",
    "sem",
    "неделя",
    "tydzień",
    "týden",
    "vecka",
    "uge",
    "周",
    "周数",
    "週",
    "주",
    "isoweek",
    "epiweek",
    "weeknum",
)
DAY_OF_YEAR_NAMES = ("doy", "yday", "jday", "dayofyear", "julian", "ddd", "tag des jahres")
PARTS_NAMES = (*YEAR_NAMES, *QUARTER_NAMES, *MONTH_NAMES, *WEEK_NAMES, *DAY_OF_YEAR_NAMES)
SHORTEST_PART = 4  # letters of a name that is found at the end of another one
WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+")


def is_called(name: str, names: Sequence[str]) -> bool:
    """Whether a column has one of these names, alone or among other words: “YearWeek”, “iso_week”, “Day of Year”."""
    plain = name.casefold().strip()
    tight = plain.replace("_", "").replace(" ", "").replace("-", "")
    words = {word.casefold() for word in WORD.findall(name)}
    if plain in names or tight in names or words & set(names):
        return True
    long_names = [part for part in names if len(part) >= SHORTEST_PART]
    return any(tight.endswith(part) for part in long_names)
