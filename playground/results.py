"""A finished run to keep: the model, its recipe and what was measured; saved as three plain files."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .builder import build_model
from .cost import admit
from .devices import check_precision, device_named
from .experiment import Experiment
from .faults import ExperimentError
from .history import History
from .models import Network, memory_format
from .settings import Settings
from .training import Trainer

EXPERIMENT, WEIGHTS, HISTORY = "experiment.json", "model.safetensors", "history.csv"
PREDICT_CHUNK = 512


@dataclass(frozen=True)
class FinishedRun:
    """A trained network. `history` is None for one that was loaded."""

    experiment: Experiment
    model: Network
    mean: np.ndarray
    std: np.ndarray
    history: History | None = None

    @torch.inference_mode()
    def predict(self, samples: np.ndarray) -> np.ndarray:
        """Probabilities of the classes.

        In: images uint8 (N, 28, 28), light ink on dark as in MNIST; or points float (N, 2). Out: float32 (N, C).
        Raises: ValueError for another shape or type.
        """
        x = torch.from_numpy(((self._checked(samples) - self.mean) / self.std).astype(np.float32))
        device = next(self.model.parameters()).device
        self.model.eval()
        outputs = [self.model(part.to(device)).float().softmax(1).cpu() for part in x.split(PREDICT_CHUNK)]
        return torch.cat(outputs).numpy() if outputs else np.empty((0, len(self.classes)), np.float32)

    @property
    def classes(self) -> tuple[str, ...]:
        return self.experiment.data.class_names()

    def save(self, folder: str | Path) -> None:
        """Writes experiment.json, model.safetensors and history.csv, each at once or not at all."""
        from safetensors.torch import save

        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        state = {name: value.cpu().contiguous() for name, value in self.model.state_dict().items()}
        about = {"mean": json.dumps(self.mean.tolist()), "std": json.dumps(self.std.tolist())}
        write_whole(folder / EXPERIMENT, (self.experiment.to_json() + "\n").encode())
        write_whole(folder / WEIGHTS, save(state, about))
        if self.history is not None:
            write_whole(folder / HISTORY, history_csv(self.history).encode())

    def _checked(self, samples: np.ndarray) -> np.ndarray:
        data = self.experiment.data
        if data.shape_kind == "image":
            size = data.input_shape[1:]
            if samples.dtype != np.uint8 or samples.ndim != 3 or samples.shape[1:] != size:
                wanted = f"uint8 (N, {size[0]}, {size[1]})"
                raise ValueError(f"predict needs images {wanted}, but got {samples.dtype} {samples.shape}")
            return samples[:, None].astype(np.float32) / np.float32(255)
        if samples.ndim != 2 or samples.shape[1:] != data.input_shape or samples.dtype.kind not in "fiu":
            given = f"{samples.dtype} {samples.shape}"
            raise ValueError(f"predict needs numbers (N, {data.input_shape[0]}), but got {given}")
        return samples.astype(np.float32)


def train(
    experiment: Experiment,
    device: str = "cpu",
    on_epoch: Callable[[Trainer], None] | None = None,
    on_step: Callable[[Trainer], None] | None = None,
) -> FinishedRun:
    """Trains to the end in this thread, calling back after every step and every epoch.

    Equal experiments give equal runs, bit for bit, on the same machine.

    Raises: ExperimentError for what cannot be trained, Diverged where NaN or infinity appears.
    """
    admit(experiment, Settings.unlimited())
    where = device_named(device)
    check_precision(experiment.training.precision, where)
    threads = torch.get_num_threads()
    try:
        trainer = Trainer(experiment, where, Settings.unlimited())
        while not trainer.finished:
            step, epoch = trainer.step, trainer.epoch
            with trainer.turn():
                trainer.advance()
            if on_step and trainer.step > step:
                on_step(trainer)
            if on_epoch and trainer.epoch > epoch:
                on_epoch(trainer)
    finally:
        torch.set_num_threads(threads)
    trainer.model.eval()
    return FinishedRun(experiment, trainer.model, trainer.split.mean, trainer.split.std, trainer.history)


def load(folder: str | Path) -> FinishedRun:
    """What `save` (or `train --out`) wrote. Raises: OSError, ExperimentError where files do not fit each other."""
    from safetensors import SafetensorError, safe_open

    folder = Path(folder)
    experiment = Experiment.load(folder / EXPERIMENT)
    model = build_model(experiment, Settings.unlimited())
    wanted = model.state_dict()
    try:
        with safe_open(folder / WEIGHTS, "pt") as file:
            about = file.metadata() or {}
            shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
            _compare(shapes, {name: tuple(value.shape) for name, value in wanted.items()})
            state = {name: file.get_tensor(name) for name in wanted}
        mean, std = (_statistic(about[name], experiment) for name in ("mean", "std"))
    except (SafetensorError, KeyError, ValueError, TypeError, RecursionError) as error:
        if isinstance(error, ExperimentError):
            raise
        raise ExperimentError.at(WEIGHTS, "invalid", detail=f"this is not a model of ours: {error}") from None
    if any(not bool(value.isfinite().all()) for value in state.values()):
        raise ExperimentError.at(WEIGHTS, "invalid", detail="the weights hold NaN or infinity")
    model.load_state_dict(state)
    model.to(memory_format=memory_format(model))
    model.eval()
    return FinishedRun(experiment, model, mean, std)


def _statistic(text: str, experiment: Experiment) -> np.ndarray:
    """A saved mean or spread. Raises: ValueError where it does not fit the data."""
    found = np.array(json.loads(text), dtype=np.float32)
    channels, *sides = experiment.data.input_shape
    if found.shape != (channels, *(1 for _ in sides)) or not np.isfinite(found).all():
        raise ValueError(f"the mean or the spread of the inputs does not fit {experiment.data.label}")
    return found


def _compare(given: dict[str, tuple[int, ...]], wanted: dict[str, tuple[int, ...]]) -> None:
    for name in wanted:
        if given.get(name) != wanted[name]:
            found = given.get(name, "nothing")
            detail = f"the network needs {name} of shape {wanted[name]}, but the file has {found}"
            raise ExperimentError.at(WEIGHTS, "invalid", detail=detail)
    extra = next((name for name in given if name not in wanted), None)
    if extra:
        raise ExperimentError.at(WEIGHTS, "invalid", detail=f"the file has {extra}, which the network has not")


def history_csv(history: History) -> str:
    """Every measured step in order; an epoch's columns stand in the row of its last step."""
    import pandas as pd

    steps, epochs = (pd.DataFrame(history.table(name)) for name in ("steps", "epochs"))
    both = steps.merge(epochs.drop(columns=["train_loss", "lr"]), on="step", how="left")
    both = both.astype({"step": "int64", "epoch": "Int64"})
    return str(both.to_csv(index=False, float_format="%.9g"))


def write_whole(path: Path, data: bytes) -> None:
    """Temporary file beside it, fsync, rename, fsync of the folder: a crash leaves the old file or the new one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
