"""The lab about convolution: its numbers against torch and hand values."""

import pytest
import torch
import torch.nn.functional as F

from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.pictures import SAMPLES, grey_picture
from playground.labs.windows import receptive_fields, seen_pixels

FOUR = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]]
# What a hand gives: right neighbour minus left one.
RIGHT_MINUS_LEFT = [[-1, 0, 1]]


def test_right_minus_left_is_two_everywhere_on_numbers_that_count_up() -> None:
    values = run("convolution", image=FOUR, kernel=RIGHT_MINUS_LEFT)["values"]
    assert values["output"] == [[2, 2]] * 4


def test_a_window_of_ones_sums_what_it_sees() -> None:
    values = run("convolution", image=FOUR, kernel=[[1, 1], [1, 1]], stride=2)["values"]
    assert values["output"] == [[14, 22], [46, 54]]
    assert values["receptive_field"] == 2


@pytest.mark.parametrize("movement", [(1, 0, 1), (2, 1, 1), (3, 2, 2), (4, 8, 4)])
@pytest.mark.parametrize("operation", ["convolution", "transposed"])
def test_the_output_is_that_of_torch(operation: str, movement: tuple[int, int, int]) -> None:
    stride, padding, dilation = movement
    kernel = [[0.5, -1.0, 2.0], [1.0, 0.0, 3.0], [-2.0, 1.0, 1.0]]
    played = run(
        "convolution",
        kernel=kernel,
        stride=stride,
        padding=padding,
        dilation=dilation,
        operation=operation,
    )
    function = F.conv2d if operation == "convolution" else F.conv_transpose2d
    picture = grey_picture(SAMPLES["seven"])[None, None]
    weights = torch.tensor(kernel, dtype=torch.float64)[None, None]
    wanted = function(picture, weights, stride=stride, padding=padding, dilation=dilation)[0, 0]
    assert torch.allclose(torch.tensor(played["values"]["output"], dtype=torch.float64), wanted)


def test_the_window_times_the_kernel_is_the_pixel_that_is_looked_at() -> None:
    played = run("convolution", stride=2, padding=1, dilation=2, row=5, column=6)["values"]
    window = torch.tensor(played["window"])
    kernel = torch.tensor(played["kernel"])
    assert (window * kernel).sum().item() == pytest.approx(played["result"])
    assert played["result"] == played["output"][5][6]


def test_a_stop_beyond_the_last_one_is_the_last_one() -> None:
    played = run("convolution", stride=4, row=200, column=200)["values"]
    assert played["result"] == played["output"][-1][-1]


def test_a_dot_comes_out_as_the_kernel_upside_down() -> None:
    kernel = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    output = run("convolution", sample="dot", kernel=kernel)["values"]["output"]
    around = [row[2:5] for row in output[2:5]]
    assert around == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]


def test_channels_are_summed() -> None:
    image = [[[1, 2], [3, 4]], [[10, 20], [30, 40]]]
    values = run("convolution", image=image, kernel=[[[1, 1], [1, 1]], [[2, 2], [2, 2]]])["values"]
    assert values["output"] == [[10 + 200]]
    assert values["weights"] == 8


def test_the_largest_of_a_window_goes_on_and_padding_never_is_the_largest() -> None:
    image = [[-5, -6], [-7, -8]]
    pooled = run(
        "convolution", image=image, kernel=[[1, 1], [1, 1]], padding=1, operation="max_pool"
    )["values"]
    assert pooled["output"] == [[-5, -5, -6], [-5, -5, -6], [-7, -7, -8]]


def test_the_mean_of_a_window_goes_on() -> None:
    pooled = run(
        "convolution", image=FOUR, kernel=[[1, 1], [1, 1]], stride=2, operation="avg_pool"
    )["values"]
    assert pooled["output"] == [[3.5, 5.5], [11.5, 13.5]]


def test_each_channel_is_pooled_by_itself() -> None:
    image = [[[1, 2], [3, 4]], [[8, 7], [6, 5]], [[0, 0], [0, 9]]]
    pooled = run("convolution", image=image, kernel=[[1, 1], [1, 1]], operation="max_pool")
    assert pooled["values"]["output"] == [[[4]], [[8]], [[9]]]


def test_a_window_costs_fewer_weights_than_a_dense_layer() -> None:
    values = run("convolution")["values"]
    assert values["weights"] == 9
    assert values["multiplications"] == 26 * 26 * 9
    assert values["dense_weights"] == 28 * 28 * 26 * 26


@pytest.mark.parametrize(
    ("size", "stride", "dilation", "fields"),
    [(3, 1, 1, [3, 5, 7]), (3, 2, 1, [3, 7, 15]), (3, 1, 3, [7, 13, 19]), (5, 1, 1, [5, 9, 13])],
)
def test_receptive_fields_grow_by_kernel_stride_and_dilation(
    size: int, stride: int, dilation: int, fields: list[int]
) -> None:
    assert receptive_fields(size, stride, dilation, 3) == fields


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_the_pixels_that_a_gradient_reaches_span_the_receptive_field(
    stride: int, layers: int
) -> None:
    seen = seen_pixels((40, 40), (3, 3), stride, 0, 1, layers)
    rows = seen.sum(1).nonzero()
    span = rows.max().item() - rows.min().item() + 1
    assert span == receptive_fields(3, stride, 1, layers)[-1]
    assert seen.sum().item() == pytest.approx(1)


def test_a_layer_that_no_pixel_is_left_for_is_named() -> None:
    played = run("convolution", layers=6, stride=4)
    said = {part["name"]: part for part in played["parts"]}
    assert said["empty"]["values"] == {"layer": 3}  # 28 -> 7 -> 2 -> none
    assert said["stack"]["rows"] == [[1, "3 × 3", "7 × 7"], [2, "11 × 11", "2 × 2"]]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kernel": []}, "kernel: needs rows of numbers"),
        ({"kernel": [[1, 2], [3]]}, "kernel: needs rows of numbers"),
        ({"kernel": [[True]]}, "kernel: needs rows of numbers"),
        ({"kernel": [[float("nan")]]}, "kernel: needs rows of numbers"),
        ({"kernel": [[10**400]]}, "kernel: needs rows of numbers"),
        ({"kernel": [["1"]]}, "kernel: needs rows of numbers"),
        ({"kernel": [[1] * 12]}, "kernel: needs rows of numbers"),
        ({"kernel": [[[[[[1]]]]]]}, "kernel: needs rows of numbers"),
        ({"image": [[0] * 33]}, "image: needs rows of numbers"),
        ({"image": [[[0]]] * 5}, "image: has 5 channels; at most 4"),
        ({"kernel": [[[1]], [[1]]]}, "kernel: has 2 channels, but the picture has 1"),
        ({"kernel": [[1] * 11], "dilation": 4}, "kernel: spans 41 pixels"),
        ({"operation": "max_pool", "padding": 2}, "padding: may be at most half of the window"),
        ({"operation": "avg_pool", "dilation": 2}, "dilation: average pooling has no dilation"),
        (
            {"operation": "transposed", "image": [[1]], "padding": 2},
            "padding: cuts away the whole output",
        ),
        ({"stride": 0}, "stride: must be at least 1"),
        ({"sample": "nine"}, "sample: must be"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(changes: dict, sentence: str) -> None:
    with pytest.raises(ExperimentError, match=f"^{sentence}"):
        run("convolution", **changes)


def test_every_end_of_its_fields_answers() -> None:
    for operation in ("convolution", "transposed"):
        played = run(
            "convolution",
            sample="coloured",
            kernel=[[1.0] * 11] * 11,
            stride=4,
            padding=8,
            dilation=3,
            layers=6,
            operation=operation,
        )
        assert played["values"]["output"]
