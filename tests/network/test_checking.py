"""A value out of its limits has a repair, and hides no other fault."""

from typing import Any

import pytest

from playground.experiment import Experiment
from playground.faults import ExperimentError, Fault
from playground.network.checking import faults_of_draft


def faults_of(value: Any) -> list[Fault]:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_dict(value)
    return faults_of_draft(value, caught.value.faults)


def draft(layers: list[dict[str, Any]], **parts: Any) -> dict[str, Any]:
    return {"data": {"dataset": "digits"}, "layers": layers, **parts}


def test_a_kernel_of_99_is_set_to_31_and_the_other_fault_stays_counted() -> None:
    value = draft([{"layer": "conv2d", "kernel": 99}, {"layer": "linear", "units": 10}])
    kernel, linear = faults_of(value)
    assert (kernel.place, kernel.code) == ("layers[0].kernel", "too_large")
    (repair,) = kernel.repairs
    assert repair.code == "set_to" and repair.values == {"limit": "31"}
    assert repair.layers == [
        {"layer": "conv2d", "kernel": 31},
        {"layer": "linear", "units": 10},
    ]
    assert (linear.place, linear.code) == ("layers[1]", "needs_flat")
    assert linear.repairs == ()  # they would hold a kernel that nobody chose
    assert value["layers"][0]["kernel"] == 99


@pytest.mark.parametrize(
    ("parts", "place", "part", "repaired"),
    [
        ({"training": {"epochs": 0}}, "training.epochs", "training", {"epochs": 1}),
        (
            {"training": {"seed": 2**40, "epochs": 3}},
            "training.seed",
            "training",
            {"seed": 2**31 - 1},
        ),
        (
            {"training": {"schedule": {"schedule": "cosine", "final": 2}}},
            "training.schedule.final",
            "training",
            {"schedule": {"schedule": "cosine", "final": 1}},
        ),
        (
            {"data": {"dataset": "digits", "batch_size": 9999}},
            "data.batch_size",
            "data",
            {"dataset": "digits", "batch_size": 4096},
        ),
    ],
)
def test_a_number_out_of_its_limits_is_set_to_the_nearest_one_allowed(
    parts: dict[str, Any], place: str, part: str, repaired: dict[str, Any]
) -> None:
    value = draft([{"layer": "flatten"}], **parts)
    (fault,) = faults_of(value)
    assert fault.place == place
    (repair,) = fault.repairs
    assert getattr(repair, part) == repaired
    Experiment.from_dict({**value, part: {**value[part], **repaired}})


def test_in_a_block_the_layer_inside_is_set() -> None:
    body = [{"layer": "relu"}, {"layer": "dropout", "p": 5}]
    (fault,) = faults_of(draft([{"layer": "residual", "body": body}]))
    assert fault.place == "layers[0].body[1].p"
    layers = fault.repairs[0].layers
    assert layers is not None and layers[0]["body"][1] == {"layer": "dropout", "p": 0.95}


def test_a_bound_that_may_not_be_reached_has_no_nearest_value() -> None:
    (fault,) = faults_of(draft([], training={"optimizer": {"optimizer": "adam", "lr": 0}}))
    assert (fault.code, fault.repairs) == ("too_small_exclusive", ())


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"data": 5},
        {"data": {"dataset": "nothing"}, "layers": [{"layer": "what"}]},
        {"data": {"dataset": "digits"}, "layers": {"0": 1}},
        {"data": {"dataset": "digits"}, "layers": [5, {"layer": "linear", "units": "8", "x": 1}]},
        {"data": {"dataset": "own_table", "file": "f" * 64}, "training": {"epochs": 0}},
    ],
)
def test_what_cannot_be_read_at_all_keeps_its_faults(value: Any) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_dict(value)
    found = faults_of_draft(value, caught.value.faults)
    places = [(fault.place, fault.code) for fault in caught.value.faults]
    assert [(fault.place, fault.code) for fault in found][: len(places)] == places


def test_a_draft_too_deep_is_not_looked_into() -> None:
    layers: Any = []
    for _ in range(900):
        layers = [{"layer": "residual", "body": layers}]
    assert [fault.code for fault in faults_of(draft(layers))] == ["too_deep"]
