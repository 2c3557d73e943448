"""What columns that say a part of a time are called, in the languages that files come in."""

HOUR_NAMES = (
    "hour",
    "hr",
    "hh",
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
    "yyyy",
    "jahr",
    "année",
    "annee",
    "año",
    "ano",
    "anno",
    "год",
    "rok",
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
    "monat",
    "mois",
    "mes",
    "mese",
    "месяц",
    "miesiąc",
    "月",
    "月份",
    "월",
)
QUARTER_NAMES = ("quarter", "qtr", "q", "quartal", "trimestre", "季度", "квартал", "四半期", "분기")
DAY_NAMES = ("day", "dd", "tag", "jour", "dia", "día", "giorno", "день", "日", "일", "dayofmonth")
MINUTE_NAMES = ("minute", "min", "minutes", "分", "分钟")
