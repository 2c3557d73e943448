"""Layers made of layers."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field
from torch import nn

from ...faults import shape_text
from ..calls import Call, sequential
from ..modules import Chain, Parallel, Residual
from .activations import ReLU
from .base import LAYERS, Complaint, Fix, Layer, LayerList, Shape

LARGEST_STRIDE = 32  # of a projection: a body that shrinks its image further has none


class Block(Layer):
    """A layer made of layers: its body one after another, or `side_by_side` all on the same input."""

    family = "block"
    group = "block"
    body_field = "body"
    side_by_side: ClassVar[bool] = False
    body: LayerList

    def complaint(self, shape: Shape) -> Complaint | None:
        if self.body:
            return None
        remove = Fix("remove", ())
        return Complaint("empty_body", {}, "body", (remove,))

    def join_complaint(self, shape: Shape, results: Sequence[Shape]) -> Complaint | None:
        """Whether the results (one, or one a branch) can be joined."""
        return None

    def join(self, shape: Shape, body: list[Call], results: Sequence[Shape]) -> Call:
        """The whole block once the body's calls and results are known."""
        raise NotImplementedError

    def joined_shape(self, results: Sequence[Shape]) -> Shape:
        """The output's shape."""
        return results[0]

    def own_call(self, shape: Shape, results: Sequence[Shape]) -> Call | None:
        """What the block has beside its body, to be counted."""
        return None


@LAYERS.register
class ResidualBlock(Block):
    """Adds its input to the output of its own layers, so that gradients reach the first layers.

    In: (N, …). Out: the body's output shape. Source: He et al. 2015, Deep Residual Learning.
    """

    id = "residual"
    label = "Residual"
    body: LayerList = Field(
        default_factory=lambda: [ReLU()],
        description="The layers whose output is added to the input",
    )
    shortcut: Literal["auto", "identity", "projection"] = Field(
        "auto",
        description="auto: the input itself, or a 1 × 1 projection of it if the body changes the shape",
    )

    def projects(self, shape: Shape, result: Shape) -> bool:
        """Whether the shortcut is more than the input itself."""
        return shape != result or self.shortcut == "projection"

    def join_complaint(self, shape: Shape, results: Sequence[Shape]) -> Complaint | None:
        """Whether the body's result can be added to the input."""
        result = results[0]
        if not self.projects(shape, result):
            return None
        values = {"given": shape_text(shape), "result": shape_text(result)}
        can_project = self._stride(shape, result) > 0
        if self.shortcut == "identity":
            projecting = self.model_copy(update={"shortcut": "auto"})
            fixes = (Fix("use_projection", (projecting,)),) if can_project else ()
            return Complaint("residual_shape", values, "shortcut", fixes)
        if can_project:
            return None
        return Complaint("residual_mismatch", values, "body")

    def join(self, shape: Shape, body: list[Call], results: Sequence[Shape]) -> Call:
        """Residual(body, shortcut) once the body's calls and result are known."""
        return Call.of(Residual, sequential(body), self.shortcut_call(shape, results[0]))

    def own_call(self, shape: Shape, results: Sequence[Shape]) -> Call | None:
        return self.shortcut_call(shape, results[0])

    def shortcut_call(self, shape: Shape, result: Shape) -> Call:
        """Identity, or the projection of He et al.: 1 × 1 convolution and BatchNorm (a Linear for vectors)."""
        if not self.projects(shape, result):
            return Call.of(nn.Identity)
        if len(shape) < 3:
            return Call.of(nn.Linear, shape[-1], result[-1], bias=False)
        in_channels, out_channels = shape[0], result[0]
        stride = self._stride(shape, result)
        # Without biases: BatchNorm takes the mean away again.
        conv = Call.of(nn.Conv2d, in_channels, out_channels, 1, stride=stride, bias=False)
        norm = Call.of(nn.BatchNorm2d, out_channels)
        return sequential([conv, norm])

    @staticmethod
    def _stride(shape: Shape, result: Shape) -> int:
        """The stride at which a 1 × 1 projection turns `shape` into `result`; 0 where there is none."""
        if len(shape) == len(result) < 3 and shape[:-1] == result[:-1]:
            return 1  # vectors and sequences: a Linear changes the features alone
        if len(shape) != 3 or len(result) != 3:
            return 0
        for stride in range(1, LARGEST_STRIDE + 1):
            # Source: torch.nn.Conv2d, the size that a kernel of 1 without padding leaves.
            strided = tuple((size - 1) // stride + 1 for size in shape[1:])
            if strided == result[1:]:
                return stride
        return 0


@LAYERS.register
class ChainBlock(Block):
    """Layers one after another, as one branch of a parallel block.

    In: (N, …). Out: that of its last layer. Source: torch.nn.Sequential.
    """

    id = "chain"
    label = "Chain"
    body: LayerList = Field(
        default_factory=lambda: [ReLU()], description="The layers of the branch, in order"
    )

    def join(self, shape: Shape, body: list[Call], results: Sequence[Shape]) -> Call:
        return Call.of(Chain, sequential(body))


@LAYERS.register
class ParallelBlock(Block):
    """Passes its input to several branches at once and joins their results; a branch of several layers is a chain.

    In: (N, …). Out: the sum of the branches, or all of them side by side. Source: Szegedy et al. 2014.
    """

    id = "parallel"
    label = "Parallel"
    side_by_side = True
    body: LayerList = Field(
        default_factory=lambda: [ReLU(), ReLU()],
        description="The branches; they all get the same input",
    )
    how: Literal["concat", "add"] = Field(
        "concat", description="concat: channels or features side by side; add: their sum"
    )

    def join_complaint(self, shape: Shape, results: Sequence[Shape]) -> Complaint | None:
        first = results[0]
        for result in results[1:]:
            if not self._can_join(first, result):
                values = {"given": shape_text(first), "result": shape_text(result)}
                return Complaint("parallel_mismatch", values, "body")
        return None

    def _can_join(self, first: Shape, result: Shape) -> bool:
        if self.how == "add":
            return result == first
        has_same_kind = len(result) == len(first)
        return has_same_kind and self._beside(result) == self._beside(first)

    def _beside(self, shape: Shape) -> Shape:
        """The sizes that must be equal for laying results side by side: all but the channels or features."""
        is_image = len(shape) == 3
        return shape[1:] if is_image else shape[:-1]

    def joined_shape(self, results: Sequence[Shape]) -> Shape:
        first = results[0]
        if self.how == "add":
            return first
        is_image = len(first) == 3
        if is_image:
            channels = sum(result[0] for result in results)
            return (channels, *first[1:])
        features = sum(result[-1] for result in results)
        return (*first[:-1], features)

    def join(self, shape: Shape, body: list[Call], results: Sequence[Shape]) -> Call:
        return Call.of(Parallel, self.how, *body)
