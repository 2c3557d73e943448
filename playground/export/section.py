"""What the sections of the exported script are made of: lines, and what these lines need above them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from torch import nn

from ..catalogues.backbones import Backbone
from ..catalogues.calls import Call
from ..catalogues.datasets.augment import Augmenter
from ..catalogues.datasets.base import Dataset
from ..catalogues.learning import group_rules
from ..catalogues.modules import Recurrent
from ..catalogues.schedules import Constant
from ..catalogues.tasks import Task
from ..experiment import Experiment, TrainingSpec
from ..network.goal import task_of
from ..network.models import CNN, SequenceNetwork
from ..network.tracing import Trace
from .sources import read_source

Definition = Callable[..., Any]  # a function or a class whose source the script carries
CHANNELS_LAST = "memory_format=torch.channels_last"
IMPORTED = frozenset({"torch", "numpy", "builtins"})  # what the script imports instead


@dataclass
class Section:
    """Lines of the script, the functions and classes that they use, and the modules to import for them."""

    lines: list[str] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    modules: set[str] = field(default_factory=set)

    def need(self, *definitions: Definition) -> None:
        """Adds those among them that the script must carry; torch and numpy are imported."""
        for definition in definitions:
            if is_carried(definition):
                self.definitions.append(definition)


@dataclass(frozen=True)
class Recipe:
    """What all sections ask about the experiment. A name that ends in `_code` is a piece of the script's Python.

    traced: the network's layers as they were built on the meta device. takes_path: whether a person's own file may be
    named as an argument, which only a script has, not a notebook.
    """

    experiment: Experiment
    traced: Trace
    takes_path: bool = True

    @property
    def data(self) -> Dataset:
        return self.experiment.data

    @property
    def training(self) -> TrainingSpec:
        return self.experiment.training

    @property
    def task(self) -> Task:
        return task_of(self.experiment)

    @property
    def is_fp16(self) -> bool:
        return self.training.precision == "fp16"

    @property
    def restarts_dropout(self) -> bool:
        """Whether a step begins with what `RandomState.begin_step` does."""
        return self.is_fp16 and Recurrent in set(self.network_classes())

    @property
    def to_device_code(self) -> str:
        """What stands behind a module or tensor to move it; "" on the CPU. Only fp16 needs a GPU."""
        return ".cuda()" if self.is_fp16 else ""

    @property
    def autocast_code(self) -> str:
        """The context manager of half precision; "" in float32."""
        contexts = {
            "float32": "",
            "bf16": 'torch.autocast("cpu", torch.bfloat16, enabled=HAS_BF16)',
            "fp16": 'torch.autocast("cuda", torch.float16)',
        }
        return contexts[self.training.precision]

    @property
    def is_sequence(self) -> bool:
        return self.traced.model_class is SequenceNetwork

    @cached_property
    def is_channels_last(self) -> bool:
        """Whether the run has its batches and weights in that format (`network.models.memory_format`).

        The order in memory decides in which order numbers are added up, and so the last bits.
        """
        with_convolutions = {nn.Conv2d, Backbone}
        has_one = not with_convolutions.isdisjoint(self.network_classes())
        return self.traced.model_class is CNN and has_one

    @property
    def to_format_code(self) -> str:
        """What stands behind a batch to bring it into the format of the weights; "" where it is the ordinary one."""
        return f".contiguous({CHANNELS_LAST})" if self.is_channels_last else ""

    @property
    def samples_a_step_code(self) -> str:
        """How many samples an optimisation step sees: several batches where gradients are accumulated."""
        batches = self.training.accumulate
        return "BATCH_SIZE" if batches == 1 else f"({batches} * BATCH_SIZE)"

    @property
    def has_constant_rate(self) -> bool:
        """Whether the learning rate never changes."""
        schedule = self.training.schedule
        return isinstance(schedule, Constant) and not schedule.warmup_steps

    @property
    def has_patience(self) -> bool:
        """Whether the best validation loss is remembered: to stop early, or to keep its weights."""
        return self.training.patience is not None or self.training.keep_best

    @cached_property
    def loss(self) -> Call:
        return self.training.loss.call(self.data)

    @cached_property
    def weighing(self) -> Call | None:
        """What the loss divides its mean by (`Loss.weighing`); None where that is the number of samples."""
        return self.training.loss.weighing(self.data)

    @cached_property
    def loss_learns(self) -> bool:
        """Whether the loss has parameters of its own."""
        first_parameter = next(self.loss.build().parameters(), None)
        return first_parameter is not None

    @cached_property
    def group_rules(self) -> dict[str, dict[str, Any]] | None:
        """How single layers learn; None where all parameters are treated alike."""
        return group_rules(self.experiment)

    @cached_property
    def augmenter(self) -> Augmenter | None:
        """What changes the training images; a single batch that is learned by heart stays as it is."""
        augment = self.data.augmentation()
        if augment is None or self.training.overfit_batch:
            return None
        return Augmenter(augment, self.training.seed)

    def network_classes(self) -> Iterator[Definition]:
        """Every class that the network is made of, again wherever it is used again."""
        for row in self.traced.rows:
            # The call of a block holds those of the layers inside it.
            if row.call and row.depth == 0:
                yield from row.call.targets()
        if self.traced.output.call is not None:
            yield from self.traced.output.call.targets()


def is_carried(definition: Definition) -> bool:
    """Whether the script must carry its source: it is one of ours, or of somebody who added an entry."""
    package = (definition.__module__ or "builtins").split(".")[0]
    return package not in IMPORTED


def with_uses(definitions: Iterable[Definition]) -> list[Definition]:
    """Each of them once, after the functions that it says it `uses`."""
    ordered: dict[Definition, None] = {}
    for definition in definitions:
        for used in getattr(definition, "uses", ()):
            ordered[used] = None
        ordered[definition] = None
    return list(ordered)


def source_of(definition: Definition) -> str:
    """The source as the script carries it, without the line that names what a class uses."""
    source = read_source(definition)
    # `Network` is our common base of all networks, which the script does not need.
    if definition is SequenceNetwork:
        source = source.replace("(Network)", "(nn.Sequential)")
    lines = source.splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("uses = "))


def indented(lines: Iterable[str], levels: int = 1) -> list[str]:
    """The lines so many levels deeper; a blank one stays blank."""
    return ["    " * levels + line if line else "" for line in lines]


def dict_code(entries: Iterable[tuple[str, str]]) -> str:
    """A dict as Python, an entry a line. In: keys, and the code of their values."""
    lines = []
    for key, value in entries:
        line = f"    {key!r}: {value},"
        # `repr` writes single quotes, the rest of the script double ones; no key or value has a quote inside.
        lines.append(line.replace("'", '"'))
    if not lines:
        return "{}"
    return "\n".join(["{", *lines, "}"])
