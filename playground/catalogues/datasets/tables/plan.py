"""How the cells of a table become numbers: which column is predicted, and what becomes of the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ....reading.layout import NAME_LENGTH
from ....reading.numbers import as_number, is_missing, is_number
from ....reading.refusals import refused
from ....reading.table import Table
from .columns import MOSTLY, Column

MAX_FEATURES = 2_000
MAX_CLASSES = 100
MAX_VALUES = 25_000_000  # rows × features
CLASS_LENGTH = 60
# A target of more than 15 different numbers is a quantity; of more than 5, if some of them are fractions.
MANY_VALUES = 15
FEW_VALUES = 5
LEAST_NUMBERS = 4  # rows of a quantity
LEAST_OF_A_CLASS = 2  # the training and the validation part need one each

ColumnPlan = tuple[int, str, tuple[str, ...]]  # place, what, categories: see arrays.table_arrays


@dataclass(frozen=True)
class Plan:
    """How the cells become numbers: what `table_arrays` takes, the names of the features, how many rows of what.

    kept: places of the rows that are samples, those with a target.
    """

    columns: tuple[ColumnPlan, ...]
    features: tuple[str, ...]
    target: int
    classes: tuple[str, ...] | None
    sizes: tuple[int, ...]  # rows of every class; of a quantity: of all
    kept: Sequence[int]


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
    _check_names(table, kinds)
    aim = target_of(table, looks, target)
    classes, sizes = _goal(table, looks[aim], aim, predict)

    columns: list[ColumnPlan] = []
    features: list[str] = []
    for place, look in enumerate(looks):
        kind = kinds.get(look.name, look.kind)
        if place == aim or kind == "leave_out":
            continue
        if kind == "number":
            column, names = _number_plan(table, place, look)
        else:
            column, names = _category_plan(table, place, look.name, most_categories)
        columns.append(column)
        features += names

    if not columns:
        raise refused("table_no_features", "data.columns", target=table.names[aim])
    _check_width(len(features), len(table.rows))
    return Plan(
        columns=tuple(columns),
        features=tuple(features),
        target=aim,
        classes=classes,
        sizes=sizes,
        kept=_rows_with_target(table, aim, classes),
    )


def _check_width(n_features: int, n_rows: int) -> None:
    """Raises: ExperimentError for more features than so many rows may have."""
    limit = min(MAX_FEATURES, MAX_VALUES // n_rows)
    if n_features > limit:
        raise refused("table_too_wide", "data.columns", given=n_features, limit=limit)


def _check_names(table: Table, kinds: Mapping[str, str]) -> None:
    """Raises: ExperimentError for the kind of a column that is not there."""
    for name in kinds:
        if name not in table.names:
            shown = name[:NAME_LENGTH]
            names = _listed(table.names)
            raise refused("table_no_column", "data.columns", given=shown, known=names)


def _number_plan(table: Table, place: int, look: Column) -> tuple[ColumnPlan, list[str]]:
    """One feature, and a second where cells are missing."""
    if look.numbers == len(table.rows):
        return (place, "number", ()), [look.name]
    features = [look.name, f"{look.name}: missing"]
    return (place, "number, missing", ()), features


def _category_plan(
    table: Table, place: int, name: str, most_categories: int
) -> tuple[ColumnPlan, list[str]]:
    """One feature a category, the most frequent first; the rarest share one."""
    counts: Counter[str] = Counter()
    for cell in table.column(place):
        counts["" if is_missing(cell) else cell] += 1
    categories = sorted(counts, key=lambda cell: (-counts[cell], cell))
    has_other = len(categories) > most_categories
    if has_other:
        # One place less: the last feature stands for all others.
        categories = categories[: most_categories - 1]

    features: list[str] = []
    for category in categories:
        shown = category[:CLASS_LENGTH] or "–"
        features.append(f"{name} = {shown}")
    if has_other:
        features.append(f"{name} = …")
    what = "category, other" if has_other else "category"
    return (place, what, tuple(categories)), features


def _rows_with_target(table: Table, aim: int, classes: tuple[str, ...] | None) -> tuple[int, ...]:
    cells = table.column(aim)
    if classes is not None:
        return _places_of(cells, set(classes))
    # Each different cell is looked at once: most tables repeat theirs.
    numbers = {cell for cell in set(cells) if is_number(cell, table.decimal)}
    return _places_of(cells, numbers)


def _places_of(cells: Sequence[str], wanted: set[str]) -> tuple[int, ...]:
    return tuple(place for place, cell in enumerate(cells) if cell in wanted)


def target_of(table: Table, looks: Sequence[Column], target: str) -> int:
    """Place of the column to predict; blank: the last one that can be. Raises: ExperimentError."""
    if target:
        if target not in table.names:
            names = _listed(table.names)
            raise refused("table_no_column", "data.target", given=target, known=names)
        return table.names.index(target)
    for place in reversed(range(len(looks))):
        if _can_be_predicted(looks[place]):
            return place
    raise refused("table_no_target", "data.target")


def _can_be_predicted(look: Column) -> bool:
    if look.kind == "category":
        return look.distinct <= MAX_CLASSES
    return look.kind == "number"


def _listed(names: Sequence[str]) -> str:
    """The first names, for a sentence."""
    first = ", ".join(name[:30] for name in names[:12])
    return first + (" …" if len(names) > 12 else "")


def _goal(
    table: Table, look: Column, aim: int, predict: str
) -> tuple[tuple[str, ...] | None, tuple[int, ...]]:
    """Classes and how many rows each has; None and the rows that have a number. Raises: ExperimentError."""
    if not look.distinct:
        raise refused("table_target_missing", "data.target", target=look.name)
    if predict == "auto":
        predict = "number" if _is_quantity(table, look, aim) else "class"
    if predict == "number":
        return None, _number_goal(look)
    return _class_goal(table, look, aim)


def _is_quantity(table: Table, look: Column, aim: int) -> bool:
    """Whether a target whose use nobody chose is a number rather than a class."""
    n_present = len(table.rows) - look.missing
    if look.numbers < MOSTLY * n_present:
        return False
    # Numbers that hardly repeat are measured, not classes.
    hardly_repeats = 2 * look.distinct > n_present
    if look.distinct > MANY_VALUES or hardly_repeats:
        return True
    return look.distinct > FEW_VALUES and _has_fractions(table, aim)


def _has_fractions(table: Table, aim: int) -> bool:
    cells = set(table.column(aim))
    return any(as_number(cell, table.decimal) % 1 > 0 for cell in cells)


def _number_goal(look: Column) -> tuple[int]:
    if look.numbers < LEAST_NUMBERS:
        raise refused("table_target_text", "data.predict", target=look.name)
    if look.distinct < 2:
        raise refused("table_one_class", "data.target", target=look.name)
    return (look.numbers,)


def _class_goal(table: Table, look: Column, aim: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    counts = Counter(cell for cell in table.column(aim) if not is_missing(cell))
    classes = [cell for cell, n in counts.items() if n >= LEAST_OF_A_CLASS]
    # Every row a value of its own: a name or a number of the row rather than a class.
    never_repeats = not classes and len(counts) > 1
    if len(classes) > MAX_CLASSES or never_repeats:
        values = {"given": len(counts), "limit": MAX_CLASSES}
        raise refused("table_many_classes", "data.target", target=look.name, **values)
    if len(classes) < 2:
        raise refused("table_one_class", "data.target", target=look.name)
    classes = _sorted_classes(classes, table.decimal)
    sizes = [counts[name] for name in classes]
    return tuple(classes), tuple(sizes)


def _sorted_classes(classes: Sequence[str], decimal: str) -> list[str]:
    """By value where all are numbers, so that 10 comes after 9; else by the alphabet."""
    if all(is_number(cell, decimal) for cell in classes):
        return sorted(classes, key=lambda cell: (as_number(cell, decimal), cell))
    return sorted(classes)
