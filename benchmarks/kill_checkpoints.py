"""Kills a training process at random moments while it writes a checkpoint after every step: what is left?

    python -m benchmarks.kill_checkpoints 100

Prints one JSON object: kills, files read after them, unreadable ones, steps made in all, temporary files left by the
crashes (they are swept at the next start), and whether the run, resumed after all kills, equals one never stopped.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import torch

from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.training.checkpoints import from_bytes
from playground.training.keeper import Keeper, checkpoints_in, latest_checkpoint
from playground.training.trainer import Trainer

WIDE = {"layer": "linear", "units": 200}
EXPERIMENT = Experiment.from_dict(
    {
        "data": {"dataset": "xor", "size": 200, "batch_size": 20},
        "layers": [WIDE, {"layer": "batchnorm1d"}, {"layer": "relu"}, {"layer": "dropout"}, WIDE],
        "training": {"epochs": 10_000},
    }
)


def train_on(folder: Path, started: int) -> None:
    """Goes on from the newest checkpoint, writing one after every unit of work, until it is killed.

    In: a file descriptor that gets one byte once training has begun.
    """
    keeper = Keeper(folder, every_s=0.0)
    trainer = Trainer(EXPERIMENT)
    checkpoint = keeper.first(EXPERIMENT, resume=True)
    if checkpoint is not None:
        checkpoint(trainer)
    os.write(started, b".")
    while not trainer.finished:
        with trainer.turn():
            trainer.advance()
        keeper.after(trainer)


def unreadable_in(folder: Path) -> tuple[int, int]:
    """(files read, unreadable ones)."""
    bad = 0
    paths = checkpoints_in(folder)
    for path in paths:
        try:
            from_bytes(path.read_bytes())
        except ExperimentError:
            bad += 1
    return len(paths), bad


def equals_never_stopped(folder: Path) -> bool:
    """Whether the newest checkpoint is the state that a run has which never stopped."""
    found = latest_checkpoint(folder)
    if found is None:
        return False
    resumed, whole = Trainer(EXPERIMENT), Trainer(EXPERIMENT)
    found(resumed)
    with whole.turn():
        while (whole.step, whole.epoch, whole.validating) != (
            resumed.step,
            resumed.epoch,
            resumed.validating,
        ):
            whole.advance()
    whole.flush()
    theirs = whole.model.state_dict()
    same = all(
        torch.equal(value, theirs[name]) for name, value in resumed.model.state_dict().items()
    )
    return same and resumed.history.equals(whole.history)


def main(kills: int) -> int:
    chance = random.Random(0)
    torch.set_num_threads(1)  # a process with a pool of threads must not fork
    Trainer(EXPERIMENT)  # whatever is worked out once, before the first child
    figures = {"kills": 0, "files_read": 0, "unreadable": 0, "temporaries_left": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(kills):
            began, started = os.pipe()
            child = os.fork()
            if child == 0:
                train_on(folder, started)
                os._exit(0)
            os.read(began, 1)
            time.sleep(chance.uniform(0.0, 0.2))  # the moment of the kill
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(began)
            os.close(started)
            read, bad = unreadable_in(folder)
            figures["kills"] += 1
            figures["files_read"] += read
            figures["unreadable"] += bad
            figures["temporaries_left"] += len(list(folder.glob(".*.tmp")))
        newest = latest_checkpoint(folder)
        figures["steps"] = newest.step if newest else 0
        print(json.dumps({**figures, "resumed_equal": equals_never_stopped(folder)}))
    return 0 if figures["unreadable"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
