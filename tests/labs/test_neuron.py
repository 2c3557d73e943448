"""A neuron's sum, its line and its slopes, against hand values."""

import math
from typing import Any

import pytest

from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.neuron import SOLVES_XOR


def figure_of(about: dict[str, Any], name: str) -> dict[str, Any]:
    return next(part for part in about["parts"] if part["name"] == name)


def test_the_sum_is_weights_times_inputs_plus_bias() -> None:
    values = run("neuron", data="and", weights=[[2.0, 3.0]], biases=[1.0])["values"]
    assert values["z"] == [-4, 2, 0, 6]  # at (−1, −1), (−1, 1), (1, −1), (1, 1)
    assert values["accuracy"] == 0.75


def test_outputs_and_slopes_are_those_of_the_activation() -> None:
    values = run("neuron", data="and", weights=[[1.0, 1.0]], biases=[0.0])["values"]
    s = 1 / (1 + math.exp(-2))
    assert values["outputs"] == pytest.approx([1 - s, 0.5, 0.5, s])
    assert values["slopes"] == pytest.approx([s * (1 - s), 0.25, 0.25, s * (1 - s)])


@pytest.mark.parametrize("data", ["and", "or"])
def test_one_neuron_separates_what_a_line_can_separate(data: str) -> None:
    bias = -1.0 if data == "and" else 1.0
    values = run("neuron", data=data, weights=[[1.0, 1.0]], biases=[bias])["values"]
    assert values["accuracy"] == 1


def test_no_line_of_many_solves_xor_with_one_neuron() -> None:
    best = 0.0
    for turn in range(16):
        angle = turn * math.pi / 8
        weight = [math.cos(angle), math.sin(angle)]
        for bias in (-2.0, -1.0, 0.0, 1.0, 2.0):
            state = {"data": "xor", "weights": [weight], "biases": [bias]}
            best = max(best, run("neuron", **state)["values"]["accuracy"])
    assert best == 0.75


def test_two_neurons_with_a_curve_solve_xor_and_without_one_they_do_not() -> None:
    values = run("neuron", **SOLVES_XOR)["values"]
    assert values["hidden"] == [[0, 0], [1, 0], [1, 0], [3, 2]]
    assert values["z"] == [-0.5, 0.5, 0.5, -5.5]
    assert values["accuracy"] == 1
    assert run("neuron", **{**SOLVES_XOR, "activation": "none"})["values"]["accuracy"] < 1


def test_a_relu_that_is_off_everywhere_has_no_slope() -> None:
    about = run("neuron", activation="relu", weights=[[1.0, 1.0]], biases=[-9.0])
    assert about["values"]["slopes"] == [0] * 24
    assert figure_of(about, "flat")["values"]["n"] == 24


def test_the_foot_of_the_line_gives_the_bias_back() -> None:
    plane = figure_of(run("neuron", weights=[[1.0, 2.0]], biases=[-5.0]), "plane")
    tip, foot = plane["handles"]
    assert (tip["x"], tip["y"], tip["whole"]) == (1, 2, [[1, 2]])
    assert (foot["x"], foot["y"]) == (1, 2)  # 1·1 + 2·2 − 5 = 0
    a, b, c = foot["along"]
    assert a * foot["x"] + b * foot["y"] + c == -5


@pytest.mark.parametrize(
    ("weight", "bias", "ends"),
    [
        ([1.0, 0.0], -1.0, ([1, 1], [-3, 3])),
        ([0.0, 2.0], 2.0, ([-3, 3], [-1, -1])),
        ([1.0, 1.0], 0.0, ([-3, 3], [3, -3])),
        ([1.0, 1.0], 10.0, ([], [])),
        ([0.0, 0.0], 1.0, ([], [])),
    ],
)
def test_the_line_is_drawn_from_edge_to_edge(
    weight: list[float], bias: float, ends: tuple[list[int], list[int]]
) -> None:
    plane = figure_of(run("neuron", weights=[weight], biases=[bias]), "plane")
    line = next(trace for trace in plane["traces"] if trace.get("name") == "z = 0")
    assert (line["x"], line["y"]) == ends


def test_without_weights_there_is_no_line_to_drag() -> None:
    plane = figure_of(run("neuron", weights=[[0.0, 0.0]], biases=[1.0]), "plane")
    assert len(plane["handles"]) == 1


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ({"network": "two", "weights": [[1.0, 1.0]]}, "weights"),
        ({"network": "two", "biases": [1.0]}, "biases"),
        ({"weights": [[1.0]]}, r"weights\[0\]"),
        ({"weights": [[1.0, 11.0]]}, r"weights\[0\]\[1\]"),
        ({"output": [float("nan"), 1.0]}, r"output\[0\]"),
        ({"activation": "softmax"}, "activation"),
    ],
)
def test_what_makes_no_sense_is_named(state: dict, place: str) -> None:
    with pytest.raises(ExperimentError, match=f"^{place}: "):
        run("neuron", **state)
