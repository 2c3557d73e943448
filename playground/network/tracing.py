"""Layer list -> traced shapes and faults. Shapes come from running the real modules on the meta device."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

from torch import nn

from ..catalogues.calls import Call
from ..catalogues.layers import LAYERS, Complaint, Fix, Layer, Shape, Tokens, count_layers
from ..catalogues.layers.blocks import Block
from ..catalogues.layers.dense import Linear
from ..catalogues.layers.starters import STARTER_TRAINING, starter_of
from ..catalogues.learning import frozen_modules
from ..catalogues.losses import fitting_losses
from ..catalogues.samples import suited_batch
from ..experiment import Experiment
from ..faults import Fault, Repair
from ..settings import Settings
from .goal import task_of
from .last_batch import batch_repairs, is_single
from .layer_names import layer_name
from .measuring import measure, measured_in_time
from .models import CNN, DynamicMLP, Network, SequenceNetwork
from .repairing import repaired

COSTS = ("parameters", "flops", "saved_bytes")
# Complaints of a layer list that was made for other data: a list that suits these is offered as well.
UNSUITED = frozenset(
    {"needs_image", "needs_sequence", "needs_tokens", "needs_embedding", "not_the_input"}
)
THAWED: dict[str, Any] = {"output": None}  # the output layer without settings of its own


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
        at_top = [row for row in self.rows if row.depth == 0]
        return (*at_top, self.output)

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
    for layer in layers:
        inside = getattr(layer, layer.body_field) if layer.body_field else ()
        if not layer.dense or not is_dense(inside):
            return False
    return True


def class_of(experiment: Experiment) -> type[Network]:
    """The kind of network that a layer list becomes on its data."""
    shape = experiment.data.sample_shape()
    if is_dense(experiment.layers) and not isinstance(shape, Tokens):
        return DynamicMLP
    is_image = len(shape) == 3
    return CNN if is_image else SequenceNetwork


def trace(experiment: Experiment, settings: Settings | None = None) -> Trace:
    """Shapes, parameters and costs of every layer; the first layer at fault stops the rest of its list.

    Raises: ExperimentError where the data set has no use for its own settings, as a table without its target.
    """
    settings = settings or Settings()
    model_class = class_of(experiment)
    shape: Shape = experiment.data.sample_shape()
    n = count_layers(experiment.layers)
    if n > settings.max_layers:
        values = {"given": n, "limit": settings.max_layers}
        fault = Fault("layers", "too_many_layers", values)
        output = Row("output", Linear.label, Linear.family)
        return Trace((), output, (fault,), model_class)
    tracer = Tracer(experiment)
    if model_class is DynamicMLP and len(shape) > 1:
        shape = (prod(shape),)
    result = tracer.run(experiment.layers, "layers", shape)
    unsuited = _loss_fault(experiment)
    if unsuited is not None:
        tracer.faults.append(unsuited)
        result = None  # the output depends on the loss
    output = tracer.output(result)
    whole = Trace(tuple(tracer.rows), output, tuple(tracer.faults), model_class)
    of_whole = _faults_of_whole(experiment, whole, settings)
    return replace(whole, faults=(*whole.faults, *of_whole))


def _faults_of_whole(experiment: Experiment, whole: Trace, settings: Settings) -> Iterator[Fault]:
    """What is wrong with the network as a whole: too large, or frozen altogether."""
    is_complete = whole.output.parameters is not None
    if is_complete and whole.parameters > settings.max_parameters:
        limit = f"{settings.max_parameters:,}"
        values = {"given": f"{whole.parameters:,}", "limit": limit}
        yield Fault(_heaviest(whole.rows), "too_many_parameters", values)
    elif not whole.faults and is_all_frozen(experiment, [*whole.rows, whole.output]):
        thaw = Repair("thaw_output", None, THAWED)
        yield Fault("training.output", "nothing_learns", {}, (thaw,))


def _loss_fault(experiment: Experiment) -> Fault | None:
    """A loss for other data: the network would not know what to give back."""
    data, loss = experiment.data, experiment.training.loss
    if loss.suits(data.task):
        return None
    fitting = fitting_losses(data)
    labels = ", ".join(other.label for other in fitting)
    values = {"loss": loss.label, "task": data.task, "known": labels}
    instead = None
    if fitting:
        instead = {"loss": fitting[0]().model_dump(mode="json")}
    repair = Repair("use_loss", None, instead)
    return Fault("training.loss", "wrong_loss", values, (repair,))


def is_all_frozen(experiment: Experiment, rows: Sequence[Row]) -> bool:
    """Whether no layer with parameters is left that may learn."""
    frozen = frozen_modules(experiment)
    if not frozen:
        return False
    for row in rows:
        module = f"{module_name_of(row.path)}."
        is_frozen = any(module.startswith(f"{name}.") for name in frozen)
        if not is_frozen and _own_parameters(row, rows) > 0:
            return False
    return True


def module_name_of(path: str) -> str:
    """`layers[2].body[0]` -> "features.2.body.0", as torch names the module; the output is "head"."""
    if path == "output":
        return "head"
    keys = re.findall(r"\w+", path)
    return ".".join(["features", *keys[1:]])


def _own_parameters(row: Row, rows: Sequence[Row]) -> int:
    """Parameters of a block that are not those of the layers in it; all of any other layer."""
    own = row.parameters or 0
    for other in rows:
        is_directly_inside = other.path.startswith(f"{row.path}.") and other.depth == row.depth + 1
        if is_directly_inside:
            own -= other.parameters or 0
    return own


class Tracer:
    """Follows a sample's shape through the list; collects a row for every layer, and faults."""

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
        """Traces one layer, appending its row and those inside of it; None where it is at fault."""
        # The row of a block stands before those of its body, and is filled in once these are known.
        at = len(self.rows)
        blank = Row(path, layer.label, layer.family, shape, depth=depth)
        self.rows.append(blank)
        complaint = None if shape is None else self._complaint(layer, shape)
        if complaint:
            self.faults.append(self._fault(complaint, layer, path))
            shape = None
        measured = None
        if isinstance(layer, Block):
            measured = self._block(layer, path, shape, at)
        elif shape is not None:
            measured = self._measured(layer, layer.call(shape), path, shape)
        if measured is None:
            return None
        self.rows[at] = replace(blank, **measured)
        return self.rows[at].shape

    def _block(
        self, layer: Block, path: str, shape: Shape | None, at: int
    ) -> dict[str, Any] | None:
        """What the row of a block says, from those of its body, which are traced here."""
        depth = self.rows[at].depth + 1
        results = self._results(layer, path, shape, depth)
        if shape is None or results is None:
            return None
        complaint = layer.join_complaint(shape, results)
        own = None if complaint else layer.own_call(shape, results)
        if own is not None and own.target is not nn.Identity and len(shape) == 3:
            # The projection of an image ends in a BatchNorm.
            complaint = self._single_complaint(results[0])
        if complaint:
            self.faults.append(self._fault(complaint, layer, path))
            return None
        after_block = self.rows[at + 1 :]
        inner = [row for row in after_block if row.depth == depth]
        costs = dict.fromkeys(COSTS, 0)
        for row in inner:
            for name in COSTS:
                costs[name] += getattr(row, name)
        if own is not None:
            measured = self._measured(layer, own, path, shape)
            if measured is None:
                return None
            for name in COSTS:
                costs[name] += measured[name]
        calls = [row.call for row in inner if row.call]
        call = layer.join(shape, calls, results)
        return {"shape": layer.joined_shape(results), "call": call, **costs}

    def _results(
        self, layer: Block, path: str, shape: Shape | None, depth: int
    ) -> list[Shape] | None:
        """The shape that the body ends with, or each branch; None where one of them is at fault."""
        inside = f"{path}.{layer.body_field}"
        if not layer.side_by_side:
            result = self.run(layer.body, inside, shape, depth)
            return None if result is None else [result]
        results = []
        for i, branch in enumerate(layer.body):
            results.append(self.one(branch, f"{inside}[{i}]", shape, depth))
        complete = [result for result in results if result is not None]
        if not results or len(complete) < len(results):
            return None
        return complete

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
        measured = self._measured(Linear(), head.call, "output", shape)
        if measured is None:
            return blank
        return replace(blank, **measured)

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
            # What torch itself says of sizes that no rule of ours forbids.
            first_line = str(error).splitlines()[0]
            values = {"layer": self._name(path), "detail": first_line[:160]}
            self.faults.append(Fault(path, "cannot_build", values))
            return None

    def _complaint(self, layer: Layer, shape: Shape) -> Complaint | None:
        if isinstance(shape, Tokens) and not layer.takes_tokens:
            return tokens_complaint(layer)
        is_sequence = len(shape) == 2
        if layer.mixes_steps and is_sequence and self.experiment.data.variable_length:
            fix = Fix("use_time_pool", (time_pool(),))
            return Complaint("padding_leaks", {"layer": layer.label}, fixes=(fix,))
        return layer.complaint(shape) or self._batch_complaint(layer, shape)

    def _batch_complaint(self, layer: Layer, shape: Shape) -> Complaint | None:
        return self._single_complaint(shape) if layer.spreads_over_batch else None

    def _single_complaint(self, shape: Shape) -> Complaint | None:
        """BatchNorm with one value a channel cannot train where the last batch of an epoch is one sample."""
        values_a_channel = prod(shape[1:])
        if values_a_channel > 1:
            return None
        if not is_single(self.experiment.data):
            return None
        return Complaint("batchnorm_single", {"given": 1})

    def _fault(self, complaint: Complaint, layer: Layer | None, path: str) -> Fault:
        place = f"{path}.{complaint.field}" if complaint.field else path
        repairs = []
        for fix in self._fixes(complaint, path):
            layers = repaired(self.experiment.layers, path, fix.layers, layer)
            repairs.append(Repair(fix.code, layers))
        if complaint.code == "batchnorm_single":
            repairs += batch_repairs(self.experiment.data)
        if complaint.code in UNSUITED:
            repairs.append(self._starter())
        values = complaint.values
        if "layer" in values:  # a layer knows its kind, but not where it stands
            values = {**values, "layer": self._name(path)}
        return Fault(place, complaint.code, values, tuple(repairs))

    def _starter(self) -> Repair:
        """A network that suits the data, with the batch and the training that make it good where these matter."""
        data = self.experiment.data
        layers = starter_of(data.shape_kind, data.goal.by_steps)
        training = STARTER_TRAINING.get(data.shape_kind)
        if training is None:
            return Repair("use_starter", layers)
        batch = suited_batch(sum(data.counts()), data.batch_size)
        settings = {**data.model_dump(mode="json"), "batch_size": batch}
        return Repair("use_starter", layers, training, settings)

    def _fixes(self, complaint: Complaint, path: str) -> Sequence[Fix]:
        """Those that also help where the layer stands."""
        is_in_block = "." in path
        if not is_in_block or not complaint.fixes:
            return complaint.fixes
        # A block of images that ends in a vector cannot add its input, so nothing is inserted there.
        in_place = [fix for fix in complaint.fixes if not fix.code.startswith("insert_")]
        return in_place or [Fix("remove", ())]

    def _name(self, path: str) -> str:
        return layer_name(self.experiment.layers, path)


def time_pool() -> Layer:
    """The layer that makes a vector of a sequence."""
    return LAYERS["time_pool"]()


def tokens_complaint(layer: Layer) -> Complaint:
    """The complaint of a layer that calculates with numbers where it gets token numbers."""
    fixes = (Fix("insert_embedding", (LAYERS["embedding"](), layer)),)
    return Complaint("needs_embedding", {"layer": layer.label}, fixes=fixes)


def _heaviest(rows: Sequence[Row]) -> str:
    """The path of the layer with the most parameters; that of the whole list where it is empty."""
    if not rows:
        return "layers"
    heaviest = max(rows, key=lambda row: row.parameters or 0)
    return heaviest.path
