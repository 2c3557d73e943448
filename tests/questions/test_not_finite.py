"""A network whose numbers are NaN or infinite: every answer about it says so and holds no such number."""

import json
from typing import Any

import pytest
import torch

from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.questions import QUESTIONS, question_of
from playground.training.trainer import Trainer

DENSE = [{"layer": "linear", "units": 5}, {"layer": "relu"}]
CONVOLUTION = [{"layer": "conv2d", "channels": 4, "stride": 4}, {"layer": "relu"}]
FLAT = {"layer": "flatten"}
ATTENTION = {"layer": "transformer_encoder", "heads": 2}
WORDS = [{"layer": "embedding", "size": 8}]
NETWORKS: dict[str, tuple[str, list[dict[str, Any]], dict[str, Any]]] = {
    "classes": ("digits", [*CONVOLUTION, FLAT], {"loss": "cross_entropy"}),
    "plane": ("xor", DENSE, {"loss": "cross_entropy"}),
    "value": ("diabetes", DENSE, {"loss": "mse"}),
    "two tasks": ("digits_two_tasks", DENSE, {"loss": "two_tasks"}),
    "image": ("digits_copy", [{"layer": "conv2d", "channels": 2}], {"loss": "mse"}),
    "embedding": ("xor", DENSE, {"loss": "contrastive", "dimensions": 4}),
    "text": (
        "reviews",
        [*WORDS, ATTENTION, {"layer": "attention_pool"}],
        {"loss": "cross_entropy"},
    ),
    "labels": ("next_characters", WORDS, {"loss": "cross_entropy"}),
    "series": ("sea_temperature", [FLAT], {"loss": "mse"}),
}
ABOUT_THE_DATA = {"sample"}
BAD = [float("nan"), float("inf"), 3e38]
# What must be answered, beside what every network answers.
ONLY = {
    "classes": {"kernels"},
    "plane": {"boundary", "unit_maps"},
    "value": {"fit"},
    "image": {"kernels"},
    "embedding": {"embeddings", "boundary", "unit_maps"},
    "text": {"read", "attention"},
    "labels": {"read", "generate", "attention"},
    "series": {"forecast", "fit"},
}
ALL = {"predict", "sample", "feature_maps", "flow", "histograms", "dead_units", "report"}


def asked(trainer: Trainer, question_id: str) -> dict[str, Any] | None:
    """The answer as the page gets it; None where this network has none."""
    sample = {"kind": "validation", "index": 1}
    question = question_of({"question": question_id, "sample": sample, "path": "output"})
    trainer.model.eval()
    try:
        answer = question.tell(question(trainer), trainer.experiment)
    except ExperimentError as error:
        assert error.faults[0].code == "bad_question"
        return None
    plain: dict[str, Any] = json.loads(json.dumps(answer, allow_nan=False))
    return plain


def network(name: str) -> Trainer:
    dataset, layers, loss = NETWORKS[name]
    spec = {"data": {"dataset": dataset}, "layers": layers, "training": {"loss": loss}}
    return Trainer(Experiment.from_dict(spec))


def spoil(trainer: Trainer, value: float) -> None:
    with torch.no_grad():
        for parameter in trainer.model.parameters():
            parameter.fill_(value)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_sound_network_says_that_its_numbers_are_finite(name: str) -> None:
    trainer = network(name)
    for question_id in QUESTIONS:
        answer = asked(trainer, question_id)
        assert (answer is not None) or question_id not in ALL | ONLY.get(name, set())
        if answer is not None:
            assert answer.get("finite", True) is True, question_id


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize("name", NETWORKS)
def test_every_answer_of_a_spoilt_network_is_json_without_nan(name: str, value: float) -> None:
    trainer = network(name)
    spoil(trainer, value)
    for question_id in QUESTIONS:
        answer = asked(trainer, question_id)
        assert (answer is not None) or question_id not in ALL | ONLY.get(name, set())


@pytest.mark.parametrize("name", NETWORKS)
def test_an_answer_made_of_nan_says_so(name: str) -> None:
    trainer = network(name)
    spoil(trainer, float("nan"))
    for question_id in sorted(QUESTIONS.keys() - ABOUT_THE_DATA - {"dead_units"}):
        answer = asked(trainer, question_id)
        if answer is not None and answer != {"path": None} and answer.get("layers") != []:
            assert answer["finite"] is False, question_id


def test_null_stands_for_what_is_no_number() -> None:
    trainer = network("classes")
    spoil(trainer, float("nan"))
    assert asked(trainer, "predict") == {"probabilities": [None] * 10, "finite": False}
    report = asked(trainer, "report")
    assert report is not None and report["n"] == report["of"] == 1_000
    assert (report["shares"], report["values"], report["classes"]) == ([], [], None)
    units = asked(trainer, "dead_units")
    assert units == {"layers": [{"path": "layers[1]", "share": None}], "finite": False}
    histograms = asked(trainer, "histograms")
    assert histograms is not None
    weights = histograms["layers"][0]["weights"]
    assert sum(weights["counts"]) == 0 and weights["not_finite"] == 36


def test_neighbours_do_not_vote_where_places_are_no_numbers() -> None:
    trainer = network("embedding")
    spoil(trainer, float("nan"))
    assert asked(trainer, "predict") == {"probabilities": [None, None], "finite": False}
    places = asked(trainer, "embeddings")
    assert places is not None and places["places"] == places["labels"] == ""
    assert places["asked"] is None and places["shown"] is None and places["of"] > 0


def test_the_likeliest_label_of_a_step_is_null_where_it_cannot_be_told() -> None:
    trainer = network("labels")
    spoil(trainer, float("nan"))
    reading = asked(trainer, "read")
    assert reading is not None and set(reading["labels"]) == set(reading["shares"]) == {None}
    texts = asked(trainer, "generate")
    assert texts == {"prompt": "", "texts": [], "finite": False}


def test_an_array_keeps_the_scale_of_its_finite_values() -> None:
    trainer = network("classes")
    with torch.no_grad():
        trainer.model.features[0].weight[0] = float("inf")  # type: ignore[index,union-attr]
    kernels = asked(trainer, "kernels")
    assert kernels is not None and kernels["finite"] is False
    finite = trainer.model.features[0].weight.detach()[1:].mean(1).abs().max()  # type: ignore[index,union-attr]
    assert kernels["kernels"]["max"] == pytest.approx(finite.item())
