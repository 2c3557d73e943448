"""A file's numbers and tensors compared with those that a freshly built trainer has, before anything is set."""

import copy
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from ..network.builder import build_optimizer
from .header import Header
from .live_settings import LIVE_SETTINGS
from .trainer import Trainer

Tensors = dict[str, Tensor]
# Second moments, variances and counts, of optimisers and of normalising layers.
NEVER_NEGATIVE = {
    "exp_avg_sq", "max_exp_avg_sq", "square_avg", "acc_delta", "sum", "exp_inf", "row_var", "col_var", "variance",
    "mu_product", "mu", "eta", "running_var", "num_batches_tracked",
}  # fmt: skip


def check_parts(trainer: Trainer, header: Header) -> None:
    """Raises: ExperimentError for a change that no person could make; ValueError where file and trainer differ in what
    has a state of its own."""
    watches = trainer.live.state_dict()["plateau"] is not None
    if watches != (header.live.plateau is not None):
        raise ValueError("its schedule is another")
    scales = bool(trainer.precision.state_dict())
    if scales != (header.precision.scale is not None):
        raise ValueError("its precision is another")
    for name, value in last_changes(header).items():
        LIVE_SETTINGS[name].checked(trainer.experiment, value)


def last_changes(header: Header) -> dict[str, float | None]:
    """What each live setting was changed to last."""
    return {event.kind: event.value for event in header.events}


class Fitting:
    """Compares the tensors of a file with those that a trainer at the header's step has."""

    def __init__(self, trainer: Trainer, header: Header, tensors: Mapping[str, Tensor]):
        self._trainer = trainer
        self._header = header
        self._tensors = tensors
        self._fitting: Tensors = {}

    def checked(self) -> Tensors:
        """All tensors, each on its device and in its order in memory. Raises: ValueError."""
        trainer = self._trainer
        self._take("model", trainer.model.state_dict())
        self._take("loss", trainer.loss.state_dict())
        generators = trainer.random.state_dict()
        self._take("random", generators)
        for device in generators:
            self._check_generator(f"random/{device}", torch.device(device))
        self._take_batches()
        self._take_practice()
        self._take_optimizer()
        self._take_history()
        for name in self._tensors:
            if name not in self._fitting:
                raise ValueError(f"nothing of this experiment is called {name[:80]}")
        return self._fitting

    def _take(self, part: str, templates: Mapping[str, Tensor]) -> None:
        for name, template in templates.items():
            self._take_one(f"{part}/{name}", template)

    def _take_one(self, name: str, template: Tensor) -> None:
        if name not in self._tensors:
            raise ValueError(f"{name} is missing")
        value = self._tensors[name]
        if value.shape != template.shape or value.dtype != template.dtype:
            is_kind = f"{tuple(value.shape)} {value.dtype}"
            wanted_kind = f"{tuple(template.shape)} {template.dtype}"
            raise ValueError(f"{name} is {is_kind}, not {wanted_kind}")
        # `empty_like` has the template's order in memory, which kernels count on.
        placed = torch.empty_like(template, requires_grad=False)
        self._fitting[name] = placed.copy_(value)
        if not name.startswith("history/"):
            check_numbers(name, value)

    def _check_generator(self, name: str, device: torch.device) -> None:
        """Raises: RuntimeError for bytes that are the state of no generator."""
        torch.Generator(device).set_state(self._fitting[name])

    def _take_batches(self) -> None:
        trainer, header = self._trainer, self._header
        fresh = trainer.batches.state_dict()
        self._take("batches", fresh)
        self._check_generator("batches/generator", torch.device("cpu"))
        if "augmenter" in fresh:
            self._check_generator("batches/augmenter", trainer.device)
        is_inside_epoch = header.step % trainer.steps_per_epoch > 0
        repeats_one = trainer.experiment.training.overfit_batch and header.step > 0
        if not is_inside_epoch and not repeats_one:
            return
        n = trainer.batches.order_length
        template = torch.empty(n, dtype=torch.int64, device=trainer.device)
        self._take_one("batches/order", template)
        order = self._fitting["batches/order"]
        lowest, highest = int(order.min()), int(order.max())
        if lowest < 0 or highest >= len(trainer.batches):
            raise ValueError("the order of its batches names samples that are not there")

    def _take_practice(self) -> None:
        model = self._trainer.model
        practice = self._trainer.practice
        # The first step makes the averages, the first validation the best weights.
        if practice.average is not None and self._header.step:
            for number, parameter in enumerate(model.parameters()):
                self._take_one(f"practice/average/{number}", parameter)
        if practice.patience.keep_best and self._header.practice.lowest is not None:
            self._take("practice/best", model.state_dict())

    def _take_optimizer(self) -> None:
        if not self._has_any("optimizer/"):
            return
        for number, templates in enumerate(optimizer_templates(self._trainer)):
            part = f"optimizer/{number}"
            # All parameters have their state from the first step on: kernels that work on many at once count on that.
            self._take(part, templates)
            step = self._fitting.get(f"{part}/step")
            if step is not None and not 0 <= float(step) <= self._header.step:
                raise ValueError(f"the optimiser is at step {float(step):g}")

    def _has_any(self, prefix: str) -> bool:
        return any(name.startswith(prefix) for name in self._tensors)

    def _take_history(self) -> None:
        history = self._trainer.history
        for table, columns in history.state_dict()["tables"].items():
            names = [f"history/{table}/{column}" for column in columns]
            for name in names:
                if name not in self._tensors:
                    raise ValueError(f"{name} is missing")
            # Only the file tells how many rows there are: all columns must have as many as the first.
            n_rows = len(self._tensors[names[0]])
            if n_rows > history.capacity(table):
                raise ValueError(f"the history has {n_rows:,} rows of {table}")
            for name, column in zip(names, columns.values(), strict=True):
                template = torch.empty(n_rows, *column.shape[1:], dtype=torch.float64)
                self._take_one(name, template)
            self._check_steps(table)

    def _check_steps(self, table: str) -> None:
        steps = self._fitting[f"history/{table}/step"]
        # With a 0 before them, so that the first step must be positive too.
        from_start = torch.cat([torch.zeros(1), steps])
        is_ascending = bool((from_start.diff() > 0).all())
        is_whole = torch.equal(steps, steps.floor())
        is_over_in_time = bool((steps <= self._header.step).all())
        if not (is_ascending and is_whole and is_over_in_time):
            raise ValueError(f"the steps of the history's {table} are not in order")
        self._check_last_step(table, steps)

    def _check_last_step(self, table: str, steps: Tensor) -> None:
        """The last step and the last epoch are never thinned out."""
        header = self._header
        if table == "steps":
            last = steps[-1:].tolist()
            wanted = [header.step] if header.step else []
            if last != wanted:
                raise ValueError("the history does not end with its step")
        if table == "epochs":
            n_rows = len(steps)
            if n_rows > header.epoch or bool(header.epoch) != bool(n_rows):
                raise ValueError("the history does not end with its epoch")
            epochs = self._fitting["history/epochs/epoch"]
            ends = epochs * self._trainer.steps_per_epoch
            if not torch.equal(ends, steps):
                raise ValueError("the epochs of the history are not those of its steps")


def check_numbers(name: str, value: Tensor) -> None:
    """Raises: ValueError for numbers that nothing in a run can have, after which it would end at its next step."""
    # An optimiser's second moments may grow past the largest number, and training goes on.
    may_be_infinite = name.startswith("optimizer/")
    if bool(value.isnan().any()) or not (may_be_infinite or bool(value.isfinite().all())):
        raise ValueError(f"{name} holds numbers that are not finite")
    last_name = name.replace("/", ".").rpartition(".")[-1]
    if last_name in NEVER_NEGATIVE and bool((value < 0).any()):
        raise ValueError(f"{name} holds negative numbers")


def parameters_of(optimizer: torch.optim.Optimizer) -> list[Tensor]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def optimizer_templates(trainer: Trainer) -> list[dict[str, Tensor]]:
    """What state a fresh optimiser has of each parameter after its first step: it alone knows the shapes."""
    # With the loss beside it, so that parameters of both are copied once and stay the same objects.
    pair = copy.deepcopy(nn.ModuleList([trainer.model, trainer.loss]))
    optimizer = build_optimizer(trainer.experiment, pair[0], pair[1])
    parameters = parameters_of(optimizer)
    for parameter in parameters:
        # A parameter that stays frozen never gets a gradient, and so no state either.
        if parameter.requires_grad:
            parameter.grad = torch.zeros_like(parameter)
    optimizer.step()
    return [optimizer.state[parameter] for parameter in parameters]
