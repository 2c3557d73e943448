"""The small graph of the lab about stopped gradients: y = σ(w·x)·(w·x) + b, carried out and written down."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from .stop_gradient import StopGradient


@dataclass(frozen=True)
class Operation:
    """One line of the forward pass."""

    text: str
    function: Callable[..., torch.Tensor]
    operands: Sequence[str]


OPERATIONS = {
    "p": Operation("w * x", torch.mul, ("w", "x")),
    "s": Operation("torch.sigmoid(p)", torch.sigmoid, ("p",)),
    "m": Operation("s * p", torch.mul, ("s", "p")),
    "y": Operation("m + b", torch.add, ("m", "b")),
}
FLOWING = ("w", "x", "b", *OPERATIONS)
BLOCKS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "no_grad": torch.no_grad,
    "inference_mode": torch.inference_mode,
}
# What is doubled in place, as it is written.
IN_PLACE = {
    "saved": ["s.mul_(2)"],
    "unsaved": ["y.mul_(2)"],
    "leaf": ["w.mul_(2)"],
    "leaf_no_grad": ["with torch.no_grad():", "    w.mul_(2)"],
    "data": ["s.data.mul_(2)"],
}


class Gated:
    """Forward and backward with one thing that stops the gradient. `error`: torch's words where it refused."""

    def __init__(self, settings: "StopGradient"):
        self._settings = settings
        self.error: str | None = None
        self.values: dict[str, torch.Tensor] = {}
        self._arriving: dict[str, torch.Tensor] = {}  # the gradient that arrived at a value
        for name, wants_gradient in (("w", settings.stop != "frozen"), ("x", False), ("b", True)):
            number = getattr(settings, name)
            self.values[name] = torch.tensor(
                number, dtype=torch.float64, requires_grad=wants_gradient
            )

    def run(self) -> None:
        """All passes, up to the first error."""
        try:
            for _ in range(self._settings.passes):
                self._one_pass()
        except RuntimeError as error:
            self.error = str(error)

    def _one_pass(self) -> None:
        if self._settings.zero_grad:
            self._clear_grads()
        for name in OPERATIONS:
            self._carry_out(name)
        if self._settings.retain == "before":
            self.values["p"].retain_grad()
        self._double_in_place()
        self.values["y"].backward()
        if self._settings.retain == "after":
            self.values["p"].retain_grad()

    def _clear_grads(self) -> None:
        """What zero_grad of an optimiser does; the first use of one would take a second."""
        for name in ("w", "b"):
            self.values[name].grad = None

    def _carry_out(self, name: str) -> None:
        operation = OPERATIONS[name]
        is_stopped_here = name == self._settings.where
        block = BLOCKS.get(self._settings.stop) if is_stopped_here else None
        operands = [self.values[operand] for operand in operation.operands]
        with block() if block is not None else nullcontext():
            value = operation.function(*operands)
        if is_stopped_here and self._settings.stop == "detach":
            value = value.detach()
        self.values[name] = value
        if value.requires_grad:
            value.register_hook(lambda gradient: self._arriving.update({name: gradient}))

    def _double_in_place(self) -> None:
        match self._settings.in_place:
            case "saved":
                self.values["s"].mul_(2)
            case "unsaved":
                self.values["y"].mul_(2)
            case "leaf":
                self.values["w"].mul_(2)
            case "leaf_no_grad":
                with torch.no_grad():
                    self.values["w"].mul_(2)
            case "data":
                self.values["s"].data.mul_(2)

    def number(self, name: str) -> float | None:
        """A value, None where the computation did not come that far."""
        return self.values[name].item() if name in self.values else None

    def grads(self) -> dict[str, float | None]:
        """`.grad` of the inputs, and of p where retain_grad was called on it."""
        grads = {}
        for name in self._asked():
            gradient = self.values[name].grad
            grads[name] = None if gradient is None else gradient.item()
        return grads

    def _asked(self) -> list[str]:
        """The tensors whose `.grad` is looked at; torch warns of a value on the way that does not keep its own."""
        names = ["w", "x", "b"]
        if "p" in self.values and self.values["p"].retains_grad:
            names.append("p")
        return names

    def requires_grad(self) -> dict[str, bool]:
        """By name, as far as the computation came."""
        return {name: value.requires_grad for name, value in self.values.items()}

    def gradient_at(self, name: str) -> torch.Tensor | None:
        """The gradient that arrived at a value in the last pass; of a leaf, what it gathered."""
        if name in OPERATIONS:
            return self._arriving.get(name)
        return self.values[name].grad

    def flow(self, source: str, target: str) -> torch.Tensor | None:
        """What came back along one edge: the gradient at its target times the operation's own slope."""
        arriving = self._arriving.get(target)
        if arriving is None or not self.values[source].requires_grad:
            return None
        operation = OPERATIONS[target]
        operands = [self.values[name].detach().clone() for name in operation.operands]
        for operand in operands:
            operand.requires_grad_()
        place = operation.operands.index(source)
        result = operation.function(*operands)
        return torch.autograd.grad(result, operands[place], arriving)[0]

    def code(self) -> str:
        """The same as a script. Errors are caught where there was one."""
        settings = self._settings
        lines = ["import torch", ""]
        for name in ("w", "x", "b"):
            wanted = ", requires_grad=True" if name in self._leaves() else ""
            number = getattr(settings, name)
            lines.append(f"{name} = torch.tensor({number!r}, dtype=torch.float64{wanted})")
        lines += ["y = error = None"] if self.error is not None else ["error = None"]
        lines += self._body()
        asked = ", ".join(f"{name!r}: {name}.grad" for name in self._asked())
        lines += [
            "value = None if y is None else y.item()"
            if self.error is not None
            else "value = y.item()",
            f"grads = {{{asked}}}",
        ]
        return "\n".join(lines)

    def _leaves(self) -> Sequence[str]:
        return ("b",) if self._settings.stop == "frozen" else ("w", "b")

    def _body(self) -> list[str]:
        """The passes, repeated and guarded where that is needed."""
        lines = self._pass_lines()
        if self._settings.passes > 1:
            lines = [f"for _ in range({self._settings.passes}):", *_indented(lines)]
        if self.error is None:
            return lines
        guard = ["except RuntimeError as reason:", "    error = str(reason)"]
        return ["try:", *_indented(lines), *guard]

    def _pass_lines(self) -> list[str]:
        settings = self._settings
        lines = []
        if settings.zero_grad:
            lines.append("w.grad = b.grad = None  # what zero_grad() does")
        for name in OPERATIONS:
            lines += self._operation_lines(name)
        if settings.retain == "before":
            lines.append("p.retain_grad()")
        lines += IN_PLACE.get(settings.in_place, [])
        lines.append("y.backward()")
        if settings.retain == "after":
            lines.append("p.retain_grad()  # too late: the gradient has gone by")
        return lines

    def _operation_lines(self, name: str) -> list[str]:
        text = OPERATIONS[name].text
        stop = self._settings.stop
        if name == self._settings.where and stop in BLOCKS:
            return [f"with torch.{stop}():", f"    {name} = {text}"]
        if name == self._settings.where and stop == "detach":
            whole = text if text.startswith("torch.") else f"({text})"
            return [f"{name} = {whole}.detach()"]
        return [f"{name} = {text}"]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
