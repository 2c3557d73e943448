"""A finished run to keep: the model, its recipe and what was measured; saved as three plain files."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .catalogues.datasets.base import normalised
from .engine.devices import check_precision, device_named
from .experiment import Experiment
from .faults import ExperimentError
from .files import safetensors_bytes, write_whole
from .network.builder import answers_of, build_model
from .network.cost import admit
from .network.models import Network, memory_format
from .settings import Settings
from .training.checkpoints import Keeper
from .training.history import History
from .training.trainer import Trainer

EXPERIMENT, WEIGHTS, HISTORY = "experiment.json", "model.safetensors", "history.csv"
PREDICT_CHUNK = 512
STATISTICS = ("mean", "std", "target_mean", "target_std")


@dataclass(frozen=True)
class FinishedRun:
    """A trained network. `history` is None for one that was loaded."""

    experiment: Experiment
    model: Network
    mean: np.ndarray
    std: np.ndarray
    history: History | None = None
    target_mean: np.ndarray | None = None
    target_std: np.ndarray | None = None

    @torch.inference_mode()
    def predict(self, samples: Any) -> np.ndarray:
        """Probabilities of the classes; predicted values in their own unit; or whatever else the task asks for.

        In: images uint8 (N, 28, 28), light ink on dark; points or table rows float (N, F); texts as a list of str;
        windows of a series float (N, T, F). Out: float32 (N, C), or (N, K) values, (N, T, C) for labelled steps.
        Raises: ValueError for another shape or type.
        """
        raw = self.experiment.data.encode(samples)
        x = torch.from_numpy(raw if raw.dtype == np.int64 else normalised(raw, self.mean, self.std))
        device = next(self.model.parameters()).device
        self.model.eval()
        outputs = [
            answers_of(self.experiment, self.model(part.to(device))).cpu()
            for part in x.split(PREDICT_CHUNK)
        ]
        if not outputs:
            return np.empty((0, self.experiment.data.n_outputs()), np.float32)
        found = torch.cat(outputs).numpy()
        return self.experiment.data.goal.in_own_unit(found, self.target_mean, self.target_std)

    @property
    def classes(self) -> tuple[str, ...]:
        return self.experiment.data.class_names()

    def save(self, folder: str | Path) -> None:
        """Writes experiment.json, model.safetensors and history.csv, each at once or not at all."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        state = {name: value.cpu().contiguous() for name, value in self.model.state_dict().items()}
        statistics = {name: getattr(self, name) for name in STATISTICS}
        about = {
            name: json.dumps(value.tolist())
            for name, value in statistics.items()
            if value is not None
        }
        write_whole(folder / EXPERIMENT, (self.experiment.to_json() + "\n").encode())
        write_whole(folder / WEIGHTS, safetensors_bytes(state, about))
        if self.history is not None:
            write_whole(folder / HISTORY, history_csv(self.history).encode())


def train(
    experiment: Experiment,
    device: str = "cpu",
    on_epoch: Callable[[Trainer], None] | None = None,
    on_step: Callable[[Trainer], None] | None = None,
    *,
    begin: Callable[[Trainer], Any] | None = None,
    checkpoint: str | Path | None = None,
    every_s: float = 60.0,
    every_epochs: int | None = None,
    resume: bool = False,
) -> FinishedRun:
    """Trains to the end in this thread, calling back after every step and every epoch.

    Equal experiments give equal runs, bit for bit, on the same machine; so does a run that was stopped and resumed.

    begin: called with the fresh trainer before its first step (`StartingWeights`, a `Checkpoint`).
    checkpoint: folder in which the state is kept, every `every_s` seconds or every `every_epochs` epochs and at the
    end; with `resume` training goes on from the newest one there, if there is any.

    Raises: ExperimentError for what cannot be trained, Diverged where NaN or infinity appears.
    """
    plan = admit(experiment, Settings.unlimited())
    where = device_named(device)
    check_precision(experiment.training.precision, where)
    keeper = Keeper(Path(checkpoint), every_s, every_epochs) if checkpoint is not None else None
    begin = (keeper.first(experiment, resume) if keeper else None) or begin
    threads = torch.get_num_threads()
    try:
        trainer = Trainer(experiment, where, Settings.unlimited(), plan)
        if begin is not None:
            begin(trainer)
        while not trainer.finished:
            step, epoch = trainer.step, trainer.epoch
            with trainer.turn():
                trainer.advance()
            if on_step and trainer.step > step:
                on_step(trainer)
            if on_epoch and trainer.epoch > epoch:
                on_epoch(trainer)
            if keeper is not None:
                keeper.after(trainer)
    finally:
        torch.set_num_threads(threads)
    trainer.model.eval()
    split = trainer.split
    return FinishedRun(
        experiment,
        trainer.model,
        split.mean,
        split.std,
        trainer.history,
        split.target_mean,
        split.target_std,
    )


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
            state = {name: file.get_tensor(name).to(value.dtype) for name, value in wanted.items()}
        mean, std = (_statistic(about[name], experiment) for name in STATISTICS[:2])
        targets = [
            np.array(json.loads(about[name]), np.float32) if name in about else None
            for name in STATISTICS[2:]
        ]
        if any(each is not None and not np.isfinite(each).all() for each in targets):
            raise ValueError("the mean or the spread of the targets is not finite")
    except (SafetensorError, KeyError, ValueError, TypeError, RecursionError) as error:
        if isinstance(error, ExperimentError):
            raise
        raise ExperimentError.at(
            WEIGHTS, "invalid", detail=f"this is not a model of ours: {error}"
        ) from None
    if any(not bool(value.isfinite().all()) for value in state.values()):
        raise ExperimentError.at(WEIGHTS, "invalid", detail="the weights hold NaN or infinity")
    model.load_state_dict(state)
    model.to(memory_format=memory_format(model))
    model.eval()
    return FinishedRun(experiment, model, mean, std, None, *targets)


def _statistic(text: str, experiment: Experiment) -> np.ndarray:
    """A saved mean or spread. Raises: ValueError where it does not fit the data."""
    found = np.array(json.loads(text), dtype=np.float32)
    axes, shape = experiment.data.statistic_axes(), experiment.data.input_shape
    wanted = (
        (1,)
        if axes is None
        else tuple(1 if i + 1 in axes else size for i, size in enumerate(shape))
    )
    if found.shape != wanted or not np.isfinite(found).all():
        raise ValueError(
            f"the mean or the spread of the inputs does not fit {experiment.data.label}"
        )
    return found


def _compare(given: dict[str, tuple[int, ...]], wanted: dict[str, tuple[int, ...]]) -> None:
    for name in wanted:
        if given.get(name) != wanted[name]:
            found = given.get(name, "nothing")
            detail = f"the network needs {name} of shape {wanted[name]}, but the file has {found}"
            raise ExperimentError.at(WEIGHTS, "invalid", detail=detail)
    extra = next((name for name in given if name not in wanted), None)
    if extra:
        raise ExperimentError.at(
            WEIGHTS, "invalid", detail=f"the file has {extra}, which the network has not"
        )


def history_csv(history: History) -> str:
    """Every measured step in order; an epoch's columns stand in the row of its last step."""
    import pandas as pd

    steps, epochs = (pd.DataFrame(history.table(name)) for name in ("steps", "epochs"))
    both = steps.merge(epochs.drop(columns=["train_loss", "lr"]), on="step", how="left")
    both = both.astype({"step": "int64", "epoch": "Int64"})
    return str(both.to_csv(index=False, float_format="%.9g"))
