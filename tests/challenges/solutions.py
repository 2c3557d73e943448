"""A network for each bundled challenge that reaches its targets."""

from typing import Any

from playground.challenges import Challenge, bundled
from playground.experiment import Experiment

SGD_RATES = (0.01, 0.1, 1.0)
SMALL_CNN = [
    {"layer": "conv2d", "channels": 8},
    {"layer": "batchnorm2d"},
    {"layer": "relu"},
    {"layer": "maxpool2d"},
    {"layer": "conv2d", "channels": 16},
    {"layer": "batchnorm2d"},
    {"layer": "relu"},
    {"layer": "maxpool2d"},
    {"layer": "conv2d", "channels": 32},
    {"layer": "batchnorm2d"},
    {"layer": "relu"},
    {"layer": "maxpool2d"},
    {"layer": "flatten"},
]
COSINE = {"schedule": "cosine"}


def solution(challenge_id: str) -> list[Experiment]:
    """The trainings of a result that passes."""
    challenge = bundled()[challenge_id]
    if challenge_id == "find_the_rate":
        return [with_rate(challenge, rate) for rate in SGD_RATES]
    return [changed(challenge, **SOLUTIONS[challenge_id])]


def changed(challenge: Challenge, **changes: Any) -> Experiment:
    """The start of a challenge with other layers, training or data."""
    whole = challenge.experiment().model_dump(mode="json")
    for part, value in changes.items():
        keeps_others = isinstance(value, dict) and "dataset" not in value
        whole[part] = {**whole[part], **value} if keeps_others else value
    return Experiment.from_dict(whole)


def with_rate(challenge: Challenge, rate: float) -> Experiment:
    """The start with another learning rate."""
    return challenge.experiment().with_value(["training", "optimizer", "lr"], rate)


SOLUTIONS: dict[str, dict[str, Any]] = {
    "two_hidden_layers": {
        "data": {"batch_size": 32},
        "layers": [
            {"layer": "linear", "units": 64},
            {"layer": "relu"},
            {"layer": "linear", "units": 64},
            {"layer": "relu"},
        ],
        "training": {
            "optimizer": {"optimizer": "adam", "lr": 0.01},
            "schedule": COSINE,
            "epochs": 60,
        },
    },
    "small_digits": {
        "layers": SMALL_CNN,
        "training": {
            "optimizer": {"optimizer": "adam", "lr": 0.005},
            "schedule": COSINE,
            "epochs": 6,
        },
    },
    "few_images": {
        "layers": SMALL_CNN,
        "data": {"batch_size": 32},
        "training": {
            "optimizer": {"optimizer": "adam", "lr": 0.005},
            "schedule": COSINE,
            "epochs": 20,
        },
    },
    "beat_the_rnn": {
        "layers": [
            {"layer": "linear", "units": 16},
            {"layer": "tanh"},
            {"layer": "lstm", "units": 32, "forget_bias": 3.0},
            {"layer": "time_pool"},
        ],
    },
    "calibrated_forecast": {
        "data": {"batch_size": 32},
        "layers": [
            {"layer": "flatten"},
            {"layer": "linear", "units": 32},
            {"layer": "relu"},
            {"layer": "dropout", "p": 0.2},
        ],
        "training": {
            "optimizer": {"optimizer": "adamw", "lr": 0.002},
            "schedule": {"schedule": "one_cycle"},
            "epochs": 20,
        },
    },
}
