"""What data sets of images have in common: training images may be changed by chance."""

from math import prod
from typing import ClassVar, Literal

from pydantic import Field

from ...faults import Fault
from .augment import Augment
from .base import Dataset


def bytes_held(n_samples: int, shape: tuple[int, ...]) -> int:
    """Memory for so many images of this shape: the pixels as read, scaled, and divided into the two parts."""
    copies = 3
    bytes_of_float32 = 4
    return copies * bytes_of_float32 * n_samples * prod(shape)


class ImageDataset(Dataset):
    """Images (C, H, W), 0…1."""

    group: ClassVar[str] = "images"
    shape_kind: ClassVar[Literal["image", "points", "table", "text", "series"]] = "image"
    augment: Augment | None = Field(
        None, description="Random changes to training images; blank: none"
    )

    def augmentation(self) -> Augment | None:
        return self.augment if self.augment is not None and self.augment.is_on else None

    def fault(self) -> Fault | None:
        """A picture that is turned or mirrored leans another way: the value that goes with it would be wrong."""
        augment = self.augmentation()
        if augment is None or not self.targets:
            return None
        leans_otherwise = augment.rotate or augment.flip
        if not leans_otherwise:
            return None
        targets = ", ".join(self.target_names())
        return Fault("data.augment", "augment_changes_target", {"targets": targets})
