"""The network that is offered for a table: what the offer holds, and how good it is beside a linear model."""

import statistics
from typing import Any

import pytest

from playground.catalogues.datasets import DATASETS
from playground.catalogues.samples import suited_batch
from playground.experiment import Experiment
from playground.faults import Repair
from playground.network.tracing import trace
from playground.results import train
from playground.training.linear_model import linear_model

FOR_PICTURES = [{"layer": "conv2d"}, {"layer": "flatten"}]


def offer_for(data: dict[str, Any], **training: Any) -> Repair:
    """What is offered for these data where the layers were made for pictures."""
    value = {"data": data, "layers": FOR_PICTURES, "training": training}
    fault = trace(Experiment.from_dict(value)).faults[0]
    return next(repair for repair in fault.repairs if repair.code == "use_starter")


@pytest.mark.parametrize(
    ("n_samples", "batch"),
    [(5, 2), (31, 2), (32, 4), (150, 16), (442, 32), (546, 64), (100_000, 64)],
)
def test_the_batch_is_a_power_of_two_and_at_most_an_eighth_of_the_samples(
    n_samples: int, batch: int
) -> None:
    assert suited_batch(n_samples) == batch


def test_a_smaller_batch_that_a_person_chose_stays() -> None:
    assert suited_batch(1_000, most=10) == 10


@pytest.mark.parametrize(
    "entry", [e for e in DATASETS if e.shape_kind == "table" and not e.takes_file]
)
def test_a_table_proposes_the_batch_that_suits_its_size(entry: Any) -> None:
    assert entry.usual_batch == suited_batch(sum(entry().counts()))


def test_the_offer_for_a_table_brings_its_batch_and_a_training_without_a_warm_up() -> None:
    warmed = {"schedule": {"schedule": "cosine", "warmup_steps": 20}, "epochs": 60}
    offer = offer_for({"dataset": "iris", "validation": 0.3}, **warmed)
    assert offer.data == {"dataset": "iris", "validation": 0.3, "batch_size": 16}
    assert offer.training == {
        "optimizer": {"optimizer": "adam", "lr": 0.001},
        "schedule": {"schedule": "constant"},
        "epochs": 5,
    }


def test_the_offer_for_points_changes_the_layers_alone() -> None:
    offer = offer_for({"dataset": "moons"})
    assert offer.data is None and offer.training is None


@pytest.mark.parametrize("dataset", ["iris", "wine", "diabetes"])
def test_the_offer_for_a_small_table_is_hardly_worse_than_a_linear_model(dataset: str) -> None:
    offer = offer_for({"dataset": dataset})
    loss = {"loss": DATASETS[dataset]().goal.natural}
    scores = []
    for seed in range(5):
        training = {**(offer.training or {}), "loss": loss, "seed": seed}
        value = {"data": offer.data, "layers": offer.layers, "training": training}
        experiment = Experiment.from_dict(value)
        *_, score = train(experiment).scores().values()
        scores.append(score)
    *_, linear = linear_model(experiment).scores.values()
    assert statistics.mean(scores) >= linear - 0.02
