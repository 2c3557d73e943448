"""Small real tables that the package scikit-learn holds; it is loaded when one of them is chosen."""

import csv
import io
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from ....reading.data.table_plan import Wish
from ..base import DATASETS
from .reading import Table, TableRows, rows_in, table_in
from .rows import Rows


class SklearnRows(Rows):
    """A table that scikit-learn's package holds."""

    loader: ClassVar[str]
    names: ClassVar[tuple[str, ...]]
    sizes: ClassVar[tuple[int, ...]]
    needs = ("scikit-learn",)

    def class_sizes(self) -> tuple[int, ...]:
        return self.sizes

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_sklearn(self.loader, self.task == "regression")

    def source(self) -> tuple[str, tuple[Any, ...]]:
        is_regression = self.task == "regression"
        line = f"x, y = load_sklearn({self.loader!r}, {is_regression})"
        return line, (load_sklearn,)

    def table(self) -> Table:
        return _sklearn_table(type(self))

    def samples(self) -> TableRows:
        return _sklearn_rows(type(self))


def load_sklearn(name, is_regression):
    """A table of scikit-learn's: x float32 (N, F); y int64 (N,) class numbers or float32 (N, 1)."""
    import sklearn.datasets

    load = getattr(sklearn.datasets, name)
    # This one comes standardised unless it is asked for the measurements themselves.
    options = {"scaled": False} if name == "load_diabetes" else {}
    x, y = load(return_X_y=True, **options)
    if is_regression:
        return x.astype(np.float32), y.astype(np.float32)[:, None]
    return x.astype(np.float32), y.astype(np.int64)


def _as_file(entry: type[SklearnRows]) -> bytes:
    """The table as a person would read it in a file."""
    is_regression = entry.task == "regression"
    x, y = load_sklearn(entry.loader, is_regression)
    text = io.StringIO()
    writer = csv.writer(text)
    aim = entry.targets[0] if is_regression else "class"
    writer.writerow([*entry.names, aim])
    for numbers, goal in zip(x, y, strict=True):
        cells = [str(number) for number in numbers]  # the shortest text that is this float32
        cells.append(str(goal[0]) if is_regression else entry.classes[goal])
        writer.writerow(cells)
    return text.getvalue().encode()


@lru_cache(maxsize=8)
def _sklearn_table(entry: type[SklearnRows]) -> Table:
    """What the page shows of it; the arrays come from the package itself."""
    aim = "class"
    if entry.task == "regression":
        aim = entry.targets[0]
    uses = [f"columns.{name}=number" for name in entry.names]
    lines = ("names=first_row", f"target={aim}", *uses)
    return table_in(_as_file(entry), lines, Wish())


@lru_cache(maxsize=8)
def _sklearn_rows(entry: type[SklearnRows]) -> TableRows:
    recipe = _sklearn_table(entry).plan().recipe
    return rows_in(_as_file(entry), recipe)


@DATASETS.register
class Iris(SklearnRows):
    """150 iris flowers of three species, with four lengths measured for each.

    Out: x (N, 4), y the species. Source: Fisher (1936), as in scikit-learn.
    Licence: not stated with the data; scikit-learn itself is under BSD (three clauses).
    """

    id = "iris"
    label = "Iris flowers"
    loader = "load_iris"
    usual_batch = 16
    names = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
    sizes = (50, 50, 50)
    classes = ("setosa", "versicolor", "virginica")
    input_shape = (4,)


@DATASETS.register
class Wine(SklearnRows):
    """178 wines of three grape varieties from one region of Italy, with thirteen measurements for each.

    Out: x (N, 13), y the cultivar. Source: Forina et al. (UCI), as in scikit-learn.
    Licence: not stated with the data; scikit-learn itself is under BSD (three clauses).
    """

    id = "wine"
    label = "Wine cultivars"
    loader = "load_wine"
    usual_batch = 16
    names = (
        "alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids",
        "nonflavanoid phenols", "proanthocyanins", "colour intensity", "hue", "OD280/OD315", "proline",
    )  # fmt: skip
    sizes = (59, 71, 48)
    classes = ("cultivar 1", "cultivar 2", "cultivar 3")
    input_shape = (13,)


@DATASETS.register
class BreastCancer(SklearnRows):
    """569 breast tumours, malignant or benign, from thirty measurements of cell nuclei under the microscope.

    Out: x (N, 30), y the finding. Source: Wolberg, Street and Mangasarian (UCI), as in scikit-learn.
    Licence: not stated with the data; scikit-learn itself is under BSD (three clauses).
    """

    id = "breast_cancer"
    label = "Breast tumours"
    loader = "load_breast_cancer"
    names = tuple(
        f"{way} {what}"
        for way in ("mean", "error of", "worst")
        for what in (
            "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points",
            "symmetry", "fractal dimension",
        )
    )  # fmt: skip
    sizes = (212, 357)
    classes = ("malignant", "benign")
    input_shape = (30,)


@DATASETS.register
class Diabetes(SklearnRows):
    """442 people with diabetes: predict the progression of the disease after a year from ten measurements.

    Out: x (N, 10), y a score from 25 to 346. Source: Efron et al. (2004), as in scikit-learn.
    Licence: not stated with the data; scikit-learn itself is under BSD (three clauses).
    """

    id = "diabetes"
    label = "Diabetes progression"
    task = "regression"
    loader = "load_diabetes"
    usual_batch = 32
    names = (
        "age", "sex (1 or 2)", "body mass index", "blood pressure", "s1 total cholesterol", "s2 LDL", "s3 HDL",
        "s4 cholesterol / HDL", "s5 log triglycerides", "s6 blood sugar",
    )  # fmt: skip
    sizes = (442,)
    targets = ("progression",)
    input_shape = (10,)
