"""A CSV file of any make -> cells -> numbers. The exported script carries the first five functions."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from ...faults import ExperimentError
from . import uploads

MAX_CELLS, MAX_COLUMNS, MAX_FEATURES, MAX_CLASSES = 4_000_000, 1_000, 2_000, 100
MAX_VALUES = 25_000_000  # rows × features
NAME_LENGTH, CLASS_LENGTH = 80, 60
MANY_VALUES, FEW_VALUES = (
    15,
    5,
)  # a target of more different numbers is a quantity; of more than 5, if some are broken
MOSTLY = 0.95  # share of a column that must be numbers
DELIMITERS = ",;\t|"
Kind = Literal["number", "category", "leave_out"]


def is_missing(text):
    """Whether a cell says that its value is not known."""
    return text.lower() in (
        "",
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "?",
        "-",
        "--",
        ".",
    )


def as_number(text, decimal):
    """A cell as a number: "1,234.5", "$12", "3 %", "1e-3"; NaN for what is none. `decimal` is "." or ","."""
    import re

    text = text.strip("$€£¥% \u00a0").replace("\u2212", "-")
    group = "." if decimal == "," else ","
    if len(text) > 40:
        return float("nan")
    if re.fullmatch(rf"[+-]?\d{{1,3}}([{group}]\d{{3}})+([{decimal}]\d*)?", text):
        text = text.replace(group, "")
    text = text.replace(decimal, ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", text):
        return float("nan")
    value = float(text)
    return value if abs(value) < 1e30 else float("nan")


def table_cells(data, encoding, delimiter):
    """The bytes of a CSV file -> its rows of cells, without blank rows and the blanks around a cell."""
    import csv
    import io

    rows = csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter)
    return [cells for cells in ([cell.strip() for cell in row] for row in rows) if any(cells)]


def table_arrays(rows, decimal, columns, target, classes):
    """Rows of cells -> x float32 (N, F), NaN for a missing number; y int64 (N,) or, without classes, float32 (N, 1).

    columns: (place, what, categories): "number"; "number, missing", which adds a 1 where it is missing; "category", a
    column of 0 and 1 for each; "category, other", with one more for all others. Rows without a target are left out.
    """
    goals = [as_number(row[target], decimal) if classes is None else row[target] for row in rows]
    numbers = {name: i for i, name in enumerate(classes or ())}
    known = [goal == goal if classes is None else goal in numbers for goal in goals]
    rows = [row for row, kept in zip(rows, known, strict=True) if kept]
    parts: list[np.ndarray] = []
    for place, what, categories in columns:
        cells = [row[place] for row in rows]
        if what.startswith("number"):
            values = np.array([as_number(cell, decimal) for cell in cells], dtype=np.float32)[
                :, None
            ]
            parts += [values, np.isnan(values)] if what.endswith("missing") else [values]
        else:
            places = {category: i for i, category in enumerate(categories)}
            found = ["" if is_missing(cell) else cell for cell in cells]
            chosen = [places.get(each, len(categories)) for each in found]
            one_hot = np.eye(len(categories) + 1, dtype=np.float32)[chosen]
            parts.append(one_hot if what.endswith("other") else one_hot[:, :-1])
    x = np.ascontiguousarray(np.concatenate(parts, axis=1).astype(np.float32))
    goals = [goal for goal, kept in zip(goals, known, strict=True) if kept]
    if classes is None:
        return x, np.array(goals, dtype=np.float32)[:, None]
    return x, np.array([numbers[goal] for goal in goals], dtype=np.int64)


def load_table(path, encoding, delimiter, first_row, decimal, columns, target, classes=None):
    """A CSV file -> x, y, as `table_arrays` says; the rows before `first_row` hold the names."""
    with open(path, "rb") as file:
        rows = table_cells(file.read(), encoding, delimiter)[first_row:]
    return table_arrays(rows, decimal, columns, target, classes)


@dataclass(frozen=True)
class Table:
    """A CSV file as it was read: names of the columns, rows of text, and how it was written."""

    names: tuple[str, ...]
    rows: list[list[str]]
    encoding: str
    delimiter: str
    first_row: int
    decimal: str


@dataclass(frozen=True)
class Column:
    """What is known of a column. `why` says why it would be left out: a key of the page's words."""

    name: str
    kind: Kind
    why: str
    missing: int
    distinct: int
    numbers: int


@dataclass(frozen=True)
class Plan:
    """How the cells become numbers: what `table_arrays` takes, the names of the features, how many rows of what.

    kept: places of the rows that are samples, those with a target.
    """

    columns: tuple[tuple[int, str, tuple[str, ...]], ...]
    features: tuple[str, ...]
    target: int
    classes: tuple[str, ...] | None
    sizes: tuple[int, ...]  # rows of every class; of a quantity: of all
    kept: Sequence[int]


@lru_cache(maxsize=4)
def read_table(file: str, first_row: str = "auto") -> Table:
    """An uploaded table, read once. Raises: ExperimentError for what is no table."""
    return table_of(uploads.get(file), first_row)


def table_of(data: bytes, first_row: str = "auto") -> Table:
    """Any bytes as a table: encoding, delimiter, names and decimal sign found out. Raises: ExperimentError."""
    encoding = encoding_of(data)
    delimiter = delimiter_of(data.decode(encoding))
    try:
        rows = table_cells(data, encoding, delimiter)
    except csv.Error:
        raise _fault("table_quotes") from None
    if not rows:
        raise _fault("upload_empty")
    width = len(rows[0])
    if width < 2:
        raise _fault("table_one_column")
    if width > MAX_COLUMNS or width * len(rows) > MAX_CELLS:
        raise _fault(
            "table_too_large",
            rows=len(rows),
            columns=width,
            limit=f"{MAX_CELLS:,}",
            wide=f"{MAX_COLUMNS:,}",
        )
    _check_width(rows, width)
    kept: dict[str, str] = {}  # equal cells share one text
    rows = [[kept.setdefault(cell, cell) for cell in row] for row in rows]
    decimal = decimal_of(rows, delimiter)
    has_names = _has_names(rows, decimal) if first_row == "auto" else first_row == "names"
    names = unique_names(rows[0] if has_names else [""] * width)
    if len(rows) - has_names < 4:
        raise _fault("table_too_short", given=len(rows) - has_names)
    return Table(names, rows[has_names:], encoding, delimiter, int(has_names), decimal)


def _fault(code: str, place: str = "data.file", **values: Any) -> ExperimentError:
    return ExperimentError.at(place, code, **values)


def _check_width(rows: list[list[str]], width: int) -> None:
    """Every row as wide as the first; empty cells behind the last are forgiven. Raises: ExperimentError."""
    wrong: list[int] = []
    for i, row in enumerate(rows):
        while len(row) > width and not row[-1]:
            row.pop()
        if len(row) != width:
            wrong.append(i)
    if wrong:
        i = wrong[0]
        raise _fault(
            "table_ragged",
            row=i + 1,
            given=len(rows[i]),
            wanted=width,
            count=len(wrong),
            rows=len(rows),
        )


def encoding_of(data: bytes) -> str:
    """utf-16 (by its mark), utf-8, GB18030 or cp1252: the first that fits. Raises: ExperimentError for none."""
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise _fault("table_workbook")
    tried = (
        ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030", "cp1252"]
    )
    for encoding in tried:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if encoding == "gb18030" and not _comes_in_pairs(data):
            continue
        if sum(not (c.isprintable() or c.isspace()) for c in text[:100_000]) * 100 > min(
            len(text), 100_000
        ):
            break
        if "\x00" not in text:
            return encoding
    raise _fault("table_binary")


def _comes_in_pairs(data: bytes) -> bool:
    """Whether bytes above 127 stand in even runs, as Chinese has them and accented letters do not."""
    high = np.frombuffer(data, np.uint8) > 127
    edges = np.flatnonzero(np.diff(np.concatenate([[False], high, [False]]).astype(np.int8)))
    runs = edges[1::2] - edges[::2]
    return bool((runs % 2 == 0).mean() > 0.8) if len(runs) else False


def delimiter_of(text: str) -> str:
    """The sign that cuts the first lines into the same number of cells as the very first, and into the most."""
    head = text[:50_000].splitlines()[:60]
    best, delimiter = (False, 0.0, 0), ","
    for each in DELIMITERS:
        try:
            lines = [len(row) for row in csv.reader(head, delimiter=each) if row]
        except csv.Error:
            continue
        widths = Counter(lines)
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        score = (lines[:1] == [width], round(times / max(1, len(lines)), 1), width)
        if width > 1 and score > best:
            best, delimiter = score, each
    return delimiter


def decimal_of(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """A comma where more cells look like 3,14 than like 3.14."""
    if delimiter == ",":
        return "."
    cells = [cell.lstrip("+-") for row in rows[:500] for cell in row]
    points, commas = (
        sum(cell.count(sign) == 1 and cell.replace(sign, "").isdecimal() for cell in cells)
        for sign in ".,"
    )
    return "," if commas > points else "."


def _has_names(rows: Sequence[Sequence[str]], decimal: str) -> bool:
    """Whether the first row is names: no number in it, unless no column below holds numbers either."""
    first = rows[0]
    return (
        not any(as_number(cell, decimal) == as_number(cell, decimal) for cell in first)
        and sum(map(bool, first)) > 0
    )


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns as a screen can show them: nothing unprintable, none empty, none twice."""
    found: list[str] = []
    taken: set[str] = set()
    for i, name in enumerate(names):
        plain = (
            "".join(c if c.isprintable() else " " for c in name).strip()[:NAME_LENGTH]
            or f"column {i + 1}"
        )
        unique, n = plain, 2
        while unique in taken:
            unique, n = f"{plain} ({n})", n + 1
        found.append(unique)
        taken.add(unique)
    return tuple(found)


@lru_cache(maxsize=4)
def columns_of(file: str, first_row: str = "auto") -> tuple[Column, ...]:
    """What every column of an uploaded table seems to hold."""
    return look_at(read_table(file, first_row))


def look_at(table: Table) -> tuple[Column, ...]:
    """What every column seems to hold."""
    return tuple(
        _column(name, [row[i] for row in table.rows], table.decimal)
        for i, name in enumerate(table.names)
    )


def _column(name: str, cells: Sequence[str], decimal: str) -> Column:
    counts = Counter(cells)
    known = {cell: n for cell, n in counts.items() if not is_missing(cell)}
    n_known = sum(known.values())
    values = {cell: as_number(cell, decimal) for cell in known}
    numbers = sum(n for cell, n in known.items() if values[cell] == values[cell])
    kind: Kind = "category"
    why = ""
    if not known:
        kind, why = "leave_out", "all_missing"
    elif len(known) == 1 and n_known == len(cells):
        kind, why = "leave_out", "one_value"
    elif numbers >= MOSTLY * n_known:
        kind = "number"
        if numbers == len(cells) and _counts_rows([values[cell] for cell in cells]):
            kind, why = "leave_out", "row_number"
    elif len(known) > max(50, 0.5 * n_known) or len(known) == n_known > 4:
        kind, why = "leave_out", "all_different"
    return Column(name, kind, why, len(cells) - n_known, len(known), numbers)


def _counts_rows(values: Sequence[float]) -> bool:
    """0, 1, 2 … or 1, 2, 3 …"""
    return values[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(values))


def plan_of(
    table: Table,
    looks: Sequence[Column],
    target: str = "",
    predict: str = "auto",
    kinds: Mapping[str, str] | None = None,
    most_categories: int = 20,
) -> Plan:
    """What becomes of each column. Raises: ExperimentError where nothing can be learnt from the table that way."""
    kinds = kinds or {}
    strange = next((name for name in kinds if name not in table.names), None)
    if strange is not None:
        raise _fault(
            "table_no_column",
            "data.columns",
            given=strange[:NAME_LENGTH],
            known=_listed(table.names),
        )
    aim = target_of(table, looks, target)
    classes, sizes = _goal(table, looks[aim], aim, predict)
    columns: list[tuple[int, str, tuple[str, ...]]] = []
    features: list[str] = []
    for i, look in enumerate(looks):
        kind = kinds.get(look.name, look.kind)
        if i == aim or kind == "leave_out":
            continue
        if kind == "number":
            lacks = look.numbers < len(table.rows)
            columns.append((i, "number, missing" if lacks else "number", ()))
            features += [look.name] + ([f"{look.name}: missing"] if lacks else [])
        else:
            counts = Counter("" if is_missing(row[i]) else row[i] for row in table.rows)
            often = sorted(counts, key=lambda cell: (-counts[cell], cell))
            kept = tuple(often if len(often) <= most_categories else often[: most_categories - 1])
            columns.append((i, "category" if len(kept) == len(often) else "category, other", kept))
            features += [f"{look.name} = {cell[:CLASS_LENGTH] or '–'}" for cell in kept]
            features += [f"{look.name} = …"] if len(kept) < len(often) else []
    if not columns:
        raise _fault("table_no_features", "data.columns", target=table.names[aim])
    most = min(MAX_FEATURES, MAX_VALUES // len(table.rows))
    if len(features) > most:
        raise _fault("table_too_wide", "data.columns", given=len(features), limit=most)
    return Plan(tuple(columns), tuple(features), aim, classes, sizes, _kept(table, aim, classes))


def _has_fractions(table: Table, aim: int, distinct: int) -> bool:
    values = [as_number(cell, table.decimal) for cell in {row[aim] for row in table.rows}]
    return distinct > FEW_VALUES and any(value % 1 > 0 for value in values)


def _kept(table: Table, aim: int, classes: tuple[str, ...] | None) -> tuple[int, ...]:
    goals = [row[aim] for row in table.rows]
    good = (
        set(classes)
        if classes is not None
        else {
            goal
            for goal in set(goals)
            if as_number(goal, table.decimal) == as_number(goal, table.decimal)
        }
    )
    return tuple(i for i, goal in enumerate(goals) if goal in good)


def target_of(table: Table, looks: Sequence[Column], target: str) -> int:
    """Place of the column to predict; blank: the last one that can be. Raises: ExperimentError."""
    if target:
        if target not in table.names:
            raise _fault("table_no_column", "data.target", given=target, known=_listed(table.names))
        return table.names.index(target)
    fitting = [
        i
        for i, look in enumerate(looks)
        if look.kind == "number" or (look.kind == "category" and look.distinct <= MAX_CLASSES)
    ]
    if not fitting:
        raise _fault("table_no_target", "data.target")
    return fitting[-1]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name[:30] for name in names[:12]) + (" …" if len(names) > 12 else "")


def _goal(
    table: Table, look: Column, aim: int, predict: str
) -> tuple[tuple[str, ...] | None, tuple[int, ...]]:
    """Classes and how many rows each has; None and the rows that have a number. Raises: ExperimentError."""
    name = look.name
    if not look.distinct:
        raise _fault("table_target_missing", "data.target", target=name)
    if predict == "auto":
        known = len(table.rows) - look.missing
        is_quantity = look.numbers >= MOSTLY * known and (
            look.distinct > MANY_VALUES
            or 2 * look.distinct > known
            or _has_fractions(table, aim, look.distinct)
        )
        predict = "number" if is_quantity else "class"
    if predict == "number":
        if look.numbers < 4:
            raise _fault("table_target_text", "data.predict", target=name)
        if look.distinct < 2:
            raise _fault("table_one_class", "data.target", target=name)
        return None, (look.numbers,)
    counts = Counter(row[aim] for row in table.rows if not is_missing(row[aim]))
    kept = [cell for cell, n in counts.items() if n >= 2]  # both parts need one of each
    if len(kept) > MAX_CLASSES or (not kept and len(counts) > 1):
        raise _fault(
            "table_many_classes", "data.target", target=name, given=len(counts), limit=MAX_CLASSES
        )
    if len(kept) < 2:
        raise _fault("table_one_class", "data.target", target=name)
    numbers = {cell: as_number(cell, table.decimal) for cell in kept}
    if all(value == value for value in numbers.values()):
        kept.sort(key=lambda cell: (numbers[cell], cell))
    else:
        kept.sort()
    return tuple(kept), tuple(counts[cell] for cell in kept)


@uploads.kind("csv", "table.csv")
def csv_facts(data: bytes) -> dict[str, Any]:
    """How the table is written, and its columns. Raises: ExperimentError for what is no table."""
    table = table_of(data)
    return {
        "rows": len(table.rows),
        "columns": table.names,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
    }
