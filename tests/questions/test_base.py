"""What holds for every question: the model stays as it was, and what makes no sense is refused."""

from typing import Any

import pytest
import torch

from playground.faults import ExperimentError
from playground.questions.maps import FeatureMaps, Flow
from playground.questions.predictions import Predict
from playground.questions.sample import Sample
from playground.questions.units import Boundary, DeadUnits
from playground.questions.weights import Histograms, Kernels
from playground.training.trainer import Trainer

QUESTIONS: list[Any] = [
    Predict(Sample(index=3)),
    FeatureMaps("layers[2]", Sample(index=3), 4),
    Flow(Sample(index=3)),
    Kernels(),
    Histograms(),
    DeadUnits(),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
def test_asking_leaves_no_trace(trainer: Trainer, ask: Any, question: Any) -> None:
    before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
    random = torch.get_rng_state()
    ask(question)
    assert all(
        torch.equal(value, trainer.model.state_dict()[name]) for name, value in before.items()
    )
    assert torch.equal(random, torch.get_rng_state())
    assert not any(module._forward_hooks for module in trainer.model.modules())


def test_hooks_are_gone_after_a_failure_too(trainer: Trainer, ask: Any) -> None:
    with pytest.raises(ExperimentError):
        ask(FeatureMaps("layers[0]", Sample(point=(0.0, 0.0))))
    assert not any(module._forward_hooks for module in trainer.model.modules())


@pytest.mark.parametrize(
    "question",
    [
        FeatureMaps("layers[99]", Sample(index=0)),
        Predict(Sample(index=1_000)),
        Predict(Sample(index=-1)),
        Predict(Sample(point=(0, 0))),
        Predict(Sample()),
        Boundary(),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(ask: Any, question: Any) -> None:
    with pytest.raises(ExperimentError):
        ask(question)
