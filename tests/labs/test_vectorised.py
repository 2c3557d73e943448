"""Loop against vector: the same results; times are numbers of their own, and none is compared with a clock."""

import math
from typing import Any

import pytest
import torch

from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.loops import difference_of, inputs, time_both
from playground.labs.vectorised import OPERATIONS, Times, ratio_text, time_text


@pytest.mark.parametrize("operation", OPERATIONS)
def test_loop_and_vector_make_the_same_of_the_same_numbers(operation: str) -> None:
    loop, vector = OPERATIONS[operation]
    is_matrix = operation == "matmul"
    a, b = inputs(6, is_matrix)
    by_hand = {
        "add": a + b,
        "relu": a.clamp(min=0),
        "sum": a.sum(),
        "dot": (a * b).sum(),
        "matmul": a @ b if is_matrix else None,
    }[operation]
    by_loop = torch.tensor(loop(a.tolist(), b.tolist()), dtype=torch.float64)
    torch.testing.assert_close(by_loop, by_hand)
    torch.testing.assert_close(vector(a, b), by_hand)


def test_element_by_element_sums_are_equal_to_the_last_bit_and_totals_are_not() -> None:
    assert run("vectorised", operation="add")["values"]["difference"] == 0
    difference = run("vectorised", operation="sum")["values"]["difference"]
    assert 0 < difference < 1e-10


def test_a_loop_over_the_elements_of_a_tensor_makes_the_same_too() -> None:
    for loop, vector in (OPERATIONS["add"], OPERATIONS["dot"]):
        a, b = inputs(5, is_matrix=False)
        by_loop = torch.as_tensor(loop(a, b), dtype=torch.float64)
        torch.testing.assert_close(by_loop, vector(a, b))


@pytest.mark.parametrize(
    ("state", "sizes"),
    [
        ({}, [1, 10, 100, 1000, 10_000, 30_000]),
        ({"largest": 1}, [1]),
        ({"largest": 250}, [1, 10, 100, 250]),
        ({"operation": "matmul", "largest": 1}, [1]),
        ({"operation": "matmul", "largest": 100}, [1, 2, 4, 8]),
        ({"operation": "matmul", "largest": 30_000}, [1, 2, 4, 8, 16, 32, 64]),
    ],
)
def test_sizes_grow_up_to_the_largest(state: dict[str, Any], sizes: list[int]) -> None:
    values = run("vectorised", **state)["values"]
    assert values["sizes"] == sizes
    assert len(values["vector_s"]) == len(values["loop_s"]) == len(values["ratios"]) == len(sizes)
    assert all(math.isfinite(time_s) and time_s >= 0 for time_s in values["vector_s"])


def test_a_loop_that_would_take_more_than_the_budget_is_not_begun() -> None:
    loop, vector = OPERATIONS["add"]
    sizes = [1, 10, 100]
    settings = {"is_matrix": False, "over_list": True}
    loop_s, vector_s = time_both(loop, vector, sizes, **settings, budget_s=0.0)
    assert loop_s[0] is not None and loop_s[1:] == [None, None]
    assert len(vector_s) == 3


def test_the_ratio_is_that_of_the_largest_size_of_which_both_were_measured() -> None:
    times = Times([1, 10, 100], [2e-6, 4e-5, None], [4e-6, 1e-5, 2e-5])
    assert times.ratios() == [0.5, pytest.approx(4.0), None]
    assert times.values()["ratio"] == pytest.approx(4.0)
    assert [part.name for part in times.words()] == ["result", "stopped"]
    loop, vector = times.figure().traces
    assert loop["x"] == [1, 10] and vector["x"] == [1, 10, 100]
    assert loop["y"] == pytest.approx([2, 40])


def test_a_loop_that_wins_is_said_to_win() -> None:
    words = Times([1], [1e-7], [1e-6]).words()
    assert [part.to_json()["key"] for part in words] == ["slower"]


def test_times_and_ratios_are_written_short() -> None:
    assert time_text(1.23e-5) == "12.3 µs"
    assert time_text(0.0042) == "4.2 ms"
    assert time_text(None) == ratio_text(None) == "–"
    assert ratio_text(1234.4) == "× 1,234"
    assert ratio_text(0.25) == "× 0.25"


def test_the_difference_is_the_largest_of_all_places() -> None:
    def wrong(a: list[float], b: list[float]) -> list[float]:
        return [0.0, 0.0, *a[2:]]

    # a runs from -1 to 1; at its ends it is 1 away from 0
    assert difference_of(wrong, lambda a, b: a, 5, is_matrix=False) == 1.0


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"largest": 0}, "largest: must be at least 1, but is 0"),
        ({"largest": 10**9}, "largest: must be at most 30000"),
        ({"largest": 2.5}, "largest: needs a whole number"),
        ({"operation": "divide"}, "operation: must be one of"),
        ({"over": True}, "over: must be one of"),
    ],
)
def test_what_cannot_be_is_said_with_its_place(state: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ExperimentError, match=sentence):
        run("vectorised", **state)
