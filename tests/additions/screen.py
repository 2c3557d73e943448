"""One more question, measurement with its chart, live setting and tab."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from playground.experiment import Experiment
from playground.questions.base import Answer, PageQuestion
from playground.questions.encoding import number
from playground.training.live_settings import LiveSetting
from playground.training.measurements import Norms
from playground.training.trainer import Trainer
from playground.ui.charts import ChartSpec
from playground.ui.page import place


@dataclass(frozen=True)
class LargestWeight(PageQuestion[float]):
    """The largest weight of the network."""

    def __call__(self, trainer: Trainer) -> float:
        return max(float(weight.detach().abs().max()) for weight in trainer.model.parameters())

    def tell(self, found: float, experiment: Experiment) -> Answer:
        return {"largest": number(found), "finite": math.isfinite(found)}


# The card of the question; on the page it is called after the file.
CARD = Path(__file__).parent / "largest_weight.js"


def weight_norm(norms: Norms) -> np.ndarray:
    """How long the weights are. In: norms. Out: (layers,)."""
    return norms.weights


WEIGHT_NORM: ChartSpec = {
    "title": ("Weight norm by layer", "各层权重范数"),
    "help": ("before the step", "更新之前"),
    "traces": [
        {
            "name": "chart.layer",
            "table": "layers",
            "y": "test_weight_norm",
            "colour": "ramp",
            "width": 1.6,
            "per_layer": True,
        }
    ],
    "log": False,
    "log_switch": True,
    "tickformat": "~g",
    "hoverformat": ".3~g",
    "from_zero": True,
}


def put_momentum(trainer: Trainer, momentum: float) -> None:
    """The next step carries that share of the last one over."""
    for group in trainer.optimizer.param_groups:
        group["momentum"] = momentum


MOMENTUM = LiveSetting(("training", "optimizer", "momentum"), put_momentum)


class Notes:
    """A tab: what the file of one has, `TEXT` and `panel()`. It shows the card of the new question."""

    TEXT: dict[str, tuple[str, str]] = {
        "tab.notes": ("Notes", "笔记"),
        "largest_weight.title": ("Largest weight", "最大权重"),
        "largest_weight.help": ("of all layers", "所有层中"),
    }

    @staticmethod
    def panel() -> None:
        """Places its card."""
        place("largest_weight")
