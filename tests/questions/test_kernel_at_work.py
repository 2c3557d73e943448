"""A kernel of the run in the lab of convolutions: the same numbers as in the network."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from playground import labs
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.labs import convolution
from playground.questions import kernel_at_work
from playground.questions.kernel_at_work import KernelQuestion
from playground.questions.sample import Sample
from playground.training.trainer import Trainer

SEVENTH = Sample(index=7)


def network(conv: dict[str, Any], before: list[dict[str, Any]] | None = None) -> Trainer:
    layers = [*(before or []), {"layer": "conv2d", **conv}, {"layer": "flatten"}]
    made = Trainer(Experiment.from_dict({"data": {"dataset": "digits"}, "layers": layers}))
    made.model.eval()
    return made


@pytest.mark.parametrize(
    "conv",
    [
        {"channels": 3},
        {"channels": 2, "kernel": 5, "stride": 2},
        {"channels": 2, "kernel": 4, "stride": 3, "padding": "valid"},
    ],
)
@pytest.mark.parametrize("index", [0, 1])
def test_the_lab_shows_what_the_layer_gives(conv: dict[str, Any], index: int) -> None:
    trainer = network(conv)
    question = KernelQuestion(index, SEVENTH)
    told = question.tell(question(trainer), trainer.experiment)
    played = labs.run(told["lab"], **told["state"])
    layer = next(module for module in trainer.model.modules() if isinstance(module, nn.Conv2d))
    with torch.no_grad():
        seen = layer(trainer.split.val_x[7:8])[0, index] - layer.bias[index]
    shown = np.array(played["values"]["output"])
    np.testing.assert_allclose(shown, seen.numpy(), atol=0.05)  # pixels have two decimals


def test_the_picture_is_what_reaches_the_layer() -> None:
    trainer = network({"channels": 2}, before=[{"layer": "avgpool2d", "size": 2}])
    pooled = nn.functional.avg_pool2d(trainer.split.val_x[7:8], 2)[0]
    torch.testing.assert_close(KernelQuestion(0, SEVENTH)(trainer).image, pooled)


def test_a_kernel_that_there_is_not_or_that_is_too_large_is_refused() -> None:
    with pytest.raises(ExperimentError, match="there are 3 kernels"):
        KernelQuestion(3, SEVENTH)(network({"channels": 3}))
    with pytest.raises(ExperimentError) as refused:
        KernelQuestion(0, SEVENTH)(network({"channels": 3, "kernel": 13}))
    assert refused.value.faults[0].code == "too_large"
    with pytest.raises(ExperimentError, match="even kernel"):
        KernelQuestion(0, SEVENTH)(network({"channels": 3, "kernel": 4}))
    flat = {"data": {"dataset": "digits"}, "layers": [{"layer": "flatten"}]}
    with pytest.raises(ExperimentError, match="no convolution"):
        KernelQuestion(0, SEVENTH)(Trainer(Experiment.from_dict(flat)))


def test_a_large_picture_is_shown_in_its_middle() -> None:
    image = torch.arange(2 * 40 * 33).reshape(2, 40, 33)
    assert torch.equal(kernel_at_work._middle(image), image[:, 4:36, :32])


def test_the_limits_are_those_of_the_lab() -> None:
    for name in ("MOST_SIDE", "MOST_CHANNELS", "MOST_KERNEL"):
        assert getattr(kernel_at_work, name) == getattr(convolution, name)
