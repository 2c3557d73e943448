"""What the tests share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch

from playground.engine.engine import Engine
from playground.experiment import Experiment
from playground.preset_files import preset
from playground.settings import Settings


@pytest.fixture(autouse=True)
def _threads() -> Iterator[None]:
    """Whoever changes torch's thread count changes it for one test only."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture
def engines() -> Iterator[Callable[..., Engine]]:
    """Makes engines with settings by name, and closes them."""
    made: list[Engine] = []

    def make(clock: Any = None, **settings: Any) -> Engine:
        made.append(Engine(Settings(**settings), **({"clock": clock} if clock else {})))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


@pytest.fixture
def engine(engines: Callable[..., Engine]) -> Engine:
    """An engine with the default settings."""
    return engines()


def points(
    dataset: str = "xor", layers: Any = None, size: int = 200, **training: Any
) -> Experiment:
    """A small experiment in the plane: milliseconds to train."""
    layers = [{"layer": "linear", "units": 6}, {"layer": "tanh"}] if layers is None else layers
    data = {"dataset": dataset, "size": size, "batch_size": 20}
    return Experiment.from_dict(
        {"data": data, "layers": layers, "training": {"epochs": 3, **training}}
    )


def short(preset_id: str, epochs: int = 2, **training: Any) -> Experiment:
    """A preset with few epochs."""
    experiment = preset(preset_id).experiment
    changed = experiment.training.model_copy(update={"epochs": epochs, **training})
    return experiment.model_copy(update={"training": changed})
