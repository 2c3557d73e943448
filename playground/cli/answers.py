"""`playground predict DIR FILE`: a table with a column of answers, or the report on them."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from ..answering import FileAnswers, LeftOut
from ..catalogues.datasets import uploads
from ..experiment import Experiment
from ..faults import ExperimentError
from ..questions.report import Report
from ..results import load
from .own_data import OWN_MACHINE_BYTES

SHOWN = 20  # places that are named
SHOWN_CLASSES = 60
WHY = {"bad_row": "another number of cells", "no_text": "no text"}


def on_predict(options: argparse.Namespace) -> int:
    """Prints the answers as CSV, or writes them; with --report the figures. Raises: ExperimentError, OSError."""
    uploads.STORE.max_bytes = OWN_MACHINE_BYTES
    uploads.STORE.max_total_bytes = OWN_MACHINE_BYTES
    finished = load(options.folder)
    answers = finished.answer_file(options.file)
    _tell_left_out(answers.left_out)
    for strange in answers.strange:
        said = f"not understood in “{strange.column}”: {strange.count:,}, such as “{strange.cell}”"
        print(f"{said}; these cells count as not known", file=sys.stderr)
    if options.out is not None:
        answers.save(options.out)
        print(f"saved {options.out} ({answers.n:,} answers)", file=sys.stderr)
    if options.report or options.json:
        _print_report(answers, finished.experiment, options.json)
    elif options.out is None:
        sys.stdout.write(answers.csv())
    return 0


def _tell_left_out(left_out: Sequence[LeftOut]) -> None:
    """Which rows or files have no answer, on standard error: the answers themselves may go to another program."""
    if not left_out:
        return
    named = []
    for entry in left_out[:SHOWN]:
        named.append(f"{entry.place} ({WHY.get(entry.why, 'cannot be read')})")
    more = " …" if len(left_out) > SHOWN else ""
    print(f"left out {len(left_out):,}: {', '.join(named)}{more}", file=sys.stderr)


def _print_report(answers: FileAnswers, experiment: Experiment, as_json: bool) -> None:
    """Raises: ExperimentError where the file does not say what is right."""
    if answers.report is None:
        raise ExperimentError.at("file", "asked_no_target")
    told = Report().tell(answers.report, experiment)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    print("\n".join(report_lines(told, experiment.data.class_names())))


def report_lines(told: dict[str, Any], classes: Sequence[str]) -> list[str]:
    """The figures as a page of text, with the confusion matrix."""
    lines = [f"{told['n']:,} of {told['of']:,} samples have a known answer"]
    for share in told["shares"]:
        lines.append(f"  {share['name'].replace('_', ' '):<20}{share['value']:>12.4f}")
    for value in told["values"]:
        name = f"{value['name']}: " if value["name"] else ""
        for key in ("mae", "rmse", "r2"):
            figure = "–" if value[key] is None else f"{value[key]:.6g}"
            lines.append(f"  {name + key:<20}{figure:>12}")
    confusion = told["classes"] and told["classes"]["confusion"]
    if confusion:
        lines += _confusion_lines(confusion, classes)
    return lines


def _confusion_lines(confusion: Sequence[Sequence[int]], classes: Sequence[str]) -> list[str]:
    """A row for each true class, a column for each answer."""
    width = max(6, *(len(name[:12]) for name in classes)) + 2
    head = "".join(f"{name[:12]:>{width}}" for name in classes[:SHOWN_CLASSES])
    lines = ["  true ↓ answer →", " " * (width + 2) + head]
    for name, row in zip(classes, confusion, strict=True):
        counts = "".join(f"{count:>{width}}" for count in row)
        lines.append(f"  {name[:12]:>{width}}{counts}")
    return lines
