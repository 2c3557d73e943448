"""What the sections of the exported script are made of: lines, and what these lines need above them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from torch import nn

from ..catalogues.calls import Call
from ..catalogues.datasets.augment import Augmenter
from ..catalogues.datasets.base import Dataset
from ..catalogues.learning import group_rules
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
        self.definitions += [each for each in definitions if is_carried(each)]


@dataclass(frozen=True)
class Recipe:
    """What all sections ask about the experiment. `takes_path`: a script, which has arguments; no notebook."""

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
    def cuda(self) -> str:
        """What moves a module or tensor to where the script calculates."""
        return ".cuda()" if self.is_fp16 else ""

    @property
    def autocast(self) -> str:
        """The context of half precision; "" in float32."""
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
        """Whether batches and weights of images lie as the run has them, channels last."""
        return self.traced.model_class is CNN and nn.Conv2d in set(self.targets())

    @cached_property
    def loss(self) -> Call:
        return self.training.loss.call(self.data)

    @cached_property
    def weighing(self) -> Call | None:
        """What a mean loss was divided by, where that is not the number of samples."""
        return self.training.loss.weighing(self.data)

    @cached_property
    def loss_learns(self) -> bool:
        """Whether the loss has parameters of its own."""
        return any(True for _ in self.loss.build().parameters())

    @cached_property
    def group_rules(self) -> dict[str, dict[str, Any]] | None:
        """How single layers learn; None where all parameters are treated alike."""
        return group_rules(self.experiment)

    @cached_property
    def augmenter(self) -> Augmenter | None:
        augment = self.data.augmentation()
        if augment is None or self.training.overfit_batch:
            return None
        return Augmenter(augment, self.training.seed)

    def targets(self) -> Iterator[Definition]:
        """Every class that the network is made of."""
        for row in self.traced.rows:
            if row.call and row.depth == 0:
                yield from row.call.targets()
        if self.traced.output.call is not None:
            yield from self.traced.output.call.targets()


def is_carried(definition: Definition) -> bool:
    """Whether the script must carry its source: it is one of ours, or of somebody who added an entry."""
    package = (definition.__module__ or "builtins").split(".")[0]
    return package not in IMPORTED


def with_uses(definitions: Iterable[Definition]) -> list[Definition]:
    """Each of them once, after the functions that a class says it `uses`."""
    ordered: dict[Definition, None] = {}
    for definition in definitions:
        for used in getattr(definition, "uses", ()):
            ordered[used] = None
        ordered[definition] = None
    return list(ordered)


def source_of(definition: Definition) -> str:
    """The source as the script carries it, without the line that names what a class uses."""
    source = read_source(definition)
    if definition is SequenceNetwork:
        source = source.replace("(Network)", "(nn.Sequential)")
    lines = source.splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("uses = "))


def indented(lines: Iterable[str], levels: int = 1) -> list[str]:
    """The lines so many levels deeper; a blank one stays blank."""
    return ["    " * levels + line if line else "" for line in lines]


def dict_lines(entries: Iterable[tuple[str, str]]) -> str:
    """A dict as Python, an entry a line."""
    lines = [f"    {key!r}: {value},".replace("'", '"') for key, value in entries]
    return "\n".join(["{", *lines, "}"]) if lines else "{}"
