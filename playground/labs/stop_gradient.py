"""What stops a gradient on its way back."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import torch
from pydantic import Field

from .base import LABS, Answer, Lab
from .gated import FLOWING, OPERATIONS, Gated
from .parts import Graph, Node, Note, Part, Say, Table

LABELS = {"p": "p = w·x", "s": "s = σ(p)", "m": "m = s·p", "y": "y = m + b"}
# The step at which a gradient is whole: after all that uses its value went back.
BACKWARD = {"y": 4, "m": 5, "b": 5, "s": 6, "p": 7, "w": 8}
# What PyTorch says -> the sentence that explains it.
EXPLAINED = {
    "modified by an inplace operation": "why_saved",
    "leaf Variable": "why_leaf",
    "Inference tensors": "why_inference",
    "does not require grad": "why_no_graph",
    "retain_grad": "why_no_retain",
}


@LABS.register
class StopGradient(Lab):
    """Where a gradient ends: detach, no_grad, inference_mode, frozen leaves, and values changed in place.

    Source: torch.no_grad, torch.inference_mode, Tensor.detach, Tensor.retain_grad; “Autograd mechanics” of PyTorch.
    """

    id, label, group = "stop_gradient", "What stops a gradient", "autograd"
    rows = ("A2",)
    leads_to = ("derivatives", "own_function")
    stop: Literal["nothing", "detach", "no_grad", "inference_mode", "frozen"] = Field(
        "detach", description="What stops the gradient; frozen: w itself needs none"
    )
    where: Literal["p", "s", "y"] = Field("s", description="The value at which it is stopped")
    in_place: Literal["none", "saved", "unsaved", "leaf", "leaf_no_grad", "data"] = Field(
        "none", description="A value that is doubled in place before the backward pass"
    )
    retain: Literal["no", "before", "after"] = Field(
        "no", description="When retain_grad is called on p: before or after the backward pass"
    )
    passes: int = Field(1, ge=1, le=5, description="Forward and backward passes")
    zero_grad: bool = Field(True, description="Clear the gradients before each pass")
    w: float = Field(3.0, ge=-100, le=100, description="A weight: a leaf that wants its gradient")
    x: float = Field(2.0, ge=-100, le=100, description="An input: it needs no gradient")
    b: float = Field(1.0, ge=-100, le=100, description="A bias: a leaf that wants its gradient")
    step: int = Field(-1, ge=-1, le=8, description="How far the computation is; -1: to the end")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "everything": {"stop": "no_grad", "where": "y"},
        "saved": {"stop": "nothing", "in_place": "saved", "w": 0.5},
        "silent": {"stop": "nothing", "in_place": "data", "w": 0.5},
        "unsaved": {"stop": "nothing", "in_place": "unsaved"},
        "leaf": {"stop": "nothing", "in_place": "leaf"},
        "inference": {"stop": "inference_mode"},
        "late": {"stop": "nothing", "retain": "after"},
        "accumulate": {"stop": "nothing", "passes": 3, "zero_grad": False},
    }

    def answer(self) -> Answer:
        work = Gated(self)
        work.run()
        values = {
            "value": work.number("y"),
            "grads": work.grads(),
            "error": work.error,
            "requires_grad": work.requires_grad(),
        }
        parts: list[Part] = [
            self._graph(work),
            *self._said(work),
            Table("tensors", ["tensor", "requires_grad", "grad_fn", "gradient"], _rows(work)),
        ]
        return Answer(
            values, parts, work.code(), checked=["value", "grads", "error"], numbers=["value"]
        )

    def _graph(self, work: Gated) -> Graph:
        nodes = [self._node(work, name) for name in FLOWING]
        edges = []
        stopped = []
        for target, operation in OPERATIONS.items():
            for source in operation.operands:
                flow = _text(work.flow(source, target))
                edges.append((source, target, flow))
                if not flow:
                    stopped.append((source, target))
        return Graph("graph", nodes, edges, steps=8, step_field="step", stopped=stopped)

    def _node(self, work: Gated, name: str) -> Node:
        is_stop = self.stop not in ("nothing", "frozen") and name == self.where
        gradient = work.gradient_at(name)
        return Node(
            id=name,
            label=LABELS.get(name, name),
            value=_text(work.values.get(name)),
            grad=_text(gradient),
            role=_role(name, is_stop or (self.stop == "frozen" and name == "w")),
            forward=list(LABELS).index(name) + 1 if name in LABELS else 0,
            backward=0 if gradient is None else BACKWARD.get(name, 0),
        )

    def _said(self, work: Gated) -> list[Part]:
        """What happened, in a sentence; torch's own words where it refused."""
        if work.error is not None:
            reason = work.error.split("\n", maxsplit=1)[0]
            return [Say("result", _explanation(work.error), {}, "fault"), Note("torch", reason)]
        grads = work.grads()
        shown = {name: "None" if grads[name] is None else grads[name] for name in ("w", "b")}
        said: list[Part] = [Say("result", f"stop_{self.stop}", {**shown, "at": self.where})]
        if self.in_place != "none":
            said.append(self._in_place_said(shown["w"]))
        if self.retain != "no":
            said.append(Say("retained", f"retain_{self.retain}", {"p": str(grads["p"])}))
        if self.passes > 1:
            key = "zeroed" if self.zero_grad else "accumulated"
            said.append(Say("passes", key, {"n": self.passes}))
        return said

    def _in_place_said(self, gradient: Any) -> Say:
        """Whether the gradient is that of the values before they were changed."""
        untouched = Gated(self.model_copy(update={"in_place": "none"}))
        untouched.run()
        right = untouched.grads()["w"]
        shown = "None" if right is None else right
        tone = "fault" if self.in_place == "data" and right != gradient else ""
        return Say("in_place", f"in_place_{self.in_place}", {"w": gradient, "right": shown}, tone)


def _role(name: str, is_stop: bool) -> str:
    if is_stop:
        return "stopped"
    if name == "y":
        return "result"
    if name in ("w", "b"):
        return "leaf"
    return "constant" if name == "x" else ""


def _explanation(error: str) -> str:
    for words, key in EXPLAINED.items():
        if words in error:
            return key
    return "why_other"


def _text(value: torch.Tensor | None) -> str:
    return "" if value is None else f"{value.item():.4g}"


def _rows(work: Gated) -> list[list[str]]:
    """What each tensor says of itself after the backward pass."""
    grads = work.grads()
    rows = []
    for name in FLOWING:
        tensor = work.values.get(name)
        if tensor is None:
            continue
        grad_fn = "None" if tensor.grad_fn is None else type(tensor.grad_fn).__name__
        gradient = grads.get(name)
        shown = "None" if gradient is None else f"{gradient:.6g}"
        rows.append([name, str(tensor.requires_grad), grad_fn, shown])
    return rows
