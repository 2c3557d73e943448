"""What data sets of images have in common: training images may be changed by chance."""

from typing import ClassVar, Literal

from pydantic import Field

from ...faults import Fault
from .augment import Augment
from .base import Dataset


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
        if augment is None or not self.targets or not (augment.rotate or augment.flip):
            return None
        return Fault(
            "data.augment", "augment_changes_target", {"targets": ", ".join(self.target_names())}
        )
