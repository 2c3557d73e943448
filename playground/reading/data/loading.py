"""Cells -> numbers and times, as a recipe of literals says. The exported script carries these functions.

Each stands alone: the app's readers, `predict` and the script call the same ones.
"""

import numpy as np


def number_pattern():
    """What a number may look like: a sign or brackets, a currency before it, a unit behind it."""
    before = (
        r"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<before>[^\d\s.,+()-]{0,4}\.?)\s*(?P<inner>[+-])?\s*"
        r"(?P<within>\()?\s*"
    )
    digits = r"(?P<digits>\d[\d.,'’\s]*(?<!\s)|[.,]\d+)(?P<exponent>[eE][+-]?\d{1,3})?\s*"
    # 5.- and 5,-- are prices without cents
    unit = (
        r"(?P<round>[.,:][-—]{1,2})?\s*(?P<unit>[^\d()\s—-][^\d()]*?[²³]?)?"
        r"(?P<behind>(?<=[\d\s€$])-)?\s*(?P<close>\))?"
    )
    # 1,234[2] and 5.1 (r), as encyclopaedias and statistical offices write
    footnotes = (
        r"(?:\s*(?:\[(?:\d{1,3}|[a-z]{1,2})\]|(?<=[\d\s%])\((?:[a-z]|est\.?|prov\.?|rev\.?)\)))*"
    )
    return before + digits + unit + footnotes


def are_thousands(groups):
    """Whether digits are parted as thousands are: ["1", "234"]; in India all but the last group have two digits."""
    if len(groups) < 2:
        return False
    first, *middle, last = groups
    if not 1 <= len(first) <= 3 or len(last) != 3:
        return False
    by_three = all(len(group) == 3 for group in middle)
    by_two = len(first) <= 2 and all(len(group) == 2 for group in middle)
    return by_three or by_two


def plain_digits(digits, decimal):
    """ "1,234.5" -> "1234.5"; "" where these signs make no number."""
    group_sign = "," if decimal == "." else "."
    whole, sign, fraction = digits.partition(decimal)
    for between in (group_sign, " ", "\u00a0", "\u202f", "\t", "'", "’"):
        if between not in whole:
            continue
        groups = whole.split(between)
        if not are_thousands(groups):
            return ""
        whole = "".join(groups)
    if not (whole + fraction).isdecimal():
        return ""
    return f"{whole}.{fraction}" if sign else whole


def plain_text(cell):
    """Full-width digits, those of other scripts and the minus signs of typesetters as on a keyboard; 3×10⁵ as 3e5."""
    import re
    import unicodedata

    is_ascii = cell.isascii()
    is_power = "10" in cell and len(cell) <= 60
    is_power = is_power and (
        "^" in cell or (not is_ascii and any(sign in cell for sign in "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    )
    if is_ascii and not is_power:
        return cell
    text = cell
    if is_power:
        superscripts = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹−–", "+-0123456789--")
        power = (
            r"(?<=\d)\s?[x×✕·⋅*∙]\s?10\s?(?:\^\s?([+−–-]?\d{1,3})(?!\d)|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))"
        )
        text = re.sub(
            power, lambda match: "e" + (match[1] or match[2]).translate(superscripts), text
        )
    for sign, unit in (("㎡", "m²"), ("㎥", "m³"), ("㎢", "km²")):
        text = text.replace(sign, unit)
    # m² would become m2, whose 2 is no digit of the number.
    parts = re.split("([²³])", text)
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    text = "".join(parts)
    for dash in "\u2212–\u2010\u2011":  # typesetters have several minus signs
        text = text.replace(dash, "-")
    text = text.replace("٫", ".").replace("٬", ",")
    others = {letter for letter in text if letter > "9" and letter.isdecimal()}
    for letter in others:
        text = text.replace(letter, str(unicodedata.decimal(letter)))
    return text


def number_of(cell, decimal, units):
    """A cell as a number; NaN for what is none. units: what each multiplies a number by, {"kg": 1000.0}."""
    import re

    is_simple = decimal == "." and not cell.strip("0123456789.+-eE")
    if is_simple:
        try:
            return float(cell)
        except ValueError:
            pass  # "5-" is a number for some programs
    match = re.fullmatch(number_pattern(), plain_text(cell))
    if match is None:
        return float("nan")
    is_open = bool(match["open"] or match["within"])
    if is_open != bool(match["close"]) or (match["open"] and match["within"]):
        return float("nan")
    unit = f"{match['before']} {match['unit'] or ''}".strip()
    digits = plain_digits(match["digits"], decimal)
    if not digits or unit not in units:
        return float("nan")
    number = float(digits + (match["exponent"] or "")) * units[unit]
    signs = (match["sign"], match["inner"], match["behind"])
    is_negative = is_open or "-" in signs
    return -number if is_negative else number


def sum_of_parts(cell, parts):
    """ "1h 42m" -> 102.0, "PT1H42M" too, "26:42:40" -> 96160.0, "4.5/5" -> 4.5; NaN for what is none.

    parts: how much one of each unit counts, {"h": 60.0, "m": 1.0}, in a cell the largest first; or {"/5": 1.0}, what
    stands behind every number, digits and all; or {"a/b": 1.0}, fractions. "" is the unit of a number without one.
    """
    import re

    text = cell.casefold().strip()
    if "a/b" in parts:
        return mixed_number(text)
    ends = [unit for unit in parts if any(letter.isdecimal() for letter in unit)]
    if ends:
        number = text.removesuffix(ends[0]).strip().replace(",", ".")
        has_end = text.endswith(ends[0]) and re.fullmatch(r"-?\d+(\.\d+)?", number)
        return float(number) if has_end else float("nan")
    sign = -1.0 if text.startswith("-") else 1.0
    text = text.lstrip("+-")
    if re.match("p[0-9t]", text):  # PT1H42M, as ISO 8601 writes it
        text = text[1:].replace("t", " ")
    text = re.sub(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)$", r"\1h \2m \3s", text)
    text = re.sub(r"^(\d+):(\d\d(?:\.\d+)?)$", r"\1m \2s", text)
    text = re.sub(r"\b(?:and|und|et|y|e)\s", " ", text)
    token = r"(\d+(?:[.,]\d+)?)\s*([^\d\s.,;:+-]+)?[.,;\s]*"
    tokens = re.findall(token, text)
    if not tokens or re.sub(token, "", text).strip():
        return float("nan")
    total = 0.0
    before = float("inf")
    for place, (digits, unit) in enumerate(tokens):
        size = parts.get(unit, 0.0)
        if not unit and place == len(tokens) - 1 > 0:
            # Of “1h42” the last number counts what comes below an hour.
            size = max([other for other in parts.values() if other < before], default=0.0)
        number = float(digits.replace(",", "."))
        # More than an hour of minutes beside hours is none; 1'234 is one number.
        is_rest = place == 0 or (number * size < before and len(digits.split(".")[0]) <= 2)
        if not 0 < size < before or not is_rest:
            return float("nan")
        total += number * size
        before = size
    return sign * total


def mixed_number(text):
    """ "7 1/8", "7⅛" and "1/8" as numbers, with or without inches behind them; NaN for what is none."""
    import re
    import unicodedata

    signs = {"⁄": "/", "″": "", '"': ""}
    written = ""
    for letter in text:
        is_fraction = "VULGAR FRACTION" in unicodedata.name(letter, "")
        written += " " + unicodedata.normalize("NFKC", letter) if is_fraction else letter
    for sign, plain in signs.items():
        written = written.replace(sign, plain)
    written = re.sub(r"\s*in(?:ch(?:es)?|\.)?$", "", written.strip())
    match = re.fullmatch(
        r"(-?)(\d+(?:\.\d+)?(?![\d/.]))?(?:[\s-]*(\d+)\s*/\s*([1-9]\d*))?", written
    )
    if match is None or not (match[2] or match[3]):
        return float("nan")
    value = float(match[2] or 0) + (float(match[3]) / float(match[4]) if match[3] else 0.0)
    return -value if match[1] else value


def plain_numbers(cells):
    """A column in which every cell is a number as Python writes it: float64 (n,). None for any other column."""
    import re

    letters = "".join(cells)
    if not re.fullmatch(r"[0-9.+\-eE]+", letters):
        return None
    try:
        return np.array(list(map(float, cells)))
    except ValueError:  # a blank cell, or "5-", which is a number for some programs
        return None


def numbers_of(cells, form):
    """A column of cells as numbers, NaN where none stands: float64 (n,).

    form: {"decimal": the sign, "units": what each multiplies by, "missing": cells that say nothing, "missing_numbers"};
    "parts", if cells name several units: see `sum_of_parts`; "zeros", cells that mean 0, such as "$ -".
    """
    parts = form.get("parts")
    is_simple = form["decimal"] == "." and not form["missing"]
    numbers = plain_numbers(cells) if is_simple else None
    if numbers is not None:
        return np.where(np.abs(numbers) < 1e30, numbers, np.nan)
    values = {}
    for cell in dict.fromkeys(cells):
        value = number_of(cell, form["decimal"], form["units"])
        if parts:
            value = sum_of_parts(cell, parts)
        if cell in form.get("zeros", ()):
            value = 0.0
        is_missing = cell in form["missing"] or value in form["missing_numbers"]
        is_usual = abs(value) < 1e30  # float32 ends at 3e38, and a square must fit too
        values[cell] = value if is_usual and not is_missing else np.nan
    return np.fromiter(map(values.__getitem__, cells), np.float64, len(cells))


def month_of(name, months):
    """ "January", "Okt.", "июня" -> 1 … 12; 0 for another word. months: how their names begin."""
    plain = name.casefold().rstrip(".")
    for length in range(min(len(plain), 9), 2, -1):
        month = months.get(plain[:length])
        if month:
            return month
    return 0


def year_of_era(parts):
    """令和5年, H30 or 平成元年 as a year of our calendar."""
    before = {
        "明治": 1867,
        "大正": 1911,
        "昭和": 1925,
        "平成": 1988,
        "令和": 2018,
        "H": 1988,
        "R": 2018,
    }
    number = parts["era_year"]
    return before[parts["era"]] + (1 if number == "元" else int(number))


def day_of(parts, form):
    """Days since 1970; None for a day that no calendar has. parts: what the groups of a pattern matched."""
    from datetime import date

    is_era = bool(parts.get("era"))
    year = str(year_of_era(parts)) if is_era else parts["year"]
    month, day = parts.get("month") or ("1" if is_era else "0"), parts.get("day") or "1"
    if parts.get("first"):
        in_order = (parts["first"], parts["second_"], parts["year"])
        order = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
        year, month, day = [in_order[place] for place in order[form["order"]]]
    n_year, n_month, n_day = int(year), int(month), int(day)
    if len(year) > 2:
        n_year -= form.get("years_ahead", 0)  # Thailand counts 543 years more than we do
    else:
        n_year += 2000 if n_year <= form["pivot"] else 1900
    if parts.get("name"):
        n_month = month_of(parts["name"], form["months"])
    if parts.get("quarter"):
        n_month = 3 * int(parts["quarter"]) - 2
    try:
        found = date(n_year, n_month or 1, n_day)
        if parts.get("week"):
            weekday = int(parts.get("weekday") or 1)
            monday = date.fromisocalendar(n_year, int(parts["week"]), weekday)
            found = max(found, monday)  # the first week may begin in December
        elif parts.get("day_of_year"):
            found = date.fromordinal(date(n_year, 1, 1).toordinal() + int(parts["day_of_year"]) - 1)
        elif not n_month:
            return None
    except ValueError:
        return None
    is_year = 1500 <= n_year <= 2200  # outside of these, digits were taken for a date
    return found.toordinal() - 719_163 if is_year else None


def second_of(parts):
    """Seconds of the day; None for a time that no day has. 24:00 is the end of the day."""
    if not parts.get("hour"):
        return 0.0
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "").casefold()
    before = parts.get("half_before")
    if before:
        half = "a" if before in ("上午", "午前", "오전") else "p"
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half in ("p", "nach") else 0)
    is_midnight = hour == 24 and minute == second == 0
    if minute > 59 or second > 60 or (hour > 23 and not is_midnight):
        return None
    fraction = (parts.get("fraction") or ".0").replace(",", ".")
    return hour * 3600 + minute * 60 + second + float("0" + fraction)


def zone_of(zone, zones):
    """ "+02:00", "CET", "Z" -> seconds that its clocks are ahead of UTC."""
    plain = zone.removeprefix("UTC").removeprefix("GMT") or "UTC"
    if plain in zones:
        return zones[plain] * 3600
    digits = plain[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
    seconds = int(hours) * 3600 + int(minutes) * 60
    return -seconds if plain[0] == "-" else seconds


def moment_of(cell, form):
    """A date as seconds since 1970; NaN for what is none. form: see `moments_of`."""
    import re

    for pattern in form["patterns"]:
        match = re.fullmatch(pattern, cell)
        if match is None:
            continue
        parts = match.groupdict()
        day = day_of(parts, form)
        second = second_of(parts)
        if day is None or second is None:
            return float("nan")
        is_ahead = form["in_utc"] and parts.get("zone")
        ahead = zone_of(parts["zone"], form["zones"]) if is_ahead else 0
        return day * 86_400 + second - ahead
    return float("nan")


def moments_of(cells, form):
    """A column of dates as seconds since 1970, NaN where none stands: float64 (n,).

    form: {"patterns": how they are written, "order": "day first", "pivot": the last short year of this century,
    "months": how their names begin, "years_ahead": of those of our calendar, 0 if it is not there,
    "zones": hours ahead of UTC, "in_utc": false for the file's own clock}; or
    {"epoch": units a second, 1/86400 for days of a spreadsheet, "numbers": a form for `numbers_of`}.
    """
    if "epoch" in form:
        numbers = numbers_of(cells, form["numbers"])
        if form["epoch"] < 1:  # days of a spreadsheet, of which the 25,569th was the first of 1970
            return np.round((numbers - 25_569) * 86_400)
        return numbers / form["epoch"]
    moments = {cell: moment_of(cell, form) for cell in dict.fromkeys(cells)}
    return np.fromiter(map(moments.__getitem__, cells), np.float64, len(cells))


NUMBER_FUNCTIONS = (
    plain_text,
    number_pattern,
    are_thousands,
    plain_digits,
    number_of,
    mixed_number,
    sum_of_parts,
    plain_numbers,
    numbers_of,
)
MOMENT_FUNCTIONS = (month_of, year_of_era, day_of, second_of, zone_of, moment_of, moments_of)
