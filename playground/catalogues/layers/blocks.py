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


class Block(Layer):
    """A layer made of layers: its body one after another, or `side_by_side` all on the same input."""

    family = "block"
    group = "block"
    body_field = "body"
    side_by_side: ClassVar[bool] = False
    body: LayerList

    def complaint(self, shape: Shape) -> Complaint | None:
        return None if self.body else Complaint("empty_body", {}, "body", (Fix("remove", ()),))

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
        values = {"given": shape_text(shape), "result": shape_text(result)}
        if not self.projects(shape, result):
            return None
        if self.shortcut == "identity":
            fix = Fix("use_projection", (self.model_copy(update={"shortcut": "auto"}),))
            return Complaint(
                "residual_shape", values, "shortcut", (fix,) if self._stride(shape, result) else ()
            )
        return (
            None if self._stride(shape, result) else Complaint("residual_mismatch", values, "body")
        )

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
        stride = self._stride(shape, result)
        conv = Call.of(nn.Conv2d, shape[0], result[0], 1, stride=stride, bias=False)
        return sequential([conv, Call.of(nn.BatchNorm2d, result[0])])

    @staticmethod
    def _stride(shape: Shape, result: Shape) -> int:
        """The stride at which a 1 × 1 projection turns `shape` into `result`; 0 where there is none."""
        if len(shape) == len(result) < 3 and shape[:-1] == result[:-1]:
            return 1
        if len(shape) != 3 or len(result) != 3:
            return 0
        for stride in range(1, 33):
            if all(
                (before - 1) // stride + 1 == after
                for before, after in zip(shape[1:], result[1:], strict=True)
            ):
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
            same = self._kept(result) == self._kept(first) and len(result) == len(first)
            if not same or (self.how == "add" and result != first):
                values = {"given": shape_text(first), "result": shape_text(result)}
                return Complaint("parallel_mismatch", values, "body")
        return None

    def _kept(self, shape: Shape) -> Shape:
        """What must be alike for laying results side by side."""
        return shape[1:] if len(shape) == 3 else shape[:-1]

    def joined_shape(self, results: Sequence[Shape]) -> Shape:
        if self.how == "add":
            return results[0]
        first = results[0]
        if len(first) == 3:
            return (sum(result[0] for result in results), *first[1:])
        return (*first[:-1], sum(result[-1] for result in results))

    def join(self, shape: Shape, body: list[Call], results: Sequence[Shape]) -> Call:
        return Call.of(Parallel, self.how, *body)
