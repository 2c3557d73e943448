"""Texts: a table of texts and labels, or one text to learn to write from."""

from collections import Counter

from ..refusals import refused
from .choices import Choices
from .columns import Column
from .doubts import id_reason, tell_merged
from .grid import lines_text
from .result import ClassCount, Doubt, LeftOut, Remedy, Understood
from .sheet import Sheet, understood
from .word_doubts import ask_words_that_may_be_missing, open_words

MOST_LABELS = 100
MOST_OTHERS = 2  # columns of numbers beside a text: more are a table with a remark
LEAST_OF_CLASS = 2  # texts: one to learn from, one to be tested with
SHOWN = 4


def text_column(sheet: Sheet, choices: Choices) -> Column | None:
    """The column that holds the texts: the one that was chosen, else the longest."""
    if choices.message:
        return sheet.named(choices.message)
    texts = [column for column in sheet.columns if column.type == "text"]
    if texts or choices.kind != "text":
        return max(texts, key=_mean_length, default=None)
    return _short_texts(sheet, choices)


def _short_texts(sheet: Sheet, choices: Choices) -> Column | None:
    """Of a file that its owner calls texts: the longest words, where a label stands beside them."""
    words = [column for column in sheet.columns if column.type == "category"]
    longest = max(words, key=_mean_length, default=None)
    if choices.target:
        return longest if sheet.named(choices.target) is not longest else None
    has_label = any(label is not longest for label in label_columns(sheet))
    return longest if has_label else None


def _mean_length(column: Column) -> float:
    sample = list(column.counts)[:500]
    return sum(len(cell) for cell in sample) / max(1, len(sample))


def label_columns(sheet: Sheet) -> list[Column]:
    """Columns that may be the label of a text: few kinds, each met again."""
    labels = []
    for column in sheet.columns:
        # “none” beside “toxic” may be the other class: it is asked about.
        n = len(column.counts) + len(open_words(column))
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
    _leave_out_others(sheet, [text, proposed])
    tell_merged(sheet)
    facts: dict[str, object] = {}
    if proposed is None:
        sheet.notes.append(Doubt(code="no_labels", values={"name": text.name}))
    else:
        if proposed.type == "number":
            proposed.type = "category"
        ask_words_that_may_be_missing(sheet, [proposed], choices)
        facts = _labelled_facts(sheet, text, proposed)
    return understood(
        "text",
        sheet,
        target=target.name if target else None,
        proposed=proposed.name if proposed else None,
        **facts,
    )


def _leave_out_others(sheet: Sheet, used: list[Column | None]) -> None:
    """Columns beside the text and its label; told of those that say more than which row it is."""
    names = []
    for column in sheet.columns:
        if any(column is other for other in used) or column.type == "left out":
            continue
        if column.has_several() and not id_reason(column):
            names.append(column.name)
        column.type, column.why = "left out", "beside_text"
    if names:
        values = {"names": ", ".join(names[:SHOWN]), "count": len(names)}
        table = Remedy(code="kind_table", set="kind=table")
        sheet.notes.append(Doubt(code="beside_text", values=values, remedies=[table]))


def class_counts(text: Column, label: Column) -> Counter[str]:
    """How many texts each class has, rows without a text or without a label not counted."""
    counts: Counter[str] = Counter()
    for cell, of_row in zip(label.cells, text.cells, strict=True):
        if cell in label.counts and of_row in text.counts:
            counts[label.kind_of(cell)] += 1
    return counts


def _labelled_facts(sheet: Sheet, text: Column, label: Column) -> dict[str, object]:
    """The classes that can be learnt, most texts first, and the rows that cannot be used: both are told."""
    counts = class_counts(text, label)
    single = {name for name, n in counts.items() if n < LEAST_OF_CLASS}
    usual = sorted(counts.keys() - single, key=lambda name: (-counts[name], name))
    blank_lines = []
    single_lines = []
    rows = zip(sheet.lines, label.cells, text.cells, strict=True)
    for line, cell, of_row in rows:
        if cell not in label.counts or of_row not in text.counts:
            blank_lines.append(line)
        elif label.kind_of(cell) in single:
            single_lines.append(line)
    if blank_lines:
        values = {"count": len(blank_lines), "lines": lines_text(blank_lines)}
        sheet.notes.append(Doubt(code="without_text", values=values))
    if single_lines:
        names = ", ".join(sorted(single)[:SHOWN])
        sheet.notes.append(
            Doubt(code="single_classes", values={"count": len(single), "names": names})
        )
    left_out = sorted([*sheet.grid.left_out, *blank_lines, *single_lines])
    return {
        "classes": [ClassCount(name=name, count=counts[name]) for name in usual],
        "rows": sheet.n_rows - len(blank_lines) - len(single_lines),
        "left_out": LeftOut(count=len(left_out), lines=left_out),
    }


def _one_text(sheet: Sheet) -> Understood:
    sheet.columns[0].type = "text"
    sheet.notes.append(Doubt(code="one_text"))
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
