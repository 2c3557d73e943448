"""The command line: python -m playground train|check|presets|code …"""

import argparse
import json
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

USAGE_ERROR = 2
FAILED = 1
BAR_WIDTH = 24


def main(argv: Sequence[str] | None = None) -> int:
    """Out: exit status 0; 1 where training failed; 2 where the input is bad, said in a line or two."""
    options = parser().parse_args(argv)
    from .faults import ExperimentError

    try:
        return int(options.run(options))
    except ExperimentError as error:
        shown = error.faults[:5]
        for fault in shown:
            print(f"error: {fault}", file=sys.stderr)
        if len(error.faults) > len(shown):
            print(f"… and {len(error.faults) - len(shown)} more", file=sys.stderr)
        return USAGE_ERROR
    except OSError as error:
        print(f"error: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="playground", description="Neural networks without the screen."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    train = commands.add_parser("train", help="train a preset or an experiment file")
    train.add_argument("experiment", metavar="PRESET|FILE")
    train.add_argument("--epochs", type=int, help="passes through the data")
    train.add_argument("--device", default="cpu", help="cpu, cuda, cuda:1, mps")
    train.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="data.batch_size=128"
    )
    train.add_argument("--csv", type=Path, metavar="TABLE", help="your own table as the data")
    train.add_argument(
        "--target", default="", metavar="COLUMN", help="with --csv: the column to predict"
    )
    train.add_argument(
        "--out", type=Path, help="folder for experiment.json, model.safetensors, history.csv"
    )
    train.add_argument(
        "--checkpoint", type=Path, metavar="DIR", help="keep the state of the run in this folder"
    )
    train.add_argument(
        "--every", type=float, default=60.0, metavar="SECONDS", help="time between two checkpoints"
    )
    train.add_argument(
        "--resume", action="store_true", help="go on from the newest checkpoint in that folder"
    )
    train.add_argument(
        "--json", action="store_true", help="print one object a line for every epoch"
    )
    train.set_defaults(run=on_train)
    check = commands.add_parser("check", help="shapes, parameters and cost of an experiment")
    check.add_argument("experiment", metavar="PRESET|FILE")
    check.set_defaults(run=on_check)
    listing = commands.add_parser("presets", help="the prepared experiments")
    listing.set_defaults(run=on_presets)
    download = commands.add_parser("download", help="fetch a public set of images for later")
    download.add_argument("dataset", metavar="mnist|fashion_mnist|kmnist|cifar10")
    download.set_defaults(run=on_download)
    code = commands.add_parser("code", help="a stand-alone PyTorch script of the experiment")
    code.add_argument("experiment", metavar="PRESET|FILE")
    code.add_argument("--notebook", action="store_true", help="as a Jupyter notebook")
    code.set_defaults(run=on_code)
    export = commands.add_parser("export", help="a trained network as ONNX")
    export.add_argument("folder", type=Path, metavar="DIR", help="what train --out wrote")
    export.add_argument("--onnx", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=on_export)
    return top


def on_train(options: argparse.Namespace) -> int:
    """Trains with a progress bar, or with a line of JSON an epoch."""
    changes = [
        *options.set,
        *([f"training.epochs={options.epochs}"] if options.epochs is not None else []),
    ]
    experiment = changed(with_csv(read(options.experiment), options.csv, options.target), changes)
    if options.resume and options.checkpoint is None:
        from .faults import ExperimentError

        raise ExperimentError.at("--resume", "invalid", detail="say from where: --checkpoint DIR")
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
    from .results import train
    from .training.trainer import Diverged

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
    if options.out is not None:
        finished.save(options.out)
        if not options.json:
            print(f"saved in {options.out}")
    return 0


def on_check(options: argparse.Namespace) -> int:
    """Prints the shape table; status 2 and the faults where something is wrong."""
    from .faults import ExperimentError, shape_text
    from .network.builder import trace
    from .network.cost import bytes_text, cost_of, data_faults
    from .settings import Settings

    experiment = read(options.experiment)
    traced = trace(experiment, Settings.unlimited())
    print(f"{'layer':<34}{'output':>18}{'parameters':>14}{'MFLOP':>10}")
    print(f"{'Input':<34}{shape_text(experiment.data.sample_shape()):>18}")
    for row in (*traced.rows, traced.output):
        name = f"{'  ' * row.depth}{row.label}  {row.path if row.path == 'output' else row.path.rsplit('.', 1)[-1]}"
        shape = "?" if row.shape is None else shape_text(row.shape)
        count = "" if row.parameters is None else f"{row.parameters:,}"
        flops = "" if row.flops is None else f"{row.flops / 1e6:.2f}"
        print(f"{name:<34}{shape:>18}{count:>14}{flops:>10}")
    faults = [*traced.faults, *data_faults(experiment)]
    if faults:
        raise ExperimentError(faults)
    cost = cost_of(experiment, traced)
    print(
        f"{traced.model_class.__name__}: {cost.parameters:,} parameters, {cost.steps:,} steps, "
        f"about {bytes_text(cost.memory_bytes)} and {cost.total_s:.0f} s on this CPU"
    )
    return 0


def on_presets(options: argparse.Namespace) -> int:
    """Prints id and description by group."""
    from .presets import presets

    group = ""
    for each in presets().values():
        if each.group[0] != group:
            group = each.group[0]
            print(f"{group}")
        print(f"  {each.id:<24}{each.description[0]}")
    return 0


def on_download(options: argparse.Namespace) -> int:
    """Fetches a data set into the data folder. Raises: ExperimentError where it does not come."""
    from .catalogues.datasets.downloads import DOWNLOADS, SOURCES
    from .faults import ExperimentError

    if options.dataset not in SOURCES:
        known = ", ".join(SOURCES)
        raise ExperimentError.at(
            "dataset", "unknown_entry", kind="download", given=options.dataset[:40], known=known
        )
    try:
        DOWNLOADS.fetch(options.dataset)
    except OSError as error:
        folder = f"{DOWNLOADS.folder_text}/{SOURCES[options.dataset].place}"
        values = {"name": options.dataset, "detail": str(error), "folder": folder}
        raise ExperimentError.at("dataset", "download_failed", **values) from None
    print(f"{options.dataset} is in {DOWNLOADS.folder / SOURCES[options.dataset].place}")
    return 0


def on_code(options: argparse.Namespace) -> int:
    """Prints the script."""
    from .export.notebook import notebook_text
    from .export.script import script

    write = notebook_text if options.notebook else script
    print(write(read(options.experiment)), end="")
    return 0


def on_export(options: argparse.Namespace) -> int:
    """Writes the ONNX file and says how far its outputs are from the network's."""
    from .export.onnx import export_onnx
    from .results import load

    difference = export_onnx(load(options.folder), options.onnx)
    print(f"saved {options.onnx} (outputs differ by {difference:.1g})")
    return 0


def read(name: str) -> Any:
    """An experiment by its file or the id of its preset. Raises: ExperimentError, OSError."""
    from .experiment import Experiment
    from .presets import preset, presets

    looks_like_file = name.endswith(".json") or "/" in name or "\\" in name
    if name not in presets() and (looks_like_file or Path(name).is_file()):
        return Experiment.load(name)
    return preset(name).experiment


def with_csv(experiment: Any, path: Path | None, target: str) -> Any:
    """The experiment with a table of the person's own as its data, and a loss that suits. Raises: ExperimentError."""
    if path is None:
        return experiment
    from .catalogues.datasets import uploads
    from .catalogues.datasets.tables import csv_experiment
    from .catalogues.losses import LOSSES
    from .experiment import Experiment

    uploads.STORE.max_bytes = uploads.STORE.max_total_bytes = (
        2**30
    )  # the machine is the person's own
    found = Experiment.from_dict(csv_experiment(experiment.model_dump(mode="json"), path, target))
    if found.data.task in found.training.loss.tasks:
        return found
    loss = next(each for each in LOSSES if found.data.task in each.tasks)()
    return found.model_copy(update={"training": found.training.model_copy(update={"loss": loss})})


def changed(experiment: Any, changes: Sequence[str]) -> Any:
    """The experiment with every PATH=VALUE set. Raises: ExperimentError naming a bad path or value."""
    from .experiment import Experiment
    from .faults import ExperimentError

    value = experiment.model_dump(mode="json")
    for change in changes:
        path, equals, text = change.partition("=")
        try:
            new = json.loads(text)
        except (ValueError, RecursionError):
            new = text
        *parents, last = path.replace("[", ".").replace("]", "").split(".")
        target: Any = value
        for part in parents:
            target = _member(target, part, path)
        if not equals:
            raise ExperimentError.at(
                path, "invalid", detail="write --set PATH=VALUE, as in data.batch_size=128"
            )
        if isinstance(target, list):
            _member(target, last, path)
            target[int(last)] = new
        elif isinstance(target, dict):
            target[last] = new
        else:
            raise ExperimentError.at(path, "invalid", detail="there is no such field")
    return Experiment.from_dict(value)


def _member(value: Any, part: str, path: str) -> Any:
    from .faults import ExperimentError

    try:
        return value[int(part)] if isinstance(value, list) else value[part]
    except (KeyError, IndexError, ValueError, TypeError):
        raise ExperimentError.at(
            path, "invalid", detail=f"there is no “{part[:40]}” here"
        ) from None


class JsonReport:
    """One object a line for every epoch."""

    WHOLE = ("epoch", "step")

    def step(self, trainer: Any) -> None:
        pass

    def epoch(self, trainer: Any) -> None:
        last = last_epoch(trainer)
        row = {
            name: int(value) if name in self.WHOLE else _finite(value)
            for name, value in last.items()
        }
        print(json.dumps(row), flush=True)

    def end(self) -> None:
        pass


class BarReport:
    """A line that fills up, and a line of results for every epoch."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()

    def step(self, trainer: Any) -> None:
        if not self._live or trainer.step % 5:
            return
        n, of = (trainer.step - 1) % trainer.steps_per_epoch + 1, trainer.steps_per_epoch
        bar = ("█" * round(BAR_WIDTH * n / of)).ljust(BAR_WIDTH, "·")
        print(
            f"\repoch {trainer.epoch + 1}/{trainer.experiment.training.epochs} {bar} {n}/{of}",
            end="",
            flush=True,
        )

    def epoch(self, trainer: Any) -> None:
        last = last_epoch(trainer)
        judged = "  ".join(
            score_text(name, last[f"val_{name}"]) for name in trainer.history.metrics
        )
        start = "\r\x1b[2K" if self._live else ""
        print(
            f"{start}epoch {int(last['epoch'])}/{trainer.experiment.training.epochs}  "
            f"train loss {last['train_loss']:.4f}  validation loss {last['val_loss']:.4f}  "
            f"{judged}  {last['samples_per_s']:,.0f} samples/s",
            flush=True,
        )

    def end(self) -> None:
        if self._live:
            print("\r\x1b[2K", end="", flush=True)


def last_epoch(trainer: Any) -> dict[str, float]:
    """The measurements of the epoch that just ended, by column."""
    columns = [
        "epoch",
        "step",
        "train_loss",
        "val_loss",
        *(f"val_{name}" for name in trainer.history.metrics),
    ]
    return {
        name: trainer.history.column("epochs", name)[-1]
        for name in (*columns, "lr", "samples_per_s", "seconds")
    }


def score_text(name: str, value: float) -> str:
    """("accuracy", 0.5) -> "accuracy 50.00 %"."""
    if name == "accuracy":
        return f"accuracy {100 * value:.2f} %"
    return f"{ {'mae': 'mean absolute error', 'r2': 'R²'}.get(name, name) } {value:.4g}"


def _finite(value: float) -> float | None:
    return float(value) if value == value and abs(value) != float("inf") else None


if __name__ == "__main__":
    warnings.filterwarnings("default", module="playground")
    sys.exit(main())
