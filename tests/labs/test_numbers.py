"""The labs' numbers against hand values."""

import pytest
import torch

from playground.labs import run


def test_the_gradients_of_a_line_are_its_slope_its_input_and_one() -> None:
    values = run("graph", expression="w*x + b", at={"x": 2, "w": 3, "b": 1})["values"]
    assert values["value"] == 7
    assert values["grads"] == {"w": 2, "x": 3, "b": 1}


def test_gradients_add_up_until_they_are_zeroed() -> None:
    values = run("graph", expression="w*x + b", at={"x": 2, "w": 3, "b": 1}, passes=3)["values"]
    assert values["grads"] == {"w": 6, "x": 9, "b": 3}


def test_the_derivatives_of_a_cube_at_two() -> None:
    values = run("derivatives", function="x**3", at=2.0, order=3)["values"]["values"]
    assert values == pytest.approx([8, 12, 12, 6])


@pytest.mark.parametrize(
    ("shapes", "result", "clash"),
    [
        ([[5, 3, 4], [3, 1]], [5, 3, 4], None),
        ([[2, 3], [3, 2]], None, -1),
        ([[3], [3, 1]], [3, 3], None),
        ([[0, 3], [1, 3]], [0, 3], None),
        ([[2, 1], [0]], [2, 0], None),
        ([[4, 3], [5, 3]], None, -2),
    ],
)
def test_shapes_meet_as_torch_has_them_meet(
    shapes: list, result: list | None, clash: int | None
) -> None:
    values = run("broadcasting", shapes=shapes)["values"]
    assert values["result"] == result and values["clash_axis"] == clash


@pytest.mark.parametrize(
    "shapes", [[[5, 3, 4], [3, 1]], [[3], [3, 1]], [[], [2, 2]], [[2], [1], [3, 1]]]
)
def test_the_sum_that_is_drawn_is_torchs_own(shapes: list[list[int]]) -> None:
    total = 0
    for shape, step in zip(shapes, (1, 100, 1000), strict=False):
        first = 0 if step == 1 else step
        n = torch.Size(shape).numel()
        total = total + (first + step * torch.arange(n)).reshape(shape)
    assert run("broadcasting", shapes=shapes)["values"]["total"] == total.tolist()


def test_the_tensor_that_stretches_keeps_its_bytes() -> None:
    values = run("broadcasting", shapes=[[5, 3, 4], [3, 1]])["values"]
    assert (values["name"], values["bytes"], values["strides"]) == ("b", 12, [0, 1, 0])
    assert "name" not in run("broadcasting", shapes=[[2, 2], [2, 2]])["values"]


@pytest.mark.parametrize(
    "shapes", [[[2, 3]], [[100], [1]], [[0], [1]], [[1]] * 4, [[1, 1, 1, 1, 2], [2]]]
)
def test_what_is_too_large_or_too_much_is_not_added(shapes: list[list[int]]) -> None:
    assert "total" not in run("broadcasting", shapes=shapes)["values"]
