"""The catalogue of layers: one entry = one class = the module, its fields, its help and its code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field
from torch import nn

from .calls import Call, sequential
from .catalogue import Capped, Catalogue, Entry
from .faults import shape_text
from .modules import Residual

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Mend:
    """A repair: `layers` stand in the place of the layer at fault afterwards."""

    code: str
    layers: tuple["Layer", ...]


@dataclass(frozen=True)
class Complaint:
    """Why a layer cannot take a shape; becomes a fault once its place is known."""

    code: str
    values: dict[str, Any]
    field: str = ""
    mends: tuple[Mend, ...] = ()


class Layer(Entry):
    """One line of the layer list."""

    group: ClassVar[str] = ""
    dense: ClassVar[bool] = True
    body_field: ClassVar[str] = ""

    def complaint(self, shape: Shape) -> Complaint | None:
        """What is wrong with this layer at an input of `shape` (without the batch), if anything."""
        return None

    def call(self, shape: Shape) -> Call:
        """The module for an input of `shape` (without the batch)."""
        raise NotImplementedError


LAYERS: Catalogue[Layer] = Catalogue("layer", Layer)
LayerList = Annotated[list[LAYERS.field], Capped]  # type: ignore[name-defined]


class ImageLayer(Layer):
    """A layer over images. In: (N, C, H, W)."""

    dense: ClassVar[bool] = False

    def complaint(self, shape: Shape) -> Complaint | None:
        if len(shape) == 3:
            return None
        return Complaint("needs_image", {"layer": self.label, "shape": shape_text(shape)}, mends=(Mend("remove", ()),))


def window_complaint(layer: Layer, shape: Shape, kernel: int, padding: int, name: str) -> Complaint | None:
    """A window larger than the padded image, with the largest that fits as a repair."""
    smallest = min(shape[1:]) + 2 * padding
    if kernel <= smallest:
        return None
    fitting = min(shape[1:]) if name != "kernel" or min(shape[1:]) % 2 else max(1, min(shape[1:]) - 1)
    change = {name: fitting} if name == "kernel" else {name: fitting, "padding": min(padding, fitting // 2)}
    mends = (Mend("use_smaller", (layer.model_copy(update=change),)), Mend("remove", ()))
    return Complaint("kernel_too_large", {"kernel": kernel, "size": smallest}, name, mends)


@LAYERS.register
class Linear(Layer):
    """Every output is a weighted sum of all inputs, plus a bias.

    In: (N, F). Out: (N, units). Source: torch.nn.Linear.
    """

    id = "linear"
    label = "Linear"
    family = "dense"
    group = "dense"
    units: int = Field(64, ge=1, le=65_536, description="Number of outputs")
    bias: bool = Field(True, description="Add a learned constant to every output")

    def complaint(self, shape: Shape) -> Complaint | None:
        return flat_complaint(self, shape)

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.Linear, shape[0], self.units, **({} if self.bias else {"bias": False}))


def flat_complaint(layer: Layer, shape: Shape) -> Complaint | None:
    """The complaint of a layer that takes vectors only, with the two ways to make one of an image."""
    if len(shape) == 1:
        return None
    values = {"layer": layer.label, "shape": shape_text(shape)}
    mends = [Mend("insert_flatten", (Flatten(), layer))]
    if len(shape) == 3:
        mends.append(Mend("insert_global_pool", (AdaptiveAvgPool2d(), Flatten(), layer)))
    return Complaint("needs_flat", values, mends=tuple(mends))


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
class BatchNorm1d(Layer):
    """Gives every feature mean 0 and spread 1 over the batch, then a learned scale and shift.

    In: (N, F). Out: (N, F). Source: torch.nn.BatchNorm1d; Ioffe and Szegedy 2015.
    """

    id = "batchnorm1d"
    label = "BatchNorm1d"
    family = "norm"
    group = "normalisation"

    def complaint(self, shape: Shape) -> Complaint | None:
        found = flat_complaint(self, shape)
        if found is None or len(shape) != 3:
            return found
        return Complaint(found.code, found.values, mends=(Mend("use_batchnorm2d", (BatchNorm2d(),)), *found.mends[:1]))

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.BatchNorm1d, shape[0])


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
        return Complaint(found.code, found.values, mends=(Mend("use_batchnorm1d", (BatchNorm1d(),)), *found.mends))

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.BatchNorm2d, shape[0])


@LAYERS.register
class LayerNorm(Layer):
    """Gives every sample mean 0 and spread 1 over its own features, then a learned scale and shift.

    In: (N, …). Out: the same. Source: torch.nn.LayerNorm; Ba et al. 2016.
    """

    id = "layernorm"
    label = "LayerNorm"
    family = "norm"
    group = "normalisation"

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.LayerNorm, shape[0] if len(shape) == 1 else shape)


@LAYERS.register
class Dropout(Layer):
    """Sets a random share of the values to zero while training, so that none is relied upon.

    In: (N, …). Out: the same. Source: torch.nn.Dropout; Srivastava et al. 2014.
    """

    id = "dropout"
    label = "Dropout"
    family = "reg"
    group = "regularisation"
    p: float = Field(0.5, ge=0, le=0.95, description="Share of values set to zero", json_schema_extra={"step": 0.05})

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.Dropout, self.p)


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


@LAYERS.register
class Flatten(Layer):
    """Lays all values of a sample out in one long vector.

    In: (N, …). Out: (N, F). Source: torch.nn.Flatten.
    """

    id = "flatten"
    label = "Flatten"
    family = "shape"
    group = "shape"

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.Flatten)


class Activation(Layer):
    """A curve applied to every value by itself. In: (N, …). Out: the same."""

    family = "act"
    group = "activation"
    module: ClassVar[type[nn.Module]]

    def call(self, shape: Shape) -> Call:
        return Call.of(self.module)


@LAYERS.register
class ReLU(Activation):
    """Negative values become zero.

    In: (N, …). Out: the same. Source: torch.nn.ReLU.
    """

    id = "relu"
    label = "ReLU"
    module = nn.ReLU


@LAYERS.register
class LeakyReLU(Activation):
    """Negative values are kept, but made small.

    In: (N, …). Out: the same. Source: torch.nn.LeakyReLU.
    """

    id = "leaky_relu"
    label = "LeakyReLU"
    slope: float = Field(0.01, ge=0, le=1, description="Factor of negative values", json_schema_extra={"step": 0.01})

    def call(self, shape: Shape) -> Call:
        return Call.of(nn.LeakyReLU, self.slope)


@LAYERS.register
class ELU(Activation):
    """Negative values bend smoothly towards −1.

    In: (N, …). Out: the same. Source: torch.nn.ELU; Clevert et al. 2015.
    """

    id = "elu"
    label = "ELU"
    module = nn.ELU


@LAYERS.register
class GELU(Activation):
    """A smooth ReLU, weighted by the normal distribution; usual in transformers.

    In: (N, …). Out: the same. Source: torch.nn.GELU; Hendrycks and Gimpel 2016.
    """

    id = "gelu"
    label = "GELU"
    module = nn.GELU


@LAYERS.register
class SiLU(Activation):
    """A smooth ReLU: the value times its sigmoid; also called Swish.

    In: (N, …). Out: the same. Source: torch.nn.SiLU.
    """

    id = "silu"
    label = "SiLU"
    module = nn.SiLU


@LAYERS.register
class Tanh(Activation):
    """Squeezes every value smoothly between −1 and 1.

    In: (N, …). Out: the same. Source: torch.nn.Tanh.
    """

    id = "tanh"
    label = "Tanh"
    module = nn.Tanh


@LAYERS.register
class Sigmoid(Activation):
    """Squeezes every value smoothly between 0 and 1.

    In: (N, …). Out: the same. Source: torch.nn.Sigmoid.
    """

    id = "sigmoid"
    label = "Sigmoid"
    module = nn.Sigmoid


@LAYERS.register
class ResidualBlock(Layer):
    """Adds its input to what its own layers make of it, so that gradients reach the first layers.

    In: (N, …). Out: the body's output shape. Source: He et al. 2015, Deep Residual Learning.
    """

    id = "residual"
    label = "Residual"
    family = "block"
    group = "block"
    body_field = "body"
    body: LayerList = Field(
        default_factory=lambda: [ReLU()], description="The layers whose output is added to the input"
    )
    shortcut: Literal["auto", "identity", "projection"] = Field(
        "auto", description="auto: the input itself, or a 1 × 1 projection of it where the body changes the shape"
    )

    def complaint(self, shape: Shape) -> Complaint | None:
        return None if self.body else Complaint("empty_body", {}, "body", (Mend("remove", ()),))

    def projects(self, shape: Shape, result: Shape) -> bool:
        """Whether the shortcut is more than the input itself."""
        return shape != result or self.shortcut == "projection"

    def join_complaint(self, shape: Shape, result: Shape) -> Complaint | None:
        """Whether the body's result can be added to the input."""
        values = {"given": shape_text(shape), "result": shape_text(result)}
        if not self.projects(shape, result):
            return None
        if self.shortcut == "identity":
            mend = Mend("use_projection", (self.model_copy(update={"shortcut": "auto"}),))
            return Complaint("residual_shape", values, "shortcut", (mend,) if self._stride(shape, result) else ())
        return None if self._stride(shape, result) else Complaint("residual_mismatch", values, "body")

    def join(self, shape: Shape, body: list[Call], result: Shape) -> Call:
        """Residual(body, shortcut) once the body's calls and result are known."""
        return Call.of(Residual, sequential(body), self.shortcut_call(shape, result))

    def shortcut_call(self, shape: Shape, result: Shape) -> Call:
        """Identity, or the projection of He et al.: 1 × 1 convolution and BatchNorm (a Linear for vectors)."""
        if not self.projects(shape, result):
            return Call.of(nn.Identity)
        if len(shape) == 1:
            return Call.of(nn.Linear, shape[0], result[0], bias=False)
        stride = self._stride(shape, result)
        conv = Call.of(nn.Conv2d, shape[0], result[0], 1, stride=stride, bias=False)
        return sequential([conv, Call.of(nn.BatchNorm2d, result[0])])

    @staticmethod
    def _stride(shape: Shape, result: Shape) -> int:
        """The stride at which a 1 × 1 projection turns `shape` into `result`; 0 where there is none."""
        if len(shape) == len(result) == 1:
            return 1
        if len(shape) != 3 or len(result) != 3:
            return 0
        for stride in range(1, 33):
            if all((before - 1) // stride + 1 == after for before, after in zip(shape[1:], result[1:], strict=True)):
                return stride
        return 0


def count_layers(layers: Sequence[Layer]) -> int:
    """Layers in the list, those in blocks included."""
    return sum(1 + count_layers(getattr(layer, layer.body_field, [])) if layer.body_field else 1 for layer in layers)
