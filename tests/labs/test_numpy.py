"""Arrays and tensors: what shares, what copies, what is refused, against NumPy and torch themselves."""

from typing import Any

import numpy as np
import pytest
import torch

from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.numpy import DEFAULTS, WAYS


def part(answer: dict[str, Any], name: str) -> dict[str, Any]:
    """The part of that name. Raises: StopIteration where there is none."""
    return next(part for part in answer["parts"] if part["name"] == name)


@pytest.mark.parametrize("writes", ["array", "tensor"])
@pytest.mark.parametrize("way", ["from_numpy", "as_tensor", "numpy", "cpu"])
def test_what_shares_memory_shows_what_is_written_into_the_other(way: str, writes: str) -> None:
    answer = run("numpy", way=way, writes=writes)
    assert answer["values"]["shares"] and answer["values"]["changed"]
    assert part(answer, "a")["cells"] == part(answer, "t")["cells"] == [0, 2, 3, 4]


@pytest.mark.parametrize("writes", ["array", "tensor"])
@pytest.mark.parametrize("way", ["torch_tensor", "float", "copy"])
def test_what_was_copied_keeps_its_number(way: str, writes: str) -> None:
    answer = run("numpy", way=way, writes=writes)
    assert not answer["values"]["shares"] and not answer["values"]["changed"]
    written, other = ("a", "t") if writes == "array" else ("t", "a")
    assert part(answer, written)["cells"] == [0, 2, 3, 4]
    assert part(answer, other)["cells"] == [1, 2, 3, 4]


def test_as_tensor_copies_only_where_the_kind_of_number_changes() -> None:
    array = np.array([1, 2, 3, 4], dtype="float32")
    assert torch.as_tensor(array, dtype=torch.float32).data_ptr() == array.ctypes.data
    answer = run("numpy", way="float", dtype="float32")
    assert answer["values"]["shares"]
    assert part(answer, "why")["key"] == "why.float_shared"


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64", "uint8", "bool"])
def test_the_kind_of_number_stays_on_the_way(dtype: str) -> None:
    for way in ("from_numpy", "numpy"):
        values = run("numpy", way=way, dtype=dtype)["values"]
        assert values["numpy_dtype"] == values["torch_dtype"] == dtype
        assert values["shares"] and values["changed"]


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("reversed", "negative"),
        ("weights", "same dtype"),
        ("grad", "requires grad. Use tensor.detach().numpy()"),
        ("bfloat16", "BFloat16"),
        ("gpu", "Use Tensor.cpu() to copy the tensor to host memory first"),
    ],
)
def test_what_is_refused_is_said_in_torchs_own_words(way: str, words: str) -> None:
    answer = run("numpy", way=way)
    assert words in answer["values"]["message"]
    assert answer["values"]["shares"] is None and answer["values"]["changed"] is None
    assert words in part(answer, "message")["text"]


def test_weights_of_a_layer_take_an_array_of_their_own_kind() -> None:
    assert run("numpy", way="weights", dtype="float32")["values"]["message"] is None


def test_only_kinds_with_fractions_want_gradients() -> None:
    message = run("numpy", way="grad", dtype="int64")["values"]["message"]
    with pytest.raises(RuntimeError) as raised:
        torch.tensor([1, 2, 3, 4], requires_grad=True)
    assert message == str(raised.value)


def test_an_array_of_a_detached_tensor_writes_where_the_tensor_itself_may_not() -> None:
    by_array = run("numpy", way="detach", writes="array")["values"]
    assert by_array["shares"] and by_array["changed"]
    by_tensor = run("numpy", way="detach", writes="tensor")["values"]
    assert by_tensor["shares"] and by_tensor["changed"] is None
    assert "in-place operation" in by_tensor["message"]


def test_what_comes_out_where_nobody_says_which_kind() -> None:
    kinds = dict(part(run("numpy"), "defaults")["rows"])
    assert list(kinds) == list(DEFAULTS)
    assert kinds["np.array([1.5])"] == "float64"
    assert kinds["torch.tensor([1.5])"] == "float32"
    assert kinds["torch.tensor(np.array([1.5]))"] == "float64"
    assert kinds["np.array([1.0], np.float32) + np.array([1])"] == "float64"
    assert kinds["torch.tensor([1.0]) + torch.tensor([1])"] == "float32"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dtype", ["float64", "float32", "int8", "bool"])
@pytest.mark.parametrize("writes", ["array", "tensor"])
def test_every_way_answers_for_every_kind_of_number(way: str, dtype: str, writes: str) -> None:
    answer = run("numpy", way=way, dtype=dtype, writes=writes)
    names: dict[str, Any] = {}
    exec(compile(answer["code"], way, "exec"), names)
    for name in ("shares", "changed", "message"):
        if answer["values"][name] is not None:
            assert names[name] == answer["values"][name]


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(ExperimentError, match="dtype: must be one of"):
        run("numpy", dtype="decimal")
