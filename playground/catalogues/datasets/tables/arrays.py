"""Cells -> numbers. The exported script carries all of these functions."""

import numpy as np

from ....reading.numbers import as_number, is_missing
from ....reading.table import table_cells


def number_columns(cells, decimal, with_missing):
    """A column of numbers, NaN where none stands: float32 (N, 1).

    `with_missing`: (N, 2), the second is 1 where the first is missing.
    """
    numbers = [as_number(cell, decimal) for cell in cells]
    values = np.array(numbers, dtype=np.float32)[:, None]
    if not with_missing:
        return values
    is_nan = np.isnan(values)
    return np.concatenate([values, is_nan], axis=1)


def category_columns(cells, categories, with_other):
    """For each category a column that is 1 where the cell says so, else 0: float32 (N, categories).

    `with_other`: one more column for all other cells. The category "" stands for missing ones.
    """
    place_of = {category: i for i, category in enumerate(categories)}
    other = len(categories)
    places = []
    for cell in cells:
        category = "" if is_missing(cell) else cell
        places.append(place_of.get(category, other))
    # Row i of the unit matrix is the code of category i.
    unit_matrix = np.eye(other + 1, dtype=np.float32)
    one_hot = unit_matrix[places]
    return one_hot if with_other else one_hot[:, :other]


def target_values(cells, decimal, classes):
    """What stands in the target as numbers or, with classes, as class numbers: float64 (N,), NaN for neither."""
    if classes is None:
        values = [as_number(cell, decimal) for cell in cells]
    else:
        number_of = {name: i for i, name in enumerate(classes)}
        values = [number_of.get(cell, np.nan) for cell in cells]
    return np.array(values, dtype=np.float64)


def table_arrays(rows, decimal, columns, target, classes):
    """Rows of cells -> x float32 (N, F), NaN for a missing number; y int64 (N,) or, without classes, float32 (N, 1).

    columns: (place, what, categories): "number"; "number, missing", which adds a 1 where it is missing; "category", a
    column of 0 and 1 for each; "category, other", with one more for all others. Rows without a target are left out.
    """
    target_cells = [row[target] for row in rows]
    y = target_values(target_cells, decimal, classes)
    has_target = ~np.isnan(y)
    samples = [rows[i] for i in np.flatnonzero(has_target)]
    y = y[has_target]

    features = []
    for place, what, categories in columns:
        cells = [row[place] for row in samples]
        if what.startswith("number"):
            with_missing = what.endswith("missing")
            features.append(number_columns(cells, decimal, with_missing))
        else:
            with_other = what.endswith("other")
            features.append(category_columns(cells, categories, with_other))
    x = np.concatenate(features, axis=1).astype(np.float32)
    x = np.ascontiguousarray(x)
    if classes is None:
        return x, y.astype(np.float32)[:, None]
    return x, y.astype(np.int64)


def load_table(path, encoding, delimiter, first_row, decimal, columns, target, classes=None):
    """A CSV file -> x, y, as `table_arrays` says; the rows before `first_row` hold the names."""
    with open(path, "rb") as file:
        data = file.read()
    rows = table_cells(data, encoding, delimiter)
    return table_arrays(rows[first_row:], decimal, columns, target, classes)


# In the order in which they call each other.
SCRIPT_FUNCTIONS = (
    is_missing,
    as_number,
    table_cells,
    number_columns,
    category_columns,
    target_values,
    table_arrays,
    load_table,
)
