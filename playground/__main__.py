"""The command line: python -m playground train|predict|check|presets|code|data …"""

import argparse
import importlib
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from .cli import challenges, data, labs
from .faults import ExperimentError

USAGE_ERROR = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells count it
SHOWN_FAULTS = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Out: exit status 0; 1 where training failed; 2 where the input is bad, said in a line or two."""
    options = parser().parse_args(argv)
    try:
        return int(options.run(options))
    except ExperimentError as error:
        _print_faults(error)
        return USAGE_ERROR
    except OSError as error:
        print(f"error: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _print_faults(error: ExperimentError) -> None:
    for fault in error.faults[:SHOWN_FAULTS]:
        print(f"error: {fault}", file=sys.stderr)
    n_more = len(error.faults) - SHOWN_FAULTS
    if n_more > 0:
        print(f"… and {n_more} more", file=sys.stderr)


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="playground", description="Neural networks without the screen."
    )
    subparsers = top.add_subparsers(required=True, metavar="COMMAND")

    train = subparsers.add_parser("train", help="train a preset or an experiment file")
    _add_train_options(train)
    train.set_defaults(run=_later("on_train"))

    predict = subparsers.add_parser(
        "predict", help="answers to a whole file of rows, texts or pictures"
    )
    _add_predict_options(predict)
    predict.set_defaults(run=_later("on_predict", "answers"))

    check = subparsers.add_parser("check", help="shapes, parameters and cost of an experiment")
    _add_experiment(check)
    check.set_defaults(run=_later("on_check"))

    presets = subparsers.add_parser("presets", help="the prepared experiments")
    presets.set_defaults(run=_later("on_presets"))

    download = subparsers.add_parser("download", help="fetch a public set of images for later")
    download.add_argument("dataset", metavar="mnist|fashion_mnist|kmnist|cifar10")
    download.set_defaults(run=_later("on_download"))

    code = subparsers.add_parser("code", help="a stand-alone PyTorch script of the experiment")
    _add_experiment(code)
    code.add_argument("--notebook", action="store_true", help="as a Jupyter notebook")
    code.set_defaults(run=_later("on_code"))

    export = subparsers.add_parser("export", help="a trained network as ONNX")
    export.add_argument("folder", type=Path, metavar="DIR", help="what train --out wrote")
    export.add_argument("--onnx", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=_later("on_export"))
    data.add_command(subparsers)
    labs.add_commands(subparsers)
    challenges.add_commands(subparsers)
    return top


def _later(name: str, module: str = "commands") -> Callable[[argparse.Namespace], int]:
    """A command that is imported when it runs: torch takes seconds, and looking at a file needs none of it."""

    def run(options: argparse.Namespace) -> int:
        commands = importlib.import_module(f".cli.{module}", __package__)
        return int(getattr(commands, name)(options))

    return run


def _add_experiment(command: argparse.ArgumentParser) -> None:
    command.add_argument("experiment", metavar="PRESET|FILE", help="id of a preset, or a JSON file")
    command.add_argument(
        "--data", type=Path, metavar="FILE", help="your own table, texts, series or ZIP of pictures"
    )
    command.add_argument(
        "--kind", choices=data.KINDS, default="", help="with --data: what it is, if you know"
    )
    command.add_argument(
        "--choose",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="with --data: settles a doubt, as `data --set` does",
    )


def _add_predict_options(predict: argparse.ArgumentParser) -> None:
    predict.add_argument("folder", type=Path, metavar="DIR", help="what train --out wrote")
    predict.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a table, texts, a series, a picture, or a ZIP of pictures",
    )
    predict.add_argument(
        "--out", type=Path, metavar="CSV", help="where the answers go; else they are printed"
    )
    predict.add_argument(
        "--report",
        action="store_true",
        help="print how good the answers are, where FILE says what is right",
    )
    predict.add_argument("--json", action="store_true", help="the report as one object")


def _add_train_options(train: argparse.ArgumentParser) -> None:
    _add_experiment(train)
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


if __name__ == "__main__":
    warnings.filterwarnings("default", module="playground")
    sys.exit(main())
