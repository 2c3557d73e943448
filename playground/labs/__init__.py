"""The labs: the guide's ideas, each as a small machine to play with. `run("broadcasting", shapes=[[5, 3, 4], [3, 1]])`.

A file of this folder that defines a lab registers it; `python -m playground labs` lists them all.
"""

import importlib
import pkgutil
from typing import Any

from .base import LABS, Answer, Lab, Played, play

__all__ = ["COURSE", "LABS", "Answer", "Lab", "Played", "play", "run"]

# The course, from a scalar to a network of one's own; a lab that is not named here comes after these.
COURSE = (
    "tensor",
    "vectorised",
    "broadcasting",
    "memory",
    "numpy",
    "graph",
    "stop_gradient",
    "derivatives",
    "jacobian",
    "own_function",
    "neuron",
    "first_weights",
    "convolution",
    "recurrent",
    "attention",
    "losses",
    "outliers",
    "imbalance",
    "triplets",
    "two_tasks",
    "optimizers",
    "schedules",
    "find_the_fault",
    "challenges",
)


def _place_in_course(module: str) -> tuple[int, str]:
    place = COURSE.index(module) if module in COURSE else len(COURSE)
    return place, module


# Labs are listed in the order in which they are registered.
_modules = [info.name for info in pkgutil.iter_modules(__path__)]
for _module in sorted(_modules, key=_place_in_course):
    importlib.import_module(f"{__name__}.{_module}")


def run(lab_id: str, **state: Any) -> dict[str, Any]:
    """A lab's answer in this state: `{"lab", "state", "values", "parts", "code", "numbers"}`.

    In: its id; the fields that differ from their defaults. Raises: ExperimentError naming the field that is wrong.
    """
    return play(lab_id, state).to_json()
