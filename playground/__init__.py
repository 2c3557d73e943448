"""Build, train and understand neural networks. The public Python interface; nothing here needs Gradio.

from playground import Experiment, train, load
finished = train(Experiment.load("experiment.json"))
finished.save("out")
load("out").predict(images)
"""

import os

# How often a thread of GNU's OpenMP looks for new work before it sleeps. torch's many short pieces want some of it; the
# usual 300,000 times burn the cores that other programs want. libgomp reads it once, when torch is imported.
if not {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"} & os.environ.keys():
    os.environ["GOMP_SPINCOUNT"] = "40000"

from .engine.engine import Engine
from .engine.run import Run
from .experiment import Experiment
from .faults import ExperimentError, Fault
from .network.models import CNN, DynamicMLP
from .presets import preset, presets
from .results import FinishedRun, load, train
from .settings import Settings
from .training.trainer import Diverged

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
