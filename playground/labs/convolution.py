"""A window of weights that visits every place of a picture."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import torch
from pydantic import Field

from ..faults import ExperimentError
from . import convolution_parts as drawn
from .base import LABS, Answer, Lab
from .grids import grid
from .parts import Part
from .pictures import SAMPLES, colour_picture, grey_picture, rows_of
from .program import Program, Ref
from .windows import (
    OPERATIONS,
    receptive_fields,
    seen_pixels,
    window_of,
)

MOST_SIDE = 32
MOST_CHANNELS = 4
MOST_KERNEL = 11
UPRIGHT_EDGES = rows_of("-1 0 1, -2 0 2, -1 0 1")
BLUR = rows_of("0.0625 0.125 0.0625, 0.125 0.25 0.125, 0.0625 0.125 0.0625")
SHARPEN = rows_of("0 -1 0, -1 5 -1, 0 -1 0")
OUTLINE = rows_of("-1 -1 -1, -1 8 -1, -1 -1 -1")
CORNER = rows_of("1 2 3, 0 0 0, 0 0 0")
ONES = rows_of("1 1 1, 1 1 1, 1 1 1")
TWO_BY_TWO = rows_of("1 1, 1 1")
# Bright where green turns to red: edges of the red channel, the opposite ones of the green, none of the blue.
RED_BESIDE_GREEN = [
    UPRIGHT_EDGES,
    rows_of("1 0 -1, 2 0 -2, 1 0 -1"),
    rows_of("0 0 0, 0 0 0, 0 0 0"),
]
_READERS = dict.fromkeys(SAMPLES, grey_picture) | {"coloured": colour_picture}
WITHOUT_STACK: dict[str, Any] = {"operation": ["convolution", "max_pool", "avg_pool"]}


@LABS.register
class Convolution(Lab):
    """One small window of weights visits every place of a picture; at each stop, products are summed to one pixel.

    Source: torch.nn.functional.conv2d, conv_transpose2d, max_pool2d, avg_pool2d.
    """

    id, label, group = "convolution", "Convolution", "networks"
    rows = ("C1",)
    explains = ("family.conv",)
    leads_to = ("recurrent", "attention")
    opens = "digits-basic-cnn"
    sample: Literal["seven", "eight", "flower", "stripes", "coloured", "dot", "plain"] = Field(
        "seven", description="Picture", json_schema_extra={"shown_when": {"image": [[]]}}
    )
    image: list[Any] = Field(
        [], description="Own pixels, as rows of numbers or as channels of rows; empty: the picture"
    )
    kernel: list[Any] = Field(
        UPRIGHT_EDGES, description="Weights of the window; for colours, one window for each channel"
    )
    stride: int = Field(1, ge=1, le=4, description="Pixels from one stop of the window to the next")
    padding: int = Field(0, ge=0, le=8, description="Zeros around the picture")
    dilation: int = Field(1, ge=1, le=4, description="Distance between the pixels of the window")
    operation: Literal["convolution", "transposed", "max_pool", "avg_pool"] = Field(
        "convolution", description="What happens at each stop"
    )
    layers: int = Field(
        1,
        ge=1,
        le=6,
        description="Such layers, one after the other, for the receptive field",
        json_schema_extra={"shown_when": WITHOUT_STACK},
    )
    row: int = Field(8, ge=0, le=200, description="Row of the stop that is looked at")
    column: int = Field(12, ge=0, le=200, description="Column of the stop that is looked at")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "blur": {"kernel": BLUR, "sample": "flower"},
        "sharpen": {"kernel": SHARPEN, "sample": "flower"},
        "outline": {"kernel": OUTLINE, "sample": "eight"},
        "dot": {"sample": "dot", "kernel": CORNER, "padding": 1, "row": 5, "column": 3},
        "dilation": {"dilation": 3},
        "stack": {"layers": 4, "sample": "eight", "kernel": ONES},
        "colours": {"sample": "coloured", "kernel": RED_BESIDE_GREEN, "row": 8, "column": 1},
        "transposed": {
            "operation": "transposed",
            "sample": "plain",
            "kernel": ONES,
            "stride": 2,
            "row": 3,
            "column": 4,
        },
        "max_pool": {
            "operation": "max_pool",
            "kernel": TWO_BY_TWO,
            "stride": 2,
            "row": 4,
            "column": 8,
        },
    }

    def answer(self) -> Answer:
        image, kernel = self._inputs()
        self._check(image, kernel)
        program = self._program()
        movement = (self.stride, self.padding, self.dilation)
        operation = OPERATIONS[self.operation]
        output = program.call("output", operation, Ref("image"), Ref("kernel"), *movement)
        stop = drawn.Stop(
            self.operation, image, kernel, output, self._place(image, output), movement
        )
        values = _numbers(stop)
        if self.operation == "transposed":
            values["receptive_field"] = max(stop.reach)  # the pixels that one pixel spreads over
            parts = drawn.print_parts(stop)
            checked = ["output"]
        else:
            window = self._window(program, stop)
            values |= {"window": window, "result": stop.result}
            fields = self._fields(program, kernel)
            values |= {"fields": fields, "receptive_field": fields[-1]}
            parts = drawn.stop_parts(stop, window)
            checked = ["output", "window", "fields"]
        if self.operation != "transposed" and self.layers > 1:
            parts += self._stack(image, kernel, values["fields"])
        numbers = ["weights", "multiplications", "dense_weights"]
        return Answer(values, parts, program.code(), checked, numbers)

    def _inputs(self) -> tuple[torch.Tensor, torch.Tensor]:
        """The picture (H, W) or (C, H, W), and the kernel. Raises: ExperimentError."""
        kernel = grid("kernel", self.kernel, axes=(2, 3), most=MOST_KERNEL)
        if self.image:
            return grid("image", self.image, axes=(2, 3), most=MOST_SIDE), kernel
        return _READERS[self.sample](SAMPLES[self.sample]), kernel

    def _program(self) -> Program:
        """The script's first lines: the picture and the kernel."""
        program = Program()
        if self.image:
            rows = program.let("rows", self.image)
            program.call("image", torch.tensor, rows, dtype=torch.float64)
        else:
            picture = program.let("picture", SAMPLES[self.sample])
            program.call("image", _READERS[self.sample], picture)
        weights = program.let("weights", self.kernel)
        program.call("kernel", torch.tensor, weights, dtype=torch.float64)
        return program

    def _check(self, image: torch.Tensor, kernel: torch.Tensor) -> None:
        """Raises: ExperimentError where torch would refuse, with the field to change."""
        n_channels = len(image) if image.dim() == 3 else 1
        if n_channels > MOST_CHANNELS:
            raise ExperimentError.at("image", "lab_channels", limit=MOST_CHANNELS, given=n_channels)
        if kernel.dim() == 3 and len(kernel) not in (1, n_channels):
            raise ExperimentError.at(
                "kernel", "lab_kernel_channels", given=len(kernel), picture=n_channels
            )
        if self.operation == "avg_pool" and self.dilation > 1:
            raise ExperimentError.at("dilation", "lab_average_dilation")
        if self.operation in ("max_pool", "avg_pool"):
            most = min(kernel.shape[-2:]) // 2
            if self.padding > most:
                raise ExperimentError.at("padding", "lab_pool_padding", limit=most)
        for size, weights in zip(image.shape[-2:], kernel.shape[-2:], strict=True):
            self._check_side(size, weights)

    def _check_side(self, size: int, weights: int) -> None:
        """Raises: ExperimentError where nothing would be left of a side of this many pixels."""
        reach = self.dilation * (weights - 1) + 1
        if self.operation == "transposed":
            if (size - 1) * self.stride + reach <= 2 * self.padding:
                raise ExperimentError.at("padding", "lab_padding_all", given=self.padding)
        elif reach > size + 2 * self.padding:
            space = size + 2 * self.padding
            raise ExperimentError.at("kernel", "lab_kernel_wide", reach=reach, size=space)

    def _place(self, image: torch.Tensor, output: torch.Tensor) -> tuple[int, int]:
        """The stop that is looked at, or the last one where there are fewer."""
        stops = image if self.operation == "transposed" else output
        height, width = stops.shape[-2:]
        return min(self.row, height - 1), min(self.column, width - 1)

    def _window(self, program: Program, stop: drawn.Stop) -> torch.Tensor:
        place = program.let("place", stop.place)
        # What is filled around the picture must never be the largest.
        filled = {"filled": "-inf"} if self.operation == "max_pool" else {}
        image, kernel = Ref("image"), Ref("kernel")
        return program.call("window", window_of, image, kernel, place, *stop.movement, **filled)

    def _fields(self, program: Program, kernel: torch.Tensor) -> list[int]:
        """The receptive field after each layer."""
        size = max(kernel.shape[-2:])
        return program.call(
            "fields", receptive_fields, size, self.stride, self.dilation, self.layers
        )

    def _stack(self, image: torch.Tensor, kernel: torch.Tensor, fields: list[int]) -> list[Part]:
        """What the middle pixel of the last layer sees; layers that nothing is left for are left out."""
        size = tuple(kernel.shape[-2:])
        sizes: list[tuple[int, int]] = []
        height, width = image.shape[-2:]
        for _ in range(self.layers):
            height, width = self._side_after(height, size[0]), self._side_after(width, size[1])
            if min(height, width) < 1:
                break
            sizes.append((height, width))
        movement = (self.stride, self.padding, self.dilation)
        seen = seen_pixels(tuple(image.shape[-2:]), size, *movement, len(sizes))
        return drawn.stack_parts(seen, fields, sizes, self.layers)

    def _side_after(self, size: int, weights: int) -> int:
        reach = self.dilation * (weights - 1) + 1
        return (size + 2 * self.padding - reach) // self.stride + 1


def _numbers(stop: drawn.Stop) -> dict[str, Any]:
    """The output and what it costs, beside a dense layer between the same pixels."""
    kernel = stop.kernel_by_channel
    is_pooling = stop.operation in ("max_pool", "avg_pool")
    n_weights = 0 if is_pooling else kernel.numel()
    # Each weight meets one pixel at each stop; a transposed convolution stops at every pixel of the picture.
    stops = stop.image[0] if stop.image.dim() == 3 else stop.image
    if stop.operation != "transposed":
        stops = stop.output
    return {
        "output": stop.output,
        "shape": list(stop.output.shape),
        "kernel": kernel,
        "weights": n_weights,
        "multiplications": n_weights * stops.numel(),
        "dense_weights": stop.image.numel() * stop.output.numel(),
    }
