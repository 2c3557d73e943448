"""What stops a gradient, against hand values: y = σ(p)·p + b with p = w·x."""

import itertools
import math

import pytest

from playground.labs import run

W, X = 0.5, 2.0
P = W * X
S = 1 / (1 + math.exp(-P))
OVER_S = S * (1 - S) * P * X  # what comes back to w over s
OVER_P = S * X  # and straight from the product


def played(**state) -> dict:
    return run("stop_gradient", **{"stop": "nothing", "w": W, "x": X, "b": 1.0, **state})


def test_without_a_stop_both_paths_add_up() -> None:
    values = played()["values"]
    assert values["value"] == pytest.approx(S * P + 1)
    assert values["grads"]["w"] == pytest.approx(OVER_S + OVER_P)
    assert values["grads"]["b"] == 1 and values["grads"]["x"] is None


@pytest.mark.parametrize("stop", ["detach", "no_grad"])
def test_a_stop_at_s_leaves_the_other_path(stop: str) -> None:
    values = played(stop=stop, where="s")["values"]
    assert values["grads"]["w"] == pytest.approx(OVER_P)


@pytest.mark.parametrize("stop", ["detach", "no_grad"])
def test_a_stop_at_p_leaves_nothing_for_w_and_all_for_b(stop: str) -> None:
    grads = played(stop=stop, where="p")["values"]["grads"]
    assert grads == {"w": None, "x": None, "b": 1}


@pytest.mark.parametrize("stop", ["detach", "no_grad", "inference_mode"])
def test_without_a_graph_backward_is_refused(stop: str) -> None:
    values = played(stop=stop, where="y")["values"]
    assert "does not require grad" in values["error"] and values["grads"]["b"] is None


def test_a_frozen_weight_gets_no_gradient() -> None:
    assert played(stop="frozen")["values"]["grads"] == {"w": None, "x": None, "b": 1}


def test_an_inference_tensor_may_not_be_saved_for_backward() -> None:
    assert "Inference tensors cannot be saved" in played(stop="inference_mode")["values"]["error"]
    # Where nobody has to save it, it passes.
    assert played(stop="inference_mode", where="p")["values"]["error"] is None


def test_a_saved_value_that_was_changed_is_noticed() -> None:
    about = played(in_place="saved")
    assert "modified by an inplace operation" in about["values"]["error"]
    notes = [part["text"] for part in about["parts"] if part["part"] == "note"]
    assert "version 1; expected version 0" in notes[0]


def test_the_same_change_through_data_gives_a_wrong_gradient_without_an_error() -> None:
    values = played(in_place="data")["values"]
    doubled = 2 * S
    wrong = doubled * (1 - doubled) * P * X + doubled * X
    assert values["error"] is None
    assert values["grads"]["w"] == pytest.approx(wrong)


def test_what_nobody_saved_may_be_changed_and_counts_as_an_operation() -> None:
    values = played(in_place="unsaved")["values"]
    assert values["value"] == pytest.approx(2 * (S * P + 1))
    assert values["grads"]["b"] == 2


def test_a_leaf_may_be_changed_only_where_nothing_is_recorded() -> None:
    assert "leaf Variable" in played(in_place="leaf")["values"]["error"]
    assert played(in_place="leaf_no_grad")["values"]["grads"]["w"] == pytest.approx(OVER_S + OVER_P)


def test_retain_grad_helps_before_the_backward_pass_only() -> None:
    before = played(retain="before")["values"]["grads"]["p"]
    assert before == pytest.approx((OVER_S + OVER_P) / X)
    assert played(retain="after")["values"]["grads"]["p"] is None


def test_gradients_add_up_until_zero_grad() -> None:
    assert played(passes=3, zero_grad=False)["values"]["grads"]["b"] == 3
    assert played(passes=3, zero_grad=True)["values"]["grads"]["b"] == 1


def test_stopped_edges_are_named_and_the_others_carry_their_gradient() -> None:
    graph = played(stop="detach", where="s")["parts"][0]
    assert ["p", "s"] in graph["stopped"] and ["s", "m"] in graph["stopped"]
    flows = {(source, target): text for source, target, text in graph["edges"]}
    assert float(flows["p", "m"]) == pytest.approx(S, rel=1e-3)
    assert flows["x", "p"] == "" and float(flows["w", "p"]) == pytest.approx(OVER_P, rel=1e-3)


@pytest.mark.parametrize(
    ("stop", "where", "in_place"),
    list(
        itertools.product(
            ["nothing", "detach", "no_grad", "inference_mode", "frozen"],
            ["p", "s", "y"],
            ["none", "saved", "unsaved", "leaf", "leaf_no_grad", "data"],
        )
    ),
)
def test_every_combination_gives_what_its_code_gives(stop: str, where: str, in_place: str) -> None:
    for retain, passes in (("no", 1), ("before", 2), ("after", 2)):
        about = played(stop=stop, where=where, in_place=in_place, retain=retain, passes=passes)
        names: dict = {}
        exec(about["code"], names)
        for name in ("value", "grads", "error"):
            assert names[name] == about["values"][name], about["code"]
