"""Loss, optimiser, schedule and the rest of how it learns."""

from . import Component


class TrainingFields(Component):
    """Loss, optimiser, schedule and the rest of how it learns."""

    name = "training_fields"
