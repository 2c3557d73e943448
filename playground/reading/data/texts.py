"""Texts: a table of texts and labels, or one text to learn to write from."""

from ..refusals import refused
from .choices import Choices
from .columns import Column, kinds_of
from .doubts import tell_merged
from .result import ClassCount, Doubt, Remedy, Understood
from .sheet import Sheet, understood

MOST_LABELS = 100
MOST_OTHERS = 2  # columns of numbers beside a text: more are a table with a remark
SHOWN = 4


def text_column(sheet: Sheet, choices: Choices) -> Column | None:
    """The column that holds the texts: the one that was chosen, else the longest."""
    if choices.message:
        return sheet.named(choices.message)
    texts = [column for column in sheet.columns if column.type == "text"]
    return max(texts, key=_mean_length, default=None)


def _mean_length(column: Column) -> float:
    sample = list(column.counts)[:500]
    return sum(len(cell) for cell in sample) / max(1, len(sample))


def label_columns(sheet: Sheet) -> list[Column]:
    """Columns that may be the label of a text: few kinds, each met again."""
    labels = []
    for column in sheet.columns:
        n = len(column.counts)
        is_kind = column.type in ("category", "flag") or (
            column.type == "number" and _has_few_numbers(column)
        )
        if is_kind and 2 <= n <= min(MOST_LABELS, max(2, column.n_present // 4)):
            labels.append(column)
    return labels


def _has_few_numbers(column: Column) -> bool:
    return len(column.counts) <= 10 and all(cell.lstrip("-").isdecimal() for cell in column.counts)


def text_understood(sheet: Sheet, choices: Choices) -> Understood:
    """Raises: ExperimentError for what holds no text."""
    text = text_column(sheet, choices)
    if text is None:
        if len(sheet.columns) == 1:
            return _one_text(sheet)
        raise refused("data_no_text")
    labels = [column for column in label_columns(sheet) if column is not text]
    target = _target(sheet, labels, choices)
    proposed = target or (labels[0] if labels else None)
    if target is None and len(labels) > 1:
        _ask_label(sheet, labels)
    elif target is None:
        target = proposed
    for column in sheet.columns:
        if column is not text and column is not proposed and column.type != "left out":
            column.type, column.why = "left out", "beside_text"
    tell_merged(sheet)
    classes = []
    if proposed is not None:
        if proposed.type == "number":
            proposed.type = "category"
        for name, count in kinds_of(proposed).items():
            classes.append(ClassCount(name=name, count=count))
    return understood(
        "text",
        sheet,
        target=target.name if target else None,
        proposed=proposed.name if proposed else None,
        classes=classes,
    )


def _one_text(sheet: Sheet) -> Understood:
    sheet.columns[0].type = "text"
    return understood("text", sheet)


def _target(sheet: Sheet, labels: list[Column], choices: Choices) -> Column | None:
    if not choices.target:
        return None
    column = sheet.named(choices.target)
    if column is None:
        known = ", ".join(label.name for label in labels[:12])
        raise refused("table_no_column", "target", given=choices.target, known=known)
    return column


def _ask_label(sheet: Sheet, labels: list[Column]) -> None:
    remedies = []
    for column in labels[:SHOWN]:
        values = {"name": column.name}
        remedies.append(Remedy(code="predict", set=f"target={column.name}", values=values))
    values = {"name": labels[0].name}
    sheet.doubts.append(Doubt(code="target_other", values=values, remedies=remedies))
