"""Which cells are numbers, which say that a value is missing, and which decimal sign a table uses.

The exported script carries `is_missing` and `as_number`.
"""

from collections.abc import Sequence

JUDGED_ROWS = 500  # that tell the decimal sign


def is_missing(text):
    """Whether a cell says that its value is not known."""
    words = ("", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "?", "-", "--", ".")
    signs = r"\n <na> nat n.a. #na .. ... <null> (null) #value! #div/0! 缺失"
    return text.lower() in (*words, *signs.split())


def as_number(text, decimal):
    """A cell as a number: "1,234.5", "$12", "3 %", "1e-3"; NaN for what is none. `decimal` is "." or ","."""
    import re

    number = text.strip("$€£¥% \u00a0")
    number = number.replace("\u2212", "-")  # the minus sign of typesetters
    if len(number) > 40:
        return float("nan")
    group = "." if decimal == "," else ","
    thousands = rf"[+-]?\d{{1,3}}([{group}]\d{{3}})+([{decimal}]\d*)?"
    if re.fullmatch(thousands, number):
        number = number.replace(group, "")
    number = number.replace(decimal, ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", number):
        return float("nan")
    value = float(number)
    # float32, in which networks count, ends at 3e38, and a square must fit too.
    return value if abs(value) < 1e30 else float("nan")


def is_number(text: str, decimal: str) -> bool:
    """Whether `as_number` finds one."""
    value = as_number(text, decimal)
    return bool(value == value)  # NaN alone differs from itself


def decimal_of(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """A comma where more cells look like 3,14 than like 3.14."""
    if delimiter == ",":
        return "."
    n_points = n_commas = 0
    for row in rows[:JUDGED_ROWS]:
        for cell in row:
            n_points += _has_one(".", cell)
            n_commas += _has_one(",", cell)
    return "," if n_commas > n_points else "."


def _has_one(sign: str, cell: str) -> bool:
    """Whether the cell is digits with this sign once among them."""
    digits = cell.lstrip("+-").replace(sign, "")
    return cell.count(sign) == 1 and digits.isdecimal()
