"""A trained network to ask, and how a worker asks it."""

from collections.abc import Callable
from typing import Any

import pytest

from playground.experiment import Experiment
from playground.training.trainer import Trainer

CNN = [
    {"layer": "conv2d", "channels": 6}, {"layer": "batchnorm2d"}, {"layer": "relu"},
    {"layer": "maxpool2d", "size": 4}, {"layer": "flatten"}, {"layer": "dropout"},
]  # fmt: skip


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    """A convolutional network after five steps."""
    experiment = Experiment.from_dict(
        {"data": {"dataset": "digits"}, "layers": CNN, "training": {"epochs": 1}}
    )
    made = Trainer(experiment)
    with made.turn():
        for _ in range(5):
            made.advance()
    return made


@pytest.fixture
def ask(trainer: Trainer) -> Callable[[Any], Any]:
    """As the worker asks: in evaluation mode, which is taken back afterwards."""

    def asked(question: Any) -> Any:
        trainer.model.eval()
        try:
            return question(trainer)
        finally:
            trainer.model.train()

    return asked
