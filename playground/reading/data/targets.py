"""Which column is likely the one to predict, and why."""

from .columns import Column
from .result import Doubt, Remedy
from .sheet import Sheet

NAMES = (
    "target", "label", "labels", "class", "y", "outcome", "species", "survived", "diagnosis", "churn", "exited",
    "left",
    "attrition", "default", "price", "saleprice", "quality", "result", "response", "category", "variety", "grade",
    "score", "rating", "medv", "is_fraud", "fraud", "spam", "income", "salary", "目标", "标签", "类别", "价格",
    "目的変数",
    "ziel", "klasse", "preis", "classe", "prix", "целевая", "класс", "цена",
)  # fmt: skip
STRONG = frozenset(
    (
        "target",
        "label",
        "labels",
        "class",
        "y",
        "目标",
        "标签",
        "类别",
        "目的変数",
        "ziel",
        "klasse",
        "класс",
    )
)
MOST_CLASSES = 100
SHOWN = 4  # columns that are offered


def can_be_predicted(column: Column) -> bool:
    """Whether there is something to predict: numbers that differ, or kinds that repeat."""
    if column.type == "number":
        return column.has_several()
    if column.type not in ("category", "flag"):
        return False
    n = len(column.counts)
    return 2 <= n <= MOST_CLASSES and n <= column.n_present / 2


def proposed_target(sheet: Sheet) -> Column | None:
    """The likeliest target: by its name, else the last column that can be predicted."""
    ranked = _ranked(sheet)
    return ranked[0][0] if ranked else None


def _ranked(sheet: Sheet) -> list[tuple[Column, str]]:
    """Columns that can be predicted, the likeliest first, each with the reason."""
    possible = [column for column in sheet.columns if can_be_predicted(column)]
    if not possible:
        return []
    last = possible[-1]
    ranked: list[tuple[Column, str]] = []
    for names in (STRONG, frozenset(NAMES)):
        for column in reversed(possible):
            is_new = all(column is not other for other, _ in ranked)
            if is_new and column.name.casefold().strip() in names:
                ranked.append((column, "by_name"))
    for column in (last, *reversed(possible)):
        is_new = all(column is not other for other, _ in ranked)
        if is_new:
            ranked.append((column, "last" if column is last else "other"))
    return ranked


def ask_target(sheet: Sheet, proposed: Column | None) -> None:
    """Which column is to be predicted: asked with the likeliest first."""
    ranked = _ranked(sheet)
    if proposed is None or not ranked:
        sheet.doubts.append(Doubt(code="no_target"))
        return
    remedies = []
    for column, _ in ranked[:SHOWN]:
        values = {"name": column.name}
        remedies.append(Remedy(code="predict", set=f"target={column.name}", values=values))
    reason = ranked[0][1]
    values = {"name": proposed.name}
    sheet.doubts.append(Doubt(code=f"target_{reason}", values=values, remedies=remedies))
