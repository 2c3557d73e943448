"""Which operations share memory: against what torch does to tensors of this file's own."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.memory import OPERATIONS

SHARING = ["same", "view", "slice", "transpose", "reshape", "detach", "contiguous", "iadd"]
COPYING = ["clone", "add", "pick", "t_contiguous", "t_reshape"]
BY_HAND: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "same": lambda a: a,
    "view": lambda a: a.view(-1),
    "slice": lambda a: a[:2],
    "transpose": lambda a: a.transpose(-2, -1),
    "reshape": lambda a: a.reshape(-1),
    "detach": lambda a: a.detach(),
    "contiguous": lambda a: a.contiguous(),
    "iadd": lambda a: a.add_(1.0),
    "clone": lambda a: a.clone(),
    "add": lambda a: a + 1,
    "pick": lambda a: a[[0]],
    "t_contiguous": lambda a: a.mT.contiguous(),
    "t_reshape": lambda a: a.mT.reshape(-1),
}


def values(**state: Any) -> dict[str, Any]:
    """The main numbers of the lab."""
    found: dict[str, Any] = run("memory", **state)["values"]
    return found


@pytest.mark.parametrize("operation", SHARING)
def test_what_shares_memory_changes_with_it(operation: str) -> None:
    answer = values(shape=[3, 4], index=[1, 2], operation=operation)
    assert answer == {"shares": True, "changed": True, "message": None}


@pytest.mark.parametrize("operation", COPYING)
def test_what_was_copied_stays_as_it_was(operation: str) -> None:
    answer = values(shape=[3, 4], index=[1, 2], operation=operation)
    assert answer == {"shares": False, "changed": False, "message": None}


@pytest.mark.parametrize("operation", BY_HAND)
def test_both_tensors_are_drawn_as_they_are_after_the_write(operation: str) -> None:
    a = torch.arange(6.0).reshape(2, 3)
    b = BY_HAND[operation](a)
    a[0, 1] = 99.0
    answer = run("memory", shape=[2, 3], index=[0, 1], operation=operation)
    parts = {part["name"]: part for part in answer["parts"]}
    assert parts["a"]["cells"] == a.tolist()
    assert parts["b"]["cells"] == b.tolist()


def test_each_operation_is_one_of_the_two_or_the_view_that_is_refused() -> None:
    assert {*SHARING, *COPYING, "t_view"} == set(OPERATIONS)


def test_a_transposed_tensor_has_no_view_of_one_row_and_torch_says_why() -> None:
    answer = run("memory", shape=[3, 4], operation="t_view")
    assert answer["values"]["shares"] is None and answer["values"]["changed"] is None
    with pytest.raises(RuntimeError) as raised:
        torch.arange(12.0).reshape(3, 4).t().view(-1)
    assert answer["values"]["message"] == str(raised.value)
    assert [part["text"] for part in answer["parts"] if part["part"] == "note"] == [
        str(raised.value)
    ]


def test_a_box_that_the_slice_does_not_read_changes_nothing_in_it() -> None:
    assert values(shape=[3, 4], index=[2, 1], operation="slice") == {
        "shares": True,
        "changed": False,
        "message": None,
    }


@pytest.mark.parametrize("operation", ["t_contiguous", "t_reshape", "t_view"])
def test_one_column_is_still_in_order_when_it_is_transposed(operation: str) -> None:
    answer = run("memory", shape=[4, 1], operation=operation)
    assert answer["values"]["shares"]
    parts = {part["name"]: part for part in answer["parts"]}
    assert parts["why"]["key"] == f"why.{operation}_shared"


def test_the_overview_says_of_every_operation_what_the_lab_says_of_it_alone() -> None:
    answer = run("memory", shape=[3, 4])
    overview = next(part for part in answer["parts"] if part["name"] == "overview")
    outcomes = {row[0]: row[1:] for row in overview["rows"]}
    for name, operation in OPERATIONS.items():
        shares = values(shape=[3, 4], operation=name)["shares"]
        sign = {True: "✓", False: "–", None: "✗"}[shares]
        assert outcomes[operation.text] == [sign, sign], name


def test_a_scalar_can_be_shared_too() -> None:
    assert values(shape=[], operation="view") == {"shares": True, "changed": True, "message": None}


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"shape": [0]}, r"shape\[0\]: must be at least 1, but is 0"),
        ({"shape": [10**9]}, r"shape\[0\]: must be at most 64"),
        ({"shape": [1] * 30}, "shape: is too long: at most 4"),
        ({"shape": [64, 2]}, "shape: makes 128 numbers; at most 64 can be drawn"),
        (
            {"shape": [3], "operation": "transpose"},
            "shape: the number of axes is 1; this needs 2 or more",
        ),
        ({"shape": [], "operation": "slice"}, "shape: the number of axes is 0; this needs 1"),
        ({"index": [3, 0]}, r"index\[0\]: must be at most 2, but is 3"),
        ({"index": [0, 0, 0]}, "index: needs 2 numbers, one for each axis, but has 3"),
        ({"operation": "free"}, "operation: must be one of"),
    ],
)
def test_what_cannot_be_is_said_with_its_place(state: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ExperimentError, match=sentence):
        run("memory", **state)
