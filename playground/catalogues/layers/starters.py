"""A small network that suits each kind of data: offered where the layers on the screen do not."""

from collections.abc import Mapping, Sequence
from typing import Any

STARTERS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "image": [
        {"layer": "conv2d", "channels": 16},
        {"layer": "relu"},
        {"layer": "maxpool2d"},
        {"layer": "conv2d", "channels": 32},
        {"layer": "relu"},
        {"layer": "maxpool2d"},
        {"layer": "flatten"},
        {"layer": "linear", "units": 64},
        {"layer": "relu"},
    ],
    "points": [
        {"layer": "linear", "units": 32},
        {"layer": "relu"},
        {"layer": "linear", "units": 32},
        {"layer": "relu"},
    ],
    # A small table gives a few dozen steps, in which Adam moves no weight far: a wide network gets there all the same.
    # Dropout keeps it from learning a few hundred rows by heart.
    "table": [
        {"layer": "linear", "units": 512},
        {"layer": "relu"},
        {"layer": "dropout", "p": 0.2},
        {"layer": "linear", "units": 64},
        {"layer": "relu"},
        {"layer": "dropout", "p": 0.2},
    ],
    "text": [{"layer": "embedding", "size": 32}, {"layer": "time_pool", "how": "mean"}],
    "series": [{"layer": "linear", "units": 32}, {"layer": "relu"}],
}
STEPWISE: Sequence[Mapping[str, Any]] = [{"layer": "embedding", "size": 32}]
# What a starter is trained with where that decides how good it gets: a warm-up that was meant for a large data set may
# be longer than all of the training on a small table. `python -m benchmarks.starters` measures it.
STARTER_TRAINING: Mapping[str, Mapping[str, Any]] = {
    "table": {
        "optimizer": {"optimizer": "adam", "lr": 0.001},
        "schedule": {"schedule": "constant"},
        "epochs": 5,
    },
}


def starter_of(shape_kind: str, by_steps: bool) -> Sequence[Mapping[str, Any]]:
    """The layers for data of this kind; a text that is answered step by step must not be pooled."""
    return STEPWISE if by_steps and shape_kind == "text" else STARTERS[shape_kind]
