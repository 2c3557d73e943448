"""What the lab about convolution draws: the picture with its window, the products, the output."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from .parts import Array, Part, Picture, Say, Table
from .windows import with_channels

MOST_TERMS = 12  # of a sum that is written out


@dataclass(frozen=True)
class Stop:
    """One stop of the window: what it reads, and where.

    `place`: row and column. `movement`: stride, padding, dilation.
    """

    operation: str
    image: torch.Tensor
    kernel: torch.Tensor
    output: torch.Tensor
    place: tuple[int, int]
    movement: tuple[int, int, int]

    @property
    def reach(self) -> tuple[int, int]:
        """Height and width that the window spans, with the pixels that it leaves out."""
        dilation = self.movement[2]
        height, width = self.kernel.shape[-2:]
        return dilation * (height - 1) + 1, dilation * (width - 1) + 1

    @property
    def corner(self) -> tuple[int, int]:
        """The first pixel of the window, in the padded picture, or of the print, in the output before it is cut."""
        stride = self.movement[0]
        return self.place[0] * stride, self.place[1] * stride

    @property
    def result(self) -> Any:
        """The output there: a number, or one for each channel."""
        return self.output[..., self.place[0], self.place[1]].tolist()

    @property
    def kernel_by_channel(self) -> torch.Tensor:
        """One window for each channel, (C, h, w), or (h, w) where the picture has no channels."""
        if self.image.dim() == 2:
            return self.kernel.reshape(self.kernel.shape[-2:])
        return with_channels(self.kernel).expand(len(self.image), -1, -1)

    def cells(self, corner: Sequence[int]) -> list[list[int]]:
        """The pixels that the window touches; none where it touches all that it spans."""
        dilation = self.movement[2]
        if dilation == 1:
            return []
        height, width = self.kernel.shape[-2:]
        touched = []
        for row in range(height):
            for column in range(width):
                touched.append([corner[0] + row * dilation, corner[1] + column * dilation])
        return touched


def stop_parts(stop: Stop, window: torch.Tensor) -> list[Part]:
    """Of convolution and pooling: the window on the picture, the output, and how its pixels make one there."""
    stride, padding, _ = stop.movement
    padded = torch.nn.functional.pad(stop.image, (padding,) * 4)
    parts: list[Part] = [
        Picture(
            "image",
            pixels=_pixels(padded),
            low=min(0.0, padded.min().item()),
            high=max(1.0, padded.max().item()),
            window=[*stop.corner, *stop.reach],
            cells_of_window=stop.cells(stop.corner),
            # With steps of one pixel, the window is where one points; otherwise the output is pointed at.
            row_field="row" if stride == 1 else "",
            column_field="column" if stride == 1 else "",
            title="image",
            note=_size_text(padded.shape),
        ),
        _output_picture(stop, [*stop.place, 1, 1], is_pointed_at=True),
        # A sentence is as wide as the page: both pictures stand side by side above it, the arithmetic below.
        _size_words(stop),
        Array("window", window, window.shape, title="window", colours="levels", digits=2),
    ]
    return parts + _work(stop, window)


def _work(stop: Stop, window: torch.Tensor) -> list[Part]:
    """From the window to the pixel of the output."""
    if stop.operation == "max_pool":
        return [Say("sum", "largest", {"result": _number_text(stop.result)})]
    if stop.operation == "avg_pool":
        n_pixels = stop.kernel.shape[-2:].numel()
        return [Say("sum", "average", {"n": n_pixels, "result": _number_text(stop.result)})]
    kernel = stop.kernel_by_channel
    products = window * kernel
    values = {"terms": _terms(products), "result": _number_text(stop.result)}
    return [
        Array("kernel", kernel, kernel.shape, title="kernel", digits=2),
        Array("products", products, products.shape, title="products", digits=2),
        Say("sum", "sum", values),
    ]


def print_parts(stop: Stop) -> list[Part]:
    """Of the transposed convolution: the pixel, its print, and where that goes."""
    stride, padding, _ = stop.movement
    image = stop.image
    row, column = stop.place
    pixels = image[..., row, column]
    prints = pixels[..., None, None] * stop.kernel_by_channel
    # Padding cuts the output, so that a print may lie partly outside.
    corner = (row * stride - padding, column * stride - padding)
    return [
        Picture(
            "image",
            pixels=_pixels(image),
            low=min(0.0, image.min().item()),
            high=max(1.0, image.max().item()),
            window=[row, column, 1, 1],
            row_field="row",
            column_field="column",
            title="image",
            note=_size_text(image.shape),
        ),
        _output_picture(stop, [*corner, *stop.reach], is_pointed_at=False),
        _size_words(stop),
        Array("kernel", stop.kernel_by_channel, prints.shape, title="kernel", digits=2),
        Array("products", prints, prints.shape, title="print", digits=2),
        Say("sum", "printed", {"pixel": _number_text(pixels.tolist())}),
    ]


def _output_picture(stop: Stop, window: list[int], is_pointed_at: bool) -> Picture:
    """The output, blue and orange around zero, or as bright as the picture where pooling made it."""
    output = stop.output
    is_pooled = stop.operation in ("max_pool", "avg_pool")
    largest = output.abs().max().item() or 1.0
    return Picture(
        "output",
        pixels=_pixels(output),
        low=min(0.0, output.min().item()) if is_pooled else -largest,
        high=max(1.0, output.max().item()) if is_pooled else largest,
        colours="levels" if is_pooled else "values",
        window=window,
        row_field="row" if is_pointed_at else "",
        column_field="column" if is_pointed_at else "",
        title="output",
        note=_size_text(output.shape),
    )


def _size_words(stop: Stop) -> Say:
    """Where the height of the output comes from."""
    stride, padding, _ = stop.movement
    key = "size_transposed" if stop.operation == "transposed" else "size"
    values = {
        "height": stop.image.shape[-2],
        "padding": padding,
        "reach": stop.reach[0],
        "stride": stride,
        "result": stop.output.shape[-2],
    }
    return Say("size", key, values)


def stack_parts(
    seen: torch.Tensor, fields: Sequence[int], sizes: Sequence[tuple[int, int]], wanted: int
) -> list[Part]:
    """The receptive field of several layers: what the middle pixel of the last one sees, layer by layer."""
    rows: list[list[Any]] = []
    for layer, size in enumerate(sizes):
        rows.append([layer + 1, _size_text((fields[layer], fields[layer])), _size_text(size)])
    parts: list[Part] = [
        Picture(
            "seen",
            pixels=seen,
            low=0.0,
            high=seen.max().item() or 1.0,
            title="seen",
            note=_size_text(seen.shape),
        ),
        Table("stack", ["layer", "field", "map"], rows),
    ]
    if len(sizes) < wanted:
        parts.append(Say("empty", "empty", {"layer": len(sizes) + 1}, "fault"))
    return parts


def _pixels(image: torch.Tensor) -> torch.Tensor:
    """(H, W), or (H, W, 3) in colours. Of other numbers of channels, their mean."""
    if image.dim() == 2:
        return image
    if len(image) == 3:
        return image.permute(1, 2, 0)
    return image.mean(0)


def _size_text(shape: Sequence[int]) -> str:
    return f"{shape[-2]} × {shape[-1]}"


def _number_text(value: Any) -> str:
    """A number, or one for each channel, in few digits."""
    numbers = value if isinstance(value, list) else [value]
    text = ", ".join(f"{number:.4g}" for number in numbers)
    return text.replace("-", "−")


def _terms(products: torch.Tensor) -> str:
    """ "0.42 + 1 − 1.99": the products that are not zero, as a sum."""
    terms = [product for product in products.flatten().tolist() if product]
    text = ""
    for place, product in enumerate(terms[:MOST_TERMS]):
        sign = " − " if product < 0 else " + "
        if place == 0:
            sign = "−" if product < 0 else ""
        text += f"{sign}{abs(product):.3g}"
    if len(terms) > MOST_TERMS:
        text += " + …"
    return text or "0"
