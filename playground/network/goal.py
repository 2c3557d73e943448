"""What an experiment's network has to give back, and what its outputs say."""

from torch import Tensor

from ..catalogues.tasks import TASKS, Task
from ..experiment import Experiment


def task_of(experiment: Experiment) -> Task:
    """What the network has to give back: the loss decides where it wants something else than the data set."""
    return TASKS[experiment.training.loss.task or experiment.data.task]


def answers_of(experiment: Experiment, output: Tensor) -> Tensor:
    """What a network's outputs say: see `Task.readout`."""
    return task_of(experiment).readout(experiment.training.loss.link, output)
