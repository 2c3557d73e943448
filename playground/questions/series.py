"""What comes next in a series."""

from dataclasses import dataclass

import numpy as np
import torch

from ..catalogues.datasets.series import Series
from ..experiment import Experiment
from ..training.trainer import Trainer
from .base import Answer, asked_as, refused
from .encoding import five_digits, is_finite, overflowing
from .probes import answers
from .sample import SampleQuestion


@dataclass(frozen=True)
class Forecast:
    """A window of a series, float32 (window,), what came next (horizon,) where it is known, and what the network says.

    All in the series's own unit. start: where in the series the window begins, −1 for numbers from outside.
    """

    window: np.ndarray
    guess: np.ndarray
    future: np.ndarray | None
    start: int


@asked_as("forecast")
@dataclass(frozen=True)
class NextValues(SampleQuestion[Forecast]):
    """The next values after a window. Out: Forecast. Raises: ExperimentError where the data are no series."""

    @overflowing
    @torch.inference_mode()
    def __call__(self, trainer: Trainer) -> Forecast:
        data = trainer.experiment.data
        if not isinstance(data, Series):
            raise refused("this network does not forecast a series")
        inputs = self.sample.inputs(trainer)
        window, future, start = self._window(trainer, data)
        # With `from_last` a network learns the change since the last value that is there, not the value.
        guess = answers(trainer, inputs) + self.sample.offset(trainer)
        return Forecast(
            window=window.astype(np.float32),
            guess=guess[0].astype(np.float32),
            future=None if future is None else future.astype(np.float32),
            start=start,
        )

    def _window(self, trainer: Trainer, data: Series) -> tuple[np.ndarray, np.ndarray | None, int]:
        if self.sample.index is None:
            window = np.array(self.sample.raw, dtype=np.float64)
            return window.reshape(data.window, -1)[:, 0], None, -1
        position = trainer.split.val_index[self.sample.index]
        start = int(data.starts()[position])
        end = start + data.window
        values = data.values()
        future = values[end : end + data.horizon]
        return values[start:end], future, start

    def tell(self, found: Forecast, experiment: Experiment) -> Answer:
        """Null stands for a value that is missing in the series, too; `finite` is about the network's own."""
        future = found.future
        return {
            "window": five_digits(found.window.tolist()),
            "values": five_digits(found.guess.tolist()),
            "future": None if future is None else five_digits(future.tolist()),
            "start": found.start,
            "finite": is_finite(found.guess),
        }
