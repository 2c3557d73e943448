"""What comes next: the batches of every step, in an order of their own."""

import math
from typing import Any

import torch
from torch import Tensor

from ..catalogues.datasets.augment import Augmenter
from ..catalogues.datasets.base import Split
from ..experiment import Experiment
from ..network.goal import task_of
from .features import FrozenFeatures, KeepsFeatures
from .layouts import in_layout, without_samples

GATHER_BYTES = 2**22  # batches gathered at a time
Batch = tuple[Tensor, Tensor]


class Batches:
    """The training part in batches: a permutation an epoch, gathered a few batches at a time.

    With `overfit_batch` the first batch of the first permutation comes again and again, as many times as an epoch has
    batches.
    """

    def __init__(
        self,
        experiment: Experiment,
        split: Split,
        device: torch.device,
        layout: torch.memory_format,
        keeps_features: KeepsFeatures | None = None,
    ):
        """In: `keeps_features` where a frozen backbone begins the network: the batches are what it makes of them."""
        training = experiment.training
        self._x = in_layout(split.train_x, layout).to(device)
        self._y = split.train_y.to(device)
        self._layout = layout
        self._features: FrozenFeatures | None = None
        if keeps_features is not None:
            self._features = keeps_features.of(self._x, "training")
        self._size = experiment.data.batch_size
        self._accumulated = training.accumulate
        self._repeats_one = training.overfit_batch
        self._gives_back_input = task_of(experiment).gives_back_input
        self._generator = torch.Generator().manual_seed(training.seed)
        augment = None if training.overfit_batch else experiment.data.augmentation()
        self._augmenter: Augmenter | None = None
        if augment is not None:
            self._augmenter = Augmenter(augment, training.seed, device)
        self._order: Tensor | None = None
        self._taken = 0  # samples of the order that are gathered
        self._gathered: list[Batch] = []  # the next one last

    def __len__(self) -> int:
        """Samples of the training part."""
        return len(self._x)

    @property
    def order_length(self) -> int:
        """Samples of an epoch, those that come more than once among them."""
        if not self._repeats_one:
            return len(self)
        samples_in_first = min(self._size, len(self))
        return samples_in_first * self._n_batches

    @property
    def _n_batches(self) -> int:
        """Batches of an epoch, the last of which may be smaller."""
        return math.ceil(len(self) / self._size)

    def of_next_step(self) -> list[Batch]:
        """One batch, or as many as are accumulated and the epoch still has."""
        batches = [self._next()]
        while len(batches) < self._accumulated and not self._is_epoch_over:
            batches.append(self._next())
        return batches

    def release(self) -> None:
        """Gives the memory of the data back."""
        self._gathered.clear()
        self._x, self._y = without_samples(self._x), without_samples(self._y)
        if self._features is not None:
            self._features.release()

    @property
    def _is_epoch_over(self) -> bool:
        if self._gathered or self._order is None:
            return False
        return self._taken >= len(self._order)

    def _next(self) -> Batch:
        if not self._gathered:
            if self._order is None or self._is_epoch_over:
                self._begin_epoch()
            self._gather()
        x, y = self._gathered.pop()
        if self._augmenter is not None:
            x, y = self._augmenter(x, y, self._gives_back_input)
            x = x.contiguous(memory_format=self._layout)
        return x, y

    def _begin_epoch(self) -> None:
        self._taken = 0
        if self._repeats_one and self._order is not None:
            return
        order = torch.randperm(len(self), generator=self._generator)
        if self._repeats_one:
            first_batch = order[: self._size]
            order = first_batch.repeat(self._n_batches)
        self._order = order.to(self._x.device)

    @property
    def _gathered_at_once(self) -> int:
        """Samples of so many whole batches as fit the limit."""
        if self._features is not None:
            return self._size  # what is not there yet takes time, and questions must not wait
        sample_bytes = self._x[0].numel() * self._x.element_size()
        batch_bytes = self._size * sample_bytes
        n_batches = max(1, GATHER_BYTES // batch_bytes)
        return n_batches * self._size

    def _gather(self) -> None:
        """The next few batches in one go: a copy of a few megabytes costs less than many small ones."""
        assert self._order is not None
        end = self._taken + self._gathered_at_once
        chosen = self._order[self._taken : end]
        self._taken += len(chosen)
        xs = self._inputs(chosen)
        ys = self._y.index_select(0, chosen)
        batches = zip(xs.split(self._size), ys.split(self._size), strict=True)
        self._gathered = list(batches)[::-1]  # `pop` takes from the end

    def _inputs(self, chosen: Tensor) -> Tensor:
        """Samples as the network takes them, or what its frozen beginning makes of them."""
        if self._features is not None:
            return self._features(chosen)
        return in_layout(self._x.index_select(0, chosen), self._layout)

    def state_dict(self) -> dict[str, Tensor]:
        """Where the generators stand, and the order of an epoch that is not over."""
        state = {"generator": self._generator.get_state()}
        if self._augmenter is not None:
            state["augmenter"] = self._augmenter.state_dict()["generator"]
        if self._order is not None and (self._repeats_one or not self._is_epoch_over):
            state["order"] = self._order
        return state

    def load_state_dict(self, state: dict[str, Any], batches_used: int) -> None:
        """In: how many batches of the epoch were used. What was gathered beyond them is gathered again."""
        self._generator.set_state(state["generator"])
        if self._augmenter is not None:
            self._augmenter.load_state_dict({"generator": state["augmenter"]})
        self._gathered.clear()
        order: Tensor | None = state.get("order")
        if order is None:
            self._order = None
            return
        self._order = order.to(self._x.device)
        samples_used = batches_used * self._size
        if samples_used in (0, len(order)):
            self._taken = len(order)
            return
        # The pieces that are gathered stay those of a run that never stopped.
        self._taken = samples_used // self._gathered_at_once * self._gathered_at_once
        used_of_piece = (samples_used - self._taken) // self._size
        self._gather()
        n_unused = len(self._gathered) - used_of_piece
        del self._gathered[n_unused:]  # the next one stands last, so those used are at the end
