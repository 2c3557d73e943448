"""`playground data FILE`: what a file holds, as JSON or as a page of text."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from ..faults import ExperimentError
from ..reading.data.choices import choices_of
from ..reading.data.reader import read_data
from ..reading.data.result import ColumnFacts, Doubt, Understood

KINDS = ("table", "text", "series", "images")
SHOWN_COLUMNS = 40
SHOWN_CLASSES = 20
NAME_WIDTH = 24


def add_command(subparsers: argparse._SubParsersAction) -> None:
    """The command and its options."""
    data = subparsers.add_parser("data", help="what a file of your own holds, and what is doubtful")
    data.add_argument("file", type=Path, metavar="FILE", help="a table, series, texts, or a ZIP")
    data.add_argument("--kind", choices=KINDS, default="", help="what it is, if you know")
    data.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="settles a doubt"
    )
    data.add_argument("--json", action="store_true", help="print one object")
    data.set_defaults(run=on_data)


def on_data(options: argparse.Namespace) -> int:
    """Prints what was understood. Raises: ExperimentError, OSError."""
    given = {"kind": options.kind} if options.kind else {}
    choices = choices_of(options.set, **given)
    content = options.file.read_bytes()
    try:
        understood = read_data(content, choices, options.file.name)
    except ExperimentError as error:
        raise _one_sentence(error, options.file.name) from None
    if options.json:
        print(json.dumps(understood.to_json(), ensure_ascii=False))
    else:
        print("\n".join(summary(understood, options.file.name)))
    return 0


def _one_sentence(error: ExperimentError, name: str) -> ExperimentError:
    """The first fault, at the file that it is about."""
    message = error.faults[0].message
    return ExperimentError.at(name, "invalid", detail=message)


def summary(understood: Understood, name: str) -> list[str]:
    """The lines of a readable report."""
    lines = [f"{name}: understood as {_kind_text(understood)}"]
    if understood.time is not None:
        time = understood.time
        step = f"one row = one {time.step}" if time.step else "rows at uneven times"
        lines.append(f"  time      {step}, {time.start} to {time.end} ({time.order} in the file)")
    if understood.values is not None:
        values = understood.values
        ends = f"from {values.first:g} to {values.last:g}" if values.first is not None else ""
        lines.append(f"  series    “{values.column}”: {values.steps:,} steps {ends}".rstrip())
    lines += _column_lines(understood.columns)
    if understood.classes:
        lines.append(f"  classes   {_classes_text(understood)}")
    if understood.left_out.count:
        places = understood.left_out.lines or understood.left_out.files or []
        listed = ", ".join(str(place) for place in places[:8])
        lines.append(f"  left out  {understood.left_out.count}: {listed}")
    lines += _doubt_lines("told", understood.notes)
    lines += _doubt_lines("asked", understood.doubts)
    return lines


def _kind_text(understood: Understood) -> str:
    if understood.kind == "images":
        return f"images, {understood.rows:,} in {len(understood.classes)} classes"
    layout = f"{understood.encoding}, separated by {understood.separator or 'nothing'}"
    layout += f", decimal sign {understood.decimal}"
    return f"{understood.kind}, {understood.rows:,} rows × {len(understood.columns)} columns ({layout})"


def _column_lines(columns: Sequence[ColumnFacts]) -> list[str]:
    lines = []
    for column in columns[:SHOWN_COLUMNS]:
        first = ", ".join("–" if value is None else str(value)[:20] for value in column.first)
        missing = f"  ({column.missing:,} missing)" if column.missing else ""
        lines.append(
            f"  {column.type:<9} {column.name[:NAME_WIDTH]:<{NAME_WIDTH}} {first}{missing}"
        )
    n_more = len(columns) - SHOWN_COLUMNS
    if n_more > 0:
        lines.append(f"  … and {n_more:,} more columns")
    return lines


def _classes_text(understood: Understood) -> str:
    shown = [f"{entry.name} {entry.count:,}" for entry in understood.classes[:SHOWN_CLASSES]]
    n_more = len(understood.classes) - SHOWN_CLASSES
    more = f" … and {n_more:,} more" if n_more > 0 else ""
    return ", ".join(shown) + more


def _doubt_lines(title: str, doubts: Sequence[Doubt]) -> list[str]:
    lines = []
    for doubt in doubts:
        lines.append(f"  {title:<9} {doubt.message}")
        for remedy in doubt.remedies:
            lines.append(f"              {remedy.label}: --set '{remedy.set}'")
    return lines
