"""What each command of the command line does. In: the parsed options. Out: the exit status.

An ExperimentError or OSError that a command raises is said by `main`, with status 2.
"""

import argparse
import sys
from collections.abc import Sequence

from ..catalogues.datasets.downloads import DOWNLOADS, SOURCES
from ..experiment import Experiment
from ..faults import ExperimentError, shape_text
from ..network.cost import bytes_text, cost_of, missing_faults
from ..network.tracing import Row, trace
from ..preset_files import presets
from ..results import load, train
from ..settings import Settings
from ..training.trainer import Diverged
from .own_data import OwnData, with_data
from .reading import changed, read, with_csv
from .reports import BarReport, JsonReport

FAILED = 1


def on_train(options: argparse.Namespace) -> int:
    """Trains with a progress bar, or with a line of JSON an epoch. Out: 1 where NaN or infinity appeared."""
    experiment = _experiment_of(options)
    if options.resume and options.checkpoint is None:
        raise ExperimentError.at("--resume", "invalid", detail="say from where: --checkpoint DIR")
    # A folder that cannot be made is reported now, not after an hour of training.
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)

    report = JsonReport() if options.json else BarReport()
    try:
        finished = train(
            experiment,
            options.device,
            on_epoch=report.epoch,
            on_step=report.step,
            checkpoint=options.checkpoint,
            every_s=options.every,
            resume=options.resume,
        )
    except Diverged as divergence:
        report.end()
        print(f"error: {divergence.fault}", file=sys.stderr)
        return FAILED

    report.end()
    report.compare(finished)
    if options.out is not None:
        finished.save(options.out)
        if not options.json:
            print(f"saved in {options.out}")
    return 0


def _read(options: argparse.Namespace) -> Experiment:
    """The experiment that is named, on a file of the person's own where one is."""
    return with_data(read(options.experiment), OwnData.of(options))


def _experiment_of(options: argparse.Namespace) -> Experiment:
    """The experiment that is named, with everything that the options change."""
    experiment = _read(options)
    experiment = with_csv(experiment, options.csv, options.target)
    changes = list(options.set)
    if options.epochs is not None:
        changes.append(f"training.epochs={options.epochs}")
    return changed(experiment, changes)


def on_check(options: argparse.Namespace) -> int:
    """Prints the shape table. Raises: ExperimentError with all faults, after the table, where something is wrong."""
    experiment = _read(options)
    traced = trace(experiment, Settings.unlimited())
    print(_table_row("layer", "output", "parameters", "MFLOP"))
    input_shape = shape_text(experiment.data.sample_shape())
    print(_table_row("Input", input_shape).rstrip())
    for row in (*traced.rows, traced.output):
        print(_shape_row(row))

    faults = [*traced.faults, *missing_faults(experiment)]
    if faults:
        raise ExperimentError(faults)
    cost = cost_of(experiment, traced)
    print(
        f"{traced.model_class.__name__}: {cost.parameters:,} parameters, {cost.steps:,} steps, "
        f"about {bytes_text(cost.memory_bytes)} and {cost.total_s:.0f} s on this CPU"
    )
    return 0


def _shape_row(row: Row) -> str:
    """One layer: its label and place, indented as deep as it lies, and what it gives and costs."""
    place = row.path.rsplit(".", 1)[-1]
    name = f"{'  ' * row.depth}{row.label}  {place}"
    shape = "?" if row.shape is None else shape_text(row.shape)
    count = "" if row.parameters is None else f"{row.parameters:,}"
    flops = "" if row.flops is None else f"{row.flops / 1e6:.2f}"
    return _table_row(name, shape, count, flops)


def _table_row(name: str, shape: str, count: str = "", flops: str = "") -> str:
    return f"{name:<34}{shape:>18}{count:>14}{flops:>10}"


def on_presets(options: argparse.Namespace) -> int:
    """Prints id and description by group, in English."""
    width = _column_width(list(presets()))
    last_group = ""
    for entry in presets().values():
        group, _in_chinese = entry.group
        if group != last_group:
            print(group)
            last_group = group
        description, _in_chinese = entry.description
        print(f"  {entry.id:<{width}}{description}")
    return 0


def _column_width(texts: Sequence[str]) -> int:
    """Wide enough for the longest text and two blanks after it."""
    return max(map(len, texts)) + 2


def on_download(options: argparse.Namespace) -> int:
    """Fetches a data set into the data folder. Raises: ExperimentError where it does not come."""
    name = options.dataset
    if name not in SOURCES:
        known = ", ".join(SOURCES)
        raise ExperimentError.at(
            "dataset", "unknown_entry", kind="download", given=name[:40], known=known
        )
    try:
        DOWNLOADS.fetch(name)
    except OSError as error:
        folder = f"{DOWNLOADS.folder_text}/{SOURCES[name].place}"
        values = {"name": name, "detail": str(error), "folder": folder}
        raise ExperimentError.at("dataset", "download_failed", **values) from None
    print(f"{name} is in {DOWNLOADS.folder / SOURCES[name].place}")
    return 0


def on_code(options: argparse.Namespace) -> int:
    """Prints the script, or the notebook."""
    # Here, since no other command needs it: the command line begins sooner.
    from ..export.notebook import notebook_text
    from ..export.script import script

    write = notebook_text if options.notebook else script
    print(write(_read(options)), end="")
    return 0


def on_export(options: argparse.Namespace) -> int:
    """Writes the ONNX file and says how far its outputs are from the network's."""
    from ..export.onnx import export_onnx

    difference = export_onnx(load(options.folder), options.onnx)
    print(f"saved {options.onnx} (outputs differ by {difference:.1g})")
    return 0
