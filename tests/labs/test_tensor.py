"""What a tensor is: strides, bytes, what a format cannot hold."""

import math
from typing import Any

import pytest
import torch

from playground.faults import ExperimentError
from playground.labs import LABS, run
from playground.labs.number_formats import bits_of, bytes_of, gap_after
from playground.labs.tensor import Tensor
from playground.labs.views import VIEWS

DTYPES = Tensor.model_fields["dtype"].annotation.__args__  # type: ignore[union-attr]


def part(answer: dict[str, Any], name: str) -> dict[str, Any]:
    """The part of that name. Raises: StopIteration where there is none."""
    return next(part for part in answer["parts"] if part["name"] == name)


def test_a_tensor_of_three_by_four_is_48_bytes_and_jumps_four_boxes_a_row() -> None:
    values = run("tensor", shape=[3, 4], dtype="float32", view="none")["values"]
    assert (values["strides"], values["bytes"], values["is_contiguous"]) == ([4, 1], 48, True)


def test_a_transpose_swaps_the_strides_and_keeps_the_storage() -> None:
    answer = run("tensor", shape=[3, 4], view="transpose")
    values = answer["values"]
    assert (values["strides"], values["is_contiguous"]) == ([1, 4], False)
    assert part(answer, "storage")["cells"] == [float(number) for number in range(12)]
    assert part(answer, "storage_words")["key"] == "shares"


def test_an_element_is_shown_in_the_tensor_that_it_was_read_from() -> None:
    answer = run("tensor", shape=[3, 4], view="transpose", index=[1, 2])
    assert part(answer, "x")["marks"] == [[[1, 2], "window"]]
    assert part(answer, "base")["marks"] == [[[2, 1], "window"]]
    copied = run("tensor", shape=[3, 4], view="contiguous", index=[1, 2])
    assert part(copied, "base")["marks"] == []


def test_a_slice_reads_part_of_the_storage_from_an_offset() -> None:
    answer = run("tensor", shape=[3, 4], dtype="float64", view="slice")
    values = answer["values"]
    assert values["shape"] == [3, 3] and values["offset"] == 1
    assert (values["bytes"], values["storage_bytes"]) == (72, 96)
    seen = [place for place, role in part(answer, "storage")["marks"] if role == "shared"]
    assert seen == [1, 2, 3, 5, 6, 7, 9, 10, 11]


def test_a_column_that_is_expanded_has_a_stride_of_zero() -> None:
    assert run("tensor", shape=[3, 4], view="expand")["values"]["strides"] == [4, 0]


@pytest.mark.parametrize("view", ["contiguous", "flip"])
def test_what_no_strides_can_read_is_copied(view: str) -> None:
    answer = run("tensor", shape=[3, 4], view=view)
    assert part(answer, "storage_words")["key"] == "copies"
    assert answer["values"]["is_contiguous"]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("view", ["none", *VIEWS])
def test_every_view_of_every_kind_of_number_reads_what_torch_reads(view: str, dtype: str) -> None:
    base = torch.arange(6).to(getattr(torch, dtype)).reshape(2, 3)
    if view == "flip" and not can_flip(base):
        with pytest.raises(ExperimentError, match='cannot do this: "flip_cpu" not implemented for'):
            run("tensor", shape=[2, 3], dtype=dtype, view=view)
        return
    answer = run("tensor", shape=[2, 3], dtype=dtype, view=view)
    by_hand = {
        "none": base,
        "transpose": base.mT,
        "slice": base[:, 1:],
        "every_second": base[:, ::2],
        "row": base[1],
        "flatten": base.view(6),
        "diagonal": torch.stack([base[0, 0], base[1, 1]]),
        "expand": base[:, :1].expand(2, 3),
        "contiguous": base.mT.contiguous(),
        "flip": torch.stack([base[:, 2], base[:, 1], base[:, 0]], dim=1),
    }[view]
    assert answer["values"]["strides"] == list(by_hand.stride()) or view == "diagonal"
    assert answer["values"]["shape"] == list(by_hand.shape)
    cells = by_hand.tolist()
    if by_hand.is_complex():
        cells = [[f"{number.real:g}+0j" for number in row] for row in by_hand.reshape(1, -1)]
        assert part(answer, "x")["cells"] in (cells[0], as_rows(cells[0], by_hand.shape))
    else:
        assert part(answer, "x")["cells"] == cells


def can_flip(x: torch.Tensor) -> bool:
    """Whether this version of torch can: which kinds of numbers it can flip changes with the version."""
    try:
        x.flip(-1)
    except NotImplementedError:
        return False
    return True


def as_rows(cells: list[str], shape: torch.Size) -> list[list[str]]:
    """A flat list as rows of the last axis."""
    width = shape[-1]
    return [cells[start : start + width] for start in range(0, len(cells), width)]


# Some versions of torch end at the largest number of 8 bits, others have NaN beyond it.
BEYOND_8_BITS = torch.tensor(500.0, dtype=torch.float64).to(torch.float8_e4m3fn).item()


@pytest.mark.parametrize(
    ("state", "held"),
    [
        ({"dtype": "float32", "start": 2.0**24 + 1}, 2.0**24),
        ({"dtype": "float32", "start": 2.0**24 + 3}, 2.0**24 + 4),
        ({"dtype": "uint8", "start": 300.0}, 44),
        ({"dtype": "uint8", "start": -1.0}, 255),
        ({"dtype": "int8", "start": 128.0}, -128),
        ({"dtype": "float16", "start": 65_519.0}, 65_504.0),
        ({"dtype": "float16", "start": 65_520.0}, "Infinity"),
        (
            {"dtype": "float8_e4m3fn", "start": 500.0},
            "NaN" if math.isnan(BEYOND_8_BITS) else BEYOND_8_BITS,
        ),
        ({"dtype": "bool", "start": 2.0}, True),
        ({"dtype": "int32", "start": -2.7}, -2),
    ],
)
def test_what_a_format_cannot_hold(state: dict[str, Any], held: Any) -> None:
    answer = run("tensor", shape=[1], **state)
    assert part(answer, "x")["cells"] == [held]
    assert answer["values"]["lost"] == 1
    assert [[0], "fault"] in part(answer, "x")["marks"]


@pytest.mark.parametrize("dtype", ["float16", "float8_e4m3fn"])
def test_a_number_beyond_the_largest_is_said_to_be_that(dtype: str) -> None:
    answer = run("tensor", shape=[1], dtype=dtype, start=70_000.0)
    about = part(answer, "overflow")["values"]
    assert about["wanted"] == "70000"
    assert float(about["largest"]) == torch.finfo(getattr(torch, dtype)).max


def test_torch_refuses_to_make_directly_what_a_conversion_wraps_around() -> None:
    answer = run("tensor", shape=[1], dtype="uint8", start=300.0)
    assert "without overflow" in part(answer, "refusal")["text"]


def test_an_element_stands_at_the_offset_and_its_index_times_the_strides() -> None:
    answer = run("tensor", shape=[3, 4], view="slice", index=[2, 1])
    about = part(answer, "element")["values"]
    assert about["sum"] == "1 + 2·4 + 1·1" and about["box"] == 10 and about["value"] == "10"
    assert [10, "window"] in part(answer, "storage")["marks"]


def test_the_bytes_and_bits_of_one_and_a_half() -> None:
    number = torch.tensor(1.5)
    assert bytes_of(number) == ["00", "00", "c0", "3f"]
    assert bits_of(number) == ("0", "01111111", "1" + 22 * "0")
    assert bits_of(torch.tensor(-2.0, dtype=torch.bfloat16)) == ("1", "10000000", "0000000")
    assert bits_of(torch.tensor(3)) is None


@pytest.mark.parametrize("value", [0.0, 0.1, 1.0, -1.5, 2.0**24, 1e-40])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_gap_to_the_next_number_is_torchs_own(value: float, dtype: torch.dtype) -> None:
    number = torch.tensor(value, dtype=dtype)
    away = torch.tensor(math.copysign(math.inf, value), dtype=dtype)
    following = torch.nextafter(number, away)
    assert gap_after(number) == abs(following.double() - number.double()).item()


def test_of_a_scalar_there_is_one_box_and_no_stride() -> None:
    values = run("tensor", shape=[])["values"]
    assert (values["strides"], values["bytes"]) == ([], 4)


def test_a_tensor_too_large_to_be_drawn_is_worked_out_without_memory() -> None:
    answer = run("tensor", shape=[1000, 1000, 1000, 1000], dtype="complex128", view="transpose")
    assert answer["values"]["bytes"] == 16 * 1000**4
    assert answer["values"]["strides"] == [10**9, 10**6, 1, 1000]
    assert part(answer, "large")["values"]["n"] == 1000**4


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"shape": [10**9]}, r"shape\[0\]: must be at most 1000, but is 1000000000"),
        ({"shape": [-1]}, r"shape\[0\]: must be at least 0"),
        ({"shape": [2] * 30}, "shape: is too long: at most 4"),
        ({"shape": ["three"]}, r"shape\[0\]: needs a whole number"),
        ({"shape": [2.5]}, r"shape\[0\]: needs a whole number"),
        (
            {"shape": [3], "view": "transpose"},
            "shape: the number of axes is 1; this needs 2 or more",
        ),
        ({"shape": [], "view": "slice"}, "shape: the number of axes is 0; this needs 1 or more"),
        ({"shape": [0, 3], "view": "row"}, r"shape\[0\]: must be at least 1, but is 0"),
        ({"index": [3, 0]}, r"index\[0\]: must be at most 2, but is 3"),
        ({"index": [1]}, "index: needs 2 numbers, one for each axis, but has 1"),
        ({"dtype": "float9"}, "dtype: must be one of"),
        ({"start": math.nan}, "start: needs a finite number"),
    ],
)
def test_what_cannot_be_is_said_with_its_place(state: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ExperimentError, match=sentence):
        run("tensor", **state)


@pytest.mark.parametrize("view", ["none", *VIEWS])
@pytest.mark.parametrize("shape", [[], [0], [1], [0, 3], [3, 0], [1, 1, 1, 1], [2, 2, 2, 2]])
def test_every_view_of_every_rank_answers_or_says_why_not(shape: list[int], view: str) -> None:
    try:
        answer = run("tensor", shape=shape, view=view)
    except ExperimentError as error:
        assert str(error).startswith("shape")
    else:
        assert answer["parts"]


def test_where_there_are_no_numbers_none_is_looked_at() -> None:
    names = [part["name"] for part in run("tensor", shape=[0, 3], index=[0, 0])["parts"]]
    assert "x" in names and "element" not in names


def test_another_shape_or_view_sets_the_element_back_on_the_page() -> None:
    for lab, name in (("tensor", "shape"), ("tensor", "view"), ("memory", "shape")):
        assert LABS[lab].model_fields[name].json_schema_extra == {"resets": ["index"]}


def test_it_is_the_first_lab_of_a_learner() -> None:
    assert LABS["tensor"].leads_to == ("vectorised", "memory")
