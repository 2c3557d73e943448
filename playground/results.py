"""A finished run to keep: the model, its recipe and what was measured; saved as three plain files."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from .catalogues.baselines import Baseline
from .catalogues.datasets import uploads
from .catalogues.datasets.base import Dataset
from .catalogues.samples import normalised
from .engine.devices import check_precision, device_named
from .experiment import Experiment
from .faults import ExperimentError
from .files import safetensors_bytes, write_whole
from .network.builder import build_model
from .network.goal import answers_of
from .network.limits import admit
from .network.models import Network, memory_format
from .settings import Settings
from .training.history import History
from .training.keeper import Keeper
from .training.trainer import Trainer

if TYPE_CHECKING:
    from .answering import FileAnswers

# The files of a saved run.
EXPERIMENT = "experiment.json"
WEIGHTS = "model.safetensors"
HISTORY = "history.csv"
DATA = "data"  # a folder with the file that the network learned from, where it is somebody's own
PREDICT_CHUNK = 512  # samples that go through the network at a time
# Names of the arrays that the weights' file carries as metadata, each a list in JSON.
STATISTICS = ("mean", "std", "target_mean", "target_std")


@dataclass(frozen=True)
class FinishedRun:
    """A trained network, with what is needed to feed it and to read its outputs.

    mean, std: of the training inputs, float32, shaped to go with one sample. target_mean, target_std: of the training
    targets, float32 (K,) in their own unit; None where classes are told apart. history: None for a run that was loaded.
    baselines: what answers without a network score over the same validation part; empty for a run that was loaded.
    """

    experiment: Experiment
    model: Network
    mean: np.ndarray
    std: np.ndarray
    history: History | None = None
    target_mean: np.ndarray | None = None
    target_std: np.ndarray | None = None
    baselines: tuple[Baseline, ...] = ()

    @classmethod
    def of(cls, trainer: Trainer, model: Network, history: History | None = None) -> "FinishedRun":
        """A trainer's network (or a copy of it), with the statistics of the trainer's data."""
        split = trainer.split
        return cls(
            experiment=trainer.experiment,
            model=model,
            mean=split.mean,
            std=split.std,
            history=history,
            target_mean=split.target_mean,
            target_std=split.target_std,
            baselines=trainer.history.baselines or (),
        )

    def predict(self, samples: Any) -> np.ndarray:
        """Probabilities of the classes; predicted values in their own unit; or what another task gives back.

        In: images uint8 (N, 28, 28), light ink on dark; points or table rows float (N, F); texts as a list of str;
        windows of a series float (N, T, F). Out: float32 (N, C), or (N, K) values, (N, T, C) for labelled steps.
        Raises: ValueError for another shape or type.
        """
        data = self.experiment.data
        chunks = [*self.answers_by_chunk(data.encode(samples))]
        if not chunks:
            return np.empty((0, data.n_outputs()), np.float32)
        values = np.concatenate(chunks) + data.offsets_of(samples)
        return values.astype(np.float32)

    @torch.inference_mode()
    def answers_by_chunk(self, raw: np.ndarray) -> Iterator[np.ndarray]:
        """The same for inputs as `Dataset.raw` gives them, 512 at a time; those of a series before `offsets_of`."""
        goal = self.experiment.data.goal
        device = next(self.model.parameters()).device
        self.model.eval()
        for start in range(0, len(raw), PREDICT_CHUNK):
            part = self._inputs(raw[start : start + PREDICT_CHUNK])
            output = self.model(part.to(device))
            answers = answers_of(self.experiment, output).cpu().numpy()
            yield goal.in_own_unit(answers, self.target_mean, self.target_std)

    def _inputs(self, raw: np.ndarray) -> torch.Tensor:
        """Measured numbers are scaled as in training; token numbers are left as they are."""
        if raw.dtype == np.int64:  # only `encode` of a text gives whole numbers
            return torch.from_numpy(raw)
        return torch.from_numpy(normalised(raw, self.mean, self.std))

    def scores(self) -> dict[str, float]:
        """What the validation part said of the weights that were kept, by metric; nothing for a run that was loaded."""
        return {} if self.history is None else kept_scores(self.experiment, self.history)

    def answer_file(self, path: str | Path) -> "FileAnswers":
        """What the network says of every row, text or picture of a file; of a series, its next steps.

        `finished.answer_file("new.csv").save("answers.csv")`. Out: a table with answers, and the report where the file
        says what is right.
        Raises: ExperimentError where the file does not fit the training's, OSError.
        """
        # Here, since answering is built on finished runs.
        from .answering import answer_file

        path = Path(path)
        return answer_file(self, path.read_bytes(), path.name)

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, in the order of the probabilities; empty where values are predicted."""
        return self.experiment.data.class_names()

    def save(self, folder: str | Path) -> None:
        """Writes experiment.json, model.safetensors and history.csv, each whole or not at all. Raises: OSError.

        A person's own data file is kept beside them: how it was read is needed to read further ones alike.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        state: dict[str, torch.Tensor] = {}
        for name, value in self.model.state_dict().items():
            state[name] = value.cpu().contiguous()  # as the format wants them
        about: dict[str, str] = {}
        for name in STATISTICS:
            statistic = getattr(self, name)
            if statistic is not None:
                about[name] = json.dumps(statistic.tolist())
        recipe = self.experiment.to_json() + "\n"
        write_whole(folder / EXPERIMENT, recipe.encode())
        write_whole(folder / WEIGHTS, safetensors_bytes(state, about))
        if self.history is not None:
            write_whole(folder / HISTORY, history_csv(self.history).encode())
        _keep_own_file(self.experiment.data, folder / DATA)


def kept_scores(experiment: Experiment, history: History) -> dict[str, float]:
    """What the validation part said of the weights that were kept, by metric; nothing before the first epoch ended."""
    losses = history.column("epochs", "val_loss")
    if not len(losses):
        return {}
    epoch = -1
    if experiment.training.keep_best and not np.isnan(losses).all():
        epoch = int(np.nanargmin(losses))
    scores: dict[str, float] = {}
    for name in history.metrics:
        scores[name] = float(history.column("epochs", f"val_{name}")[epoch])
    return scores


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

    device: "cpu", "cuda", "cuda:1" or "mps".
    begin: called with the fresh trainer before its first step (`StartingWeights`, a `Checkpoint`).
    checkpoint: folder in which the state is kept, every `every_s` seconds or every `every_epochs` epochs and at the
    end; with `resume` training goes on from the newest one there, if there is any.

    Raises: ExperimentError for what cannot be trained, Diverged where NaN or infinity appears.
    """
    plan = admit(experiment, Settings.unlimited())
    where = device_named(device)
    check_precision(experiment.training.precision, where)
    keeper: Keeper | None = None
    if checkpoint is not None:
        keeper = Keeper(Path(checkpoint), every_s, every_epochs)
        # A checkpoint to go on from has the last word over `begin`.
        begin = keeper.first(experiment, resume) or begin

    n_threads = torch.get_num_threads()  # the trainer sets its own number
    try:
        trainer = Trainer(experiment, where, Settings.unlimited(), plan)
        if begin is not None:
            begin(trainer)
        _train_to_the_end(trainer, on_epoch, on_step, keeper)
    finally:
        torch.set_num_threads(n_threads)
    trainer.model.eval()
    return FinishedRun.of(trainer, trainer.model, trainer.history)


def _train_to_the_end(
    trainer: Trainer,
    on_epoch: Callable[[Trainer], None] | None,
    on_step: Callable[[Trainer], None] | None,
    keeper: Keeper | None,
) -> None:
    while not trainer.finished:
        step_before = trainer.step
        epoch_before = trainer.epoch
        with trainer.turn():
            trainer.advance()
        # Not every advance ends a step: batches may be added up, a validation goes in pieces.
        if on_step and trainer.step > step_before:
            on_step(trainer)
        if on_epoch and trainer.epoch > epoch_before:
            on_epoch(trainer)
        if keeper is not None:
            keeper.after(trainer)


def load(folder: str | Path) -> FinishedRun:
    """What `save` (or `train --out`) wrote. Raises: OSError, ExperimentError where files do not fit each other."""
    from safetensors import SafetensorError

    folder = Path(folder)
    experiment = Experiment.load(folder / EXPERIMENT)
    _hand_in_own_file(experiment.data, folder / DATA)
    model = build_model(experiment, Settings.unlimited(), pretrained=False)
    try:
        state, about = _read_weights(folder / WEIGHTS, model.state_dict())
        mean = _input_statistic(about["mean"], experiment)
        std = _input_statistic(about["std"], experiment)
        target_mean = _target_statistic(about.get("target_mean"))
        target_std = _target_statistic(about.get("target_std"))
    except ExperimentError:  # a ValueError, too, but one that says more
        raise
    except (SafetensorError, KeyError, ValueError, TypeError, RecursionError) as error:
        raise _bad_weights(f"this is not a model of ours: {error}") from None
    for value in state.values():
        if not bool(value.isfinite().all()):
            raise _bad_weights("the weights hold NaN or infinity")

    model.load_state_dict(state)
    # As in training, so that it answers to the same bit.
    model.to(memory_format=memory_format(model))
    model.eval()
    return FinishedRun(
        experiment=experiment,
        model=model,
        mean=mean,
        std=std,
        target_mean=target_mean,
        target_std=target_std,
    )


def _own_file_of(data: Dataset) -> str:
    """The id of the file that somebody handed in; "" where there is none."""
    return str(getattr(data, "file", "")) if data.takes_file else ""


def _keep_own_file(data: Dataset, folder: Path) -> None:
    """Writes the file that the network learned from, where it is still here. Raises: OSError."""
    file = _own_file_of(data)
    if not file or file not in uploads.STORE:
        return
    folder.mkdir(exist_ok=True)
    write_whole(folder / data.own_file(), uploads.get(file))


def _hand_in_own_file(data: Dataset, folder: Path) -> None:
    """Hands in what `_keep_own_file` wrote, as the experiment names its file by its content. Raises: OSError."""
    file = _own_file_of(data)
    if not file or file in uploads.STORE or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() == file:
            uploads.put(content, data.takes_file, path.name)


def _bad_weights(detail: str) -> ExperimentError:
    return ExperimentError.at(WEIGHTS, "invalid", detail=detail)


def _read_weights(
    path: Path, wanted: dict[str, torch.Tensor]
) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """The tensors of a file, in the types of the network's, and its metadata. Shapes are compared before any is read.

    Raises: ExperimentError where they do not fit the network, OSError, SafetensorError.
    """
    from safetensors import safe_open

    with safe_open(path, "pt") as file:
        shapes: dict[str, tuple[int, ...]] = {}
        for name in file.keys():  # noqa: SIM118  (a file of safetensors cannot be iterated over)
            shapes[name] = tuple(file.get_slice(name).get_shape())
        _compare(shapes, wanted)
        state: dict[str, torch.Tensor] = {}
        for name, value in wanted.items():
            state[name] = file.get_tensor(name).to(value.dtype)
        return state, file.metadata() or {}


def _compare(shapes: dict[str, tuple[int, ...]], wanted: dict[str, torch.Tensor]) -> None:
    """Raises: ExperimentError for the first tensor that the file and the network do not share."""
    for name, value in wanted.items():
        shape = tuple(value.shape)
        if shapes.get(name) != shape:
            in_file = shapes.get(name, "nothing")
            raise _bad_weights(
                f"the network needs {name} of shape {shape}, but the file has {in_file}"
            )
    for name in shapes:
        if name not in wanted:
            raise _bad_weights(f"the file has {name}, which the network does not have")


def _input_statistic(text: str, experiment: Experiment) -> np.ndarray:
    """A saved mean or spread of the inputs. Raises: ValueError where it does not fit the data."""
    statistic = np.array(json.loads(text), dtype=np.float32)
    data = experiment.data
    if statistic.shape != _statistic_shape(data) or not np.isfinite(statistic).all():
        raise ValueError(f"the mean or the spread of the inputs does not fit {data.label}")
    return statistic


def _statistic_shape(data: Dataset) -> tuple[int, ...]:
    """The shape of one input, 1 along each axis over which the mean was taken."""
    axes = data.statistic_axes()
    if axes is None:
        return (1,)
    sizes = list(data.input_shape)
    for axis in axes:
        if axis > 0:  # axis 0 counts the samples, and is not there
            sizes[axis - 1] = 1
    return tuple(sizes)


def _target_statistic(text: str | None) -> np.ndarray | None:
    """A saved mean or spread of the targets; classes have none. Raises: ValueError."""
    if text is None:
        return None
    statistic = np.array(json.loads(text), np.float32)
    if not np.isfinite(statistic).all():
        raise ValueError("the mean or the spread of the targets is not finite")
    return statistic


def history_csv(history: History) -> str:
    """Every measured step in order; an epoch's columns stand in the row of its last step. Out: CSV with a header."""
    import pandas as pd

    steps = pd.DataFrame(history.table("steps"))
    epochs = pd.DataFrame(history.table("epochs"))
    # Both tables have these two columns; those of the steps are the finer ones.
    epochs = epochs.drop(columns=["train_loss", "lr"])
    both = steps.merge(epochs, on="step", how="left")
    # pandas' own Int64 has room for nothing: most rows belong to no end of an epoch.
    both = both.astype({"step": "int64", "epoch": "Int64"})
    return str(both.to_csv(index=False, float_format="%.9g"))
