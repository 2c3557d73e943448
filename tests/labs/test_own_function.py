"""Backward passes of one's own: which are right, and which entry gives a wrong one away."""

import math

import pytest
import torch

from playground.faults import ExperimentError
from playground.labs import run

X = [[-1.0, 0.5, 2.0], [1.5, -0.25, -2.5]]
FLAT = [value for row in X for value in row]


def slope(x: float) -> float:
    s = 1 / (1 + math.exp(-x))
    return s * (1 - s)


@pytest.mark.parametrize("function", ["sigmoid", "bias_relu"])
def test_the_right_backward_passes(function: str) -> None:
    values = run("own_function", function=function, backward="right")["values"]
    assert values["gradcheck"] is True and values["worst"] is None and values["error"] is None


@pytest.mark.parametrize("function", ["sigmoid", "bias_relu"])
@pytest.mark.parametrize(
    "backward", ["forgets_grad", "wrong_value", "wrong_sign", "passes_through"]
)
def test_a_wrong_backward_fails(function: str, backward: str) -> None:
    values = run("own_function", function=function, backward=backward)["values"]
    assert values["gradcheck"] is False
    assert "Jacobian mismatch" in values["error"]
    assert abs(values["worst"]["analytical"] - values["worst"]["numerical"]) > 0.1


def test_the_worst_entry_of_a_wrong_sign_is_where_the_sigmoid_is_steepest() -> None:
    worst = run("own_function", backward="wrong_sign", x=X)["values"]["worst"]
    steepest = max(range(6), key=lambda place: slope(FLAT[place]))
    assert worst["index"] == [steepest, steepest] and worst["input"] == "x"
    assert worst["analytical"] == pytest.approx(-slope(FLAT[steepest]))
    assert worst["numerical"] == pytest.approx(slope(FLAT[steepest]), rel=1e-6)


def test_a_forgotten_gradient_shows_beside_the_diagonal() -> None:
    worst = run("own_function", backward="forgets_grad", x=X)["values"]["worst"]
    place, output = worst["index"]
    assert place != output and worst["numerical"] == 0
    assert worst["analytical"] == pytest.approx(slope(FLAT[place]))


@pytest.mark.parametrize(
    ("backward", "words"),
    [("wrong_shape", "invalid gradient at index 0"), ("unsaved", "not enough values to unpack")],
)
def test_a_backward_that_is_refused_has_no_worst_entry_but_a_reason(
    backward: str, words: str
) -> None:
    for function in ("sigmoid", "bias_relu"):
        about = run("own_function", function=function, backward=backward)
        assert about["values"]["gradcheck"] is False and about["values"]["worst"] is None
        assert words in about["values"]["error"]


def test_single_precision_fails_with_the_step_of_double_and_passes_with_a_larger_one() -> None:
    assert not run("own_function", precision="single")["values"]["gradcheck"]
    assert run("own_function", precision="single", exponent=-2.0)["values"]["gradcheck"]


def test_at_a_kink_small_steps_find_half_of_the_slope() -> None:
    values = run("own_function", function="bias_relu", x=[[-0.5, 1.0, 3.0]], b=[0.5, 0.0, 0.0])
    worst = values["values"]["worst"]
    assert worst["index"] == [0, 0] and worst["numerical"] == pytest.approx(0.5)


def test_a_typed_backward_is_judged_as_any_other() -> None:
    right = {"backward": "typed", "formula": "grad * (y - y**2)"}
    assert run("own_function", **right)["values"]["gradcheck"]
    halved = {"backward": "typed", "formula": "grad * y * (1 - y) / 2"}
    worst = run("own_function", **halved)["values"]["worst"]
    assert worst["analytical"] == pytest.approx(worst["numerical"] / 2, rel=1e-6)


def test_the_gradient_of_the_bias_is_summed_over_the_rows() -> None:
    about = run("own_function", function="bias_relu", x=[[1.0], [2.0]], b=[1.0])
    names: dict = {}
    exec(about["code"], names)
    names["own"](names["x"], names["b"]).sum().backward()
    assert names["b"].grad.tolist() == [2.0]


def test_the_steps_at_once_give_what_one_step_after_another_gives() -> None:
    from playground.labs.grammar import parse
    from playground.labs.hand_written import (
        FORWARDS,
        HandWritten,
        _numerical_at_once,
        numerical_jacobian,
    )

    own = HandWritten(FORWARDS["bias_relu"], parse("grad * mask")).build().apply
    inputs = [torch.tensor(X, dtype=torch.float64), torch.tensor([0.5, -1.0, 1.0]).double()]
    for place, leaf in enumerate(inputs):
        wanted = numerical_jacobian(own, inputs, leaf, 1e-4)
        torch.testing.assert_close(
            _numerical_at_once(FORWARDS["bias_relu"], inputs, place, 1e-4), wanted
        )


def test_the_speed_is_measured_on_both_sides() -> None:
    for function in ("sigmoid", "bias_relu"):
        measured = run("own_function", function=function, timed=True)["values"]["milliseconds"]
        assert set(measured) == {"own", "torch"} and min(measured.values()) > 0


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ({"x": [[1.0, 2.0], [3.0]]}, r"x\[1\]"),
        ({"x": [[1.0] * 4] * 4}, "x"),
        ({"function": "bias_relu", "b": [1.0]}, "b"),
        ({"backward": "typed", "formula": "grad * mask"}, "formula"),
        ({"backward": "typed", "formula": "grad @ grad"}, "formula"),
        ({"backward": "typed", "formula": ""}, "formula"),
        ({"x": [[float("nan")]]}, r"x\[0\]\[0\]"),
        ({"x": [[]]}, r"x\[0\]"),
    ],
)
def test_what_makes_no_sense_is_named(state: dict, place: str) -> None:
    with pytest.raises(ExperimentError, match=f"^{place}: ") as error:
        run("own_function", **state)
    assert len(error.value.faults) == 1


@pytest.mark.parametrize("formula", ["1", "sum(1)", "grad / 0", "grad * y ** 1000", "y"])
def test_a_strange_formula_is_answered_with_a_verdict(formula: str) -> None:
    values = run("own_function", backward="typed", formula=formula)["values"]
    assert values["gradcheck"] is False
