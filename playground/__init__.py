"""Build, train and understand neural networks. The public Python interface; nothing here needs Gradio.

from playground import Experiment, train, load
finished = train(Experiment.load("experiment.json"))
finished.save("out")
load("out").predict(images)
"""

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engine.engine import Engine
    from .engine.run import Run
    from .experiment import Experiment
    from .faults import ExperimentError, Fault
    from .network.models import CNN, DynamicMLP
    from .preset_files import preset, presets
    from .reading.data.from_path import read_data
    from .results import FinishedRun, load, train
    from .settings import Settings
    from .training.trainer import Diverged

__version__ = "0.4.0"

# How often a thread of GNU's OpenMP looks for new work before it sleeps. torch's many short pieces want some of it; the
# usual 300,000 times burn the cores that other threads want, and then both wait. libgomp reads it once, when torch is
# imported.
if not {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"} & os.environ.keys():
    os.environ["GOMP_SPINCOUNT"] = "2000"

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
    "read_data",
    "train",
]

# Where each public name lives. It is imported when it is first used: torch takes seconds and 200 MB, and a process
# that only reads a picture needs none of it.
_HOMES = {
    "CNN": "network.models",
    "Diverged": "training.trainer",
    "DynamicMLP": "network.models",
    "Engine": "engine.engine",
    "Experiment": "experiment",
    "ExperimentError": "faults",
    "Fault": "faults",
    "FinishedRun": "results",
    "Run": "engine.run",
    "Settings": "settings",
    "load": "results",
    "preset": "preset_files",
    "presets": "preset_files",
    "read_data": "reading.data.from_path",
    "train": "results",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
