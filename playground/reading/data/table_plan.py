"""How the cells of a table become numbers: which column is predicted, and what becomes of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np

from ..layout import NAME_LENGTH
from ..refusals import refused
from .choices import EVERY, Choices
from .columns import Column, kinds_of
from .dates import DateColumn, iso_text
from .moments import DAY_S
from .numbers import number_cells
from .recipes import date_recipe, number_recipe
from .sheet import Sheet

MAX_FEATURES = 2_000
MAX_CLASSES = 100
MAX_VALUES = 25_000_000  # rows × features
CLASS_LENGTH = 60
# A target of more than 15 different numbers is a quantity; of more than 5, if some of them are fractions.
MANY_VALUES = 15
FEW_VALUES = 5
LEAST_NUMBERS = 4  # rows of a quantity
LEAST_OF_A_CLASS = 2  # the training and the validation part need one each
USED = ("number", "category", "flag", "date")
USUAL_MISSING = ("NA", "N/A", "n/a", "NaN", "nan", "null", "?")
COARSE = ("month", "quarter", "year")  # dates that have no day of the week

Literals = dict[str, Any]  # plain values, as they stand in the script


@dataclass(frozen=True)
class Wish:
    """What else is chosen: whether the target is a number, how many categories of a column are kept apart."""

    predict: Literal["auto", "number", "class"] = "auto"
    most_categories: int = 20


@dataclass(frozen=True)
class Plan:
    """How a table becomes numbers.

    recipe: `layout`, `columns` and `target`, as the loader takes them. sizes: rows of every class, or of a quantity.
    """

    recipe: Literals
    features: tuple[str, ...]
    sizes: tuple[int, ...]

    @property
    def classes(self) -> tuple[str, ...] | None:
        """Names of the classes in order; None where a number is predicted."""
        target = self.recipe["target"]
        return None if target["kind"] == "number" else tuple(target["classes"])

    @property
    def target(self) -> str:
        """The name of the column that is predicted."""
        name: str = self.recipe["target"]["name"]
        return name

    def to_json(self) -> Literals:
        """For the journey between two processes."""
        return {"recipe": self.recipe, "features": self.features, "sizes": self.sizes}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The plan again."""
        return cls(value["recipe"], tuple(value["features"]), tuple(value["sizes"]))


def plan_of(sheet: Sheet, choices: Choices, wish: Wish, target: Column, layout: Literals) -> Plan:
    """What becomes of each column. In: the sheet as a table was understood in it, and the column to predict.

    Raises: ExperimentError where nothing can be learned from the table that way.
    """
    goal, sizes = _goal(target, choices, wish.predict)
    columns: list[Literals] = []
    features: list[str] = []
    for column in sheet.columns:
        if column is target or column.type not in USED:
            continue
        literals, names = _column_plan(column, choices, wish.most_categories)
        columns.append({**literals, **_sign_plan(sheet, column)})
        features += names
    if not columns:
        raise refused("table_no_features", "data.columns", target=target.name)
    _check_width(len(features), sheet.n_rows)
    recipe = {"layout": layout, "columns": columns, "target": goal}
    return Plan(recipe, tuple(features), tuple(sizes))


def check_names(sheet: Sheet, choices: Choices) -> None:
    """Raises: ExperimentError for the use of a column that is not there."""
    for name in choices.columns:
        if name != EVERY and sheet.named(name) is None:
            shown = name[:NAME_LENGTH]
            raise refused("table_no_column", "data.columns", given=shown, known=listed(sheet))


def listed(sheet: Sheet) -> str:
    """The first names of columns, for a sentence."""
    first = ", ".join(column.name[:30] for column in sheet.columns[:12])
    return first + (" …" if len(sheet.columns) > 12 else "")


def is_used_as_number(column: Column) -> bool:
    """Whether its cells are learned from as one number each; flags such as 0 and 1 are, yes and no are not."""
    return column.type in ("number", "flag") and column.numbers is not None


def _check_width(n_features: int, n_rows: int) -> None:
    """Raises: ExperimentError for more features than so many rows may have."""
    limit = min(MAX_FEATURES, MAX_VALUES // n_rows)
    if n_features > limit:
        raise refused("table_too_wide", "data.columns", given=n_features, limit=limit)


def _column_plan(
    column: Column, choices: Choices, most_categories: int
) -> tuple[Literals, list[str]]:
    """What the loader needs of a column, and the names of its features."""
    about: Literals = {"place": column.place, "name": column.name}
    if column.type == "date":
        assert column.dates is not None
        return _date_plan(column, column.dates, choices, about)
    if is_used_as_number(column):
        return _number_plan(column, choices, about)
    return _category_plan(column, choices, most_categories, about)


def _sign_plan(sheet: Sheet, column: Column) -> Literals:
    """Of amounts whose sign stands in another column: its name, and what it says where something was paid out."""
    for place, beside in sheet.grid.signed:
        if place == column.place and is_used_as_number(column):
            return {"beside": [sheet.columns[beside.place].name, sorted(beside.out)]}
    return {}


def _with_gaps(names: list[str], column: Column, tells_missing: bool) -> list[str]:
    return [*names, f"{column.name}: missing"] if tells_missing else names


def _number_plan(column: Column, choices: Choices, about: Literals) -> tuple[Literals, list[str]]:
    """One feature, and a second where cells are missing."""
    tells_missing = column.n_missing + column.n_odd > 0
    form = number_recipe(column, choices)
    literals = {**about, "kind": "number", "form": form, "tells_missing": tells_missing}
    return literals, _with_gaps([column.name], column, tells_missing)


def _date_plan(
    column: Column, dates: DateColumn, choices: Choices, about: Literals
) -> tuple[Literals, list[str]]:
    """A date as year, month, weekday, hour and days since the first: what its cells say of these."""
    parts = ["year", "month"]
    if dates.precision not in COARSE:
        parts.append("weekday")
    if dates.precision == "time":
        parts.append("hour")
    parts.append("days")
    first = _first_day(dates)
    names = [f"{column.name}: {part}" for part in parts[:-1]]
    names.append(f"{column.name}: days since {first}")
    tells_missing = bool(np.isnan(dates.seconds).any())
    literals = {
        **about,
        "kind": "date",
        "form": date_recipe(column, choices),
        "parts": parts,
        "first": first,
        "tells_missing": tells_missing,
    }
    return literals, _with_gaps(names, column, tells_missing)


def _first_day(dates: DateColumn) -> str:
    earliest = float(np.nanmin(dates.seconds))
    return iso_text(earliest // DAY_S * DAY_S, "day")


def _category_plan(
    column: Column, choices: Choices, most_categories: int, about: Literals
) -> tuple[Literals, list[str]]:
    """One feature a category, the most frequent first; the rarest share one."""
    counts = kinds_of(column)
    if column.n_missing:
        counts[""] = column.n_missing
    categories = sorted(counts, key=lambda kind: (-counts[kind], kind))
    has_other = len(categories) > most_categories
    if has_other:
        # One place less: the last feature stands for all others.
        categories = categories[: most_categories - 1]

    features: list[str] = []
    for category in categories:
        shown = category[:CLASS_LENGTH] or "–"
        features.append(f"{column.name} = {shown}")
    if has_other:
        features.append(f"{column.name} = …")
    literals = {
        **about,
        "kind": "category",
        "categories": categories,
        "other": has_other,
        **_spelling(column, choices),
    }
    return literals, features


def _spelling(column: Column, choices: Choices) -> Literals:
    """Which cells of a column of kinds say nothing, and whether capitals and blanks matter."""
    further = choices.words("missing", column.name)
    kinds = {kind.casefold() for kind in column.counts}
    # A later file may say it in another word than this one.
    usual = [word for word in USUAL_MISSING if word.casefold() not in kinds]
    missing = dict.fromkeys(["", *column.missing_words, *further, *usual])
    is_merged = choices.classes == "merge" and column.numbers is None
    literals: Literals = {"missing": list(missing), "merged": is_merged}
    spellings: dict[str, str] = {}
    for spelling, kind in column.merged.items():
        # Capitals and blanks are seen to by the loader.
        if is_merged and _without_capitals(spelling) != _without_capitals(kind):
            spellings[spelling] = kind
    if spellings:
        literals["spellings"] = spellings
    return literals


def _without_capitals(cell: str) -> str:
    return " ".join(cell.casefold().split())


def _goal(column: Column, choices: Choices, predict: str) -> tuple[Literals, Sequence[int]]:
    """The target for the loader, and the rows of every class, or of a quantity. Raises: ExperimentError."""
    if not column.counts:
        raise refused("table_target_missing", "data.target", target=column.name)
    if predict == "auto":
        predict = "number" if _is_quantity(column) else "class"
    about: Literals = {"place": column.place, "name": column.name}
    if predict == "number":
        n_numbers = _number_goal(column)
        form = number_recipe(column, choices)
        return {**about, "kind": "number", "form": form}, [n_numbers]
    sizes = _class_goal(column)
    spelling = _spelling(column, choices)
    return {**about, "kind": "class", "classes": list(sizes), **spelling}, list(sizes.values())


def _is_quantity(column: Column) -> bool:
    """Whether a target whose use nobody chose is a number rather than a class."""
    numbers = column.numbers
    if numbers is None or column.dates is not None:
        return False
    n_distinct = len(numbers.values)
    # Numbers that hardly repeat are measured, not classes.
    hardly_repeats = 2 * n_distinct > column.n_present
    if n_distinct > MANY_VALUES or hardly_repeats:
        return True
    has_fractions = any(value % 1 > 0 for value in numbers.values.values())
    return n_distinct > FEW_VALUES and has_fractions


def _number_goal(column: Column) -> int:
    """How many rows have a number. Raises: ExperimentError where these are too few."""
    n_numbers = column.n_present - column.n_odd
    if column.numbers is None or n_numbers < LEAST_NUMBERS:
        raise refused("table_target_text", "data.predict", target=column.name)
    if len(column.numbers.values) < 2:
        raise refused("table_one_class", "data.target", target=column.name)
    return n_numbers


def _class_goal(column: Column) -> dict[str, int]:
    """Classes and how many rows each has. Raises: ExperimentError where there are too few or too many."""
    odd = column.numbers.odd if column.numbers is not None else {}
    counts = {name: n for name, n in kinds_of(column).items() if name not in odd}
    classes = [name for name, n in counts.items() if n >= LEAST_OF_A_CLASS]
    # Every row a value of its own: a name or a number of the row rather than a class.
    never_repeats = not classes and len(counts) > 1
    if len(classes) > MAX_CLASSES or never_repeats:
        values = {"given": len(counts), "limit": MAX_CLASSES}
        raise refused("table_many_classes", "data.target", target=column.name, **values)
    if len(classes) < 2:
        raise refused("table_one_class", "data.target", target=column.name)
    return {name: counts[name] for name in _sorted_classes(classes)}


def _sorted_classes(classes: Sequence[str]) -> list[str]:
    """By value where all are numbers, so that 10 comes after 9; else by the alphabet."""
    numbers = number_cells(dict.fromkeys(classes, 1))
    if numbers is None or numbers.odd:
        return sorted(classes)
    return sorted(classes, key=lambda name: (numbers.values[name], name))
