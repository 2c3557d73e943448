"""Build, train and understand neural networks. The public Python interface; nothing here needs Gradio.

from playground import Experiment, train, load
finished = train(Experiment.load("experiment.json"))
finished.save("out")
load("out").predict(images)
"""

from .engine import Engine, Run
from .experiment import Experiment
from .faults import ExperimentError, Fault
from .models import CNN, DynamicMLP
from .presets import preset, presets
from .results import FinishedRun, load, train
from .settings import Settings
from .training import Diverged

__all__ = [
    "CNN",
    "Diverged",
    "DynamicMLP",
    "Engine",
    "Experiment",
    "ExperimentError",
    "Fault",
    "FinishedRun",
    "Run",
    "Settings",
    "load",
    "preset",
    "presets",
    "train",
]
