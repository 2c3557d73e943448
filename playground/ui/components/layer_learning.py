"""How single layers learn: learning rate, decay, frozen, first weights."""

from . import Component


class LayerLearning(Component):
    """How single layers learn: learning rate, decay, frozen, first weights."""

    name = "layer_learning"
