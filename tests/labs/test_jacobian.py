"""Jacobians against torch and hand values."""

import math

import pytest
import torch

from playground.faults import ExperimentError
from playground.labs import run


def test_the_jacobian_of_a_product_and_a_sine() -> None:
    values = run("jacobian", functions="x*y, sin(x)", x=2.0, y=3.0)["values"]
    assert values["values"] == pytest.approx([6, math.sin(2)])
    assert values["jacobian"][0] == [3, 2]
    assert values["jacobian"][1] == pytest.approx([math.cos(2), 0])
    assert values["determinant"] == pytest.approx(-2 * math.cos(2))


def test_polar_coordinates_stretch_areas_by_the_radius() -> None:
    values = run("jacobian", functions="x*cos(y), x*sin(y)", x=2.0, y=0.7)["values"]
    assert values["determinant"] == pytest.approx(2)


def test_it_is_what_torch_computes_by_itself() -> None:
    def softmax(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return torch.softmax(torch.stack([x, y]), 0)

    text = "exp(x) / (exp(x) + exp(y)), exp(y) / (exp(x) + exp(y))"
    values = run("jacobian", functions=text, x=0.5, y=0.0)["values"]
    places = (torch.tensor(0.5).double(), torch.tensor(0.0).double())
    columns = torch.autograd.functional.jacobian(softmax, places)
    for row in range(2):
        wanted = [column[row].item() for column in columns]
        assert values["jacobian"][row] == pytest.approx(wanted)
    assert values["determinant"] == pytest.approx(0, abs=1e-12)
    said = [part["key"] for part in run("jacobian", functions=text)["parts"] if "key" in part]
    assert said == ["values", "flattened"]


def test_one_function_has_a_gradient_and_no_determinant() -> None:
    values = run("jacobian", functions="x**2 + y**2", x=1.0, y=2.0)["values"]
    assert values["jacobian"] == [[2, 4]] and values["determinant"] is None


def test_a_constant_has_slopes_of_zero() -> None:
    assert run("jacobian", functions="3, x")["values"]["jacobian"] == [[0, 0], [1, 0]]


def test_the_straight_picture_comes_close_to_the_bent_one() -> None:
    for size in (1.0, 0.1):
        about = run("jacobian", functions="x**2, y", x=1.0, y=0.0, size=size)
        image = next(part for part in about["parts"] if part["name"] == "image")
        lines = len(image["traces"]) // 2
        largest = 0.0
        for straight, bent in zip(image["traces"][:lines], image["traces"][lines:], strict=True):
            for a, b in zip(straight["x"], bent["x"], strict=True):
                largest = max(largest, abs(a - b))
        # (1 + d)² is 1 + 2d and d² more.
        assert largest == pytest.approx(size**2)


def test_a_slope_that_is_no_number_is_told() -> None:
    about = run("jacobian", functions="sqrt(x), y", x=0.0, y=1.0)
    assert about["values"]["jacobian"][0][0] == "Infinity"
    assert [part["key"] for part in about["parts"] if part["name"] == "area"] == ["nowhere"]


@pytest.mark.parametrize("functions", ["sum(x), max(y)", "relu(x - y), abs(x)", "1, 2", "x, 1/0"])
def test_what_is_typed_is_drawn(functions: str) -> None:
    assert run("jacobian", functions=functions)["parts"]


@pytest.mark.parametrize(
    "functions", ["", "x,", "x, y, x, y, x", "x*z", "x @ y", "__import__", "x" * 400]
)
def test_what_cannot_be_read_is_named(functions: str) -> None:
    with pytest.raises(ExperimentError, match=r"^functions: "):
        run("jacobian", functions=functions)
