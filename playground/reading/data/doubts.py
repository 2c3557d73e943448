"""Questions about the columns of a table, each asked once and settled by one choice."""

from collections.abc import Collection

import numpy as np

from .choices import Choices
from .columns import MANY_KINDS, MOSTLY_DIFFERENT, NEAR_EMPTY, Column
from .numbers import units_of_cells
from .result import Doubt, Remedy
from .sentinels import number_text, suspected_missing
from .sheet import Sheet
from .units import are_magnitudes

ID_NAMES = (
    "id",
    "ids",
    "nr",
    "no",
    "no.",
    "number",
    "index",
    "idx",
    "rownum",
    "row",
    "key",
    "uuid",
    "guid",
    "编号",
    "序号",
    "番号",
    "номер",
    "№",
    "#",
)
ID_ENDINGS = ("_id", " id", "id", "_no", "_nr", "number", "num", "_key", "编号", "番号", "код")
CUSTOMER_WORDS = (
    "customer",
    "client",
    "account",
    "user",
    "patient",
    "passenger",
    "order",
    "invoice",
    "ticket",
    "客户",
    "kunde",
)
SHOWN_WORDS = 3
LEAST_NAMES = 4


def _use(name: str, use: str) -> str:
    return f"columns.{name}={use}"


def ask_row_numbers(sheet: Sheet, choices: Choices, passed: Collection[str] = ()) -> None:
    """Indices, numbers of customers and names that are different in every row: left out at first.

    In: columns about which something else is asked.
    """
    for column in sheet.columns:
        is_chosen = choices.of("columns", column.name) is not None or column.name == choices.target
        if is_chosen or column.name in passed:
            continue
        why = id_reason(column)
        if not why:
            continue
        found = "number" if column.numbers is not None else column.type
        column.type, column.why = "left out", why
        use = "number" if found == "number" else "category"
        remedies = [
            Remedy(
                code="leave_out", set=_use(column.name, "leave_out"), values={"name": column.name}
            ),
            Remedy(
                code="use_as", set=_use(column.name, use), values={"name": column.name, "use": use}
            ),
        ]
        values = {"name": column.name}
        sheet.doubts.append(Doubt(code=why, place=column.name, values=values, remedies=remedies))


def id_reason(column: Column) -> str:
    """ "row_number", "id" or "all_different" where a column only names its rows; else ""."""
    if column.type in ("category", "text") and column.dates is None and column.numbers is None:
        return "all_different" if _are_names(column) else ""
    n = len(column.cells)
    if n < 5 or column.n_missing or column.n_odd:
        return ""
    if column.numbers is not None and column.dates is None:
        return _why_number_id(column, n)
    return ""


def _are_names(column: Column) -> bool:
    """Whether nearly every cell is a word of its own."""
    n_different, n = len(column.counts), column.n_present
    many = max(MANY_KINDS, MOSTLY_DIFFERENT * n)
    # Of up to four cells it is no wonder that they differ.
    is_different = n_different == n > LEAST_NAMES or n_different > many
    return is_different and not _are_sentences(column)


def _are_sentences(column: Column) -> bool:
    return column.type == "text"


def _why_number_id(column: Column, n: int) -> str:
    values = column.values()
    if not (values == np.round(values)).all() or column.numbers is None or column.numbers.unit:
        return ""
    n_different = len(column.counts)
    is_run = n_different == n and float(np.ptp(values)) == n - 1
    if is_run:
        return "row_number"
    has_name = _is_id_name(column.name)
    is_nameless = column.name.startswith("column ") and n_different == n
    # 15,600,123 says nothing as a size, if it is hardly ever met again.
    hardly_repeats = n_different > 0.9 * n
    is_long = float(np.abs(values).min()) >= 1000
    if has_name and hardly_repeats:
        return "id"
    is_dense = n_different == n and is_long and float(np.ptp(values)) < 3 * n
    return "id" if is_dense or (is_nameless and column.place == 0 and _rises(column)) else ""


def _rises(column: Column) -> bool:
    return bool((np.diff(column.values()) > 0).all())


def _is_id_name(name: str) -> bool:
    plain = name.casefold().strip()
    if plain in ID_NAMES:
        return True
    is_camel = name.endswith(("Id", "ID", "No", "Nr"))
    ends_so = any(plain.endswith(ending) for ending in ID_ENDINGS if ending != "id")
    return is_camel or ends_so or any(word in plain for word in CUSTOMER_WORDS)


def ask_thin_columns(sheet: Sheet, choices: Choices, passed: Collection[str] = ()) -> None:
    """Columns with one value, or with hardly any: left out at first.

    In: columns about which something else is asked.
    """
    for column in sheet.columns:
        is_chosen = choices.of("columns", column.name) is not None or column.type == "left out"
        if is_chosen or column.name in passed:
            continue
        code, values = "", {"name": column.name}
        if not column.counts:
            code = "empty_column"
        elif column.n_missing > NEAR_EMPTY * len(column.cells):
            code = "near_empty"
            values["count"] = str(column.n_present)
        elif not column.has_several() and not column.n_missing:
            code = "one_value"
            values["value"] = next(iter(column.counts))[:40]
        if not code:
            continue
        use = "number" if column.numbers is not None else "category"
        column.type, column.why = "left out", code
        out = Remedy(code="leave_out", set=_use(column.name, "leave_out"), values=values)
        keep = Remedy(code="use_as", set=_use(column.name, use), values={**values, "use": use})
        doubt = Doubt(code=code, place=column.name, values=values, remedies=[out, keep])
        # A column without anything in it raises no question.
        (sheet.notes if code == "empty_column" else sheet.doubts).append(doubt)


def ask_odd_cells(sheet: Sheet, choices: Choices) -> None:
    """Cells of a number column that are no numbers. Raises: ExperimentError where its owner would rather stop."""
    from ..refusals import refused

    for column in sheet.columns:
        if column.type != "number" or column.numbers is None or not column.numbers.odd:
            continue
        odd = column.numbers.odd
        foreign = column.numbers.foreign
        shown = odd.keys() - foreign or odd.keys()
        row, cell = next((i, cell) for i, cell in enumerate(column.cells) if cell in shown)
        chosen = choices.of("odd", column.name)
        values = {
            "name": column.name,
            "count": column.n_odd,
            "rows": len(column.cells),
            "cell": cell[:40],
            "line": sheet.lines[row],
        }
        if chosen == "stop":
            raise refused("data_odd_cell", column.name, **values)
        if chosen == "missing":
            continue
        remedies = [
            Remedy(code="count_as_missing", set=f"odd.{column.name}=missing", values=values),
            Remedy(
                code="use_as",
                set=_use(column.name, "category"),
                values={**values, "use": "category"},
            ),
            Remedy(code="stop", set=f"odd.{column.name}=stop"),
        ]
        # Numbers of another unit are numbers.
        is_foreign = foreign.issuperset(odd)
        code = "other_units" if is_foreign else "odd_cells"
        sheet.doubts.append(Doubt(code=code, place=column.name, values=values, remedies=remedies))


def ask_missing_numbers(sheet: Sheet, choices: Choices) -> None:
    """−999 and the like: one question for all columns that hold the same number."""
    columns_of: dict[float, list[Column]] = {}
    for column in sheet.columns:
        if column.type != "number" or column.numbers is None:
            continue
        value = suspected_missing(column.values())
        if value is None:
            continue
        text = number_text(value)
        if text not in choices.words("measured", column.name):
            columns_of.setdefault(value, []).append(column)
    for value, columns in columns_of.items():
        _ask_missing_number(sheet, number_text(value), value, columns)


def _ask_missing_number(sheet: Sheet, text: str, value: float, columns: list[Column]) -> None:
    names = [column.name for column in columns]
    count = sum(int((column.values() == value).sum()) for column in columns)
    values = {"value": text, "count": count, "names": ", ".join(names[:8])}
    key = f".{names[0]}" if len(names) == 1 else ""
    remedies = [
        Remedy(code="is_missing", set=f"missing{key}={text}", values=values),
        Remedy(code="is_measured", set=f"measured{key}={text}", values=values),
    ]
    place = ", ".join(names)
    sheet.doubts.append(
        Doubt(code="suspected_missing", place=place, values=values, remedies=remedies)
    )


def ask_mixed_units(sheet: Sheet, choices: Choices) -> None:
    """Numbers of units that cannot be converted, such as °C and °F: read as kinds, which are hardly meant."""
    for column in sheet.columns:
        is_asked = choices.of("columns", column.name) is None and column.type == "category"
        units = units_of_cells(column.counts) if is_asked else []
        # Those of thousands and millions are asked about in another way.
        if len(units) < 2 or are_magnitudes(units):
            continue
        values = {"name": column.name, "units": ", ".join(units[:SHOWN_WORDS]), "unit": units[0]}
        remedies = []
        for code, use in (
            ("use_as", "category"),
            ("one_unit", "number"),
            ("leave_out", "leave_out"),
        ):
            remedy = Remedy(code=code, set=_use(column.name, use), values={**values, "use": use})
            remedies.append(remedy)
        sheet.doubts.append(
            Doubt(code="mixed_units", place=column.name, values=values, remedies=remedies)
        )


def tell_texts(sheet: Sheet, target: Column | None, choices: Choices) -> None:
    """Columns of sentences: a network of a table has no use for them. In: the column to predict."""
    for column in sheet.columns:
        is_chosen = choices.of("columns", column.name) is not None
        if column.type != "text" or column is target or is_chosen:
            continue
        values = {"name": column.name, "cell": next(iter(column.counts))[:40], "use": "category"}
        kinds = Remedy(code="use_as", set=_use(column.name, "category"), values=values)
        sheet.notes.append(
            Doubt(code="texts_left_out", place=column.name, values=values, remedies=[kinds])
        )


def tell_merged(sheet: Sheet) -> None:
    """Kinds that differ only in capitals or blanks were joined."""
    for column in sheet.columns:
        if column.type not in ("category", "flag") or not column.merged:
            continue
        spellings = list(column.merged)
        values = {"name": column.name, "words": ", ".join(spellings[:6])}
        apart = Remedy(code="apart", set="classes=apart")
        sheet.notes.append(Doubt(code="merged", place=column.name, values=values, remedies=[apart]))
