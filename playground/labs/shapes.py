"""Shapes, indices and storages: what the labs about tensors share."""

import math
from collections.abc import Sequence
from typing import Any

import torch

from ..faults import ExperimentError

# On the page another shape sets the element back that is looked at: it may not be there any more.
RESETS_INDEX: dict[str, Any] = {"resets": ["index"]}


def checked_index(index: Sequence[int], shape: Sequence[int], place: str = "index") -> list[int]:
    """An index with one number an axis. Raises: ExperimentError naming the number that does not fit."""
    if len(index) != len(shape):
        raise ExperimentError.at(place, "lab_index", limit=len(shape), given=len(index))
    for axis, (number, size) in enumerate(zip(index, shape, strict=True)):
        if number >= size:
            where = f"{place}[{axis}]"
            raise ExperimentError.at(where, "too_large", limit=size - 1, given=number)
    return list(index)


def need_axes(shape: Sequence[int], n_axes: int) -> None:
    """Raises: ExperimentError where a shape has fewer axes."""
    if len(shape) < n_axes:
        raise ExperimentError.at("shape", "lab_axes", limit=n_axes, given=len(shape))


def need_few_numbers(shape: Sequence[int], limit: int) -> None:
    """Raises: ExperimentError where a shape has more numbers than can be drawn."""
    n_numbers = math.prod(shape)
    if n_numbers > limit:
        raise ExperimentError.at("shape", "lab_shape_large", limit=limit, given=n_numbers)


def shares_storage(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Whether two tensors look at the same memory."""
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()


def boxes_of(tensor: torch.Tensor) -> torch.Tensor:
    """A tensor's whole storage, in order of memory. Out: (numbers in the storage,)."""
    n_boxes = tensor.untyped_storage().nbytes() // tensor.element_size()
    return tensor.detach().as_strided((n_boxes,), (1,), 0)


def places_of(tensor: torch.Tensor) -> torch.Tensor:
    """For each number of a tensor the box of the storage in which it stands. Out: the tensor's shape."""
    n_boxes = tensor.untyped_storage().nbytes() // tensor.element_size()
    numbered = torch.arange(n_boxes)
    return numbered.as_strided(tensor.shape, tensor.stride(), tensor.storage_offset())


def indices_where(mask: torch.Tensor) -> list[list[int]]:
    """The indices at which it is true, in order."""
    indices: list[list[int]] = torch.nonzero(mask).tolist()
    return indices
