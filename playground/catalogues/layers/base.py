"""What every layer is: one line of the layer list, with what it says of the shapes that it gets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from ...faults import shape_text
from ..base import Capped, Catalogue, Entry
from ..calls import Call
from ..learning import OwnLearning

Shape = tuple[int, ...]
LEAST_VOCABULARY = 3  # padding, unknown, and something to tell apart


class Tokens(tuple[int, ...]):
    """The shape (T,) of a sample that is a row of T token numbers below `vocabulary`; 0 is padding."""

    vocabulary: int

    def __new__(cls, length: int, vocabulary: int) -> "Tokens":
        made = super().__new__(cls, (length,))
        made.vocabulary = vocabulary
        return made

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Tokens)
            and tuple(self) == tuple(other)
            and self.vocabulary == other.vocabulary
        )

    def __hash__(self) -> int:
        return hash((tuple(self), self.vocabulary))

    def __ne__(self, other: object) -> bool:
        return not self == other


@dataclass(frozen=True)
class Fix:
    """A repair: `layers` stand in the place of the layer at fault afterwards."""

    code: str
    layers: tuple["Layer", ...]


@dataclass(frozen=True)
class Complaint:
    """Why a layer cannot take a shape; becomes a fault once its place is known."""

    code: str
    values: dict[str, Any]
    field: str = ""
    fixes: tuple[Fix, ...] = ()


class Layer(Entry):
    """One line of the layer list."""

    group: ClassVar[str] = ""
    dense: ClassVar[bool] = True
    body_field: ClassVar[str] = ""
    takes_tokens: ClassVar[bool] = False  # token numbers instead of measurements
    # Works step after step, so that the trace runs a few steps and multiplies.
    linear_in_time: ClassVar[bool] = False
    # Lays the steps of a sequence side by side, padding and all.
    mixes_steps: ClassVar[bool] = False
    # Takes mean and spread over the batch, so that one value alone has no spread.
    spreads_over_batch: ClassVar[bool] = False

    # Facts for the cards of the page; docs/adding.md says which card reads which.
    ends_features: ClassVar[bool] = False  # what follows the last such layer is the classifier
    attends: ClassVar[bool] = False  # gives weights of attention that can be drawn
    has_kernels: ClassVar[bool] = False  # its weights are small images
    can_die: ClassVar[bool] = False  # a unit that is zero for every sample learns no more
    takes_init: ClassVar[bool] = True  # an initialiser fills its weights
    needs: ClassVar[tuple[str, ...]] = ()  # packages that the script needs beside torch and numpy
    facts_for_page = (
        "ends_features",
        "attends",
        "has_kernels",
        "can_die",
        "takes_init",
        "takes_tokens",
        "body_field",
    )

    learning: OwnLearning = Field(
        None, description="How this layer learns differently from the rest"
    )

    @model_serializer(mode="wrap")
    def _with_id(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        values = handler(self)
        if values.get("learning") is None:
            values.pop("learning", None)
        return {self.kind: self.id, **values}

    @property
    def stays_frozen(self) -> bool:
        """Whether its weights never change, whatever is set for it."""
        return False

    @property
    def download(self) -> str:
        """The download that it needs before it can be built, as `downloads.SOURCES` calls it; "" for none."""
        return ""

    def complaint(self, shape: Shape) -> Complaint | None:
        """What is wrong with this layer at an input of `shape` (without the batch), if anything."""
        return None

    def call(self, shape: Shape) -> Call:
        """The module for an input of `shape` (without the batch)."""
        raise NotImplementedError

    def extra_flops(self, shape: Shape) -> int:
        """FLOPs of one sample's forward pass that torch's own formulas do not count."""
        return 0


LAYERS: Catalogue[Layer] = Catalogue("layer", Layer)
LayerList = Annotated[list[LAYERS.field], Capped]  # type: ignore[name-defined]


class ImageLayer(Layer):
    """A layer over images. In: (N, C, H, W)."""

    dense: ClassVar[bool] = False

    def complaint(self, shape: Shape) -> Complaint | None:
        if len(shape) == 3:
            return None
        return Complaint(
            "needs_image",
            {"layer": self.label, "shape": shape_text(shape)},
            fixes=(Fix("remove", ()),),
        )


def window_complaint(
    layer: Layer, shape: Shape, kernel: int, padding: int, name: str
) -> Complaint | None:
    """A window larger than the padded image, with the largest that fits as a repair."""
    smallest = min(shape[1:]) + 2 * padding
    if kernel <= smallest:
        return None
    fitting = (
        min(shape[1:]) if name != "kernel" or min(shape[1:]) % 2 else max(1, min(shape[1:]) - 1)
    )
    change = (
        {name: fitting}
        if name == "kernel"
        else {name: fitting, "padding": min(padding, fitting // 2)}
    )
    fixes = (Fix("use_smaller", (layer.model_copy(update=change),)), Fix("remove", ()))
    return Complaint("kernel_too_large", {"kernel": kernel, "size": smallest}, name, fixes)


def flat_complaint(layer: Layer, shape: Shape) -> Complaint | None:
    """The complaint of a layer that takes vectors only, with the ways to make one of an image or a sequence."""
    if len(shape) == 1:
        return None
    values = {"layer": layer.label, "shape": shape_text(shape)}
    flatten, fixes = Fix("insert_flatten", (LAYERS["flatten"](), layer)), []
    if len(shape) == 3:
        fixes = [
            flatten,
            Fix("insert_global_pool", (LAYERS["adaptiveavgpool2d"](), LAYERS["flatten"](), layer)),
        ]
    if len(shape) == 2:
        fixes = [Fix("insert_time_pool", (LAYERS["time_pool"](), layer)), flatten]
    return Complaint("needs_flat", values, fixes=tuple(fixes))


def sequence_complaint(layer: Layer, shape: Shape) -> Complaint | None:
    """The complaint of a layer that takes sequences (T, F) only."""
    if len(shape) == 2:
        return None
    values = {"layer": layer.label, "shape": shape_text(shape)}
    return Complaint("needs_sequence", values, fixes=(Fix("remove", ()),))


def every_layer(layers: Sequence[Layer]) -> Iterator[Layer]:
    """Those of the list and those in blocks, a block before the layers in it."""
    for layer in layers:
        yield layer
        if layer.body_field:
            yield from every_layer(getattr(layer, layer.body_field))


def count_layers(layers: Sequence[Layer]) -> int:
    """Layers in the list, those in blocks included."""
    return sum(1 for _ in every_layer(layers))
