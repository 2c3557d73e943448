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

from ..catalogues.calls import Call
from ..catalogues.initializers import initialise
from ..catalogues.layers import LAYERS, Complaint, Layer, Mend, Shape, Tokens, count_layers
from ..catalogues.layers.blocks import Block
from ..catalogues.layers.dense import Linear
from ..catalogues.layers.starters import starter_of
from ..catalogues.learning import group_rules, init_rules, learning_of, parameter_groups
from ..catalogues.losses import fitting_losses
from ..catalogues.tasks import TASKS, Task
from ..experiment import Experiment
from ..faults import ExperimentError, Fault, Repair
from ..settings import Settings
from .layer_names import layer_name
from .models import CNN, DynamicMLP, Network, SequenceNetwork

COSTS = ("parameters", "flops", "saved_bytes")
UNSUITED = frozenset(
    {"needs_image", "needs_sequence", "needs_tokens", "needs_embedding", "not_the_input"}
)
BATCH = 2  # what the trace runs with: BatchNorm needs two
THAWED: dict[str, Any] = {"output": None}
FEW_STEPS = 4  # of a sequence, that tell what a recurrent layer costs


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
    model_class: type[Network]

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


def is_dense(layers: Sequence[Layer]) -> bool:
    """Whether every layer also works on vectors, so that the network may flatten its input by itself."""
    return all(
        layer.dense and is_dense(getattr(layer, layer.body_field or "_", [])) for layer in layers
    )


def task_of(experiment: Experiment) -> Task:
    """What the network has to give back: the loss decides where it wants something else than the data set."""
    return TASKS[experiment.training.loss.task or experiment.data.task]


def answers_of(experiment: Experiment, output: torch.Tensor) -> torch.Tensor:
    """What a network's outputs say: see `Task.readout`."""
    return task_of(experiment).readout(experiment.training.loss.link, output)


def class_of(experiment: Experiment) -> type[Network]:
    """The kind of network that a layer list becomes on its data."""
    shape = experiment.data.sample_shape()
    if is_dense(experiment.layers) and not isinstance(shape, Tokens):
        return DynamicMLP
    return SequenceNetwork if len(shape) < 3 else CNN


def trace(experiment: Experiment, settings: Settings | None = None) -> Trace:
    """Shapes, parameters and costs of every layer; the first layer at fault stops the rest of its list.

    Raises: ExperimentError where the data set has no use for its own settings, as a table without its target.
    """
    settings = settings or Settings()
    model_class = class_of(experiment)
    shape: Shape = experiment.data.sample_shape()
    n = count_layers(experiment.layers)
    if n > settings.max_layers:
        fault = Fault("layers", "too_many_layers", {"given": n, "limit": settings.max_layers})
        return Trace((), Row("output", "Linear", "dense"), (fault,), model_class)
    tracer = _Tracer(experiment)
    if model_class is DynamicMLP and len(shape) > 1:
        shape = (int(torch.Size(shape).numel()),)
    result = tracer.run(experiment.layers, "layers", shape)
    unsuited = _loss_fault(experiment)
    tracer.faults += [unsuited] if unsuited else []
    output = tracer.output(None if unsuited else result)
    if output.parameters is not None:
        total = sum(
            row.parameters or 0 for row in (*(r for r in tracer.rows if not r.depth), output)
        )
        if total > settings.max_parameters:
            values = {"given": f"{total:,}", "limit": f"{settings.max_parameters:,}"}
            tracer.faults.append(Fault(_heaviest(tracer.rows), "too_many_parameters", values))
    if not tracer.faults and is_all_frozen(experiment, [*tracer.rows, output]):
        tracer.faults.append(
            Fault("training.output", "nothing_learns", {}, (Repair("thaw_output", None, THAWED),))
        )
    return Trace(tuple(tracer.rows), output, tuple(tracer.faults), model_class)


def _loss_fault(experiment: Experiment) -> Fault | None:
    """A loss for other data: the network would not know what to give back."""
    data, loss = experiment.data, experiment.training.loss
    if loss.suits(data.task):
        return None
    fitting = fitting_losses(data)
    values = {
        "loss": loss.label,
        "task": data.task,
        "known": ", ".join(each.label for each in fitting),
    }
    instead = {"loss": fitting[0]().model_dump(mode="json")} if fitting else None
    return Fault("training.loss", "wrong_loss", values, (Repair("use_loss", None, instead),))


def build_model(
    experiment: Experiment, settings: Settings | None = None, traced: Trace | None = None
) -> Network:
    """The network, its parameters drawn from torch's global generator in the order of the list.

    In: `traced` where the experiment was traced before. Raises: ExperimentError naming the layer at fault.
    """
    traced = traced or trace(experiment, settings)
    if traced.faults:
        raise ExperimentError(traced.faults)
    modules = [row.call.build() for row in traced.rows if row.depth == 0 and row.call]
    assert traced.output.call is not None
    model = traced.model_class.of(modules, traced.output.call.build())
    initialise(model, init_rules(experiment))
    return model


def build_optimizer(
    experiment: Experiment, model: Network, loss: nn.Module
) -> torch.optim.Optimizer:
    """The optimiser of everything that is trained; freezes the layers that are not."""
    optimizer, rules = experiment.training.optimizer, group_rules(experiment)
    if rules is None:
        return optimizer.build(model, loss)
    groups = parameter_groups(model, rules, optimizer.weight_decay, optimizer.matrices_only, loss)
    return optimizer.build(model, loss, groups)


def trained(weights: dict[str, list[nn.Parameter]]) -> dict[str, list[nn.Parameter]]:
    """Those among the weights of layers that are not frozen."""
    found = {
        path: [each for each in every if each.requires_grad] for path, every in weights.items()
    }
    return {path: every for path, every in found.items() if every}


def is_all_frozen(experiment: Experiment, rows: Sequence[Row]) -> bool:
    """Whether no layer with parameters is left that may learn."""
    frozen = [name for name, learning in learning_of(experiment).items() if learning.frozen]
    for row in rows if frozen else ():
        name = (
            row.path.replace("layers", "features")
            .replace("[", ".")
            .replace("]", "")
            .replace("output", "head")
        )
        inside = [
            each
            for each in rows
            if each.path.startswith(f"{row.path}.") and each.depth == row.depth + 1
        ]
        own = (row.parameters or 0) - sum(each.parameters or 0 for each in inside)
        if own > 0 and not any(f"{name}.".startswith(f"{each}.") for each in frozen):
            return False
    return bool(frozen)


def named_layers(model: Network) -> dict[str, nn.Module]:
    """Paths of the layer list -> modules: `layers[2].body[0]`, and `output`."""
    found: dict[str, nn.Module] = {}

    def walk(modules: nn.Sequential | nn.ModuleList, prefix: str) -> None:
        for i, module in enumerate(modules):
            path = f"{prefix}[{i}]"
            found[path] = module
            body = getattr(module, "body", None)
            if isinstance(body, nn.Sequential | nn.ModuleList):
                walk(body, f"{path}.body")

    walk(model.features, "layers")
    found["output"] = model.head
    return found


def matrices(model: Network) -> dict[str, list[nn.Parameter]]:
    """The weights of every layer that has some, by its path; a block's stand with the layers in it."""
    found: dict[str, list[nn.Parameter]] = {}
    for path, module in named_layers(model).items():
        weight = getattr(module, "weight", None)
        if not hasattr(module, "body"):
            own = [weight] if isinstance(weight, nn.Parameter) else module.parameters()
            found[path] = [each for each in own if each.ndim > 1]
    return {path: every for path, every in found.items() if every}


class _Tracer:
    def __init__(self, experiment: Experiment):
        self.experiment = experiment
        self.rows: list[Row] = []
        self.faults: list[Fault] = []

    def run(
        self, layers: Sequence[Layer], prefix: str, shape: Shape | None, depth: int = 0
    ) -> Shape | None:
        """Traces a list, appending its rows; None as the shape once a layer is at fault."""
        for i, layer in enumerate(layers):
            shape = self.one(layer, f"{prefix}[{i}]", shape, depth)
        return shape

    def one(self, layer: Layer, path: str, shape: Shape | None, depth: int) -> Shape | None:
        at = len(self.rows)
        blank = Row(path, layer.label, layer.family, shape, depth=depth)
        self.rows.append(blank)
        complaint = None if shape is None else self._complaint(layer, shape)
        if complaint:
            self.faults.append(self._fault(complaint, layer, path))
            shape = None
        if isinstance(layer, Block):
            measured = self._block(layer, path, shape, at)
        else:
            measured = (
                None if shape is None else self._measured(layer, layer.call(shape), path, shape)
            )
        if measured is None:
            return None
        self.rows[at] = replace(blank, **measured)
        return self.rows[at].shape

    def _block(
        self, layer: Block, path: str, shape: Shape | None, at: int
    ) -> dict[str, Any] | None:
        inside = f"{path}.{layer.body_field}"
        depth = self.rows[at].depth + 1
        if layer.side_by_side:
            found = [
                self.one(each, f"{inside}[{i}]", shape, depth) for i, each in enumerate(layer.body)
            ]
        else:
            found = [self.run(layer.body, inside, shape, depth)]
        results = [each for each in found if each is not None]
        if shape is None or len(results) < len(found) or not results:
            return None
        complaint = layer.join_complaint(shape, results)
        own = None if complaint else layer.own_call(shape, results)
        if own is not None and own.target is not nn.Identity and len(shape) == 3:
            complaint = self._single_complaint(results[0])
        if complaint:
            self.faults.append(self._fault(complaint, layer, path))
            return None
        inner = [row for row in self.rows[at + 1 :] if row.depth == depth]
        sums = {name: sum(getattr(row, name) for row in inner) for name in COSTS}
        if own is not None:
            measured = self._measured(layer, own, path, shape)
            if measured is None:
                return None
            sums = {name: sums[name] + measured[name] for name in COSTS}
        call = layer.join(shape, [row.call for row in inner if row.call], results)
        return {"shape": layer.joined_shape(results), "call": call, **sums}

    def output(self, shape: Shape | None) -> Row:
        """The layer that data set and loss add: one output a class, a value, a place …"""
        data, loss = self.experiment.data, self.experiment.training.loss
        blank = Row("output", Linear.label, Linear.family, shape)
        if shape is None:
            return blank
        if isinstance(shape, Tokens):
            self.faults.append(self._fault(tokens_complaint(Linear()), None, "output"))
            return blank
        head = task_of(self.experiment).head(shape, loss.n_outputs(data), data.sample_shape())
        blank = replace(blank, label=head.label)
        if head.complaint or head.call is None:
            assert head.complaint is not None
            self.faults.append(self._fault(head.complaint, None, "output"))
            return blank
        return replace(blank, **(self._measured(Linear(), head.call, "output", shape) or {}))

    def _measured(self, layer: Layer, call: Call, path: str, shape: Shape) -> dict[str, Any] | None:
        """What a row says of a module of its own, or None and a fault."""
        try:
            look = measured_in_time if layer.linear_in_time else measure
            out, parameters, flops, saved = look(call, shape)
            flops += layer.extra_flops(shape)
            return {
                "shape": out,
                "parameters": parameters,
                "flops": flops,
                "saved_bytes": saved,
                "call": call,
            }
        except (RuntimeError, ValueError, ZeroDivisionError, OverflowError, TypeError) as error:
            detail = str(error).splitlines()[0][:160]
            self.faults.append(
                Fault(path, "cannot_build", {"layer": self._name(path), "detail": detail})
            )
            return None

    def _complaint(self, layer: Layer, shape: Shape) -> Complaint | None:
        if isinstance(shape, Tokens) and not layer.takes_tokens:
            return tokens_complaint(layer)
        if layer.mixes_steps and len(shape) == 2 and self.experiment.data.variable_length:
            return Complaint(
                "padding_leaks",
                {"layer": layer.label},
                mends=(Mend("use_time_pool", (time_pool(),)),),
            )
        return layer.complaint(shape) or self._batch_complaint(layer, shape)

    def _batch_complaint(self, layer: Layer, shape: Shape) -> Complaint | None:
        return self._single_complaint(shape) if layer.spreads_over_batch else None

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
            mends = tuple(mend for mend in mends if not mend.code.startswith("insert_")) or (
                Mend("remove", ()),
            )
        repairs = tuple(
            Repair(mend.code, repaired(self.experiment.layers, path, mend.layers, layer))
            for mend in mends
        )
        if complaint.code in UNSUITED:
            data = self.experiment.data
            starter = starter_of(data.shape_kind, data.goal.by_steps)
            repairs = (*repairs, Repair("use_starter", starter))
        values = complaint.values
        if "layer" in values:  # a layer knows its kind, but not where it stands
            values = {**values, "layer": self._name(path)}
        return Fault(place, complaint.code, values, repairs)

    def _name(self, path: str) -> str:
        return layer_name(self.experiment.layers, path)


def time_pool() -> Layer:
    """The layer that makes a vector of a sequence."""
    return LAYERS["time_pool"]()


def tokens_complaint(layer: Layer) -> Complaint:
    """The complaint of a layer that calculates with numbers where it gets token numbers."""
    mends = (Mend("insert_embedding", (LAYERS["embedding"](), layer)),)
    return Complaint("needs_embedding", {"layer": layer.label}, mends=mends)


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
        tokens = isinstance(shape, Tokens)
        x = torch.empty(
            BATCH, *shape, dtype=torch.int64 if tokens else torch.float32, requires_grad=not tokens
        )
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


def measured_in_time(call: Call, shape: Shape) -> tuple[Shape, int, int, int]:
    """The same of a module that works step after step, told from its first few steps."""
    steps = min(FEW_STEPS, shape[0])
    out, parameters, flops, saved = measure(call, (steps, *shape[1:]))
    whole = (shape[0], *out[1:]) if len(out) == len(shape) else out
    return whole, parameters, flops * shape[0] // steps, saved * shape[0] // steps


def repaired(
    layers: Sequence[Layer], path: str, instead: Sequence[Layer], layer: Layer | None
) -> list[dict[str, Any]]:
    """The whole list as JSON, with `instead` in the place of the layer at `path` (at the end for the output)."""
    if layer is None:
        added = [each for each in instead if not isinstance(each, Linear)] or [LAYERS["flatten"]()]
        return [each.model_dump(mode="json", exclude_defaults=True) for each in (*layers, *added)]
    return list(_replaced(layers, "layers", path, instead))


def _replaced(
    layers: Sequence[Layer], prefix: str, path: str, instead: Sequence[Layer]
) -> Iterator[dict[str, Any]]:
    for i, layer in enumerate(layers):
        here = f"{prefix}[{i}]"
        if here == path:
            yield from (each.model_dump(mode="json", exclude_defaults=True) for each in instead)
        elif layer.body_field and path.startswith(here + "."):
            body = list(
                _replaced(
                    getattr(layer, layer.body_field), f"{here}.{layer.body_field}", path, instead
                )
            )
            if body:  # a block that loses its last layer goes with it
                yield layer.model_dump(mode="json", exclude_defaults=True) | {
                    layer.body_field: body
                }
        else:
            yield layer.model_dump(mode="json", exclude_defaults=True)


def _heaviest(rows: Sequence[Row]) -> str:
    return max(rows, key=lambda row: row.parameters or 0).path if rows else "layers"
