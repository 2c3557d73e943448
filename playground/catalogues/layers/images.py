"""Layers over images: convolution there and back, pooling, normalisation, making images of vectors."""

from typing import Any, ClassVar, Literal

from pydantic import Field
from torch import nn

from ...faults import shape_text
from ..calls import Call
from ..modules import GlobalPool
from .base import LAYERS, Complaint, Fix, ImageLayer, Layer, Shape, window_complaint

MOST_SIDE = 1_024  # pixels that a layer may enlarge an image to


@LAYERS.register
class Conv2d(ImageLayer):
    """Slides small learned filters over the image; each gives one output channel.

    In: (N, C, H, W). Out: (N, channels, H', W'). Source: torch.nn.Conv2d.
    """

    id = "conv2d"
    label = "Conv2d"
    family = "conv"
    group = "convolution"
    has_kernels = True
    channels: int = Field(16, ge=1, le=4_096, description="Output channels, one per filter")
    kernel: int = Field(
        3, ge=1, le=31, description="Side of the filter's window", json_schema_extra={"unit": "px"}
    )
    stride: int = Field(1, ge=1, le=8, description="How many pixels the window moves at a time")
    padding: Literal["same", "valid"] = Field(
        "same",
        description="same: zeros around the image keep its size at stride 1; valid: no padding",
    )
    bias: bool = Field(
        True,
        description="Add a learned constant to every channel; has no effect before a BatchNorm",
    )

    @property
    def _margin(self) -> int:
        return self.kernel // 2 if self.padding == "same" else 0

    def complaint(self, shape: Shape) -> Complaint | None:
        return super().complaint(shape) or window_complaint(
            self, shape, self.kernel, self._margin, "kernel"
        )

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
    """Gives every channel mean 0 and standard deviation 1 over the batch, then a learned scale and shift.

    In: (N, C, H, W). Out: the same. Source: torch.nn.BatchNorm2d; Ioffe and Szegedy 2015.
    """

    id = "batchnorm2d"
    label = "BatchNorm2d"
    family = "norm"
    group = "normalisation"
    takes_init = False
    spreads_over_batch = True

    def complaint(self, shape: Shape) -> Complaint | None:
        found = super().complaint(shape)
        if found is None or len(shape) != 1:
            return found
        return Complaint(
            found.code,
            found.values,
            fixes=(Fix("use_batchnorm1d", (LAYERS["batchnorm1d"](),)), *found.fixes),
        )

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.BatchNorm2d, shape[0])


class Pool2d(ImageLayer):
    """Summarises every window of the image by one value."""

    family = "pool"
    group = "pooling"
    size: int = Field(
        2,
        ge=1,
        le=32,
        description="Side of the window, and how far it moves",
        json_schema_extra={"unit": "px"},
    )
    stride: int | None = Field(
        None,
        ge=1,
        le=32,
        description="How many pixels the window moves; blank: as many as its size",
    )
    padding: int = Field(
        0, ge=0, le=16, description="Pixels added at every edge; at most half the window size"
    )
    module: ClassVar[type[nn.Module]]

    def complaint(self, shape: Shape) -> Complaint | None:
        found = super().complaint(shape)
        if found:
            return found
        if 2 * self.padding > self.size:
            fixes = (Fix("use_smaller", (self.model_copy(update={"padding": self.size // 2}),)),)
            return Complaint(
                "too_large", {"limit": self.size // 2, "given": self.padding}, "padding", fixes
            )
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
    """Averages each channel to a fixed size, whatever the size of the image; size 1 is global average pooling.

    In: (N, C, H, W). Out: (N, C, size, size). Source: torch.nn.AdaptiveAvgPool2d.
    """

    id = "adaptiveavgpool2d"
    label = "AdaptiveAvgPool2d"
    family = "pool"
    group = "pooling"
    ends_features = True
    size: int = Field(
        1, ge=1, le=64, description="Side of the output", json_schema_extra={"unit": "px"}
    )

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.AdaptiveAvgPool2d, self.size)


def grown_complaint(layer: Layer, shape: Shape, factor: int) -> Complaint | None:
    """An image that would be larger than any screen needs."""
    side = max(shape[1:]) * factor
    if side <= MOST_SIDE:
        return None
    return Complaint(
        "image_too_grown", {"given": side, "limit": MOST_SIDE}, fixes=(Fix("remove", ()),)
    )


@LAYERS.register
class ConvTranspose2d(ImageLayer):
    """A transposed convolution: every pixel adds a learned patch to a larger image.

    In: (N, C, H, W). Out: (N, channels, stride · H, stride · W) with padding same, else ((H − 1) · stride + kernel, …).
    Source: torch.nn.ConvTranspose2d; Zeiler et al. 2010, Deconvolutional Networks.
    """

    id = "conv_transpose2d"
    label = "ConvTranspose2d"
    family = "conv"
    group = "convolution"
    channels: int = Field(16, ge=1, le=4_096, description="Output channels, one per filter")
    kernel: int = Field(
        3, ge=1, le=31, description="Side of the patch", json_schema_extra={"unit": "px"}
    )
    stride: int = Field(2, ge=1, le=8, description="How many times larger the image becomes")
    padding: Literal["same", "valid"] = Field(
        "same",
        description="same: the image grows by exactly the factor stride; valid: nothing is cut off at the "
        "edges",
    )
    bias: bool = Field(
        True,
        description="Add a learned constant to every channel; has no effect before a BatchNorm",
    )

    def complaint(self, shape: Shape) -> Complaint | None:
        found = super().complaint(shape) or grown_complaint(self, shape, self.stride)
        if found:
            return found
        if self.padding == "same" and self.stride == 1 and self.kernel % 2 == 0:
            odd, loose = self.model_copy(update={"kernel": self.kernel - 1}), {"padding": "valid"}
            fixes = (
                Fix("use_odd_kernel", (odd,)),
                Fix("use_valid", (self.model_copy(update=loose),)),
            )
            return Complaint("even_kernel", {"kernel": self.kernel}, "kernel", fixes)
        return None

    def call(self, shape: Shape) -> Call:
        options: dict[str, Any] = {"stride": self.stride} if self.stride != 1 else {}
        if self.padding == "same":
            over = self.kernel - self.stride
            extra = -over if over < 0 else over % 2
            padding = (over + extra) // 2
            options |= {"padding": padding} if padding else {}
            options |= {"output_padding": extra} if extra else {}
        if not self.bias:
            options["bias"] = False
        return Call.of(nn.ConvTranspose2d, shape[0], self.channels, self.kernel, **options)


@LAYERS.register
class GroupNorm(ImageLayer):
    """Gives every group of channels mean 0 and standard deviation 1 within each sample, independent of the batch.

    In: (N, C, H, W). Out: the same. Source: torch.nn.GroupNorm; Wu and He 2018.
    """

    id = "groupnorm"
    label = "GroupNorm"
    family = "norm"
    group = "normalisation"
    takes_init = False
    groups: int = Field(
        4,
        ge=1,
        le=1_024,
        description="How many equal groups the channels are divided into",
    )

    def complaint(self, shape: Shape) -> Complaint | None:
        found = super().complaint(shape)
        if found:
            return found
        channels, pixels = shape[0], shape[1] * shape[2]
        fitting = [n for n in range(1, min(self.groups, channels) + 1) if channels % n == 0]
        fitting = [n for n in fitting if channels // n * pixels > 1]
        if self.groups in fitting:
            return None
        best = (
            (Fix("use_fitting", (self.model_copy(update={"groups": fitting[-1]}),)),)
            if fitting
            else ()
        )
        if channels % self.groups:
            values = {"groups": self.groups, "channels": channels}
            return Complaint("groups_do_not_divide", values, "groups", (*best, Fix("remove", ())))
        return Complaint("norm_of_one", {"layer": self.label}, "groups", (*best, Fix("remove", ())))

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.GroupNorm, self.groups, shape[0])


@LAYERS.register
class InstanceNorm2d(ImageLayer):
    """Gives every channel of every image mean 0 and standard deviation 1, which removes contrast and brightness.

    In: (N, C, H, W). Out: the same. Source: torch.nn.InstanceNorm2d; Ulyanov et al. 2016.
    """

    id = "instancenorm2d"
    label = "InstanceNorm2d"
    family = "norm"
    group = "normalisation"
    takes_init = False
    affine: bool = Field(
        True, description="Afterwards, a learned scale and shift for every channel"
    )

    def complaint(self, shape: Shape) -> Complaint | None:
        found = super().complaint(shape)
        if found or shape[1] * shape[2] > 1:
            return found
        fixes = (Fix("use_groupnorm", (GroupNorm(groups=1),)),) if shape[0] > 1 else ()
        return Complaint("norm_of_one", {"layer": self.label}, fixes=(*fixes, Fix("remove", ())))

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.InstanceNorm2d, shape[0], **({"affine": True} if self.affine else {}))


@LAYERS.register
class GlobalPoolLayer(ImageLayer):
    """Turns every channel into one number, its mean or its largest value: a vector, whatever the size of the image.

    In: (N, C, H, W). Out: (N, C). Source: torch.Tensor.mean, torch.Tensor.amax; Lin et al. 2013, Network in Network.
    """

    id = "global_pool"
    label = "Global pool"
    family = "pool"
    group = "pooling"
    ends_features = True
    how: Literal["avg", "max"] = Field(
        "avg", description="What represents a channel: its mean or its largest value"
    )

    def call(self, shape: Shape) -> Call:
        return Call.of(GlobalPool, self.how)


@LAYERS.register
class Upsample(ImageLayer):
    """Enlarges the image by repeating pixels or interpolating between them; has nothing to learn.

    In: (N, C, H, W). Out: (N, C, scale_factor · H, scale_factor · W). Source: torch.nn.Upsample.
    """

    id = "upsample"
    label = "Upsample"
    family = "shape"
    group = "shape"
    scale_factor: int = Field(2, ge=1, le=16, description="How many times larger the image becomes")
    mode: Literal["nearest", "bilinear"] = Field(
        "nearest", description="nearest repeats pixels; bilinear interpolates"
    )

    def complaint(self, shape: Shape) -> Complaint | None:
        return super().complaint(shape) or grown_complaint(self, shape, self.scale_factor)

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.Upsample, scale_factor=self.scale_factor, mode=self.mode)


@LAYERS.register
class Unflatten(Layer):
    """Reshapes a vector into an image, as a decoder needs it, with as many channels as the values fill.

    In: (N, F). Out: (N, F / (height · width), height, width). Source: torch.nn.Unflatten.
    """

    id = "unflatten"
    label = "Unflatten"
    family = "shape"
    group = "shape"
    dense = False
    height: int = Field(
        7, ge=1, le=256, description="Rows of the image", json_schema_extra={"unit": "px"}
    )
    width: int | None = Field(
        None,
        ge=1,
        le=256,
        description="Columns of the image; blank: as many as rows",
        json_schema_extra={"unit": "px"},
    )

    @property
    def _size(self) -> tuple[int, int]:
        return self.height, self.width or self.height

    def complaint(self, shape: Shape) -> Complaint | None:
        pixels = self._size[0] * self._size[1]
        if len(shape) != 1:
            fixes = (Fix("insert_flatten", (LAYERS["flatten"](), self)), Fix("remove", ()))
            return Complaint(
                "needs_flat", {"layer": self.label, "shape": shape_text(shape)}, fixes=fixes
            )
        if shape[0] % pixels == 0:
            return None
        units = -(-shape[0] // pixels) * pixels
        linear = LAYERS.parse({"layer": "linear", "units": min(units, 65_536)})
        fitting = (Fix("insert_linear", (linear, self)),) if units <= 65_536 else ()
        values = {"given": shape[0], "size": shape_text(self._size), "pixels": pixels}
        return Complaint("unflatten_misfit", values, "height", (*fitting, Fix("remove", ())))

    def call(self, shape: Shape) -> Call:
        height, width = self._size
        return Call.of(nn.Unflatten, 1, (shape[0] // (height * width), height, width))
