"""Layers over images: convolution, pooling, normalisation by channel."""

from typing import Any, ClassVar, Literal

from pydantic import Field
from torch import nn

from ..calls import Call
from .base import LAYERS, Complaint, ImageLayer, Mend, Shape, window_complaint


@LAYERS.register
class Conv2d(ImageLayer):
    """Slides small learned filters over the image; each gives one output channel.

    In: (N, C, H, W). Out: (N, channels, H', W'). Source: torch.nn.Conv2d.
    """

    id = "conv2d"
    label = "Conv2d"
    family = "conv"
    group = "convolution"
    channels: int = Field(16, ge=1, le=4_096, description="Output channels, one a filter")
    kernel: int = Field(3, ge=1, le=31, description="Side of the filter's window", json_schema_extra={"unit": "px"})
    stride: int = Field(1, ge=1, le=8, description="Pixels that the window moves at a time")
    padding: Literal["same", "valid"] = Field(
        "same", description="same: zeros around the image keep its size at stride 1; valid: none"
    )
    bias: bool = Field(True, description="Add a learned constant to every channel; useless before a BatchNorm")

    @property
    def _margin(self) -> int:
        return self.kernel // 2 if self.padding == "same" else 0

    def complaint(self, shape: Shape) -> Complaint | None:
        return super().complaint(shape) or window_complaint(self, shape, self.kernel, self._margin, "kernel")

    def call(self, shape: Shape) -> Call:
        options: dict[str, Any] = {}
        if self.stride != 1:
            options["stride"] = self.stride
        if self._margin:
            even = self.kernel % 2 == 0 and self.stride == 1
            options["padding"] = "same" if even else self._margin
        if not self.bias:
            options["bias"] = False
        return Call.of(nn.Conv2d, shape[0], self.channels, self.kernel, **options)


@LAYERS.register
class BatchNorm2d(ImageLayer):
    """Gives every channel mean 0 and spread 1 over the batch, then a learned scale and shift.

    In: (N, C, H, W). Out: the same. Source: torch.nn.BatchNorm2d; Ioffe and Szegedy 2015.
    """

    id = "batchnorm2d"
    label = "BatchNorm2d"
    family = "norm"
    group = "normalisation"

    def complaint(self, shape: Shape) -> Complaint | None:
        found = super().complaint(shape)
        if found is None or len(shape) != 1:
            return found
        return Complaint(
            found.code, found.values, mends=(Mend("use_batchnorm1d", (LAYERS["batchnorm1d"](),)), *found.mends)
        )

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.BatchNorm2d, shape[0])


class Pool2d(ImageLayer):
    """Summarises every window of the image by one value."""

    family = "pool"
    group = "pooling"
    size: int = Field(
        2, ge=1, le=32, description="Side of the window, and how far it moves", json_schema_extra={"unit": "px"}
    )
    stride: int | None = Field(None, ge=1, le=32, description="Pixels that the window moves; blank: its size")
    padding: int = Field(0, ge=0, le=16, description="Pixels added at every edge; at most half the size")
    module: ClassVar[type[nn.Module]]

    def complaint(self, shape: Shape) -> Complaint | None:
        found = super().complaint(shape)
        if found:
            return found
        if 2 * self.padding > self.size:
            mends = (Mend("use_smaller", (self.model_copy(update={"padding": self.size // 2}),)),)
            return Complaint("too_large", {"limit": self.size // 2, "given": self.padding}, "padding", mends)
        return window_complaint(self, shape, self.size, self.padding, "size")

    def call(self, shape: Shape) -> Call:
        options: dict[str, Any] = {} if self.stride is None else {"stride": self.stride}
        if self.padding:
            options["padding"] = self.padding
        return Call.of(self.module, self.size, **options)


@LAYERS.register
class MaxPool2d(Pool2d):
    """Keeps the largest value of every window; the image shrinks.

    In: (N, C, H, W). Out: (N, C, H', W'). Source: torch.nn.MaxPool2d.
    """

    id = "maxpool2d"
    label = "MaxPool2d"
    module = nn.MaxPool2d


@LAYERS.register
class AvgPool2d(Pool2d):
    """Takes the mean of every window; the image shrinks.

    In: (N, C, H, W). Out: (N, C, H', W'). Source: torch.nn.AvgPool2d.
    """

    id = "avgpool2d"
    label = "AvgPool2d"
    module = nn.AvgPool2d


@LAYERS.register
class AdaptiveAvgPool2d(ImageLayer):
    """Averages each channel down to a fixed size, whatever the image's; size 1 is global average pooling.

    In: (N, C, H, W). Out: (N, C, size, size). Source: torch.nn.AdaptiveAvgPool2d.
    """

    id = "adaptiveavgpool2d"
    label = "AdaptiveAvgPool2d"
    family = "pool"
    group = "pooling"
    size: int = Field(1, ge=1, le=64, description="Side of the output", json_schema_extra={"unit": "px"})

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.AdaptiveAvgPool2d, self.size)
