"""The last batch of an epoch, which may be a single sample: too few for a mean over the batch."""

from ..catalogues.datasets.base import Dataset
from ..faults import Repair

LARGEST = 4_096


def size_of_last(n_train: int, batch_size: int) -> int:
    """How many samples are left for the last batch of an epoch."""
    return n_train % batch_size or batch_size


def is_single(data: Dataset) -> bool:
    """Whether the last batch of an epoch is one sample."""
    n_train, _ = data.counts()
    return size_of_last(n_train, data.batch_size) == 1


def batch_repairs(data: Dataset) -> tuple[Repair, ...]:
    """The nearest batch size that leaves two samples or more; none where no size does."""
    n_train, _ = data.counts()
    nearest = _nearest_size(n_train, data.batch_size)
    if nearest is None:
        return ()
    settings = {**data.model_dump(mode="json"), "batch_size": nearest}
    return (Repair("use_batch_of", data=settings, values={"limit": nearest}),)


def _nearest_size(n_train: int, batch_size: int) -> int | None:
    """Of two equally near ones the smaller."""
    largest = min(n_train, LARGEST)
    for distance in range(1, LARGEST):
        for size in (batch_size - distance, batch_size + distance):
            if 2 <= size <= largest and size_of_last(n_train, size) > 1:
                return size
    return None
