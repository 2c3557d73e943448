"""Layer list -> traced shapes -> network. Shapes come from running the real modules on the meta device."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import prod
from typing import Any

import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

from .calls import Call
from .experiment import Experiment
from .faults import ExperimentError, Fault, Repair
from .layers import (
    BatchNorm1d,
    BatchNorm2d,
    Complaint,
    Layer,
    Linear,
    Mend,
    ResidualBlock,
    Shape,
    count_layers,
    flat_complaint,
)
from .models import CNN, DynamicMLP, Network
from .settings import Settings

COSTS = ("parameters", "flops", "saved_bytes")
BATCH = 2  # what the trace runs with: BatchNorm needs two


@dataclass(frozen=True)
class Row:
    """One line of the layer list as traced. Shapes without the batch; FLOPs of one sample's forward pass."""

    path: str
    label: str
    family: str
    input_shape: Shape | None = None
    shape: Shape | None = None
    parameters: int | None = None
    flops: int | None = None
    saved_bytes: int | None = None
    depth: int = 0
    call: Call | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Trace:
    """What became of an experiment's layers: a row each, the output row last, and what is wrong."""

    rows: tuple[Row, ...]
    output: Row
    faults: tuple[Fault, ...]
    dense: bool

    @property
    def leaves(self) -> tuple[Row, ...]:
        """Rows that are counted: all at the top of the list, and the output."""
        return (*(row for row in self.rows if row.depth == 0), self.output)

    @property
    def parameters(self) -> int:
        return sum(row.parameters or 0 for row in self.leaves)

    @property
    def flops(self) -> int:
        return sum(row.flops or 0 for row in self.leaves)

    @property
    def saved_bytes(self) -> int:
        """Activations that the backward pass needs, a sample."""
        return sum(row.saved_bytes or 0 for row in self.leaves)

    @property
    def model_class(self) -> type[Network]:
        return DynamicMLP if self.dense else CNN


def is_dense(layers: Sequence[Layer]) -> bool:
    """Whether every layer also works on vectors, so that the network may flatten its input by itself."""
    return all(layer.dense and is_dense(getattr(layer, layer.body_field or "_", [])) for layer in layers)


def trace(experiment: Experiment, settings: Settings | None = None) -> Trace:
    """Shapes, parameters and costs of every layer; the first layer at fault stops the rest of its list."""
    settings = settings or Settings()
    dense = is_dense(experiment.layers)
    shape: Shape = experiment.data.input_shape
    n = count_layers(experiment.layers)
    if n > settings.max_layers:
        fault = Fault("layers", "too_many_layers", {"given": n, "limit": settings.max_layers})
        return Trace((), Row("output", "Linear", "dense"), (fault,), dense)
    tracer = _Tracer(experiment)
    if dense and len(shape) > 1:
        shape = (int(torch.Size(shape).numel()),)
    result = tracer.run(experiment.layers, "layers", shape)
    output = tracer.output(result)
    if output.parameters is not None:
        total = sum(row.parameters or 0 for row in (*(r for r in tracer.rows if not r.depth), output))
        if total > settings.max_parameters:
            values = {"given": f"{total:,}", "limit": f"{settings.max_parameters:,}"}
            tracer.faults.append(Fault(_heaviest(tracer.rows), "too_many_parameters", values))
    return Trace(tuple(tracer.rows), output, tuple(tracer.faults), dense)


def build_model(experiment: Experiment, settings: Settings | None = None) -> Network:
    """The network, its parameters drawn from torch's global generator in the order of the list.

    Raises: ExperimentError naming the layer at fault.
    """
    traced = trace(experiment, settings)
    if traced.faults:
        raise ExperimentError(traced.faults)
    modules = [row.call.build() for row in traced.rows if row.depth == 0 and row.call]
    assert traced.output.call is not None
    return traced.model_class.of(modules, traced.output.call.build())


def named_layers(model: Network) -> dict[str, nn.Module]:
    """Paths of the layer list -> modules: `layers[2].body[0]`, and `output`."""
    found: dict[str, nn.Module] = {}

    def walk(modules: nn.Sequential, prefix: str) -> None:
        for i, module in enumerate(modules):
            path = f"{prefix}[{i}]"
            found[path] = module
            body = getattr(module, "body", None)
            if isinstance(body, nn.Sequential):
                walk(body, f"{path}.body")

    walk(model.features, "layers")
    found["output"] = model.head
    return found


class _Tracer:
    def __init__(self, experiment: Experiment):
        self.experiment = experiment
        self.rows: list[Row] = []
        self.faults: list[Fault] = []

    def run(self, layers: Sequence[Layer], prefix: str, shape: Shape | None, depth: int = 0) -> Shape | None:
        """Traces a list, appending its rows; None as the shape once a layer is at fault."""
        for i, layer in enumerate(layers):
            shape = self.one(layer, f"{prefix}[{i}]", shape, depth)
        return shape

    def one(self, layer: Layer, path: str, shape: Shape | None, depth: int) -> Shape | None:
        at = len(self.rows)
        blank = Row(path, layer.label, layer.family, shape, depth=depth)
        self.rows.append(blank)
        complaint = None if shape is None else layer.complaint(shape) or self._batch_complaint(layer, shape)
        if complaint:
            self.faults.append(self._fault(complaint, layer, path))
            shape = None
        if isinstance(layer, ResidualBlock):
            result = self.run(layer.body, f"{path}.body", shape, depth + 1)
            measured = self._joined(layer, path, shape, result, at)
        else:
            measured = None if shape is None else self._measured(layer, layer.call(shape), path, shape)
        if measured is None:
            return None
        self.rows[at] = replace(blank, **measured)
        return self.rows[at].shape

    def _joined(
        self, layer: ResidualBlock, path: str, shape: Shape | None, result: Shape | None, at: int
    ) -> dict[str, Any] | None:
        if shape is None or result is None:
            return None
        complaint = layer.join_complaint(shape, result)
        if not complaint and layer.projects(shape, result) and len(shape) == 3:
            complaint = self._single_complaint(result)
        if complaint:
            self.faults.append(self._fault(complaint, layer, path))
            return None
        inner = [row for row in self.rows[at + 1 :] if row.depth == self.rows[at].depth + 1]
        measured = self._measured(layer, layer.shortcut_call(shape, result), path, shape)
        if measured is None:
            return None
        sums = {name: measured[name] + sum(getattr(row, name) for row in inner) for name in COSTS}
        return {"shape": result, "call": layer.join(shape, [row.call for row in inner if row.call], result), **sums}

    def output(self, shape: Shape | None) -> Row:
        """The layer that the data set adds: one output a class."""
        head = Linear(units=len(self.experiment.data.class_names()))
        blank = Row("output", head.label, head.family, shape)
        if shape is None:
            return blank
        complaint = flat_complaint(head, shape)
        if complaint:
            self.faults.append(self._fault(complaint, None, "output"))
            return blank
        return replace(blank, **(self._measured(head, head.call(shape), "output", shape) or {}))

    def _measured(self, layer: Layer, call: Call, path: str, shape: Shape) -> dict[str, Any] | None:
        """What a row says of a module of its own, or None and a fault."""
        try:
            return dict(zip(("shape", *COSTS), measure(call, shape), strict=True)) | {"call": call}
        except (RuntimeError, ValueError, ZeroDivisionError, OverflowError, TypeError) as error:
            detail = str(error).splitlines()[0][:160]
            self.faults.append(Fault(path, "cannot_build", {"layer": layer.label, "detail": detail}))
            return None

    def _batch_complaint(self, layer: Layer, shape: Shape) -> Complaint | None:
        return self._single_complaint(shape) if isinstance(layer, BatchNorm1d | BatchNorm2d) else None

    def _single_complaint(self, shape: Shape) -> Complaint | None:
        """BatchNorm with one value a channel cannot train where the last batch of an epoch is one sample."""
        if prod(shape[1:]) > 1:
            return None
        data = self.experiment.data
        last = data.counts()[0] % data.batch_size or data.batch_size
        return Complaint("batchnorm_single", {"given": 1}) if last == 1 else None

    def _fault(self, complaint: Complaint, layer: Layer | None, path: str) -> Fault:
        place = f"{path}.{complaint.field}" if complaint.field else path
        mends = complaint.mends
        if "." in path and mends:  # a block of images that ends in a vector cannot add its input
            mends = tuple(mend for mend in mends if not mend.code.startswith("insert_")) or (Mend("remove", ()),)
        repairs = tuple(Repair(mend.code, repaired(self.experiment.layers, path, mend.layers, layer)) for mend in mends)
        return Fault(place, complaint.code, complaint.values, repairs)


class FlopCounter(TorchDispatchMode):
    """Sums torch's own FLOP formulas over what this thread runs.

    torch's FlopCounterMode also hooks every module of the process, those that other threads train among them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        out = func(*args, **(kwargs or {}))
        formula = flop_registry.get(func._overloadpacket)
        if formula is not None:
            self.total += formula(*args, **(kwargs or {}), out_val=out)
        return out


@lru_cache(maxsize=4_096)
def measure(call: Call, shape: Shape) -> tuple[Shape, int, int, int]:
    """(output shape, parameters, FLOPs, saved bytes) of the real module on the meta device, a sample's worth."""
    with torch.device("meta"):
        module = call.build()
        x = torch.empty(BATCH, *shape, requires_grad=True)
        saved: dict[int, int] = {}
        own = {p.untyped_storage()._cdata for p in module.parameters()}

        def pack(tensor: torch.Tensor) -> torch.Tensor:
            saved[tensor.untyped_storage()._cdata] = tensor.untyped_storage().nbytes()
            return tensor

        counter = FlopCounter()
        with counter, saved_tensors_hooks(pack, lambda tensor: tensor):
            out = module(x)
    kept = sum(size for key, size in saved.items() if key not in own)
    count = sum(p.numel() for p in module.parameters())
    return tuple(out.shape[1:]), count, counter.total // BATCH, kept // BATCH


def repaired(layers: Sequence[Layer], path: str, instead: Sequence[Layer], layer: Layer | None) -> list[dict[str, Any]]:
    """The whole list as JSON, with `instead` in the place of the layer at `path` (at the end for the output)."""
    if layer is None:
        added = [each for each in instead if not isinstance(each, Linear)]
        return [each.model_dump(mode="json", exclude_defaults=True) for each in (*layers, *added)]
    return list(_replaced(layers, "layers", path, instead))


def _replaced(layers: Sequence[Layer], prefix: str, path: str, instead: Sequence[Layer]) -> Iterator[dict[str, Any]]:
    for i, layer in enumerate(layers):
        here = f"{prefix}[{i}]"
        if here == path:
            yield from (each.model_dump(mode="json", exclude_defaults=True) for each in instead)
        elif layer.body_field and path.startswith(here + "."):
            body = list(_replaced(getattr(layer, layer.body_field), f"{here}.{layer.body_field}", path, instead))
            if body:  # a block that loses its last layer goes with it
                yield layer.model_dump(mode="json", exclude_defaults=True) | {layer.body_field: body}
        else:
            yield layer.model_dump(mode="json", exclude_defaults=True)


def _heaviest(rows: Sequence[Row]) -> str:
    return max(rows, key=lambda row: row.parameters or 0).path if rows else "layers"
