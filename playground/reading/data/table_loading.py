"""Cells of a table -> arrays, as its recipe says. The exported script carries these functions."""

import numpy as np

from .loading import moments_of, numbers_of


def with_gaps(values, is_missing, tells_missing):
    """Features with one more behind them that is 1 where the cell says nothing, if `tells_missing`: float32 (N, …)."""
    features = values.astype(np.float32)
    if not tells_missing:
        return features
    return np.concatenate([features, is_missing[:, None]], axis=1, dtype=np.float32)


def number_features(cells, column):
    """A column of numbers, NaN where none stands. In: cells, or float64 (N,). Out: float32 (N, 1 or 2)."""
    values = cells
    if not isinstance(cells, np.ndarray):
        values = numbers_of(cells, column["form"])
    return with_gaps(values[:, None], np.isnan(values), column["tells_missing"])


def date_features(cells, column):
    """Dates as numbers, NaN where none stands: the parts that the column names. Out: float32 (N, parts).

    In: cells, or seconds since 1970, float64 (N,).

    year; month: 1 … 12; weekday: 0 is Monday; hour: 13.5 is half past one; days: since the first date of the file.
    """
    seconds = cells
    if not isinstance(cells, np.ndarray):
        seconds = moments_of(cells, column["form"])
    is_missing = np.isnan(seconds)
    seconds = np.where(is_missing, 0.0, seconds)
    days = np.floor(seconds / 86_400).astype(np.int64)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first_day = np.datetime64(column["first"], "D").astype(np.int64)
    parts = {
        "year": 1970 + months // 12,
        "month": months % 12 + 1,
        "weekday": (days + 3) % 7,  # the first day of 1970 was a Thursday
        "hour": seconds % 86_400 / 3600,
        "days": days - first_day,
    }
    values = np.stack([parts[name] for name in column["parts"]], axis=1).astype(np.float32)
    values[is_missing] = np.nan
    return with_gaps(values, is_missing, column["tells_missing"])


def kind_names(cells, column):
    """Each cell as the category that it counts as: "" where it says nothing; capitals and blanks may not matter.

    `spellings`, where there are any: {"yes.": "yes"}, what else counts as the same.
    """
    missing = set(column["missing"])
    spellings = column.get("spellings", {})
    name_of = {}
    for cell in set(cells):
        name = "" if cell in missing else spellings.get(cell, cell)
        name_of[cell] = " ".join(name.casefold().split()) if column["merged"] else name
    return [name_of[cell] for cell in cells]


def category_features(cells, column):
    """For each category a column that is 1 where the cell says so, else 0: float32 (N, categories).

    `other`: one more column for all other cells. The category "" stands for missing ones.
    """
    categories = kind_names(column["categories"], {**column, "missing": []})
    place_of = {category: i for i, category in enumerate(categories)}
    other = len(categories)
    places = [place_of.get(name, other) for name in kind_names(cells, column)]
    # Row i of the unit matrix is the code of category i.
    unit_matrix = np.eye(other + 1, dtype=np.float32)
    one_hot = unit_matrix[places]
    return one_hot if column["other"] else one_hot[:, :other]


def target_values(cells, target):
    """What stands in the target as numbers or, with classes, as class numbers: float64 (N,), NaN for neither."""
    if target["kind"] == "number":
        return numbers_of(cells, target["form"])
    classes = kind_names(target["classes"], {**target, "missing": []})
    number_of = {name: i for i, name in enumerate(classes)}
    values = [number_of.get(name, np.nan) for name in kind_names(cells, target)]
    return np.array(values, dtype=np.float64)


def one_cell(value, column):
    """What a row says in one column, as a column of one row: its cell, or a number as it is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and column["kind"] == "number":
        return np.array([float(value)])
    return ["" if value is None else str(value).strip()]


def signed_cell(cells, row, column):
    """The cell of an amount, with a minus where the row says beside it that it was paid out; a number as it is."""
    by, out = column["beside"]
    sign = str(row.get(by) or "").strip().casefold()
    is_out = sign in [word.casefold() for word in out]
    if isinstance(cells, np.ndarray) or not is_out or not cells[0] or cells[0][0] in "-−(":
        return cells
    return [f"-{cells[0]}"]


def row_features(row, columns, features_of):
    """One row as {column: value} -> x float32 (1, F), NaN for a missing number. What is not named is not known.

    features_of: for each kind of column the function that makes numbers of its cells.
    """
    features = []
    for column in columns:
        cells = one_cell(row.get(column["name"]), column)
        if "beside" in column:
            cells = signed_cell(cells, row, column)
        features.append(features_of[column["kind"]](cells, column))
    return np.concatenate(features, axis=1)


def table_arrays(rows, columns, target, features_of):
    """Rows of cells -> x float32 (N, F), NaN for a missing number; y int64 (N,) or, of a number, float32 (N, 1).

    Rows without a target are left out. features_of: see `row_features`.
    """
    target_cells = [row[target["place"]] for row in rows]
    y = target_values(target_cells, target)
    has_target = ~np.isnan(y)
    samples = [rows[i] for i in np.flatnonzero(has_target)]
    y = y[has_target]

    features = []
    for column in columns:
        cells = [row[column["place"]] for row in samples]
        features.append(features_of[column["kind"]](cells, column))
    x = np.ascontiguousarray(np.concatenate(features, axis=1))
    if target["kind"] == "number":
        return x, y.astype(np.float32)[:, None]
    return x, y.astype(np.int64)


# Kind of column -> the function that makes numbers of its cells.
FEATURES_OF = {
    "number": number_features,
    "category": category_features,
    "date": date_features,
}
