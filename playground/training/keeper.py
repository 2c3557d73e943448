"""Checkpoints in a folder: written whole, the newest few kept."""

import time
from pathlib import Path

from ..experiment import Experiment
from ..faults import ExperimentError
from ..files import sweep, write_whole
from .checkpoints import Checkpoint, from_bytes, to_bytes
from .trainer import Trainer

PREFIX, SUFFIX = "checkpoint-", ".safetensors"
KEPT = 2  # checkpoints kept in a folder: where the newest is damaged, the one before still goes


def save_checkpoint(trainer: Trainer, folder: Path) -> Path:
    """Writes the trainer's state whole, then removes all but the newest few."""
    moment = "v" if trainer.validating else "t"
    path = folder / f"{PREFIX}{trainer.step:010d}-{moment}{trainer.epoch:05d}{SUFFIX}"
    write_whole(path, to_bytes(trainer))
    for old in checkpoints_in(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return path


def checkpoints_in(folder: Path) -> list[Path]:
    """The newest first."""
    return sorted(folder.glob(f"{PREFIX}*{SUFFIX}"), key=_place, reverse=True)


def _place(path: Path) -> tuple[str, str]:
    """By step, then by epoch: after the last step of an epoch, its validation has begun or is over."""
    step, _, rest = path.name.removeprefix(PREFIX).removesuffix(SUFFIX).partition("-")
    return step, rest[1:]


def latest_checkpoint(folder: Path) -> Checkpoint | None:
    """The newest one that is whole; None where there is none. Raises: ExperimentError where all are damaged."""
    first_error: ExperimentError | None = None
    for path in checkpoints_in(folder):
        try:
            return from_bytes(path.read_bytes())
        except ExperimentError as error:
            first_error = first_error or error
    if first_error is not None:
        raise first_error
    return None


class Keeper:
    """Writes a checkpoint into a folder every so many seconds or epochs, and when training ends."""

    def __init__(self, folder: Path, every_s: float = 60.0, every_epochs: int | None = None):
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder, PREFIX)
        self._folder, self._every_s, self._every_epochs = folder, every_s, every_epochs
        self._saved_at, self._epoch = time.monotonic(), 0

    def first(self, experiment: Experiment, resume: bool) -> Checkpoint | None:
        """What to go on from; None for a start. Raises: ExperimentError where the folder belongs to another run."""
        if not resume:
            if checkpoints_in(self._folder):
                raise ExperimentError.at("checkpoint", "has_checkpoints", folder=str(self._folder))
            return None
        latest = latest_checkpoint(self._folder)
        if latest is None:
            return None
        if latest.experiment != experiment:
            raise ExperimentError.at("checkpoint", "other_checkpoint", folder=str(self._folder))
        self._epoch = latest.epoch
        return latest

    def after(self, trainer: Trainer) -> None:
        """To be called after every unit of work."""
        if trainer.finished or self._is_due(trainer.epoch):
            save_checkpoint(trainer, self._folder)
            self._saved_at, self._epoch = time.monotonic(), trainer.epoch

    def _is_due(self, epoch: int) -> bool:
        if self._every_epochs and epoch - self._epoch >= self._every_epochs:
            return True
        return time.monotonic() - self._saved_at >= self._every_s
